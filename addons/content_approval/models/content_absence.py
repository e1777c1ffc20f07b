from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ContentAbsence(models.Model):
    """From one day to another, somebody reads in the place of a reader."""

    _name = "content.absence"
    _description = "Absence of a reader of contents"
    _inherit = ["period.mixin", "content.reading.rule"]
    _order = "date_start desc, id"
    _names_what_is_read = True

    user_id = fields.Many2one(
        "res.users",
        "Absent",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    delegate_id = fields.Many2one(
        "res.users",
        "Reads in this person's place",
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
        help="Empty: those who read when nobody else can.",
    )
    date_start = fields.Date(required=True)
    date_end = fields.Date(required=True, help="Without an end, a delegation is never withdrawn.")

    _not_herself = models.Constraint(
        "CHECK(delegate_id IS NULL OR delegate_id != user_id)",
        "Nobody reads in her own place.",
    )

    @api.constrains("delegate_id")
    def _check_delegate(self):
        for absence_sudo in self.sudo():
            if absence_sudo.delegate_id.share:
                raise ValidationError(
                    self.env._("Only a member of the staff reads in a colleague's place.")
                )

    def write(self, vals):
        result = super().write(vals)
        # Hers before, hers afterwards: else she would read in the place of whom she likes.
        self.check_access("write")
        return result
