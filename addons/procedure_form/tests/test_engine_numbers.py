"""Numbers with a comma, amounts and times: what is typed, what is kept, what is added up."""

import unittest
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine import Condition, Field

from .test_engine import check

NB, THIN = "\xa0", "\u202f"
DECIMAL = Field("a", "decimal", "A")
TABLE = (
    # (question, what is typed, the answer or the code of the problem)
    (DECIMAL, "12,5", "12.5"),
    (DECIMAL, "12.50", "12.5"),
    (DECIMAL, "012", "12"),
    (DECIMAL, ",5", "0.5"),
    (DECIMAL, "-0,0", "0"),
    (DECIMAL, f"−1{NB}250,5", "-1250.5"),
    (DECIMAL, "100", "100"),
    (DECIMAL, "12 50", "not_a_decimal"),
    (DECIMAL, "12,", "12"),
    (DECIMAL, ",", "not_a_decimal"),
    (DECIMAL, "1e3", "not_a_decimal"),
    (DECIMAL, "²", "not_a_decimal"),
    (DECIMAL, "douze", "not_a_decimal"),
    (DECIMAL, "1.250", "too_many_decimals"),
    (DECIMAL, "9999999999", "too_long_number"),
    (Field("a", "decimal", decimals=3), "1.250", "1.25"),
    (Field("a", "decimal", decimals=0), "1,5", "too_many_decimals"),
    (Field("a", "decimal", lowest="0,5"), "0,49", "too_small"),
    (Field("a", "decimal", lowest="0,5"), "0,5", "0.5"),
    (Field("a", "decimal", highest="2,5"), "2,51", "too_big"),
    (Field("a", "amount"), "12,5", "12.50"),
    (Field("a", "amount"), "12.50", "12.50"),
    (Field("a", "amount"), "1 250 €", "1250.00"),
    (Field("a", "amount"), f"1{THIN}250,5{NB}€", "1250.50"),
    (Field("a", "amount"), "12€50", "12.50"),
    (Field("a", "amount"), "12 Euros", "12.00"),
    (Field("a", "amount"), "0", "0.00"),
    (Field("a", "amount"), "-3", "-3.00"),
    (Field("a", "amount"), "€", "not_a_decimal"),
    (Field("a", "amount"), "12 $", "not_a_decimal"),
    (Field("a", "amount"), "1.250", "too_many_decimals"),
    (Field("a", "amount"), "12,505 €", "too_many_decimals"),
    (Field("a", "amount", lowest="0"), "-0,01", "too_small"),
    (Field("a", "amount", highest="50 €"), "50,01", "too_big"),
    (Field("a", "time"), "9h30", "09:30"),
    (Field("a", "time"), "9:30", "09:30"),
    (Field("a", "time"), "09 h 30", "09:30"),
    (Field("a", "time"), "9.30", "09:30"),
    (Field("a", "time"), "9 heures", "09:00"),
    (Field("a", "time"), "9", "09:00"),
    (Field("a", "time"), "930", "09:30"),
    (Field("a", "time"), "0930", "09:30"),
    (Field("a", "time"), "14:05:00", "14:05"),
    (Field("a", "time"), "0h00", "00:00"),
    (Field("a", "time"), "24h", "not_a_time"),
    (Field("a", "time"), "9h60", "not_a_time"),
    (Field("a", "time"), "9h5", "not_a_time"),
    (Field("a", "time"), "midi", "not_a_time"),
    (Field("a", "time", lowest="8h30"), "8h29", "too_small"),
    (Field("a", "time", highest="18h"), "18h", "18:00"),
    (Field("a", "time", highest="18h"), "18h01", "too_big"),
)


class TestEngineNumbers(unittest.TestCase):
    def test_each_answer_or_problem(self):
        for field, typed, wanted in TABLE:
            with self.subTest(f"{field.type} {typed}"):
                answers, errors = check([field], {"a": typed})
                found = errors["a"].code if errors else answers["a"]
                self.assertEqual(found, wanted)

    def test_without_answer_there_is_none_and_a_required_one_is_missing(self):
        for code in ("decimal", "amount", "time"):
            self.assertEqual(check([Field("a", code)], {"a": " "}), ({}, {}))
            _answers, errors = check([Field("a", code, required=True)], {})
            self.assertEqual(errors["a"].code, "missing")

    @given(st.integers(-99_999_999_900, 99_999_999_900), st.sampled_from([",", "."]), st.booleans())
    def test_an_amount_is_kept_to_the_cent(self, cents, comma, has_sign):
        euros, rest = divmod(abs(cents), 100)
        sign = "-" if cents < 0 else ""
        typed = f"{sign}{euros}{comma}{rest:02}{' €' if has_sign else ''}"
        answers, errors = check([Field("a", "amount")], {"a": typed})
        self.assertFalse(errors)
        self.assertEqual(Fraction(answers["a"]) * 100, cents)

    @given(
        st.sampled_from(["decimal", "amount", "time"]),
        st.text("0123456789 ,.-€h:eur", max_size=12),
    )
    def test_any_text_is_read_back_equal_or_refused(self, code, typed):
        field = Field("a", code)
        answers, errors = check([field], {"a": typed})
        self.assertFalse(answers and errors)
        if answers:
            self.assertEqual(check([field], engine.to_raw(field, answers["a"]))[0], answers)

    @given(st.lists(st.integers(0, 99_999), min_size=1, max_size=8))
    def test_a_sum_is_exact_to_the_last_digit(self, cents):
        fields = [Field(f"a{index}", "amount") for index in range(len(cents))]
        formula = " + ".join(field.key for field in fields)
        raw = {f"a{index}": f"{each / 100:.2f}" for index, each in enumerate(cents)}
        answers, _errors = check([*fields, Field("total", "computed", formula=formula)], raw)
        self.assertEqual(Fraction(str(answers["total"])), Fraction(sum(cents), 100))

    def test_formulas_read_them_exactly(self):
        fields = [
            Field("a", "decimal", decimals=3),
            Field("b", "decimal", decimals=3),
            Field("price", "amount"),
            Field(
                "rows", "block", rows=(Field("cost", "amount"), Field("kg", "decimal", decimals=3))
            ),
        ]
        for formula, places, raw, value in (
            ("a + b", 2, {"a": "0,1", "b": "0,2"}, 0.3),
            ("a + b", 3, {"a": "0,001", "b": "0,002"}, 0.003),
            ("a * price", 2, {"a": "3", "price": "33,35"}, 100.05),
            ("price * 3", 2, {"price": "0,10"}, 0.3),
            ("a + b", 2, {"a": "0,1"}, None),
            ("price + 1", 2, {}, None),
            # A float of 1.005 is below it.
            ("sum(rows.kg)", 2, {"rows.0.kg": "1,005"}, 1.01),
            ("sum(rows.cost)", 2, {"rows.0.cost": "0,10", "rows.1.cost": "0,20"}, 0.3),
        ):
            with self.subTest(formula):
                total = Field("total", "computed", formula=formula, decimals=places)
                self.assertEqual(check([*fields, total], raw)[0].get("total"), value)
        time = Field("hour", "time", "Hour")
        problems = engine.check_formula("hour + 1", {"hour": time})
        self.assertEqual([problem.code for problem in problems], ["formula_key"])

    def test_conditions(self):
        for code, typed, operator, value, is_shown in (
            ("decimal", "12,50", "=", "12.5", True),
            ("decimal", "12,49", "<", "12.5", True),
            ("decimal", "12,5", "!=", "12.50", False),
            ("amount", "1 250 €", ">=", "1250", True),
            ("amount", "0,10", "=", "0.1", True),
            ("time", "9h30", "=", "09:30", True),
            ("time", "9h29", "<", "9h30", True),
            ("time", "18h", ">", "09:30", True),
            ("time", "", "<", "09:30", False),
        ):
            with self.subTest(f"{code} {typed} {operator} {value}"):
                shown = Field("b", "char", conditions=(Condition("a", operator, (value,)),))
                answers, _errors = check([Field("a", code), shown], {"a": typed, "b": "x"})
                self.assertEqual("b" in answers, is_shown)

    def test_what_cannot_work_forbids_the_publication(self):
        def codes(field, *conditions):
            shown = Field("b", "char", "B", conditions=conditions)
            return [problem.code for _key, problem in engine.check_definition([field, shown])]

        for field in (
            Field("a", "decimal", "A", lowest="0,5", highest="2,5"),
            Field("a", "amount", "A", lowest="0", highest="1 500 €"),
            Field("a", "time", "A", lowest="8h30", highest="18h"),
        ):
            self.assertEqual(codes(field), [])
        self.assertEqual(codes(Field("a", "amount", "A", lowest="beaucoup")), ["bad_limit"])
        self.assertEqual(codes(Field("a", "amount", "A", highest="0,005")), ["bad_limit"])
        self.assertEqual(codes(Field("a", "time", "A", lowest="25h")), ["bad_limit"])
        self.assertEqual(
            codes(Field("a", "time", "A", lowest="18h", highest="8h")), ["impossible_range"]
        )
        self.assertEqual(codes(Field("a", "decimal", "A", decimals=7)), ["bad_decimals"])
        total = Field("a", "computed", "A", formula="1", decimals=-1)
        self.assertEqual(codes(total), ["bad_decimals"])
        cheap = Field("a", "amount", "A", highest="10")
        unreachable = ["condition_unreachable"]
        self.assertEqual(codes(cheap, Condition("a", ">", ("10",))), unreachable)
        self.assertEqual(codes(cheap, Condition("a", "=", ("0.005",))), unreachable)
        self.assertEqual(codes(cheap, Condition("a", "=", ("9.99",))), [])
        early = Field("a", "time", "A", highest="12h")
        self.assertEqual(codes(early, Condition("a", ">=", ("12:01",))), unreachable)
        self.assertEqual(
            codes(early, Condition("a", ">", ("09:00",)), Condition("a", "<", ("09:01",))),
            ["never_shown"],
        )
