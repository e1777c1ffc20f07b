import re

from odoo import api, models


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _get_tel_href(self, phone):
        """A number that the phone understands, from the one that people read."""
        digits = re.sub(r"[^\d+]", "", phone or "")
        if re.fullmatch(r"0\d{9}", digits):
            digits = f"+33{digits[1:]}"
        return f"tel:{digits}"
