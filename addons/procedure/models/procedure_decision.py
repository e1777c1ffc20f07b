from odoo import api, fields, models

# What is an answer: a request closed without one says nothing of how long an answer takes.
ANSWERS = (
    "accepted",
    "accepted_conditionally",
    "refused",
    "implicit_accepted",
    "implicit_refused",
)


class ProcedureDecision(models.Model):
    """A decision is a row: reopening keeps the former one with its reasons."""

    _name = "procedure.decision"
    _description = "Decision on a request"
    _order = "date desc, id desc"
    _rec_name = "kind"

    request_id = fields.Many2one("procedure.request", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("accepted_conditionally", "Accepted with conditions"),
            ("refused", "Refused"),
            ("dropped", "Closed without decision"),
            ("implicit_accepted", "Accepted by silence"),
            ("implicit_refused", "Refused by silence"),
        ],
        required=True,
    )
    reasons = fields.Text()
    conditions = fields.Text()
    author_id = fields.Many2one("res.users", ondelete="restrict")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    date_due = fields.Date(
        "Promised for", readonly=True, help="The day given to the applicant, as it was then."
    )
    active = fields.Boolean(default=True, help="Unticked once the request was reopened.")
    superseded_on = fields.Datetime()

    _one_active = models.UniqueIndex(
        "(request_id) WHERE active", "A request has one decision in force at most."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A reopening gives the request another day: each decision keeps its own."""
        for vals in vals_list:
            request = self.env["procedure.request"].browse(vals["request_id"])
            vals.setdefault("date_due", request.date_due)
        return super().create(vals_list)
