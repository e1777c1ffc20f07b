import json

from freezegun import freeze_time
from markupsafe import escape

from odoo import Command
from odoo.tests import tagged

from odoo.addons.territory_search.models.territory_search_index import Asked

from .common import CommuneCase

THURSDAY = "2026-11-26 09:00"


@tagged("post_install", "-at_install")
@freeze_time(THURSDAY)
class TestCommunePage(CommuneCase):
    def test_the_page_tells_what_is_known(self):
        drawn = self.blocks()
        town_hall = drawn["town_hall"].replace("\xa0", " ")
        self.assertIn("Ouverte, ferme à 13 h", town_hall)
        self.assertIn("Jeudi (aujourd’hui) 9 h – 13 h", town_hall)
        self.assertIn("Fermé le 24 décembre (Noël)", town_hall)
        self.assertIn("03 00 00 00 09", town_hall)
        self.assertIn("1 place Haute", town_hall)
        self.assertIn("Un lavoir de 1832", drawn["body"])
        self.assertIn("Ada Maire Maire", drawn["members"])
        self.assertIn("Foyer rural 80 personnes", drawn["rooms"])
        self.assertIn("Fuite, jour et nuit 03 00 00 00 50", drawn["water"])
        self.assertIn("Clé du cimetière À la mairie", drawn["practical"])
        self.assertIn("Le bulletin", drawn["links"])
        self.assertIn("PanneauPocket", drawn["links"])
        self.assertIn("Le mardi.", drawn[f"shared-{self.shared.id}"])
        self.assertEqual(self.commune._get_summary(), "Au bord de l’eau, 1\xa0256 habitants")

    def test_what_is_empty_does_not_show(self):
        self.publish(
            **{
                "body": "<p><br></p>",
                "water": False,
                "practical": "  ",
                "panneaupocket_url": False,
                "street": False,
                "phone": False,
                "week_opening_ids": [Command.clear()],
                "exception_ids": [Command.clear()],
                **{name: [Command.clear()] for name in ("member_ids", "room_ids", "link_ids")},
            }
        )
        self.page._publish_as("test", {}, is_online=False)
        self.shared.active = False
        drawn = self.blocks()
        self.assertFalse(drawn.keys() - {"services", "procedures"}, drawn)
        # Who looks for the hours is told that nobody has written them.
        self.assertTrue(self.commune._get_page_values()["lacks_town_hall"])
        self.publish(phone="03 00 00 00 09")
        self.assertFalse(self.commune._get_page_values()["lacks_town_hall"])

    def test_a_page_closed_again_keeps_its_own_words_of_the_town_hall(self):
        self.publish(contact_name="Ada Berne", access="De plain-pied")
        shown = self.commune._prepare_town_hall_block()
        self.assertEqual((shown["contact_name"], shown["access"]), ("Ada Berne", "De plain-pied"))
        self.commune.page_state = "closed"
        shown = self.commune._prepare_town_hall_block()
        self.assertFalse(shown["contact_name"] or shown["access"])
        self.assertTrue(shown["week"])

    def test_a_page_that_is_not_open_shows_the_town_hall_and_the_intercommunality(self):
        self.commune.page_state = "closed"
        drawn = self.blocks()
        self.assertFalse(
            drawn.keys() - {"town_hall", "services", "procedures", f"shared-{self.shared.id}"}
        )
        self.assertIn("town_hall", drawn)
        self.assertEqual(self.commune._get_summary(), "1\xa0256 habitants")

    def test_the_commune_orders_and_hides_its_blocks(self):
        lines = [
            Command.create({"code": "water", "sequence": 1}),
            Command.create({"shared_id": self.shared.id, "sequence": 2, "is_hidden": True}),
            Command.create({"code": "members", "sequence": 3, "is_hidden": True}),
            Command.create({"code": "body", "sequence": 4}),
        ]
        self.publish(block_ids=lines)
        drawn = self.blocks()
        self.assertEqual(list(drawn)[:3], ["water", "body", "town_hall"])
        self.assertNotIn("members", drawn)
        self.assertNotIn(f"shared-{self.shared.id}", drawn)

    def test_a_block_of_some_communes_is_on_their_pages(self):
        self.shared.commune_ids = self.other_commune
        key = f"shared-{self.shared.id}"
        self.assertNotIn(key, self.blocks())
        self.assertIn(key, self.blocks(self.other_commune))

    def test_services_of_another_commune_do_not_answer_here(self):
        self.service.write({"phone": "03 00 00 00 01"})
        self.other_service.write({"phone": "03 00 00 00 02", "commune_ids": self.other_commune.ids})
        services = self.blocks()["services"]
        self.assertIn("03 00 00 00 01", services)
        self.assertNotIn("03 00 00 00 02", services)

    def test_the_page_can_be_drawn_before_it_is_published(self):
        """A revision shows the page as it will be: the same method, on values not saved."""
        preview = self.commune.new(
            {
                "tagline": "Autrement",
                "water": "Compteurs : en janvier",
                "member_ids": [Command.clear(), Command.create({"name": "Ève Adjointe"})],
            },
            origin=self.commune,
        )
        drawn = self.blocks(preview)
        self.assertIn("Ève Adjointe", drawn["members"])
        self.assertNotIn("Ada Maire", drawn["members"])
        self.assertIn("En janvier", drawn["water"])
        self.assertIn("03 00 00 00 09", drawn["town_hall"])
        self.assertIn("Le mardi.", drawn[f"shared-{self.shared.id}"])
        self.assertIn("Autrement", preview._get_page_values()["summary"])

    def test_a_page_that_is_kept_ends_with_its_sentence(self):
        values = self.commune._get_page_values()
        self.assertEqual(str(values["said_until"]), "2026-11-26 11:30:00")
        self.assertFalse(self.other_commune._get_page_values()["said_until"])

    def test_search_engines_read_what_the_page_shows(self):
        graph = json.loads(self.commune._get_page_values()["json_ld"])["@graph"]
        city, town_hall = graph
        self.assertEqual((city["@type"], city["name"]), ("City", "Valmont"))
        self.assertEqual(city["alternateName"], ["Vieux-Bourg"])
        self.assertEqual(city["geo"]["latitude"], 48.9)
        self.assertEqual(town_hall["@type"], "GovernmentOffice")
        hours = town_hall["openingHoursSpecification"]
        self.assertIn(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": "https://schema.org/Thursday",
                "opens": "09:00",
                "closes": "13:00",
            },
            hours,
        )
        self.assertEqual(hours[-1]["validFrom"], "2026-12-24")
        self.assertEqual((hours[-1]["opens"], hours[-1]["closes"]), ("00:00", "00:00"))
        self.commune.name = "</script><script>alert(1)</script>"
        drawn = escape(self.commune._get_page_values()["json_ld"])
        self.assertNotIn("</script>", drawn)
        self.assertEqual(json.loads(drawn)["@graph"][0]["name"], self.commune.name)

    def test_the_description_names_the_commune_and_what_is_there(self):
        description = self.commune._get_meta_description()
        self.assertTrue(description.startswith("Valmont (99100), avec Vieux-Bourg"))
        self.assertIn("mairie, horaires", description)
        self.commune.former_ids = [
            Command.create({"name": f"Ancien village numéro {n}"}) for n in range(20)
        ]
        self.assertLessEqual(len(self.commune._get_meta_description()), 200)

    def test_a_block_of_the_intercommunality_is_found_where_it_is_told(self):
        def find(words):
            found = self.env["territory.search.index"]._list(Asked(words)).documents
            return found.filtered(lambda document: document.res_model == self.shared._name)

        self.shared.write({"body": "<p>Le xylophone, le mardi.</p>", "keywords": "zigoto"})
        for words in ("xylophone", "zigoto"):
            document = find(words)
            self.assertEqual(document.url, f"/infos-pratiques#bloc-{self.shared.id}", words)
            self.assertEqual((document.kind, document.summary[:9]), ("practical", "Le xyloph"))
        self.shared.active = False
        self.assertFalse(find("xylophone"))

    def test_a_commune_is_found_by_an_office_never_by_the_name_of_who_holds_it(self):
        values = {"name": "Zénobie Quetsche", "function": "Xylophoniste"}
        self.publish(member_ids=[Command.create(values)])
        Index = self.env["territory.search.index"]
        self.assertEqual(Index._list(Asked("xylophoniste")).documents.res_id, self.commune.id)
        for words in ("Zénobie", "Quetsche"):
            self.assertFalse(Index._list(Asked(words)).documents, words)

    def test_a_page_costs_the_same_with_more_lines(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            commune = self.commune.with_user(self.env.ref("base.public_user"))
            before = self.env.cr.sql_log_count
            commune._get_page_values()
            for room in commune.room_ids:
                room._get_summary()
            return self.env.cr.sql_log_count - before

        self.publish(block_ids=[Command.create({"code": "water"})])
        count()
        few = count()
        for number in range(20):
            self.make_page(name=f"Page {number}")
        self.publish(
            **{
                "member_ids": [Command.create({"name": f"Élue {n}"}) for n in range(20)],
                "room_ids": [Command.create({"name": f"Salle {n}"}) for n in range(20)],
                "link_ids": [
                    Command.create({"name": str(n), "url": "https://a.fr"}) for n in range(20)
                ],
                "block_ids": [Command.create({"code": "water"}) for n in range(20)],
            }
        )
        self.env["commune.shared.block"].create(
            [{"name": f"Bloc {n}", "body": "<p>x</p>"} for n in range(20)]
        )
        self.assertLessEqual(count(), few)
        self.assertLessEqual(few, 25)
