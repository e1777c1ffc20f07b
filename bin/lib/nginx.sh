# The shipped nginx configuration on a local port, without TLS: for the measures and the tests.
# shellcheck shell=bash

# fill_template file NAME=value…: ${NAME} becomes its value, nginx's own $variables stay.
fill_template() {
    local text pair
    text=$(<"$1")
    shift
    for pair in "$@"; do text=${text//"\${${pair%%=*}}"/"${pair#*=}"}; done
    say "$text"
}

# write_nginx_conf folder port odoo_port gevent_port: the whole configuration, under the folder.
write_nginx_conf() {
    local folder=$1
    mkdir -p "$folder"/{cache,temp}
    fill_template "$ROOT/config/nginx.conf" TERRITORY_HOST=localhost "NGINX_LISTEN=127.0.0.1:$2" NGINX_TLS= \
        NGINX_COOKIE_FLAGS="secure samesite=lax" "NGINX_PAGES=$ROOT/config/pages" "NGINX_CACHE=$folder/cache" \
        "NGINX_LOG=$folder/access.log" "ODOO_HTTP=127.0.0.1:$3" "ODOO_GEVENT=127.0.0.1:$4" >"$folder/territory.conf"
    cat >"$folder/nginx.conf" <<CONF
daemon off;
# The folder may be one that another user cannot enter: the workers stay who we are.
$([ "$(id -u)" != 0 ] || say "user root;")
worker_processes 1;
# As docs/deploy.md says.
worker_rlimit_nofile 16384;
pid $folder/nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
    include /etc/nginx/mime.types;
    client_body_temp_path $folder/temp/body;
    proxy_temp_path $folder/temp/proxy;
    fastcgi_temp_path $folder/temp/fastcgi;
    uwsgi_temp_path $folder/temp/uwsgi;
    scgi_temp_path $folder/temp/scgi;
    include $folder/territory.conf;
}
CONF
}

# start_nginx port odoo_port gevent_port
start_nginx() {
    local folder="$VAR/nginx-$1"
    write_nginx_conf "$folder" "$@"
    start_process "$folder/nginx.log" /usr/sbin/nginx -e stderr -c "$folder/nginx.conf"
    wait_for nginx "$folder/nginx.log" 20 port_busy "$1"
}
