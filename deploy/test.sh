#!/usr/bin/env bash
# Every check of the project, from a fresh checkout on: set-up, ruff, mypy, import contracts, pytest.
# Usage: bash deploy/test.sh [options for pytest]. All checks run; the exit code is 1 if any failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

bash deploy/setup.sh test

failed=()
check() { # check NAME COMMAND…
    printf '\n== %s\n' "$1"
    "${@:2}" || failed+=("$1")
}

bin=.venv/bin
check "ruff check" "$bin/ruff" check .
check "ruff format" "$bin/ruff" format --check .
check "mypy" "$bin/mypy"
check "lint-imports" "$bin/lint-imports"
# A display of its own for the tests that draw.
check "pytest" xvfb-run --auto-servernum --server-args "-screen 0 1080x1920x24" "$bin/pytest" "$@"

if ((${#failed[@]})); then
    printf '\n没有通过：%s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\n全部通过\n'
