from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The pictures in the texts of a page that is not open are the staff's only."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    closed = env["territory.commune"].search(
        ["|", ("page_state", "=", "closed"), ("active", "=", False)]
    )
    closed._update_media()
    closed.page_ids._update_media()
