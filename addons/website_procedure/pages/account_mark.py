"""Whose page of a form this is, signed: its session may end before it is sent."""

from odoo.tools.misc import hash_sign

from odoo.addons.territory_base.links import read_signed

SCOPE = "website_procedure.form_account"


def make_account_mark(procedure_sudo, partner, days):
    values = [procedure_sudo.id, partner.id]
    return hash_sign(procedure_sudo.env, SCOPE, values, expiration_hours=24 * days)


def read_account(procedure_sudo, mark):
    """The id of the partner whose page of this procedure this was; None: nobody says."""
    procedure_id, partner_id = read_signed(procedure_sudo.env, SCOPE, mark) or (None, None)
    return partner_id if procedure_id == procedure_sudo.id else None
