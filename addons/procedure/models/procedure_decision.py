from odoo import fields, models


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
    active = fields.Boolean(default=True, help="Unticked once the request was reopened.")
    superseded_on = fields.Datetime()

    _one_active = models.UniqueIndex(
        "(request_id) WHERE active", "A request has one decision in force at most."
    )
