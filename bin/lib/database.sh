# The database: created in French, updated when an addon changed, filled from data/.
# shellcheck shell=bash

# The addons that make the platform; what they depend on comes with them.
APPS="${APPS:-territory_platform}"
DEMO_APPS="${DEMO_APPS-territory_demo}"
# What the database was made of: one line per addon, for data/ and for Odoo itself. It is kept in
# the database, so that it follows it through a backup, a copy or another server.
MADE_KEY=e_territoire.made_of

db_sql() { psql -X -v ON_ERROR_STOP=1 -qAt -d "$DB_NAME" "$@" 2>>"$VAR/psql.log"; }
db_exists() { [ -n "$(psql -X -qAt -d "${PGDATABASE:-postgres}" -v name="$DB_NAME" <<<"SELECT 1 FROM pg_database WHERE datname = :'name'")" ]; }

# The name goes into a file path and into SQL.
check_db_name() {
    [[ "$DB_NAME" =~ ^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}$ ]] ||
        die "DB_NAME=$DB_NAME is not a name for a database." "use letters, digits, - and _ only."
}

# A digest of what an update of the database depends on.
folder_digest() {
    (cd "$1" && find . -type f ! -name "*.pyc" ! -path "./tests/*" ! -path "./readme/*" ! -path "./static/src/*" -print0 |
        sort -z | xargs -0 -r sha256sum) | sha256sum | cut -c1-16
}

made_of() {
    local folder
    say "odoo $(dpkg-query -W -f='${Version}' odoo-19 2>/dev/null)"
    for folder in "$ROOT"/addons/*/ "$VENV"/lib/python3*/site-packages/odoo/addons/*/; do
        [ ! -f "$folder/__manifest__.py" ] || say "addon $(basename "$folder") $(folder_digest "$folder")"
    done
    [ ! -d "$ROOT/data" ] || say "data $(folder_digest "$ROOT/data")"
}

# The addons that this command wants, one per line.
wanted_addons() {
    local name
    for name in ${APPS//,/ } $([ "$DEMO" = no ] || say "${DEMO_APPS//,/ }"); do
        [ -d "$ROOT/addons/$name" ] || [ -d "/usr/lib/python3/dist-packages/odoo/addons/$name" ] ||
            die "the addon $name is not there." "clone the whole project, or name other addons: APPS=website DEMO_APPS= bin/run"
        say "$name"
    done | sort
}

# Odoo in a process of its own, that Ctrl-C ends with the rest; OUT is where its own words go, LOG its log.
run_odoo() {
    setsid setpriv --pdeathsig TERM "$PYTHON" /usr/bin/odoo "$@" <&0 >>"${OUT:-$LOG}" 2>>"$LOG" &
    started $!
    local status=0
    wait $! || status=$?
    ended $!
    return "$status"
}

# change_modules sentence options…: installs or updates, stops with the log's last lines when it fails.
change_modules() {
    local sentence=$1 from
    shift
    from=$(($(wc -l <"$LOG") + 1))
    if ! run_odoo -c "$ODOO_CONF" -d "$DB_NAME" --workers=0 --no-http --stop-after-init "$@" ||
        tail -n "+$from" "$LOG" | grep -q " CRITICAL "; then
        tail -n "+$from" "$LOG" | grep -vE " (INFO|DEBUG) " | tail -n 20 >&2
        die "$sentence" "read $LOG, correct what it says and run the command again."
    fi
}

# Says what the database is: absent (or made empty by PostgreSQL's administrator), unfinished, foreign or ready.
db_state() {
    if ! db_exists || [ "$(db_sql -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" = 0 ]; then
        say absent
    elif [ -n "$(db_sql -c "SELECT 1 FROM ir_config_parameter WHERE key = '$MADE_KEY'" || true)" ]; then
        say ready
    elif [ -f "$VAR/stamps/creating-$DB_NAME" ]; then
        say unfinished
    else
        say foreign
    fi
}

drop_database() {
    if db_exists; then
        dropdb "$DB_NAME" 2>>"$VAR/psql.log" ||
            die "the database $DB_NAME could not be dropped: $(tail -n 1 "$VAR/psql.log")" "stop what uses it, then run the command again."
    fi
    rm -rf "$VAR/data/filestore/$DB_NAME"
    # The catcher may be at work already: its folders stay.
    [ ! -d "$MAIL_DIR" ] || find "$MAIL_DIR" -type f -delete
}

# with yes or no: does this command want the demo?
check_demo() {
    local names
    names=$(db_sql -c "SELECT name FROM ir_module_module WHERE state <> 'uninstalled' AND name IN ('${DEMO_APPS//,/\',\'}')")
    if [ "$1" = no ] && [ -n "$names" ]; then
        die "the database $DB_NAME contains the demo, whose passwords everybody knows: it is not started with --no-demo." \
            "name another one: DB_NAME=territoire bin/run --no-demo"
    elif [ "$1" = yes ] && [ -z "$names" ] && [ -n "$DEMO_APPS" ]; then
        die "the database $DB_NAME was made without the demo, and the demo's passwords have no place in it." \
            "run bin/run --no-demo, or name another one: DB_NAME=demo bin/run"
    fi
}

create_database() {
    local password
    say "Creating the database $DB_NAME (some minutes)"
    stamp "creating-$DB_NAME" yes
    # The first language of a new database becomes everybody's, the website's included.
    change_modules "the database could not be created." -i "$APPS" --load-language=fr_FR
    [ -n "$(db_sql -c "SELECT 1 FROM pg_proc WHERE proname = 'unaccent' AND provolatile = 'i'")" ] ||
        say "Accents will matter in searches: PostgreSQL's administrator did not make the extension unaccent (docs/deploy.md)."
    if [ "$DEMO" = no ]; then
        password=$("$PYTHON" -c "import secrets; print(secrets.token_urlsafe(12))")
        ADMIN_PASSWORD=$password run_odoo shell -c "$ODOO_CONF" -d "$DB_NAME" --workers=0 --no-http <<'PYTHON' ||
import os
env.ref("base.user_admin").password = os.environ["ADMIN_PASSWORD"]
env.cr.commit()
PYTHON
            die "the administrator's password could not be set." "read $LOG, then run the command again."
        ADMIN_PASSWORD=$password
    fi
}

# Installs what is new, updates what changed; nothing when nothing changed.
update_database() {
    local before=$1 now=$2 wanted installed new changed options=()
    wanted=$(wanted_addons)
    installed=$(db_sql -c "SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')")
    new=$(comm -23 <(say "$wanted") <(sort <<<"$installed") | paste -sd,)
    changed=$(comm -13 <(sort <<<"$before") <(sort <<<"$now") | awk '$1 == "odoo" {print "base"} $1 == "addon" {print $2}' |
        sort | comm -12 - <(sort <<<"$installed") | paste -sd,)
    [ -z "$new" ] || { say "Installing: ${new//,/, }"; options+=(-i "$new"); }
    [ -z "$changed" ] || { say "Updating: ${changed//,/, }"; options+=(-u "$changed" --i18n-overwrite); }
    [ ${#options[@]} = 0 ] || change_modules "the database could not be updated." "${options[@]}"
}

load_data() {
    local before=$1 now=$2
    [ "$(grep ^data <<<"$before")" != "$(grep ^data <<<"$now")" ] || return 0
    if [ -z "$(db_sql -c "SELECT 1 FROM ir_module_module WHERE name = 'territory_base' AND state = 'installed'")" ]; then
        say "data/ is not loaded: the addon territory_base is not installed."
        return
    fi
    say "Loading data/"
    : >"$VAR/data.log"
    # The command is an addon's: Odoo looks for it in the path of the first argument.
    OUT="$VAR/data.log" ODOO_RC=$ODOO_CONF run_odoo --addons-path="$ROOT/addons" territory_load -d "$DB_NAME" "$ROOT/data" ||
        { tail -n 5 "$LOG" >&2; die "data/ could not be loaded." "correct what the lines above say and run the command again."; }
    sed "s/^/  /" "$VAR/data.log"
}

# A later version of the demo has new parts: an existing demo gets those that it lacks.
complete_demo() {
    OUT="$VAR/demo.log" run_odoo shell -c "$ODOO_CONF" -d "$DB_NAME" --workers=0 --no-http <<'PYTHON' ||
made = env["territory.demo"]._build() if "territory.demo" in env else []
env.cr.commit()
if made:
    print("Added to the demo:", ", ".join(made))
PYTHON
        die "the demo could not be completed." "read $LOG, correct what it says and run the command again."
    grep "^Added" "$VAR/demo.log" || true
}

# prepare_database: needs ODOO_CONF, LOG and DEMO (yes or no).
prepare_database() {
    local state before="" now servers
    wanted_addons >/dev/null
    now=$(made_of)
    state=$(db_state)
    if [ "$state" = unfinished ]; then
        say "The creation of $DB_NAME had not finished: it starts again."
        drop_database
        state=absent
    fi
    case $state in
    foreign)
        die "the database $DB_NAME exists and was not made by this project: nothing is changed in it." \
            "name another one: DB_NAME=eterritoire2 bin/run"
        ;;
    absent) create_database ;;
    ready)
        check_demo "$DEMO"
        before=$(db_sql -c "SELECT value FROM ir_config_parameter WHERE key = '$MADE_KEY'")
        update_database "$before" "$now"
        ;;
    esac
    load_data "$before" "$now"
    if [ "$state" = absent ] && [ "$DEMO" = yes ] && [ -n "$DEMO_APPS" ]; then
        # Its people live in the communes of data/.
        say "Installing the demo"
        change_modules "the demo could not be installed." -i "$DEMO_APPS"
    elif [ "$state" = ready ] && [ "$(sort <<<"$before")" != "$(sort <<<"$now")" ] && [ "$DEMO" = yes ] && [ -n "$DEMO_APPS" ]; then
        complete_demo
    fi
    if [ "$before" != "$now" ]; then
        db_sql -v key="$MADE_KEY" -v made="$now" <<'SQL'
INSERT INTO ir_config_parameter (key, value, create_uid, create_date, write_uid, write_date)
VALUES (:'key', :'made', 1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC')
ON CONFLICT (key) DO UPDATE SET value = excluded.value, write_date = excluded.write_date;
SQL
        rm -f "$VAR/stamps/creating-$DB_NAME"
    fi
    # A mail server written in the database would take the place of the catcher.
    if [ "$DEMO" = yes ]; then
        servers=$(db_sql -c "WITH off AS (UPDATE ir_mail_server SET active = false WHERE active RETURNING id) SELECT count(*) FROM off")
        [ "$servers" = 0 ] || say "The demo sends no mail: $servers mail server(s) of the database switched off."
    fi
}

# The links of the mails lead to the port of this start, unless somebody gave the site a name.
follow_port() {
    db_sql -v url="http://localhost:$PORT" <<'SQL'
UPDATE ir_config_parameter SET value = :'url' WHERE key = 'web.base.url' AND value LIKE 'http://localhost:%';
SQL
}

# reset_database yes|ask
reset_database() {
    db_exists || { drop_database; return; }
    if [ "$1" != yes ]; then
        local answer=""
        say "The database $DB_NAME and its files will be deleted. To confirm, type its name or \"oui\":"
        read -r answer || true
        [ "$answer" = "$DB_NAME" ] || [ "$answer" = oui ] ||
            die "nothing was deleted." "type $DB_NAME or oui, or give --yes in a script."
    fi
    say "Deleting the database $DB_NAME"
    drop_database
    rm -f "$VAR/stamps/creating-$DB_NAME"
}

# The demo's people that this database has; their password is their login.
DEMO_LOGINS="admin|Administrateur technique
responsable|Responsable (DGS) : voit toutes les demandes
agent.dechets|Agent du service déchets
agent.enfance|Agent du service enfance
communication|Communication : valide les contenus
secretaire|Secrétaire de mairie
secretaire2|Secrétaire de mairie d'une autre commune
asso|Membre d'une association
entreprise|Artisan, pour son entreprise
camille|Habitante : deux enfants, parents séparés
sacha|L'autre parent des mêmes enfants
dominique|Habitant sans enfant
dpo|Délégué à la protection des données"

print_logins() {
    local login role present
    if [ "$DEMO" = no ]; then
        [ -z "$ADMIN_PASSWORD" ] || say "login: admin, password: $ADMIN_PASSWORD (it is printed this once)"
        return
    fi
    present=$(db_sql -c "SELECT login FROM res_users WHERE active")
    say "logins of the demo (the password is the login):"
    while IFS="|" read -r login role; do
        ! grep -qxF "$login" <<<"$present" || printf '  %-14s %s\n' "$login" "$role"
    done <<<"$DEMO_LOGINS"
}
