from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MailgatewayCommon


@tagged("post_install", "-at_install")
class TestMailLoops(MailgatewayCommon):
    def test_machines_are_ignored_and_never_answered(self):
        request = self._submit()
        for headers, reason in (
            ({"Auto_Submitted": "auto-replied"}, "automatic"),
            ({"Auto_Submitted": "auto-generated; x=y"}, "automatic"),
            ({"X_Autoreply": "yes"}, "automatic"),
            ({"X_Autorespond": "absent"}, "automatic"),
            ({"Precedence": "auto_reply"}, "automatic"),
            ({"Precedence": "bulk"}, "automatic"),
            ({"Precedence": "list"}, "list"),
            ({"List_Id": "<voisins.exemple.fr>"}, "list"),
            ({"List_Unsubscribe": "<mailto:x@exemple.fr>"}, "list"),
            ({"Return_Path": "<>"}, "bounce"),
            ({"X_Failed_Recipients": "x@exemple.fr"}, "bounce"),
            ({"From": "MAILER-DAEMON@exemple.fr"}, "bounce"),
            ({"From": "no-reply@exemple.fr"}, "bounce"),
            ({"From": "ne_pas_repondre@exemple.fr"}, "bounce"),
            ({"Subject": "Réponse automatique : votre demande"}, "automatic"),
            ({"Subject": "=?utf-8?q?R=C3=A9ponse_automatique?="}, "automatic"),
            ({"Subject": "Re: Absence du bureau"}, "automatic"),
            ({"Subject": "Automatic reply: x"}, "automatic"),
            ({"Subject": "Out of Office"}, "automatic"),
            ({"From": "catchall@courriel.exemple.fr"}, "own"),
            ({"From": "bounce@courriel.exemple.fr"}, "own"),
            ({"From": request._get_mail_address()}, "own"),
        ):
            with self.subTest(headers):
                self.assertReceived(self._receive(request, **headers), "ignored", reason)
        self.assertFalse(self._messages(request))
        self.assertFalse(self.env["mail.mail"].search([("headers", "ilike", "auto-replied")]))

    def test_a_report_of_non_delivery_is_ignored(self):
        request = self._submit()
        raw = self._email(request, text=None).strip() + b"\r\nMIME-Version: 1.0\r\n"
        raw += b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        self.assertReceived(self._deliver(raw + b"--b--\r\n"), "ignored", "bounce")

    def test_ordinary_words_are_not_taken_for_absence(self):
        request = self._submit()
        for subject in (
            "Absence de bac",
            "Re: absence de réponse",
            "J'étais absente du bureau hier",
            "Non remise du bac",
        ):
            with self.subTest(subject):
                self.assertReceived(self._receive(request, Subject=subject), "posted")

    def test_the_same_message_twice_has_one_effect(self):
        request, other = self._submit(), self._submit()
        raw = self._email(request)
        self.assertReceived(self._deliver(raw), "posted")
        self.assertFalse(self._deliver(raw))
        self.assertEqual(len(self._messages(request)), 1)
        unnamed = self._email(request, Message_ID=None)
        self.assertReceived(self._deliver(unnamed), "posted")
        self.assertFalse(self._deliver(unnamed))
        both = self._email(
            To=f"{request._get_mail_address()}, {other._get_mail_address()}",
            Delivered_To=request._get_mail_address(),
        )
        self.assertEqual(self._deliver(both).request_id, request | other)
        self.assertEqual((len(self._messages(request)), len(self._messages(other))), (3, 1))

    def test_answers_to_a_stranger_are_few(self):
        request = self._submit()
        for _each in range(8):
            receipt = self._receive(request, From="voisin@exemple.org")
            self.assertReceived(receipt, "refused", "stranger")
        self.assertEqual(len(self._answered("voisin@exemple.org")), 3)

    def test_the_subject_of_a_stranger_brings_no_header(self):
        """An encoded subject may hold an end of line: the mail would never leave."""
        raw = self._email(self._submit(), From="voisin@exemple.org", Subject="SUJET")
        self._deliver(raw.replace(b"SUJET", b"=?utf-8?q?Bonjour=0ABcc=3A_moi=40exemple.fr?="))
        answer = self._answered("voisin@exemple.org")
        self.assertEqual(answer.subject, "Re: Bonjour Bcc: moi@exemple.fr")

    def test_a_server_that_marks_all_its_mail_is_read_and_not_answered(self):
        request = self._submit()
        receipt = self._receive(request, X_Auto_Response_Suppress="All")
        self.assertReceived(receipt, "posted")
        self._receive(request, From="x@exemple.org", X_Auto_Response_Suppress="All")
        self.assertFalse(self._answered("x@exemple.org"))

    @mute_logger("odoo.addons.procedure_mailgateway.models.procedure_mail_gateway")
    def test_two_machines_write_to_each_other_until_one_stops(self):
        """Every mail that leaves for Camille's address is answered by a machine that says nothing
        of itself, and the answer is delivered: the platform stops by itself."""
        request = self._submit()
        request.with_user(self.agent).action_take()
        files = [("virus.exe", b"MZ\x90\x00" * 100), self._photo()]
        seen = self.env["mail.mail"]
        rounds = 0
        self._receive(request, files=files)
        while new := (self._mails(request) | self._answered()) - seen:
            rounds += 1
            self.assertLess(rounds, 20, "it goes on for ever")
            seen |= new
            for _mail in new:
                self._receive(request, "Je suis un robot", files=files)
        self.assertLessEqual(len(self._answered()), 3)
        # And a machine that writes whatever happens.
        for _each in range(30):
            self._receive(request, "Je suis un robot")
        self.assertLessEqual(len(self._messages(request)), 20)
        self.assertLessEqual(len(self._answered()), 3)

    def test_mail_straight_to_the_catchall_is_answered_seldom(self):
        """Core's own answer: to machines never, to an address as seldom as ours, all together."""
        catchall = "catchall@courriel.exemple.fr"
        stranger = '"Inconnu" <inconnu@exemple.fr>'
        bounces = self._watch_bounces()
        for headers in (
            {"Auto_Submitted": "auto-replied"},
            {"Return_Path": "<>"},
            {"Precedence": "bulk"},
            {"X_Auto_Response_Suppress": "All"},
        ):
            self.Thread.message_process(None, self._email(To=catchall, From=stranger, **headers))
        self.assertFalse(bounces)
        for _each in range(5):
            self.Thread.message_process(None, self._email(To=catchall, From=stranger))
        self.assertEqual([bounce["email_to"] for bounce in bounces], [stranger] * 3)
        self.assertIn("auto-replied", bounces[0]["headers"])
        # Neither does another name of the sender, nor our own answers, add to them.
        victim = {"Return_Path": "<inconnu@exemple.fr>", "From": "autre@exemple.fr"}
        self.Thread.message_process(None, self._email(To=catchall, **victim))
        answered = self._answered("inconnu@exemple.fr")
        self._receive(self._submit(), From=stranger)
        self.assertEqual(len(bounces), 3)
        self.assertEqual(self._answered("inconnu@exemple.fr"), answered)

    def _watch_bounces(self):
        """The values of the mails that core makes and sends at once."""
        bounces = []
        create = type(self.env["mail.mail"]).create

        def watch(mails, values):
            bounces.extend(
                vals
                for vals in (values if isinstance(values, list) else [values])
                if "MAILER-DAEMON" in (vals.get("email_from") or "")
            )
            return create(mails, values)

        self.patch(type(self.env["mail.mail"]), "create", watch)
        return bounces
