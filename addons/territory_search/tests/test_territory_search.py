from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from ..models.territory_search import MOST_WORDS


class Page:
    """A record that is searched, of whatever model."""

    def __init__(self, title, keywords="", summary="", topic=""):
        self.texts = (title, keywords, summary, topic)

    def _get_search_texts(self):
        return self.texts


@tagged("post_install", "-at_install")
class TestTerritorySearch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.search.synonym"].search([]).active = False
        cls.env["territory.search.elsewhere"].search([]).active = False
        cls.bin = Page("Demander un bac à ordures", "conteneur", "Votre bac est cassé.", "Déchets")
        cls.badge = Page("Demander un badge de déchèterie", "", "Badge perdu.", "Déchets")
        cls.canteen = Page("Inscrire à la cantine", "périscolaire", "Le dossier de l'année.")
        cls.pages = [cls.bin, cls.badge, cls.canteen]

    def _find(self, typed):
        return self.env["territory.search"]._find(typed, [self.pages])

    def _synonym(self, name, meaning=""):
        self.env["territory.search.synonym"].create({"name": name, "meaning": meaning})

    def _elsewhere(self, words, **values):
        return self.env["territory.search.elsewhere"].create(
            {"name": "Sujet", "words": words, "answer": "À la mairie.", **values}
        )

    def test_small_words_accents_plural_and_gender_do_not_count(self):
        for typed in ("le bac", "BACS", "mon bac est cassée", "casses", "un bac à moi"):
            self.assertEqual(self._find(typed).records[0], self.bin, typed)
        for typed in ("le la les", "à", "", "?", "d'", "\0"):
            self.assertEqual(self._find(typed).records, [], typed)

    def test_of_a_long_text_the_first_words_are_read(self):
        others = "mot " * MOST_WORDS
        self.assertEqual(self._find(f"bac {others}").records[0], self.bin)
        self.assertEqual(self._find(f"{others} bac").records, [])

    def test_a_slip_is_forgiven(self):
        for typed in ("cantinne", "cantyne", "la cantin", "periscolair", "lacantine"):
            self.assertEqual(self._find(typed).records, [self.canteen], typed)
        self.assertEqual(self._find("xylophone").records, [])

    def test_another_word_is_no_slip(self):
        identity = self._elsewhere("passeport")
        election = self._elsewhere("élection")
        for typed in ("passé", "le camion est pas passé", "passer", "passe-partout"):
            self.assertFalse(self._find(typed).elsewhere, typed)
        for typed in ("passport", "paseport", "passeports", "passeprot", "paceport"):
            self.assertEqual(self._find(typed).elsewhere, identity, typed)
        self.pages.append(signal := Page("Signaler un oubli"))
        self.addCleanup(self.pages.remove, signal)
        self.assertEqual(self._find("légaliser une signature").records, [])
        # An apostrophe is missing only before a word that exists: « s'électif » does not.
        self.assertFalse(self._find("tri sélectif").elsewhere)
        self.assertEqual(self._find("inscription délections").elsewhere, election)

    def test_the_sound_of_a_word_is_enough(self):
        self.pages.append(new := Page("Nouveau, pharmacie, qualité"))
        self.addCleanup(self.pages.remove, new)
        for typed in ("nouvo", "farmacie", "kalité"):
            self.assertEqual(self._find(typed).records, [new], typed)

    def test_the_longest_expression_says_what_is_meant(self):
        wedding = self._elsewhere("mariage, pacs")
        paper = self._elsewhere("acte mariage")
        self.assertEqual(self._find("copie de l'acte de mariage").elsewhere, paper)
        self.assertEqual(self._find("mariage").elsewhere, wedding)
        self.assertEqual(self._find("acte de mariage et pacs").elsewhere, paper | wedding)

    def test_without_the_extension_the_rest_works(self):
        with patch.object(self.env.registry, "has_trigram", False):
            self.assertEqual(self._find("cantines").records, [self.canteen])
            self.assertEqual(self._find("cantyne").records, [])

    def test_the_apostrophe_may_be_missing(self):
        self.pages.append(water := Page("Eau"))
        self.addCleanup(self.pages.remove, water)
        self.assertEqual(self._find("branchement deau").records, [water])

    def test_any_word_is_enough_and_the_best_comes_first(self):
        records = self._find("badge ou bac cassé").records
        self.assertEqual(set(records), {self.badge, self.bin})
        self.assertEqual(records[0], self.bin)
        self.assertEqual(self._find("perdu").records, [self.badge])
        by_title = Page("Cantine")
        by_topic = Page("Autre", topic="Cantine")
        found = self.env["territory.search"]._find("cantine", [[by_topic], [by_title]])
        self.assertEqual(found.records[0], by_title)

    def test_everyday_words_are_those_of_the_staff(self):
        self.assertEqual(self._find("poubelle").records, [])
        self._synonym("poubelle, sac noir", "bac")
        found = self._find("ma poubelle")
        self.assertEqual((found.records, found.meant), ([self.bin], ["bac"]))
        self.assertEqual(self._find("un sac tout noir").records, [self.bin])
        self.assertEqual(self._find("sac").records, [], "All the words of an expression")
        self._synonym("demander")
        self.assertEqual(self._find("demander une cantine").records, [self.canteen])

    def test_what_is_not_ours_is_told(self):
        identity = self._elsewhere("carte identité, passeport", phone="34 00")
        for typed in ("passeport", "passport", "ma carte d'identite", "identité carte"):
            self.assertEqual(self._find(typed).elsewhere, identity, typed)
        self.assertFalse(self._find("carte de déchèterie").elsewhere)
        identity.active = False
        self.assertFalse(self._find("passeport").elsewhere)

    def test_what_comes_nearest_is_shown_when_nothing_is_found(self):
        found = self._find("cantonale")
        self.assertEqual((found.records, found.nearest), ([], [self.canteen]))

    def test_a_row_without_word_or_with_a_strange_site_is_refused(self):
        with self.assertRaises(ValidationError):
            self._synonym("  , !", "bac")
        for values in ({"words": "…"}, {"url": "javascript:alert(1)"}, {"url": "http://x.fr"}):
            with self.assertRaises(ValidationError):
                self._elsewhere(**{"words": "mot", **values})

    def test_an_expression_hides_what_its_words_alone_would_mean(self):
        self._synonym("manger", "cantine")
        self._synonym("faire à manger", "bac")
        self.assertEqual(self._find("manger").records, [self.canteen])
        self.assertEqual(self._find("qui peut lui faire à manger").records, [self.bin])

    def test_words_without_meaning_are_searched_where_nothing_else_is_typed(self):
        self._synonym("dossier")
        self.assertEqual(self._find("dossier").records, [self.canteen])
        self.assertEqual(self._find("dossier badge").records, [self.badge])
        self.assertEqual(self._find("dossier xyzzy").records, [])

    def test_it_costs_the_same_number_of_queries_with_many(self):
        self._synonym("poubelle", "bac")
        self._elsewhere("passeport")
        self.env["territory.search"]._get_lexicon()
        for pages in (self.pages, [Page(f"Page {number} bac") for number in range(300)]):
            with self.assertQueryCount(2):
                self.env["territory.search"]._find("poubele inconnue", [pages])
            self.env.invalidate_all()

    def test_long_or_hostile_words_do_no_harm(self):
        for typed in ("bac " * 5000, "%_\\'\"(){}&|!:*<>", "' OR 1=1 --", "a" * 100_000):
            self._find(typed)
