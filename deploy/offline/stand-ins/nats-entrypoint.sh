#!/bin/sh
# As in the public image: options alone are options of the server.
set -eu
case ${1:-} in -*) set -- nats-server "$@" ;; esac
exec "$@"
