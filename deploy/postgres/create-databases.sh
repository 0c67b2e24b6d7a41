#!/bin/sh
# A role and a database for each service; a role may connect to its own database only.
# Runs by itself at the first start; running it again adds what is missing and sets the passwords anew.
set -eu

query() { psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" "$@"; }

create() {
    name=$1
    password=$2
    # The password goes in by the environment, so that no list of processes shows it.
    PASSWORD=$password query --dbname postgres --set name="$name" <<'SQL'
\getenv password PASSWORD
SELECT format('CREATE ROLE %I LOGIN', :'name')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

create registry "${REGISTRY_DATABASE_PASSWORD:?}"
create planning "${PLANNING_DATABASE_PASSWORD:?}"
create evaluation "${EVALUATION_DATABASE_PASSWORD:?}"
create documents "${DOCUMENTS_DATABASE_PASSWORD:?}"
create keycloak "${KEYCLOAK_DATABASE_PASSWORD:?}"
query --dbname postgres --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
