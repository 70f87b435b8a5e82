#!/usr/bin/env bash
# Make this checkout ready: system packages, .venv from the locks, fonts, the seed release.
# Usage: bash deploy/setup.sh [test|bench]. What is there already is left alone; a second run takes about a second.
# Needs root or sudo only where a system package is missing. Writes nothing outside the checkout and apt's own places.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
checkout=$PWD
purpose=${1:-run}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# --- system packages ---

packages=(libgl1 libegl1 libmtdev1 libxi6 libxrandr2 libxcursor1 libxss1 fonts-noto-cjk libharfbuzz-bin)
test_packages=(xvfb xauth xdotool x11-utils zbar-tools poppler-utils)
case $purpose in
run) ;;
test) packages+=("${test_packages[@]}") ;;
bench) packages+=("${test_packages[@]}" chromium) ;;
*) fail "用法：bash deploy/setup.sh [test|bench]" ;;
esac

# Debian's own Python first: a version switcher's python3 may depend on the user's home folder.
find_python() {
    local candidate
    for candidate in /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

python=$(find_python)
[[ $python ]] || packages+=(python3 python3-venv)

installed() {
    [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null) == ?i* ]]
}

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done

if ((${#missing[@]})); then
    command -v apt-get >/dev/null ||
        fail "缺少系统软件包：${missing[*]}。这里没有 apt-get，请用本系统自己的方式装好再运行。"
    as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail "缺少系统软件包：${missing[*]}。请用 root 运行一次，或先装好 sudo。"
        as_root=(sudo)
    fi
    echo "正在安装系统软件包：${missing[*]}"
    apt_get() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >/dev/null
    }
    { apt_get update && apt_get install --yes --no-install-recommends "${missing[@]}"; } ||
        fail "系统软件包没有装成（原因见上面），请检查网络和软件源后再运行。"
    python=$(find_python)
fi
[[ $python ]] || fail "需要 Python 3.11 或更新的版本，这里没有找到。"

# --- Python packages: exactly those of the lock, checked by hash, in .venv ---

# Each lock that is in place has a line here. The folder is part of it: a copied .venv would run the old one.
stamp=.venv/setup-stamp
line_of() { # line_of LOCK
    echo "$1 $(cat "$1" pyproject.toml <(echo "$checkout") | sha256sum | cut -d' ' -f1)"
}

locks=(deploy/requirements.lock)
# The development lock holds everything of the other one, so it is in place with it.
[[ $purpose == run ]] || locks=(deploy/requirements-dev.lock deploy/requirements.lock)

if ! grep -qsxF "$(line_of "${locks[0]}")" "$stamp"; then
    echo "正在安装 Python 软件包（第一次约一分钟）"
    head -n 3 .venv/bin/pip 2>/dev/null | grep -qF "$checkout/.venv/" ||
        "$python" -m venv --clear .venv
    rm -f "$stamp"
    pip_install() {
        .venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet "$@"
    }
    # Wheels only: nothing is compiled on a hall's machine.
    { pip_install --only-binary :all: --require-hashes -r "${locks[0]}" &&
        pip_install --no-deps --no-build-isolation --no-index -e .; } ||
        fail "Python 软件包没有装成（原因见上面），请检查网络后再运行。"
    for lock in "${locks[@]}"; do line_of "$lock"; done >"$stamp"
fi

# --- fonts and the seed release ---

.venv/bin/python deploy/build_fonts.py
seed=content_cache/seed/release/seed.sha256
if [[ $(cat "$seed" 2>/dev/null) != "$(.venv/bin/python -c \
    'from content_cache.seed.build import fingerprint; print(fingerprint())')" ]]; then
    echo "正在生成自带的示例县内容（约十秒）"
    .venv/bin/python -m content_cache.seed.build
fi
