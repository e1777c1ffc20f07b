from odoo.addons.territory_base.tools import remake_mail_template


def migrate(cr, version):
    """The mail to the administrators says how many wait, and how often it comes."""
    remake_mail_template(cr, "website_problem_report.mail_received")
