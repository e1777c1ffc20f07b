"""The engine alone: any definition and any answers. No database."""

import json
import string
import unittest
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.procedure import engine, linter
from odoo.addons.procedure.engine import Condition, Field

TODAY = date(2026, 11, 25)
COMMUNES = {
    "55029": {"insee": "55029", "label": "Bar-le-Duc", "zip": "55000"},
    "55545": {"insee": "55545", "label": "Vaubecourt", "zip": "55250"},
}
BY_NAME = {commune["label"].lower(): commune for commune in COMMUNES.values()}
TYPES = (
    "section information char text integer date boolean selection multi_selection email phone "
    "address commune file consent"
).split()
OPTIONS = (("yes", "Oui"), ("no", "Non"), ("maybe", "Peut-être"))


def find_commune(text):
    return COMMUNES.get(text) or BY_NAME.get(text.lower())


def check(fields, raw, **kwargs):
    return engine.validate(fields, raw, today=TODAY, find_commune=find_commune, **kwargs)


texts = st.text(max_size=300)
plausible = {
    "integer": st.integers(-50, 50).map(str),
    "date": st.dates().map(lambda day: day.isoformat()),
    "boolean": st.sampled_from(["1", "0", "oui", "non"]),
    "selection": st.sampled_from([value for value, _label in OPTIONS]),
    "multi_selection": st.lists(st.sampled_from([value for value, _label in OPTIONS])),
    "email": st.sampled_from(["camille@Exemple.FR", "a.b+c@x.example.org"]),
    "phone": st.sampled_from(["06 39 98 12 34", "+33 1 99 00 12 34", "0639981234"]),
    "commune": st.sampled_from(["55029", "Vaubecourt", "bar-le-duc"]),
    "consent": st.sampled_from(["on", "1", "0"]),
    "address": st.fixed_dictionaries(
        {
            "street": st.sampled_from(["1 rue Haute", "Le Moulin"]),
            "street2": st.sampled_from(["", "Bâtiment B"]),
            "zip": st.sampled_from(["", "55250"]),
            "commune": st.sampled_from(["55545", "Nancy", "bar-le-duc"]),
        }
    ),
}
rubbish = st.one_of(
    texts, st.none(), st.booleans(), st.integers(), st.lists(texts, max_size=3), st.just({})
)


@st.composite
def definitions(draw):
    """Any publishable definition: conditions look up only."""
    fields = []
    for index in range(draw(st.integers(1, 8))):
        conditions = []
        for _each in range(draw(st.integers(0, 2)) if fields else 0):
            other = draw(st.sampled_from(fields))
            conditions.append(
                Condition(
                    other.key,
                    draw(st.sampled_from(["=", "!=", "in", "set", "not set"])),
                    tuple(draw(st.lists(st.sampled_from(["yes", "no", "1", "0", "55029"])))),
                )
            )
        fields.append(
            Field(
                key=f"f{index}",
                type=draw(st.sampled_from(TYPES)),
                label=f"Question {index}",
                required=draw(st.booleans()),
                options=OPTIONS,
                conditions=tuple(conditions),
                any_condition=draw(st.booleans()),
                minimum=draw(st.sampled_from([None, -10, 1])),
                maximum=draw(st.sampled_from([None, 10, 40])),
                date_limit=draw(st.sampled_from([None, "past", "future"])),
                max_files=draw(st.integers(1, 3)),
            )
        )
    return fields


@st.composite
def filled(draw):
    fields = draw(definitions())
    raw = {
        field.key: draw(st.one_of(plausible.get(field.type, texts), rubbish)) for field in fields
    }
    raw.update(draw(st.dictionaries(st.text(string.ascii_lowercase, min_size=1), texts)))
    counts = {field.key: draw(st.integers(0, 4)) for field in fields if field.type == "file"}
    return fields, raw, counts


properties = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


class TestEngineProperties(unittest.TestCase):
    @properties
    @given(filled())
    def test_any_answer_is_typed_or_refused_on_its_own_field(self, case):
        fields, raw, counts = case
        by_key = {field.key: field for field in fields}
        answers, errors = check(fields, raw, file_counts=counts)
        visible = engine.visible_keys(fields, answers, counts)
        self.assertLessEqual(set(errors), set(visible), "an error on a field that is not shown")
        self.assertFalse(set(errors) & set(answers), "a field is both accepted and refused")
        self.assertLessEqual(set(answers), set(visible), "a hidden answer counts")
        for key in visible:
            field = by_key[key]
            if field.required and field.type not in engine.DISPLAY_TYPES:
                answered = counts.get(key) if field.type == "file" else key in answers
                self.assertTrue(answered or key in errors, "a required answer was forgotten")

    @properties
    @given(filled())
    def test_typed_answers_read_back_equal(self, case):
        fields, raw, counts = case
        answers, _errors = check(fields, raw, file_counts=counts)
        self.assertEqual(json.loads(json.dumps(answers)), answers)
        shown_again = {}
        for field in fields:
            if field.key in answers:
                shown_again.update(engine.to_raw(field, answers[field.key]))
        self.assertEqual(check(fields, shown_again, file_counts=counts)[0], answers)

    @properties
    @given(definitions())
    def test_what_the_check_lets_through_has_no_cycle(self, fields):
        """Each condition looks at a field above: the form can be filled from top to bottom."""
        wrong = {key for key, _problem in engine.check_definition(fields)}
        position = {field.key: index for index, field in enumerate(fields)}
        for field in fields:
            for condition in field.conditions if field.key not in wrong else ():
                self.assertLess(position[condition.key], position[field.key])

    @properties
    @given(definitions(), st.randoms())
    def test_shuffled_conditions_are_named(self, fields, random):
        random.shuffle(fields)
        wrong = {key for key, _problem in engine.check_definition(fields)}
        seen = set()
        for field in fields:
            if any(condition.key not in seen for condition in field.conditions):
                self.assertIn(field.key, wrong)
            seen.add(field.key)


class TestEngine(unittest.TestCase):
    def assertRefused(self, field, raw, code, **kwargs):
        answers, errors = check([field], raw, **kwargs)
        self.assertNotIn(field.key, answers)
        self.assertEqual(errors[field.key].code, code)

    def assertAccepted(self, field, raw, value):
        self.assertEqual(check([field], raw), ({field.key: value}, {}))

    def test_texts_keep_html_as_text_and_lose_control_characters(self):
        self.assertAccepted(
            Field("a", "char"), {"a": " <b>Ana\x00\x1b\tïs</b>\n "}, "<b>Ana ïs</b>"
        )
        self.assertAccepted(Field("a", "text"), {"a": "one\r\ntwo\x07"}, "one\ntwo")

    def test_lengths(self):
        answers, errors = check([Field("a", "text")], {"a": "x" * 10_000})
        self.assertFalse(answers)
        self.assertEqual(dict(errors["a"].params), {"length": 10_000, "max": 5000})
        self.assertRefused(Field("a", "char"), {"a": "x" * 256}, "too_long")

    def test_numbers(self):
        field = Field("n", "integer", minimum=1, maximum=12)
        self.assertAccepted(field, {"n": " 1 2 "}, 12)
        for raw, code in (("0", "too_small"), ("13", "too_big"), ("2.5", "not_a_number")):
            self.assertRefused(field, {"n": raw}, code)
        self.assertRefused(field, {"n": "²"}, "not_a_number")

    def test_dates(self):
        self.assertAccepted(Field("d", "date"), {"d": "24/03/2026"}, "2026-03-24")
        self.assertRefused(Field("d", "date"), {"d": "30/02/2026"}, "not_a_date")
        self.assertRefused(Field("d", "date"), {"d": "0001-01-01"}, "not_a_date")
        past = Field("d", "date", date_limit="past")
        self.assertAccepted(past, {"d": "2026-11-25"}, "2026-11-25")
        self.assertRefused(past, {"d": "2026-11-26"}, "date_in_the_future")
        future = Field("d", "date", date_limit="future")
        self.assertRefused(future, {"d": "2026-11-24"}, "date_in_the_past")

    def test_email_and_phone(self):
        self.assertAccepted(Field("e", "email"), {"e": "A.b@EXEMPLE.fr"}, "A.b@exemple.fr")
        for wrong in ("a@b", "a b@c.fr", "a@b.fr\nbcc:x@y.fr", "<a@b.fr>", "a@b.fr,c@d.fr"):
            self.assertRefused(Field("e", "email"), {"e": wrong}, "not_an_email")
        self.assertAccepted(Field("p", "phone"), {"p": "06 39 98 12 34"}, "+33639981234")
        for wrong in ("12", "bonjour", "06 39 98 12 34 56 78"):
            self.assertRefused(Field("p", "phone"), {"p": wrong}, "not_a_phone")
        # A digit forgotten or typed twice: say how many there are.
        for wrong, count in (("06 39 98 00 4", 9), ("06 39 98 00 411", 11)):
            _answers, problems = engine.validate([Field("p", "phone")], {"p": wrong})
            self.assertEqual(problems["p"], engine.Problem("phone_digits", (("count", count),)))
        self.assertEqual(engine.format_phone("+33639981234"), "06\xa039\xa098\xa012\xa034")
        self.assertEqual(engine.format_phone("+3224567890"), "+32\xa02\xa0456\xa078\xa090")

    def test_address_that_must_be_of_the_territory(self):
        field = Field("a", "address", local=True)
        for commune in ("Paris", "%", "Vaubecour"):
            self.assertRefused(
                field, {"a.street": "1 rue Haute", "a.commune": commune}, "not_a_commune"
            )

    def test_address_of_the_territory_and_from_elsewhere(self):
        raw = {"a.street": "1 rue Haute", "a.commune": "vaubecourt"}
        self.assertAccepted(
            Field("a", "address"),
            raw,
            {
                "street": "1 rue Haute",
                "street2": "",
                "zip": "55250",
                "insee": "55545",
                "commune": "Vaubecourt",
            },
        )
        answers, _errors = check([Field("a", "address")], {**raw, "a.commune": "Nancy"})
        self.assertEqual((answers["a"]["insee"], answers["a"]["commune"]), ("", "Nancy"))
        self.assertRefused(Field("a", "address"), {"a.street": "1 rue"}, "incomplete_address")
        self.assertRefused(Field("a", "address"), {**raw, "a.zip": "5525"}, "not_a_postcode")

    def test_consent_keeps_what_was_agreed_to(self):
        field = Field("c", "consent", label="I agree", text="version 1", required=True)
        answers, _errors = check([field], {"c": "on"})
        other = Field("c", "consent", label="I agree", text="version 2", required=True)
        self.assertEqual((answers["c"]["given"], answers["c"]["on"]), (True, "2026-11-25"))
        self.assertNotEqual(
            answers["c"]["text_hash"], check([other], {"c": "on"})[0]["c"]["text_hash"]
        )
        self.assertRefused(field, {}, "missing")

    def test_a_choice_that_was_not_offered(self):
        self.assertRefused(
            Field("s", "selection", options=OPTIONS), {"s": "other"}, "not_an_option"
        )
        multi = Field("s", "multi_selection", options=OPTIONS)
        self.assertRefused(multi, {"s": ["yes", "other"]}, "not_an_option")
        self.assertAccepted(multi, {"s": ["maybe", "yes", "yes"]}, ["yes", "maybe"])

    def test_files_are_counted(self):
        field = Field("f", "file", required=True, max_files=2)
        self.assertRefused(field, {}, "missing")
        self.assertRefused(field, {}, "too_many_files", file_counts={"f": 3})
        self.assertEqual(check([field], {}, file_counts={"f": 2}), ({}, {}))

    def test_a_hidden_section_hides_what_is_below(self):
        fields = [
            Field("who", "selection", options=OPTIONS),
            Field("part", "section", conditions=(Condition("who", "=", ("yes",)),)),
            Field("name", "char", required=True),
            Field("end", "section"),
            Field("last", "char", required=True),
        ]
        answers, errors = check(fields, {"who": "no", "name": "X", "last": "Y"})
        self.assertEqual((answers, errors), ({"who": "no", "last": "Y"}, {}))
        self.assertIn("name", check(fields, {"who": "yes", "last": "Y"})[1])

    def test_definitions_that_cannot_be_published(self):
        cases = {
            "no_label": [Field("a", "char")],
            "duplicate_key": [Field("a", "char", "A"), Field("a", "char", "B")],
            "no_options": [Field("a", "selection", "A")],
            "condition_on_itself": [
                Field("a", "char", "A", conditions=(Condition("a", "set"),)),
            ],
            "condition_unknown": [Field("a", "char", "A", conditions=(Condition("z", "set"),))],
            "condition_later": [
                Field("a", "char", "A", conditions=(Condition("b", "set"),)),
                Field("b", "char", "B"),
            ],
            "condition_unreachable": [
                Field("a", "selection", "A", options=OPTIONS),
                Field("b", "char", "B", conditions=(Condition("a", "=", ("never",)),)),
            ],
            "impossible_range": [Field("a", "integer", "A", minimum=3, maximum=2)],
        }
        for code, fields in cases.items():
            with self.subTest(code):
                found = [problem.code for _key, problem in engine.check_definition(fields)]
                self.assertEqual(found, [code])


class TestLinter(unittest.TestCase):
    def test_questions_never_asked(self):
        for text, topic in (
            ("Numéro de sécurité sociale", "nir"),
            ("numero secu", "nir"),
            ("Nature du handicap", "disability"),
            ("Repas halal", "religion"),
            ("Nationalité", "origin"),
            ("Situation matrimoniale", "marital"),
        ):
            self.assertEqual(linter.forbidden_topics(text), [topic], text)
        for text in ("Numéro du bac", "Personne à prévenir", "Sans porc", "Raison du départ"):
            self.assertFalse(linter.forbidden_topics(text), text)

    def test_health(self):
        for text in ("Allergies", "Carnet de vaccination", "Votre santé", "Ordonnance médicale"):
            self.assertTrue(linter.is_health(text), text)
        for text in ("Traitement des déchets", "Sans viande", "Taille du bac"):
            self.assertFalse(linter.is_health(text), text)
