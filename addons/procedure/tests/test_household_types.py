"""Questions about the household: the engine alone, then the list where a type is chosen."""

import unittest
from datetime import date

from odoo.tests import TransactionCase, tagged

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine import Condition

from ..field_types import HOUSEHOLD_TYPES

TODAY = date(2026, 11, 25)
RECORDS = {
    "persons": {7: "Camille", 8: "Léo"},
    "children": {8: "Léo"},
    "dwelling": {3: "1 rue Haute"},
}


def ask(key, code, **settings):
    return engine.Field(key, code, behaviour=HOUSEHOLD_TYPES.get(code), **settings)


def find_record(field, text, answers):
    record_id = int(text) if text.isascii() and text.isdigit() else 0
    label = RECORDS[field.type].get(record_id)
    return {"id": record_id, "label": label} if label else None


def check(fields, raw):
    return engine.validate(fields, raw, today=TODAY, find_record=find_record)


class TestHouseholdTypes(unittest.TestCase):
    def test_records_are_among_those_that_the_applicant_may_choose(self):
        self.assertEqual(
            check([ask("p", "persons")], {"p": ["8", "7", "8"]}),
            ({"p": [{"id": 7, "label": "Camille"}, {"id": 8, "label": "Léo"}]}, {}),
        )
        for code, wrong in (
            ("children", ["7"]),
            ("children", ["8", "x"]),
            ("persons", "-7"),
            ("dwelling", "4"),
            ("dwelling", "٣"),
        ):
            answers, errors = check([ask("f", code)], {"f": wrong})
            self.assertFalse(answers)
            self.assertEqual(errors["f"].code, "not_an_option")

    def test_a_visitor_is_asked_neither_persons_nor_dwelling(self):
        fields = [
            ask("who", "persons", required=True),
            ask("more", "char", required=True, conditions=(Condition("who", "set"),)),
            ask("kids", "block", rows=(ask("kid", "children"), ask("age", "integer"))),
        ]
        self.assertEqual(
            check(
                engine.without_account(fields),
                {"who": "7", "more": "x", "kids.0.kid": "8", "kids.0.age": "4"},
            ),
            ({"kids": [{"age": 4}]}, {}),
        )

    def test_no_condition_names_a_person(self):
        """Nobody knows her when the form is written."""
        condition = Condition("a", "=", ("7",))
        fields = [
            ask("a", "persons", label="A"),
            ask("b", "char", label="B", conditions=(condition,)),
        ]
        self.assertEqual(
            [(key, problem.code) for key, problem in engine.check_definition(fields)],
            [("b", "condition_unreachable")],
        )


@tagged("post_install", "-at_install")
class TestListOfTypes(TransactionCase):
    def test_people_and_homes_come_before_the_schools(self):
        labels = self.env["procedure.field"]._fields["type"]._description_selection(self.env)
        codes = [code for code, _label in labels]
        self.assertEqual(set(codes), set(self.env["procedure.field.types"]._get_types()))
        place = codes.index("school")
        self.assertEqual(codes[place - 4 : place], ["rna", *HOUSEHOLD_TYPES])
        self.assertEqual(len(codes), len(set(codes)))
