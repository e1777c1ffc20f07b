from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ProcedureOpinion(models.Model):
    _name = "procedure.opinion"
    _description = "Opinion of a consulted service"
    _order = "request_id, id"
    _rec_name = "service_id"

    request_id = fields.Many2one("procedure.request", required=True, index=True, ondelete="cascade")
    service_id = fields.Many2one("territory.service", required=True, ondelete="restrict")
    state = fields.Selection(
        [("asked", "Asked"), ("favourable", "Favourable"), ("unfavourable", "Unfavourable")],
        default="asked",
        required=True,
    )
    can_give = fields.Boolean(compute="_compute_can_give")
    text = fields.Text()
    author_id = fields.Many2one("res.users", ondelete="restrict")
    date = fields.Datetime()

    _service_uniq = models.Constraint(
        "UNIQUE(request_id, service_id)", "This service was already consulted on this request."
    )

    @api.depends_context("uid")
    @api.depends("service_id", "state")
    def _compute_can_give(self):
        mine = self.env.user.territory_service_ids
        for opinion in self:
            opinion.can_give = opinion.service_id in mine and opinion.state == "asked"

    def action_give_favourable(self, text=""):
        self._give("favourable", text)

    def action_give_unfavourable(self, text=""):
        self._give("unfavourable", text)

    def action_open_opinion(self):
        self.ensure_one()
        return self.request_id._open_wizard(
            "procedure.reason.wizard",
            self.env._("Your opinion"),
            default_action=self.env.context.get("reason_action"),
            default_opinion_id=self.id,
        )

    def _give(self, state, text):
        self.check_access("read")
        for opinion in self:
            if opinion.service_id not in self.env.user.territory_service_ids:
                raise AccessError(
                    self.env._(
                        "Only %(service)s gives this opinion.",
                        service=opinion.service_id.name,
                    )
                )
            if opinion.request_id.state not in opinion.request_id._get_open_states():
                raise UserError(self.env._("This request is already decided."))
            if state == "unfavourable" and not (text or "").strip():
                raise UserError(self.env._("Say why the opinion is unfavourable."))
            opinion.sudo().write(
                {
                    "state": state,
                    "text": text,
                    "author_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
            )
