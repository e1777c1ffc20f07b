from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    administrative_court = fields.Char(
        help="Name and postal address of the court that refusals may be taken to, as printed in "
        "the letters (CJA R421-5).",
    )
