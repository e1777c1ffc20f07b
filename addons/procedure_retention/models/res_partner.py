from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_retention_kept(self, rule):
        kept = super()._get_retention_kept(rule)
        for partner in self._filter_named():
            kept.setdefault(partner, self.env._("a request still names the person"))
        return kept

    def _filter_named(self):
        """By a request that is not anonymised, one of its answers, a document."""
        named = super()._filter_named() | self.env["procedure.answer"]._filter_linked(self)
        for model, name in (
            ("procedure.request", "applicant_id"),
            ("procedure.request", "subject_ids"),
            ("procedure.request", "acting_for_id"),
            ("procedure.request", "household_id"),
            ("procedure.document", "giver_id"),
        ):
            named |= self & self.env[model].search([(name, "in", self.ids)])[name]
        return named
