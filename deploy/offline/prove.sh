#!/bin/sh
# Proves the containers: images build and hold one service only, all come up healthy, the story passes the gateway.
# Needs the base images (make-base-images.sh) and the virtual environment of `make install`. KEEP=1 leaves all running.
set -eu
cd "$(dirname "$0")/../.."
python=${PYTHON:-.venv/bin/python}
env=$(mktemp)
rm "$env"
services="registry planning evaluation documents"
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
base=http://localhost:$port
export DOCKER_BUILDKIT=0 POSPOLU_PORT="$port" POSPOLU_URL="$base" BUILD_NETWORK=host POSPOLU_ENVIRONMENT=development
export OIDC_ISSUER="http://172.31.247.10:8080/identity" OIDC_DISCOVERY_URL=

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
fail() { say "FAILED: $*"; exit 1; }
if docker compose version >/dev/null 2>&1; then engine="docker compose"; else engine=docker-compose; fi
compose() {
    $engine --project-name pospolu-proof --env-file "$env" \
        --file docker-compose.yml --file deploy/offline/docker-compose.proof.yml "$@"
}
finish() {
    if [ -n "${KEEP:-}" ]; then
        say "left running; the secrets are in $env"
    else
        compose down --volumes --timeout 20 >/dev/null 2>&1 || true
        rm -f "$env"
    fi
}
trap finish EXIT
trap 'exit 130' INT TERM

sh deploy/make-env.sh "$env" 2>/dev/null
compose down --volumes --timeout 20 >/dev/null 2>&1 || fail "what an earlier run left behind cannot be removed"

say "images"
compose build --quiet registry-migrate planning-migrate evaluation-migrate documents-migrate >/dev/null 2>&1 || fail "a service's image"
compose build --quiet identity >/dev/null 2>&1 || fail "the identity provider's image"
inside() { image=$1; shift; docker run --rm --network none --entrypoint "$1" "pospolu-$image" $2 "$3" >/dev/null 2>&1; }
for service in $services; do
    for other in shared $services embedded pip; do
        case $other in "$service" | shared) expected=there ;; *) expected=absent ;; esac
        if inside "$service" python -c "import $other"; then found=there; else found=absent; fi
        [ $found = $expected ] || fail "$other is $found in $service's image"
    done
    for program in pip uv gcc cc make git; do
        if inside "$service" sh -c "command -v $program"; then fail "$program is in $service's image"; fi
    done
    [ "$(docker run --rm --network none --entrypoint id "pospolu-$service" -u)" = 10001 ] || fail "$service runs as root"
    say "  $service: $(docker image inspect --format '{{.Size}}' "pospolu-$service" | awk '{printf "%d MB", $1 / 1000000}')"
done

say "start"
if ! compose up -d --no-build >/dev/null 2>&1; then
    for name in $services; do compose logs --tail 3 "$name-migrate"; done
    compose ps
    fail "not everything started"
fi
healthy() { docker inspect --format '{{.State.Health.Status}}' "$(compose ps -q "$1")" 2>/dev/null; }
for name in postgres nats store gateway registry-api registry-worker planning-api planning-worker \
    evaluation-api evaluation-worker documents-api documents-worker; do
    tries=0
    until [ "$(healthy $name)" = healthy ]; do
        tries=$((tries + 1))
        [ $tries -lt 60 ] || { compose logs --tail 30 "$name"; fail "$name is not healthy"; }
        sleep 1
    done
done
say "all healthy"
for service in $services; do compose run --rm --no-deps "$service-api" seed >/dev/null 2>&1 || fail "seed of $service"; done
say "seeded"

say "the story through $base"
"$python" -m embedded.demo --base "$base" --issuer "$base/identity" || fail "the story"
say "proved"
