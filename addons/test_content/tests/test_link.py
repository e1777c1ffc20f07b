from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_review_link.models.content_link import PARAMETER
from odoo.addons.content_review_link.tests.common import Net
from odoo.addons.content_review_link.tools.visitor import ANSWERS

from .common import ContentCase
from .test_pages_contributor import ContentPageCase

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30")


class LinkCase(ContentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kw: 1000)
        opened = cls.registry["wash.house"]._get_approval_fields

        def with_addresses(model):
            found = {**opened(model), "story": {}, "photo_alt": {"widget": "url"}}
            hours = found["hours_ids"]
            return {**found, "hours_ids": {**hours, "columns": {"day": {"widget": "url"}}}}

        cls.classPatch(cls.registry["wash.house"], "_get_approval_fields", with_addresses)
        cls.Link = cls.env["content.link"]
        cls.Link.search([]).unlink()
        cls.Host = cls.env["content.link.host"]
        cls.Host.search([]).unlink()

    def turn_on(self, *hosts):
        self.env["ir.config_parameter"].set_param(PARAMETER, "True")
        self.Host.create([{"name": host} for host in hosts or ("www.exemple.test",)])

    def give(self, house=None, **values):
        (house or self.house)._publish_as("data", values)

    def run_on(self, day, net):
        with freeze_time(f"{day} 03:00:00"), net:
            self.Link._cron_run()

    def make_dead(self, url="https://www.exemple.test/page"):
        self.turn_on()
        self.give(body=f'<p>Voir <a href="{url}">la page</a></p>')
        for day in WEEKS[:2]:
            self.run_on(day, Net(**{"/page": (404,)}))
        return self.Link.search([("url", "=", url)])


@tagged("post_install", "-at_install")
class TestLink(LinkCase):
    def test_off_by_default_and_nothing_without_a_list(self):
        self.give(body='<p><a href="https://www.exemple.test/page">a</a></p>')
        self.assertFalse(self.Link._is_on())
        net = Net()
        host = self.Host.create({"name": "www.exemple.test"})
        self.run_on(WEEKS[0], net)
        self.assertFalse(net.asked)
        self.env["ir.config_parameter"].set_param(PARAMETER, "True")
        host.unlink()
        self.run_on(WEEKS[0], net)
        self.assertFalse(net.asked)
        self.assertFalse(self.Link.search([]))

    def test_links_of_what_is_online_to_listed_sites(self):
        self.turn_on()
        hidden = self.env["wash.house"]._create_as(
            "data",
            {"name": "Caché", "body": '<p><a href="https://www.exemple.test/cache">a</a></p>'},
            is_online=False,
        )
        self.assertFalse(hidden.is_online)
        self.give(
            photo_alt="https://www.exemple.test/champ",
            story="https://www.exemple.test/texte",
            body='<p>a <a href="https://www.exemple.test/corps">b</a> '
            '<a href="https://www.exemple.test/champ">c</a> <a href="/ici">d</a> '
            '<a href="https://autre.test/">e</a></p>',
        )
        self.house.sudo()._as_publication().write(
            {"hours_ids": [(0, 0, {"day": "https://www.exemple.test/ligne"})]}
        )
        self.run_on(WEEKS[0], Net())
        links = self.Link.search([("res_model", "=", "wash.house")])
        self.assertEqual(
            {(link.url.rpartition("/")[2], link.field_name) for link in links},
            {("champ", "photo_alt"), ("ligne", "hours_ids"), ("corps", "body")},
        )
        self.assertEqual(set(links.mapped("state")), {"answers"})
        self.assertEqual(links.commune_ids, self.commune)

    def test_dead_after_two_days_never_at_the_first(self):
        self.turn_on()
        self.give(body='<p><a href="https://www.exemple.test/page">a</a></p>')
        net = Net(**{"/page": (404,)})
        self.run_on(WEEKS[0], net)
        link = self.Link.search([("res_id", "=", self.house.id)])
        self.assertEqual((link.state, link.failed_count), ("suspect", 1))
        asked = len(net.asked)
        self.run_on(WEEKS[0], net)
        self.assertEqual((link.state, len(net.asked)), ("suspect", asked), "None twice a day")
        self.run_on(WEEKS[1], Net(**{"/page": (500,)}))
        self.assertEqual(link.state, "suspect", "A fault of the site says nothing")
        self.run_on(WEEKS[2], net)
        self.assertEqual(
            (link.state, link.failed_count, link.date_failed), ("dead", 2, date(2026, 11, 2))
        )
        self.run_on(WEEKS[3], Net(**{"/page": (503,)}))
        self.assertEqual(link.state, "dead")
        self.run_on(WEEKS[4], Net())
        self.assertEqual((link.state, link.failed_count, link.date_failed), ("answers", 0, False))

    def test_once_is_forgotten_when_it_answers(self):
        self.turn_on()
        self.give(body='<p><a href="https://www.exemple.test/page">a</a></p>')
        for day, answer in zip(WEEKS, ((404,), (200,), (404,)), strict=False):
            self.run_on(day, Net(**{"/page": answer}))
        self.assertEqual(self.Link.search([("res_id", "=", self.house.id)]).state, "suspect")

    def test_what_failed_is_asked_first_and_the_rest_in_the_next_run(self):
        self.turn_on()
        links = "".join(
            f'<a href="https://www.exemple.test/{rank}">{rank}</a> ' for rank in range(30)
        )
        self.give(body=f"<p>{links}</p>")
        first, second = Net(**{"/3": (404,)}), Net()
        self.run_on(WEEKS[0], first)
        self.assertEqual(len(set(first.get_targets())), 20)
        self.run_on(WEEKS[1], second)
        self.assertEqual(second.get_targets()[0], "www.exemple.test/3")
        self.assertEqual(len(set(first.get_targets()) | set(second.get_targets())), 30)

    def test_links_of_a_busy_site_that_were_not_asked_wait_for_the_next_run(self):
        self.turn_on()
        links = "".join(f'<a href="https://www.exemple.test/{rank}">a</a>' for rank in range(3))
        self.give(body=f"<p>{links}</p>")
        self.run_on(WEEKS[0], Net(**{"/0": (503,), "/1": (503,), "/2": (503,)}))
        checked = self.Link.search([("res_id", "=", self.house.id)]).mapped("date_checked")
        self.assertEqual(checked.count(False), 2)

    def test_the_job_ends_when_its_time_is_over(self):
        self.turn_on("un.test", "deux.test")
        self.give(body='<p><a href="https://un.test/">a</a> <a href="https://deux.test/">b</a></p>')
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_kw: 0)
        net = Net()
        self.run_on(WEEKS[0], net)
        self.assertEqual(len(net.get_targets()), 1)

    def test_gone_with_the_link_or_with_the_page(self):
        link = self.make_dead()
        self.assertEqual(link.state, "dead")
        self.give(body=f'<p>Encore : <a href="{link.url}">a</a></p>')
        self.assertTrue(link.exists(), "It is there still")
        self.give(body="<p>Rien.</p>")
        self.assertFalse(link.exists())
        link = self.make_again()
        self.house.with_user(self.reader).action_take_offline("Il est tombé.")
        self.assertFalse(link.exists())

    def make_again(self):
        self.give(body='<p><a href="https://www.exemple.test/page">a</a></p>')
        self.run_on(WEEKS[2], Net(**{"/page": (404,)}))
        return self.Link.search([("res_id", "=", self.house.id)])

    def test_gone_with_its_site_and_when_it_is_turned_off(self):
        link = self.make_dead()
        self.env["ir.config_parameter"].set_param(PARAMETER, False)
        self.assertFalse(self.house._get_check_notes())
        self.env["ir.config_parameter"].set_param(PARAMETER, "True")
        self.assertTrue(self.house._get_check_notes())
        self.Host.search([]).unlink()
        self.run_on(WEEKS[2], Net())
        self.assertFalse(link.exists())

    def test_a_fresh_page_with_a_dead_link_is_to_be_checked_and_nobody_is_written_to(self):
        link = self.make_dead()
        today = date(2026, 11, 25)
        self.house.with_user(self.camille)._confirm_now()
        House = self.env["wash.house"]
        self.assertIn(self.house, House.search(House._get_to_check_domain(today)))
        self.assertNotIn(self.house, House.search(House._get_stale_domain(today)))
        link.sudo().state = "suspect"
        self.assertNotIn(self.house, House.search(House._get_to_check_domain(today)))
        self.assertFalse(self.house._get_check_notes())
        link.sudo().state = "dead"
        # As a page whose village closes: nobody wrote in it.
        self.house.sudo()._as_publication().is_online = False
        self.assertTrue(link.exists())
        self.assertNotIn(self.house, House.search(House._get_to_check_domain(today)))

    def test_a_text_that_is_no_page_stops_nothing(self):
        house = self.env["wash.house"].new()
        with patch.object(type(house), "body", "<!doctype html>"):
            self.assertEqual(house._get_body_links(), [])

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def test_who_reads_links_and_that_nobody_writes_them(self):
        link = self.make_dead()
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        staff = (
            self.secretary,
            self.agent,
            self.communication,
            self.dpo,
            self.manager,
            self.technician,
        )
        for user in staff:
            with self.subTest(user.login):
                self.assertEqual(self.Link.with_user(user).search([("id", "=", link.id)]), link)
                self.assertTrue(link.with_user(user).field_label)
        self.assertFalse(self.Link.with_user(other).search([("id", "=", link.id)]))
        with self.assertRaises(AccessError):
            link.with_user(other).read(["url"])
        for user in (self.stranger, self.camille, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                link.with_user(user).read(["url"])
        for user in (*staff, other, self.camille):
            for act in (
                lambda r: r.write({"state": "answers"}),
                lambda r: r.unlink(),
                lambda r: r.copy(),
                lambda r: r.create({"name": "x", "url": "https://x.fr"}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act(link.with_user(user))

    def test_who_keeps_the_list_of_sites(self):
        host = self.Host.create({"name": "www.exemple.test"})
        for user in (self.manager, self.technician):
            mine = host.with_user(user)
            mine.name = "autre.test"
            mine.copy({"name": f"{user.id}.test"}).unlink()
        host.with_user(self.dpo).read(["name"])
        for user in (
            self.secretary,
            self.agent,
            self.communication,
            self.camille,
            self.env.ref("base.public_user"),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                host.with_user(user).read(["name"])
        for user in (self.dpo, self.secretary, self.agent, self.communication, self.camille):
            for act in (
                lambda r: r.write({"name": "autre.test"}),
                lambda r: r.unlink(),
                lambda r: r.create({"name": "autre.test"}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act(host.with_user(user))

    def test_a_site_is_a_name(self):
        self.assertEqual(self.Host.create({"name": " WWW.Exemple.FR "}).name, "www.exemple.fr")
        for wrong in ("https://a.fr", "127.0.0.1", "localhost", "a.fr:8069", "*.a.fr"):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self.Host.create({"name": wrong})

    def test_only_the_administrator_turns_it_on(self):
        Settings = self.env["res.config.settings"]
        Settings.with_user(self.technician).create({"content_link_is_on": True}).execute()
        self.assertTrue(self.Link._is_on())
        for user in (self.manager, self.communication, self.secretary):
            with self.assertRaises(AccessError):
                Settings.with_user(user).create({"content_link_is_on": False}).execute()


@tagged("post_install", "-at_install")
class TestLinkPages(LinkCase, ContentPageCase):
    PATH = "/my/contributions/a-verifier"

    def test_her_list_names_the_dead_link_until_it_answers(self):
        link = self.make_dead()
        self.house.with_user(self.camille)._confirm_now()
        self.sign_in(self.secretary)
        page = self.words(self.get(self.PATH))
        self.assertIn("Lavoir du Moulin", page)
        self.assertIn("Ce lien ne répond plus : https://www.exemple.test/page", page)
        self.assertIn("À vérifier", self.words(self.get("/my/contributions")))
        link.sudo()._note(ANSWERS, date(2026, 11, 24))
        self.assertNotIn("Lavoir du Moulin", self.words(self.get(self.PATH), "//main"))

    def test_the_neighbour_is_not_told(self):
        self.make_dead()
        self.sign_in(self.stranger)
        self.assertNotIn("exemple.test", self.words(self.get(self.PATH)))
