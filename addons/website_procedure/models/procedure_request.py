from odoo import fields, models
from odoo.fields import Domain

# What the time line of the applicant tells, besides the decisions, which are rows.
TOLD = ("take", "ask_completion", "complete", "waiting_list", "cancel", "close", "reopen")
SUGGESTING = ("procedure.mail_accepted", "procedure.mail_accepted_conditionally")
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

    def _tell_applicant(self, template, attachments=(), **values):
        """What is useful next goes with the acceptance, and with no other mail."""
        suggests = template in SUGGESTING
        return super(
            ProcedureRequest, self.with_context(suggests_procedures=suggests)
        )._tell_applicant(template, attachments=attachments, **values)

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
        """Her place on the waiting list, by date of sending, where the procedure shows it.

        Called in superuser mode, once it is checked that the request may be read: a rank is a
        count.
        """
        self.ensure_one()
        if self.state != "waiting_list" or not self.procedure_id.shows_waiting_rank:
            return 0
        before = Domain("date_submitted", "<", self.date_submitted) | (
            Domain("date_submitted", "=", self.date_submitted) & Domain("id", "<", self.id)
        )
        same_list = (
            Domain("procedure_id", "=", self.procedure_id.id)
            & Domain("service_id", "=", self.service_id.id)
            & Domain("season", "=", self.season)
            & Domain("state", "=", "waiting_list")
        )
        return 1 + self.search_count(same_list & before)
