from odoo import fields, models

from ..tools.school_holidays import ZONES


class ResCompany(models.Model):
    _inherit = "res.company"

    school_zone = fields.Selection(
        [(zone, f"Zone {zone}") for zone in ZONES],
        "School zone",
        required=True,
        default="B",
        help="Of the academy: it says when the winter and spring holidays are.",
    )

    def write(self, vals):
        before = {company: company.school_zone for company in self}
        result = super().write(vals)
        if any(company.school_zone != zone for company, zone in before.items()):
            self.env["territory.holiday"]._load_school_holidays()
        return result
