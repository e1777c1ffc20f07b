from odoo import api, fields, models

from odoo.addons.procedure_form.fields import OptionalInteger
from odoo.addons.territory_base import clock


class ProcedureRequestFigures(models.AbstractModel):
    """What a director reports: how long an answer takes, and the share given in time.

    Of the first answer, whoever gave it, by the day promised then: a reopening changes nothing
    of it, and closing without decision is no answer. Stored, so that
    pivots and graphs average them; what is not answered is empty, and averaged by nobody.
    """

    _name = "procedure.request.figures"
    _description = "Figures of a request"

    answer_days = OptionalInteger(
        string="Days before the answer",
        compute="_compute_answer_figures",
        store=True,
        aggregator="avg",
        groups="base.group_user",
    )
    in_time_rate = OptionalInteger(
        string="Answered in time (%)",
        compute="_compute_answer_figures",
        store=True,
        aggregator="avg",
        groups="base.group_user",
        help="100 when the first answer came by its date, 0 after; averaged, the share in time.",
    )
    is_answered = fields.Boolean(
        compute="_compute_answer_figures", store=True, groups="base.group_user"
    )

    @api.depends(
        "decision_ids.date", "decision_ids.date_due", "decision_ids.kind", "date_submitted"
    )
    def _compute_answer_figures(self):
        kinds = self.env["procedure.decision"]._get_kinds_that("is_answer")
        for request in self:
            decisions = request.with_context(active_test=False).decision_ids
            answers = decisions.filtered(lambda decision: decision.kind in kinds)
            first = answers.sorted("date")[:1]
            request.is_answered = bool(first and request.date_submitted)
            request.answer_days = request.in_time_rate = None
            if request.is_answered:
                day, due = clock.local_day(first.date), first.date_due
                elapsed = day - clock.local_day(request.date_submitted)
                request.answer_days = max(elapsed.days, 0)
                request.in_time_rate = 0 if due and day > due else 100
