from odoo import api, fields, models


class WebsiteProcedurePending(models.Model):
    _inherit = "website.procedure.pending"

    # An entry of the staff: found by its number and its author, never by a secret nor as a draft
    # of the applicant.
    user_id = fields.Many2one(
        "res.users", string="Entered by", index="btree_not_null", ondelete="cascade"
    )
    channel = fields.Char()
    received_on = fields.Date()
    applicant_id = fields.Many2one("res.partner", ondelete="cascade")
    organisation_id = fields.Many2one(
        "res.partner",
        help="For which somebody without sheet calls, as the agent chose it.",
        ondelete="cascade",
    )
    seen_keys = fields.Json(help="Documents shown at the counter, and not kept")
    takes_incomplete = fields.Boolean(
        help="She goes on although the paper does not answer all that is required."
    )

    @api.model
    def _start_entry(self, procedure, user, **values):
        return self.create(
            {
                "procedure_id": procedure.id,
                "user_id": user.id,
                "date_expire": self._expiry(),
                **values,
            }
        )

    @api.model
    def _find_entry(self, entry_id, user):
        """What this user is entering; of another one, nothing."""
        return self.search(
            [
                ("id", "=", entry_id),
                ("user_id", "=", user.id),
                ("date_expire", ">", fields.Datetime.now()),
            ]
        )

    def _finish_entry(self, request):
        """It leads to its request for as long as a second press may come."""
        self.ensure_one()
        self.file_ids.unlink()
        self.write(
            {
                "request_id": request.id,
                "applicant_id": False,
                "organisation_id": False,
                "answers": False,
                "seen_keys": False,
                "identity": False,
            }
        )
