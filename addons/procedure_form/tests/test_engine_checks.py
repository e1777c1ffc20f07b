"""What forbids the publication of a definition, and the questions that the law forbids."""

import unittest
from dataclasses import replace

from odoo.addons.procedure_form import engine, linter
from odoo.addons.procedure_form.engine import Condition, Field
from odoo.addons.procedure_form.field_types import is_safe_url

from .test_engine import KINDS, OPTIONS, TODAY


def when(*conditions, **kwargs):
    return {"conditions": tuple(Condition(*condition) for condition in conditions), **kwargs}


CHOICE = Field("a", "selection", "A", options=OPTIONS)
NUMBER = Field("a", "integer", "A", minimum=1, maximum=10)
DATE = Field("a", "date", "A")
SEVERAL = Field("a", "multi_selection", "A", options=OPTIONS)
KIDS = Field("kids", "block", "Kids", rows=(Field("first", "char", "First name"),))


class TestEngineChecks(unittest.TestCase):
    def assertProblems(self, fields, *expected):
        found = [(key, problem.code) for key, problem in engine.check_definition(fields)]
        self.assertEqual(found, list(expected))

    def test_each_problem_of_a_field(self):
        cases = {
            "no_label": [Field("b", "char")],
            "duplicate_key": [Field("b", "char", "A"), Field("b", "char", "B")],
            "no_options": [Field("b", "selection", "A")],
            "no_grid": [Field("b", "weekly_grid", "A", options=OPTIONS)],
            "empty_block": [Field("b", "block", "A")],
            "too_many_rows_asked": [
                Field("b", "block", "A", maximum=51, rows=(Field("c", "char", "C"),))
            ],
            "impossible_range": [Field("b", "integer", "A", minimum=3, maximum=2)],
            "impossible_length": [Field("b", "char", "A", min_length=3, max_length=2)],
            "negative_minimum": [Field("b", "char", "A", min_length=-1)],
            "maximum_too_small": [Field("b", "text", "A", max_length=0)],
            "bad_pattern": [Field("b", "char", "A", pattern="(")],
            "bad_url": [Field("b", "link", "A", url="javascript:alert(1)")],
            "condition_on_itself": [Field("b", "char", "A", **when(("b", "set")))],
            "condition_unknown": [Field("b", "char", "A", **when(("z", "set")))],
            "condition_later": [
                Field("b", "char", "A", **when(("c", "set"))),
                Field("c", "char", "C"),
            ],
        }
        for code, fields in cases.items():
            with self.subTest(code):
                self.assertProblems(fields, ("b", code))

    def test_limits_count_with_those_of_the_type(self):
        """Ten rows, 255 characters, nine digits: without a maximum there is one all the same."""
        child = (Field("c", "char", "C"),)
        for field, code in (
            (Field("b", "block", "B", minimum=11, rows=child), "impossible_range"),
            (Field("b", "block", "B", minimum=1, maximum=0, rows=child), "maximum_too_small"),
            (Field("b", "char", "B", min_length=256), "impossible_length"),
            (Field("b", "char", "B", min_length=1, max_length=0), "maximum_too_small"),
            (Field("b", "integer", "B", minimum=1_000_000_000), "impossible_range"),
            (Field("b", "integer", "B", minimum=1, maximum=0), "impossible_range"),
            (Field("b", "integer", "B", minimum=0, maximum=-1), "impossible_range"),
        ):
            found = [problem.code for _key, problem in engine.check_definition([field])]
            self.assertIn(code, found, field)
        for field in (
            Field("b", "block", "B", minimum=0, maximum=1, rows=child),
            Field("b", "text", "B", min_length=256),
            Field("b", "integer", "B", minimum=0, maximum=0),
            # Settings that this type does not have say nothing.
            Field("b", "date", "B", minimum=3, maximum=2, min_length=3, max_length=0),
        ):
            self.assertEqual(engine.check_definition([field]), [], field)

    def test_links_lead_to_a_page(self):
        for url in ("https://exemple.fr/a?b=c", "/demarches", "/"):
            self.assertTrue(is_safe_url(url), url)
        for url in (
            "",
            "https://",
            "http://exemple.fr",
            "//exemple.fr",
            "/\\exemple.fr",
            "javascript:1",
            "https://a b",
            "/\n/x",
        ):
            self.assertFalse(is_safe_url(url), url)

    def test_what_a_block_may_hold(self):
        for field_type in ("page", "section", "file", "consent", "computed", "block"):
            child = Field("b", field_type, "B", formula="1", rows=(Field("c", "char", "C"),))
            block = Field("kids", "block", "Kids", rows=(child,))
            found = dict(engine.check_definition([block]))
            self.assertEqual(found["b"].code, "type_in_block", field_type)

    def test_a_condition_looks_neither_into_nor_out_of_another_block(self):
        other = Field("pets", "block", "Pets", rows=(Field("pet", "char", "Pet"),))
        pet = Field("pet", "char", "Pet", **when(("first", "set")))
        self.assertProblems([KIDS, other])
        self.assertProblems(
            [KIDS, Field("b", "char", "B", **when(("first", "set")))], ("b", "condition_in_block")
        )
        self.assertProblems(
            [KIDS, engine.Field("pets", "block", "Pets", rows=(pet,))],
            ("pet", "condition_in_block"),
        )
        sibling = (
            Field("first", "char", "First"),
            Field("last", "char", "Last", **when(("first", "set"))),
        )
        self.assertProblems([Field("kids", "block", "Kids", rows=sibling)])
        self.assertProblems(
            [Field("kids", "block", "Kids", rows=sibling[::-1])], ("last", "condition_later")
        )

    def test_answers_that_a_field_cannot_have(self):
        consent = Field("a", "consent", "A")
        cases = [
            (CHOICE, ("a", "=", ("never",)), "condition_unreachable"),
            (CHOICE, ("a", "=", ()), "condition_unreachable"),
            (CHOICE, ("a", "in", ("yes", "never")), "condition_unreachable"),
            (CHOICE, ("a", "<", ("3",)), "condition_compare"),
            (NUMBER, ("a", "=", ("11",)), "condition_unreachable"),
            (NUMBER, ("a", "=", ("2,5",)), "condition_unreachable"),
            (NUMBER, ("a", "=", ("two",)), "condition_unreachable"),
            (NUMBER, ("a", ">", ("10",)), "condition_unreachable"),
            (NUMBER, ("a", "<", ("1",)), "condition_unreachable"),
            (NUMBER, ("a", "<", ("x",)), "condition_value"),
            (NUMBER, ("a", "<", ("1", "2")), "condition_value"),
            (DATE, ("a", ">", ("31/02/2026",)), "condition_value"),
            (DATE, ("a", "<", ("1900-01-01",)), "condition_unreachable"),
            (consent, ("a", "=", ("0",)), "condition_unreachable"),
            (Field("a", "boolean", "A"), ("a", "=", ("maybe",)), "condition_unreachable"),
            (Field("a", "section", "A"), ("a", "set"), "condition_unreachable"),
            (Field("a", "file", "A"), ("a", "=", ("x",)), "condition_unreachable"),
            (
                Field("a", "people", "A", behaviour=KINDS["people"]),
                ("a", "=", ("7",)),
                "condition_unreachable",
            ),
        ]
        for other, condition, code in cases:
            with self.subTest(condition):
                self.assertProblems(
                    [other, Field("b", "char", "B", **when(condition))], ("b", code)
                )

    def test_answers_that_a_field_can_have(self):
        for other, condition in (
            (CHOICE, ("a", "!=", ("yes",))),
            (NUMBER, ("a", ">", ("9",))),
            (NUMBER, ("a", ">=", ("10",))),
            (NUMBER, ("a", "<", ("1,5",))),
            (DATE, ("a", "<", ("01/09/2023",))),
            (Field("a", "computed", "A", formula="1 / 3"), ("a", ">", ("0,3",))),
            (Field("a", "boolean", "A"), ("a", "=", ("oui",))),
            (Field("a", "commune", "A"), ("a", "=", ("55029",))),
            (Field("a", "file", "A"), ("a", "not set")),
        ):
            with self.subTest(condition):
                self.assertProblems([other, Field("b", "char", "B", **when(condition))])

    def test_conditions_that_cannot_hold_together(self):
        cases = [
            (CHOICE, ("a", "=", ("yes",)), ("a", "=", ("no",))),
            (CHOICE, ("a", "=", ("yes",)), ("a", "!=", ("yes",))),
            (CHOICE, ("a", "set"), ("a", "not set")),
            (CHOICE, ("a", "=", ("yes",)), ("a", "not set")),
            (NUMBER, ("a", "<", ("5",)), ("a", ">", ("4",))),
            (NUMBER, ("a", "<", ("5",)), ("a", "=", ("7",))),
            (NUMBER, ("a", ">", ("8",)), ("a", "!=", ("9", "10"))),
            (DATE, ("a", "<", ("2026-01-01",)), ("a", ">=", ("2026-01-01",))),
            (SEVERAL, ("a", "=", ("yes",)), ("a", "!=", ("yes",))),
            (Field("a", "char", "A"), ("a", "=", ("x",)), ("a", "=", ("y",))),
            (
                Field("a", "computed", "A", formula="1"),
                ("a", ">", ("2",)),
                ("a", "<=", ("2",)),
            ),
        ]
        for other, *both in cases:
            with self.subTest(both):
                self.assertProblems(
                    [other, Field("b", "char", "B", **when(*both))], ("b", "never_shown")
                )
                self.assertProblems(
                    [other, Field("b", "char", "B", **when(*both, any_condition=True))]
                )

    def test_conditions_that_hold_together(self):
        for other, *both in (
            (SEVERAL, ("a", "=", ("yes",)), ("a", "=", ("no",))),
            (SEVERAL, ("a", "in", ("yes", "no")), ("a", "!=", ("yes",))),
            (NUMBER, ("a", ">=", ("4",)), ("a", "<=", ("4",))),
            (CHOICE, ("a", "!=", ("yes",)), ("a", "not set")),
            (CHOICE, ("a", "in", ("yes", "no")), ("a", "!=", ("yes",))),
            (
                Field("a", "computed", "A", formula="1"),
                ("a", ">", ("2",)),
                ("a", "<", ("2,01",)),
            ),
        ):
            with self.subTest(both):
                self.assertProblems([other, Field("b", "char", "B", **when(*both))])

    def test_a_condition_against_a_field_always_answered(self):
        required = Field("a", "selection", "A", options=OPTIONS[:1], required=True)
        asks = Field("b", "char", "B", **when(("a", "not set")))
        self.assertProblems([required, asks], ("b", "never_shown"))
        self.assertProblems(
            [required, Field("b", "char", "B", **when(("a", "!=", ("yes",))))],
            ("b", "never_shown"),
        )
        hidden = Field("a", "char", "A", required=True, **when(("z", "set")))
        self.assertProblems([Field("z", "char", "Z"), hidden, asks])

    def test_conditions_chained_through_other_fields(self):
        """b is shown for yes only; c needs b and no."""
        b = Field("b", "char", "B", **when(("a", "=", ("yes",))))
        c = Field("c", "char", "C", **when(("b", "set"), ("a", "=", ("no",))))
        self.assertProblems([CHOICE, b, c], ("c", "never_shown"))
        either = Field(
            "b", "char", "B", **when(("a", "=", ("yes",)), ("a", "=", ("no",)), any_condition=True)
        )
        self.assertProblems([CHOICE, either, c])

    def test_a_required_field_where_nobody_goes(self):
        never = when(("a", "=", ("yes",)), ("a", "=", ("no",)))
        required = Field("b", "char", "B", required=True)
        section = Field("part", "section", "Part", **never)
        self.assertProblems(
            [CHOICE, section, required, Field("c", "char", "C")],
            ("part", "never_shown"),
            ("b", "required_never_shown"),
        )
        problem = dict(engine.check_definition([CHOICE, section, required]))["b"]
        self.assertEqual(dict(problem.params), {"other": "part"})
        self.assertProblems(
            [CHOICE, section, Field("end", "section", "End"), required], ("part", "never_shown")
        )
        self.assertProblems(
            [CHOICE, Field("p", "page", "Page", **never), Field("s", "section", "S"), required],
            ("p", "never_shown"),
            ("b", "required_never_shown"),
        )
        self.assertProblems(
            [CHOICE, Field("kids", "block", "Kids", rows=(required,), **never)],
            ("kids", "never_shown"),
            ("b", "required_never_shown"),
        )
        # A part that nothing ever shows, as its condition is about nothing.
        self.assertProblems(
            [Field("part", "section", "Part", **when(("z", "set"))), required],
            ("part", "condition_unknown"),
            ("b", "required_never_shown"),
        )

    def test_a_field_against_its_own_section(self):
        section = Field("part", "section", "Part", **when(("a", "=", ("yes",))))
        field = Field("b", "char", "B", **when(("a", "=", ("no",))))
        self.assertProblems([CHOICE, section, field], ("b", "never_shown"))

    def test_conditions_to_be_required_are_checked_like_those_to_be_shown(self):
        def required_if(*conditions, **kwargs):
            asked = tuple(Condition(*condition) for condition in conditions)
            return Field("b", "char", "B", require=asked, **kwargs)

        yes, no = ("a", "=", ("yes",)), ("a", "=", ("no",))
        self.assertProblems([CHOICE, required_if(yes)])
        self.assertProblems([CHOICE, required_if(yes, no, any_require=True)])
        self.assertProblems([CHOICE, required_if(yes, no)], ("b", "never_required"))
        self.assertProblems([CHOICE, required_if(yes, **when(no))], ("b", "never_required"))
        section = Field("part", "section", "Part", **when(no))
        self.assertProblems([CHOICE, section, required_if(yes)], ("b", "never_required"))
        self.assertProblems([required_if(yes), CHOICE], ("b", "condition_later"))
        self.assertProblems([CHOICE, required_if(("z", "set"))], ("b", "condition_unknown"))
        self.assertProblems([CHOICE, required_if(("b", "set"))], ("b", "condition_on_itself"))
        self.assertProblems(
            [CHOICE, required_if(("a", "=", ("x",)))], ("b", "condition_unreachable")
        )
        self.assertProblems([KIDS, required_if(("first", "set"))], ("b", "condition_in_block"))
        # Always required: they do not count.
        self.assertProblems([CHOICE, required_if(yes, no, required=True)])

    def test_a_form_that_always_ends_is_refused(self):
        self.assertProblems([CHOICE, Field("b", "exit", "B")], ("b", "exit_always"))
        ended = Field("b", "exit", "B", url="https://exemple.fr", **when(("a", "=", ("no",))))
        self.assertProblems([CHOICE, ended])
        never = Field("b", "exit", "B", **when(("a", "=", ("no",)), ("a", "=", ("yes",))))
        self.assertProblems([CHOICE, never], ("b", "never_shown"))
        bad = Field("b", "exit", "B", url="javascript:x", **when(("a", "=", ("no",))))
        self.assertProblems([CHOICE, bad], ("b", "bad_url"))

    def test_a_form_ends_when_its_exit_is_shown(self):
        hidden = Field("part", "section", "Part", **when(("a", "=", ("maybe",))))
        first = Field("b", "exit", "B", **when(("a", "=", ("no",))))
        inside = Field("c", "exit", "C", **when(("a", "!=", ("no",))))
        fields = [CHOICE, first, hidden, inside]
        for answer, ended in (("no", first), ("yes", None), ("maybe", inside)):
            self.assertEqual(engine.find_exit(fields, {"a": answer}), ended)

    def test_a_form_does_not_end_before_what_decides_is_answered(self):
        """Not answered, or not as it must be, is no answer; blank is one where it may be."""
        asked = replace(CHOICE, required=True)
        exit_if = Field("z", "exit", "Z", **when(("a", "!=", ("yes",))))
        unless = Field("z", "exit", "Z", **when(("a", "not set")))
        between = Field("b", "char", "B", **when(("a", "=", ("yes",))))
        through = Field("z", "exit", "Z", **when(("b", "not set")))
        part = Field("part", "section", "Part", **when(("a", "!=", ("yes",))))
        inside = Field("z", "exit", "Z", **when(("c", "not set")))
        other = Field("c", "char", "C")
        proof = Field("a", "file", "A", required=True)
        either = Field(
            "z", "exit", "Z", any_condition=True, **when(("a", "=", ("no",)), ("n", "!=", ("5",)))
        )
        number = Field("n", "integer", "N", required=True)
        for fields, raw, is_ended in (
            ([asked, exit_if], {}, False),
            ([asked, exit_if], {"a": "unknown"}, False),
            ([asked, exit_if], {"a": "no"}, True),
            ([CHOICE, exit_if], {"a": "unknown"}, False),
            ([CHOICE, unless], {}, True),
            ([replace(asked, may_follow=True), exit_if], {}, False),
            ([proof, unless], {}, False),
            ([asked, between, through], {}, False),
            ([asked, between, through], {"a": "no"}, True),
            ([asked, other, part, inside], {}, False),
            ([asked, other, part, inside], {"a": "no"}, True),
            ([asked, number, either], {"a": "no"}, True),
            ([asked, number, either], {"a": "yes"}, False),
            ([asked, number, either], {"a": "yes", "n": "4"}, True),
        ):
            with self.subTest(raw=raw, keys=[field.key for field in fields]):
                answers, problems = engine.validate(fields, raw, today=TODAY)
                found = engine.find_exit(fields, answers, problems=problems)
                self.assertEqual(bool(found), is_ended)

    def test_many_conditions_are_checked_in_a_moment(self):
        """Beyond what can be looked at, the form is taken as right."""
        fields = [Field(f"a{number}", "boolean", "A") for number in range(40)]
        for number in range(40):
            held = [(f"a{other}", "=", (str((number + other) % 2),)) for other in range(40)]
            if number:
                held.append((f"b{number - 1}", "set"))
            fields.append(Field(f"b{number}", "char", "B", **when(*held, any_condition=True)))
        self.assertProblems(fields)


class TestLinter(unittest.TestCase):
    def test_questions_never_asked(self):
        for text, topic in (
            ("Numéro de sécurité sociale", "nir"),
            ("numero secu", "nir"),
            ("Nature du handicap", "disability"),
            ("Repas halal", "religion"),
            ("Nationalité", "origin"),
            ("Situation matrimoniale", "marital"),
            ("Jugement complet", "whole_document"),
            ("Avis d’impôt complet", "whole_document"),
        ):
            self.assertEqual(linter.forbidden_topics(text), [topic], text)
        for text in ("Numéro du bac", "Personne à prévenir", "Sans porc", "Raison du départ"):
            self.assertFalse(linter.forbidden_topics(text), text)

    def test_health(self):
        for text in ("Allergies", "Carnet de vaccination", "Votre santé", "Ordonnance médicale"):
            self.assertTrue(linter.is_health(text), text)
        for text in ("Traitement des déchets", "Sans viande", "Taille du bac"):
            self.assertFalse(linter.is_health(text), text)
