from odoo import api, fields, models


class PartnerDelegate(models.Model):
    _name = "partner.delegate"
    _description = "Delegate of an organisation"
    _inherit = ["period.mixin"]
    _order = "organisation_id, id"

    organisation_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "in", ("company", "association", "contributor"))],
    )
    organisation_name = fields.Char(
        required=True, readonly=True, help="As the person who asks wrote it."
    )
    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    role = fields.Char(help="President, treasurer, manager…")
    state = fields.Selection(
        [("asked", "Asked"), ("active", "Active"), ("refused", "Refused"), ("ended", "Ended")],
        required=True,
        default="asked",
        readonly=True,
        copy=False,
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _live_uniq = models.UniqueIndex(
        "(organisation_id, person_id) WHERE state IN ('asked', 'active')",
        "This person already asked to act for this organisation.",
    )

    @api.depends("person_id", "organisation_name")
    def _compute_display_name(self):
        for delegate in self:
            delegate.display_name = (
                f"{delegate.person_id.display_name} → {delegate.organisation_name}"
            )
