from . import controllers, models


def _remove_core_contact_page(env):
    """Core's contact page and its menus: the phone and the address are on every page."""
    env["website.menu"].search([("url", "=", "/contactus")]).unlink()
    env["website.page"].search([("url", "=like", "/contactus%")]).is_published = False
