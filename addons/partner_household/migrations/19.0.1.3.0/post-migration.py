"""What was proposed before and waits: what is known today is what the proposal was about."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    for line in env["household.change.line"].search([("state", "=", "proposed")]):
        line.old_value = line._get_type().read_known(line)
