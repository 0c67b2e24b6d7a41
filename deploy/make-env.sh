#!/bin/sh
# Writes .env for docker-compose.yml: .env.example with a password of its own for every empty line that ends in _PASSWORD= or _SECRET=, and a key for the record.
set -eu
cd "$(dirname "$0")/.."
target=${1:-.env}
if [ -e "$target" ]; then
    echo "$target exists and stays as it is." >&2
    exit 1
fi
umask 077
# A letter first: the broker reads a word of digits and an "e" as a number.
password() { printf 'p%s' "$(od -An -N 24 -t x1 /dev/urandom | tr -d ' \n')"; }
while IFS= read -r line; do
    case $line in
        [A-Z]*_PASSWORD= | [A-Z]*_SECRET= | [A-Z]*_SECRET_ACCESS_KEY=) printf '%s%s\n' "$line" "$(password)" ;;
        RECORD_KEY=) printf '%s%s\n' "$line" "$(head -c 32 /dev/urandom | base64)" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <.env.example >"$target.new"
mv "$target.new" "$target"
echo "$target is written; look at POSPOLU_URL in it before the first start." >&2
