import base64
import hashlib

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.report_weasyprint.tests import pdf


@tagged("post_install", "-at_install")
class LetterCommon(ProcedureCommon):
    """Letters are drawn for good: elsewhere in tests, as in Odoo, a report stays HTML."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "force_report_rendering": True,
            }
        )
        cls.env["ir.config_parameter"].set_param(
            "procedure.appeal_text", "Deux mois, tribunal administratif de Nancy"
        )
        cls.waste.write({"street": "1 rue de la Gare", "zip": "55000", "city": "Bar-le-Duc"})
        cls.agent.partner_id.function = "Responsable du service"

    def _last_letter(self, request, kind):
        """Drawn, as the job does a moment later."""
        letter = request.letter_ids.filtered(lambda letter: letter.kind == kind)[:1]
        self.assertTrue(letter.sudo()._draw(), "drawn")
        return letter

    def _draw_all(self):
        """What the job does."""
        with self.enter_registry_test_mode():
            self.env.ref("procedure_letter.ir_cron_draw").method_direct_trigger()
        self.env.invalidate_all()

    def _read(self, request, kind):
        """The text of the PDF."""
        letter = self._last_letter(request, kind)
        return pdf.get_text(letter._get_content_for(self.env.user)["content"])

    def _assert_each(self, mentions, text, **params):
        for name, mention in mentions.items():
            with self.subTest(name, **params):
                self.assertIn(mention, text)


@tagged("post_install", "-at_install")
class TestMentions(LetterCommon):
    """CRPA R112-5, R112-11-1, L114-5, L211-5, L212-1, L232-3, L232-4: one by one, in the PDF."""

    def test_the_decision_names_the_child(self):
        request = self._submit()
        request.sudo().subject_ids = self.env["res.partner"].create(
            {"firstname": "Zoé", "lastname": "Petit", "kind": "person"}
        )
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_accept()
        self.assertRegex(self._read(request, "decision"), r"Pour\s: Zoé Petit")

    @freeze_time("2026-11-25 10:05:00")
    def test_each_mention_of_the_acknowledgment(self):
        for channel in ("web", "counter"):
            request = self._submit_by(channel)
            text = self._read(request, "acknowledgment")
            mentions = {
                "number": request.number,
                # 10:05 UTC
                "date of reception": "le 25/11/2026 11:05",
                "expected answer": f"Réponse attendue avant le {request.date_due:%d/%m/%Y}",
                "procedure": "Demander un bac",
                "version of the form": "version 1",
                "service": "Déchets",
                "postal address": "1 rue de la Gare, 55000 Bar-le-Duc",
                "phone": "0399000001",
                "e-mail": "dechets@exemple.fr",
                "documents": "photo.png 1 page, 1 ko",
                "data: what for": "Répondre à la demande",
                "data: how long": "Un an",
                "data: complaint": "CNIL",
                "follow-up": request._get_url(),
                "channel": {"web": "Site", "counter": "Guichet"}[channel],
                "applicant": {"web": "Camille Durand", "counter": "Ana Morel"}[channel],
            }
            text = text.replace("  ", " ")
            self._assert_each(mentions, text, channel=channel)

    def test_the_code_of_who_has_no_account_is_on_no_letter(self):
        request = self._submit_without_account(files={"proof": [upload()]})
        code = request.env.context["follow_code"]
        request = request.with_env(self.env)
        self.assertNotIn(code, self._read(request, "acknowledgment"))
        mail = self._mails(email="ana@")
        self.assertIn(code, mail.body_html)
        self.assertEqual(mail.attachment_ids.mapped("name"), [f"{request.number}-1.pdf"])

    def test_who_has_neither_account_nor_mail_is_sent_to_no_page(self):
        """No code reaches her: the address of a page that she cannot open helps nobody."""
        identity = {"contact_firstname": "Ana", "contact_lastname": "Morel"}
        request = (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    identity=identity,
                    channel="counter",
                )
            )
        )
        letter = self._last_letter(request.with_env(self.env), "acknowledgment")
        content = letter._get_content_for(self.agent)["content"]
        text = pdf.get_text(content)
        self.assertIn(f"venez nous voir, avec son numéro : {request.number}", text)
        for words in ("/suivi", "code", request._get_url()):
            self.assertNotIn(words, text)

    @freeze_time("2026-11-25 10:05:00")
    def test_each_mention_of_a_refusal(self):
        for channel in ("web", "counter"):
            request = self._submit_by(channel)
            request.with_user(self.agent).action_refuse("Le bac a déjà été remis.")
            mentions = {
                "number": request.number,
                "procedure": "Demander un bac",
                "day": "Bar-le-Duc, le 25 novembre 2026",
                "sense": "Elle est refusée",
                "reasons": "Motifs Le bac a déjà été remis.",
                "appeal": "Deux mois, tribunal administratif de Nancy",
                "author": self.agent.name,
                "title": "Responsable du service",
                "service": "Déchets",
                "postal address": "1 rue de la Gare, 55000 Bar-le-Duc",
                "phone": "0399000001",
                "e-mail": "dechets@exemple.fr",
            }
            self._assert_each(mentions, self._read(request, "decision"), channel=channel)

    def test_each_other_decision(self):
        request = self._submit()
        request.with_user(self.agent).action_accept("Bonne nouvelle.")
        text = self._read(request, "decision")
        self.assertIn("Elle est acceptée.", text)
        self.assertIn("À savoir Bonne nouvelle.", text)
        for words in ("Motif", "tribunal", "pas d’accord"):
            self.assertNotIn(words, text, "an acceptance gives no reasons and is not contested")
        request = self._submit(user=self.dominique)
        request.with_user(self.agent).action_accept("La rue est étroite.", "À rentrer\nle soir")
        text = self._read(request, "decision")
        self.assertIn("Motifs et précisions La rue est étroite.", text, "CRPA L211-2")
        self.assertNotIn("À savoir", text)
        self.assertIn("acceptée, à ces conditions", text)
        self.assertIn("À rentrer le soir", text)
        self.assertIn("tribunal", text, "conditions may be contested")
        request = self._submit(user=self.dominique)
        request.with_user(self.agent).action_drop("Doublon")
        text = self._read(request, "decision")
        self.assertIn("Ce n’est pas un refus", text)
        self.assertIn("Motifs Doublon", text)
        for words in ("tribunal", "À savoir"):
            self.assertNotIn(words, text)
        request = self._submit(user=self.dominique)
        request.with_user(self.agent).action_waiting_list("Plus de bac")
        self.assertIn("Plus de bac", self._read(request, "waiting_list"))

    def test_its_day_is_written_as_people_write_it(self):
        letter = self.env["procedure.letter"].new({"lang": "fr_FR"})
        for date, written in (
            ("2027-01-01 11:00:00", "Nancy, le 1er janvier 2027"),
            ("2027-01-11 11:00:00", "Nancy, le 11 janvier 2027"),
        ):
            letter.date = date
            letter = letter.with_context(lang="fr_FR")
            self.assertEqual(letter._get_place_and_day("Nancy"), written)

    def test_twelve_lines_fit_on_one_page(self):
        """A second page for three lines is a second sheet in the envelope (staff B16)."""
        request = self._submit()
        reasons = "\n".join(
            f"{number}. Un bac est déjà en service à cette adresse, et sa taille suffit au foyer."
            for number in range(1, 13)
        )
        request.with_user(self.agent).action_refuse(reasons)
        letter = self._last_letter(request, "decision")
        content = letter._get_content_for(self.env.user)["content"]
        self.assertIn("12. Un bac", pdf.get_text(content))
        pages = pdf.read(content).pages
        self.assertEqual(len(pages), 1, pages[-1].extract_text())

    def test_no_digest_is_printed_for_a_person(self):
        """It is kept with the document, where it can prove what was sent."""
        request = self._submit()
        text = self._read(request, "acknowledgment")
        self.assertIn("photo.png", text)
        for word in ("SHA", upload()["sha256"][:12]):
            self.assertNotIn(word, text)
        self.assertTrue(request.document_line_ids.document_id.sha256)

    def test_a_screen_reader_reads_it_and_the_text_is_the_letter(self):
        request = self._submit()
        letter = self._last_letter(request, "acknowledgment")
        content = base64.b64decode(letter.file)
        reader = pdf.read(content)
        root = reader.trailer["/Root"]
        self.assertEqual(root["/Lang"], "fr-FR")
        self.assertIn("StructTreeRoot", str(root))
        self.assertEqual(reader.metadata.title, f"Accusé de réception – {request.number}")
        tags = pdf.get_tags(content)
        names = [name for name, _node in tags]
        self.assertEqual(names.count("/H1"), 1)
        self.assertGreater(names.count("/H2"), 2)
        figures = [node["/Alt"] for name, node in tags if name == "/Figure"]
        self.assertEqual(len(figures), 1)
        self.assertIn(request.number, figures[0])
        scopes = {node["/A"]["/Scope"] for name, node in tags if name == "/TH"}
        self.assertEqual(scopes, {"/Row", "/Column"})
        self.assertIn(request._get_url(), pdf.get_links(content))
        text = pdf.get_text(content)
        words = " ".join(self._words(letter.body).split())
        for word in words.split():
            self.assertIn(word, text)

    def _words(self, html):
        from lxml import html as lxml_html

        return lxml_html.fromstring(f"<div>{html}</div>").text_content()

    def test_the_town_hall_writes_in_its_own_name(self):
        self.env.company.name = "Communauté de communes d’essai"
        pixel = base64.b64encode(upload()["content"])
        self.env.company.write({"logo": pixel})
        request = self._submit()
        content = base64.b64decode(self._last_letter(request, "acknowledgment").file)
        figures = [n["/Alt"] for name, n in pdf.get_tags(content) if name == "/Figure"]
        self.assertEqual(figures[0], "Communauté de communes d’essai")
        procedure = self._procedure(
            "Louer la salle",
            "SALLEX",
            self.town_hall,
            commune_ids=[Command.set(self.vaubecourt.ids)],
        )
        request = self._submit(procedure=procedure)
        content = base64.b64decode(self._last_letter(request, "acknowledgment").file)
        self.assertNotIn("Communauté de communes d’essai", pdf.get_text(content).split("Vos d")[0])
        figures = [n["/Alt"] for name, n in pdf.get_tags(content) if name == "/Figure"]
        self.assertEqual(len(figures), 1, "the logo is not the town hall's")


@tagged("post_install", "-at_install")
class TestKept(LetterCommon):
    def test_it_leaves_with_its_message_and_is_kept(self):
        request = self._submit()
        letter = self._last_letter(request, "acknowledgment")
        self.assertEqual(letter.number, f"{request.number}/1")
        content = base64.b64decode(letter.file)
        self.assertEqual(letter.sha256, hashlib.sha256(content).hexdigest())
        message = request._get_messages_for_applicant()
        self.assertEqual(letter.message_id, message)
        self.assertEqual(message.attachment_ids.raw, content)
        self.assertEqual(self._mails(request).attachment_ids.raw, content)
        request.with_user(self.agent).action_accept()
        self._draw_all()
        self.assertEqual(len(request.letter_ids), 2)
        self.assertEqual(len(request._get_messages_for_applicant()[-1].attachment_ids), 1)

    def test_nobody_changes_or_deletes_it(self):
        request = self._submit()
        letter = self._last_letter(request, "acknowledgment")
        for user in (self.agent, self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                letter.with_user(user).write({"name": "x"})
            with self.assertRaises(AccessError):
                letter.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["procedure.letter"].with_user(user).create(
                    {"request_id": request.id, "kind": "step", "number": "x", "name": "x"}
                )
        for vals in ({"name": "x"}, {"file": False}, {"body": "x"}, {"message_id": False}):
            with self.assertRaises(AccessError):
                letter.sudo().write(vals)
        with self.assertRaises(AccessError):
            letter.sudo().unlink()
        with self.assertRaises(AccessError):
            letter.sudo().copy()

    def test_it_goes_with_the_data_of_the_person(self):
        request = self._submit()
        request.with_user(self.agent).action_refuse("Non")
        self._draw_all()
        letters = request.letter_ids
        files = request.message_ids.attachment_ids
        self.assertTrue(letters and files)
        request.sudo()._anonymise()
        self.assertFalse(letters.exists())
        self.assertFalse(files.exists())
        self.assertFalse(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", "procedure.letter"), ("res_id", "in", letters.ids)]
            )
        )
