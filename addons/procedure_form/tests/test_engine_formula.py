"""Formulas of computed fields."""

import unittest
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine import Field
from odoo.addons.procedure_form.engine.formula import compute, parse

from .test_engine import OPTIONS, TODAY, check, formulas, properties

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

    @properties
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

    @properties
    @given(formulas([field.key for field in FIELDS]))
    def test_a_formula_that_is_right_never_breaks(self, text):
        value = compute(text, BY_KEY, check(FIELDS, RAW)[0], TODAY)
        self.assertIsInstance(value, int | float | None)
