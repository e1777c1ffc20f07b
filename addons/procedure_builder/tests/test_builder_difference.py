from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import BuilderCommon


@tagged("post_install", "-at_install")
class TestDifference(BuilderCommon):
    def _difference(self):
        return self.draft._get_difference(self.published)

    def test_a_copy_changes_nothing(self):
        self.assertEqual(self._difference(), [])

    def test_each_change_is_a_sentence(self):
        note, persons, dwelling = (self._field(key) for key in ("note", "persons", "dwelling"))
        for field, name, value, sentence in (
            (note, "required", True, "Question “Précisions” becomes required"),
            (persons, "required", False, "Question “Nombre de personnes” becomes optional"),
            (persons, "conditions", [], "Question “Nombre de personnes” is now always shown"),
            (
                note,
                "conditions",
                [{"key": "dwelling", "operator": "=", "value": "main"}],
                "Question “Précisions”: Shown if “Type de logement” is “Résidence principale”",
            ),
            (
                dwelling,
                "choices",
                ["Résidence principale", "Résidence secondaire ou de vacances", "Vacant"],
                "Question “Type de logement”: choice “Résidence secondaire” becomes "
                "“Résidence secondaire ou de vacances”",
            ),
            (
                persons,
                "max_value",
                12,
                "Question “Nombre de personnes”: “Maximum” goes from “20” to “12”",
            ),
            (
                note,
                "help",
                "Dites tout",
                "Question “Précisions”: the help text changes",
            ),
            (
                self._field("date_in"),
                "date_limit",
                "past",
                "Question “Date d'arrivée”: “Accepted dates” goes from “nothing” to "
                "“Today or before”",
            ),
            (
                self._field("place"),
                "label",
                "Votre logement",
                "Section “Votre logement”: its words were “Le logement”",
            ),
        ):
            with self.subTest(sentence):
                self.assertNotIn(sentence, self._difference())
                self._save(field, name, value)
                self.assertIn(sentence, self._difference())
        self.assertIn("Question “Type de logement”: choice “Vacant” added", self._difference())

    def test_added_removed_moved(self):
        self._add("char", after=self._field("note"), label="Bâtiment")
        self.draft.builder_delete(self._field("proof").id)
        self.draft.builder_move(self._field("date_in").id, self._field("place").id)
        self.assertEqual(
            self._difference(),
            [
                "Question “Bâtiment” added",
                "Document “Justificatif de domicile” removed",
                "Moved: Question “Date d'arrivée”",
            ],
        )

    def test_the_difference_is_read_before_publication(self):
        self._save(self._field("note"), "required", True)
        difference = self.draft.builder_get_difference()
        self.assertEqual(difference["number"], self.published.number)
        self.assertEqual(difference["sentences"], ["Question “Précisions” becomes required"])
        # A colleague goes on meanwhile.
        self._save(self._field("note"), "label", "Remarque")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.draft.builder_publish(difference["stamp"])
        self.assertEqual(self.draft.state, "draft")
        state = self.draft.builder_publish(self.draft.builder_get_difference()["stamp"])
        self.assertEqual(state["state"], "published")
        self.assertEqual(self.procedure.version_id, self.draft)

    def test_the_sheet_shows_the_difference_before_it_publishes(self):
        self._save(self._field("note"), "required", True)
        procedure = self.procedure.with_user(self.manager)
        for sheet in (procedure, self.draft):
            action = sheet.action_review_publication()
            self.assertEqual(
                (action["tag"], action["params"]),
                ("procedure_builder.publish", {"version_id": self.draft.id}),
            )
        self.assertEqual(self.draft.state, "draft", "nothing is published before it is confirmed")
        # Each sheet's button leads there, and none publishes at once.
        for model in ("procedure.procedure", "procedure.version"):
            view = self.env[model].with_user(self.manager).get_view(view_type="form")
            self.assertIn('name="action_review_publication"', view["arch"])
            self.assertNotIn('name="action_publish"', view["arch"])

    def test_the_sheet_says_first_what_prevents_publication(self):
        self._add("selection", label="Couleur du bac")
        with self.assertRaisesRegex(ValidationError, "Couleur du bac"):
            self.procedure.with_user(self.manager).action_review_publication()

    def test_a_suspended_procedure_without_draft_is_put_back_at_once(self):
        self.draft.unlink()
        procedure = self.procedure.with_user(self.manager)
        procedure.action_suspend()
        self.assertFalse(procedure.action_review_publication())
        self.assertEqual(procedure.state, "published")

    def test_what_prevents_publication_names_the_field(self):
        self._add("selection", label="Couleur du bac")
        self.procedure.processing_id = False
        problems = self.draft.builder_refresh()["problems"]
        self.assertTrue(any("Couleur du bac" in each["sentence"] for each in problems))
        self.assertTrue(any("register" in each["sentence"] for each in problems))
        sentences = [each["sentence"] for each in problems]
        self.assertEqual(len(sentences), len(set(sentences)))
        with self.assertRaises(ValidationError):
            self.draft.builder_publish(self.draft.builder_get_difference()["stamp"])

    def test_the_versions_say_who_and_when(self):
        self._save(self._field("note"), "required", True)
        self.draft.action_publish()
        rows = self.draft.builder_get_history()
        self.assertEqual([row["number"] for row in rows], [2, 1])
        self.assertEqual(rows[0]["author"], self.manager.name)
        self.assertRegex(rows[0]["date"], r"^\d\d/\d\d/\d{4} \d\d:\d\d$")
        self.assertEqual(rows[0]["sentences"], ["Question “Précisions” becomes required"])
        self.assertEqual(rows[1]["sentences"], [])
