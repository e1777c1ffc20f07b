from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestCommuneRights(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publish(block_ids=[Command.create({"code": "water"})])
        cls.visitor = cls.env.ref("base.public_user")
        cls.without_right = cls.visitor | cls.resident | cls.agent | cls.secretary
        cls.without_right |= cls.communication | cls.dpo

    def assertRefused(self, *attempts):
        for attempt in attempts:
            with self.assertRaises(AccessError):
                attempt()

    def test_everybody_reads_what_a_page_shows(self):
        for user in self.without_right | self.manager | self.technician:
            self.assertIn("members", self.blocks(user=user), user.login)

    def test_a_page_closed_again_tells_nothing_outside_the_staff(self):
        """By its words, its lines, its local page, nor by a search that would tell them."""
        self.assertTrue(self.commune._shows_images())
        self.commune.page_state = "closed"
        self.assertFalse(self.commune._shows_images())
        for user in self.visitor | self.resident:
            commune = self.commune.with_user(user)
            self.assertEqual(commune.name, "Valmont")
            self.assertRefused(
                lambda commune=commune: commune.read(["tagline"]),
                lambda commune=commune: commune.web_read({"body": {}}),
                lambda commune=commune: commune.browse().search([("water", "ilike", "Fuite")]),
                lambda commune=commune: commune.browse().search([], order="tagline"),
                lambda commune=commune: commune.browse().search_read([], ["practical"]),
                lambda commune=commune: commune.browse()._read_group([], ["tagline"]),
                lambda user=user: self.commune.member_ids.with_user(user).read(["name"]),
            )
            self.assertFalse(commune.member_ids | commune.member_ids.search([]))
            self.assertFalse(commune.page_ids.search([("commune_id", "=", commune.id)]))
        (told,) = self.commune.with_user(self.agent).read(["tagline"])
        self.assertEqual(told["tagline"], "Au bord de l’eau")
        self.commune.page_state = "pilot"
        self.assertEqual(self.commune.with_user(self.visitor).tagline, "Au bord de l’eau")

    def test_a_commune_that_is_no_more_tells_nothing_outside_the_staff(self):
        own = [self.commune[name] for name in ("member_ids", "room_ids", "link_ids", "block_ids")]
        own.append(self.page)
        self.commune.active = False
        for rows in own:
            for user in self.visitor | self.resident:
                self.assertFalse(rows.with_user(user).search([("id", "in", rows.ids)]), rows)
            self.assertTrue(rows.with_user(self.agent).search([("id", "in", rows.ids)]), rows)

    def test_a_local_page_is_found_under_its_commune_while_it_is_shown(self):
        Page, slug = self.env["commune.page"], self.page.slug
        self.assertEqual(Page._find_page(self.commune, slug), self.page)
        self.assertFalse(Page._find_page(self.other_commune, slug))
        self.page._publish_as("test", {}, is_online=False)
        self.assertFalse(Page._find_page(self.commune, slug))
        self.page._publish_as("test", {})
        for values in ({"page_state": "closed"}, {"active": False}):
            self.commune.write({"page_state": "open", "active": True})
            self.assertTrue(self.page._is_shown())
            self.commune.write(values)
            self.assertFalse(self.page._is_shown(), values)

    def test_a_new_local_page_is_proposed_by_a_secretary_or_the_staff(self):
        Page = self.env["commune.page"]
        for user in self.secretary | self.agent | self.communication | self.manager:
            self.assertTrue(Page._may_propose_new(user), user.login)
            self.assertFalse(Page._may_propose_new(user, self.env.company.partner_id))
        for user in self.resident | self.dpo | self.visitor:
            self.assertFalse(Page._may_propose_new(user), user.login)

    def test_nobody_writes_what_readers_accepted(self):
        """Neither the manager nor a job in superuser mode: only a revision does."""
        everybody = self.without_right | self.manager | self.technician
        lines = ("member_ids", "room_ids", "link_ids", "block_ids")
        for user in everybody | self.env.ref("base.user_root"):
            commune = self.commune.with_user(user)
            page = self.page.with_user(user)
            with self.subTest(user=user.login):
                for record in (*(commune[name] for name in lines), page):
                    self.assertRefused(
                        lambda record=record: record.write({"sequence": 1, "name": "x"}),
                        lambda record=record: record.copy(),
                        lambda record=record: record.unlink(),
                    )
                self.assertRefused(
                    lambda commune=commune: commune.write({"body": "<p>x</p>"}),
                    lambda commune=commune: commune.write({"tagline": "x"}),
                    lambda commune=commune: commune.write({"photo": False}),
                    lambda commune=commune: commune.write({"member_ids": [Command.clear()]}),
                    lambda page=page: page.write({"body": "<p>x</p>"}),
                    lambda page=page: page.write({"is_online": False}),
                )

    def test_the_manager_and_the_administrator_open_pages_and_write_shared_blocks(self):
        for user in self.manager | self.technician:
            self.commune.with_user(user).page_state = "pilot"
            shared = self.shared.with_user(user)
            shared.name = "Collecte du mardi"
            shared.copy().unlink()
        for user in self.without_right:
            commune, shared = self.commune.with_user(user), self.shared.with_user(user)
            with self.subTest(user=user.login):
                self.assertRefused(
                    lambda commune=commune: commune.write({"page_state": "open"}),
                    lambda shared=shared: shared.write({"name": "x"}),
                    lambda shared=shared: shared.copy(),
                    lambda shared=shared: shared.unlink(),
                )

    def test_the_secretary_proposes_and_the_page_stays_until_somebody_else_accepts(self):
        self.secretary.territory_commune_ids = self.commune
        revision = self.commune.with_user(self.secretary)._propose()
        self.assertEqual(revision.state, "draft")
        self.assertEqual(self.commune.tagline, "Au bord de l’eau")
        with self.assertRaises(AccessError):
            self.other_commune.with_user(self.secretary)._propose()
