from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PriceCommon

LATER = "À préciser par le service"


@tagged("post_install", "-at_install")
class TestPrice(PriceCommon):
    def test_the_hall_to_the_cent(self):
        request = self._book(more=["dishes", "kitchen", "sound"])
        self.assertEqual(
            self._told(request),
            [
                ("Soirée", "200,00 €"),
                ("Vaisselle", "40,00 €"),
                ("Cuisine", "60,00 €"),
                ("Sonorisation", "25,00 €"),
                ("Total", "325,00 €"),
            ],
        )
        self.assertEqual(request.price_cents, 32500)
        self.assertEqual(request.price_line_ids.mapped("unit_cents"), [20000, 4000, 6000, 2500])
        other = self._book(when="day", more=["sound"])
        self.assertEqual(other.price_cents, 17500)

    def test_a_letter_says_the_price(self):
        template = self.env["procedure.letter.template"].create(
            {"name": "Convention", "body": "<p>Prix : {{prix}}.</p>"}
        )
        request = self._book(more=["dishes"])
        self.assertEqual(template._render_text(request), "Prix : 240,00\xa0€.")
        self.assertEqual(template._render_text(self._submit()), "Prix : .")

    def test_a_forged_total_is_ignored(self):
        request = self._book(
            more=["sound"], price_cents="1", price_line_ids="1", total="1", _price="1", sound="0"
        )
        self.assertEqual(request.price_cents, 22500)

    def test_a_missing_operand_is_told_later(self):
        tariffs = [*self._hall_tariffs(), {"basis": "quantity", "key": "plates", "cents": 25}]
        hall = self._priced("Salle bis", "BIS", tariffs)
        request = self._book(hall)
        self.assertEqual(
            self._told(request), [("Soirée", "200,00 €"), ("Couverts", LATER), ("Total", LATER)]
        )
        self.assertTrue(request.is_price_told_later)
        self.assertEqual(self._book(hall, plates="80").price_cents, 22000)
        # Its service tells it.
        line = request.price_line_ids.filtered("is_told_later")
        request.with_user(self.agent)._correct_price("Comptés avec vous", line=line, cents=1500)
        self.assertEqual(request.price_cents, 21500)

    def test_a_new_tariff_changes_no_filed_request(self):
        request = self._book()
        shown = self._told(request)
        version = self.hall.action_new_version()
        evening = version.tariff_ids.filtered(lambda tariff: tariff.value == "evening")
        evening.amount = "230,00"
        evening.version_id.field_ids[0].option_ids[0].label = "Soir"
        self.hall.action_publish()
        self.env.invalidate_all()
        self.assertEqual(self._told(request), shown)
        self.assertEqual(request.price_cents, 20000)
        self.assertEqual(self._told(self._book())[0], ("Soir", "230,00 €"))

    def test_a_tenth_and_two_tenths(self):
        tariffs = [
            {"basis": "once", "label": "Un", "amount": "0,10"},
            {"basis": "once", "label": "Deux", "amount": "0,20"},
            {"basis": "formula", "label": "Trois", "formula": "0.1 + 0.2"},
        ]
        request = self._book(self._priced("Dixièmes", "DIX", tariffs))
        self.assertEqual(request.price_cents, 60)
        self.assertEqual(self._told(request)[-2:], [("Trois", "0,30 €"), ("Total", "0,60 €")])

    def test_the_kind_of_applicant_by_her_address(self):
        """Never by the address that she types in the form."""
        kinds = [
            {
                "name": "Association du territoire",
                "residence": "territory",
                "applicant": "association",
            },
            {"name": "Habitant", "residence": "territory"},
            {"name": "Extérieur", "residence": "outside"},
        ]
        tariffs = [
            {"basis": "choice", "key": "when", "value": "evening", "cents": cents, "who": who}
            for who, cents in (
                ("association_du_territoire", 0),
                ("habitant", 15000),
                ("exterieur", 20000),
            )
        ]
        hall = self._priced("Salle des kinds", "KIND", tariffs, kinds)
        self.camille.partner_id.write({"commune_id": False, "city": False})
        self.assertFalse(self.camille.partner_id._current_dwelling())
        self.assertEqual(self._told(self._book(hall))[0], ("Soirée", LATER))
        self.camille.partner_id.commune_id = self.env["territory.commune"].search([], limit=1)
        self.assertEqual(
            self._told(self._book(hall))[0], ("Soirée (Tarif\xa0: Habitant)", "150,00 €")
        )
        identity = self._identity()
        request = self._submit_without_account(
            identity, procedure=hall, answers={"when": "evening"}
        ).sudo()
        self.assertEqual(request.price_cents, 20000)
        request = self._submit_without_account(
            {**identity, "contact_address.commune": "55532"},
            procedure=hall,
            answers={"when": "evening"},
        ).sudo()
        self.assertEqual(request.price_cents, 15000)

    def test_a_correction_is_kept_and_told(self):
        request = self._book(more=["sound"])
        dishes = request.price_line_ids.filtered(lambda line: line.label == "Sonorisation")
        by_agent = request.with_user(self.agent).with_context(lang="en_US")
        by_agent._correct_price("Gestes du conseil", line=dishes)
        self.assertEqual(self._told(request), [("Soirée", "200,00 €"), ("Total", "200,00 €")])
        self.assertEqual((dishes.is_current, dishes.reason), (False, "Gestes du conseil"))
        mail = self._mails(request)[:1].body_html
        for words in ("Sonorisation", "Gestes du conseil", "200,00", "annul"):
            self.assertIn(words, mail)
        with patch.object(type(request), "_on_price_raised", autospec=True) as raised:
            by_agent._correct_price("Porte abîmée", label="Réparation", cents=4550)
            raised.assert_called_once()
            by_agent._correct_price("Geste", label="Remise", cents=-50)
            by_agent._correct_price("Geste repris", label="Remise reprise", cents=50)
            self.assertEqual(raised.call_count, 2)
        self.assertEqual(request.price_cents, 24550)
        with self.assertRaises(UserError):
            by_agent._correct_price("Trop", label="Remise", cents=-30000)
        with self.assertRaises(UserError):
            by_agent._correct_price(" ", label="Sans raison", cents=100)
        with self.assertRaises(UserError):
            by_agent._correct_price("Encore", line=dishes)
        for user in (self.camille, self.school_agent):
            with self.assertRaises(AccessError):
                request.with_user(user)._correct_price("Moi", label="À moi", cents=100)

    def test_answers_corrected_later(self):
        """The price does not move by itself; the agent takes the new one, or keeps it."""
        request = self._book(more=["sound"])
        by_agent = request.with_user(self.agent)
        request._correct_answers({"plates": 4})
        self.assertFalse(request.is_price_behind)
        with self.assertRaises(UserError):
            by_agent.action_take_new_price()
        request._correct_answers({"when": "day"})
        self.assertEqual(request.price_cents, 22500)
        self.assertIn("price_behind", by_agent.desk_bands)
        self.assertEqual(by_agent.price_offer_label.replace("\xa0", " "), "175,00 €")
        for state in (request.payment_state, "paid"):
            request.sudo().payment_state, former = state, request.payment_state
            for user in (self.school_agent, self.camille):
                with self.assertRaises(AccessError):
                    request.with_user(user).action_take_new_price()
            request.sudo().payment_state = former
        by_agent.action_take_new_price()
        self.assertEqual(request.price_cents, 17500)
        self.assertEqual(self._told(request)[0], ("Journée", "150,00 €"))
        self.assertEqual(len(request.price_line_ids), 4)
        self.assertFalse(request.is_price_behind)
        mail = self._mails(request)[:1].body_html
        for words in ("175,00", "Vos réponses ont changé"):
            self.assertIn(words, mail)
        request._correct_answers({"when": "evening"})
        by_agent.action_keep_price()
        self.assertEqual((request.price_cents, request.is_price_behind), (17500, False))

    def test_ages_count_from_the_reception(self):
        asked = [{"key": "born", "type": "date", "label": "Né le"}]
        hall = self._procedure("Âge", "AGE", self.waste, fields=asked, publish=False)
        version = hall._get_draft()
        version.tariff_ids = [
            Command.create({"basis": "formula", "label": "Âge", "formula": "age(born)"})
        ]
        born, day = date(2010, 5, 2), date(2020, 5, 1)
        (line,) = version._reckon({"born": born.isoformat()}, "", day)
        self.assertEqual(line["total_cents"], 900)

    def test_nobody_writes_a_price_by_hand(self):
        request = self._book()
        line = request.price_line_ids[:1]
        for act in (
            lambda user: line.with_user(user).write({"total_cents": 1}),
            lambda user: line.with_user(user).unlink(),
            lambda user: line.with_user(user).create({"request_id": request.id, "label": "X"}),
            lambda user: request.with_user(user).write({"price_cents": 1}),
            lambda user: request.with_user(user).write({"payment_state": "paid"}),
        ):
            for user in (self.agent, self.manager, self.camille):
                with self.assertRaises(AccessError):
                    act(user)

    def test_the_wizard_is_the_agents(self):
        request = self._book()
        Wizard = self.env["procedure.price.correction"]
        values = {
            "request_id": request.id,
            "act": "change",
            "line_id": request.price_line_ids.id,
            "amount": "180 €",
            "reason": "Deux heures de moins",
        }
        Wizard.with_user(self.agent).create(values).action_confirm()
        self.assertEqual(request.price_cents, 18000)
        with self.assertRaises(UserError):
            wrong = {**values, "amount": "beaucoup", "line_id": request.price_line_ids[-1:].id}
            Wizard.with_user(self.agent).create(wrong).action_confirm()
        with self.assertRaises(AccessError):
            Wizard.with_user(self.school_agent).create(values)

    def test_filing_with_a_price_asks_few_queries(self):
        plain = self._procedure("Salle nue", "NUE", self.waste, fields=self._hall_fields())
        answers = {"more": ["dishes", "kitchen", "sound"]}
        self._book(plain, **answers)
        self._book(self.hall, **answers)
        counts = []
        for procedure in (plain, self.hall):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._book(procedure, **answers)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 12, counts)

    def test_what_is_forgotten(self):
        request = self._book()
        request.write({"state": "closed"})
        request._anonymise()
        self.assertFalse(request.price_line_ids)
        self.assertEqual(request.price_cents, 20000)
