# The demo's mail: caught by a real SMTP server on this machine, read in a browser, sent nowhere.
# shellcheck shell=bash

# start_mail_catcher: sets SMTP_PORT and MAIL_URL.
start_mail_catcher() {
    local http
    SMTP_PORT=$(free_port $((PORT + 1000)))
    http=$(free_port $((SMTP_PORT + 1)))
    start_process "$VAR/mail.log" "$PYTHON" "$ROOT/bin/lib/mail_catcher.py" \
        --smtp-port "$SMTP_PORT" --http-port "$http" --maildir "$MAIL_DIR"
    # Read by bin/run.
    # shellcheck disable=SC2034
    MAIL_URL="http://localhost:$http"
    wait_for "the mail catcher" "$VAR/mail.log" 20 port_busy "$http"
}
