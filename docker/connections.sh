#!/bin/sh
# nginx's image runs it before the start: as many connections as docs/deploy.md says.
set -eu
sed -i 's/worker_connections .*;/worker_connections 4096;/' /etc/nginx/nginx.conf
