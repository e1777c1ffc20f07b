import base64

from odoo.tools import file_open

from . import controllers, models


def _post_init(env):
    """What core's records would show of core on a public site: its contact page (the phone and
    the address are on every page of ours) and its icon."""
    env["website.menu"].search([("url", "=", "/contactus")]).unlink()
    env["website.page"].search([("url", "=like", "/contactus%")]).is_published = False
    websites = env["website"].search([])
    core_icon = websites._default_favicon()
    with file_open("website_territory_theme/static/src/img/favicon.png", "rb") as icon:
        websites.filtered(lambda website: website.favicon == core_icon).favicon = base64.b64encode(
            icon.read()
        )
