from datetime import timedelta

from odoo import api, fields, models

# Files of an answer or of a message that was not sent.
GIVEN_DAYS = 14


class WebsiteProcedurePending(models.Model):
    _inherit = "website.procedure.pending"

    # Not a form: files given to a request of the past, which leave with an answer or a message.
    answered_request_id = fields.Many2one(
        "procedure.request", index="btree_not_null", ondelete="cascade"
    )
    giver_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="cascade",
        help="Nobody: who shows the number and the code",
    )

    _one_answer = models.UniqueIndex(
        "(answered_request_id, (COALESCE(giver_id, 0))) WHERE answered_request_id IS NOT NULL",
        "The files that a person gives to a request are together.",
    )

    def _get_given_domain(self, request, giver):
        return [("answered_request_id", "=", request.id), ("giver_id", "=", giver.id)]

    @api.model
    def _find_given(self, request, giver):
        """What this person gave to this request and did not send; `giver` is empty for a
        visitor who shows the number and the code."""
        now = fields.Datetime.now()
        return self.search([*self._get_given_domain(request, giver), ("date_expire", ">", now)])

    @api.model
    def _start_given(self, request, giver):
        turn = f"answer {request.id} {giver.id}"
        self._find_only(self._get_given_domain(request, giver), turn).unlink()
        return self.create(
            {
                "procedure_id": request.procedure_id.id,
                "answered_request_id": request.id,
                "giver_id": giver.id,
                "date_expire": fields.Datetime.now() + timedelta(days=GIVEN_DAYS),
            }
        )

    @api.model
    def _get_retention_facts(self):
        return [
            *super()._get_retention_facts(),
            (
                self.env._("Files given to a request and not sent"),
                self.env._("%(days)s days", days=GIVEN_DAYS),
            ),
        ]
