# Test databases and stages: a template with the stock modules, a clone of it for each run.
# shellcheck shell=bash

# TEST_FOLDER: what is made in another PostgreSQL than that of the tests is elsewhere (bin/dev, bin/bench).
TEST_FOLDER="${TEST_FOLDER:-test}"
TEST_VAR="$VAR/$TEST_FOLDER"
# Its files are in this checkout, so the server of another one is no matter.
TEST_TEMPLATE="test_core_$(say "$ROOT" | sha256sum | cut -c1-8)"
TEST_DB="test_$$"
RUN="$TEST_VAR/$TEST_DB"
ODOO_ADDONS=/usr/lib/python3/dist-packages/odoo/addons

FILE_ORDER=pytest_longest_first
report() { "$PYTHON" "$ROOT/bin/lib/report.py" "$@"; }
# PART: "gate", "sweep", stages of the sweep, or nothing: every test (pytest_part.py).
run_pytest() { (cd "$ROOT" && PYTHONPATH="$ROOT/bin/lib" "$PYTHON" -m pytest -q --tb=short --rootdir "$ROOT" -p no:cacheprovider -p pytest_real_durations -p pytest_part -p pytest_examples -p "$FILE_ORDER" --part "${PART:-}" "$@"); }

prepare_tests() {
    mkdir -p "$VAR"
    trap stop_started EXIT
    install_system "${TEST_PACKAGES[@]}"
    install_venv "$ROOT/tests/requirements.txt"
    export PG_FAST=1
    start_clock
    STARTED_BEFORE=${#STARTED[@]}
    trap end_tests EXIT
}

our_addons() { (cd "$ROOT/addons" && find . -mindepth 2 -maxdepth 2 -name __manifest__.py -printf '%h\n' | sed 's,^./,,' | sort); }

# Modules of Odoo and OCA that our addons depend on, one per line.
stock_modules() {
    "$PYTHON" - "$ROOT/addons" <<'PYTHON'
import ast, pathlib, sys

import odoo.addons

manifests = {}
for path in pathlib.Path(sys.argv[1]).glob("*/__manifest__.py"):
    try:
        manifests[path.parent.name] = ast.literal_eval(path.read_text())
    except (SyntaxError, ValueError) as error:
        sys.stderr.write(f"{path}: {error}\n")
depends = {name for manifest in manifests.values() for name in manifest.get("depends", [])}
folders = [pathlib.Path(folder) for folder in odoo.addons.__path__]
stock = {name for name in depends if any((folder / name).is_dir() for folder in folders)}
print(*sorted(stock | {"base", "web"}), sep="\n")
PYTHON
}

# test_config database: writes the configuration of that database, prints its path.
test_config() {
    local file="$TEST_VAR/$1.conf"
    cat >"$file" <<CONF
[options]
addons_path = $ROOT/addons,$ODOO_ADDONS
data_dir = $TEST_VAR/data
db_name = $1
dbfilter = ^$1\$
list_db = False
unaccent = True
http_interface = 127.0.0.1
max_cron_threads = 0
workers = 0
skip_auto_install = True
server_wide_modules = base,web
CONF
    say "$file"
}

# install_modules database modules [options…]: modules separated by commas; an error in the log is a failure.
install_modules() {
    local database=$1 modules=$2 log="$TEST_VAR/$1.log"
    shift 2
    : >"$log"
    if ! "$PYTHON" /usr/bin/odoo -c "$(test_config "$database")" --no-http --stop-after-init -i "$modules" "$@" >"$log" 2>&1 ||
        grep -qE '^[0-9-]+ [0-9:,]+ [0-9]+ (ERROR|CRITICAL) ' "$log"; then
        grep -vE ' (INFO|DEBUG) ' "$log" | tail -n 40 >&2
        die "the modules could not be installed: $modules" "read $log"
    fi
}

drop_test_database() {
    dropdb --if-exists --force "$1" 2>/dev/null || true
    rm -rf "${TEST_VAR:?}/data/filestore/$1" "$TEST_VAR/$1.conf" "$TEST_VAR/$1.log"
}

# The template has at least the stock modules of today's manifests.
ensure_template() {
    local have version missing options=()
    version="$(dpkg-query -W -f='${Version}' odoo-19) $(sha256sum <"$ROOT/requirements.txt") fr_FR unaccent"
    have=$(psql -d postgres -qAtc "SELECT datname FROM pg_database WHERE datname = '$TEST_TEMPLATE'")
    if [ -n "$have" ] && unchanged "$TEST_FOLDER-template-version" "$version"; then
        have=$(psql -d "$TEST_TEMPLATE" -qAtc "SELECT name FROM ir_module_module WHERE state = 'installed'")
    else
        drop_test_database "$TEST_TEMPLATE"
        have=""
        # The first language of a new database becomes everybody's.
        options=(--load-language=fr_FR)
    fi
    missing=$(comm -23 <(stock_modules) <(sort <<<"$have") | paste -sd,)
    [ -n "$missing" ] || return 0
    say "Template database: installing ${missing//,/, }"
    rm -f "$VAR/stamps/$TEST_FOLDER-template-version"
    install_modules "$TEST_TEMPLATE" "$missing" "${options[@]}"
    stamp "$TEST_FOLDER-template-version" "$version"
}

# What a killed run left behind.
drop_orphans() {
    local name pid
    for name in $(psql -d postgres -qAtc "SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]+'"); do
        pid=${name#test_}
        pid=${pid%%[!0-9]*}
        kill -0 "$pid" 2>/dev/null || drop_test_database "$name"
    done
    find "$TEST_VAR" -maxdepth 1 -name 'test_[0-9]*' -mtime +1 -exec rm -rf {} +
}

clone_database() {
    createdb -T "$1" --strategy=file_copy "$2"
    mkdir -p "$TEST_VAR/data/filestore/$1"
    cp -al "$TEST_VAR/data/filestore/$1" "$TEST_VAR/data/filestore/$2"
}

# A fresh clone of the template; one developer at a time.
clone_template() {
    mkdir -p "$TEST_VAR/data/filestore" "$RUN"
    (
        flock 9
        ensure_template
        drop_orphans
        clone_database "$TEST_TEMPLATE" "$1"
    ) 9>"$TEST_VAR/template.lock"
}

# Ends what this run started; the databases go, the logs of a failed run stay.
end_tests() {
    local status=$? name others
    trap - EXIT
    # bin/run, if any, before its database.
    while [ ${#STARTED[@]} -gt "$STARTED_BEFORE" ]; do
        kill -TERM "${STARTED[-1]%:*}" 2>/dev/null && wait "${STARTED[-1]%:*}" 2>/dev/null || true
        unset 'STARTED[-1]'
    done
    for name in $(psql -d postgres -qAtc "SELECT datname FROM pg_database WHERE datname ~ '^${TEST_DB}(_|-|\$)'" 2>/dev/null); do
        drop_test_database "$name"
    done
    rm -rf "$RUN/data"
    [ "$status" != 0 ] || rm -rf "$RUN"
    # Another command may be at work in the PostgreSQL that we started.
    others=$(psql -d postgres -qAtc "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()" 2>/dev/null || say 0)
    [ "$others" = 0 ] || STARTED=()
    stop_started
    stop_clock
    exit "$status"
}

# test_addons "addon addon…" [pytest arguments…]: the developer's loop.
test_addons() {
    local addons=$1 addon status=0 paths=() names=()
    shift
    for addon in $addons; do
        [ -f "$ROOT/addons/$addon/__manifest__.py" ] || die "there is no addon $addon." "one of: $(our_addons | paste -sd' ')"
        paths+=("addons/$addon")
        names+=(--addon "$addon")
    done
    clone_template "$TEST_DB"
    install_modules "$TEST_DB" "${addons// /,}" --log-level=warn
    run_pytest -p pytest_kept_caches --odoo-http --odoo-config="$(test_config "$TEST_DB")" --junitxml="$RUN/addons.xml" -o junit_family=xunit1 \
        "${paths[@]}" "$@" || status=$?
    # With arguments, a part of the tests may be what is wanted.
    [ $# -gt 0 ] || report tests "${names[@]}" "$RUN/addons.xml" || status=1
    return "$status"
}

# --- bin/test and bin/sweep: each stage goes on after a failure, and is counted.

fail() {
    say "FAILED: $1"
    say "$1" >>"$RUN/failed"
}

# stage name command…
stage() {
    local name=$1 start=$SECONDS
    shift
    say "== $name"
    ("$@") || fail "$name"
    say "== $name: $((SECONDS - start)) s" | tee -a "$RUN/minutes"
}

# behind name command…: a stage beside those that follow; wait_behind prints what it said.
behind() {
    (stage "$@" >"$RUN/behind.log" 2>&1) &
    BEHIND=$!
}

wait_behind() {
    wait "$BEHIND" || true
    cat "$RUN/behind.log"
}

# suite name [--addon name]… -- pytest arguments: red tests are counted by their report, name.xml.
suite() {
    local name=$1 file="$RUN/$1.xml" addons=() status=0
    shift
    while [ "$1" != -- ]; do
        addons+=("$1")
        shift
    done
    shift
    run_pytest --junitxml="$file" -o junit_family=xunit1 "$@" || status=$?
    report tests "${addons[@]}" "$file" || return 1
    [ "$status" = 0 ] || [[ "$(report total "$file")" != *" 0 failed"* ]] || return 1
}

# test_all_addons [name]: of the report.
test_all_addons() {
    local names=() paths=() addon
    for addon in $(our_addons | grep -vx territory_demo); do
        paths+=("addons/$addon")
        # An addon without code of its own has nothing to test; tests/test_architecture.py says which.
        [ "$PART" != gate ] || [ ! -d "$ROOT/addons/$addon/tests" ] || names+=(--addon "$addon")
    done
    [ ${#paths[@]} -gt 0 ] || { say "no addon yet"; return 1; }
    TEST_LOG="$RUN/log-${1:-addons}" suite "${1:-addons}" "${names[@]}" -- \
        -p pytest_own_filestore -p pytest_log_file -p pytest_kept_caches \
        -n 2 --dist loadfile --no-loadscope-reorder \
        --odoo-http --odoo-config="$(test_config "$TEST_DB")" "${paths[@]}"
}

make_full_database() {
    clone_template "$TEST_DB"
    install_modules "$TEST_DB" "$(our_addons | grep -vx territory_demo | paste -sd,)"
    report log --allow "$ROOT/tests/log_allowlist.txt" "$TEST_VAR/$TEST_DB.log"
}

test_translations() {
    # shellcheck disable=SC2046
    "$PYTHON" /usr/bin/odoo i18n export -c "$(test_config "$TEST_DB")" -l pot -o "$RUN/terms.po" \
        $(our_addons | grep -vx territory_demo) >"$RUN/terms.log" 2>&1 || { cat "$RUN/terms.log"; return 1; }
    report terms "$RUN/terms.po" "$ROOT/addons"
}

# Before the tests of the addons connect to what is copied.
clone_for_demo() {
    drop_test_database "${TEST_DB}_d"
    clone_database "$TEST_DB" "${TEST_DB}_d"
}

# test_demo_addon [name]: of the report.
test_demo_addon() {
    install_modules "${TEST_DB}_d" territory_demo
    TEST_LOG="$RUN/log-${1:-demo}" suite "${1:-demo}" --addon territory_demo -- -p pytest_log_file -p pytest_kept_caches --odoo-http --odoo-config="$(test_config "${TEST_DB}_d")" addons/territory_demo
}

# bin/run itself, on databases and a folder of its own.
run_platform() {
    local demo=territory_demo
    [ -f "$ROOT/addons/territory_demo/__manifest__.py" ] || demo=""
    start_process "$RUN/$1.log" env ETERRITOIRE_VAR="$RUN" DB_NAME="${TEST_DB}_$1" PORT="${2:-8069}" DEMO_APPS="$demo" "$ROOT/bin/run" "${@:3}"
}

# The database of the journeys is made while other stages run.
prepare_platform() {
    mkdir -p "$RUN/stamps"
    cp "$VAR"/stamps/venv-* "$RUN/stamps/"
    run_platform site "" --no-start
}

platform_prepared() { grep -q '^prepared: ' "$RUN/site.log"; }
platform_ready() { grep -q '^ready: ' "$RUN/$1.log"; }

# One site for each of the two processes of the journeys: what one changes, the other does not see.
# In this shell: what a stage starts would end with the stage.
start_sites() {
    (wait_for bin/run "$RUN/site.log" 900 platform_prepared) || return 1
    ended "${STARTED[-1]%:*}"
    # Far from the ports of others. The mail catcher takes port + 1000. All stay below 32768: from
    # there on the kernel lends ports to outgoing connections, and one of them may sit on ours.
    SITE_PORT=$((20000 + $$ % 1100 * 10))
    start_site site1 && start_site site2
}

# start_site name: a copy of the one that bin/run made.
start_site() {
    createdb -T "${TEST_DB}_site" --strategy=file_copy "${TEST_DB}_$1" &&
        cp -al "$RUN/data/filestore/${TEST_DB}_site" "$RUN/data/filestore/${TEST_DB}_$1" || return 1
    SITE_PORT=$(free_port $((SITE_PORT + 1)))
    run_platform "$1" "$SITE_PORT"
    (wait_for bin/run "$RUN/$1.log" 120 platform_ready "$1")
}

# play_journeys report "site…" pytest-arguments…
play_journeys() {
    local name=$1 site logs=()
    for site in $2; do logs+=("$RUN/$site.log"); done
    shift 2
    E_TERRITOIRE_URL=$(sed -n 's/^ready: //p' "${logs[@]}")
    E_TERRITOIRE_MAIL=$(sed -n 's/^mail: *\([^ ]*\).*/\1/p' "${logs[@]}")
    export E_TERRITOIRE_URL E_TERRITOIRE_MAIL
    suite "$name" -- -p no:odoo "$@"
}

test_browser() {
    # In the sweep too: the pages are read before journeys type on them.
    FILE_ORDER=pytest_longest_first
    play_journeys browser "site1 site2" -n 2 --dist loadfile --no-loadscope-reorder tests/browser
}

# A browser on two busy cores misses a moment now and then: a journey that fails is named and played
# once more, on a site that nobody has touched. Many at once are a defect that comes and goes.
MOST_SECOND_TRIES=2
try_again() {
    local failed
    mapfile -t failed < <(report failed "$RUN/browser.xml")
    [ ${#failed[@]} -gt 0 ] && [ ${#failed[@]} -le $MOST_SECOND_TRIES ] || return 0
    start_site site3 || fail "start of the site of the second try"
    stage "second try" test_second_try "${failed[@]}"
}

test_second_try() {
    play_journeys second-try site3 "$@" || return 1
    report again "$RUN/browser.xml" "$RUN/second-try.xml"
    rm "$RUN/second-try.xml"
}

# Servers and installations, in the sweep, are tried with the clock of the machine: they ask the world.
test_repository() {
    [ "$PART" = gate ] || unset LD_PRELOAD FAKETIME
    suite repository -- -p no:odoo -n 2 --dist loadfile --ignore=tests/browser tests
}

# The demo's own tests beside the journeys, which wait for pages and leave a part of the cores idle.
test_sites() {
    clone_for_demo
    behind "tests of the demo" test_demo_addon
    test_journeys
    wait_behind
}

test_journeys() {
    start_sites || fail "start of the sites of the browser journeys"
    stage "browser journeys" test_browser
    try_again
    stage "server logs" report log --allow "$ROOT/tests/log_allowlist.txt" "$RUN/odoo-${TEST_DB}"_site*.log
}

begin_run() {
    mkdir -p "$RUN"
    : >"$RUN/failed"
    : >"$RUN/minutes"
}

# bin/test.
run_gate() {
    export PART=gate
    unset SEED
    begin_run
    prepare_platform
    # One process, beside the linters: most of them are one process too.
    behind "database with every addon" make_full_database
    stage lint machine_time "$ROOT/bin/lint"
    wait_behind
    stage "repository tests" test_repository
    stage translations test_translations
    stage "tests of the addons" test_all_addons
    test_sites
    stage "logs without keys nor persons" test_logs_tell_nobody
    summarize
}

# The examples of Hypothesis and the order of the files; SEED=… bin/sweep plays those of an earlier run.
draw_seed() {
    export SEED="${SEED:-$RANDOM$RANDOM}"
    FILE_ORDER=pytest_any_order
    say "SEED=$SEED"
}

# has kind…: whether the sweep plays one of these (pytest_part.py).
has() {
    local kind
    for kind in "$@"; do [[ "$kinds" != *" $kind "* ]] || return 0; done
    return 1
}

# run_sweep stage…: these, or all of them.
run_sweep() {
    local kinds
    PART=$(IFS=, && say "${*:-sweep}")
    export PART
    kinds=" $("$PYTHON" "$ROOT/bin/lib/pytest_part.py" "$PART") " || exit 1
    begin_run
    # The dates are played with the gate's.
    [ "$PART" = dates ] || draw_seed
    ! has browser || {
        install_node
        prepare_platform
    }
    ! has lint || stage "lint of the tests" machine_time "$ROOT/bin/lint" --tests
    ! has repository || stage "repository tests" test_repository
    ! has addons demo dates || stage "database with every addon" make_full_database
    ! has addons || stage "tests of the addons" test_all_addons
    case "$kinds" in
    *" demo browser "*) test_sites ;;
    *" demo "*)
        clone_for_demo
        stage "tests of the demo" test_demo_addon
        ;;
    *" browser "*) test_journeys ;;
    esac
    ! has dates || test_dates
    ! has addons demo browser dates || stage "logs without keys nor persons" test_logs_tell_nobody
    summarize
}

# The same tests on each of the days, in copies of one database that was made before them.
test_dates() {
    local moment
    for moment in "${MOMENTS[@]}"; do
        stage "$moment" test_at "$moment"
    done
}

# test_at moment: what reads the calendar, and a demo that is made then.
test_at() {
    local day=${1// /-}
    move_clock "$1"
    clone_for_demo
    PART=gate behind "the demo, $1" test_demo_addon "demo-$day"
    test_all_addons "addons-$day"
    wait_behind
}

# What tests wrote, and the servers of the browser journeys.
test_logs_tell_nobody() {
    local logs=() file
    for file in "$RUN"/log-*.log "$RUN/odoo-${TEST_DB}"_site*.log; do
        # The demo's tests of the gate ask for no page: they may log nothing.
        [ ! -f "$file" ] || [[ "$file" == */log-demo* && ! -s "$file" ]] || logs+=("$file")
    done
    report private --people "$ROOT/addons/territory_demo/people.py" "${logs[@]}"
}

# The last line is the count; red when a test or a stage is.
summarize() {
    local failures line
    failures=$(wc -l <"$RUN/failed")
    [ "$failures" = 0 ] || { say "Stages that failed (reports and logs: $RUN):"; sed 's/^/  /' "$RUN/failed"; }
    say "Minutes:"
    awk -F'[: ]+' '{ printf "%6.1f  %s\n", $(NF - 1) / 60, $0 }' "$RUN/minutes"
    say "$(awk "BEGIN { printf \"%6.1f\", $SECONDS / 60 }")  in all"
    report slowest "$RUN"/*.xml
    line=$(report total --failed "$failures" "$RUN"/*.xml)
    say "$line"
    [[ "$line" == *" 0 failed"* ]] || return 1
    # What was green, when nothing but a commit was looked at.
    [ -n "$(git -C "$ROOT" status --porcelain)" ] || git -C "$ROOT" rev-parse HEAD >"$VAR/green-${PART//,/-}" || true
}
