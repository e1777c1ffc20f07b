from unittest.mock import patch

from markupsafe import Markup

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.territory_base.tests.common import TerritoryCase

from ..document import SearchDocument, cut, read_text
from ..models.territory_search import MOST_WORDS
from ..models.territory_search_guess import MOST_TERMS
from ..models.territory_search_index import Asked
from ..tools.slip import LONGEST, is_slip

HOSTILE = (
    "%",
    "_",
    "' OR 1=1 --",
    "a'b\"c\\",
    "'':*&|!()<->",
    "\0",
    "😀🦄",
    "le la les ",
    "mot " * 2500,
    "x" * 10000,
    "ǅ ﬃ ß İ",
    "\u202e\u200b",
    "[] {} ::int",
)


@tagged("post_install", "-at_install")
class TestTerritorySearchIndex(TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.search.synonym"].search([]).active = False
        cls.env["territory.search.elsewhere"].search([]).active = False
        cls.env["territory.search.page"].search([]).active = False
        cls.Document = cls.env["territory.search.document"]
        cls.Index = cls.env["territory.search.index"]
        cls.env["territory.service"].search([]).active = False
        cls.env.flush_all()
        cls.env.cr.execute("DELETE FROM territory_search_document")
        cls.env.cr.execute("DELETE FROM territory_search_word")
        cls.bin = cls._add("Demander un bac à ordures", keywords="conteneur", kind="procedure")
        cls.bakery = cls._add(
            "Le Fournil", keywords="boulangerie pain", commune_ids=cls.commune.ids
        )
        cls.other_bakery = cls._add(
            "Aux Blés", keywords="boulangerie pain", commune_ids=cls.other_commune.ids
        )
        cls.everywhere = cls._add("Guide du pain", kind="document")

    @classmethod
    def _add(cls, name, kind="sheet", **values):
        number = cls.Document.search_count([]) + 1
        document = SearchDocument(kind=kind, name=name, url=f"/{number}", **values)
        cls.Document._keep("test", {number: document.to_json()})
        return name

    def _find(self, typed, **asked):
        return self._list(typed, **asked).documents.mapped("name")

    def _list(self, typed, **asked):
        return self.Index._list(Asked(typed, **asked))

    # --- words -------------------------------------------------------------------------------

    def test_accents_plurals_slips_and_sounds_find(self):
        for typed in ("bac", "BACS", "les bacs à ordure", "ordur", "conteneurs", "kontener"):
            self.assertEqual(self._find(typed), [self.bin], typed)
        for typed in ("boulangerie", "boulangrie", "BOULANGERIES", "boulanjerie", "boulengeri"):
            self.assertIn(self.bakery, self._find(typed), typed)

    def test_the_very_words_of_a_page_are_found_beside_what_they_mean(self):
        """A village says in its text where its defibrillator is; others only care for health."""
        self.env["territory.search.synonym"].create({"name": "défibrillateur", "meaning": "santé"})
        for number in range(6):
            self._add(f"Cabinet {number}", keywords="santé")
        village = self._add("Clairval", kind="commune", text="Défibrillateur : mur de la salle")
        self.assertIn(village, self._find("défibrillateur")[:3])
        self.assertGreater(len(self._find("défibrillateur")), 3)

    def test_what_has_all_the_very_words_is_never_noise(self):
        """An electrician has them in the title, and what they stand for besides."""
        self.env["territory.search.synonym"].create(
            {"name": "borne de recharge", "meaning": "électricien, électricité"}
        )
        self._add("Électricien, bornes de recharge", keywords="électricité")
        village = self._add("Clairval", kind="commune", text="Borne de recharge : place du Lavoir")
        self.assertIn(village, self._find("borne de recharge"))

    def test_irregular_plurals_feminines_and_participles_find(self):
        self._add("Une nounou")
        self._add("Infirmier")
        self._add("Payer en ligne")
        self._add("Le pays de Chée")
        for typed, name in (
            ("nounous", "Une nounou"),
            ("infirmières", "Infirmier"),
            ("payé", "Payer en ligne"),
        ):
            self.assertEqual(self._find(typed), [name])

    def test_words_joined_or_apart_find(self):
        hall = self._add("Salle des fêtes")
        centre = self._add("Déchèterie")
        for typed in ("salledesfetes", "sallefetes", "salle des fêtes", "lasalle"):
            self.assertEqual(self._find(typed), [hall], typed)
        for typed in ("de chetterie", "la déchetterie", "ladecheterie"):
            self.assertEqual(self._find(typed), [centre], typed)
        self.assertEqual(self._find("sallexyz"), [])

    def test_an_everyday_word_is_misspelt_too(self):
        self.env["territory.search.synonym"].create({"name": "poubelle", "meaning": "bac"})
        for typed in ("poubele", "pouvelle", "poubèl"):
            self.assertEqual(self._find(typed), [self.bin], typed)

    def test_a_village_that_is_named_comes_before_what_is_about_it(self):
        hall = self._add("Maison de Beausite", text="mairie")
        village = self._add("Beausite", kind="commune", keywords="mairie")
        doctor = self._add("Médecin", text="Beausite")
        for typed in ("Beausite", "mairie de Beausite", "bosite"):
            self.assertEqual(self._find(typed)[0], village, typed)
        self.assertEqual(self._find("maison Beausite")[0], hall)
        self.assertEqual(self._find("médecin Beausite")[0], doctor)

    def test_everyday_words_of_the_staff_are_known_at_once(self):
        self.assertEqual(self._find("poubelle"), [])
        synonym = self.env["territory.search.synonym"].create(
            {"name": "poubelle", "meaning": "bac"}
        )
        listing = self._list("ma poubelle")
        self.assertEqual((listing.documents.name, listing.meant), (self.bin, ["bac"]))
        synonym.unlink()
        self.assertEqual(self._find("poubelle"), [])

    def test_what_was_understood_is_told_with_its_accents(self):
        self._add("Déchets verts", summary="À la déchèterie")
        self.env["territory.search.synonym"].create({"name": "gazon", "meaning": "Déchets"})
        self.assertEqual(self._list("gazon").meant, ["déchets"])
        listing = self._list("dechetri qwxzqwxz")
        self.assertEqual((listing.total, listing.near_words), (0, ["déchèterie"]))

    def test_half_of_a_name_that_looks_like_a_word_finds_nothing(self):
        """Else « Berthe Boulangier » would be shown where bread is sold."""
        self.assertTrue(self._find("boulangrin"))
        listing = self._list("Berthe Boulangrin")
        self.assertEqual((listing.total, listing.near_words), (0, ["boulangerie"]))
        self.assertEqual(self._find("conteneut boulangrin"), [], "two slips, no page has both")

    def test_a_short_name_is_no_verb_without_its_end(self):
        self._add("Une maison à louer")
        self.assertEqual(self._find("Lou"), [])
        self.assertEqual(self._find("louer"), ["Une maison à louer"])
        self.assertEqual(self._find("bac"), [self.bin])

    def test_what_is_elsewhere_is_told(self):
        elsewhere = self.env["territory.search.elsewhere"].create(
            {"name": "Passeport", "words": "passeport", "answer": "À la mairie."}
        )
        self.assertEqual(self._list("passeports").elsewhere, elsewhere)

    def test_a_rare_word_and_several_words_come_first(self):
        self.assertEqual(self._find("pain guide")[0], self.everywhere)

    # --- criteria ----------------------------------------------------------------------------

    def test_each_criterion_narrows_and_each_count_is_that_of_its_list(self):
        listing = self._list("pain")
        self.assertEqual(listing.total, 3)
        self.assertEqual(listing.kinds, {"sheet": 2, "document": 1})
        self.assertEqual(listing.communes, {self.commune.id: 2, self.other_commune.id: 2})
        for kind, count in listing.kinds.items():
            self.assertEqual(self._list("pain", kind=kind).total, count)
        for commune_id, count in listing.communes.items():
            narrowed = self._list("pain", commune_id=commune_id)
            self.assertEqual(narrowed.total, count)
            self.assertIn(self.everywhere, narrowed.documents.mapped("name"))
        self.assertEqual(self._list("pain", kind="sheet").kinds, listing.kinds)
        self.assertEqual(self._list("pain", kind="nothing").total, 0)

    def test_the_readers_own_commune_comes_first_and_hides_nothing(self):
        for commune, first in (
            (self.commune, self.bakery),
            (self.other_commune, self.other_bakery),
        ):
            found = self._find("boulangerie", own_commune_id=commune.id)
            self.assertEqual((found[0], len(found)), (first, 2))

    def test_a_page_beyond_the_last_one_is_the_last_one(self):
        for number in range(12):
            self._add(f"Vélo {number}")
        listing = self._list("vélo", page=2)
        self.assertEqual((len(listing.documents), listing.total, listing.pages), (2, 12, 2))
        self.assertEqual(self._list("vélo", page=2**31).documents, listing.documents)

    def test_a_word_that_is_being_typed_finds_what_begins_so(self):
        for typed in ("boulang", "boulangerie", "le pai", "bo"):
            self.assertIn(self.bakery, self.Index._suggest(typed).mapped("name"), typed)
        self.assertFalse(self.Index._suggest("xyl"))
        self.assertFalse(self.Index._suggest(""))

    def test_what_begins_so_comes_before_what_an_everyday_word_stands_for(self):
        """« boul »: the bakeries, before those who offer a « boulot »."""
        self.env["territory.search.synonym"].create({"name": "boulot", "meaning": "emploi"})
        job = self._add("Aide", keywords="emploi")
        for typed in ("boul", "le boul"):
            found = self.Index._suggest(typed).mapped("name")
            self.assertEqual(found, [self.other_bakery, self.bakery, job], typed)
        self.assertEqual(self.Index._suggest("boulo").mapped("name"), [job])

    def test_the_words_of_a_text_keep_the_spaces_that_do_not_break(self):
        text = read_text(
            Markup("<p>Ordures\xa0: le&nbsp;<b>mardi</b>.</p>\n<p>Tri  &amp; verre</p>")
        )
        self.assertEqual(text, "Ordures\xa0: le\xa0mardi. Tri & verre")
        self.assertEqual(cut("Ordures\xa0: le mardi", 12), "Ordures…")
        self.assertEqual(cut("Ordures\xa0: le mardi", 99), "Ordures\xa0: le mardi")
        self.assertEqual(read_text(False), "")

    # --- anything may be typed ---------------------------------------------------------------

    def test_hostile_words_find_nothing_and_break_nothing(self):
        for typed in HOSTILE:
            self.assertEqual(self._list(typed).total, 0, typed[:20])
            self.assertFalse(self.Index._suggest(typed), typed[:20])
            self.Index._mark([typed, self.bin], frozenset({"bac"}))

    def test_what_is_searched_of_a_text_has_an_end(self):
        """Comparing words costs the square of their length, and a query has a term for each."""
        longest, too_long = "y" * LONGEST, "z" * (LONGEST + 1)
        for word in (longest, too_long):
            self._add(word)
        self.assertEqual(self._find(longest), [longest])
        self.assertEqual(self._find(too_long), [])
        self.assertEqual(self.Index._understand(too_long).unknown, [], "It is not read")
        self.env.cr.execute(
            "SELECT length(search_vector) FROM territory_search_document WHERE name = %s",
            [too_long],
        )
        self.assertEqual(self.env.cr.fetchall(), [(0,)], "nor put in the index")
        self.assertFalse(is_slip(too_long, f"{too_long}z"))
        self._add("Bulletin", text=f"zinnia {'mot ' * 250} yucca")
        self.assertEqual(self._find("zinnia"), ["Bulletin"])
        self.assertEqual(self._find("yucca"), [], "beyond what is searched of a page")
        others = " ".join(f"mot{number}" for number in range(MOST_WORDS))
        self.assertEqual(self._find(f"bac {others}"), [self.bin])
        self.assertEqual(self._find(f"{others} bac"), [], "beyond the last word that is read")
        many = {f"word{number}": number for number in range(MOST_TERMS * 2)}
        surest = self.Index._keep_surest(many)
        self.assertEqual((len(surest), min(surest.values())), (MOST_TERMS, MOST_TERMS))

    def test_words_found_are_marked_and_everything_is_escaped(self):
        stems = self._list("bacs").stems
        marked = self.Index._mark([self.bin, "<b>bac</b> & l'eau"], stems)
        self.assertEqual(marked[self.bin], "Demander un <mark>bac</mark> à ordures")
        self.assertEqual(
            marked["<b>bac</b> & l'eau"],
            "&lt;b&gt;<mark>bac</mark>&lt;/b&gt; &amp; l&#39;eau",
        )

    def test_number_of_queries_does_not_depend_on_what_is_found(self):
        self._list("pain")
        with self.assertQueryCount(8):
            self._find("boulangrie et bacs", commune_id=self.commune.id)
        for number in range(60):
            self._add(f"Pain numéro {number}", commune_ids=self.commune.ids)
        with self.assertQueryCount(8):
            self._find("boulangrie et bacs", commune_id=self.commune.id)

    def test_no_search_reads_what_waits_to_be_put_in_an_index(self):
        """Of thirty thousand documents, that alone took longer than the search."""
        self.env.cr.execute(
            "SELECT indexrelid::regclass::text, reloptions FROM pg_index"
            " JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam"
            " WHERE amname = 'gin' AND indrelid::regclass::text LIKE 'territory_search_%'"
        )
        options = dict(self.env.cr.fetchall())
        self.assertEqual(len(options), 3)
        self.assertEqual(set(map(str, options.values())), {"['fastupdate=off']"})

    # --- the index follows -------------------------------------------------------------------

    def test_a_record_is_found_as_long_as_it_is_public(self):
        service = self.env["territory.service"].create(
            {"name": "Service des Xérophytes", "code": "xero", "phone": "03 00 00 00 00"}
        )
        found = self._list("xérophyte").documents
        self.assertEqual(
            (found.name, found.phone, found.kind), (service.name, "03 00 00 00 00", "service")
        )
        service.name = "Service des Yuccas"
        self.assertEqual(self._find("xérophyte"), [])
        self.assertEqual(self._find("yucca"), ["Service des Yuccas"])
        service.active = False
        self.assertEqual(self._find("yucca"), [])
        service.active = True
        self.assertEqual(self._find("yucca"), ["Service des Yuccas"])
        service.phone = False
        self.assertEqual(self._find("yucca"), [], "nobody to call")
        service.write({"phone": "03 00 00 00 01"})
        service.unlink()
        self.assertEqual(self._find("yucca"), [])

    def test_every_night_the_index_is_written_again(self):
        service = self.env["territory.service"].create(
            {"name": "Service des Zinnias", "code": "zinnia", "phone": "03 00 00 00 00"}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE territory_service SET name = 'Service des Bégonias'")
        service.invalidate_recordset()
        self.assertEqual(self._find("zinnia"), [service.name.replace("Bégonias", "Zinnias")])
        self.Document._rebuild()
        self.assertEqual(self._find("zinnia"), [])
        self.assertEqual(self._find("bégonia"), ["Service des Bégonias"])
        self.assertEqual(self._find("bac"), [], "of a model that is no more")
        Word = self.env["territory.search.word"]
        self.assertFalse(Word.search([("word", "in", ["zinnias", "ordures"])]))
        self.env.cr.execute("DELETE FROM territory_service WHERE id = %s", [service.id])
        self.env.invalidate_all()
        self.assertIn("Service des Bégonias", self._find("bégonia"))
        self.Document._rebuild()
        self.assertNotIn(service.id, self.Document.search([]).mapped("res_id"))
        # What was right is not written: whoever saves it at that moment meets nobody.
        Service = type(self.env["territory.service"])
        with patch.object(Service, "write") as write:
            self.Document._rebuild()
        write.assert_not_called()

    def test_a_service_of_the_town_hall_is_found_by_its_commune(self):
        self.env["territory.service"].create(
            {"name": "Mairie de Xyz", "code": "xyz", "kind": "town_hall", "phone": "03"}
        )
        self.assertEqual(self._find("xyz"), [])

    # --- rights ------------------------------------------------------------------------------

    def test_nobody_reads_the_index_but_the_administrator(self):
        for user in (self.resident, self.agent, self.secretary, self.communication, self.manager):
            for model in ("territory.search.document", "territory.search.word"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
        self.assertTrue(self.Document.with_user(self.technician).search([], limit=1))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(self.Document.with_user(self.technician).has_access(operation))
        with self.assertRaises(AccessError):
            self.env["territory.service"].with_user(self.manager).search([]).read(
                ["search_document"]
            )

    def test_a_visitor_finds(self):
        visitor = self.env.ref("base.public_user")
        listing = self.Index.with_user(visitor)._list(Asked("bac"))
        self.assertEqual(listing.documents.mapped("name"), [self.bin])

    def test_without_the_extension_of_likeness_the_rest_works(self):
        with patch.object(self.env.registry, "has_trigram", new=False):
            self.assertEqual(self._find("bac"), [self.bin])
            self.assertEqual(self._find("kontenneurs"), [self.bin], "by its sound")
            self.assertEqual(self._find("ordrue"), [])
