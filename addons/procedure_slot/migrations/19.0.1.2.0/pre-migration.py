from odoo.addons.territory_base.tools import remake_mail_template

NAMES = ("moved", "cancelled", "withdrawn", "reminder")


def migrate(cr, version):
    """What an appointment is for is quoted: a name of a procedure does not go on a sentence."""
    for name in NAMES:
        remake_mail_template(cr, f"procedure_slot.mail_slot_{name}")
