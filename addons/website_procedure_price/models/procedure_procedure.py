from odoo import models

from ..pages.price_page import PricePage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _get_form_page_parts(self):
        """Whatever the version that is shown: one that is begun keeps its own."""
        parts = super()._get_form_page_parts()
        return [PricePage, *parts] if self.version_ids.tariff_ids else parts

    def _get_tariff_sentences(self, answers=None):
        """The tariffs of today, one sentence each: read before anything is typed, and on paper.

        :param answers: key of a question -> the one choice that is known already: the prices of
            its other choices are left out
        """
        self.ensure_one()
        known = answers or {}
        return [
            tariff._get_sentence()
            for tariff in self.sudo().version_id.tariff_ids.sorted()
            if tariff.basis != "choice" or known.get(tariff.key, tariff.value) == tariff.value
        ]
