from lxml import etree

from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.exceptions import AnswersInvalid

from ..models.procedure_procedure import KINDS
from .common import FURNISHED, NUMBER, OTHER, ROOMS, TEMPLATES, LodgingCase


@tagged("post_install", "-at_install")
class TestLodgingWalk(LodgingCase):
    """Each procedure from its filing to its closing."""

    procedures = tuple(TEMPLATES)

    def _walk(self, procedure, answers, facts):
        request = self._declare(procedure, answers=answers)
        declaration = request.lodging_ids
        self.assertEqual((request.state, declaration.state), ("submitted", "live"))
        self.assertEqual(request.service_id, self.town_hall)
        # The receipt, at once, in what the acknowledgment carries.
        receipt = request.letter_ids.filtered(lambda letter: letter.kind == "receipt")
        self.assertEqual(len(receipt), 1)
        receipt._draw()
        self.assertTrue(receipt.file and receipt.message_id)
        words = html2plaintext(receipt.body)
        for word in (declaration.number, "Camille Duchêne", "8 rue du Lavoir", *facts):
            self.assertIn(word, words)
        agent_request = request.with_user(self.secretary)
        agent_request.action_take()
        agent_request.action_accept()
        self.assertEqual(request.state, "accepted")
        self.assertTrue(declaration.date_checked)
        mails = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id"
        )
        self.assertIn("est enregistrée", mails[-1].subject)
        decision = request.letter_ids.filtered(lambda letter: letter.kind == "decision")
        self.assertEqual(decision.name, "Votre déclaration est enregistrée")
        for word in (declaration.number, declaration.dwelling_id.street):
            self.assertIn(word, decision.body)
        agent_request.action_close()
        self.assertEqual((request.state, declaration.state), ("closed", "live"))
        return request

    def test_a_declaration_shows_no_way_to_refuse_it(self):
        """The law says that it is declared: what is always refused is not shown."""
        view = self.env["procedure.request"].get_view(
            self.env.ref("procedure_desk.procedure_request_view_form").id
        )
        arch = etree.fromstring(view["arch"])
        for act in ("refuse", "waiting_list"):
            buttons = arch.xpath(f"//button[contains(@context, \"'{act}'\")]")
            self.assertTrue(buttons)
            for button in buttons:
                for kind in KINDS:
                    self.assertIn(f"'{kind}'", button.get("invisible"))

    def test_a_furnished_lodging(self):
        self._walk(
            self.furnished,
            {**FURNISHED, "lodging_main_home": "yes", "lodging_ranking": "3"}
            | {"lodging_ranking_date": "2025-05-02", "lodging_directory": "1"},
            ("Meublé de tourisme", "4 rue du Four", "3 étoiles", "120 jours", "Toute l’année"),
        )

    def test_guest_rooms(self):
        self._walk(self.rooms, ROOMS, ("Chambres d’hôtes", "4 rue du Four", "D’avril à septembre"))

    def test_a_number_of_the_national_site(self):
        self._set_mode("national")
        self._walk(self.national, NUMBER, ("99001\xa0123456\xa0AB", "4 rue du Four"))

    def test_another_lodging(self):
        self._walk(self.other, OTHER, ("Gîte de groupe ou d’étape", "4 rue du Four"))

    def test_what_was_corrected_is_what_the_register_says(self):
        request = self._declare()
        first = request.lodging_ids
        request.with_user(self.secretary).action_ask_completion(
            [
                {"field_key": "lodging_rooms", "reason": "Combien ?"},
                {"field_key": "lodging_address", "reason": "Quel numéro ?"},
            ]
        )
        request.with_user(self.camille)._complete(
            answers={
                "lodging_rooms": "5",
                "lodging_address.street": "6 rue du Four",
                "lodging_address.commune": "99001",
            },
            by=self.camille.partner_id,
        )
        declaration = request.lodging_ids
        self.assertEqual(declaration, first)
        self.assertEqual(
            (declaration.rooms, declaration.dwelling_id.street, declaration.state),
            (5, "6 rue du Four", "live"),
        )
        receipts = request.letter_ids.filtered(lambda letter: letter.kind == "receipt")
        self.assertEqual(len(receipts), 2)
        self.assertIn("6 rue du Four", html2plaintext(receipts.sorted("id")[-1].body))

    def test_what_is_corrected_is_checked_as_what_is_filed(self):
        request = self._declare(self.rooms, answers=ROOMS)
        self.rooms.version_id.field_ids.filtered("max_value").flush_recordset()
        self.env.cr.execute(
            "UPDATE procedure_field SET max_value = 100 WHERE key = 'lodging_rooms'"
        )
        self.env.invalidate_all()
        request.with_user(self.secretary).action_ask_completion(
            [{"field_key": key, "reason": "?"} for key in ("lodging_rooms", "lodging_address")]
        )
        wrong = {
            "lodging_rooms": {"lodging_rooms": "6"},
            "lodging_address": {
                "lodging_rooms": "2",
                "lodging_address.commune": "Nancy",
                "lodging_address.zip": "54000",
            },
        }
        address = {
            "lodging_address.street": "6 rue du Four",
            "lodging_address.commune": "99001",
        }
        for key, answers in wrong.items():
            with self.subTest(key), self.assertRaises(AnswersInvalid) as refused:
                request.with_user(self.camille)._complete(
                    answers={**address, **answers}, by=self.camille.partner_id
                )
            self.assertEqual([name.partition(".")[0] for name in refused.exception.errors], [key])
        self.assertEqual(request.state, "to_complete")

    def test_an_address_of_another_commune_goes_to_its_town_hall(self):
        hall = self.env["territory.service"].create(
            {
                "name": "Mairie de Clairval",
                "code": "test_other_hall",
                "kind": "town_hall",
                "commune_ids": self.other_commune.ids,
            }
        )
        request = self._declare()
        request.with_user(self.secretary).action_ask_completion(
            [{"field_key": "lodging_address", "reason": "Où ?"}]
        )
        request.with_user(self.camille)._complete(
            answers={
                "lodging_address.street": "4 rue du Four",
                "lodging_address.commune": "99002",
            },
            by=self.camille.partner_id,
        )
        declaration = request.lodging_ids
        self.assertEqual(
            (request.service_id, declaration.service_id, declaration.commune_id),
            (hall, hall, self.other_commune),
        )
        self.assertEqual(request.commune_id, self.other_commune)

    def test_the_number_alone_keeps_what_was_declared(self):
        self._declare()
        self._set_mode("national", "2026-06-01")
        answers = {key: text for key, text in NUMBER.items() if key != "lodging_persons"}
        second = self._declare(self.national, answers=answers).lodging_ids
        self.assertEqual((second.rooms, second.beds, second.persons), (3, 2, 4))
        self.assertEqual(second.periods, "Toute l’année")

    def test_the_number_alone_keeps_her_consent_unless_she_takes_it_back(self):
        wants = {**FURNISHED, "lodging_directory": "1"}
        for day, answers, is_wanted in (
            ("2026-06-01", {}, True),
            ("2026-06-02", {"lodging_directory": "0"}, False),
        ):
            with self.subTest(answers):
                self.env["lodging.mode"].search([]).unlink()
                self.assertTrue(self._declare(answers=wants).lodging_ids.wants_directory)
                self._set_mode("national", day)
                second = self._declare(self.national, answers={**NUMBER, **answers}).lodging_ids
                self.assertEqual((second.state, second.wants_directory), ("live", is_wanted))

    def test_a_secretary_enters_a_declaration_made_on_paper(self):
        request = self._declare(by=self.secretary)
        self.assertEqual((request.channel, request.lodging_ids.state), ("phone", "live"))
        self.assertEqual(request.lodging_ids.declarant_name, "Ana Morel")
        self.assertEqual(request.lodging_ids.declarant_address, "1 place Haute, 54000 Nancy")

    def test_the_receipt_is_sent_to_who_declares_never_to_the_lodging(self):
        company = self.env["res.partner"].create(
            {
                "kind": "company",
                "company_type": "company",
                "name": "Menuiserie d’essai",
                "street": "4 zone artisanale",
                "commune_id": self.other_commune.id,
            }
        )
        request = self._declare()
        receipt = request.letter_ids.filtered(lambda letter: letter.kind == "receipt").sudo()
        self.assertEqual(
            receipt.frame["recipient_lines"][:2], ["Camille Duchêne", "8 rue du Lavoir"]
        )
        town = receipt._tidy_lines(zip_code=self.other_commune.zip, city=self.other_commune.name)
        request.acting_for_id = company
        self.assertEqual(
            receipt._get_recipient_lines(),
            ["Menuiserie d’essai", "Camille Duchêne", "4 zone artisanale", *town],
        )
        self.assertEqual(
            request._get_declarant_address(company), ", ".join(["4 zone artisanale", *town])
        )
        # Without any address, it is handed over.
        company.street = False
        self.assertNotIn("4 rue du Four", receipt._get_recipient_lines())
