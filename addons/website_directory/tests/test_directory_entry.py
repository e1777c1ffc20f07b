import json
from base64 import b64encode
from datetime import datetime

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.website_parts.tests.common import photo

from .. import json_ld
from .common import DirectoryCase

# Friday 27 November 2026, 10:00 in the villages.
FRIDAY = datetime(2026, 11, 27, 9, 0)


@tagged("post_install", "-at_install")
class TestDirectoryEntry(DirectoryCase):
    def test_two_places_of_the_same_name_have_two_addresses(self):
        first = self._sheet("L’Épicerie du Cœur")
        second = self._sheet("L’Épicerie du Cœur")
        self.assertEqual(first.slug, "l-epicerie-du-coeur")
        self.assertTrue(second.slug.startswith("l-epicerie-du-coeur-valmont-test"))
        three = self.Entry._as_publication().create(
            [{"name": "Halle", "category_id": self.shops.id} for _rank in range(3)]
        )
        self.assertEqual(len(set(three.mapped("slug"))), 3)
        self._publish(first, name="Un autre nom")
        self.assertEqual(first.slug, "l-epicerie-du-coeur", "What is printed goes on working")
        self.assertTrue(self._sheet("???").slug)

    def test_one_sentence_is_one_sentence(self):
        with self.assertRaises(ValidationError):
            self._sheet("Long", summary="x" * 161)
        self.assertTrue(self._sheet("Juste", summary="x" * 160))

    def test_a_photo_is_told_to_those_who_do_not_see_it(self):
        with self.assertRaises(ValidationError):
            self._sheet("Muette", photo=b64encode(photo()))
        told = self._sheet("Dite", photo=b64encode(photo(side=400)), photo_alt="La vitrine")
        self.assertEqual(
            told._get_photo_url("small"), f"/contenu/directory.entry/{told.id}/photo_small?v=1"
        )
        self.assertLess(len(told.photo_small), len(told.photo))

    def test_without_a_photo_the_drawing_is_that_of_the_nearest_category(self):
        self.shops.drawing = "commerce"
        sheet = self._sheet("Fournil", category_id=self.bakeries.id)
        self.assertTrue(sheet._get_photo_url().endswith("/commerce.svg"))
        self.bakeries.drawing = "marche"
        self.assertTrue(sheet._get_photo_url().endswith("/marche.svg"))

    def test_a_category_asks_its_questions_and_those_above(self):
        Hint = self.env["directory.category.hint"]
        Hint.create({"category_id": self.shops.id, "field": "summary", "name": "Que vend-on ?"})
        Hint.create({"category_id": self.shops.id, "field": "body", "name": "Depuis quand ?"})
        Hint.create({"category_id": self.bakeries.id, "field": "body", "name": "Quels pains ?"})
        self.assertEqual(
            self.bakeries._get_hints(), {"summary": "Que vend-on ?", "body": "Quels pains ?"}
        )

    def test_what_an_owner_may_change_exists(self):
        for name, options in self.Entry._get_approval_fields().items():
            field = self.Entry._fields[name]
            for line in options.get("lines", ()):
                self.assertIn(line, self.env[field.comodel_name]._fields)
            for other in ("alt", "credit"):
                if other in options:
                    self.assertIn(options[other], self.Entry._fields)
        closed = {"is_online", "slug", "owner_id", "source", "external_id", "date_verified"}
        self.assertFalse(closed & set(self.Entry._get_approval_fields()))

    def test_open_or_not_is_said_of_a_sheet_that_is_not_saved_too(self):
        week = self._week((4, 9, 12))
        for sheet in (
            self._sheet("Ouvert", opening_ids=week),
            self.Entry.new({"name": "Brouillon", "opening_ids": week}),
        ):
            self.assertEqual(sheet._get_opening_state(FRIDAY).state, "open")
            days = sheet._get_week()
            self.assertEqual(len(days), 7)
            self.assertEqual(len(days[4]["hours"]), 1)
            self.assertFalse(days[5]["hours"])

    def test_nobody_has_told_the_hours(self):
        sheet = self._sheet("Muet")
        self.assertEqual(sheet._get_opening_state(FRIDAY).state, "")
        self.assertEqual(sheet._get_week(), [])

    def test_access_says_what_is_and_what_is_not(self):
        sheet = self._sheet(
            "Accès",
            access_step_free="yes",
            access_toilets="no",
            access_note="Porte de 90 cm\n\nSonnette basse",
        )
        self.assertEqual(
            [is_so for is_so, _words in sheet._get_access_lines()], [True, False, True, True]
        )

    def test_search_engines_read_what_the_page_says(self):
        owner = self.env["res.partner"].create(
            {"name": "Propriétaire Caché", "company_type": "company", "phone": "0399000001"}
        )
        sheet = self._sheet(
            "Fournil </script><b>",
            category_id=self.bakeries.id,
            owner_id=owner.id,
            summary="Pain & brioche",
            street="1 rue du Test",
            phone="03 99 00 00 00",
            latitude=48.9,
            longitude=5.2,
            opening_ids=self._week((4, 9, 12), (5, 20, 24)),
        )
        text = json_ld.dump(json_ld.get_json_ld(sheet, "https://exemple.fr"))
        self.assertNotIn("<", text)
        told = json.loads(text)
        self.assertEqual(told["@context"], "https://schema.org")
        self.assertEqual(told["@type"], "Store", "That of the category above")
        self.assertEqual(told["name"], "Fournil </script><b>")
        self.assertEqual(told["address"]["postalCode"], "99100")
        self.assertEqual(told["geo"]["latitude"], 48.9)
        self.assertEqual(
            [
                (each["dayOfWeek"], each["opens"], each["closes"])
                for each in told["openingHoursSpecification"]
            ],
            [("Friday", "09:00", "12:00"), ("Saturday", "20:00", "23:59")],
        )
        self.assertNotIn("Caché", text)
        self.assertNotIn("0399000001", text)

    def test_what_comes_to_several_villages_has_no_address(self):
        sheet = self._sheet(
            "Tournée",
            is_itinerant=True,
            commune_ids=[Command.set((self.valmont + self.clairval).ids)],
        )
        told = json_ld.get_json_ld(sheet, "")
        self.assertNotIn("address", told)
        self.assertEqual(len(told["areaServed"]), 2)

    @mute_logger("odoo.sql_db")
    def test_links_lead_to_sites_only(self):
        for field in ("url", "video_url"):
            for url in ("javascript:alert(1)", "https://evil.test\\@site.test"):
                with self.assertRaises(IntegrityError):
                    self._sheet("Lien", **{field: url})
        for url in ("javascript:x", "https://evil.test\\@site.test"):
            with self.assertRaises(IntegrityError):
                self._sheet("L", link_ids=[Command.create({"name": "x", "url": url})])
        self.assertTrue(self._sheet("Lien", url="https://site.test/s[1]?a=^$"))
