from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base import clock

from .common import ProcedureCommon, upload


@tagged("post_install", "-at_install")
class TestMail(ProcedureCommon):
    def test_acknowledgment_is_queued_with_the_request(self):
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        domain = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(domain)
        request = self._submit()
        after = self.env["ir.cron.trigger"].search_count(domain)
        self.assertGreater(after, before, "the queue is woken up at the commit")
        mail = self._mails(request)
        self.assertEqual((mail.state, mail.recipient_ids), ("outgoing", self.camille.partner_id))
        self.assertIn("dechets@exemple.fr", mail.email_from)

    def test_a_mail_promises_no_phone_that_its_service_has_not(self):
        request = self._submit().with_context(lang="fr_FR")
        for phone, is_said in (("03 29 00 00 00", True), (False, False)):
            self.waste.phone = phone
            self.assertEqual("appelez" in request._get_answer_sentence(), is_said, phone)

    # -- mentions of the law: CRPA R112-5 (any request), R112-11-1 (electronic), L211-5, L212-1

    def _set_service(self):
        self.env["ir.config_parameter"].set_param(
            "procedure.appeal_text", "Deux mois, tribunal administratif de Nancy"
        )
        self.waste.write({"street": "1 rue de la Gare", "zip": "55000", "city": "Bar-le-Duc"})

    def _read_mail(self, request):
        """What leaves, as text on one line."""
        mail = self._mails(request)[0] if request.applicant_id else self._mails(email="ana@")
        self.assertEqual(len(mail), 1)
        return " ".join(html2plaintext(mail.body_html).replace("*", "").split())

    @freeze_time("2026-11-25 10:05:00")
    def test_each_mention_of_the_acknowledgment_is_in_the_mail(self):
        self._set_service()
        for channel in ("web", "counter"):
            request = self._submit_by(channel)
            mail = self._read_mail(request)
            mentions = {
                "number": request.number,
                "date of reception": "25/11/2026",
                "expected answer": f"Réponse attendue avant le {request.date_due:%d/%m/%Y}",
                "procedure": "Demander un bac",
                "version of the form": "version 1",
                "service": "Déchets",
                "postal address": "1 rue de la Gare, 55000 Bar-le-Duc",
                "phone": "0399000001",
                "e-mail": "dechets@exemple.fr",
                "documents": "photo.png (1 page, 1 ko)",
                "data": "/donnees-personnelles",
                "follow-up": "Suivre ma demande",
            }
            for name, mention in mentions.items():
                with self.subTest(name, channel=channel):
                    self.assertIn(mention, mail)
            self.assertNotIn(upload()["sha256"][:16], mail, "it means nothing to an inhabitant")

    def test_the_court_of_the_territory_is_named(self):
        """Where it is loaded from, and where the administrator writes it, is the company."""
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        court = "tribunal administratif d’essai, 1 place Haute, 99000 Essai"
        with TemporaryDirectory() as folder:
            Path(folder, "communes.csv").write_text("code_insee,nom\n99901,Essai\n", "utf-8")
            row = f'nom,siren,tribunal_administratif\nEssai,200066140,"{court}"\n'
            Path(folder, "epci.csv").write_text(row, "utf-8")
            self.env["territory.loader"]._load_folder(folder)
        request = self._submit()
        self._mails(request).unlink()
        request.with_user(self.agent).action_refuse("Hors du territoire.")
        self.assertIn(court, self._read_mail(request))

    @freeze_time("2026-11-25 10:05:00")
    def test_each_mention_of_a_refusal_is_in_the_mail(self):
        self._set_service()
        self.agent.partner_id.function = "Responsable du service"
        for channel in ("web", "counter"):
            request = self._submit_by(channel)
            self._mails(email="ana@").unlink()
            request.with_user(self.agent).action_refuse("Le bac a déjà été remis.")
            mail = self._read_mail(request)
            mentions = {
                "number and follow-up": f"{request.number} Suivre ma demande",
                "sense": "est refusée",
                "reasons": "Le bac a déjà été remis.",
                "appeal": "Deux mois, tribunal administratif de Nancy",
                "author": f"25/11/2026 par {self.agent.name}, Responsable du service",
                "service": "Déchets",
                "postal address": "1 rue de la Gare, 55000 Bar-le-Duc",
                "phone": "0399000001",
                "e-mail": "dechets@exemple.fr",
            }
            for name, mention in mentions.items():
                with self.subTest(name, channel=channel):
                    self.assertIn(mention, mail)

    def test_conditions_may_be_contested_too(self):
        self._set_service()
        request = self._submit()
        request.with_user(self.agent).action_accept("", "À condition de le rentrer")
        mail = self._read_mail(request)
        self.assertIn("À condition de le rentrer", mail)
        self.assertIn("tribunal administratif de Nancy", mail)

    def test_files_of_the_service_leave_with_the_mail(self):
        request = self._submit()._post_to_applicant(
            "Objet", "Bonjour", attachments=[("a.txt", b"A")]
        )
        self.assertEqual(request.attachment_ids.mapped("raw"), [b"A"])
        without = self._submit_without_account()
        message = without._post_to_applicant("Objet", "Bonjour", attachments=[("b.txt", b"B")])
        self.assertEqual(message.attachment_ids.mapped("name"), ["b.txt"])

    def test_the_code_goes_in_the_mail_only(self):
        request = self._submit_without_account()
        code = request.env.context["follow_code"]
        mail = self._mails(email="Ana@exemple.fr")
        self.assertIn(code, mail.body_html)
        self.assertIn(request.number, mail.body_html)
        self.assertIn(f"/suivi/{request.number}", mail.body_html)
        for message in request.message_ids:
            self.assertNotIn(code, message.body)
        for user in (self.agent, self.manager, self.camille):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                mail.with_user(user).read(["body_html"])

    def test_without_an_address_nothing_is_mailed(self):
        before = self.env["mail.mail"].search_count([])
        self.env["procedure.request"].with_user(self.agent)._submit(
            Filing(
                procedure=self.procedure,
                answers=self._answers(),
                identity={"contact_firstname": "Ana", "contact_lastname": "Morel"},
                channel="counter",
            )
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    # -- comments and notes

    def test_a_comment_reaches_the_applicant_and_a_note_never_does(self):
        request = self._submit()
        agent_view = request.with_user(self.agent)
        agent_view.message_post(
            body="Bonjour Camille", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        self.assertIn("Bonjour Camille", self._mails(request)[0].body_html)
        before = self._mails(request)
        note = agent_view.message_post(
            body="Attention", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        self.assertEqual(self._mails(request), before)
        self.assertNotIn(note, request._get_messages_for_applicant())
        seen = (
            self.env["mail.message"]
            .with_user(self.camille)
            .search([("model", "=", "procedure.request"), ("res_id", "=", request.id)])
        )
        self.assertNotIn(note, seen)
        self.assertTrue(seen)
        with self.assertRaises(AccessError):
            note.with_user(self.camille).read(["body"])

    def test_changes_of_state_are_notes(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        log = request.message_ids[0]
        self.assertTrue(log.is_internal)
        with self.assertRaises(AccessError):
            log.with_user(self.camille).read(["body"])

    def test_what_was_said_stays_as_it_was_said(self):
        """Core lets who was notified rewrite a message, and the staff delete it."""
        request = self._submit()
        message = request.with_user(self.agent).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        note = request.with_user(self.agent).message_post(
            body="Entre nous", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        for user in (self.camille, self.agent, self.colleague, self.manager):
            with self.assertRaises(AccessError):
                message.with_user(user).write({"body": "Refusé"})
            with self.assertRaises(AccessError):
                message.with_user(user).unlink()
        with self.assertRaises(AccessError):
            note.with_user(self.colleague).write({"body": "Autre chose"})
        note.with_user(self.agent).write({"body": "Mieux dit"})
        self.assertIn("Mieux dit", note.body)
        message.with_user(self.agent).toggle_message_starred()

    def test_a_comment_reaches_who_has_no_account(self):
        request = self._submit_without_account()
        request.with_user(self.agent).message_post(
            body="Bonjour Ana", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        request.with_user(self.agent).message_post(
            body="Entre nous", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        bodies = self._mails(email="ana@exemple.fr").mapped("body_html")
        self.assertTrue(any("Bonjour Ana" in body for body in bodies))
        self.assertFalse(any("Entre nous" in body for body in bodies))

    def test_an_agent_writes_to_nobody_else(self):
        request = self._submit().with_user(self.agent)
        stranger = self.dominique.partner_id
        comment = {"subtype_xmlid": "mail.mt_comment", "message_type": "comment"}
        with self.assertRaises(AccessError):
            request.message_post(body="x", partner_ids=stranger.ids, **comment)
        with self.assertRaises(AccessError):
            request.message_post(body="x", partner_ids=self.camille.partner_id.ids)
        with self.assertRaises(AccessError):
            request.message_subscribe(partner_ids=stranger.ids)
        before = self._mails(email="autre@exemple.fr")
        request.with_context(outgoing_email_to="autre@exemple.fr").message_post(
            body="x", outgoing_email_to="autre@exemple.fr", **comment
        )
        self.assertEqual(self._mails(email="autre@exemple.fr"), before)
        request.message_post(
            body="x", partner_ids=(self.camille | self.colleague).partner_id.ids, **comment
        )

    def test_a_comment_reaches_the_applicant_who_follows_no_more(self):
        request = self._submit()
        request.message_follower_ids.unlink()
        request.with_user(self.agent).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        self.assertIn(self.camille.partner_id, self._mails(request)[0].recipient_ids)

    def test_the_delegates_of_today_receive_the_answer(self):
        delegations = self._delegations(self.camille, self.dominique)
        association = delegations.organisation_id
        request = self._submit(acting_for=association)
        everyone = (self.camille | self.dominique).partner_id
        received = self._mails(request)
        self.assertEqual(received.recipient_ids, everyone)
        # What was given, not the name that Camille gave to her file.
        self.assertIn("Justificatif de domicile", received[0].body_html)
        self.assertNotIn("photo.png", received[0].body_html)
        delegations[0].state = "ended"
        former = self._mails(request)
        request.with_user(self.agent).action_accept()
        request.with_user(self.agent).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        self.assertEqual((self._mails(request) - former).recipient_ids, self.dominique.partner_id)

    def test_the_applicant_writes_by_our_door_only(self):
        request = self._submit()
        with self.assertRaises(AccessError):
            request.with_user(self.camille).message_post(
                body="x", partner_ids=self.dominique.partner_id.ids
            )
        message = request.with_user(self.camille)._post_from_applicant(
            "<b>Bonjour</b>", files=[upload()], by=self.camille.partner_id
        )
        self.assertIn("&lt;b&gt;Bonjour&lt;/b&gt;", message.body)
        self.assertEqual(message.author_id, self.camille.partner_id)
        self.assertEqual(message.attachment_ids.name, "photo.png")
        self.assertIn(message, request._get_messages_for_applicant())
        # In the name of the person, from an address that our mail server may use.
        self.assertIn("Camille Durand", message.email_from)
        self.assertIn(self.waste.email, message.email_from)
        # What an agent answers by mail never leaves for her own address, unseen.
        self.assertIn(self.waste.email, message.reply_to)
        self.assertNotIn(self.camille.email, message.reply_to)
        for empty in ("", " "):
            with self.assertRaises(UserError):
                request.with_user(self.camille)._post_from_applicant(
                    empty, by=self.camille.partner_id
                )
        for user in (self.dominique, self.agent):
            with self.assertRaises(AccessError):
                request.with_user(user)._post_from_applicant("x", by=user.partner_id)
        with self.assertRaises(AccessError):
            request.with_user(self.dominique)._post_from_applicant("x", by=self.camille.partner_id)

    def test_others_read_no_message_and_no_follower(self):
        request = self._submit()
        for user in (
            self.dominique,
            self.secretary,
            self.school_agent,
            self.communication,
            self.dpo,
        ):
            with self.subTest(user.login):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    request.message_ids.with_user(user).read(["body"])
                self.assertFalse(
                    self.env["mail.message"]
                    .with_user(user)
                    .search([("model", "=", request._name), ("res_id", "=", request.id)])
                )
                with self.assertRaises(AccessError):
                    request.with_user(user).message_post(body="x")
                with self.assertRaises(AccessError):
                    request.with_user(user).message_subscribe(self.dominique.partner_id.ids)
                with self.assertRaises(AccessError):
                    request.with_user(user).activity_schedule("mail.mail_activity_data_todo")

    def test_the_agent_in_charge_is_told_of_a_message(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        request.with_user(self.camille)._post_from_applicant(
            "Une question", by=self.camille.partner_id
        )
        activity = request.activity_ids.with_user(self.agent)
        self.assertEqual(activity.user_id, self.agent)
        # The form of the request reads it too: not the account of the resident.
        self.assertEqual(activity.create_uid.name, self.env.ref("base.user_root").name)

    def test_the_link_of_a_mail_opens_the_applicants_page(self):
        request = self._submit()
        action = request.with_user(self.camille)._get_access_action()
        self.assertTrue(action["url"].endswith(f"/my/demandes/{request.id}"))
        action = request.with_user(self.agent)._get_access_action()
        self.assertEqual(action["res_model"], "procedure.request")


@tagged("post_install", "-at_install")
class TestMailLook(ProcedureCommon):
    """What a mail says besides its words: it must not look like spam (inhabitant review, D14)."""

    def _sent(self, request):
        return self._mails(request).sorted("id")[-1]

    def test_a_message_of_an_agent_says_who_about_what_and_how_to_answer(self):
        request = self._submit()
        request.with_user(self.agent).message_post(
            body="La photo est trop sombre.", subtype_xmlid="mail.mt_comment"
        )
        mail = self._sent(request)
        for words in (
            "Bonjour Camille Durand,",
            f"{self.agent.name} (Déchets) vous écrit au sujet de votre demande",
            "La photo est trop sombre.",
            "Suivre ma demande",
            request._get_url(),
            "0399000001",
            "Une question",
            "Nous ne demandons jamais de mot de passe",
        ):
            self.assertIn(words, mail.body_html)
        self.assertIn("vous écrit", mail.subject)
        self.assertNotIn("-- ", mail.body_html, "no signature below the words")

    def test_a_mail_of_the_circuit_has_a_greeting_and_the_service(self):
        request = self._submit()
        request.with_user(self.agent).action_accept("À jeudi.")
        body = self._sent(request).body_html
        for words in ("Bonjour Camille Durand,", "À jeudi.", request.number, "0399000001"):
            self.assertIn(words, body)
        self.assertNotIn("vous écrit au sujet", body)

    def test_the_number_and_the_button_come_right_after_the_first_sentence(self):
        """They came last, below the law (look/mock/mail.html)."""
        request = self._submit()
        mails = self._sent(request)
        self._submit_without_account()
        mails |= self._mails(email="ana@exemple.fr")
        order = [
            "Nous avons reçu",
            "Suivre ma demande",
            "Et maintenant",
            "Réponse attendue",
            "Nous ne demandons jamais",
        ]
        self.assertMailsTold(request, mails, order)

    def test_the_button_says_what_there_is_to_do(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_ask_completion(
            [{"label": "Photo", "reason": "Elle est trop sombre."}],
            due=clock.today() + timedelta(days=20),
        )
        body = self._sent(request).body_html
        self.assertIn("Compléter ma demande", body)
        self.assertNotIn("Suivre ma demande", body)

    def test_who_has_no_account_gets_the_same_and_her_code_only_by_mail(self):
        request = self._submit_without_account()
        [mail] = self._mails(email="ana@exemple.fr")
        self.assertIn("Bonjour Ana Morel,", mail.body_html)
        self.assertIn(request.number, mail.body_html)
        code = request.env.context["follow_code"]
        self.assertIn(code, mail.body_html)
        kept = request.sudo().message_ids
        self.assertIn("nous avons reçu votre demande", str(kept.mapped("subject")))
        self.assertNotIn(code, str(kept.mapped("body")), "the agents read the history")

    def test_colleagues_do_not_read_what_is_said_to_the_applicant(self):
        """They were told “you have nothing else to do” (staff review, B16)."""
        request = self._submit()
        request.sudo()._message_subscribe(partner_ids=self.colleague.partner_id.ids)
        self.colleague.notification_type = "email"
        request.with_user(self.agent).message_post(
            body="La photo est trop sombre.", subtype_xmlid="mail.mt_comment"
        )
        to_colleague = self._mails(request).filtered(
            lambda mail: self.colleague.partner_id in mail.recipient_ids
        )
        self.assertTrue(to_colleague)
        self.assertNotIn("Bonjour Camille", to_colleague.body_html)

    def test_everything_is_written_in_words_too(self):
        """Who reads without pictures nor styles has the link, the number, the telephone."""
        request = self._submit()
        request.with_user(self.agent).action_refuse("Hors délai")
        text = html2plaintext(self._sent(request).body_html)
        for words in ("Bonjour Camille Durand,", "Hors délai", request.number, request._get_url()):
            self.assertIn(words, text)
