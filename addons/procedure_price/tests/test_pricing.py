"""What a request costs, without database."""

import unittest
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.procedure_form.engine import Condition, Field
from odoo.addons.procedure_price import amounts, pricing
from odoo.addons.procedure_price.pricing import Tariff

TODAY = date(2026, 3, 3)
HALL = Field("hall", "selection", options=(("big", "Grande"), ("small", "Petite")), required=True)
MORE = Field("more", "multi_selection", options=(("a", "A"), ("b", "B")))
PLATES = Field("plates", "decimal")
CHILDREN = Field(
    "children",
    "block",
    rows=(Field("days", "integer"), Field("meal", "selection", options=(("yes", "Oui"),))),
)
SURE = Field("sure", "boolean")
FIELDS = [HALL, MORE, PLATES, CHILDREN, SURE]


def reckon(tariffs, answers, who="", form_fields=None):
    return pricing.get_lines(form_fields or FIELDS, answers, tariffs, who, TODAY)


def totals(*args, **kwargs):
    return [line.total for line in reckon(*args, **kwargs)]


class TestPricing(unittest.TestCase):
    def test_by_choice_by_number_by_row(self):
        for tariff, answers, wanted in (
            (Tariff("choice", 20000, "hall", "big"), {"hall": "big"}, [20000]),
            (Tariff("choice", 20000, "hall", "big"), {"hall": "small"}, []),
            (Tariff("choice", 4000, "more", "b"), {"more": ["a", "b"]}, [4000]),
            (Tariff("choice", 4000, "more", "b"), {}, []),
            (Tariff("choice", 500, "sure", "1"), {"sure": True}, [500]),
            (Tariff("choice", 500, "sure", "1"), {"sure": False}, []),
            (Tariff("quantity", 25, "plates"), {"plates": "80"}, [2000]),
            (Tariff("quantity", 25, "plates"), {"plates": "12.5"}, [313]),
            (Tariff("rows", 700, "children"), {"children": [{"days": 2}, {"days": 1}]}, [1400]),
            (Tariff("rows", 700, "children"), {}, []),
            (Tariff("quantity", 300, "children.days"), {"children": [{"days": 2}] * 2}, [1200]),
            (
                Tariff("choice", 350, "children.meal", "yes"),
                {"children": [{"days": 2, "meal": "yes"}, {"days": 1}]},
                [350],
            ),
            (Tariff("once", -1500, label="Remise"), {}, [-1500]),
            (Tariff("formula", formula="0.1 + 0.2", label="Frais"), {}, [30]),
            (
                Tariff("formula", formula="if(plates > 50, plates * 0.25, 20)", label="Frais"),
                {"plates": "51"},
                [1275],
            ),
        ):
            with self.subTest(tariff=tariff, answers=answers):
                self.assertEqual(totals([tariff], answers), wanted)

    def test_what_lacks_is_never_nothing(self):
        """A number without answer, a choice that comes later, a calculation that needs one."""
        for tariff, answers in (
            (Tariff("choice", 20000, "hall", "big"), {}),
            (Tariff("quantity", 25, "plates"), {}),
            (Tariff("quantity", 25, "plates"), {"plates": "-3"}),
            (Tariff("quantity", 300, "children.days"), {"children": [{"meal": "yes"}]}),
            (Tariff("formula", formula="plates * 2", label="Frais"), {}),
            (Tariff("formula", formula="1 / 0", label="Frais"), {}),
            (Tariff("quantity", 100_000_000, "plates"), {"plates": "2"}),
        ):
            with self.subTest(tariff=tariff, answers=answers):
                lines = reckon([tariff], answers)
                self.assertEqual([line.total for line in lines], [None])
                self.assertIsNone(pricing.get_total(line.total for line in lines))

    def test_what_is_not_asked_costs_nothing(self):
        hidden = Field("plates", "decimal", conditions=(Condition("hall", "=", ("big",)),))
        form_fields = [HALL, hidden]
        tariff = Tariff("quantity", 25, "plates")
        self.assertEqual(totals([tariff], {"hall": "small"}, form_fields=form_fields), [])
        self.assertEqual(totals([tariff], {"hall": "big"}, form_fields=form_fields), [None])

    def test_the_kind_of_applicant(self):
        tariffs = [
            Tariff("choice", 20000, "hall", "big"),
            Tariff("choice", 12000, "hall", "big", who="club"),
            Tariff("once", -2000, who="club", label="Remise"),
        ]
        answers = {"hall": "big"}
        self.assertEqual(totals(tariffs, answers, who=""), [20000])
        self.assertEqual(totals(tariffs, answers, who="club"), [12000, -2000])
        self.assertEqual(totals(tariffs, answers, who=None), [None, None])
        # No price for everybody: that of the others is the service's to say.
        self.assertEqual(totals(tariffs[1:2], answers, who=""), [None])

    def test_a_line_under_a_condition(self):
        tariff = Tariff("once", 3000, label="Ménage", condition=Condition("hall", "=", ("big",)))
        self.assertEqual(totals([tariff], {"hall": "big"}), [3000])
        self.assertEqual(totals([tariff], {"hall": "small"}), [])

    def test_nobody_is_owed_money(self):
        self.assertIsNone(pricing.get_total([1000, -1001]))
        self.assertEqual(pricing.get_total([1000, -1000]), 0)
        self.assertEqual(pricing.get_total([]), 0)

    @given(
        st.lists(st.integers(-1_000_000, 1_000_000), max_size=9),
        st.fractions(0, 1000, max_denominator=100),
    )
    def test_no_cent_is_lost(self, units, quantity):
        """The total is the sum of the lines, each within half a cent of what it says exactly."""
        quantity = Fraction(round(quantity * 100), 100)
        text = amounts.write_quantity(quantity)
        self.assertEqual(Fraction(text), quantity)
        tariffs = [
            Tariff("quantity", cents, "plates", condition=Condition("plates", "set", (str(n),)))
            for n, cents in enumerate(units)
        ]
        lines = reckon(tariffs, {"plates": text})
        if quantity:
            self.assertEqual([line.unit for line in lines], units)
        for line in lines:
            exact = line.quantity * line.unit
            if line.total is None:
                self.assertGreater(abs(exact), pricing.CENTS_MAX - 1)
            else:
                self.assertIs(type(line.total), int)
                self.assertLessEqual(abs(line.total - exact), Fraction(1, 2))
        told = [line.total for line in lines]
        total = pricing.get_total(told)
        if total is not None:
            self.assertEqual(total, sum(told))

    @given(st.integers(-pricing.CENTS_MAX, pricing.CENTS_MAX))
    def test_what_is_written_is_read_back(self, cents):
        self.assertEqual(amounts.read_cents(amounts.write_cents(cents)), cents)

    def test_an_amount_as_it_is_typed(self):
        for text, cents in (
            ("200", 20000),
            ("12,5", 1250),
            ("12,50 €", 1250),
            ("1 200,00", 120000),
            ("− 30", -3000),
            ("0,1", 10),
            ("12,505", None),
            ("gratuit", None),
            ("", None),
            (None, None),
            ("1 000 000,01", None),
        ):
            self.assertEqual(amounts.read_cents(text), cents, text)
