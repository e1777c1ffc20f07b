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

    is_told = fields.Boolean(
        "Told", readonly=True, copy=False, help="Whoever reads in her place knows what waited."
    )

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
        if {"user_id", "delegate_id", "date_start"} & set(vals):
            vals = {**vals, "is_told": False}
        result = super().write(vals)
        # Hers before, hers afterwards: else she would read in the place of whom she likes.
        self.check_access("write")
        return result

    @api.model
    def _tell_begun(self, pending_sudo):
        """Once an absence has begun: one mail for all that waits, and a task for each.

        :param pending_sudo: the proposed changes that wait
        """
        begun_sudo = self.sudo().search([("is_current", "=", True), ("is_told", "=", False)])
        for absence in begun_sudo.filtered("delegate_id.active"):
            reader, user = absence.user_id, absence.delegate_id
            waiting_sudo = pending_sudo.filtered(
                lambda each, reader=reader, user=user: (
                    reader in each.validator_ids.user_id
                    and each._waits_for(user)
                    and user not in each.activity_ids.user_id
                )
            )
            waiting_sudo._give_task(user)
            if waiting_sudo:
                waiting_sudo[0].with_context(away_name=reader.name, count=len(waiting_sudo))._send(
                    "content_approval.mail_absence", user
                )
        begun_sudo.is_told = True
