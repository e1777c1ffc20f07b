# A private PostgreSQL cluster (socket only), unless the usual PG variables name a server.
# shellcheck shell=bash

# The tests have a second one (clock.sh).
PG_NAME=postgres

# PostgreSQL refuses to run as root: then the cluster belongs to Debian's user postgres.
pg_as() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- env LC_ALL=C.UTF-8 "$@")
    else
        "$@"
    fi
}

pg_home() {
    # A socket's path has 107 characters at most, and postgres may not be able to enter root's home.
    local home="$VAR/$PG_NAME"
    if [ ${#home} -gt 80 ] || { [ "$(id -u)" = 0 ] && ! runuser -u postgres -- test -x "$VAR"; }; then
        home="/var/lib/e-territoire/$(say "$ROOT" | sha256sum | cut -c1-12)${PG_NAME#postgres}"
    fi
    say "$home"
}

# A server that somebody else runs, named by the usual variables.
check_postgres() {
    local user
    user=$(psql -X -d "${PGDATABASE:-postgres}" -qAt -v name="$DB_NAME" 2>"$VAR/psql.log" <<'SQL'
SELECT CASE WHEN rolcreatedb OR rolsuper OR EXISTS (SELECT FROM pg_database WHERE datname = :'name') THEN rolname END
FROM pg_roles WHERE rolname = current_user
SQL
    ) ||
        die "the PostgreSQL server of PGHOST=${PGHOST:-} PGPORT=${PGPORT:-} does not answer: $(head -n 1 "$VAR/psql.log")" \
            "check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset them to use the project's own server."
    [ -n "$user" ] || die "the PostgreSQL user may not create a database." "as its administrator: ALTER ROLE … CREATEDB"
    [ "$user" != postgres ] || die "Odoo refuses to work as PostgreSQL's user postgres." "create another one: createuser --createdb odoo"
}

# Somebody else runs the server, and the usual variables name it.
pg_elsewhere() { [ -n "${PGHOST:-}${PGHOSTADDR:-}${PGPORT:-}${PGSERVICE:-}" ]; }

# The highest version that is installed.
pg_bin() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1; }

# pg_control initdb|pg_ctl arguments…; a server that stays holds none of our locks.
pg_control() { pg_as "$(pg_bin)/$1" -D "$(pg_home)/data" "${@:2}" 8>&- 9>&-; }

postgres_runs() { [ -S "$(pg_home)/.s.PGSQL.5432" ] && pg_control pg_ctl status >/dev/null 2>&1; }

# run_postgres: makes the cluster if there is none, and runs it; it stays.
run_postgres() {
    local home
    [ -n "$(pg_bin)" ] || die "no PostgreSQL server is installed." "run: apt-get install postgresql"
    home=$(pg_home)
    if [ ! -f "$home/data/PG_VERSION" ]; then
        mkdir -p "$home"
        [ "$(id -u)" != 0 ] || chown postgres "$home"
        chmod 700 "$home"
        pg_control initdb -U odoo --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$VAR/postgres.log" 2>&1 ||
            { tail -n 5 "$VAR/postgres.log" >&2; die "the PostgreSQL cluster could not be made in $home." "check the rights and the disk."; }
    fi
    # A laptop or a CI machine: speed before durability in tests (PG_FAST), durability elsewhere.
    local options="-c listen_addresses='' -c unix_socket_directories='$home' -c unix_socket_permissions=0700 -c port=5432 -c max_connections=200 -c shared_buffers=256MB"
    [ -z "${PG_FAST:-}" ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    pg_control pg_ctl -l "$home/server.log" -w -o "$options" start >"$VAR/postgres.log" 2>&1 ||
        { tail -n 5 "$home/server.log" >&2; die "PostgreSQL does not start." "read $home/server.log"; }
}

# Does not wait for those who are connected.
stop_postgres() { ! postgres_runs || pg_control pg_ctl -m fast -w stop >/dev/null; }

use_postgres() {
    PGHOST=$(pg_home)
    export PGHOST PGUSER=odoo PGPORT=5432
    unset PGPASSWORD PGDATABASE
}

# start_postgres: sets PGHOST and PGUSER for all that follows.
start_postgres() {
    if pg_elsewhere; then
        check_postgres
        return
    fi
    if ! postgres_runs; then
        run_postgres
        # INT: do not wait for those who are connected.
        started "$(head -n 1 "$(pg_home)/data/postmaster.pid")" INT
    fi
    use_postgres
}
