from odoo import fields, models

# What the time line of the applicant tells, besides the decisions, which are rows.
TOLD = ("take", "ask_completion", "complete", "waiting_list", "cancel", "close", "reopen")
# Entered by the service in her place: the same in the time line.
SAME = {"receive": "complete"}


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    event_ids = fields.One2many(
        "website.procedure.event", "request_id", readonly=True, groups=fields.NO_ACCESS
    )

    def _transition(self, name, *args, **kwargs):
        request_sudo = super()._transition(name, *args, **kwargs)
        kind = SAME.get(name, name)
        if kind in TOLD:
            request_sudo._tell_event(kind)
        return request_sudo

    def _ask_lacking(self, until):
        result = super()._ask_lacking(until)
        if self.state == "to_complete":
            self._tell_event("ask_completion")
        return result

    def _tell_transition(self, name, **words):
        """What is useful next goes with the acceptance, and with no other mail."""
        kind = self._get_transitions()[name].decision
        suggests = kind in ("accepted", "accepted_conditionally")
        request = self.with_context(suggests_procedures=suggests)
        return super(ProcedureRequest, request)._tell_transition(name, **words)

    def _tell_event(self, kind):
        """In superuser mode."""
        self.env["website.procedure.event"].create({"request_id": self.id, "kind": kind})

    def write(self, vals):
        before = {request.id: request.step_id for request in self} if "step_id" in vals else {}
        result = super().write(vals)
        moved = self.filtered(
            lambda request: request.id in before and before[request.id] != request.step_id
        )
        self.env["website.procedure.event"].sudo().create(
            [
                {"request_id": request.id, "kind": "step", "step_id": request.step_id.id}
                for request in moved
                if request.step_id.is_public
            ]
        )
        return result

    def _get_waiting_rank(self):
        """Her place on the waiting list, where the procedure shows it; else 0.

        Called in superuser mode, once it is checked that the request may be read.
        """
        self.ensure_one()
        if not self.procedure_id.shows_waiting_rank:
            return 0
        rank, _count = self._get_waiting_ranks().get(self, (0, 0))
        return rank
