#!/usr/bin/env bash
# Starts a throw-away PostgreSQL for the tests and prints its address; `stop` ends it. Debian's package, no service of the machine is touched.
set -euo pipefail
dir="${XIAOJIA_PG_DIR:-${TMPDIR:-/tmp}/xiaojia-postgres}"
port="${XIAOJIA_PG_PORT:-54329}"
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)"
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
case "${1:-start}" in
start)
  [ -n "$bin" ] || { echo "PostgreSQL is not installed: run make setup" >&2; exit 1; }
  if ! as "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
    rm -rf "$dir"; mkdir -p "$dir"; [ "$(id -u)" = 0 ] && chown postgres "$dir"
    cd "$dir"
    as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$dir.log" 2>&1 || { cat "$dir.log" >&2; exit 1; }
    # Nothing in it is worth keeping: no fsync, so that making a database for each test is cheap.
    as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -k $dir -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start >/dev/null || { cat "$dir/server.log" >&2; exit 1; }
  fi
  echo "postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable" ;;
stop) [ -d "$dir/data" ] && as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir" ;;
*) echo "postgres.sh start|stop" >&2; exit 2 ;;
esac
