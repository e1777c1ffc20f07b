import re

from odoo import api, fields, models

NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "vingt": 20, "trente": 30,
}  # fmt: skip
DELAY = re.compile(rf"\b(\d+|{'|'.join(NUMBERS)})\s+(an|ans|année|années|mois)\b", re.IGNORECASE)


def read_months(text):
    """The delays that a French text names, in months: what it promises."""
    found = set()
    for number, unit in DELAY.findall(text or ""):
        count = NUMBERS.get(number.lower()) or int(number)
        found.add(count if unit.lower() == "mois" else 12 * count)
    return found


class PrivacyProcessing(models.Model):
    """What is promised is what the job does: one figure."""

    _inherit = "privacy.processing"

    retention_problem = fields.Char(compute="_compute_retention_problem")

    @api.depends("retention")
    @api.depends_context("lang")
    def _compute_retention_problem(self):
        for processing in self:
            wrong = [
                self.env._(
                    "%(what)s: erased after %(delay)s, and the register does not say so.",
                    what=what,
                    delay=self.env["privacy.retention"]._get_delay_text(months),
                )
                for what, months, _sentence in processing._get_kept()
                if read_months(processing.sudo().retention) and not processing._says(months)
            ]
            processing.retention_problem = " ".join(wrong)

    def _get_kept(self):
        """What the job does with the data of this entry. Extended by the addons that own them.

        :return: list of (what, months, sentence for the person)
        """
        self.ensure_one()
        return []

    def _says(self, months):
        return months in read_months(self.sudo().retention)

    def _get_retention_text(self):
        """The words of the entry; with the delay of the job, if they do not name it."""
        sentences = [
            sentence for _what, months, sentence in self._get_kept() if not self._says(months)
        ]
        return "\n".join([*sentences, super()._get_retention_text() or ""]).strip()
