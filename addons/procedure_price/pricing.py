"""What a request costs: tariffs and typed answers in, lines out. No ORM, and never a float.

Money is a whole number of cents; quantities are exact fractions.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from odoo.addons.procedure_form.engine.conditions import holds, visible_fields
from odoo.addons.procedure_form.engine.formula import evaluate

# 1,000,000 euros: more is a mistake, that the service looks at.
CENTS_MAX = 100_000_000
# What a tariff is for: an amount in any case, one choice of an answer, each unit of a number, each
# row of a block, the result of a formula.
ONCE, CHOICE, QUANTITY, ROWS, FORMULA = "once", "choice", "quantity", "rows", "formula"
# Those that say by themselves what they are for; the others have words.
ASKED = (CHOICE, QUANTITY, ROWS)


@dataclass(frozen=True)
class Tariff:
    basis: str
    cents: int = 0
    key: str = ""  # the question; `block.question` in the rows of a block
    value: str = ""  # of a choice
    formula: str = ""
    who: str = ""  # the kind of applicant; all of them when empty
    label: str = ""
    condition: object = None  # `engine.Condition`

    @property
    def cell(self):
        """Tariffs of one cell are that of each kind of applicant: one of them counts."""
        if self.basis in ASKED:
            return (self.basis, self.key, self.value, self.condition)
        return (self.basis, self.label, self.condition)


@dataclass(frozen=True)
class Line:
    tariff: Tariff
    quantity: Fraction
    unit: int | None  # in cents; None where a formula gives the total
    total: int | None  # in cents; None: the service says it

    @property
    def is_told_later(self):
        return self.total is None


def get_lines(form_fields, answers, tariffs, who, today):
    """The lines of the price, in the order of the tariffs.

    :param answers: the typed ones; what is hidden is not among them
    :param who: code of the kind of applicant; "" when none is hers, None when nobody can say yet
    :return: list of `Line`
    """
    shown = {field.key: field for field, _above in visible_fields(form_fields, answers)}
    cells = {}
    for tariff in tariffs:
        cells.setdefault(tariff.cell, []).append(tariff)
    lines = []
    for cell in cells.values():
        first = cell[0]
        if first.condition and not holds(first.condition, shown, answers, {}):
            continue
        quantity = count(first, shown, answers)
        if quantity == 0:
            continue
        tariff, is_known = choose(cell, who)
        if tariff:
            lines.append(make_line(tariff, is_known, quantity, shown, answers, today))
    return lines


def get_total(totals):
    """In cents; None as soon as one of them is: nothing counts as 0. Nobody is owed money."""
    totals = list(totals)
    total = None if None in totals else sum(totals)
    return None if total is None or not 0 <= total <= CENTS_MAX else total


def choose(cell, who):
    """The tariff of this applicant, and whether it is surely hers.

    Of what is for some kinds only: nothing where it says itself what it is for, such as a
    reduction; an amount that lacks where it is the price of an answer.
    """
    every = next((tariff for tariff in cell if not tariff.who), None)
    kinds = {tariff.who: tariff for tariff in cell if tariff.who}
    if who is None and kinds:
        return cell[0], False
    tariff = kinds.get(who) or every
    if not tariff and cell[0].basis in ASKED:
        return cell[0], False
    return tariff, True


def make_line(tariff, is_known, quantity, shown, answers, today):
    if not is_known or quantity is None or quantity < 0:
        return Line(tariff, Fraction(1), None, None)
    if tariff.basis == FORMULA:
        euros = evaluate(tariff.formula, shown, answers, today)
        return Line(tariff, Fraction(1), None, None if euros is None else to_cents(euros * 100))
    return Line(tariff, quantity, tariff.cents, to_cents(quantity * tariff.cents))


def to_cents(cents):
    """A whole number, half a cent up; None when it is beyond what anything costs."""
    rounded = math.floor(abs(cents) + Fraction(1, 2))
    if rounded > CENTS_MAX:
        return None
    return rounded if cents >= 0 else -rounded


def count(tariff, shown, answers):
    """How many times it is owed; None when the answer that says it lacks."""
    if tariff.basis not in ASKED:
        return Fraction(1)
    key, _dot, child = tariff.key.partition(".")
    if key not in shown:
        return Fraction(0)
    field = shown[key]
    if field.kind.holds != "rows":
        return count_answer(tariff, field, answers)
    rows = answers.get(key)
    if rows is None:
        return None if field.required else Fraction(0)
    if not child:
        return Fraction(len(rows))
    counts = []
    for row in rows:
        known = {**answers, **row}
        asked = {each.key: each for each, _above in visible_fields(field.rows, known, None, shown)}
        if child in asked:
            counts.append(count_answer(tariff, asked[child], row))
    return None if None in counts else sum(counts, Fraction(0))


def count_answer(tariff, field, answers):
    if tariff.basis == CHOICE:
        if field.key not in answers:
            return None if field.required else Fraction(0)
        chosen = set(field.kind.comparable(field, answers[field.key]))
        return Fraction(len(chosen & set(field.kind.expected(field, {tariff.value}))))
    # An optional number that is left empty lacks too: it is not 0.
    return field.kind.to_fraction(answers[field.key]) if field.key in answers else None
