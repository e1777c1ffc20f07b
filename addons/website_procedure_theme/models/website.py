from odoo import api, models


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _get_signup_url(self):
        """The sign-up that knows identity, address and situation."""
        return "/inscription"
