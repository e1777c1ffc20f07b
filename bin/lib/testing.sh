# Test databases: a template with the stock modules, a clone of it for each run.
# shellcheck shell=bash

TEST_VAR="$VAR/test"
TEST_TEMPLATE=test_core
ODOO_ADDONS=/usr/lib/python3/dist-packages/odoo/addons

# Modules of Odoo and OCA that our addons depend on, sorted, separated by commas.
stock_modules() {
    "$PYTHON" - "$ROOT/addons" <<'PYTHON'
import ast, pathlib, sys

manifests = {}
for path in pathlib.Path(sys.argv[1]).glob("*/__manifest__.py"):
    try:
        manifests[path.parent.name] = ast.literal_eval(path.read_text())
    except (SyntaxError, ValueError) as error:
        sys.stderr.write(f"{path}: {error}\n")
depends = {name for manifest in manifests.values() for name in manifest.get("depends", [])}
print(",".join(sorted(depends - set(manifests) | {"base", "web"})))
PYTHON
}

our_addons() { (cd "$ROOT/addons" && find . -mindepth 2 -maxdepth 2 -name __manifest__.py -printf '%h\n' | sed 's,^./,,' | sort); }

# test_config database [http port]: prints the path of the configuration of that database.
test_config() {
    local file="$TEST_VAR/$1.conf"
    cat >"$file" <<CONF
[options]
addons_path = $ROOT/addons,$ODOO_ADDONS
data_dir = $TEST_VAR/data
db_name = $1
dbfilter = ^$1\$
list_db = False
http_interface = 127.0.0.1
http_port = ${2:-0}
max_cron_threads = 0
workers = 0
skip_auto_install = True
with_demo = False
CONF
    say "$file"
}

# install_modules database modules log: modules separated by commas.
install_modules() {
    "$PYTHON" /usr/bin/odoo -c "$(test_config "$1")" --no-http --stop-after-init --skip-auto-install \
        --load-language=fr_FR --log-level=warn -i "$2" >"$3" 2>&1 || {
        tail -n 40 "$3" >&2
        drop_database "$1"
        die "the modules could not be installed: $2" "read $3"
    }
    if grep -E ' (ERROR|CRITICAL) ' "$3" >&2; then
        drop_database "$1"
        die "the installation of these modules logs errors: $2" "read $3"
    fi
}

drop_database() {
    dropdb --if-exists --force "$1" 2>/dev/null || true
    rm -rf "${TEST_VAR:?}/data/filestore/$1" "$TEST_VAR/$1.conf"
}

# Under the lock: the template has at least the stock modules of today's manifests.
ensure_template() {
    local wanted have version
    wanted=$(stock_modules)
    version=$(dpkg-query -W -f='${Version}' odoo-19; sha256sum <"$ROOT/requirements.txt")
    have=$(psql -d "$TEST_TEMPLATE" -qAtc "SELECT 1" 2>/dev/null || true)
    if [ -n "$have" ] && unchanged test-template-version "$version"; then
        have=$(cat "$VAR/stamps/test-template" 2>/dev/null || true)
    else
        drop_database "$TEST_TEMPLATE"
        have=""
    fi
    local missing
    missing=$(comm -23 <(tr , '\n' <<<"$wanted" | sort) <(tr , '\n' <<<"$have" | sort) | paste -sd,)
    [ -n "$missing" ] || return 0
    say "Template database: installing $missing"
    install_modules "$TEST_TEMPLATE" "$missing" "$TEST_VAR/template.log"
    stamp test-template-version "$version"
    stamp test-template "$(tr , '\n' <<<"$have,$missing" | sed '/^$/d' | sort -u | paste -sd,)"
}

# What a killed run left behind.
drop_orphans() {
    local name pid
    for name in $(psql -d postgres -qAtc "SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]+'"); do
        pid=${name#test_}
        pid=${pid%%[!0-9]*}
        kill -0 "$pid" 2>/dev/null || drop_database "$name"
    done
}

clone_database() {
    createdb -T "$1" --strategy=file_copy "$2"
    mkdir -p "$TEST_VAR/data/filestore/$1"
    cp -al "$TEST_VAR/data/filestore/$1" "$TEST_VAR/data/filestore/$2"
}

# test_database name: a fresh clone of the template; one developer at a time.
test_database() {
    mkdir -p "$TEST_VAR/data/filestore"
    (
        flock 9
        ensure_template
        drop_orphans
        clone_database "$TEST_TEMPLATE" "$1"
    ) 9>"$TEST_VAR/template.lock"
}

# test_addons "addon addon…" [pytest arguments…]
test_addons() {
    local addons=$1 database="test_$$" status=0 addon paths=()
    shift
    for addon in $addons; do
        [ -f "$ROOT/addons/$addon/__manifest__.py" ] || die "there is no addon $addon." "one of: $(our_addons | paste -sd' ')"
        paths+=("addons/$addon")
    done
    trap 'drop_database '"$database"'; stop_started' EXIT
    test_database "$database"
    install_modules "$database" "${addons// /,}" "$TEST_VAR/$database.log"
    (cd "$ROOT" && "$PYTHON" -m pytest -q -p no:cacheprovider --odoo-http --odoo-config="$(test_config "$database")" \
        "${paths[@]}" "$@") || status=$?
    return "$status"
}
