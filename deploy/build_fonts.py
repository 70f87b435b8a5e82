"""Take the Simplified Chinese faces out of Debian's Noto collection: its first face is Japanese.

Usage: python deploy/build_fonts.py [TARGET_FOLDER]. Does nothing where both files are there. Half
a second a weight. Kept are all Chinese characters the collection has (GB 18030 and beyond), Latin,
kana and symbols; left out are Hangul and the other languages' shapes: half the size, and a
megabyte less memory for each letter size on the screen.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COLLECTIONS = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED_CHINESE = 2  # the face's number in the collection
KEPT = "20-33FF,3400-4DBF,4E00-9FFF,F900-FAFF,FE30-FE4F,FF00-FFEF,20000-323AF"
LEFT_OUT = "GDEF,GPOS,GSUB,VORG,vhea,vmtx"
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
        target.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        subprocess.run(
            [
                "hb-subset",
                f"--face-index={SIMPLIFIED_CHINESE}",
                f"--unicodes={KEPT}",
                "--layout-features=",
                f"--drop-tables+={LEFT_OUT}",
                f"--output-file={part}",
                source,
            ],
            check=True,
        )
        part.rename(path)
        made.append(path)
    return made


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET):
        print(f"已生成 {path.name}")
