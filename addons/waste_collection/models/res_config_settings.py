from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Persons for whom a child under 3 counts, as everybody else.
INFANT_PERSONS = 1


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    waste_infant_persons = fields.Integer(
        string="A child under 3 counts for (persons)",
        config_parameter="waste_collection.infant_persons",
        default=INFANT_PERSONS,
    )
    waste_dirty_fee = fields.Integer(
        string="Bin given back dirty (euros)", config_parameter="waste_collection.dirty_fee"
    )

    @api.constrains("waste_infant_persons", "waste_dirty_fee")
    def _check_waste_settings(self):
        for settings in self:
            if not 0 <= settings.waste_infant_persons <= 5 or settings.waste_dirty_fee < 0:
                raise ValidationError(
                    self.env._("A child counts for 0 to 5 persons, and a fee is not negative.")
                )
