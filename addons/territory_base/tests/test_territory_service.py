from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestTerritoryService(TerritoryCase):
    def test_a_service_without_commune_covers_all_of_them(self):
        self.assertTrue(self.service._covers(self.other_commune))
        self.assertTrue(self.town_hall._covers(self.commune))
        self.assertFalse(self.town_hall._covers(self.other_commune))

    def test_the_contact_of_a_service_follows_it(self):
        self.service.write({"name": "Déchets ménagers", "phone": "03 29 11 11 11"})
        contact = self.service.partner_id
        self.assertEqual((contact.name, contact.phone), ("Déchets ménagers", "03 29 11 11 11"))
        self.assertFalse(contact.kind, "a service is a technical contact")

    def test_a_service_has_its_article_in_a_sentence(self):
        for name, first, inside in (
            ("Service déchets", "Le service déchets", "le service déchets"),
            ("Mairie de Beausite", "La mairie de Beausite", "la mairie de Beausite"),
            ("École du Breuil", "L’école du Breuil", "l’école du Breuil"),
            ("SPANC", "SPANC", "SPANC"),
        ):
            self.service.name = name
            self.assertEqual(self.service._get_name_said(is_first=True), first)
            self.assertEqual(self.service._get_name_said(), inside)
        self.service.name_in_sentence = "le SPANC"
        self.service.phone = "03 29 11 11 11"
        self.assertEqual(self.service._get_name_said(is_first=True), "Le SPANC")
        self.assertEqual(self.service.browse()._get_name_said(), "")

    def test_a_visitor_reads_the_service_but_not_its_agents(self):
        service = self.service.with_user(self.env.ref("base.public_user"))
        self.assertEqual(service.name, "Déchets")
        with self.assertRaises(AccessError):
            service.read(["user_ids"])
        with self.assertRaises(AccessError):
            service.search([("user_ids", "in", self.agent.ids)])

    def test_only_the_manager_and_the_administrator_change_a_service(self):
        self.service.with_user(self.manager).user_ids += self.other_agent
        self.assertIn(self.service, self.other_agent.territory_service_ids)
        for user in self.agent | self.secretary | self.communication | self.dpo:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.service.with_user(user).user_ids += user
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                user.with_user(user).territory_service_ids = self.service

    def test_leaving_a_service_closes_access_at_once(self):
        self.person.reader_service_ids = self.service
        person = self.person.with_user(self.agent)
        self.assertEqual(person.name, "Camille Zyxwelle")
        self.service.user_ids -= self.agent
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            person.read(["name"])

    def test_leaving_a_service_from_the_users_form_closes_access_too(self):
        self.person.reader_service_ids = self.service
        person = self.person.with_user(self.agent)
        self.assertTrue(person.has_access("read"))
        self.agent.territory_service_ids = False
        self.assertFalse(person.has_access("read"))
        self.agent.territory_service_ids = self.service
        self.assertTrue(person.has_access("read"))

    def test_a_service_that_is_archived_gives_nothing(self):
        """Whatever a remote call says in its context: the checks of methods read it too."""
        service = self.agent.territory_service_ids[:1]
        service.active = False
        user = self.agent.with_user(self.agent).with_context(active_test=False)
        self.env.invalidate_all()
        self.assertNotIn(service, user.territory_service_ids)
        self.assertNotIn(service, user.env.user.sudo().territory_service_ids)
        service.active = True
        self.env.invalidate_all()
        self.assertIn(service, user.territory_service_ids)
