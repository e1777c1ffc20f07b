# The Odoo server: its configuration, its start, its first answer.
# shellcheck shell=bash

check_port() {
    [[ "$PORT" =~ ^[0-9]{1,5}$ ]] && [ "$PORT" -ge 1024 ] && [ "$PORT" -le 64000 ] ||
        die "PORT=$PORT is not a port that can be used." "choose one between 1024 and 64000."
    ! port_busy "$PORT" ||
        die "the port $PORT is already used on this machine." "stop what uses it, or choose another one: PORT=$(free_port $((PORT + 1))) bin/run"
}

# set_options file key=value…: a key that the file has is replaced in its place, another one added at the end.
set_options() {
    local file=$1 pair
    shift
    for pair in "$@"; do
        if grep -q "^${pair%%=*} *=" "$file"; then
            KEY="${pair%%=*}" VALUE="${pair#*=}" perl -pi -e 's/^\Q$ENV{KEY}\E *=.*/$ENV{KEY} = $ENV{VALUE}/' "$file"
        else
            say "${pair%%=*} = ${pair#*=}" >>"$file"
        fi
    done
}

# write_odoo_conf file: production's configuration with what a trial on this machine changes. Mail goes to the
# catcher; when there is none, to a port where nobody listens.
write_odoo_conf() {
    cp "$ROOT/config/odoo.conf" "$1"
    chmod 600 "$1"
    set_options "$1" \
        "addons_path=$ROOT/addons" "data_dir=$VAR/data" "db_name=$DB_NAME" "dbfilter=^$DB_NAME\$" \
        "http_interface=${LISTEN:-127.0.0.1}" "http_port=$PORT" "gevent_port=$(free_port $((PORT + 3)))" \
        "proxy_mode=False" "workers=0" \
        "smtp_server=127.0.0.1" "smtp_port=${SMTP_PORT:-1}" \
        "admin_passwd=$("$PYTHON" -c "import secrets; print(secrets.token_urlsafe(24))")"
}

# The home page answers; its styles and script are asked for too, so that the first visitor does not wait
# until they are made.
home_answers() {
    local home="http://127.0.0.1:$PORT" page asset
    page=$(curl -sfL --max-time 120 "$home/") || return 1
    for asset in $(grep -oE '"/web/assets/[^"]+\.(css|js)"' <<<"$page" | tr -d '"'); do
        curl -sf --max-time 120 -o /dev/null "$home$asset" || return 1
    done
}

start_odoo() {
    # Jobs with more to do are woken at once (as in config/e-territoire.service).
    export ODOO_NOTIFY_CRON_CHANGES=1
    start_process "$LOG" "$PYTHON" /usr/bin/odoo -c "$ODOO_CONF"
    ODOO_PID=$!
    wait_for Odoo "$LOG" 180 home_answers
}
