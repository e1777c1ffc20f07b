import json
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.tests.test_engine import raw_values

from .common import AllotmentCommon

some = settings(max_examples=15)


@tagged("post_install", "-at_install")
class TestFieldType(AllotmentCommon):
    """A type of question of a service: its own records, chosen in the light of another answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plots[0].garden, cls.plots[1].garden = "river", "hill"

    @classmethod
    def _allotment_form(cls):
        return [
            *super()._allotment_form(),
            {
                "key": "garden",
                "type": "selection",
                "label": "Jardin",
                "option_ids": [
                    Command.create({"value": "river", "label": "De la rivière"}),
                    Command.create({"value": "hill", "label": "De la côte"}),
                ],
            },
            {"key": "plot", "type": "plot", "label": "Parcelle", "required": True},
            {"key": "others", "type": "block", "label": "Autres parcelles"},
            {"key": "other", "type": "plot", "label": "Parcelle", "block_key": "others"},
        ]

    def _question(self, key="plot"):
        return self.allotment.version_id.field_ids.filtered(lambda field: field.key == key)

    def test_it_is_offered_and_checked_like_the_others(self):
        labels = dict(self.env["procedure.field"]._fields["type"]._description_selection(self.env))
        self.assertEqual(labels["plot"], "Plot")
        with self.assertRaisesRegex(AnswersInvalid, "Choose a plot"):
            self._ask()

    def test_it_says_what_forbids_the_publication(self):
        draft = self._prepare_question("plot").version_id
        words = "“Question”: its choices are the free plots, not the 1 written here."
        self.assertIn(words, draft._get_problems())
        draft.field_ids.option_ids.unlink()
        self.assertNotIn(words, draft._get_problems())

    def test_choices_depend_on_the_garden(self):
        for garden, names in (("river", ["A1"]), ("hill", ["A2"]), ("", ["A1", "A2"])):
            answers = {"garden": garden} if garden else {}
            choices = self._question()._get_record_choices(self.camille.partner_id, answers)
            self.assertEqual([label for _id, label in choices], names)
        plot, elsewhere = self.plots.mapped(lambda plot: str(plot.id))
        with self.assertRaises(AnswersInvalid) as caught:
            self._ask(answers={"garden": "river", "plot": elsewhere})
        self.assertEqual(list(caught.exception.errors), ["plot"])
        answers = {"garden": "river", "plot": plot, "others.0.other": plot}
        self.assertTrue(self._ask(answers=answers))
        # What was read for one garden is not what another one has.
        find = self._question()._get_record_finder(self.camille.partner_id)
        field = self._question()._prepare_engine_field()
        self.assertTrue(find(field, plot, {"garden": "river"}))
        self.assertFalse(find(field, plot, {"garden": "hill"}))

    def test_its_answer_is_read_everywhere(self):
        request = self._ask(answers={"garden": "river", "plot": str(self.plots[0].id)})
        self.assertEqual(request.answers["plot"], {"id": self.plots[0].id, "label": "A1"})
        rows = [row for _section, rows in request._get_answer_sections() for row in rows]
        self.assertIn(("Parcelle", "A1", "plot"), rows)
        index = request.answer_ids.filtered(lambda row: row.key == "plot")
        self.assertEqual(index.value_text, "A1")

    def test_without_its_addon_old_answers_are_read_and_nothing_is_asked(self):
        request = self._ask(answers={"garden": "river", "plot": str(self.plots[0].id)})
        types = self.env["procedure.field.types"]._get_types()
        without = {code: each for code, each in types.items() if code != "plot"}
        with patch.object(
            type(self.env["procedure.field.types"]), "_get_types", lambda self: without
        ):
            rows = [row for _section, rows in request._get_answer_sections() for row in rows]
            self.assertIn(("Parcelle", "A1", "plot"), rows)
            self.assertNotIn("plot", self._ask(self.dominique).answers)

    def test_each_type_reads_back_what_it_shows(self):
        """Whatever is typed: refused with words, or an answer that JSON holds, that the form
        shows and reads back equal, that is read in a text, in a cell and in the index."""
        for code in self.env["procedure.field.types"]._get_types():
            question = self._prepare_question(code)
            typed = raw_values(question._prepare_engine_field())
            chosen = [
                {"any": key}
                for key, _label in question._get_record_choices(self.camille.partner_id)
            ]
            if chosen:
                typed |= st.sampled_from(chosen)
            with self.subTest(code):
                self._check_each(question, typed)

    def _check_each(self, question, typed):
        @some
        @given(typed)
        def check(raw):
            self._check(question, raw)

        check()

    def _check(self, question, raw):
        field = question._prepare_engine_field()
        lookups = self.env["procedure.request"]._get_lookups(
            question.version_id, self.camille.partner_id
        )
        answers, errors = engine.validate([field], raw, **lookups)
        for problem in errors.values():
            self.assertTrue(question._get_error_sentence(question.type, problem).strip())
        if "any" not in answers:
            return
        value = answers["any"]
        self.assertEqual(json.loads(json.dumps(value)), value)
        again, _errors = engine.validate([field], engine.to_raw(field, value), **lookups)
        if question._get_type().holds == "answer":
            self.assertEqual(again, answers)
        self.assertTrue(question._format_answer(value).strip())
        self.assertTrue(question._get_shown(value))
        question._get_cell_reader()(value)
        Request = self.env["procedure.request"]
        communes = Request._get_index_communes(answers)
        for row in Request._prepare_index(question, value, communes):
            self.assertIn(row.get("res_model"), (None, question._get_type().model))

    def _prepare_question(self, code):
        draft = self.allotment.action_new_version()
        draft.field_ids.unlink()
        option = {"value": "yes", "label": "Oui"}
        question = {"key": "any", "type": code, "label": "Question"}
        draft.field_ids = [
            Command.create({**question, "option_ids": [Command.create(option)], "url": "/"})
        ]
        return draft.field_ids

    def test_each_type_says_all_that_its_contract_asks(self):
        for code, each in self.env["procedure.field.types"]._get_types().items():
            with self.subTest(code):
                self.assertEqual(each.code, code)
                self.assertTrue(self.env._(each.label) and self.env._(each.explanation))
                self.assertIn(each.holds, ("answer", "rows", "files", "result", "nothing"))
                self.assertTrue(each.get_missing_sentence(self.env).strip())
