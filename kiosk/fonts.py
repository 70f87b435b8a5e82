"""Where the Chinese typefaces of this machine are: one answer for screen, slip and sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Weight = Literal["Regular", "Bold"]

_OWN = Path(__file__).resolve().parent / "screens" / "fonts"
_DEBIAN = Path("/usr/share/fonts/opentype/noto")
_SIMPLIFIED_CHINESE_FACE = 2  # Debian's collection: Japanese, Korean, Simplified Chinese, …


def font_path(weight: Weight = "Regular") -> Path:
    """The built Noto Sans SC file of this weight, or Debian's collection (see face_index).

    Raises FileNotFoundError, saying what to install, where there is neither.
    """
    for path in (_OWN / f"NotoSansSC-{weight}.otf", _DEBIAN / f"NotoSansCJK-{weight}.ttc"):
        if path.exists():
            return path
    raise FileNotFoundError(
        f"缺少中文字体：请安装 fonts-noto-cjk，或在 {_OWN} 放入 NotoSansSC-{weight}.otf"
    )


def face_index(path: Path) -> int:
    """Which face of this file is Simplified Chinese: 0 in a file of its own."""
    return _SIMPLIFIED_CHINESE_FACE if path.suffix == ".ttc" else 0
