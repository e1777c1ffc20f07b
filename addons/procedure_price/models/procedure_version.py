from odoo import fields, models

from odoo.addons.territory_base import clock

from .. import pricing


class ProcedureVersion(models.Model):
    _inherit = "procedure.version"

    tariff_ids = fields.One2many("procedure.tariff", "version_id", string="Prices", copy=True)
    tariff_who_ids = fields.One2many(
        "procedure.tariff.who", "version_id", string="Kinds of applicants", copy=True
    )

    def _get_price_lines(self, answers, applicant, day=None):
        """What it costs with these answers: values of the lines, without their request.

        :param answers: the typed ones
        :param applicant: see `procedure.request._get_tariff_applicant`
        :param day: on which it was received, from which ages count; by default today
        """
        self.ensure_one()
        if not self.tariff_ids:
            return []
        return self._reckon(answers, self.tariff_who_ids.sorted()._find(applicant), day)

    def _reckon(self, answers, who, day=None):
        """:param who: key of the kind of applicant; "" for none of them, None when unknown"""
        tariffs = self.tariff_ids.sorted()
        plain = tariffs._to_pricing()
        day = day or clock.today()
        lines = pricing.get_lines(self.field_ids._to_engine(), answers, plain, who, day)
        return [
            tariffs[plain.index(line.tariff)]._prepare_price_line(line, sequence)
            for sequence, line in enumerate(lines)
        ]

    def _get_price_total(self, lines):
        """In cents; None as long as one of these lines lacks its amount."""
        return pricing.get_total(
            None if line["is_told_later"] else line["total_cents"] for line in lines
        )

    def _get_field_problems(self):
        Field = self.env["procedure.field"]
        return super()._get_field_problems() + [
            (Field, sentence) for sentence in self._get_tariff_problems()
        ]

    def _get_tariff_problems(self):
        """What forbids the publication of these prices, one sentence each."""
        form_fields = {field.key: field for field in self.field_ids._to_engine()}
        problems, cells = [], {}
        for tariff in self.tariff_ids.sorted():
            problems += tariff._get_problems(form_fields)
            cells.setdefault(tariff._to_pricing()[0].cell, []).append(tariff)
        for cell in cells.values():
            problems += self._get_cell_problems(cell)
        return list(dict.fromkeys(problems))

    def _get_cell_problems(self, cell):
        """Each kind of applicant has one price."""
        words = cell[0]._get_words()
        names = {kind.key: kind.name for kind in self.tariff_who_ids.sorted()}
        named = [tariff.who or "" for tariff in cell]
        if len(set(named)) < len(named):
            return [self.env._("“%(tariff)s” has two prices for the same people.", tariff=words)]
        if "" in named or cell[0].basis not in pricing.ASKED:
            return []
        lacking = [name for key, name in names.items() if key not in named]
        if lacking:
            return [
                self.env._(
                    "“%(tariff)s” has no price for: %(names)s.",
                    tariff=words,
                    names=", ".join(lacking),
                )
            ]
        if self._names_everybody():
            return []
        return [
            self.env._(
                "“%(tariff)s” has no price for applicants of no such kind: give one for all.",
                tariff=words,
            )
        ]

    def _names_everybody(self):
        """Whether nobody is left out by the kinds of applicants."""
        kinds = self.tariff_who_ids
        if kinds.filtered(lambda kind: kind.residence == "any" and kind.applicant == "any"):
            return True
        anybody = kinds.filtered(lambda kind: kind.applicant == "any").mapped("residence")
        return {"territory", "outside"} <= set(anybody)
