from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    receives_digest = fields.Boolean(
        string="Mails about the requests of my services",
        default=True,
        help="The daily mail, and those of the procedures that are told at once.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "receives_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "receives_digest"]
