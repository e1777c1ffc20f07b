from datetime import datetime, timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from odoo import Command
from odoo.tests import tagged

from ..filters import ACCESS, Filters
from ..models import directory_search
from .common import DirectoryCase

START = datetime(2026, 11, 23)
SLOW = settings(max_examples=50)


class SearchCase(DirectoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Search = cls.env["directory.search"].with_user(cls.env.ref("base.public_user"))
        cls.baker = cls._sheet(
            "Le Fournil d’Essai",
            activity="Boulangerie",
            category_id=cls.bakeries.id,
            keywords="pain, kouglof",
            facet_ids=[Command.set(cls.parcels.ids)],
            access_step_free="yes",
        )
        cls.grocer = cls._sheet(
            "Chez Zoé",
            activity="Épicerie",
            summary="Légumes et fromages",
            commune_ids=[Command.set(cls.clairval.ids)],
            facet_ids=[Command.set(cls.parcels.ids)],
        )
        cls.club = cls._sheet(
            "Les Marcheurs d’Essai",
            category_id=cls.clubs.id,
            audience_ids=[Command.set(cls.audience.ids)],
            facet_ids=[Command.set(cls.youth.ids)],
            body="<p>Randonnées le dimanche</p>",
        )
        # What a search finds is tried with sheets of every kind: how they came there is not.
        cls.sheets = (cls.baker + cls.grocer + cls.club)._as_publication()

    def ask(self, moment=None, **values):
        pairs = MultiDict(
            [
                (name, each)
                for name, value in values.items()
                for each in (value if isinstance(value, list | tuple) else [value])
            ]
        )
        return self.Search._list(Filters.from_params(self.env, pairs), moment)


@tagged("post_install", "-at_install")
class TestDirectoryWords(SearchCase):
    def names(self, words):
        return self.ask(q=words).entries.mapped("name")

    def test_everyday_words_find_the_sheet(self):
        for words in (
            "boulangerie",
            "BOULANGERIES",
            "boulanjerie",
            "boulangerrie",
            "du pain",
            "fournil",
            "founil",
        ):
            self.assertEqual(self.names(words)[:1], ["Le Fournil d’Essai"], words)
        for words in ("epicerie", "l'épicerie", "lépicerie", "episerie", "legume", "zoé"):
            self.assertEqual(self.names(words)[:1], ["Chez Zoé"], words)
        self.assertEqual(self.names("randonnée")[:1], ["Les Marcheurs d’Essai"])

    def test_words_of_the_village_the_category_and_the_offers(self):
        self.assertIn("Chez Zoé", self.names("clairval"))
        self.assertIn("Le Fournil d’Essai", self.names("fournils"))
        self.assertIn("Le Fournil d’Essai", self.names("boutiques"), "That of the category above")
        self.assertIn("Chez Zoé", self.names("paquets"))

    def test_synonyms_of_the_staff(self):
        self.assertEqual(self.names("ficelle"), [])
        self.env["territory.search.synonym"].create({"name": "ficelle", "meaning": "kouglof"})
        listing = self.ask(q="ficelle")
        self.assertEqual(listing.entries, self.baker)
        self.assertEqual(listing.meant, ["kouglof"])
        self.assertEqual(self.names("ficele"), ["Le Fournil d’Essai"], "Mistyped too")

    def test_words_narrow_with_the_filters(self):
        self.assertFalse(self.ask(q="kouglof", ou=self.clairval.slug).total)
        self.assertEqual(self.ask(q="kouglof", ou=self.valmont.slug).entries, self.baker)

    def test_nothing_is_found_of_what_is_not_online(self):
        self._take_off(self.baker)
        self.assertEqual(self.names("boulangerie"), [])
        self.assertEqual(self.names("boulanjerie"), [])
        self._take_off(self.grocer)
        self.assertEqual(self.names("epicerie"), [])

    def test_what_is_written_again_is_found_again(self):
        self._publish(self.baker, keywords="croissant")
        self.assertEqual(self.names("croissants"), ["Le Fournil d’Essai"])
        self.assertEqual(self.names("kouglof"), [])

    def test_signs_that_mean_something_to_the_database(self):
        for words in ("'", "a'b | c & !d", "%_%", "\\", "<->", "pain:*", "é" * 500, "1=1; --"):
            self.ask(q=words)


@tagged("post_install", "-at_install")
class TestDirectoryCounts(SearchCase):
    def test_categories_add_to_each_other_the_rest_narrows(self):
        listing = self.ask(c=[self.shops.code], f=[self.parcels.code])
        counts = {choice.code: choice.count for choice in listing.categories}
        self.assertEqual(listing.entries, self.grocer + self.baker)
        self.assertEqual(counts["t-boutiques"], 2)
        self.assertEqual(counts["t-fournils"], 1)
        self.assertNotIn("t-cercles", counts, "No club takes parcels")
        both = self.ask(c=["t-fournils", "t-cercles"])
        self.assertEqual(both.entries, self.baker + self.club)

    def test_a_category_shows_what_it_asks_about(self):
        self.assertNotIn("t-paquets", [choice.code for choice in self.ask().facets])
        facets = self.ask(c=["t-boutiques"]).facets
        self.assertEqual([(each.code, each.count) for each in facets], [("t-paquets", 2)])

    def test_the_map_has_every_sheet_of_the_list_that_says_where_it_is(self):
        (self.baker + self.grocer)._as_publication().write({"latitude": 48.9, "longitude": 5.2})
        with patch.object(directory_search, "PAGE_SIZE", 1):
            listing = self.ask(carte="1")
            self.assertEqual((len(listing.entries), listing.pages), (1, 3))
            self.assertEqual(set(listing.placed), {self.baker, self.grocer})
            self.assertEqual(self.ask(carte="1", q="boulangerie").placed, self.baker)
            self.assertFalse(self.ask().placed, "nothing is read where no map is drawn")
        with patch.object(directory_search, "MOST_DRAWN", 1):
            self.assertEqual(len(self.ask(carte="1").placed), 1)

    def test_an_audience_keeps_what_is_made_for_it(self):
        """A sheet for everybody would hide those that say something."""
        made = self.ask(pour=self.audience.code).entries
        self.assertEqual(made.audience_ids, self.audience)
        self.assertLess(len(made), self.ask().total)

    @SLOW
    @given(st.data())
    def test_each_count_is_that_of_the_list_which_one_would_get(self, data):
        communes = [self.valmont, self.clairval]
        categories = [self.shops, self.bakeries, self.clubs]
        facets = [self.parcels, self.youth]
        drivers = self.env["territory.audience"].search([("code", "=", "t-auto")])
        drivers = drivers or drivers.create({"name": "Conducteurs", "code": "t-auto"})
        for_whom = [self.audience.browse(), self.audience, drivers]
        for sheet in self.sheets:
            sheet.write(
                {
                    "category_id": data.draw(st.sampled_from(categories)).id,
                    "is_online": data.draw(st.integers(0, 3)) > 0,
                    "commune_ids": [
                        Command.set([each.id for each in communes if data.draw(st.booleans())])
                    ],
                    "facet_ids": [
                        Command.set([each.id for each in facets if data.draw(st.booleans())])
                    ],
                    "audience_ids": [Command.set(data.draw(st.sampled_from(for_whom)).ids)],
                    **{name: data.draw(st.sampled_from(["yes", "no", False])) for name in ACCESS},
                }
            )
        chosen = {
            "c": [each.code for each in categories if data.draw(st.booleans())],
            "f": [each.code for each in facets if data.draw(st.integers(0, 4)) == 4],
            "acces": [code for code in ACCESS.values() if data.draw(st.integers(0, 9)) == 9],
            "ou": data.draw(st.sampled_from(["", "", *(each.slug for each in communes)])),
            "pour": data.draw(st.sampled_from(["", self.audience.code])),
        }
        listing = self.ask(**chosen)
        self.assertEqual(set(listing.entries), self.filter_by_hand(chosen))
        self.assertEqual(listing.total, len(listing.entries))
        for choice in listing.categories:
            alone = self.filter_by_hand({**chosen, "c": [choice.code]})
            self.assertEqual(choice.count, len(alone), ("c", choice.code))
        for key, choices in (("f", listing.facets), ("acces", listing.access)):
            for choice in choices:
                more = self.filter_by_hand({**chosen, key: [*chosen[key], choice.code]})
                self.assertEqual(choice.count, len(more), (key, choice.code))
        for choice in listing.audiences:
            alone = self.filter_by_hand({**chosen, "pour": choice.code})
            self.assertEqual(choice.count, len(alone), ("pour", choice.code))

    def filter_by_hand(self, chosen):
        def is_kept(sheet):
            codes = set(sheet.category_id._get_path().mapped("code"))
            audiences = sheet.audience_ids.mapped("code")
            return (
                sheet.is_online
                and (not chosen["c"] or codes & set(chosen["c"]))
                and set(chosen["f"]) <= set(sheet.facet_ids.mapped("code"))
                and all(
                    sheet[name] == "yes" for name, code in ACCESS.items() if code in chosen["acces"]
                )
                and (not chosen["ou"] or chosen["ou"] in sheet.commune_ids.mapped("slug"))
                and (not chosen["pour"] or chosen["pour"] in audiences)
            )

        return {sheet for sheet in self.sheets if is_kept(sheet)}

    @SLOW
    @given(st.data())
    def test_open_now_is_what_each_sheet_says(self, data):
        hours = st.sampled_from([(8, 12), (14, 18.5), (0, 24), (9.25, 9.5), (12, 12.75)])
        for sheet in self.sheets:
            lines = [Command.clear()]
            for day in data.draw(st.lists(st.integers(0, 2), max_size=3)):
                lines += self._week((day, *data.draw(hours)))
            for first in data.draw(st.lists(st.integers(0, 2), max_size=2)):
                start, end = data.draw(st.one_of(hours, st.just((0, 0))))
                last = data.draw(st.sampled_from([None, first, first + 2]))
                lines.append(
                    Command.create(
                        {
                            "date_start": START + timedelta(days=first),
                            "date_end": last is not None and START + timedelta(days=last),
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                )
            sheet.opening_ids = lines
        moment = START + timedelta(
            days=data.draw(st.integers(0, 2)), minutes=data.draw(st.integers(6 * 60, 19 * 60))
        )
        told = {
            sheet
            for sheet in self.sheets
            if sheet._get_opening_state(moment).state in ("open", "soon")
        }
        self.assertEqual(set(self.ask(moment, ouvert="1").entries), told)

    def test_pages_go_on_and_the_last_one_answers_for_those_beyond(self):
        self._many("Étal", 45)
        pages = [self.ask(page=str(page)) for page in (1, 2, 3)]
        self.assertEqual([len(page.entries) for page in pages], [20, 20, 8])
        self.assertEqual(len(set().union(*(page.entries for page in pages))), 48)
        beyond = self.ask(page="99999")
        self.assertEqual(beyond.filters.page, 3)
        self.assertEqual(beyond.entries, pages[2].entries)

    def test_more_sheets_ask_no_more_of_the_database(self):
        def count(values):
            self.ask(**values)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.ask(**values)
            return self.cr.sql_log_count - before

        asked = ({}, {"c": ["t-boutiques"], "ouvert": "1"}, {"q": "essai boulanjerie"})
        before = [count(values) for values in asked]
        self._many(
            "Essai",
            40,
            commune_ids=[Command.set(self.valmont.ids)],
            facet_ids=[Command.set(self.parcels.ids)],
        )
        for values, queries in zip(asked, before, strict=True):
            self.assertLessEqual(count(values), queries + 1, values)


@tagged("post_install", "-at_install")
class TestFilters(DirectoryCase):
    def test_what_nobody_knows_is_left_out_of_the_address(self):
        filters = Filters.from_params(
            self.env,
            MultiDict(
                [
                    ("c", "t-boutiques"),
                    ("c", "t-boutiques"),
                    ("c", "inconnue"),
                    ("f", "'; DROP"),
                    ("ou", "nulle-part"),
                    ("acces", "plain-pied"),
                    ("acces", "write_date"),
                    ("ouvert", "oui"),
                    ("page", "-3"),
                    ("utm_source", "x"),
                ]
            ),
        )
        self.assertEqual(filters.get_url(), "/annuaire?c=t-boutiques&acces=plain-pied")
        self.assertEqual(filters.chosen, 2)

    def test_what_is_read_of_an_address_has_an_end(self):
        codes = [f"inconnue{rank}" for rank in range(20)]
        for typed, kept in ((codes[1:], ("t-boutiques",)), (codes, ())):
            values = MultiDict([("c", code) for code in (*typed, "t-boutiques")])
            self.assertEqual(Filters.from_params(self.env, values).categories, kept)

    def test_a_filter_is_taken_away_alone(self):
        filters = Filters(words="pain", categories=("a", "b"), is_open=True, page=4)
        self.assertEqual(
            filters.without("categories", "a").get_url(), "/annuaire?q=pain&c=b&ouvert=1"
        )
        self.assertEqual(filters.without("words").get_url(), "/annuaire?c=a&c=b&ouvert=1")
        self.assertEqual(filters.get_url(page=2), "/annuaire?q=pain&c=a&c=b&ouvert=1&page=2")
