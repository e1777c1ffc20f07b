"""The engine alone, type by type: what is accepted, what is refused and why."""

import time
import unittest

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine import Condition, Field
from odoo.addons.territory_base.tools import format_phone, is_phone

from .test_engine import KINDS, OPTIONS, TODAY, check


class TestEngineTypes(unittest.TestCase):
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
        self.assertRefused(Field("d", "date"), {"d": "30/02/2026"}, "no_such_day")
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
            _answers, problems = engine.validate([Field("p", "phone")], {"p": wrong}, today=TODAY)
            self.assertEqual(problems["p"], engine.Problem("phone_digits", (("count", count),)))
        # The pages of a person refuse and accept the same.
        for text in (
            *("06 39 98 12 34", "+33 6 39 98 12 34", "(03) 53-01-00-02", "+32 2 456 78 90"),
            *("06 39 98", "03 53 01", "06 39 98 00 4", "06 39 98 00 411", "12", "bonjour", "", "+"),
            *("03 53 01 00 02 poste 3", "+33 6 39", "0" * 41),
        ):
            answers, _problems = engine.validate([Field("p", "phone")], {"p": text}, today=TODAY)
            self.assertEqual(is_phone(text), bool(answers.get("p")), text)
        self.assertEqual(format_phone("+33639981234"), "06\xa039\xa098\xa012\xa034")
        self.assertEqual(format_phone("+3224567890"), "+32\xa02\xa0456\xa078\xa090")

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

    def test_a_free_choice_asks_for_words(self):
        field = Field("s", "selection", options=OPTIONS, free=("maybe",))
        other = {"value": "maybe", "words": "Un mardi"}
        self.assertAccepted(field, {"s": "yes", "s.maybe": "ignored"}, "yes")
        self.assertAccepted(field, {"s": "maybe", "s.maybe": " Un\tmardi "}, other)
        self.assertEqual(engine.to_raw(field, other), {"s": "maybe", "s.maybe": "Un mardi"})
        self.assertRefused(field, {"s": "maybe", "s.maybe": " "}, "no_words")
        self.assertRefused(field, {"s": "maybe", "s.maybe": "x" * 256}, "too_long")
        self.assertEqual(check([field], {"s.maybe": "ignored"}), ({}, {}))
        several = Field("s", "multi_selection", options=OPTIONS, free=("maybe",))
        raw = {"s": ["maybe", "yes"], "s.maybe": "Un mardi"}
        self.assertAccepted(several, raw, ["yes", other])
        self.assertEqual(engine.to_raw(several, ["yes", other]), {**raw, "s": ["yes", "maybe"]})
        self.assertRefused(several, {"s": ["maybe", "yes"]}, "no_words")
        block = Field("b", "block", rows=(several,))
        answers, _errors = check([block], {"b.0.s": "maybe", "b.0.s.maybe": "Un mardi"})
        self.assertEqual(answers, {"b": [{"s": [other]}]})

    def test_a_condition_names_a_free_choice_whatever_its_words(self):
        for code in ("selection", "multi_selection"):
            for operator, is_shown in (("=", True), ("!=", False), ("set", True)):
                asked = Field("s", code, options=OPTIONS, free=("maybe",))
                shown = Field("b", "char", conditions=(Condition("s", operator, ("maybe",)),))
                answers, _errors = check(
                    [asked, shown], {"s": "maybe", "s.maybe": "Un mardi", "b": "x"}
                )
                self.assertEqual("b" in answers, is_shown, f"{code} {operator}")

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

    def test_a_hidden_field_reads_as_unanswered(self):
        hidden = (Condition("who", "=", ("yes",)),)
        fields = [
            Field("who", "selection", options=OPTIONS),
            Field("proof", "file", conditions=hidden),
            Field("name", "char", conditions=hidden),
            Field("with_proof", "char", conditions=(Condition("proof", "set"),)),
            Field("with_name", "char", conditions=(Condition("name", "=", ("X",)),)),
            Field("without", "char", conditions=(Condition("name", "not set"),)),
            Field("other", "char", conditions=(Condition("name", "!=", ("X",)),)),
        ]
        raw = {field.key: "X" for field in fields} | {"who": "no"}
        answers, _errors = check(fields, raw, file_counts={"proof": 1})
        self.assertEqual(answers, {"who": "no", "without": "X", "other": "X"})
        left = {**answers, "name": "X"}
        self.assertEqual(
            engine.visible_keys(fields, left, {"proof": 1}), ["who", "without", "other"]
        )
        self.assertEqual(
            engine.settle(fields, left, today=TODAY, file_counts={"proof": 1}), answers
        )

    def test_a_hidden_page_hides_its_sections(self):
        fields = [
            Field("who", "selection", options=OPTIONS),
            Field("second", "page", conditions=(Condition("who", "=", ("yes",)),)),
            Field("part", "section"),
            Field("name", "char", required=True),
            Field("third", "page"),
            Field("last", "char"),
        ]
        answers, errors = check(fields, {"who": "no", "name": "X", "last": "Y"})
        self.assertEqual((answers, errors), ({"who": "no", "last": "Y"}, {}))
        self.assertIn("name", check(fields, {"who": "yes", "last": "Y"})[1])

    def test_iban(self):
        field = Field("i", "iban")
        self.assertAccepted(
            field, {"i": "fr76 3000 6000 0112 3456 7890 189"}, "FR7630006000011234567890189"
        )
        for wrong in ("FR7630006000011234567890188", "FR76", "bonjour", "XX00" * 8, "²" * 27):
            self.assertRefused(field, {"i": wrong}, "not_an_iban")

    def test_siret_and_rna(self):
        self.assertAccepted(Field("s", "siret"), {"s": "732 829 320 00074"}, "73282932000074")
        # The post office has its own rule.
        self.assertAccepted(Field("s", "siret"), {"s": "35600000049837"}, "35600000049837")
        self.assertRefused(Field("s", "siret"), {"s": "73282932000075"}, "not_a_siret")
        answers, errors = check([Field("s", "siret")], {"s": "732 829 320"})
        self.assertEqual((answers, dict(errors["s"].params)), ({}, {"count": 9}))
        self.assertAccepted(Field("r", "rna"), {"r": "w551 000001"}, "W551000001")
        self.assertRefused(Field("r", "rna"), {"r": "W55100000"}, "not_a_rna")

    def test_lengths_and_patterns_of_the_administrator(self):
        field = Field(
            "c", "char", min_length=3, max_length=5, pattern="[A-Z]+", pattern_message="Capitals."
        )
        self.assertAccepted(field, {"c": "ABC"}, "ABC")
        self.assertRefused(field, {"c": "AB"}, "too_short")
        self.assertRefused(field, {"c": "ABCDEF"}, "too_long")
        _answers, errors = check([field], {"c": "abc"})
        self.assertEqual(errors["c"], engine.Problem("pattern", (("message", "Capitals."),)))
        # The whole answer is of that form, not a part of it.
        self.assertRefused(field, {"c": "ABCé"}, "pattern")

    def test_no_pattern_holds_a_worker(self):
        field = Field("c", "text", pattern="(a+)+$")
        started = time.monotonic()
        self.assertRefused(field, {"c": "a" * 4990 + "!"}, "pattern")
        self.assertLess(time.monotonic() - started, 2)

    def test_records_are_among_those_that_the_applicant_may_choose(self):
        self.assertAccepted(
            Field("p", "people", behaviour=KINDS["people"]),
            {"p": ["8", "7", "8"]},
            [{"id": 7, "label": "Camille"}, {"id": 8, "label": "Léo"}],
        )
        self.assertAccepted(Field("s", "school"), {"s": "5"}, {"id": 5, "label": "École du Bourg"})
        for field_type, wrong in (
            ("people", ["9"]),
            ("people", ["8", "x"]),
            ("people", "-7"),
            ("home", "4"),
            ("home", "٣"),
            ("school", "5 OR 1=1"),
        ):
            field = Field("f", field_type, behaviour=KINDS[field_type])
            self.assertRefused(field, {"f": wrong}, "not_an_option")

    def test_a_weekly_grid_keeps_the_days_ticked(self):
        field = Field("g", "weekly_grid", options=OPTIONS, days=(1, 2, 4, 5))
        self.assertAccepted(
            field, {"g.yes": ["4", "1"], "g.no": [], "g.other": ["1"]}, {"yes": [1, 4]}
        )
        self.assertRefused(field, {"g.yes": ["3"]}, "not_an_option")
        self.assertEqual(check([field], {"g.yes": ""}), ({}, {}))

    def test_a_block_is_read_row_by_row(self):
        block = Field(
            "kids",
            "block",
            required=True,
            maximum=3,
            rows=(
                Field("first", "char", required=True),
                Field("born", "date"),
                Field("home", "address"),
                Field("why", "char", required=True, conditions=(Condition("born", "not set"),)),
            ),
        )
        raw = {
            "kids.0.first": "Léo",
            "kids.0.born": "2020-05-01",
            "kids.0.why": "hidden",
            "kids.1.first": " ",
            "kids.1.born": "",
            "kids.4.first": "Ana",
            "kids.4.why": "unknown",
            "kids.4.home.street": "1 rue Haute",
            "kids.4.home.commune": "Nancy",
            "kids.x.first": "nobody",
            "kids.01.first": "nobody",
            "kids.2": "nobody",
        }
        answers, errors = check([block], raw)
        self.assertFalse(errors)
        self.assertEqual(answers["kids"][0], {"first": "Léo", "born": "2020-05-01"})
        self.assertEqual(answers["kids"][1]["home"]["commune"], "Nancy")
        self.assertEqual(len(answers["kids"]), 2, "empty rows are dropped")
        _answers, errors = check([block], {**raw, "kids.4.first": "", "kids.4.home.street": ""})
        self.assertEqual(
            {key: problem.code for key, problem in errors.items()},
            {"kids.4.first": "missing", "kids.4.home": "incomplete_address"},
        )
        self.assertRefused(block, {"kids.0.first": ""}, "missing")
        many = {f"kids.{number}.first": "x" for number in range(4)}
        self.assertRefused(block, many, "too_many_rows")

    def test_an_optional_block_has_a_minimum_once_it_is_begun(self):
        block = Field("kids", "block", minimum=2, rows=(Field("first", "char"),))
        self.assertEqual(check([block], {}), ({}, {}))
        self.assertRefused(block, {"kids.0.first": "Léo"}, "too_few_rows")

    def test_a_row_looks_at_its_own_answers_and_above(self):
        block = Field(
            "kids",
            "block",
            rows=(
                Field("first", "char"),
                Field("meal", "boolean", conditions=(Condition("canteen", "=", ("1",)),)),
                Field("diet", "char", conditions=(Condition("meal", "=", ("1",)),)),
            ),
        )
        fields = [Field("canteen", "boolean"), block]
        raw = {
            "kids.0.first": "Léo",
            "kids.0.meal": "1",
            "kids.0.diet": "sans porc",
            "kids.1.first": "Ana",
            "kids.1.meal": "0",
            "kids.1.diet": "sans viande",
        }
        answers, _errors = check(fields, {**raw, "canteen": "1"})
        self.assertEqual(
            answers["kids"],
            [
                {"first": "Léo", "meal": True, "diet": "sans porc"},
                {"first": "Ana", "meal": False},
            ],
        )
        self.assertEqual(
            check(fields, {**raw, "canteen": "0"})[0]["kids"], [{"first": "Léo"}, {"first": "Ana"}]
        )
        # The same once the answer above is corrected.
        settled = engine.settle(fields, {**answers, "canteen": False}, today=TODAY)
        self.assertEqual(settled["kids"], [{"first": "Léo"}, {"first": "Ana"}])

    def test_a_block_asked_again_alone_knows_the_answers_above(self):
        fields = [
            Field("canteen", "boolean"),
            Field(
                "kids",
                "block",
                conditions=(Condition("canteen", "=", ("1",)),),
                rows=(
                    Field("first", "char"),
                    Field(
                        "diet",
                        "char",
                        required=True,
                        conditions=(Condition("canteen", "=", ("1",)),),
                    ),
                ),
            ),
        ]
        known = {"canteen": True, "kids": [{"first": "Leo", "diet": "x"}]}
        answers, errors = engine.validate_alone(
            fields,
            {"kids"},
            {"kids.0.first": "Léo", "kids.0.diet": "sans porc"},
            known,
            today=TODAY,
        )
        self.assertEqual((answers, errors), ({"kids": [{"first": "Léo", "diet": "sans porc"}]}, {}))
        _answers, errors = engine.validate_alone(
            fields, {"kids"}, {"kids.0.first": "Léo"}, known, today=TODAY
        )
        self.assertEqual(list(errors), ["kids.0.diet"])

    def test_conditions_on_numbers_and_dates(self):
        for field_type, raw, operator, value, is_shown in (
            ("integer", "3", "<", "4", True),
            ("integer", "4", "<", "4", False),
            ("integer", "4", "<=", "4", True),
            ("integer", "10", ">", "9", True),
            ("integer", "4", ">=", "4,5", False),
            ("integer", "", "<", "4", False),
            ("integer", "12", "=", "012", True),
            ("date", "2026-03-24", "<", "01/04/2026", True),
            ("date", "2026-04-01", "<", "2026-04-01", False),
            ("date", "2026-04-01", ">=", "2026-04-01", True),
            ("date", "24/03/2026", "=", "2026-03-24", True),
            ("char", "3", "<", "4", False),
            ("integer", "3", "<", "x", False),
        ):
            with self.subTest(f"{field_type} {raw} {operator} {value}"):
                fields = [
                    Field("a", field_type),
                    Field("b", "char", conditions=(Condition("a", operator, (value,)),)),
                ]
                answers, _errors = check(fields, {"a": raw, "b": "x"})
                self.assertEqual("b" in answers, is_shown)

    def test_an_answer_above_makes_another_required(self):
        """Of questions, files, blocks, rows of a block."""
        other = (Condition("who", "=", ("yes",)),)
        name, first = Field("n", "char"), Field("first", "boolean")
        inner = Field("c", "char", require=(Condition("first", "=", ("1",)),))
        for field, raw, missing in (
            (Field("a", "char", require=other), {}, "a"),
            (Field("a", "file", require=other), {}, "a"),
            (Field("a", "char", require=other, conditions=(Condition("who", "set"),)), {}, "a"),
            (Field("b", "block", rows=(name,), require=other), {}, "b"),
            (
                Field("b", "block", rows=(name, Field("c", "char", require=other))),
                {"b.0.n": "x"},
                "b.0.c",
            ),
            (Field("b", "block", rows=(first, inner)), {"b.0.first": "1"}, "b.0.c"),
        ):
            fields = [Field("who", "boolean"), field]
            for value, expected in (("1", {missing}), ("0", set())):
                typed = {**raw, "who": value}
                if "b.0.first" in raw:
                    typed["b.0.first"] = value
                with self.subTest(f"{field.type} {missing} {value}"):
                    answers, errors = check(fields, typed, keeps_rows=True)
                    self.assertEqual(set(errors), expected)
                    self.assertEqual(set(engine.find_missing(fields, answers)), expected)
        who = Field("who", "boolean")
        # Hidden, it is not asked; unanswered above, it is optional.
        hidden = Field("a", "char", require=other, conditions=(Condition("who", "=", ("0",)),))
        self.assertFalse(check([who, hidden], {"who": "1"})[1])
        self.assertFalse(check([who, Field("a", "char", require=other)], {})[1])

    def test_required_when_all_or_one_of_its_conditions_hold(self):
        both = (Condition("a", "=", ("1",)), Condition("b", "=", ("1",)))
        for any_require, a, b, is_required in (
            (False, "1", "1", True),
            (False, "1", "0", False),
            (True, "1", "0", True),
            (True, "0", "0", False),
        ):
            last = Field("c", "char", require=both, any_require=any_require)
            _answers, errors = check(
                [Field("a", "boolean"), Field("b", "boolean"), last], {"a": a, "b": b}
            )
            self.assertEqual("c" in errors, is_required)

    def test_all_the_conditions_or_one(self):
        held = (Condition("a", "=", ("1",)), Condition("b", "=", ("1",)))
        for any_condition, a, b, is_shown in (
            (False, "1", "1", True),
            (False, "1", "0", False),
            (True, "1", "0", True),
            (True, "0", "0", False),
        ):
            fields = [
                Field("a", "boolean"),
                Field("b", "boolean"),
                Field("c", "char", conditions=held, any_condition=any_condition),
            ]
            answers, _errors = check(fields, {"a": a, "b": b, "c": "x"})
            self.assertEqual("c" in answers, is_shown)

    def test_a_visitor_is_not_asked_what_needs_an_account(self):
        kid = Field("kid", "people", behaviour=KINDS["people"])
        fields = [
            Field("who", "people", required=True, behaviour=KINDS["people"]),
            Field("more", "char", required=True, conditions=(Condition("who", "set"),)),
            Field("kids", "block", rows=(kid, Field("age", "integer"))),
        ]
        self.assertEqual(
            check(
                engine.without_account(fields),
                {"who": "7", "more": "x", "kids.0.kid": "8", "kids.0.age": "4"},
            ),
            ({"kids": [{"age": 4}]}, {}),
        )
