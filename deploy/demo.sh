#!/bin/bash
# The whole line on this machine alone: reference portal, printer simulator, progress desk and the
# kiosk window. Without a display a scripted visit runs on a virtual one and leaves pictures under
# demo-output/. Options: --orientation portrait|landscape, --size WxH, --scripted.
set -euo pipefail
cd "$(dirname "$0")/.."
bash deploy/setup.sh test
exec .venv/bin/python -m deploy.demo "$@"
