# What the measuring scripts share. Source me from the root of the tree. Work is done below ADAL_BENCH_DIR (default
# /var/tmp: on a disk where /tmp may be memory), in a folder that goes away at the end.

adal=${ADAL_PROGRAM:-build/release/adal}
work=
server=
nginx_pid=
postgres_bin=/usr/lib/postgresql/15/bin

build_benches() {
    script/bootstrap
    mkdir -p build
    { cmake --preset release -DADAL_BENCH=ON && ninja -C build/release adal benches; } >build/bench.log 2>&1 ||
        { tail -20 build/bench.log >&2; echo "building failed, see build/bench.log" >&2; exit 1; }
}

begin_work() {
    work=$(mktemp -d "${ADAL_BENCH_DIR:-/var/tmp}/adal-bench.XXXXXX")
    chmod 755 "$work"
    trap end_work EXIT
}

end_work() {
    stop_server
    [ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
    stop_durable_postgres
    [ -z "$work" ] || rm -rf "$work"
}

# start_server ARGUMENTS…: runs `adal ARGUMENTS`; leaves its pid in $server and its address in $address.
start_server() {
    "$adal" "$@" >"$work/out" 2>"$work/err" &
    server=$!
    for _ in $(seq 600); do
        address=$(sed -n 's,^listening on http://,,p' "$work/out")
        [ -z "$address" ] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/err" >&2
    echo "the server does not start" >&2
    exit 1
}

stop_server() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# A throw-away cluster with the durable settings it comes with (fsync, synchronous_commit, full_page_writes on);
# $database is its address.
start_durable_postgres() {
    mkdir "$work/pg"
    [ "$(id -u)" != 0 ] || chown postgres "$work/pg"
    (cd "$work/pg" &&
        as_postgres $postgres_bin/initdb -D "$work/pg/data" -U adal -A trust -E UTF8 --locale=C.UTF-8 &&
        as_postgres $postgres_bin/pg_ctl -D "$work/pg/data" -w -l "$work/pg/log" start \
            -o "-k $work/pg -c listen_addresses= -c fsync=on -c synchronous_commit=on") >"$work/initdb.log" 2>&1 ||
        { cat "$work/initdb.log" >&2; exit 1; }
    database="postgresql:///adal?host=$work/pg&user=adal"
    psql -q -d "postgresql:///postgres?host=$work/pg&user=adal" \
        -c "CREATE DATABASE adal TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
}

stop_durable_postgres() {
    [ -e "$work/pg/data/postmaster.pid" ] || return 0
    (cd / && as_postgres $postgres_bin/pg_ctl -D "$work/pg/data" -m fast stop) >/dev/null 2>&1 || true
}

# One line for the tables: where and when.
machine() {
    echo "$(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)," \
        "$(findmnt -n -o FSTYPE -T "${ADAL_BENCH_DIR:-/var/tmp}"), load average $(cut -d' ' -f1 /proc/loadavg), $(date +%F), commit $(git rev-parse --short HEAD)"
}
