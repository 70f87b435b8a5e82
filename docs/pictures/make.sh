#!/usr/bin/env bash
# Make the six pictures of the papers anew: walk the scripted visit in portrait, shrink what it left.
# Usage: bash docs/pictures/make.sh [--keep]; --keep takes the pictures of the last visit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[[ ${1:-} == --keep ]] || bash deploy/demo.sh --scripted --orientation portrait

.venv/bin/python - <<'PYTHON'
from pathlib import Path

from PIL import Image

WIDTH = 540
NAMES = ("home", "list", "document", "guide", "progress-result", "matrix")

for name in NAMES:
    # The visit numbers its pictures in the order of the walk: 02-home.png.
    found = sorted(Path("demo-output/portrait").glob(f"[0-9][0-9]-{name}.png"))
    if not found:
        raise SystemExit(f"demo-output/portrait/ 里没有 {name} 的图片，请不带 --keep 再运行一次")
    with Image.open(found[0]) as picture:
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    target = Path("docs/pictures") / f"{name}.png"
    # A palette is a third of the size; this method keeps rare colours, such as the one red.
    flat = small.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    flat.save(target, optimize=True)
    print(f"{target}　{target.stat().st_size // 1024} KB")
PYTHON
