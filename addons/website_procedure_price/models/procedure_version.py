from odoo import models


class ProcedureVersion(models.Model):
    _name = "procedure.version"
    _inherit = ["procedure.version.prices", "procedure.version"]

    def _get_prices_tried(self, answers):
        """What these answers cost, for each kind of applicant and for the others: sections."""
        self.ensure_one()
        if not self.tariff_ids:
            return []
        Line = self.env["procedure.price.line"]
        kinds = [(kind.key, kind.name) for kind in self.tariff_who_ids.sorted()]
        sections = []
        for key, name in [*kinds, ("", self.env._("the others"))]:
            lines = self._reckon(answers, key)
            title = self.env._("The price")
            if kinds:
                title = self.env._("The price: %(who)s", who=name)
            if lines:
                sections.append((title, Line._get_rows(lines, self._get_price_total(lines))))
        return sections

    def _get_builder_state(self):
        prices = len(self.tariff_ids)
        return {**super()._get_builder_state(), "prices": prices}

    def _get_builder_stamp(self):
        return self._stamp([super()._get_builder_stamp(), *self._get_price_facts()])

    def _get_difference(self, other):
        """The prices after the questions."""
        sentences = super()._get_difference(other)
        kinds_before = {kind.key: kind for kind in other.tariff_who_ids.sorted()}
        kinds_now = {kind.key: kind for kind in self.tariff_who_ids.sorted()}
        for key, kind in kinds_now.items():
            if key not in kinds_before:
                sentences.append(self.env._("Kind of applicant “%s” added", kind.name))
            elif kind._get_facts() != kinds_before[key]._get_facts():
                sentences.append(self.env._("Kind of applicant “%s” changes", kind.name))
        sentences += [
            self.env._("Kind of applicant “%s” removed", kind.name)
            for key, kind in kinds_before.items()
            if key not in kinds_now
        ]
        before = [tariff._get_sentence() for tariff in other.tariff_ids.sorted()]
        now = [tariff._get_sentence() for tariff in self.tariff_ids.sorted()]
        sentences += [self.env._("Price added: %s", each) for each in now if each not in before]
        sentences += [self.env._("Price removed: %s", each) for each in before if each not in now]
        former = {tariff._get_sentence(): tariff.formula for tariff in other.tariff_ids}
        sentences += [
            self.env._("The calculation of “%s” changes", tariff._get_words())
            for tariff in self.tariff_ids.sorted()
            if tariff.basis == "formula"
            and former.get(tariff._get_sentence(), tariff.formula) != tariff.formula
        ]
        return sentences
