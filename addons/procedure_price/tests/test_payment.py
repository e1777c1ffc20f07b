from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import PriceCommon


@tagged("post_install", "-at_install")
class TestPayment(PriceCommon):
    """Beside the request: a reference, an amount, a link, what the service says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall.write(
            {"payment_kind": "payfip", "payfip_number": "072000", "payment_when": "filed"}
        )

    def test_the_link_carries_the_reference_and_the_amount(self):
        request = self._book(more=["sound"])
        self.assertEqual(request.payment_state, "due")
        address = urlsplit(request._get_payment_url())
        self.assertEqual(address.netloc, "www.payfip.gouv.fr")
        sent = {name: value for name, (value,) in parse_qs(address.query).items()}
        self.assertEqual(sent["numcli"], "072000")
        self.assertEqual(sent["montant"], "22500")
        self.assertEqual(sent["refdet"], request.number.replace("-", ""))
        # The last half hour of a year in UTC is of the next one here.
        request.date_submitted = "2026-12-31 23:30:00"
        self.assertIn("exer=2027", request._get_payment_url())
        self.hall.payment_reference = "{annee}{numero}"
        self.assertEqual(request._make_payment_reference()[:4], "2027")

    def test_to_pay_once_accepted(self):
        self.hall.payment_when = "accepted"
        request = self._book()
        self.assertFalse(request.payment_state)
        self.assertEqual(request._get_payment_url(), "")
        request.with_user(self.agent).action_take()
        self.assertIn("200,00", request._get_todo_sentences("accepted")[0])
        request.with_user(self.agent).action_accept("Oui")
        self.assertEqual(request.payment_state, "due")
        # It is told by the mail and by the letter.
        mail = self._mails(request)[:1].body_html
        letter = request.letter_ids.filtered(lambda each: each.kind == "decision").body
        for words in ("200,00", request.payment_reference):
            self.assertIn(words, mail)
            self.assertIn(words, letter)
        # Its foot says that no mail asks for a payment: the page of the request leads to it.
        self.assertIn("Payer depuis la page", mail)
        self.assertNotIn("payfip", mail)
        self.assertIn("072000", letter)
        # No longer accepted: no longer to pay.
        request.with_user(self.agent).action_reopen("Erreur")
        reopened = html2plaintext(self._mails(request)[:1].body_html).replace("\xa0", " ")
        self.assertIn("200,00 €", reopened)
        self.assertIn("n’est plus à payer", reopened)
        self.assertFalse(request.payment_state)
        self.assertEqual(request._get_payment_url(), "")
        request.with_user(self.agent).action_refuse("Salle prise")
        self.assertNotIn("200,00", self._mails(request)[:1].body_html)

    def test_a_reopening_says_nothing_of_what_was_not_asked(self):
        """Still to pay, or paid, or never asked: the mail does not say that it is no longer."""
        for when, is_paid in (("filed", False), ("filed", True), ("accepted", False)):
            self.hall.payment_when = when
            request = self._book()
            by_agent = request.with_user(self.agent)
            by_agent.action_take()
            if is_paid:
                by_agent.action_set_paid()
            if when == "accepted":
                by_agent.action_refuse("Salle prise")
            else:
                by_agent.action_accept("Oui")
            by_agent.action_reopen("Erreur")
            with self.subTest(when, is_paid=is_paid):
                self.assertNotIn("n’est plus à payer", self._mails(request)[:1].body_html)

    def test_an_attestation_says_what_is_to_be_paid(self):
        """It is the letter of its decision: nothing else comes on paper."""
        self.hall.payment_when = "accepted"
        request = self._book()
        decision = self.env["procedure.decision"].create(
            {"request_id": request.id, "kind": "implicit_accepted", "author_id": False}
        )
        request._update_payment()
        request._on_decided(decision)
        letter = request.letter_ids.filtered(lambda each: each.kind == "attestation")
        text = html2plaintext(letter.body).replace("\xa0", " ")
        self.assertIn(f"Référence : {request.payment_reference}", text)
        self.assertEqual(text.count("200,00 €"), 2, "price, then to pay")

    def test_a_refusal_names_no_price(self):
        request = self._book()
        self.assertIn("Prix", dict(request._get_decided_facts("accepted")))
        self.assertEqual(request._get_decided_facts("refused"), [])

    def test_what_the_service_cancelled_stays_so(self):
        request = self._book()
        by_agent = request.with_user(self.agent)
        by_agent.action_take()
        by_agent.action_refuse("Salle prise")
        by_agent.action_reopen("Erreur")
        self.assertEqual(request.payment_state, "due")
        by_agent.action_cancel_payment()
        by_agent.action_refuse("Salle prise")
        by_agent.action_reopen("Erreur")
        self.assertEqual(request.payment_state, "cancelled")

    def test_nobody_settles_her_own(self):
        request = self._book()
        request.applicant_id = self.agent.partner_id
        by_agent = request.with_user(self.agent)
        for act in (
            by_agent.action_set_paid,
            by_agent.action_cancel_payment,
            lambda: by_agent._correct_price("Pour moi", label="Remise", cents=-100),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_cancelled_one_mail_and_the_request_is_unharmed(self):
        request = self._book()
        request.with_user(self.agent).action_take()
        kept = ("state", "answers", "date_due", "user_id", "price_cents", "number")
        before = request.read(kept)
        mails = len(self._mails(request))
        request.with_user(self.agent).action_cancel_payment()
        self.assertEqual(request.payment_state, "cancelled")
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_cancel_payment()
        self.assertEqual(len(self._mails(request)), mails + 1)
        self.assertIn("annulé", self._mails(request)[:1].body_html)
        self.assertEqual(request.read(kept), before)
        self.assertEqual(request._get_payment_url(), "")
        # It is still answered, and nothing is asked again.
        request.with_user(self.agent).action_accept("Oui")
        self.assertEqual(request.payment_state, "cancelled")

    def test_it_is_no_gate(self):
        """Accepted, closed, whatever is paid or not."""
        request = self._book()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_accept("Oui")
        self.assertEqual((request.state, request.payment_state), ("accepted", "due"))
        request.with_user(self.agent).action_set_paid()
        self.assertEqual(request.payment_state, "paid")
        with self.assertRaises(UserError):
            request.with_user(self.agent)._correct_price("Trop tard", label="X", cents=100)
        request.with_user(self.agent).action_set_due()
        self.assertEqual(request.payment_state, "due")

    def test_a_refusal_ends_it_without_a_message_of_its_own(self):
        request = self._book()
        request.with_user(self.agent).action_take()
        mails = len(self._mails(request))
        request.with_user(self.agent).action_refuse("Salle prise")
        self.assertEqual(request.payment_state, "cancelled")
        self.assertEqual(len(self._mails(request)), mails + 1)

    def test_an_amount_to_be_told_asks_nothing(self):
        tariffs = [{"basis": "quantity", "key": "plates", "cents": 2500}]
        hall = self._priced(
            "Salle bis",
            "BIS",
            tariffs,
            payment_kind="payfip",
            payfip_number="72000",
            payment_when="filed",
        )
        request = self._book(hall)
        self.assertFalse(request.payment_state)
        line = request.price_line_ids
        request.with_user(self.agent)._correct_price("Dix couverts", line=line, cents=25000)
        self.assertEqual(request.payment_state, "due")

    def test_only_its_service_says_it(self):
        request = self._book()
        for name in ("action_set_paid", "action_cancel_payment"):
            for user in (self.camille, self.school_agent):
                with self.assertRaises(AccessError):
                    getattr(request.with_user(user), name)()

    def test_a_wrong_setting_is_said_in_french(self):
        hall = self.hall.with_context(lang="fr_FR")
        for name, value, words in (
            ("payfip_number", "12", "cinq ou six chiffres"),
            ("payment_reference", "SALLE", "{numero}"),
            ("payment_reference", "{numero} / {annee}", "lettres et"),
            ("payment_reference", "X" * 25 + "{numero}", "6 à 30"),
        ):
            with self.assertRaises(ValidationError) as refused, self.cr.savepoint():
                hall[name] = value
                self.env.flush_all()
            self.assertIn(words, str(refused.exception), name)
        hall.payfip_number = False
        self.assertIn(hall.service_id.name, hall._get_payment_problems()[0])
        hall.service_id.payfip_number = "123456"
        self.assertEqual(hall._get_payment_problems(), [])
        hall.payment_kind = "link"
        self.assertIn("lien de paiement", hall._get_payment_problems()[0])
        hall.payment_kind = "words"
        self.assertIn("en une phrase", hall._get_payment_problems()[0])
        hall.payment_words = "Par chèque, à la mairie."
        self.assertEqual(hall._get_payment_problems(), [])
        request = self._book()
        self.assertEqual(request._get_payment_sentences()[1:], ["Par chèque, à la mairie."])
        self.assertIn("Par chèque, à la mairie.", request._get_payment_note())
        hall.payment_kind = "link"
        hall.fee_url = "https://exemple.fr/payer"
        self.assertEqual(hall._get_payment_problems(), [])
        self.assertEqual(self._book()._get_payment_url(), "https://exemple.fr/payer")
