from datetime import timedelta
from unittest.mock import patch

import segno

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.report_weasyprint.tests import pdf
from odoo.addons.territory_base import clock
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

from ..controllers import blank


@tagged("post_install", "-at_install")
class TestBlank(WebsiteProcedureCommon):
    """The form that is printed and filled in by hand; read as any visitor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waste.write({"street": "1 rue de la Gare", "zip": "55000", "city": "Bar-le-Duc"})
        cls.every = cls._procedure(
            "Toutes les questions",
            "TOUTES",
            cls.waste,
            fields=cls._every_type(),
            slug="toutes-les-questions",
            account_required=True,
        )

    def setUp(self):
        super().setUp()
        memory = patch.object(blank, "DRAWN", blank.DrawnForms(size=2))
        memory.start()
        self.addCleanup(memory.stop)

    def download(self, procedure=None, **kwargs):
        slug = (procedure or self.procedure).slug
        return self.url_open(f"/demarches/{slug}/formulaire.pdf", **kwargs)

    def read_text(self, procedure=None):
        response = self.download(procedure)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        return pdf.get_text(response.content)

    def assert_in_order(self, words, text):
        position = 0
        for word in words:
            found = text.find(word, position)
            self.assertGreaterEqual(found, 0, f"{word}, after {text[:position][-60:]}")
            position = found

    def test_a_procedure_that_is_full_offers_none(self):
        self.procedure.max_requests = 1
        self.assertIn("formulaire.pdf", self.url_open(f"/demarches/{self.procedure.slug}").text)
        self._submit()
        response = self.download()
        self.assertTrue(response.url.endswith(f"/demarches/{self.procedure.slug}"), response.url)
        self.assertNotIn("formulaire.pdf", response.text)

    def test_it_asks_what_the_form_asks_in_its_order(self):
        text = self.read_text()
        self.assert_in_order(
            (
                "1 rue de la Gare, 55000 Bar-le-Duc",
                "Demander un bac",
                "Cadre réservé au service",
                "Le logement",
                "Adresse",
                "Type de logement",
                "Résidence principale",
                "Résidence secondaire",
                "Si vous avez coché 2a",
                "Nombre de personnes",
                "Date d'arrivée (facultatif)",
                "Comment vous répondre",
                "Prénom",
                "Adresse électronique (facultatif)",
                "Documents à joindre",
                "Justificatif de domicile",
                "(facultatif)",
                "Signature",
                "Où déposer ou envoyer ce formulaire",
                "Vos données",
                "Répondre à la demande",
                "CNIL",
            ),
            text,
        )
        self.assertIn(f"/demarches/{self.procedure.slug}", text.replace(" ", ""))
        self.assertNotIn("10 Mo", text, "nobody weighs a sheet of paper")

    def test_two_sheets_are_not_needed_for_seven_questions(self):
        """The notice of the data, whole, takes no page of its own (staff B16)."""
        content = self.download().content
        self.assertLessEqual(len(pdf.read(content).pages), 2)
        text = pdf.get_text(content)
        self.assertEqual(text.count("Vos données"), 1)
        notice = self.procedure.processing_id.sudo().with_context(lang="fr_FR")._get_notice()
        for label, words in notice.items():
            self.assertIn("".join(label.split()), "".join(text.split()))
            self.assertIn("".join(words.split())[:60], "".join(text.split()))

    def test_a_condition_names_the_number_and_the_letter(self):
        """Short, as on paper; said once for the questions that follow one another."""
        choices = self._choices(("new", "Premier bac"), ("broken", "Bac cassé"), ("end", "Départ"))
        options = {"key": "wish", "type": "selection", "label": "Souhait", "option_ids": choices}

        def asked_if(above, operator, value, **vals):
            condition = {"key": above, "operator": operator, "value": value}
            return {"type": "char", "condition_ids": [(0, 0, condition)], **vals}

        procedure = self._procedure(
            "Des cas",
            "CAS",
            self.waste,
            fields=[
                options,
                asked_if("wish", "in", "new,end", key="day", label="Quel jour"),
                asked_if("wish", "in", "new,end", key="hour", label="Quelle heure"),
                {"key": "debit", "type": "boolean", "label": "Prélèvement"},
                asked_if("debit", "=", "1", key="bank", label="Banque"),
                asked_if("debit", "=", "0", key="other", label="Autre moyen"),
                asked_if("debit", "=", "1", key="rib", label="RIB", type="file"),
                asked_if("day", "set", False, key="why", label="Pourquoi"),
            ],
            slug="des-cas",
        )
        text = self.read_text(procedure)
        self.assert_in_order(
            (
                "1. Souhait",
                "a. Premier bac",
                "b. Bac cassé",
                "c. Départ",
                "Si vous avez coché 1a ou 1c :",
                "2. Quel jour",
                "3. Quelle heure",
                "4. Prélèvement",
                "Si oui à la question 4 :",
                "5. Banque",
                "Si non à la question 4 :",
                "6. Autre moyen",
                "Si vous avez répondu à « Quel jour » :",
                "7. Pourquoi",
                "Documents à joindre",
                "Si oui à la question 4 :",
                "RIB",
            ),
            text.replace("\xa0", " "),
        )
        self.assertEqual(text.count("Si vous avez coché"), 1)

    def test_nothing_is_smaller_than_eleven_points(self):
        sizes = []

        def note(text, transform, matrix, _font, size):
            if text.strip():
                sizes.append((abs(size * matrix[3] * transform[3]), text))

        for page in pdf.read(self.download(self.every).content).pages:
            page.extract_text(visitor_text=note)
        small = {text.strip() for size, text in sizes if size < 10.9}
        foot = {text for text in small if text.startswith(("TOUTES, v", "Page"))}
        self.assertTrue(foot, "the foot of the page is smaller")
        self.assertEqual(small - foot, set())

    def test_every_type_of_question_has_its_room(self):
        text = self.read_text(self.every)
        for field in self.every.version_id.field_ids:
            if field.type != "computed":
                self.assertIn(field.label, text)
        self.assertNotIn("Total", text, "the service works it out")
        for words in ("lundi", "Cantine", "https://exemple.fr/r", "Personne 3", "moins de 3 mois"):
            self.assertIn(words.lower(), text.lower())
        self.assertNotIn("Quelqu'un de mon foyer", text, "an example is no choice")

    def test_a_screen_reader_reads_it(self):
        content = self.download(self.every).content
        reader = pdf.read(content)
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fr-FR")
        self.assertEqual(reader.metadata.title, "Toutes les questions")
        tags = pdf.get_tags(content)
        names = [tag for tag, _values in tags]
        self.assertEqual(names.count("/H1"), 1)
        for tag in ("/H2", "/TH", "/L", "/LI", "/P"):
            self.assertIn(tag, names)
        figures = [values for tag, values in tags if tag == "/Figure"]
        self.assertIn("Code QR\xa0: cette démarche sur le site", {f["/Alt"] for f in figures})
        links = pdf.get_links(content)
        self.assertIn(f"{self.every.get_base_url()}/demarches/{self.every.slug}", links)

    def test_pages_and_conditions_are_all_printed(self):
        procedure = self._procedure(
            "En deux pages",
            "PAGES",
            self.waste,
            fields=[
                {"key": "first", "type": "page", "label": "Première page"},
                {"key": "wish", "type": "char", "label": "Souhait", "required": True},
                {"key": "second", "type": "page", "label": "Seconde page", "help": "Pour finir"},
                {
                    "key": "more",
                    "type": "char",
                    "label": "Suite",
                    "condition_ids": [(0, 0, {"key": "wish", "operator": "set"})],
                },
            ],
            slug="en-deux-pages",
        )
        text = self.read_text(procedure)
        self.assert_in_order(
            ("Première page", "Souhait", "Pour finir", "Seconde page", "Si vous avez", "Suite"),
            text,
        )

    def test_it_asks_for_whom(self):
        for kinds, words in (
            ("child", "L'enfant : nom, prénom"),
            ("organisation", "L'entreprise ou l'association"),
        ):
            self.assertNotIn(words, self.read_text())
            self.procedure.applicant_kinds = kinds
            self.assertIn(words, self.read_text())

    def test_the_published_version_only(self):
        self.procedure.action_open_draft()
        draft = self.procedure.version_ids.filtered(lambda version: version.state == "draft")
        draft.field_ids.filtered(lambda field: field.key == "note").label = "Pas encore publié"
        self.assertNotIn("Pas encore publié", self.read_text())
        self.procedure.action_publish()
        self.assertIn("Pas encore publié", self.read_text())

    def test_its_qr_leads_a_visitor_to_the_procedure(self):
        values = self.every.sudo()._get_blank_values()
        address = f"{self.every.get_base_url()}/demarches/{self.every.slug}/papier"
        expected = segno.make(address, error="m", micro=False)
        self.assertEqual(values["qr"], expected.png_data_uri(scale=4, border=1))
        path = f"/demarches/{self.every.slug}"
        for user in (None, self.camille):
            if user:
                self.sign_in(user)
            response = self.url_open(f"{path}/papier", allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertTrue(response.headers["Location"].endswith(path))
            self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(self.url_open("/demarches/inconnue/papier").status_code, 404)

    def test_nothing_to_print(self):
        """A draft, a suspended one, another site, an address of nobody: never an error."""
        draft = self._procedure("Cachée", "CACHE", self.waste, publish=False, slug="cachee")
        self.assertEqual(self.download(draft).status_code, 404)
        for slug in ("inconnue", "..", "é'%", "a" * 3000):
            with self.subTest(slug):
                response = self.url_open(f"/demarches/{slug}/formulaire.pdf")
                self.assertEqual(response.status_code, 404)
        self.procedure.slug = "nouvelle-adresse"
        response = self.url_open(
            "/demarches/demander-un-bac-test/formulaire.pdf", allow_redirects=False
        )
        self.assertEqual(response.status_code, 301)
        self.assertTrue(
            response.headers["Location"].endswith("/demarches/nouvelle-adresse/formulaire.pdf")
        )
        self.procedure.kind = "external"
        self.assertEqual(self.download(allow_redirects=False).status_code, 303)

    def test_it_is_drawn_once_and_again_when_it_changes(self):
        draw = blank.renderer.write_pdf
        with patch.object(blank.renderer, "write_pdf", side_effect=draw) as drawn:
            first = self.download()
            self.assertEqual(self.download().content, first.content)
            self.assertEqual(drawn.call_count, 1)
            self.procedure.summary = "Autre chose"
            self.download()
            self.assertEqual(drawn.call_count, 2)
        same = self.download(headers={"If-None-Match": self.download().headers["ETag"]})
        self.assertEqual((same.status_code, same.content), (304, b""))

    def test_one_address_does_not_keep_the_server_drawing(self):
        with patch.object(blank, "MAX_DRAWN", 1):
            self.download()
            refused = self.download(self.full)
            self.assertEqual(refused.status_code, 429)
            self.assertIn("<h1", refused.text)
            self.assertEqual(self.download().status_code, 200, "drawn already: it costs nothing")

    def test_the_memory_is_bounded(self):
        forms = blank.DrawnForms(size=2)
        for name in "abc":
            forms.keep(name, name.encode())
        self.assertEqual([forms.find(name) for name in "abc"], [None, b"b", b"c"])

    def test_a_form_that_cannot_be_drawn_is_said_in_a_page(self):
        with (
            patch.object(blank.BlankForm, "_draw", side_effect=UserError("x")),
            mute_logger(blank.__name__),
        ):
            response = self.download()
        self.assertEqual(response.status_code, 503)
        self.assertIn("appelez-nous", response.text)

    def test_nothing_of_who_downloads_it_is_printed(self):
        visitor = self.download().content
        for user in (self.camille, self.agent):
            self.sign_in(user)
            self.assertEqual(self.download().content, visitor, user.login)

    def test_the_link_is_on_the_page_of_the_procedure(self):
        address = f"{self.path}/formulaire.pdf"
        link = self.get(self.path).tree.xpath(f"//a[@href='{address}']")[0]
        self.assertEqual(link.text_content().strip(), "Imprimer le formulaire vierge (PDF)")
        self.assertEqual(self.procedure.with_user(self.agent).action_print_blank()["url"], address)
        self.procedure.kind = "external"
        self.assertFalse(self.get(self.path).tree.xpath(f"//a[@href='{address}']"))

    def test_a_closed_procedure_offers_no_paper(self):
        today = clock.today()
        for dates in (
            {"date_open": today + timedelta(days=1)},
            {"date_open": False, "date_close": today - timedelta(days=1)},
        ):
            self.procedure.write(dates)
            self.assertNotIn("formulaire.pdf", self.get(self.path).text)
