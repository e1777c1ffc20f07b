from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing

from .test_letter import LetterCommon

WORDS = "Passez à la mairie mardi."


@tagged("post_install", "-at_install")
class TestPaper(LetterCommon):
    """Who has no e-mail is written to by letter: said before, and never lost."""

    def _submit_without_email(self, **identity):
        identity = {**self._identity(), "contact_email": "", **identity}
        return (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    identity=identity,
                    channel="phone",
                )
            )
            .with_context(lang="fr_FR")
        )

    def _write(self, request):
        return request.message_post(body=WORDS, subtype_xmlid="mail.mt_comment")

    def test_a_message_becomes_a_letter_to_print(self):
        request = self._submit_without_email()
        self.assertIn("n'a pas de courriel", request.route_label)
        self._write(request)
        letter = request.letter_ids.filtered(lambda letter: letter.kind == "message")
        self.assertTrue(letter.on_paper)
        self.assertIn(WORDS, letter.body)
        self.assertIn(letter.name, request.to_print_label)

    def test_a_message_by_mail_makes_no_letter(self):
        request = self._submit().with_user(self.agent).with_context(lang="fr_FR")
        self.assertIn("par courriel", request.route_label)
        self._write(request)
        self.assertNotIn("message", request.letter_ids.mapped("kind"))
        self.assertFalse(request.to_print_label)

    def test_a_note_between_colleagues_is_no_letter(self):
        request = self._submit_without_email()
        request.message_post(body=WORDS, subtype_xmlid="mail.mt_note")
        self.assertNotIn("message", request.letter_ids.mapped("kind"))

    def test_who_deleted_her_account_is_written_to_on_paper(self):
        request = self._submit().with_user(self.agent)
        request.sudo().applicant_id.user_ids.active = False
        request.sudo().applicant_id.active = False
        self._write(request)
        self.assertIn("message", request.letter_ids.mapped("kind"))

    def test_the_letter_takes_the_address_that_is_known(self):
        request = self._submit_without_email()
        letter = request.letter_ids[:1].sudo()
        lines = letter._get_recipient_lines()
        self.assertEqual(lines[-1], "54000 Nancy")
        request.sudo().write({"contact_street": False, "contact_zip": False, "contact_city": False})
        request.sudo().dwelling_id = self.env["territory.dwelling"].create(
            {"street": "3 chemin du Bac", "zip": "55250", "commune_id": self.vaubecourt.id}
        )
        self.assertEqual(
            letter._get_recipient_lines(),
            [request.applicant_name, "3 chemin du Bac", "55250 Vaubecourt"],
        )
        request.sudo().dwelling_id = False
        # What the form says of a place is what the request is about, unless it is hers.
        question = request.sudo().version_id.field_ids.filtered(lambda each: each.key == "address")
        self.assertNotEqual(question.prefill, "address")
        self.assertNotIn("3 rue du Moulin", letter._get_recipient_lines())
        with patch.object(type(question), "prefill", "address"):
            self.assertEqual(letter._get_recipient_lines()[1], "3 rue du Moulin")
        handed = letter.with_context(lang="fr_FR")._get_recipient_lines()
        self.assertEqual(handed, [request.applicant_name, "Remis en main propre"])
        self.assertIn("remettre en main propre", request._get_route_label())

    def test_what_is_decided_is_printed_by_a_button_of_the_request(self):
        request = self._submit_without_email()
        request.action_take()
        request.action_accept("")
        (letter,) = request.letter_ids.filtered("decision_id")
        self.assertIn(letter.name, request.to_print_label)
        # The acknowledgment first: it is the oldest.
        urls = [request.action_print_letter()["url"] for _each in range(2)]
        self.assertEqual(urls[-1], f"/procedure/letter/{letter.id}")
        self.assertFalse(request.to_print_label)
        self.assertIn("imprimé le", letter.with_context(lang="fr_FR").sending_label)
        with self.assertRaises(UserError):
            request.action_print_letter()

    def test_only_the_service_in_charge_prints(self):
        request = self._submit_without_email()
        for user in (self.school_agent, self.other_secretary, self.communication, self.dpo):
            with self.assertRaises(AccessError):
                request.with_user(user).action_print_letter()
        with self.assertRaises(AccessError):
            request.letter_ids.with_user(self.agent).write({"date_printed": False})

    def test_letters_to_print_are_found(self):
        request = self._submit_without_email()
        domain = [
            ("letter_ids", "any", [("on_paper", "=", True), ("date_printed", "=", False)]),
        ]
        found = request.search(domain)
        self.assertIn(request, found)
        request.action_print_letter()
        self.assertNotIn(request, request.search(domain))
