#!/bin/sh
# First start: initdb and the scripts of /docker-entrypoint-initdb.d; then, as always, the server itself.
set -eu

if [ "$(id -u)" = 0 ]; then
    install -d -o postgres -g postgres -m 700 "$PGDATA"
    chown postgres:postgres /var/lib/postgresql /var/run/postgresql
    exec setpriv --reuid postgres --regid postgres --clear-groups "$0" "$@"
fi

user=${POSTGRES_USER:-postgres}
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
    secret=$(mktemp)
    printf '%s\n' "${POSTGRES_PASSWORD:?is needed for the first start}" >"$secret"
    # shellcheck disable=SC2086
    initdb --username "$user" --pwfile "$secret" ${POSTGRES_INITDB_ARGS:-} >/dev/null
    rm -f "$secret"
    printf 'host all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
    pg_ctl -s -w -o "-c listen_addresses='' -c unix_socket_directories=/var/run/postgresql" start
    export PGHOST=/var/run/postgresql PGUSER="$user" PGPASSWORD="$POSTGRES_PASSWORD"
    for script in /docker-entrypoint-initdb.d/*.sh; do
        if [ -e "$script" ]; then POSTGRES_USER="$user" sh "$script"; fi
    done
    pg_ctl -s -w -m fast stop
    unset PGHOST PGUSER PGPASSWORD
fi

if [ "$1" = postgres ]; then
    shift
    set -- postgres -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql "$@"
fi
exec "$@"
