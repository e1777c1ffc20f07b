from odoo.addons.territory_base.tools import remake_mail_template


def migrate(cr, version):
    """The mail of an option that ended names other days."""
    remake_mail_template(cr, "room_booking.mail_option_ended")
