from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.common import TerritoryCase

from ..models.privacy_processing import MANDATORY_FIELDS


@tagged("post_install", "-at_install")
class TestPrivacyProcessing(TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = False
        cls.town_hall_partner = cls.env["res.partner"].create(
            {
                "name": "Mairie de Valmont",
                "company_type": "company",
                "street": "1 place du Lavoir",
                "city": "Valmont",
                "email": "mairie@valmont.example",
                "phone": "03 00 00 00 00",
            }
        )
        cls.vals = {
            "name": "Bacs",
            "code": "test_bins",
            "controller_id": cls.town_hall_partner.id,
            "purpose": "Livrer un bac à votre porte",
            "legal_basis": "public_task",
            "person_categories": "Demandeurs",
            "data_categories": "Nom, adresse",
            "security_measures": "Accès par service",
            "dpo_contact": "dpo@exemple.test",
            "recipients": "Le service des déchets",
            "transfers": "Aucun",
            "retention": "Un an",
            "rights_contact": "dpo@valmont.example",
        }
        cls.processing = cls.env["privacy.processing"].create(cls.vals)
        cls.visitor = cls.env.ref("base.public_user")
        cls.account = cls.env.ref("privacy_register.processing_account")

    def render(self, processing, user):
        """As a page does: the template and the entry are both in the visitor's hands."""
        processing = processing.with_user(user).with_context(lang="fr_FR")
        qweb = processing.env["ir.qweb"]
        return str(qweb._render("privacy_register.notice", {"processing": processing}))

    # The register

    def test_what_is_filled_in_is_in_the_language_of_the_office(self):
        """Whoever makes the entry: the data of a module are loaded in no language."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        Processing = self.env["privacy.processing"].with_context(lang=None)
        entry = Processing.create({"name": "Prêt", "code": "test_loan"})
        self.assertEqual(entry.transfers, "Aucun.")
        self.assertIn("délégué à la protection des données", entry.rights_contact)

    def test_entry_with_all_mandatory_items_can_be_published(self):
        self.assertTrue(self.processing.is_complete)
        self.assertEqual(self.processing._missing_items(), [])
        self.assertIsNone(self.processing._check_publishable())

    def test_each_mandatory_item_alone_stops_publication(self):
        labels = self.processing.fields_get(MANDATORY_FIELDS, ["string"])
        for name in MANDATORY_FIELDS:
            with self.subTest(name):
                self.processing.write({**self.vals, name: False})
                self.assertFalse(self.processing.is_complete)
                self.assertEqual(self.processing._missing_items(), [labels[name]["string"]])
                with self.assertRaisesRegex(UserError, labels[name]["string"]):
                    self.processing._check_publishable()

    def test_blanks_are_not_an_answer(self):
        self.processing.retention = " \n "
        self.assertFalse(self.processing.is_complete)

    def test_refusal_names_the_entry_and_each_item_in_french(self):
        self.processing.write({"purpose": False, "retention": False})
        with self.assertRaises(UserError) as refusal:
            self.processing.with_context(lang="fr_FR")._check_publishable()
        self.assertEqual(
            refusal.exception.args[0],
            "La fiche «\u00a0Bacs\u00a0» du registre n’est pas complète. "
            "À remplir\u00a0: Finalité, Durée de conservation.",
        )

    def test_new_entry_is_the_company_s_and_says_what_is_missing(self):
        processing = self.env["privacy.processing"].create({"name": "Salles", "code": "test_rooms"})
        self.assertEqual(processing.controller_id, self.env.company.partner_id)
        self.assertEqual(
            processing.missing_text,
            "Purpose, Legal Basis, Persons concerned, Data, Recipients, Retention, "
            "Security Measures, Data protection officer",
        )

    def test_code_is_unique_and_a_copy_gets_its_own(self):
        self.assertEqual(self.processing.copy().code, "test_bins-copy")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["privacy.processing"].create(self.vals)

    def test_shipped_entries_lack_the_officer_only(self):
        """Who is not ours to name: the settings say it, for all entries at once."""
        shipped = (
            self.env["privacy.processing"]
            .search([])
            .filtered(
                lambda entry: (
                    entry.get_external_id()[entry.id].split(".")[0]
                    not in ("", "__export__", "territory_demo")
                )
            )
        )
        self.assertIn(self.account, shipped)
        for entry in shipped:
            self.assertEqual(entry._missing_items(), ["Data protection officer"], entry.code)
        self.env.company.dpo_contact = "Déléguée, dpo@exemple.test"
        self.assertEqual(set(shipped.mapped("is_complete")), {True})

    def test_every_notice_names_the_officer(self):
        """GDPR art. 13.1.b."""
        label = "Data protection officer"
        self.assertEqual(self.processing._get_notice()[label], "dpo@exemple.test")
        self.processing.dpo_contact = " "
        self.assertNotIn(label, self.processing._get_notice())
        self.env.company.dpo_contact = "Déléguée, dpo@valmont.example"
        self.assertEqual(self.processing._get_notice()[label], "Déléguée, dpo@valmont.example")
        self.assertTrue(self.processing.is_complete)
        self.assertIn("dpo@valmont.example", self.render(self.processing, self.visitor))

    def test_entry_of_accounts_is_the_authority_s(self):
        self.assertEqual(self.account.controller_id, self.env.company.partner_id)

    # Who may do what

    def test_officer_and_manager_keep_the_register(self):
        for user in (self.dpo, self.manager):
            with self.subTest(user=user.login):
                processing = self.processing.with_user(user)
                processing.retention = f"Un an ({user.login})"
                self.assertEqual(self.processing.retention, f"Un an ({user.login})")
                created = processing.create({**self.vals, "code": f"test_{user.id}"})
                self.assertTrue(created.is_complete)
                created.action_archive()
                self.assertFalse(created.active)

    def test_controller_is_an_authority(self):
        """Its address and telephone are published."""
        agent = new_test_user(self.env, "register_agent", "base.group_user").partner_id
        Partner = self.env["res.partner"]
        person = Partner.create({"kind": "person", "firstname": "Ana", "lastname": "Essai"})
        shop = Partner.create({"kind": "company", "name": "Garage", "company_type": "company"})
        for partner in (person, shop, agent):
            with self.subTest(partner=partner.name), self.assertRaises(ValidationError):
                self.processing.controller_id = partner
        self.processing.controller_id = self.env.company.partner_id

    def test_staff_reads_and_changes_nothing(self):
        for user in (self.agent, self.secretary, self.communication):
            with self.subTest(user=user.login):
                processing = self.processing.with_user(user)
                self.assertEqual(processing.purpose, "Livrer un bac à votre porte")
                self.assertEqual(processing.controller_id.name, "Mairie de Valmont")
                with self.assertRaises(AccessError):
                    processing.retention = "Toujours"
                with self.assertRaises(AccessError):
                    processing.create({**self.vals, "code": "test_other"})

    def test_nobody_deletes_an_entry(self):
        for user in (
            *(self.agent, self.secretary, self.communication),
            *(self.manager, self.dpo, self.technician, self.resident, self.visitor),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.processing.with_user(user).unlink()

    def test_resident_and_visitor_have_no_right_on_the_table(self):
        for user in (self.resident, self.visitor):
            processing = self.processing.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    processing.read(["purpose"])
                with self.assertRaises(AccessError):
                    processing.search([])
                with self.assertRaises(AccessError):
                    processing.retention = "Toujours"
                with self.assertRaises(AccessError):
                    processing.create({**self.vals, "code": "test_other"})

    def test_register_is_in_the_menu_of_those_who_keep_it(self):
        menu = self.env.ref("privacy_register.privacy_menu_root")
        for user, seen in (
            (self.dpo, True),
            (self.manager, True),
            (self.agent, False),
            (self.secretary, False),
            (self.communication, False),
        ):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in visible, seen, user.login)

    # The notice

    def test_visitor_reads_the_whole_notice_in_french(self):
        page = html.fromstring(self.render(self.processing, self.visitor))
        terms = [term.text_content() for term in page.iter("dt")]
        texts = [text.text_content() for text in page.iter("dd")]
        lines = dict(zip(terms, texts, strict=True))
        self.assertEqual(
            lines["Qui est responsable"],
            "Mairie de Valmont, 1 place du Lavoir, Valmont, 03 00 00 00 00, mairie@valmont.example",
        )
        self.assertEqual(lines["À quoi servent vos données"], "Livrer un bac à votre porte")
        self.assertEqual(lines["Base légale"], "Mission d’intérêt public (RGPD, art. 6-1-e)")
        self.assertEqual(lines["Qui les reçoit"], "Le service des déchets")
        self.assertEqual(lines["Combien de temps elles sont gardées"], "Un an")
        self.assertEqual(lines["Pour exercer vos droits"], "dpo@valmont.example")
        self.assertIn("www.cnil.fr", lines["Si notre réponse ne vous convient pas"])
        self.assertEqual(lines["Délégué à la protection des données"], "dpo@exemple.test")
        self.assertIn("Mairie de Valmont", page.find(".//p").text_content())
        self.assertEqual(page.find(".//summary").text_content(), "Vos données et vos droits")

    def test_notice_keeps_lines_and_shows_tags_as_text(self):
        self.processing.purpose = "Livrer\n<script>alert(1)</script>"
        rendered = self.render(self.processing, self.resident)
        self.assertNotIn("<script>", rendered)
        self.assertIn("Livrer<br>", rendered.replace("<br/>", "<br>"))

    def test_rights_follow_from_the_legal_basis(self):
        always = {
            "see your data and receive a copy",
            "have them corrected",
            "have their use limited",
        }
        for basis, rights in (
            ("public_task", {"object to their use", "have erased what no law obliges us to keep"}),
            ("legal_obligation", {"have erased what no law obliges us to keep"}),
            ("legitimate_interest", {"object to their use", "have them erased"}),
            ("contract", {"have them erased", "receive them in a file"}),
            ("vital_interest", {"have them erased"}),
            (
                "consent",
                {
                    "have them erased",
                    "receive them in a file",
                    "withdraw your consent at any time",
                },
            ),
        ):
            self.processing.legal_basis = basis
            text = self.processing._get_notice()["Your rights"]
            self.assertEqual(
                set(text.removeprefix("You may: ").removesuffix(".").split(", ")),
                always | rights,
                basis,
            )
