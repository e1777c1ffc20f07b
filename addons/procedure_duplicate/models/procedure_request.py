from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from .procedure_request_joining import UNDO_DAYS


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    _inherit = ["procedure.request.joining", "procedure.request.similar", "procedure.request"]

    joined_note_id = fields.Many2one(
        "mail.message",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
        help="What this one said, quoted in the one that goes on: it goes with this one.",
    )

    def _settle_asked(self, given):
        """What was asked has come with the other request: as when the service enters it. In
        superuser mode.

        :param given: lines which this request has just received
        :return: those that answer something
        """
        if self.state != "to_complete":
            return given.browse()
        known = (self.document_line_ids - given).document_id
        asked = self.document_line_ids.filtered(lambda line: line.asked and not line.is_answer)
        settling = given.filtered(
            lambda line: (
                line.field_key
                and line.field_key in asked.mapped("field_key")
                and line.document_id.sha256 not in known.mapped("sha256")
                and not line.is_expired
            )
        )
        if not settling:
            return settling
        settled = asked.filtered(lambda line: line.field_key in settling.mapped("field_key"))
        settled.asked = False
        settled.filtered(lambda line: not line.document_id).unlink()
        self._ask_further()
        if not self.document_line_ids.filtered("asked"):
            self._run_transition(
                "receive",
                received_on=clock.today().strftime("%d/%m/%Y"),
                received=self._describe_documents_since(known),
            )
        return settling

    def _ask_to_check_dates(self):
        """Its clock went on since: not every day could be given back."""
        for user in self.user_id or self.service_id.user_ids:
            words = self.with_context(lang=user.lang)
            summary = words.env._("Dates to check: a request joined to it was separated")
            words._add_tasks(user, summary, clock.today())

    def _forget(self):
        self.joined_note_id.unlink()
        return super()._forget()

    @api.model
    def _get_personal_fields(self):
        mine = ["joined_before", "duplicate_of_id", "date_joined", "joined_note_id"]
        return [*super()._get_personal_fields(), *mine]

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days", days=UNDO_DAYS)
        return [(self.env._("What a request was before it was joined, to separate it"), kept)]

    @api.autovacuum
    def _gc_joined_before(self):
        """Past its day nothing is separated, and what would serve to do so is not kept."""
        long_ago = clock.today() - timedelta(days=UNDO_DAYS)
        past_sudo = self.sudo().search(Domain("date_joined", "<", long_ago))
        past_sudo.filtered("joined_before").joined_before = False
