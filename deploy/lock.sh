#!/usr/bin/env bash
# Write deploy/requirements.lock and requirements-dev.lock anew from pyproject.toml.
# What is locked stays locked; `bash deploy/lock.sh --upgrade` takes the newest of everything.
# Hashes are those of every file of a release, so one lock serves amd64 and arm64.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check pip-tools==7.6.2

compile() { # compile LOCK [OPTION…]
    local lock=$1
    shift
    "$tools/bin/pip-compile" pyproject.toml --output-file "$lock" --quiet \
        --generate-hashes --allow-unsafe --all-build-deps --strip-extras --annotation-style line \
        --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --no-emit-options "$@"
}

compile deploy/requirements.lock "$@"
compile deploy/requirements-dev.lock --extra dev --constraint deploy/requirements.lock "$@"
