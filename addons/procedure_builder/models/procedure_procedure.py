from odoo import models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def action_open_draft(self):
        """The builder, on the draft of the form."""
        self.ensure_one()
        return self.action_new_version().action_open_builder()

    def action_review_publication(self):
        """What publishing the draft changes, in the builder's window; nothing is published yet.

        Without draft there is nothing to read: a suspended procedure is put back.
        """
        self.ensure_one()
        self._check_manager()
        draft = self._get_draft()
        if not draft:
            return self.action_publish()
        self._check_publication(draft)
        return {
            "type": "ir.actions.client",
            "tag": "procedure_builder.publish",
            "params": {"version_id": draft.id},
        }
