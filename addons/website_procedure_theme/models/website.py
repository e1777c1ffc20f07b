from odoo import api, fields, models


class Website(models.Model):
    _inherit = "website"

    # The same officer on the page and in every notice.
    territory_dpo = fields.Text(related="company_id.dpo_contact", readonly=False)

    @api.model
    def _get_signup_url(self):
        """The sign-up that knows identity, address and situation."""
        return "/inscription"
