from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

REASONS = [
    ("nobody", "Nobody there"),
    ("refused", "Refused"),
    ("access", "No access"),
    ("address", "Address not found"),
    ("other", "Other"),
]


class WasteHandover(models.Model):
    """What happened at the door: the inhabitant signed, or why the bin stayed where it was."""

    _name = "waste.handover"
    _description = "Hand-over of a bin"
    _inherit = "privacy.retention.mixin"
    _order = "date desc, id desc"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        "waste.container.move",
        "Delivery or collection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    service_id = fields.Many2one(related="move_id.service_id", store=True, index=True)
    date = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "Agent", required=True, readonly=True, default=lambda self: self.env.user
    )
    outcome = fields.Selection(
        [("signed", "Signed"), ("failed", "Not done")], required=True, readonly=True
    )
    reason = fields.Selection(REASONS, readonly=True)
    note = fields.Char("Remark", readonly=True)
    signer_name = fields.Char("Who signed", readonly=True)
    # Served with the rights of this row only.
    signature = fields.Binary(attachment=True, readonly=True)

    _signed_uniq = models.UniqueIndex(
        "(move_id) WHERE outcome = 'signed'", "This bin was already handed over."
    )
    _reason_told = models.Constraint(
        "CHECK((outcome = 'failed') = (reason IS NOT NULL))",
        "What was not done has its reason.",
    )

    # ------------------------------------------------------------
    # How long what tells of a person is kept
    # ------------------------------------------------------------

    def _get_retention_domain(self, rule, day=None):
        # A remark tells of somebody too, whether a bin was handed over or not.
        domain = Domain("signer_name", "!=", False) | Domain("note", "!=", False)
        if day is None:
            return domain
        return domain & Domain("date", "<", day - relativedelta(months=rule.months))

    def _get_retention_dues(self, rule):
        return {each: each.date.date() + relativedelta(months=rule.months) for each in self}

    def _get_retention_kind(self):
        return self.env._("Signatures and remarks at the door")

    def _get_retention_service(self):
        return self.service_id

    def _end_retention(self, rule):
        self._forget_persons()

    def _forget_persons(self):
        """The day and what was handed over stay: they are about a bin."""
        self.write({"signature": False, "signer_name": False, "note": False})
