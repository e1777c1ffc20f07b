from odoo import fields, models


class HouseholdEntryAdult(models.TransientModel):
    """An adult of the family, or somebody who acts for the organisation."""

    _name = "household.entry.adult"
    _description = "Adult of a file that the staff opens"
    _inherit = ["household.entry.person"]

    email = fields.Char("E-mail")
    phone = fields.Char()
    role = fields.Char(help="President, treasurer, manager…")

    def _is_blank(self):
        return super()._is_blank() and not any((self.email, self.phone, self.role))

    def _check_typed(self):
        values, sentences = super()._check_typed()
        contact, errors = self.env["identity.check"]._check_contact(
            {"email": self.email, "phone": self.phone}
        )
        if not self.email:
            errors.pop("email", None)
        return values | contact, [*sentences, *self._tell_whom(errors)]
