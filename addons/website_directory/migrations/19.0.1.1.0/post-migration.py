from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Each sheet that is on the site gets its first version, from which proposals start; one that
    was archived is off the site, and comes back by a proposal."""
    cr.execute(
        """
        UPDATE directory_entry SET active = TRUE, is_online = FALSE, version = 1
        WHERE active IS NOT TRUE
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    for entry in env["directory.entry"].search([("is_online", "=", True), ("version", "=", 0)]):
        entry._publish_as("update", {})
