#!/bin/sh
# Puts uv into the given folder with nothing but git and Python: by venv, by pip, or by pip run from its own
# source (a bare Debian has neither of the two).
set -eu
folder=$1
version=0.13.9
pip_version=25.1

works() { "$folder/bin/uv" --version >/dev/null 2>&1; }
say() { printf '%s\n' "$*" >&2; }

works && exit 0
python=$(command -v python3 || true)
if [ -z "$python" ]; then
    say "There is no python3 here: install it, on Debian and Ubuntu with 'apt install python3 python3-venv'."
    exit 1
fi
say "uv is not installed; fetching uv $version into $folder"
rm -rf "$folder"
mkdir -p "$folder/bin"

by_venv() {
    "$python" -m venv "$folder/venv" && "$folder/venv/bin/python" -m pip install --quiet "uv==$version" &&
        ln -s ../venv/bin/uv "$folder/bin/uv"
}
by_pip() {
    "$python" -m pip install --quiet --target "$folder/pip" "uv==$version" && ln -s ../pip/bin/uv "$folder/bin/uv"
}
by_pip_source() {
    git clone --quiet --depth 1 --branch "$pip_version" https://github.com/pypa/pip "$folder/pip-source" &&
        PYTHONPATH="$folder/pip-source/src" by_pip
}

for way in by_venv by_pip by_pip_source; do
    if $way >"$folder/$way.log" 2>&1 && works; then
        exit 0
    fi
done
say "uv could not be fetched (see $folder/*.log): run 'apt install python3-venv' and try again, or install uv yourself."
exit 1
