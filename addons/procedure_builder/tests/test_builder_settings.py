import json

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.procedure_builder.models.procedure_field_choice import pair

from .common import BuilderCommon


@tagged("post_install", "-at_install")
class TestSettings(BuilderCommon):
    def test_everything_shown_is_what_is_stored(self):
        loaded = self.draft.builder_load()
        dwelling = next(each for each in loaded["state"]["fields"] if each["key"] == "dwelling")
        self.assertEqual(dwelling["label"], "Type de logement")
        self.assertEqual(dwelling["choices"], ["Résidence principale", "Résidence secondaire"])
        self.assertEqual(loaded["state"]["problems"], [])
        types = set(self.env["procedure.field.types"]._get_types())
        self.assertEqual(set(loaded["types"]), types, "each type is explained in the palette")
        consent, commune = loaded["types"]["consent"], loaded["types"]["commune"]
        self.assertEqual(consent["words_label"], "What the person agrees to")
        self.assertEqual([each["value"] for each in consent["choices"]], ["1"])
        self.assertFalse(consent["in_block"])
        self.assertTrue(commune["is_place"] and commune["in_block"])
        groups = {group["code"] for group in loaded["groups"]}
        self.assertTrue(all(each["group"] in groups for each in loaded["types"].values()))

    def test_a_setting_is_stored_and_shown(self):
        field = self._add("integer")
        result = self._save(field, "label", "  Nombre de poules ")
        shown = next(each for each in result["state"]["fields"] if each["id"] == field.id)
        self.assertEqual(shown["label"], "Nombre de poules")
        for name, value in (
            ("required", True),
            ("min_value", 2),
            ("help", "Toutes les poules"),
            ("prefill", "household_size"),
        ):
            self._save(field, name, value)
            self.assertEqual(field[name], value)

    def test_a_choice_is_to_be_specified(self):
        dwelling = self._field("dwelling")
        field = self._save(dwelling, "free_choices", "secondary")["state"]["fields"]
        shown = next(each for each in field if each["id"] == dwelling.id)
        self.assertEqual(shown["free_choices"], "secondary")
        self.assertEqual(dwelling.option_ids.mapped("is_free"), [False, True])
        self.assertIn(
            "Question “Type de logement”: “Résidence secondaire” is to be specified",
            self.draft._get_difference(self.published),
        )
        # It stays when the words are mended, when it is removed and put back, when it is copied.
        self._save(dwelling, "choices", ["Résidence principale", "Résidence secondaire, laquelle"])
        self.assertEqual(dwelling.option_ids.mapped("is_free"), [False, True])
        copy = dwelling.browse(self.draft.builder_duplicate(dwelling.id)["field_id"])
        self.assertEqual(copy.option_ids.mapped("is_free"), [False, True])
        copy.unlink()
        self._save(dwelling, "free_choices", "")
        self.assertFalse(any(dwelling.option_ids.mapped("is_free")))

    def test_no_limit_and_a_limit_of_zero_are_two_things(self):
        persons = self._field("persons")
        difference = self.draft._get_difference
        for value, shown, said in (
            (0, 0, "“Minimum” goes from “1” to “0”"),
            (None, None, "“Minimum” goes from “1” to “nothing”"),
            (-3, -3, "“Minimum” goes from “1” to “-3”"),
        ):
            state = self._save(persons, "min_value", value)["state"]
            field = next(each for each in state["fields"] if each["id"] == persons.id)
            self.assertEqual(json.dumps(field["min_value"]), json.dumps(shown))
            self.assertTrue(any(said in line for line in difference(self.published)), said)
        self._save(persons, "min_value", 0)
        self._save(persons, "max_value", None)
        # Removed and put back, copied: the same limits.
        removed = self.draft.builder_delete(persons.id)["removed"]
        self.draft.builder_restore(json.loads(json.dumps(removed)))
        persons = self._field("persons")
        self.assertEqual((persons.min_value, persons.max_value), (0, None))
        copy = persons.browse(self.draft.builder_duplicate(persons.id)["field_id"])
        self.assertEqual((copy.min_value, copy.max_value), (0, None))
        # A colleague who emptied the box meanwhile is not overwritten by the one who saw 0.
        self._save(persons, "min_value", None)
        result = persons.builder_save({"min_value": 4}, {"min_value": 0})
        self.assertIsNone(result["conflicts"]["min_value"]["value"])
        self.assertIsNone(persons.min_value)

    def test_a_number_that_cannot_be_kept_is_refused_beside_its_setting(self):
        persons = self._field("persons")
        for value in (10**9, -(10**9), 2.5, "trois"):
            result = persons.builder_save({"max_value": value}, {"max_value": 20})
            self.assertIn("nine digits", result["errors"]["max_value"])
        self.assertEqual(persons.max_value, 20)

    def test_the_key_comes_from_the_words_until_it_is_published(self):
        field = self._add("char", label="Numéro d'immatriculation")
        self.assertEqual(field.key, "numero_d_immatriculation")
        depending = self._add("text", label="Détail")
        self._save(
            depending,
            "conditions",
            [{"key": "numero_d_immatriculation", "operator": "set", "value": ""}],
        )
        self._save(field, "label", "Plaque")
        self.assertEqual(field.key, "plaque")
        self.assertEqual(depending.condition_ids.key, "plaque", "what names it follows")
        self.draft.action_publish()
        self.env.flush_all()
        draft = self.procedure.with_user(self.manager).action_new_version()
        again = self._field("plaque", draft)
        self._save(again, "label", "Plaque du véhicule")
        self.assertEqual(again.key, "plaque")
        refused = again.builder_save({"key": "autre"}, {"key": "plaque"})
        self.assertIn("published", refused["errors"]["key"])

    def test_two_questions_of_the_same_words_have_two_keys(self):
        keys = [self._add("char", label="Prénom").key for _time in range(3)]
        self.assertEqual(keys, ["prenom", "prenom_2", "prenom_3"])
        self.assertEqual(self._add("char", label="Address").key, "address_2")
        self.assertEqual(self._add("char", label="2 roues ?").key, "q_2_roues")

    def test_a_formula_follows_the_keys(self):
        count = self._add("integer", label="Enfants")
        result = self._add("computed", label="Total", formula="enfants * 2 + enfants_x")
        self._save(count, "label", "Jeunes")
        self.assertEqual(result.formula, "jeunes * 2 + enfants_x")

    def test_choices_keep_their_values(self):
        dwelling = self._field("dwelling")
        self._save(
            dwelling,
            "choices",
            ["Logement vacant", "Résidence principale ou unique", "Résidence secondaire"],
        )
        self.assertEqual(
            dwelling.option_ids.sorted().mapped(lambda option: (option.value, option.label)),
            [
                ("logement_vacant", "Logement vacant"),
                ("main", "Résidence principale ou unique"),
                ("secondary", "Résidence secondaire"),
            ],
        )
        self._save(dwelling, "choices", ["Résidence secondaire", "Résidence principale ou unique"])
        self.assertEqual(dwelling.option_ids.sorted().mapped("value"), ["secondary", "main"])
        self._save(dwelling, "choices", ["Résidence secondaire", "Logement vacant", "Vacant", ""])
        self.assertEqual(
            dwelling.option_ids.sorted().mapped("label"),
            ["Résidence secondaire", "Logement vacant", "Vacant"],
        )

    def test_a_choice_that_is_being_typed_takes_its_last_words(self):
        colour = self._add("selection", label="Couleur")
        for words in ("V", "Vert", "Vert bouteille"):
            self._save(colour, "choices", ["Bleu", words])
        self.assertEqual(colour.option_ids.sorted().mapped("value"), ["bleu", "vert_bouteille"])
        note = self._field("note")
        self._save(
            note,
            "conditions",
            [{"key": "couleur", "operator": "in", "value": "bleu,vert_bouteille"}],
        )
        self._save(colour, "choices", ["Bleu", "Vert bouteille foncé"])
        self.assertEqual(note.condition_ids.value, "bleu,vert_bouteille_fonce")
        # Other words in the same place are another choice.
        self._save(colour, "choices", ["Bleu", "Rouge"])
        self.assertEqual(colour.option_ids.sorted().mapped("value"), ["bleu", "rouge"])
        self.assertEqual(note.condition_ids.value, "bleu,vert_bouteille_fonce")

    def test_conditions_are_read_in_words(self):
        persons = self._field("persons")
        self.assertEqual(
            persons._get_condition_sentence(),
            "Shown if “Type de logement” is “Résidence principale”",
        )
        self._save(
            persons,
            "conditions",
            [
                {"key": "dwelling", "operator": "in", "value": "main,secondary"},
                {"key": "address", "operator": "set", "value": ""},
            ],
        )
        self._save(persons, "condition_join", "any")
        self.assertEqual(
            persons._get_condition_sentence(),
            "Shown if “Type de logement” is “Résidence principale” or “Résidence secondaire” "
            "or “Adresse” is answered",
        )

    def test_what_the_server_refuses_is_said_beside_the_setting(self):
        note = self._field("note")
        for name, value in (("key", "Pas Une Clé"), ("key", "address"), ("type", "integer")):
            with self.subTest(f"{name} {value}"):
                before = note._get_builder_values()[name]
                result = note.builder_save({name: value}, {name: before})
                self.assertTrue(result["errors"][name])
                self.assertEqual(note._get_builder_values()[name], before)
        with self.assertRaises(UserError):
            note.builder_save({"version_id": self.published.id}, {})

    def test_the_later_of_two_people_is_told(self):
        colleague = self._staff("second_manager", "manager")
        note = self._field("note")
        self._save(note, "label", "Remarques")
        result = note.with_user(colleague).builder_save({"label": "Infos"}, {"label": "Précisions"})
        self.assertEqual(
            result["conflicts"]["label"], {"value": "Remarques", "author": self.manager.name}
        )
        self.assertEqual(note.label, "Remarques", "nothing is lost in silence")
        # Another setting of the same question is nobody's conflict.
        other = note.with_user(colleague).builder_save(
            {"help": "Ce que vous voulez"}, {"help": False}
        )
        self.assertFalse(other["conflicts"])
        # She keeps hers, knowing what she replaces.
        self._save(note.with_user(colleague), "label", "Infos", base={"label": "Remarques"})
        self.assertEqual(note.label, "Infos")

    def test_a_question_is_required_in_some_cases(self):
        note, persons = self._field("note"), self._field("persons")
        shown = persons._get_builder_values()["conditions"]
        row = {"key": "dwelling", "operator": "=", "value": "secondary"}
        state = self._save(note, "require_conditions", [row])["state"]
        said = "Required if “Type de logement” is “Résidence secondaire”"
        field = next(each for each in state["fields"] if each["id"] == note.id)
        self.assertEqual((field["require_conditions"], field["require_sentence"]), ([row], said))
        self.assertEqual((field["conditions"], field["condition_sentence"]), ([], ""))
        self.assertEqual(note.require_ids.purpose, "require")
        self.assertIn(f"Question “Précisions”: {said}", self.draft._get_difference(self.published))
        # It follows the key and the choice that it names, a copy and what is put back.
        homes = ["Résidence principale", "Résidence secondaire"]
        self._save(self._field("dwelling"), "choices", [*homes, "Gîte"])
        first = self._add("boolean", after=self._field("dwelling"), label="Meublé")
        furnished = {"key": "meuble", "operator": "=", "value": "1"}
        self._save(note, "require_conditions", [{**row, "value": "gite"}, furnished])
        self._save(self._field("dwelling"), "choices", [*homes, "Gîte rural"])
        self._save(first, "label", "Meublé ou non")
        self.assertEqual(note.require_ids.mapped("key"), ["dwelling", "meuble_ou_non"])
        self.assertEqual(note.require_ids.mapped("value"), ["gite_rural", "1"])
        self._save(note, "require_conditions", [{**row, "value": "gite_rural"}])
        copy = note.browse(self.draft.builder_duplicate(note.id)["field_id"])
        self.assertEqual(copy.require_ids.mapped("value"), ["gite_rural"])
        self.assertFalse(copy.condition_ids)
        removed = self.draft.builder_delete(note.id)["removed"]
        self.draft.builder_restore(json.loads(json.dumps(removed)))
        note = self._field("note")
        self.assertEqual(note.require_ids.mapped("value"), ["gite_rural"])
        self.assertEqual(self._field("persons")._get_builder_values()["conditions"], shown)
        # The next version keeps it.
        self.draft.field_ids.filtered(lambda field: field.key == copy.key).unlink()
        self.draft.procedure_id.action_publish()
        self.draft = self.draft.procedure_id.action_new_version()
        note = self._field("note")
        self.assertEqual(note.require_ids.mapped("value"), ["gite_rural"])
        # Always required: said no more.
        self._save(note, "required", True)
        self.assertEqual(note._get_require_sentence(), "")

    def test_choices_and_conditions_are_watched_too(self):
        dwelling, persons = self._field("dwelling"), self._field("persons")
        shown = dwelling._get_builder_values()["choices"]
        self._save(dwelling, "choices", [*shown, "Autre"])
        result = dwelling.builder_save({"choices": [*shown, "Vacant"]}, {"choices": shown})
        self.assertEqual(result["conflicts"]["choices"]["value"], [*shown, "Autre"])
        shown = persons._get_builder_values()["conditions"]
        self._save(persons, "conditions", [])
        result = persons.builder_save(
            {"conditions": [{**shown[0], "value": "secondary"}]}, {"conditions": shown}
        )
        self.assertEqual(result["conflicts"]["conditions"]["value"], [])

    def test_a_published_form_no_longer_changes(self):
        field = self._field("note", self.published).with_user(self.manager)
        published = self.published.with_user(self.manager)
        for attempt in (
            lambda: field.builder_save({"label": "Autre"}, {"label": "Précisions"}),
            lambda: published.builder_add("char"),
            lambda: published.builder_move(field.id, False),
            lambda: published.builder_duplicate(field.id),
            lambda: published.builder_delete(field.id),
        ):
            with self.assertRaisesRegex(UserError, "published"):
                attempt()
        # Nor does its own window publish the draft that follows it.
        with self.assertRaisesRegex(UserError, "published"):
            published.builder_publish(published.builder_get_difference()["stamp"])
        self.assertEqual(self.draft.state, "draft")
        self.assertEqual(published.builder_load()["state"]["state"], "published")
        self.assertEqual(published.builder_new_version(), self.draft.id)

    def test_an_answer_is_tried_without_a_request(self):
        count = self.env["procedure.request"].search_count([])
        persons = self._field("persons")
        self.assertEqual(persons.builder_try("4"), {"ok": True, "sentence": "Accepted: 4"})
        self.assertEqual(persons.builder_try("21")["ok"], False)
        self.assertIn("20", persons.builder_try("21")["sentence"])
        self.assertFalse(persons.builder_try("")["ok"], "it is required")
        with self.assertRaises(UserError):
            self._field("proof").builder_try("x")
        self.assertEqual(self.env["procedure.request"].search_count([]), count)

    def test_the_procedure_opens_the_builder(self):
        action = self.procedure.with_user(self.manager).action_open_draft()
        self.assertEqual(
            (action["tag"], action["context"]["active_id"]),
            ("procedure_builder.builder", self.draft.id),
        )


class TestChoices(BaseCase):
    words = st.lists(st.sampled_from("abcdef"), unique=True)

    @given(before=words, after=words)
    @settings(max_examples=200)
    def test_a_choice_has_one_origin_at_most_and_the_same_words_are_the_same_choice(
        self, before, after
    ):
        found = pair(before, after)
        self.assertEqual(len(found), len(after))
        known = [index for index in found if index is not None]
        self.assertEqual(len(known), len(set(known)))
        for label, index in zip(after, found, strict=True):
            if label in before:
                self.assertEqual(index, before.index(label))
