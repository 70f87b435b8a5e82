#!/usr/bin/env bash
# Measure the kiosk beside Debian's Chromium in kiosk mode, and the sync; one table. About fifteen minutes.
# Usage: bash deploy/bench.sh [--runs N] [--rounds N] [--idle SECONDS] [--write]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

bash deploy/setup.sh bench
exec .venv/bin/python -m tests.bench "$@"
