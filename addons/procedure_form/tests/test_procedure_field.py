from datetime import date, time
from decimal import Decimal

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .common import FormCommon


@tagged("post_install", "-at_install")
class TestField(FormCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._procedure("Clés", "CLES", cls.waste, publish=False).version_ids

    def _add(self, **vals):
        return self.env["procedure.field"].create({"version_id": self.draft.id, **vals})

    def test_a_key_is_made_from_the_label(self):
        for label, key in (
            ("Nom de l’élève", "nom_de_l_eleve"),
            ("Nom de l’élève", "nom_de_l_eleve_2"),
            ("3e enfant ?", "q_3e_enfant"),
            ("Cœur", "coeur"),
            ("Contact email", "q_contact_email"),
            ("???", "question"),
            ("Mot " * 30, "mot_mot_mot_mot_mot_mot_mot_mot_mot_mot"),
            ("Type de logement", "type_de_logement"),
        ):
            self.assertEqual(self._add(label=label).key, key)
        self.assertEqual(self._add(type="section").key, "section")

    def test_a_key_stays_when_the_label_changes(self):
        field = self._add(label="Prénom")
        field.label = "Autre"
        self.assertEqual(field.key, "prenom")

    def test_several_fields_at_once_have_a_key_each(self):
        self.draft.field_ids = [
            Command.create({"label": "Ville", "sequence": 90}),
            Command.create({"label": "Ville", "sequence": 91}),
            Command.create({"label": "Autre", "key": "ville_2", "sequence": 92}),
        ]
        self.assertEqual(self.draft.field_ids[-3:].mapped("key"), ["ville", "ville_3", "ville_2"])

    def test_a_new_question_never_takes_the_key_of_an_old_one(self):
        """Otherwise the export would mix two questions in one column."""
        self.draft.field_ids = [Command.create({"label": "Ville", "sequence": 90})]
        procedure = self.draft.procedure_id
        procedure.action_publish()
        draft = procedure.action_new_version()
        draft.field_ids.filtered(lambda field: field.key == "ville").unlink()
        field = self.env["procedure.field"].create({"version_id": draft.id, "label": "Ville"})
        self.assertEqual(field.key, "ville_2")
        with self.assertRaises(ValidationError) as caught:
            field.write({"key": "ville", "type": "integer"})
        self.assertIn(
            "“Ville”: the key “ville” has another type in version 1", str(caught.exception)
        )

    def test_keys_that_the_page_keeps_for_itself(self):
        for key in ("contact_email", "piece_12", "csrf_token"):
            with self.assertRaises(ValidationError):
                self._add(label="x", key=key)

    def test_conditions_are_frozen_with_the_form(self):
        version = self.procedure.version_id
        condition = version.field_ids.condition_ids[0].with_user(self.manager)
        for attempt in (
            lambda: condition.write({"value": "secondary"}),
            lambda: condition.unlink(),
            lambda: condition.copy({"key": "address"}),
            lambda: condition.create({"field_id": condition.field_id.id, "key": "address"}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()

    def test_nothing_moves_into_a_published_form(self):
        published = self.procedure.version_id.field_ids
        asked = published.filtered("option_ids")[0]
        option = self.draft.field_ids.option_ids[0].with_user(self.manager)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            option.write({"field_id": asked.id, "value": "moved"})
        self.assertNotIn(option, asked.option_ids)

    def test_who_reads_and_writes_conditions(self):
        condition = self.draft.field_ids.condition_ids
        for user in (self._form_reader(), self.env.ref("base.public_user")):
            self.assertFalse(condition.with_user(user).search([("id", "=", condition.id)]))
            published = self.procedure.version_id.field_ids.condition_ids.with_user(user)
            self.assertEqual(published.key, "dwelling")
        for user in (self.agent, self.secretary, self.communication, self.dpo):
            self.assertEqual(condition.with_user(user).key, "dwelling")
            for attempt in ("write", "create", "unlink"):
                self.assertFalse(condition.with_user(user).has_access(attempt))
        condition.with_user(self.manager).value = "secondary"
        self.assertEqual(condition.value, "secondary")

    def test_a_new_version_keeps_the_conditions(self):
        draft = self.procedure.action_new_version()
        self.assertEqual(draft.field_ids.condition_ids.mapped("value"), ["main"])

    def test_each_type_is_read_in_one_text(self):
        options = [
            Command.create({"value": "canteen", "label": "Cantine"}),
            Command.create({"value": "care", "label": "Garderie"}),
        ]
        for vals, value, shown in (
            ({"type": "iban"}, "FR7630006000011234567890189", "FR76\xa03000\xa06000"),
            ({"type": "siret"}, "73282932000074", "732\xa0829\xa0320\xa000074"),
            ({"type": "school"}, {"id": 1, "label": "École du Bourg"}, "École du Bourg"),
            ({"type": "computed", "formula": "1"}, 3, "3"),
            (
                {"type": "weekly_grid", "option_ids": options},
                {"care": [5], "canteen": [1, 2]},
                "Cantine\xa0: monday, tuesday ; Garderie\xa0: friday",
            ),
        ):
            field = self._add(label="Question", **vals)
            self.assertIn(shown, field._format_answer(value))

    def test_numbers_amounts_and_times_are_read_in_french(self):
        for vals, value, shown, cell, index in (
            ({"type": "decimal"}, "1250.5", "1\xa0250,5", Decimal("1250.5"), 1250.5),
            ({"type": "amount"}, "12.50", "12,50\xa0€", Decimal("12.50"), 12.5),
            ({"type": "amount"}, "-0.10", "-0,10\xa0€", Decimal("-0.10"), -0.1),
            ({"type": "time"}, "09:30", "9\xa0h\xa030", time(9, 30), "09:30"),
            ({"type": "time"}, "18:00", "18\xa0h", time(18), "18:00"),
            ({"type": "computed", "decimals": 3}, 0.125, "0,125", 0.125, 0.125),
        ):
            field = self._add(label="Question", **vals).with_context(lang="fr_FR")
            self.assertEqual(field._format_answer(value), shown)
            self.assertEqual(field._get_cell_reader()(value), cell)
            (row,) = field._get_type().index(field, value, {})
            self.assertEqual(list(row.values()), [index])

    def test_a_condition_names_them_as_they_are_read(self):
        for code, value, words in (
            ("decimal", "12.5", "12,5"),
            ("amount", "12.5", "12,50\xa0€"),
            ("time", "09:30", "9\xa0h\xa030"),
            ("amount", "x", "x"),
            ("time", "x", "x"),
        ):
            field = self._add(label="Question", type=code).with_context(lang="fr_FR")
            self.assertEqual(field._get_type().get_condition_words(field, value), words)

    def test_the_words_of_a_free_choice_are_read_and_searched(self):
        options = [
            Command.create({"value": "hall", "label": "La salle"}),
            Command.create({"value": "other", "label": "Autre\xa0:", "is_free": True}),
        ]
        other = {"value": "other", "words": "Le préau"}
        for code, value, shown, index in (
            ("selection", other, "Autre\xa0: Le préau", ["other", "Le préau"]),
            ("selection", "hall", "La salle", ["hall"]),
            # As an older version, or its removed choice, had kept it.
            ("selection", "other", "Autre\xa0:", ["other"]),
            (
                "multi_selection",
                ["hall", other],
                "La salle, Autre\xa0: Le préau",
                ["hall,other", "Le préau"],
            ),
        ):
            field = self._add(label="Lieu", type=code, option_ids=options)
            self.assertEqual(field._format_answer(value), shown)
            self.assertEqual(field._get_cell_reader()(value), shown)
            rows = field._get_type().index(field, value, {})
            self.assertEqual([row["value_text"] for row in rows], index)
            # A mail says what was chosen, never what was typed.
            ((_label, said, _key),) = field._get_summary_rows({field.key: value}, {}, "–")
            self.assertEqual(said, shown.replace(" Le préau", ""))

    def test_a_comma_of_a_number_is_not_one_between_values(self):
        for code, value, expected in (
            ("amount", "12,50", ("12,50",)),
            ("decimal", "12,5, 13", ("12,5", "13")),
            ("decimal", "12,5;13,5", ("12,5", "13,5")),
            ("integer", "1,2", ("1", "2")),
            ("char", "a,1;2", ("a", "1;2")),
        ):
            field = self._add(label="Combien", type=code)
            asked = Command.create({"key": field.key, "operator": "in", "value": value})
            condition = self._add(label="Pourquoi", condition_ids=[asked]).condition_ids
            self.assertEqual(condition._to_engine().values, expected, (code, value))
            self.draft.field_ids.unlink()

    def test_days_of_a_grid_are_days(self):
        field = self._add(label="Semaine", type="weekly_grid", grid_days="1, 12,7,8,x,")
        self.assertEqual(field._to_engine()[0].days, (1, 7))

    def test_how_long_a_document_is_valid(self):
        field = self._add(label="Attestation", type="file")
        today = date(2026, 6, 10)
        self.assertFalse(field._get_validity_date(today))
        for vals, season, until in (
            ({"validity_kind": "until", "validity_until": "2026-12-31"}, None, date(2026, 12, 31)),
            ({"validity_kind": "school_year"}, None, date(2026, 8, 31)),
            ({"validity_kind": "school_year"}, "2026-2027", date(2027, 8, 31)),
        ):
            field.write(vals)
            self.assertEqual(field._get_validity_date(today, season), until)
        self.assertEqual(field._get_validity_date(date(2026, 7, 1)), date(2027, 8, 31))

    @users("agent")
    def test_only_managers_ask_what_is_wrong(self):
        with self.assertRaises(AccessError):
            draft = self.env["procedure.version"].browse(self.draft.id)
            draft.procedure_id._get_form_problems(draft)

    def test_the_builder_is_told_what_is_wrong_and_where(self):
        self.draft.procedure_id.processing_id = False
        field = self._add(label="Religion")
        found = self.draft.procedure_id.with_user(self.manager)._get_form_problems(
            self.draft.with_user(self.manager)
        )
        self.assertEqual([problem["field_id"] for problem in found], [False, field.id])
        self.assertIn("register", found[0]["sentence"])
        self.assertIn("“Religion”", found[1]["sentence"])
