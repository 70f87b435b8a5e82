"""Take the Simplified Chinese faces out of Debian's Noto collection: the collection's first face
is Japanese.

Usage: python deploy/build_fonts.py [TARGET_FOLDER]. Does nothing where both files are there. About
0.4 s a weight.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTCollection

COLLECTIONS = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED_CHINESE = "Noto Sans CJK SC"
TARGET = Path(__file__).resolve().parent.parent / "kiosk" / "screens" / "fonts"


def build(target: Path) -> list[Path]:
    """Write NotoSansSC-Regular.otf and -Bold.otf into target; the files that were made."""
    made = []
    for weight in ("Regular", "Bold"):
        path = target / f"NotoSansSC-{weight}.otf"
        if path.exists():
            continue
        source = COLLECTIONS / f"NotoSansCJK-{weight}.ttc"
        if not source.exists():
            sys.exit(f"缺少字体文件 {source}：请安装 fonts-noto-cjk 软件包后重试")
        faces = TTCollection(source, lazy=True).fonts
        face = next(f for f in faces if f["name"].getDebugName(1).startswith(SIMPLIFIED_CHINESE))
        target.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        face.save(part)
        part.rename(path)
        made.append(path)
    return made


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET):
        print(f"已生成 {path.name}")
