from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from odoo.addons.territory_base import clock

from ..models import territory_search_miss


@tagged("post_install", "-at_install")
class TestTerritorySearchMiss(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Miss = cls.env["territory.search.miss"]
        cls.Miss.search([]).unlink()
        cls.today = clock.today()

    def _keep(self, typed, days=0):
        with freeze_time(self.today + timedelta(days=days)):
            self.Miss._keep(typed)

    def test_words_are_readable_once_typed_on_two_days(self):
        for _time in range(3):
            self._keep("Tondeuse à gazon")
        self.assertFalse(self.Miss.search([]).words, "One person, one day")
        self._keep("tondeuse A GAZON", days=1)
        miss = self.Miss.search([])
        self.assertEqual((miss.words, miss.count), ("tondeuse a gazon", 2))

    def test_numbers_and_addresses_are_never_kept(self):
        for typed in (
            "06 12 34 56 78",
            "jean@exemple.fr",
            "1 84 05 55 040 123 45",
            "FR76 3000",
            "BAC-2026-0001",
            "a",
            "",
            "\0",
        ):
            self._keep(typed)
            self._keep(typed, days=1)
        self.assertFalse(self.Miss.search([]).filtered("words"))
        for days in (0, 1):
            self._keep("appeler jean@exemple.fr au 0612345678 vite", days=days)
        self.assertEqual(self.Miss.search([("words", "!=", False)]).words, "appeler au vite")

    def test_what_one_person_typed_once_is_not_guessed_from_its_digest(self):
        self._keep("tondeuse")
        self.assertNotIn("tondeuse", self.Miss.search([]).digest)
        # Who has the table and not the key of the site tries words in vain.
        self.env["ir.config_parameter"].set_param("database.secret", "une autre")
        self._keep("tondeuse")
        self.assertEqual(len(self.Miss.search([])), 2)

    def test_words_alone_are_kept(self):
        for days in (0, 1):
            self._keep("L'herbe_haute : <b>ici</b> !", days=days)
        self.assertEqual(self.Miss.search([]).words, "l herbe haute b ici b")

    def test_of_a_long_text_the_beginning_is_kept(self):
        for days in (0, 1):
            self._keep("je vous écris au sujet de mon voisin " * 9, days=days)
        self.assertLessEqual(len(self.Miss.search([]).words), 60)

    def test_nothing_says_who_typed(self):
        self._keep("tondeuse")
        row = self.Miss.search([]).read()[0]
        self.assertFalse(row["create_uid"] or row["write_uid"])

    def test_nonsense_that_fills_the_list_hides_nothing_known(self):
        self._keep("tondeuse")
        with patch.object(territory_search_miss, "MOST_ROWS", 1):
            self._keep("xyzzy")
            self._keep("tondeuse", days=1)
        self.assertEqual(self.Miss.search([]).mapped("words"), ["tondeuse"])

    def test_the_table_has_an_end(self):
        self._keep("tondeuse")
        for days in (0, 1):
            self._keep("gazon", days=days)
        with freeze_time(self.today + timedelta(days=40)):
            self.Miss._gc_misses()
        self.assertEqual(self.Miss.search([]).words, "gazon")
        with freeze_time(self.today + timedelta(days=400)):
            self.Miss._gc_misses()
        self.assertFalse(self.Miss.search([]))

    def test_what_was_missed_is_taught_in_one_click(self):
        for days in (0, 1):
            self._keep("tondeuse", days=days)
        action = self.Miss.search([]).action_add_synonym()
        synonym = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(synonym.default_get(["name"]), {"name": "tondeuse"})

    def _miss(self, words):
        for days in (0, 1):
            self._keep(words, days=days)
        return self.Miss.search([("words", "=", words)])

    def test_words_that_resemble_everyday_words_are_proposed_to_mean_the_same(self):
        synonym = self.env["territory.search.synonym"].create(
            {"name": "gazouillis, chant oiseau", "meaning": "oiseau"}
        )
        near, far = self._miss("gazouilleur du soir"), self._miss("qwxzk")
        self.assertEqual((near.synonym_id, far.synonym_id.ids), (synonym, []))
        near.action_join_synonym()
        far.action_join_synonym()
        self.assertEqual(synonym.name, "gazouillis, chant oiseau, gazouilleur du soir")
        near.invalidate_recordset()
        self.assertFalse(near.synonym_id, "known from now on")
        near.synonym_id = synonym
        near.action_join_synonym()
        self.assertEqual(synonym.name.count("gazouilleur"), 1)

    def test_known_words_that_find_nothing_need_an_answer(self):
        self.env["territory.search.synonym"].create({"name": "gazouillis", "meaning": "oiseau"})
        miss = self._miss("gazouillis")
        self.assertFalse(miss.synonym_id)
        action = miss.action_write_answer()
        elsewhere = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(
            elsewhere.default_get(["name", "words"]),
            {"name": "Gazouillis", "words": "gazouillis"},
        )

    def test_proposals_of_many_cost_one_search(self):
        misses = self._miss("tondeuse") + self._miss("brouette") + self._miss("ratissoire")
        misses.env["territory.search"]._get_lexicon()
        misses.invalidate_recordset()
        with self.assertQueryCount(3):
            misses.mapped("synonym_id")
