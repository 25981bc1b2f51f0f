# A throw-away PostgreSQL 15 on a unix socket. Source me; start_postgres exports ADAL_TEST_POSTGRES.

postgres_bin=/usr/lib/postgresql/15/bin
postgres_dir=

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
    postgres_dir=$(mktemp -d /tmp/adal-pg.XXXXXX)
    chmod 755 "$postgres_dir"
    [ "$(id -u)" != 0 ] || chown postgres "$postgres_dir"
    # Nothing here outlives the run, so nothing is synced.
    (cd "$postgres_dir" &&
        as_postgres $postgres_bin/initdb -D "$postgres_dir/data" -U adal -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
        as_postgres $postgres_bin/pg_ctl -D "$postgres_dir/data" -w -l "$postgres_dir/log" start \
            -o "-k $postgres_dir -c listen_addresses= -c fsync=off -c max_connections=200") || return 1
    export ADAL_TEST_POSTGRES="postgresql:///postgres?host=$postgres_dir&user=adal"
}

stop_postgres() {
    [ -n "$postgres_dir" ] || return 0
    (cd / && as_postgres $postgres_bin/pg_ctl -D "$postgres_dir/data" -m immediate stop) >/dev/null 2>&1 || true
    rm -rf "$postgres_dir"
}
