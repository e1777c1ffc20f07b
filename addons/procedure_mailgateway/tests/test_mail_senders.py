from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.procedure_mail_answer import MAX_ANSWERS
from .common import MailgatewayCommon


@tagged("post_install", "-at_install")
class TestMailSenders(MailgatewayCommon):
    def test_the_applicants_answer_lands_on_her_request(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        receipt = self._receive(request, "Oui, le bac est à moi.\nCamille")
        self.assertReceived(receipt, "posted")
        self.assertEqual(receipt.request_id, request)
        message = self._messages(request)
        self.assertIn("Oui, le bac est à moi.<br", message.body)
        self.assertIn("Reçu par courriel", message.body)
        self.assertEqual(message.author_id, self.camille.partner_id)
        self.assertEqual(message.message_type, "email")
        self.assertEqual(message.with_user(self.agent).body, message.body)
        self.assertEqual(request.activity_ids.user_id, self.agent)
        self.assertFalse(self._answered())

    def test_whatever_the_mail_program_does_to_the_address(self):
        request = self._submit()
        address = request._get_mail_address()
        for headers in (
            {"To": address.upper()},
            {"To": f'"Déchets, service" <{address}>, autre@exemple.fr'},
            {"To": "dechets@exemple.fr", "Cc": address},
            {"To": None, "Delivered_To": address},
            {"To": "liste@exemple.fr", "X_Original_To": address},
            {"To": address, "In_Reply_To": "<autre@exemple.fr>", "References": "<x@y>"},
            {"From": "CAMILLE@Exemple.FR"},
            {"From": '"Durand, Camille" <camille@exemple.fr>'},
            {"Message_ID": None},
        ):
            with self.subTest(headers):
                before = self._messages(request)
                self.assertReceived(self._receive(request, **headers), "posted")
                self.assertEqual(len(self._messages(request) - before), 1)

    def test_without_account(self):
        request = self._submit_without_account()
        receipt = self._receive(request, From="Ana Morel <ana@exemple.fr>")
        self.assertReceived(receipt, "posted")
        message = self._messages(request)
        self.assertFalse(message.author_id)
        self.assertIn("Ana Morel", message.email_from)

    def test_the_delegates_of_today_write_for_the_organisation(self):
        delegations = self._delegations(self.camille, self.dominique)
        camille, dominique = delegations
        association = delegations.organisation_id
        request = self._submit(acting_for=association)
        self.assertReceived(self._receive(request, From="dominique@exemple.fr"), "posted")
        self.assertEqual(self._messages(request).author_id, dominique.person_id)
        camille.state = "ended"
        self.assertReceived(self._receive(request), "refused", "stranger")

    def test_a_stranger_is_told_once_and_writes_nothing(self):
        request = self._submit()
        receipt = self._receive(request, From="Voisin <voisin@exemple.org>")
        self.assertReceived(receipt, "refused", "stranger")
        self.assertFalse(self._messages(request))
        answer = self._answered("voisin@exemple.org")
        self.assertEqual(len(answer), 1)
        self.assertIn("n’a pas été remis", answer.body_html)
        self.assertEqual(answer.subject, "Re: votre demande")
        for secret in ("Demander un bac", "camille", "Durand"):
            self.assertNotIn(secret, answer.body_html)
        self.assertNotIn("demande+", answer.reply_to)
        self.assertIn("auto-replied", answer.headers)
        other = self._receive(other_request := self._submit(self.dominique))
        self.assertReceived(other, "refused", "stranger")
        self.assertFalse(self._messages(other_request))

    def test_a_wrong_signature_says_nothing_of_the_request(self):
        request = self._submit()
        address = request._get_mail_address()
        right = request._sign_mail_address()
        sentences = set()
        for wrong in (
            address.replace(right, "a" * 16),
            address.replace(request.number.lower(), "essai-2020-9999"),
        ):
            self.assertReceived(self._receive(request, To=wrong), "refused", "stranger")
        for answer in self._answered():
            sentences.add(answer.body_html)
        self.assertEqual(len(sentences), 1)
        self.assertFalse(self._messages(request))

    def test_senders_that_are_no_one(self):
        request = self._submit()
        for sender in (
            "",
            "camille",
            "camille@exemple.fr, voisin@exemple.org",
            "undisclosed-recipients:;",
            None,
        ):
            with self.subTest(sender):
                self.assertReceived(self._receive(request, From=sender), "ignored", "sender")
        twice = self._email(request, From="voisin@exemple.org")
        twice = b"From: camille@exemple.fr\r\n" + twice
        self.assertReceived(self._deliver(twice), "ignored", "sender")
        shown = '"camille@exemple.fr" <voisin@exemple.org>'
        self.assertReceived(self._receive(request, From=shown), "refused", "stranger")
        self.assertFalse(self._messages(request))

    def test_the_staff_writes_from_the_request(self):
        request = self._submit()
        self.agent.email = "agent@exemple.fr"
        self.assertReceived(self._receive(request, From="agent@exemple.fr"), "refused", "staff")
        self.assertIn(
            f"/odoo/procedure.request/{request.id}", self._answered("agent@exemple.fr").body_html
        )
        self.assertFalse(self._messages(request))

    def test_a_reply_by_its_headers_alone_is_refused(self):
        """Core posts on the thread of the message that is answered, from anybody."""
        request = self._submit()
        parent = request._get_messages_for_applicant()
        before = request.message_ids
        for sender in ("camille@exemple.fr", "voisin@exemple.org"):
            receipt = self._receive(
                From=sender, In_Reply_To=parent.message_id, References=parent.message_id
            )
            self.assertReceived(receipt, "refused", "address")
            self.assertEqual(len(self._answered(sender)), 1)
        receipt = self._receive(In_Reply_To=parent.message_id, Auto_Submitted="auto-replied")
        self.assertReceived(receipt, "ignored", "automatic")
        raw = self._email()
        self.Thread.message_process("procedure.request", raw, thread_id=request.id)
        self.assertEqual(request.message_ids, before)
        for user in (self.camille, self.agent):
            with self.assertRaises(AccessError):
                self.Thread.with_user(user).message_process(
                    None, self._email(In_Reply_To=parent.message_id)
                )

    def test_a_shortened_address_is_refused_aloud(self):
        request = self._submit()
        for address in (
            "demande@courriel.exemple.fr",
            "demande+essai-2026-0001@courriel.exemple.fr",
            request._get_mail_address().replace("@", "x@"),
        ):
            self.assertReceived(self._receive(To=address), "refused", "address")
        self.assertEqual(len(self._answered()), 3)
        self.assertFalse(self._messages(request))
        for elsewhere in ("demande@exemple.org", "ma-demande@courriel.exemple.fr"):
            with self.assertRaises(ValueError):
                self._receive(To=elsewhere)

    def test_closed_requests_are_still_answered_and_erased_ones_are_not(self):
        request = self._submit()
        agent_view = request.with_user(self.agent)
        agent_view.action_take()
        agent_view.action_refuse("Hors territoire")
        self.assertReceived(self._receive(request, "Pourquoi ?"), "posted")
        agent_view.action_close()
        self.assertReceived(self._receive(request, "Et maintenant ?"), "posted")
        self.assertEqual(len(self._messages(request)), 2)
        raw = self._email(request)
        request._anonymise()
        self.assertReceived(self._deliver(raw), "refused", "erased")
        self.assertFalse(request.message_ids)
        self.assertIn("effacé", self._answered().body_html)

    def test_nobody_hands_in_a_mail_by_remote_call(self):
        request = self._submit()
        raw = self._email(request)
        for user in (
            self.camille,
            self.agent,
            self.manager,
            self.communication,
            self.env.ref("base.public_user"),
        ):
            with self.assertRaises(AccessError):
                self.Thread.with_user(user).message_process(None, raw)
        self.assertFalse(self._messages(request))
        self.Thread.with_user(self.env.ref("base.user_admin")).message_process(None, raw)
        self.assertTrue(self._messages(request))

    def test_what_the_receiving_server_found(self):
        request = self._submit()
        self.env["ir.config_parameter"].set_param(
            "procedure_mailgateway.authserv_id", "mx.exemple.fr"
        )
        for results, outcome in (
            ("mx.exemple.fr; dmarc=pass header.from=exemple.fr", ("posted", False)),
            ("mx.exemple.fr; dkim=pass header.d=exemple.fr; spf=fail", ("posted", False)),
            ("mx.exemple.fr; dkim=pass header.i=@exemple.fr", ("posted", False)),
            ("mx.exemple.fr; spf=pass smtp.mailfrom=camille@exemple.fr", ("posted", False)),
            ("MX.exemple.fr 1; (ok) dmarc=pass header.from=Exemple.fr", ("posted", False)),
            ("mx.exemple.fr; dmarc=none; spf=none", ("refused", "unproved")),
            ("mx.exemple.fr; none", ("refused", "unproved")),
            ("mx.exemple.fr; dmarc=fail header.from=exemple.fr", ("ignored", "forged")),
            ("mx.exemple.fr; dkim=pass header.d=exemple.org; spf=fail", ("ignored", "forged")),
            ("mx.exemple.fr; spf=softfail", ("ignored", "forged")),
            ("mx.exemple.org; dmarc=pass", ("ignored", "unchecked")),
            # What a forger obtains from the server, for a domain of his own or a mistake of it.
            (
                "mx.exemple.fr; spf=pass smtp.mailfrom=mal.invalid; dkim=pass header.d=mal.invalid",
                ("refused", "unproved"),
            ),
            ("mx.exemple.fr; dmarc=pass header.from=mal.invalid", ("ignored", "forged")),
            ("mx.exemple.fr; dmarc=pass", ("ignored", "forged")),
            ("mx.exemple.fr; dmarc=permerror; spf=permerror", ("refused", "unproved")),
            ("mx.exemple.fr; dkim=pass header.d=fr; spf=fail", ("ignored", "forged")),
            ("mx.exemple.fr; dkim=pass header.d=ple.fr; spf=fail", ("ignored", "forged")),
            ("mx.exemple.fr; dmarc=fail; dmarc=pass header.from=exemple.fr", ("ignored", "forged")),
            (
                "mx.exemple.fr; spf=pass smtp.mailfrom=x@exemple.fr.mal.invalid",
                ("refused", "unproved"),
            ),
            (f"mx.exemple.fr; {'(' * 50000}", ("ignored", "unchecked")),
            (f"mx.exemple.fr; {'(' * 7000}", ("ignored", "unchecked")),
            ("((", ("ignored", "unchecked")),
            (None, ("ignored", "unchecked")),
        ):
            with self.subTest(results):
                receipt = self._receive(request, Authentication_Results=results)
                self.assertReceived(receipt, *outcome)
        answers = self._answered()
        self.assertEqual(len(answers), MAX_ANSWERS, "a few a day; what is forged has none")
        self.assertIn("ne montre", answers[0].body_html)

    def test_only_what_the_receiving_server_put_on_top_counts(self):
        """A server that takes out its exact name only leaves other spellings of it."""
        request = self._submit()
        self.env["ir.config_parameter"].set_param(
            "procedure_mailgateway.authserv_id", "mx.exemple.fr"
        )
        for below in (
            "mx.exemple.fr; dmarc=pass header.from=exemple.fr",
            "MX.Exemple.FR 1; dmarc=pass header.from=exemple.fr",
            "(c) mx.exemple.fr; dmarc=pass header.from=exemple.fr",
        ):
            top = b"Authentication-Results: mx.exemple.fr; dmarc=none; spf=softfail\r\n"
            raw = top + self._email(request, Authentication_Results=below)
            self.assertReceived(self._deliver(raw), "ignored", "forged")

    def test_nothing_is_written_on_the_sheet_of_a_person(self):
        """By the number of a message of the staff, which travels with its notifications."""
        person = self.camille.partner_id
        note = person.message_post(body="Vue au guichet")
        before = person.message_ids
        raw = self._email(
            To="catchall@courriel.exemple.fr",
            From="voisin@exemple.org",
            In_Reply_To=note.message_id,
            files=[("virus.html", b"<script>1</script>")],
        )
        self.assertReceived(self._deliver(raw), "refused", "address")
        self.assertEqual(person.message_ids, before)
