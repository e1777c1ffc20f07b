import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BuilderCommon


@tagged("post_install", "-at_install")
class TestLayout(BuilderCommon):
    def test_a_field_is_added_where_the_manager_is(self):
        field = self._add("char", after=self._field("address"))
        self.assertEqual(self._keys()[:3], ["place", "address", "short_text"])
        self.assertFalse(field.label)
        self.assertEqual(
            self.published.field_ids.sorted().mapped("key")[1:3], ["address", "dwelling"]
        )

    def test_a_section_moves_with_its_questions(self):
        section = self._add("section", label="Pour finir")
        note = self._add("text", after=section, label="Remarque")
        self.draft.builder_move(section.id, False)
        self.assertEqual(self._keys()[:3], ["pour_finir", "remarque", "place"])
        self.draft.builder_move(section.id, self._field("proof").id)
        self.assertEqual(self._keys()[-2:], ["pour_finir", "remarque"])
        self.assertEqual(note.version_id, self.draft)
        with self.assertRaises(UserError):
            self.draft.builder_move(section.id, note.id)

    def test_a_page_moves_with_its_sections(self):
        page = self._add("page", label="Fin")
        self._add("section", label="Avis")
        self._add("text", label="Votre avis")
        self.draft.builder_move(page.id, False)
        self.assertEqual(self._keys()[:4], ["fin", "avis", "votre_avis", "place"])

    def test_questions_enter_and_leave_a_block(self):
        block = self._add("block", label="Véhicules")
        plate = self._add("char", after=block, block_key="vehicules", label="Plaque")
        colour = self._add("char", after=plate, block_key="vehicules", label="Teinte")
        self.assertEqual((plate.block_key, colour.block_key), ("vehicules", "vehicules"))
        self.assertEqual(self._keys()[-3:], ["vehicules", "plaque", "teinte"])
        # Out, at the same place; in again.
        self.draft.builder_move(colour.id, plate.id, False)
        self.assertFalse(colour.block_key)
        self.draft.builder_move(colour.id, plate.id, "vehicules")
        self.assertEqual(colour.block_key, "vehicules")
        # Between two questions of a block there is no doubt.
        note = self._field("note")
        self.draft.builder_move(note.id, plate.id, False)
        self.assertEqual(note.block_key, "vehicules")
        # The block goes with all of it.
        self.draft.builder_move(block.id, False)
        self.assertEqual(self._keys()[:4], ["vehicules", "plaque", "note", "teinte"])

    def test_what_a_block_cannot_hold_goes_below_it(self):
        block = self._add("block", label="Véhicules")
        self._add("char", after=block, block_key="vehicules", label="Plaque")
        self._add("char", block_key="vehicules", label="Teinte")
        for field_type in ("section", "file", "consent", "computed", "block", "page"):
            field = self._add(field_type, after=block, block_key="vehicules")
            with self.subTest(field_type):
                self.assertFalse(field.block_key)
                self.assertEqual(self._keys()[-4:-1], ["vehicules", "plaque", "teinte"])
            self.draft.builder_delete(field.id)

    def test_a_copy_is_a_question_of_its_own(self):
        result = self.draft.builder_duplicate(self._field("dwelling").id)
        copy = self.draft.field_ids.browse(result["field_id"])
        self.assertEqual(copy.label, "Type de logement (copy)")
        self.assertNotEqual(copy.key, "dwelling")
        self.assertEqual(copy.option_ids.mapped("value"), ["main", "secondary"])
        self.assertTrue(copy.required)
        self.assertEqual(self._keys()[3], copy.key, "just below")

    def test_a_copied_block_is_whole_and_depends_on_itself(self):
        block = self._add("block", label="Véhicules")
        yes = self._add("boolean", after=block, block_key="vehicules", label="Remorque")
        weight = self._add("integer", after=yes, block_key="vehicules", label="Poids")
        self._save(weight, "conditions", [{"key": "remorque", "operator": "=", "value": "1"}])
        result = self.draft.builder_duplicate(block.id)
        copy = self.draft.field_ids.browse(result["field_id"])
        rows = self.draft.field_ids.filtered(lambda field: field.block_key == copy.key).sorted()
        self.assertEqual(rows.mapped("label"), ["Remorque", "Poids"])
        self.assertEqual(rows[1].condition_ids.key, rows[0].key)
        self.assertNotEqual(rows[0].key, "remorque")

    def test_what_is_removed_comes_back_whole(self):
        dwelling = self._field("dwelling")
        persons = self._field("persons")
        before = [field._get_builder_values() for field in self.draft.field_ids.sorted()]
        result = self.draft.builder_delete(dwelling.id)
        self.assertNotIn("dwelling", self._keys())
        self.assertTrue(
            any(problem["field_id"] == persons.id for problem in result["state"]["problems"]),
            "its condition lost its question",
        )
        self.draft.builder_restore(result["removed"])
        after = [field._get_builder_values() for field in self.draft.field_ids.sorted()]
        self.assertEqual(after, before)

    def test_words_in_another_language_come_back_too(self):
        self.env["res.lang"]._activate_lang("en_US")
        plate = self._add("selection", label="Kind of vehicle", help="Look at the registration")
        self._save(plate, "choices", ["Car", "Bicycle"])
        self._save(plate, "pattern_message", "As on the registration")
        french = plate.with_context(lang="fr_FR")
        french.write({"label": "Type de véhicule", "help": "Regardez la carte grise"})
        for option, label in zip(french.option_ids.sorted(), ("Voiture", "Vélo"), strict=True):
            option.label = label
        removed = self.draft.builder_delete(plate.id)["removed"]
        # By the browser.
        self.draft.builder_restore(json.loads(json.dumps(removed)))
        plate = self._field("kind_of_vehicle")
        copy = plate.browse(self.draft.builder_duplicate(plate.id)["field_id"])
        for field, ending, french_ending in ((plate, "", ""), (copy, " (copy)", " (copie)")):
            field = field.with_context(lang="fr_FR")
            self.assertEqual(field.label, f"Type de véhicule{french_ending}")
            self.assertEqual(field.help, "Regardez la carte grise")
            self.assertEqual(field.option_ids.sorted().mapped("label"), ["Voiture", "Vélo"])
            field = field.with_context(lang="en_US")
            self.assertEqual(field.label, f"Kind of vehicle{ending}")
            self.assertEqual(field.help, "Look at the registration")
            self.assertEqual(field.pattern_message, "As on the registration")
            self.assertEqual(field.option_ids.sorted().mapped("label"), ["Car", "Bicycle"])

    def test_what_comes_back_writes_words_only(self):
        """What is put back comes from the browser: it names columns and languages."""
        removed = self.draft.builder_delete(self._field("note").id)["removed"]
        removed["fields"][0]["translations"] = {
            "label": {"xx_XX": "Rien", "en_US": "Note"},
            "key": {"en_US": "other"},
            "create_uid": {"en_US": "1"},
        }
        removed["fields"][0].update(version_id=self.published.id, colour="red")
        self.draft.builder_restore(removed)
        self.assertEqual(self._field("note").with_context(lang="en_US").label, "Note")

    def test_a_block_is_removed_and_restored_with_its_questions(self):
        block = self._add("block", label="Véhicules")
        self._add("char", after=block, block_key="vehicules", label="Plaque")
        result = self.draft.builder_delete(block.id)
        self.assertEqual(self._keys()[-1], "proof")
        self.draft.builder_restore(result["removed"])
        self.assertEqual(self._keys()[-2:], ["vehicules", "plaque"])
        self.assertEqual(self._field("plaque").block_key, "vehicules")
        with self.assertRaises(UserError):
            self.draft.builder_restore(result["removed"])

    def test_the_questions_of_a_removed_section_stay(self):
        self.draft.builder_delete(self._field("place").id)
        self.assertEqual(self._keys()[0], "address")

    def test_a_field_that_a_colleague_removed_is_told(self):
        address = self._field("address")
        self.draft.builder_delete(address.id)
        for attempt in (
            lambda: self.draft.builder_move(address.id, False),
            lambda: self.draft.builder_duplicate(address.id),
            lambda: self.draft.builder_delete(address.id),
            lambda: self.draft.builder_add("char", address.id),
        ):
            with self.assertRaisesRegex(UserError, "no longer in the form"):
                attempt()

    def test_fields_of_another_procedure_are_out_of_reach(self):
        other = self._procedure("Autre", "AUTRE", self.waste, publish=False)
        foreign = other.version_ids.field_ids[0]
        with self.assertRaises(UserError):
            self.draft.builder_delete(foreign.id)
        self.assertTrue(foreign.exists())
        with self.assertRaises(UserError):
            self.draft.builder_add("unknown")

    def test_a_long_form_costs_no_more_than_a_short_one(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.draft.builder_refresh()
            return self.env.cr.sql_log_count - before

        count()  # Access rights and translations enter the registry's cache.
        short = count()
        for _time in range(10):
            for field in ("dwelling", "persons"):
                self.draft.builder_duplicate(self._field(field).id)
        self.assertEqual(len(self.draft.field_ids), 27)
        self.assertLessEqual(count(), short + 1)
