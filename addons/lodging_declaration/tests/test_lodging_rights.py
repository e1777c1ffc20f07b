from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LodgingCase


@tagged("post_install", "-at_install")
class TestLodgingRights(LodgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declaration = cls._declare().lodging_ids
        cls.other_secretary = cls._new_staff("secretaire.clairval", "secretary")
        cls.env["territory.service"].create(
            {
                "name": "Mairie de Clairval",
                "code": "test_other_hall",
                "kind": "town_hall",
                "commune_ids": cls.other_commune.ids,
                "user_ids": cls.other_secretary.ids,
            }
        )

    def test_who_reads_the_register(self):
        for user in self.secretary | self.manager | self.technician:
            self.assertReads(user, self.declaration)
        for user in self.other_secretary | self.agent | self.other_agent:
            self.assertReadsNot(user, self.declaration)
        for user in self.communication | self.dpo | self.camille | self.sacha | self.stranger:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.declaration.with_user(user).read(["number"])

    def test_the_service_of_the_tourist_tax_reads_them_all(self):
        self.service.reads_lodgings = True
        self.assertReads(self.agent, self.declaration)
        with self.assertRaises(AccessError):
            self.declaration.with_user(self.agent).action_cease()
        self.service.reads_lodgings = False
        self.assertReadsNot(self.agent, self.declaration)

    def test_nobody_writes_it(self):
        for user in self.secretary | self.manager | self.technician | self.camille:
            with self.subTest(user.login):
                declaration = self.declaration.with_user(user)
                with self.assertRaises(AccessError):
                    declaration.write({"rooms": 9})
                with self.assertRaises(AccessError):
                    declaration.create({"kind": "other"})
                with self.assertRaises(AccessError):
                    declaration.unlink()

    def test_nobody_reads_whose_account_it_is(self):
        with self.assertRaises(AccessError):
            self.declaration.with_user(self.secretary).read(["declarant_id"])

    def test_buttons_are_those_of_the_town_hall(self):
        for user in self.other_secretary | self.agent | self.communication | self.camille:
            for name in ("action_cease", "action_replace"):
                with self.subTest(user.login, name=name), self.assertRaises(AccessError):
                    getattr(self.declaration.with_user(user), name)()
        self.assertEqual(self.declaration.state, "live")

    def test_who_ends_it(self):
        request = self.declaration.request_id
        for user in self.sacha | self.stranger | self.secretary:
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user)._run_transition("lodging_cease", by=user.partner_id)
        for user in self.camille | self.other_secretary:
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user)._run_transition("lodging_cease_entered")

    def test_who_says_that_its_end_was_a_mistake(self):
        request = self.declaration.request_id
        request.with_user(self.camille)._run_transition("lodging_cease", by=self.camille.partner_id)
        for user in self.sacha | self.stranger | self.secretary:
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user)._run_transition("lodging_resume", by=user.partner_id)
        self.assertEqual(self.declaration.state, "ceased")

    def test_contacts_are_those_that_she_reads(self):
        Contacts = self.env["lodging.contacts"]
        wizard = Contacts.with_user(self.secretary).create({})
        self.assertEqual(wizard._get_declarations().ids, self.declaration.ids)
        columns = wizard._get_columns()
        row = [str(value(self.declaration) or "") for _label, value in columns]
        for word in ("Camille Duchêne", "camille.test@example.org", "4 rue du Four", "Valmont"):
            self.assertIn(word, row)
        self.assertIn("/web/content/", wizard.action_export()["url"])
        with self.assertRaisesRegex(UserError, "No declaration"):
            Contacts.with_user(self.other_secretary).create({})._get_declarations()
        for user in self.camille | self.communication | self.dpo:
            with self.subTest(user.login), self.assertRaises(AccessError):
                Contacts.with_user(user).create({})
        with self.assertRaises(AccessError):
            wizard.with_user(self.manager).read(["file"])

    def test_the_paper_of_the_town_hall_says_what_is_needed(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("lodging_declaration.lodging_register", self.declaration.ids)[0]
            .decode()
        )
        for word in ("Camille Duchêne", "4 rue du Four", self.declaration.number):
            self.assertIn(word, html)
        for word in ("camille.test@example.org", "rue du Lavoir"):
            self.assertNotIn(word, html)
