from odoo.addons.territory_base.tools import remake_mail_template


def migrate(cr, version):
    """The reminder says what to bring."""
    remake_mail_template(cr, "procedure_slot.mail_slot_reminder")
