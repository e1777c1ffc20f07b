from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.procedure_form import engine

from .. import pricing
from ..amounts import read_cents, say_cents, say_quantity, write_cents, write_quantity


class ProcedureTariff(models.Model):
    """An amount of a version of a form, and what it is for. Frozen with its version."""

    _name = "procedure.tariff"
    _inherit = "procedure.version.part"
    _description = "Tariff of a form"
    _order = "version_id, sequence, id"
    _rec_name = "label"

    version_id = fields.Many2one("procedure.version", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    basis = fields.Selection(
        [
            ("choice", "One choice of an answer"),
            ("quantity", "Each unit of a number"),
            ("rows", "Each row of a block"),
            ("once", "Once"),
            ("formula", "A calculation"),
        ],
        required=True,
        default="choice",
        string="For",
    )
    key = fields.Char(
        string="Question", help="Key of the question; “block.question” in the rows of a block."
    )
    value = fields.Char(string="Choice", help="Value of the choice; 1 for yes, 0 for no.")
    label = fields.Char(
        translate=True,
        string="Words of the line",
        help="Empty: the words of the choice or of the question.",
    )
    cents = fields.Integer(aggregator=None)
    amount = fields.Char(
        compute="_compute_amount",
        inverse="_inverse_amount",
        string="Amount in euros",
        help="12,50. A reduction begins with −.",
    )
    formula = fields.Char(
        string="Calculation",
        help="In euros. As that of a computed question: keys, + - * / ( ), count(block), "
        "sum(block.field), min, max, if(is(key, value), a, b), if(key > 3, a, b).",
    )
    who = fields.Char(
        string="Applicants",
        help="Key of the kind of applicant whose tariff it is. Empty: that of all the others.",
    )
    when_key = fields.Char(string="If the question", help="Key of a question of the form.")
    when_operator = fields.Selection(
        selection=lambda self: (
            self.env["procedure.field.condition"]
            ._fields["operator"]
            ._description_selection(self.env)
        ),
        string="If",
        default="=",
    )
    when_value = fields.Char(string="If the answer")

    @api.depends("cents")
    def _compute_amount(self):
        for tariff in self:
            tariff.amount = write_cents(tariff.cents)

    def _inverse_amount(self):
        for tariff in self:
            cents = read_cents(tariff.amount or "0")
            if cents is None:
                raise ValidationError(
                    self.env._(
                        "“%(amount)s” is not an amount. Write it like this: 12,50.",
                        amount=tariff.amount,
                    )
                )
            tariff.cents = cents

    def _to_pricing(self):
        """Plain tariffs: what reckons knows no ORM."""
        return [
            pricing.Tariff(
                basis=tariff.basis,
                cents=tariff.cents,
                key=tariff.key or "",
                value=tariff.value or "",
                formula=tariff.formula or "",
                who=tariff.who or "",
                label=tariff.label or "",
                condition=tariff._get_condition(),
            )
            for tariff in self
        ]

    def _get_condition(self):
        if not self.when_key:
            return None
        operator = self.when_operator or "="
        values = (
            (self.when_value or "",) if operator != "in" else (self.when_value or "").split(",")
        )
        values = tuple(value.strip() for value in values if value.strip())
        return engine.Condition(self.when_key, operator, values)

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _get_question(self):
        """The question that it is for; in a block, that of its rows."""
        self.ensure_one()
        key = (self.key or "").rpartition(".")[2]
        return self.version_id.field_ids.filtered(lambda field: field.key == key)[:1]

    def _get_words(self):
        """What the line is called."""
        self.ensure_one()
        if self.label:
            return self.label
        question = self._get_question()
        if self.basis == "choice" and question and self.value:
            words = question._get_type().get_value_words(question, self.value)
            if question.option_ids or words != self.value:
                return words
        return (question.label or self.key or "").rstrip(" \xa0\u202f?:")

    def _get_who_words(self):
        kinds = self.version_id.tariff_who_ids
        return kinds.filtered(lambda kind: kind.key == self.who).name or ""

    def _get_sentence(self):
        """The whole of it, as a change of tariff is told. A calculation is not shown: its keys
        mean nothing outside the builder."""
        self.ensure_one()
        condition = self._get_condition()
        params = {
            "words": self._get_words(),
            "price": say_cents(self.env, self.cents),
            "who": self.who and (self._get_who_words() or self.who),
            "condition": condition and self._get_condition_words(condition),
        }
        if self.basis == "formula":
            return self._get_calculation_sentence(params)
        basis = self.basis if self.basis in ("quantity", "rows") else "once"
        match basis, bool(self.who), bool(condition):
            case "once", False, False:
                return self.env._("%(words)s: %(price)s", **params)
            case "once", True, False:
                return self.env._("%(words)s: %(price)s (%(who)s)", **params)
            case "once", False, True:
                return self.env._("%(words)s: %(price)s if %(condition)s", **params)
            case "once", True, True:
                return self.env._("%(words)s: %(price)s (%(who)s) if %(condition)s", **params)
            case "quantity", False, False:
                return self.env._("%(words)s: %(price)s for each unit", **params)
            case "quantity", True, False:
                return self.env._("%(words)s: %(price)s for each unit (%(who)s)", **params)
            case "quantity", False, True:
                return self.env._("%(words)s: %(price)s for each unit if %(condition)s", **params)
            case "quantity", True, True:
                return self.env._(
                    "%(words)s: %(price)s for each unit (%(who)s) if %(condition)s", **params
                )
            case "rows", False, False:
                return self.env._("%(words)s: %(price)s for each row", **params)
            case "rows", True, False:
                return self.env._("%(words)s: %(price)s for each row (%(who)s)", **params)
            case "rows", False, True:
                return self.env._("%(words)s: %(price)s for each row if %(condition)s", **params)
            case "rows", True, True:
                return self.env._(
                    "%(words)s: %(price)s for each row (%(who)s) if %(condition)s", **params
                )

    def _get_calculation_sentence(self, params):
        match bool(params["who"]), bool(params["condition"]):
            case False, False:
                return self.env._("%(words)s: reckoned from your answers", **params)
            case True, False:
                return self.env._("%(words)s: reckoned from your answers (%(who)s)", **params)
            case False, True:
                return self.env._(
                    "%(words)s: reckoned from your answers if %(condition)s", **params
                )
            case True, True:
                return self.env._(
                    "%(words)s: reckoned from your answers (%(who)s) if %(condition)s", **params
                )

    def _get_condition_words(self, condition):
        operators = dict(self._fields["when_operator"]._description_selection(self.env))
        asked = self.version_id.field_ids.filtered(lambda field: field.key == condition.key)[:1]
        values = [asked._get_type().get_value_words(asked, value) for value in condition.values]
        quoted = " ".join(self.env._("“%(label)s”", label=value) for value in values)
        label = self.env._("“%(label)s”", label=asked.label or condition.key)
        return " ".join(filter(None, (label, operators.get(condition.operator), quoted)))

    # ------------------------------------------------------------
    # A line of a request
    # ------------------------------------------------------------

    def _prepare_price_line(self, line, sequence):
        self.ensure_one()
        quantity = write_quantity(line.quantity)
        return {
            "sequence": sequence,
            "label": self._get_words(),
            "detail": self._get_price_detail(line, quantity),
            "quantity": quantity,
            "unit_cents": line.unit if line.unit is not None else line.total or 0,
            "total_cents": line.total or 0,
            "is_told_later": line.is_told_later,
        }

    def _get_price_detail(self, line, quantity):
        """What explains the amount: whose tariff it is, how many times how much."""
        words = []
        if self.who and not line.is_told_later:
            words.append(self.env._("Tariff: %(who)s", who=self._get_who_words()))
        if quantity != "1" and line.unit is not None:
            words.append(
                self.env._(
                    "%(quantity)s at %(price)s",
                    quantity=say_quantity(self.env, quantity),
                    price=say_cents(self.env, line.unit),
                )
            )
        return ". ".join(words)

    # ------------------------------------------------------------
    # What forbids the publication
    # ------------------------------------------------------------

    def _get_problems(self, form_fields):
        """:param form_fields: the questions by key, as the engine reads them"""
        self.ensure_one()
        params = {"tariff": self._get_words() or say_cents(self.env, self.cents)}
        problems = []
        if self.basis in pricing.ASKED:
            problems += self._get_question_problems(form_fields, params)
        elif not self.label:
            problems.append(self.env._("A line of the price has no words: say what it is for."))
        if self.basis == "formula":
            problems += self._get_formula_problems(form_fields)
        if abs(self.cents) > pricing.CENTS_MAX:
            problems.append(
                self.env._("Price “%(tariff)s”: one million euros is the most.", **params)
            )
        if self.who and self.who not in self.version_id.tariff_who_ids.mapped("key"):
            problems.append(
                self.env._("Price “%(tariff)s”: its kind of applicant is gone.", **params)
            )
        if self.when_key and self.when_key not in form_fields:
            problems.append(
                self.env._(
                    "Price “%(tariff)s”: it depends on a question that is not in the form.",
                    **params,
                )
            )
        return problems

    def _get_question_problems(self, form_fields, params):
        key, _dot, child = (self.key or "").partition(".")
        field = form_fields.get(key)
        if field and child:
            is_block = field.kind.holds == "rows"
            field = is_block and next((row for row in field.rows if row.key == child), None)
        if not field:
            return [
                self.env._("Price “%(tariff)s”: its question is no longer in the form.", **params)
            ]
        match self.basis:
            case "choice":
                values = set(field.kind.expected(field, {self.value or ""}))
                if not values or not field.kind.is_reachable(field, values):
                    return [
                        self.env._("Price “%(tariff)s”: its choice is no longer there.", **params)
                    ]
            case "quantity" if not field.kind.is_number:
                return [self.env._("Price “%(tariff)s”: its question is not a number.", **params)]
            case "rows" if field.kind.holds != "rows":
                return [self.env._("Price “%(tariff)s”: its question is not a block.", **params)]
        return []

    def _get_formula_problems(self, form_fields):
        """In the words of the computed questions."""
        asked = self.env["procedure.field"].new(
            {"type": "computed", "label": self.label, "version_id": self.version_id.id}
        )
        return [
            asked._get_definition_sentence(problem)
            for problem in engine.check_formula(self.formula or "", form_fields)
        ]
