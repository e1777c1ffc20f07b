#!/bin/sh
# In the container: creates the database or updates what has a newer version, then becomes the server.
set -eu
DB_NAME=eterritoire
export ODOO_RC=/etc/odoo/odoo.conf

made=$(psql -qAt -d "$DB_NAME" -c "SELECT 1 FROM ir_module_module WHERE name = 'territory_platform' AND state = 'installed'" 2>/dev/null || true)
demo=${TERRITORY_DEMO:-no}
if [ -z "$made" ]; then
    [ "$demo" = yes ] || : "${ADMIN_PASSWORD:?the administrator needs a password}"
    # The first language of a new database becomes everybody's.
    odoo -d "$DB_NAME" -i territory_platform --load-language=fr_FR --workers=0 --no-http --stop-after-init
    if [ "$demo" != yes ]; then
        odoo shell -d "$DB_NAME" --workers=0 --no-http <<'PYTHON'
import os
env.ref("base.user_admin").password = os.environ["ADMIN_PASSWORD"]
env.cr.commit()
PYTHON
    fi
else
    odoo module upgrade -d "$DB_NAME" --outdated all
fi
unset ADMIN_PASSWORD
odoo --addons-path=/opt/e-territoire/addons territory_load -d "$DB_NAME" /opt/e-territoire/data
# After the territory: the demo's people live in its communes.
[ -n "$made" ] || [ "$demo" != yes ] || odoo -d "$DB_NAME" -i territory_demo --workers=0 --no-http --stop-after-init
exec odoo -d "$DB_NAME" --smtp="${SMTP_SERVER:-mail}" --smtp-port="${SMTP_PORT:-1025}"
