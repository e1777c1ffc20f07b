from odoo import api, fields, models

ASKED = ("first", "lost", "faulty")


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    badge_ids = fields.One2many(
        "waste.badge",
        "request_id",
        "Badge given",
        groups="territory_base.territory_group_agent,territory_base.territory_group_manager,"
        "base.group_system",
    )
    is_badge_to_give = fields.Boolean(
        compute="_compute_is_badge_to_give",
        groups="territory_base.territory_group_agent,territory_base.territory_group_manager,"
        "base.group_system",
    )

    @api.model
    def _prepare_place(self, vals):
        """The badge is that of an address."""
        place = super()._prepare_place(vals)
        if vals["answers"].get("badge_request") in ASKED:
            address = vals["answers"].get("address")
            place["dwelling_id"] = self.env["territory.dwelling"]._find_or_create_at(address).id
        return place

    @api.depends("answers", "state", "badge_ids")
    def _compute_is_badge_to_give(self):
        """By the question, whatever the procedure that asks it."""
        for request in self:
            asked = (request.answers or {}).get("badge_request") in ASKED
            accepted = request.state in ("accepted", "accepted_conditionally")
            request.is_badge_to_give = asked and accepted and not request.badge_ids

    def _find_previous_badge(self):
        """The badge that this request replaces: the number that was typed proves nothing, its
        address must be that of the request."""
        self.ensure_one()
        answers = self.answers or {}
        if answers.get("badge_request") not in ("lost", "faulty") or not self.dwelling_id:
            return self.env["waste.badge"]
        Badge = self.env["waste.badge"]
        own = Badge.search([("dwelling_id", "=", self.dwelling_id.id), ("state", "=", "live")])
        named = own & Badge._find_live(answers.get("badge_number"))
        return named or (own if len(own) == 1 else Badge)
