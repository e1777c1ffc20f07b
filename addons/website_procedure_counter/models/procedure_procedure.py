from odoo import api, models

from ..pages.counter_page import CounterPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    @api.model
    def _get_form_page_class(self, kind):
        return CounterPage if kind == "counter" else super()._get_form_page_class(kind)

    def action_open_counter(self):
        """The page where the staff enters a request of this procedure for somebody."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/guichet?demarche={self.slug}",
            "target": "self",
        }

    def _get_paper_path(self, user):
        """Who enters its requests holds the form that somebody filled in by hand."""
        if self._is_entered_by(user):
            return f"/guichet?demarche={self.slug}"
        return super()._get_paper_path(user)

    def _needs_known_applicant(self):
        """Whether something is always asked that only the file of a person tells."""
        self.ensure_one()
        return any(
            field.required and field._get_type().needs_account and not field.condition_ids
            for field in self.version_id.field_ids
            if not field.block_key
        )
