from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.website_parts.tools.web import text

# Routes of a form: read, and sent.
GET = {"type": "http", "auth": "public", "website": True, "methods": ["GET"], "sitemap": False}
POST = {**GET, "methods": ["POST"], "csrf": False, "territory_form": True}


def get_procedure(slug):
    """A published procedure, in superuser mode: the domain is the check."""
    Procedure_sudo = request.env["procedure.procedure"].sudo()
    found_sudo = Procedure_sudo._find_by_slug(text(slug), Procedure_sudo._get_public_domain())
    if not found_sudo:
        raise NotFound()
    return found_sudo
