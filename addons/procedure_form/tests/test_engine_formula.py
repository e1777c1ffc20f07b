"""Formulas of computed fields."""

import unittest
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine import Field
from odoo.addons.procedure_form.engine.formula import compute, parse
from odoo.addons.procedure_form.engine.formula import is_money as formula_is_money

from .test_engine import OPTIONS, TODAY, check, formulas

FIELDS = [
    Field("adults", "integer"),
    Field("price", "computed", formula="adults * 2.5"),
    Field("born", "date"),
    Field("kids", "block", rows=(Field("age_of", "integer"), Field("name", "char"))),
    Field("grid", "weekly_grid", options=OPTIONS, days=(1, 2)),
    Field("note", "char"),
]
RAW = {
    "adults": "3",
    "born": "2020-12-01",
    "kids.0.age_of": "4",
    "kids.1.age_of": "7",
    "kids.2.name": "Léo",
    "grid.yes": ["1", "2"],
    "grid.no": ["1"],
    "note": "12",
}
BY_KEY = {field.key: field for field in FIELDS}


class TestFormula(unittest.TestCase):
    def assertComputed(self, formula, value, raw=None):
        field = Field("result", "computed", "Result", formula=formula)
        answers, errors = check([*FIELDS, field], RAW if raw is None else raw)
        self.assertFalse(errors)
        self.assertEqual(answers.get("result"), value, formula)

    def test_if_chooses_by_an_answer(self):
        for formula, value in (
            ("if(adults > 2, 40, 60)", 40),
            ("if(adults >= 4, 40, 60)", 60),
            ("if(adults = 3 and count(kids) < 9, 1, 2)", 1),
            ("if(adults != 3 or age(born) < 1, 1, 2)", 2),
            ("if(is(note, 12), 0.1 + 0.2, 5)", 0.3),
            ('if(is(note, "12") and is(adults, 3), 7, 8)', 7),
            ("10 * if(adults < 1, 1, if(adults < 4, 2, 3)) + 1", 21),
            # Nobody waits for the way that is not taken.
            ("if(adults = 3, 5, 1 / 0)", 5),
            ("if(adults = 3, 1 / 0, 5)", None),
            ("if(1 / 0 = 1, 5, 6)", None),
            ("if(adults = 3 or 1 / 0 = 1, 5, 6)", 5),
            ("if(adults = 9 and 1 / 0 = 1, 5, 6)", 6),
        ):
            self.assertComputed(formula, value)

    def test_what_is_worked_out_in_euros(self):
        rent, due = Field("rent", "amount"), Field("due", "amount")
        bill = Field("bills", "block", rows=(due,))
        year = Field("year", "computed", formula="rent * 12")
        fields = {**BY_KEY, "rent": rent, "bills": bill, "year": year}
        for formula, is_so in (
            ("rent + 2", True),
            ("sum(bills.due)", True),
            ("rent * adults / 12", True),
            ("year + sum(bills.due)", True),
            ("max(rent, 10)", True),
            ("if(adults > 2, rent, 0)", True),
            ("adults + 2", False),
            ("rent * rent", False),
            ("rent / rent", False),
            ("12 / rent", False),
            ("rent + adults", False),
            ("count(bills)", False),
            ("2 + 2", False),
            ("rent +", False),
        ):
            self.assertIs(formula_is_money(formula, fields), is_so, formula)

    def test_if_without_its_answer(self):
        """What is not asked is not so; what is awaited says nothing."""
        hidden = replace(BY_KEY["note"], conditions=(engine.Condition("adults", "=", ("9",)),))
        awaited = Field("later", "char", required=True, may_follow=True)
        optional = Field("free", "char")
        fields = [BY_KEY["adults"], hidden, awaited, optional]
        shown = {field.key: field for field in fields if field is not hidden}
        for formula, value in (
            ("if(is(note, 12), 1, 2)", 2),
            ("if(is(free, 12), 1, 2)", 2),
            ("if(is(later, 12), 1, 2)", None),
            ("if(is(later, 12) or adults = 3, 1, 2)", 1),
        ):
            self.assertEqual(compute(formula, shown, {"adults": 3}, TODAY), value, formula)

    def test_what_if_is_not_written_so(self):
        choice = Field("hall", "selection", options=(("big", "La grande"), ("100_m", "100 m²")))
        above = {**BY_KEY, "hall": choice}
        for formula, code in (
            ("if(adults > 2, 40)", "formula_unreadable"),
            ("if(adults, 40, 60)", "formula_unreadable"),
            ("if(is(adults), 40, 60)", "formula_unreadable"),
            ("adults > 2", "formula_unreadable"),
            ('"12" + 1', "formula_unreadable"),
            ("if(is(hall, small), 40, 60)", "formula_is"),
            ("if(is(halls, big), 40, 60)", "formula_unknown"),
            ("if(adults > hall, 40, 60)", "formula_key"),
        ):
            problems = engine.check_formula(formula, above)
            self.assertEqual([problem.code for problem in problems], [code], formula)
        for formula in ("if(is(hall, big), 4, 6)", 'if(is(hall, "100_m"), 4, 6)'):
            self.assertEqual(engine.check_formula(formula, above), [])

    def test_arithmetic(self):
        for formula, value in (
            ("1 + 2 * 3", 7),
            ("(1 + 2) * 3", 9),
            ("10 / 4", 2.5),
            ("10 / 3", 3.33),
            ("2 / 3", 0.67),
            ("0.1 + 0.2", 0.3),
            ("-adults + 1", -2),
            ("5 - - 2", 7),
            ("8 - 2 - 1", 5),
            ("16 / 4 / 2", 2),
            ("price * 2", 15),
            ("min(adults, 2)", 2),
            ("max(1, adults, 2)", 3),
            ("count(kids)", 3),
            ("count(grid)", 3),
            ("sum(kids.age_of)", 11),
            ("age(born)", 5),
        ):
            self.assertComputed(formula, value)

    def test_absent_when_it_has_no_value(self):
        for formula in ("1 / (adults - 3)", "note + 1", "other", "adults * " * 4 + "(", "9" * 13):
            self.assertComputed(formula, None)
        self.assertComputed("adults + 1", None, raw={})
        self.assertComputed("age(born)", None, raw={})
        self.assertComputed("count(kids) + sum(kids.age_of)", 0, raw={})
        self.assertComputed("999999999999 * 999999999999", None)

    def test_what_was_typed_is_never_read(self):
        field = Field("result", "computed", formula="1", required=True)
        self.assertEqual(check([field], {"result": "1000"}), ({"result": 1}, {}))
        self.assertEqual(
            check([Field("result", "computed", formula="x", required=True)], {}), ({}, {})
        )

    def test_a_condition_on_a_computed_value(self):
        fields = [
            *FIELDS,
            Field(
                "discount",
                "char",
                required=True,
                conditions=(engine.Condition("price", ">", ("7,4",)),),
            ),
        ]
        self.assertIn("discount", check(fields, RAW)[1])
        self.assertFalse(check(fields, {**RAW, "adults": "2"})[1])

    def test_what_is_wrong_is_named(self):
        for formula, code in (
            ("", "formula_empty"),
            ("  ", "formula_empty"),
            ("1 +", "formula_unreadable"),
            ("1 2", "formula_unreadable"),
            ("adults ** 2", "formula_unreadable"),
            ("adults // 2", "formula_unreadable"),
            ("__import__('os')", "formula_unreadable"),
            ("adults.real", "formula_unknown"),
            ("open(adults)", "formula_function"),
            ("(" * 40 + "1" + ")" * 40, "formula_too_deep"),
            ("1 + " * 100 + "1", "formula_too_long"),
            ("nothing + 1", "formula_unknown"),
            ("result + 1", "formula_later"),
            ("age_of + 1", "formula_later"),
            ("note + 1", "formula_key"),
            ("age(adults)", "formula_age"),
            ("count(adults)", "formula_count"),
            ("sum(kids)", "formula_sum"),
            ("sum(kids.name)", "formula_sum"),
        ):
            field = Field("result", "computed", "Result", formula=formula)
            labelled = [replace(one, label=one.key) for one in FIELDS]
            found = engine.check_definition([*labelled, field])
            rows = {"age_of", "name"}
            self.assertEqual(
                [(key, problem.code) for key, problem in found if key not in rows],
                [("result", code)],
                formula,
            )

    @given(
        st.one_of(
            st.text(max_size=400), st.text("0123456789+-*/(),. abcountminxsge_", max_size=400)
        )
    )
    @example("((((" * 100)
    @example("-" * 300)
    @example("1+" * 149 + "1")
    @example("min(" * 60)
    @example("²")
    @example("1e5")
    def test_any_text_is_a_formula_or_is_refused(self, text):
        try:
            parse(text)
        except engine.Refused as refused:
            self.assertTrue(refused.problem.code.startswith("formula_"))
        else:
            value = compute(text, {}, {}, TODAY)
            self.assertTrue(value is None or abs(value) <= 10**12)
        for problem in engine.check_formula(text, BY_KEY):
            self.assertTrue(problem.code.startswith("formula_"))

    @given(formulas([field.key for field in FIELDS]))
    def test_a_formula_that_is_right_never_breaks(self, text):
        value = compute(text, BY_KEY, check(FIELDS, RAW)[0], TODAY)
        self.assertIsInstance(value, int | float | None)
