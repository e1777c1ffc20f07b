from odoo import api, fields, models

from ..circuit import DecisionKind


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
        self.browse().check_access("create")
        requests = self.env["procedure.request"]
        dues = [requests.browse(vals.get("request_id")).date_due for vals in vals_list]
        return super().create(
            [{"date_due": due, **vals} for due, vals in zip(dues, vals_list, strict=True)]
        )

    @api.model
    def _get_kinds(self):
        """Hook: what is known of each kind of decision. Without rights; no database is read.

        An addon adds its own to the field `kind`, and here: `super()` and yours.

        :return: dict: value of `kind` → `DecisionKind`
        """
        return {
            "accepted": DecisionKind(gives=True),
            "accepted_conditionally": DecisionKind(gives=True, has_appeal=True),
            "refused": DecisionKind(refuses=True, has_appeal=True),
            "dropped": DecisionKind(),
        }

    @api.model
    def _get_facts(self, kind):
        """What is known of this kind of decision."""
        return self._get_kinds().get(kind) or DecisionKind()

    @api.model
    def _get_kinds_that(self, fact):
        """:param fact: name of a boolean of `DecisionKind`: "gives", "is_answer"…"""
        return tuple(kind for kind, known in self._get_kinds().items() if getattr(known, fact))
