from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.territory_base import clock

from .. import rules


class ProcedureProcedure(models.Model):
    """What the silence of the administration means: nothing until somebody answers for it."""

    _inherit = "procedure.procedure"

    regime = fields.Selection(
        [
            ("none", "None"),
            ("sva", "Silence means acceptance"),
            ("svr", "Silence means refusal"),
            ("declaration", "Declaration"),
        ],
        default="none",
        required=True,
        string="Silence of the administration",
        tracking=True,
    )
    legal_basis = fields.Char(
        string="Text and article", help="For instance: décret 2016-625, annex.", tracking=True
    )
    delay_number = fields.Integer(string="Legal delay", default=2, tracking=True)
    delay_unit = fields.Selection(
        [("day", "Days"), ("month", "Months")], default="month", required=True, tracking=True
    )
    has_consultative_body = fields.Boolean(
        string="A consultative body is heard",
        tracking=True,
        help="When your own rules require the opinion of an expert or of a committee, the legal "
        "delay is longer (décret 2016-677).",
    )
    delay_consulted_number = fields.Integer(
        string="Legal delay with this opinion", default=4, tracking=True
    )
    clock_start = fields.Selection(
        [("submitted", "Reception"), ("complete", "Complete file")],
        default="submitted",
        required=True,
        string="The delay starts at",
        tracking=True,
    )
    suspension = fields.Selection(
        [
            ("none", "It goes on"),
            ("completion", "It stops until the applicant has answered"),
        ],
        default="completion",
        required=True,
        string="While something is asked for",
        tracking=True,
    )
    silence_warning_days = fields.Integer(
        string="Warn the service",
        default=15,
        help="Days before the day on which silence is an answer.",
    )
    holiday_rule = fields.Selection(
        help="For the deadlines given to applicants; never for the day of silence."
    )
    validated_by_id = fields.Many2one(
        "res.users", string="Regime validated by", readonly=True, copy=False, tracking=True
    )
    validated_on = fields.Date(
        string="Regime validated on", readonly=True, copy=False, tracking=True
    )

    open_without_silence = fields.Char(
        string="Open requests without a day of silence", compute="_compute_open_without_silence"
    )

    @api.depends("regime", "validated_on")
    def _compute_open_without_silence(self):
        """Shown before validation: the requests that the regime reaches too, by their numbers."""
        for procedure in self:
            requests = procedure._get_open_without_silence()
            procedure.open_without_silence = ", ".join(requests.mapped("number"))

    def _get_open_without_silence(self):
        """Under the user's rules."""
        self.ensure_one()
        Request = self.env["procedure.request"]
        if self.validated_on or self.regime not in ("sva", "svr") or not self.ids:
            return Request
        return Request.search(
            [
                ("procedure_id", "in", self.ids),
                ("state", "in", Request._get_open_states()),
                ("date_submitted", "!=", False),
                ("date_silence", "=", False),
            ],
            order="date_submitted, id",
        ).filtered(lambda request: not request.silence_rule and not request._was_decided())

    @api.constrains(
        "silence_warning_days",
        "delay_number",
        "delay_consulted_number",
        "has_consultative_body",
        "delay_unit",
    )
    def _check_legal_delays(self):
        for procedure in self:
            procedure._check_days("silence_warning_days")
            for name in ("delay_number", "delay_consulted_number"):
                if not 1 <= procedure[name] <= 366:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: write a number from 1 to 366.",
                            field=procedure._get_field_label(name),
                        )
                    )
            if (
                procedure.has_consultative_body
                and procedure.delay_consulted_number < procedure.delay_number
            ):
                raise ValidationError(
                    self.env._("The delay with an opinion cannot be shorter than the legal delay.")
                )

    def write(self, vals):
        result = super().write(vals)
        if self._get_regime_fields() & set(vals) and "validated_by_id" not in vals:
            # What was validated is no longer what is written.
            self.sudo().filtered("validated_on").write(
                {"validated_by_id": False, "validated_on": False}
            )
        return result

    @api.model
    def _get_regime_fields(self):
        return {
            "regime",
            "legal_basis",
            "delay_number",
            "delay_unit",
            "has_consultative_body",
            "delay_consulted_number",
            "clock_start",
            "suspension",
        }

    def _get_silence_rule(self):
        """What silence means for a request filed now: nothing until somebody answers for it."""
        self.ensure_one()
        if self.regime not in ("sva", "svr") or not self.validated_on:
            return None
        accepts = self.regime == "sva"
        return rules.Rule(
            effect="accepted" if accepts else "refused",
            number=self.delay_consulted_number if self.has_consultative_body else self.delay_number,
            unit=self.delay_unit,
            from_complete=accepts or self.clock_start == "complete",
            is_suspended=self.suspension == "completion",
        )

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"validated_by_id", "validated_on"}

    def action_validate_regime(self):
        """From now on the silence date is computed and printed: somebody answers for it."""
        self._check_manager()
        for procedure in self:
            if procedure.regime != "none" and not procedure.legal_basis:
                raise UserError(
                    self.env._(
                        "“%(procedure)s”: write the text and the article of this regime first.",
                        procedure=procedure.name,
                    )
                )
        reached_sudo = self.env["procedure.request"].sudo()
        for procedure_sudo in self.sudo():
            reached_sudo |= procedure_sudo._get_open_without_silence()
        self.sudo().write({"validated_by_id": self.env.uid, "validated_on": clock.today()})
        reached_sudo._recall_silence()
        if not reached_sudo:
            return False
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Requests that this regime reaches"),
            "res_model": "procedure.request",
            "view_mode": "list,form",
            "domain": [["id", "in", reached_sudo.ids]],
        }
