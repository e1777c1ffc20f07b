# One clock for the tests: PostgreSQL, Odoo, pytest and Chromium begin at the same moment on any day (libfaketime).
# shellcheck shell=bash

# A plain Thursday of a school week.
MOMENT="2026-12-03 10:00 +0100"
# `bin/sweep dates`: the ends of days, months and years, both changes of hour, holidays, a school year's last evening.
# shellcheck disable=SC2034
MOMENTS=(
    "2026-12-24 23:58 +0100"
    "2026-12-31 23:58 +0100"
    "2027-01-01 00:05 +0100"
    "2027-01-10 23:58 +0100"
    "2027-03-28 01:58 +0100"
    "2027-05-08 10:00 +0200"
    "2027-08-31 23:58 +0200"
    "2027-10-31 02:58 +0200"
    "2028-02-28 23:58 +0100"
    "2028-02-29 23:58 +0100"
)

# machine_time command…: with the clock of the machine, for what asks a server of the world.
machine_time() { env -u LD_PRELOAD -u FAKETIME "$@"; }

# How far a moment is from now, as libfaketime wants it: each process then goes on from there.
offset_of() { printf '%+ds' $(($(machine_time date -d "$1" +%s) - $(machine_time date +%s))); }

# use_clock offset: for all that is started from here on.
use_clock() {
    local library
    library=$(dpkg -L libfaketime | grep '/libfaketime\.so\.1$')
    export LD_PRELOAD="$library" FAKETIME=$1 FAKETIME_DISABLE_SHM=1 FAKETIME_DONT_FAKE_MONOTONIC=1 TZ=UTC
    # Its mend for older libraries makes threads wait too long: a page takes seconds in Chromium.
    export FAKETIME_FORCE_MONOTONIC_FIX=0
}

# start_clock: a PostgreSQL of the tests, which begins with the first run and ends with the last; the runs of
# that time share its clock. One that somebody else runs keeps the machine's, and so does then this run.
start_clock() {
    if pg_elsewhere; then
        start_postgres
        return
    fi
    PG_NAME=test-postgres
    exec 8>"$VAR/$PG_NAME.lock"
    ! flock -xn 8 || begin_at "$MOMENT"
    # Also waits for who is starting it.
    flock -s 8
    use_clock "$(cat "$VAR/$PG_NAME.clock")"
    use_postgres
}

# begin_at moment: whoever calls is alone there.
begin_at() {
    stop_postgres
    use_clock "$(offset_of "$1")"
    run_postgres
    say "$FAKETIME" >"$VAR/$PG_NAME.clock"
}

# move_clock moment: for this run alone.
move_clock() {
    flock -xn 8 || die "another run of tests is at work, and its clock would move." "wait until it has ended."
    begin_at "$1"
}

# The last run ends the server.
stop_clock() { [ "$PG_NAME" != test-postgres ] || ! flock -xn 8 || stop_postgres; }
