import io
import zipfile
from unittest.mock import patch

from odoo.addons.territory_base.tests.sweep import sweep

from .common import WebsiteProcedureCommon, photo

MEGABYTE = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG_CUT = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF_ACTIVE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>>>endobj\n%%EOF"

# name of the case: (what is typed, field in error, words of its sentence)
FORM = {
    "nothing at all": (
        {"address.street": "", "address.commune": "", "dwelling": "", "persons": ""},
        "address.street",
        "Indiquez l'adresse",
    ),
    "street without commune": ({"address.commune": ""}, "address.commune", "la commune"),
    "postcode in letters": ({"address.zip": "ABCDE"}, "address.zip", "5 chiffres"),
    "choice that does not exist": ({"dwelling": "chateau"}, "dwelling", "de la liste"),
    "words for a number": ({"persons": "beaucoup"}, "persons", "nombre entier"),
    "number with a comma": ({"persons": "2,5"}, "persons", "nombre entier"),
    "negative number": ({"persons": "-3"}, "persons", "minimum"),
    "number too big": ({"persons": "21"}, "persons", "maximum"),
    "number of forty digits": ({"persons": "9" * 40}, "persons", "nombre entier"),
    "date that does not exist": (
        {"date_in": "31/02/2026"},
        "date_in",
        "existe pas|Indiquez une date|se lit pas",
    ),
    "date in words": ({"date_in": "demain"}, "date_in", "existe pas|Indiquez une date|se lit pas"),
    "date of year 0001": (
        {"date_in": "01/01/0001"},
        "date_in",
        "existe pas|Indiquez une date|se lit pas",
    ),
    "10,000 characters": ({"note": "é" * 10_000}, "note", "maximum"),
}
FULL = {
    "missing field": ({"line": ""}, "line", "Répondez"),
    "line too long": ({"line": "x" * 300}, "line", "maximum"),
    "date in the future": ({"day": "01/01/2999"}, "day", "Indiquez une date|futur|se lit pas"),
    "date of next century": ({"day": "01/01/2100"}, "day", "futur"),
    "e-mail without domain": ({"mail": "camille@"}, "mail", "adresse électronique"),
    "e-mail with a script": ({"mail": "<script>@x.fr"}, "mail", "adresse électronique"),
    "phone too short": ({"call": "06 39"}, "call", "téléphone"),
    "unknown commune": ({"town": "99999"}, "town", "commune"),
    "box not ticked": ({"agree": ""}, "agree", "Cochez"),
    "yes or no with another word": ({"yes": "peut-être"}, "yes", "de la liste"),
}
FILES = {
    "exe renamed jpg": (b"MZ\x90" + b"\0" * 400, "photo.jpg", "pas accepté"),
    "svg with a script": (SVG, "photo.svg", "pas accepté"),
    "svg said to be a jpg": (SVG, "photo.jpg", "pas accepté"),
    "html page": (b"<html><script>alert(1)</script></html>", "page.pdf", "pas accepté"),
    "empty file": (b"", "vide.pdf", "vide"),
    "half a picture": (photo(side=300)[:300], "photo.jpg", "abîmé"),
    "png cut short": (PNG_CUT, "photo.png", "abîmé|pas accepté"),
    "pdf with a script": (PDF_ACTIVE, "doc.pdf", "actifs|abîmé"),
    "40 MB": (photo() + b"\0" * (40 * MEGABYTE), "photo.jpg", "10 Mo.*plus légère"),
}


@sweep("fuzz")
class TestBadInputs(WebsiteProcedureCommon):
    """A clear sentence in French, nothing lost, nothing created, never an error page."""

    def check_refused(self, response, name, words, kept, procedure=None):
        self.assertEqual(response.status_code, 422)
        self.assertTrue(self.title(response).startswith("Erreur"), self.title(response))
        errors = self.errors(response)
        self.assertIn(name, errors)
        self.assertRegex(errors[name], words)
        for key, value in kept.items():
            shown = self.value(response, key)
            self.assertEqual(shown[0] if isinstance(shown, list) and shown else shown, value, key)
        self.assertFalse(self.requests_of(procedure))

    def test_answers_of_a_visitor(self):
        for case, (bad, name, words) in FORM.items():
            with self.subTest(case):
                page = self.get(self.form_path)
                data = {**self.hidden(page), **self.typed(**bad), **self._identity()}
                response = self.post(self.form_path, data)
                kept = {"note": "Bonjour", "contact_lastname": "Morel", **bad}
                for key in ("dwelling", "persons"):
                    # Not a choice of the list: nothing is ticked.
                    if kept.get(key) in ("", "chateau"):
                        kept.pop(key)
                self.check_refused(response, name, words, kept)

    def test_answers_of_every_type(self):
        self.sign_in(self.camille)
        path = "/demarches/tout-demander/formulaire"
        for case, (bad, name, words) in FULL.items():
            with self.subTest(case):
                good = {"line": "Bonjour", "long": "À garder", "agree": "1", "_action": "send"}
                response = self.post(path, {**self.hidden(self.get(path)), **good, **bad})
                kept = {"long": "À garder", **bad}
                for key in ("yes", "agree", "town"):
                    kept.pop(key, None)
                self.check_refused(response, name, words, kept, self.full)

    def test_identity_of_a_visitor(self):
        for key, value, name, words in (
            ("contact_firstname", "", "contact_firstname", "Répondez"),
            ("contact_email", "ana@", "contact_email", "adresse électronique"),
            ("contact_email", "", "contact_email", "adresse électronique"),
            ("contact_phone", "12", "contact_phone", "téléphone"),
            ("contact_address.street", "", "contact_address.street", "la rue"),
            ("contact_lastname", "x" * 300, "contact_lastname", "maximum"),
        ):
            with self.subTest(key=key, value=value[:10]):
                page = self.get(self.form_path)
                data = {**self.hidden(page), **self.typed(), **self._identity(**{key: value})}
                response = self.post(self.form_path, data)
                self.check_refused(response, name, words, {"note": "Bonjour", key: value})
        self.assertFalse(self._mails(email="ana"))

    def test_files(self):
        self.sign_in(self.camille)
        for case, (content, filename, words) in FILES.items():
            with self.subTest(case):
                page = self.get(self.form_path)
                data = {**self.hidden(page), **self.typed(persons="7")}
                files = [("proof", (filename, content, "image/jpeg"))]
                response = self.post(self.form_path, data, files)
                self.check_refused(response, "proof", words, {"persons": "7", "note": "Bonjour"})
                self.assertIn(filename, self.errors(response)["proof"])
        self.assertFalse(self.env["website.procedure.pending.file"].search([]))

    def test_one_bad_file_does_not_lose_the_good_one(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        files = [self.jpeg(), ("proof", ("virus.exe", b"MZ" * 300, "image/jpeg"))]
        response = self.post(self.form_path, data, files)
        self.check_refused(response, "proof", "virus.exe", {"note": "Bonjour"})
        self.assertIn("facture.jpg", response.text)

    def test_too_many_files(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        files = [
            self.jpeg("proof", f"{number}.jpg", photo(side=40 + number)) for number in range(4)
        ]
        response = self.post(self.form_path, data, files)
        self.check_refused(response, "proof", "2 fichier", {"note": "Bonjour"})
        self.assertIn("1.jpg", response.text)

    def test_a_kind_that_this_question_does_not_take(self):
        paper = {"key": "paper", "type": "file", "label": "Papier", "accepted_kinds": "pdf"}
        self._procedure("Un papier", "PAPIER", self.waste, fields=[paper], slug="un-papier")
        path = "/demarches/un-papier/formulaire"
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(path)), "_action": "send"}
        response = self.post(path, data, [self.jpeg("paper")])
        self.check_refused(response, "paper", "pas accepté", {})

    def test_files_sent_by_one_person_are_limited(self):
        guard = self.env["public.guard"]
        for _time in range(120):
            guard._hit("procedure.upload", f"account {self.camille.id}", 120, 3600)
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        response = self.post(self.form_path, data, [self.jpeg()])
        self.check_refused(response, "proof", "Trop d’essais", {"note": "Bonjour"})
        self.assertFalse(self.env["website.procedure.pending.file"].search([]))

    def test_a_refused_file_is_told_to_who_leaves_for_later(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed(), "_action": "later"}
        files = [("proof", ("virus.exe", b"MZ" * 300, "image/jpeg"))]
        response = self.post(self.form_path, data, files)
        self.check_refused(response, "proof", "virus.exe", {"note": "Bonjour"})

    def test_zip_named_as_a_picture(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as bomb:
            bomb.writestr("0", b"\0" * MEGABYTE)
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        response = self.post(self.form_path, data, [self.jpeg(content=archive.getvalue())])
        self.check_refused(response, "proof", "pas accepté", {"note": "Bonjour"})

    def test_more_than_the_server_reads_gets_our_page(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        with patch("odoo.addons.website_parts.models.ir_http.MAX_BODY", MEGABYTE):
            response = self.post(
                self.form_path, data, [self.jpeg(content=photo() + b"\0" * 2 * MEGABYTE)]
            )
        self.assertEqual(response.status_code, 413)
        self.assertIn("Les fichiers sont trop lourds", response.text)
        self.assertTrue(response.tree.xpath(f"//main//a[@href='{self.form_path}']"))
        # As many fields as no form has, and a text as long as no answer is.
        for data in (
            [(f"a{number}", "x") for number in range(2000)],
            {"note": "x" * 11 * MEGABYTE},
        ):
            response = self.post(self.form_path, data, [self.jpeg()])
            self.assertLess(response.status_code, 500)
        self.assertFalse(self.requests_of())

    def test_html_is_text(self):
        self.sign_in(self.camille)
        bad = "<script>alert(1)</script><b onmouseover=x>"
        data = {**self.hidden(self.get(self.form_path)), **self.typed(note=bad, persons="")}
        response = self.post(self.form_path, data)
        self.assertEqual(self.value(response, "note"), bad)
        self.assertNotIn("<script>alert", response.text)
        data = {**self.hidden(response), **self.typed(note=bad)}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)

    def test_control_characters_are_taken_out(self):
        self.sign_in(self.camille)
        data = {
            **self.hidden(self.get(self.form_path)),
            **self.typed(note="Bon\x00jour\x07", persons="4\x00"),
        }
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertEqual(self.requests_of().answers["note"], "Bonjour")

    def test_robot_is_told_and_nothing_is_lost(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        response = self.post(self.form_path, {**data, "guard_confirmation": "http://x.fr"})
        self.assertEqual(response.status_code, 200)
        self.assertIn("doit rester vide", self.notice(response))
        self.assertEqual(self.value(response, "note"), "Bonjour")
        self.env["ir.config_parameter"].set_param("public_guard.min_fill_seconds", "60")
        response = self.post(self.form_path, data)
        self.assertIn("très vite", self.notice(response))
        self.assertFalse(self.requests_of())
        # A browser that fills in by itself is as quick: one click more, and it is sent.
        self.assertEqual(self.value(response, "note"), "Bonjour")
        again = {**self.hidden(response), **self.typed()}
        self.assertEqual(again["guard_token"], data["guard_token"])
        self.env["ir.config_parameter"].set_param("public_guard.min_fill_seconds", "0")
        self.assertEqual(self.post(self.form_path, again).status_code, 303)

    def test_procedure_suspended_while_the_form_is_filled_in(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        self.procedure.date_close = "2020-01-01"
        response = self.post(self.form_path, data)
        self.assertEqual(response.status_code, 303)
        self.assertIn("fermée", self.get(response.headers["Location"]).text)
        self.procedure.action_suspend()
        self.assertEqual(self.post(self.form_path, data).status_code, 404)
        self.assertFalse(self.requests_of())

    def test_second_live_request_of_a_household_is_refused_with_its_reason(self):
        self.procedure.max_per_household = 1
        self.camille.partner_id.birthdate = "1985-05-05"
        self.camille.partner_id.sudo()._create_household()
        self.file_as(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed(note="Encore")}
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(response.status_code, 422)
        self.assertIn("déjà une demande en cours", response.text)
        self.assertEqual(self.value(response, "note"), "Encore")
        self.assertEqual(len(self.requests_of()), 1)

    def test_sign_up(self):
        good = {
            "kind": "resident",
            "situation": "settled",
            "firstname": "Jean",
            "lastname": "Petit",
            "birthdate": "03/02/1950",
            "birthplace": "Verdun",
            "birth_country": "FR",
            "street": "4 rue Basse",
            "commune": "55532",
            "email": "jean@exemple.fr",
            "password": "un cheval bleu dans la neige",
        }
        company = {"kind": "company", "organisation": "Menuiserie Petit"}
        for bad, name, words in (
            ({"firstname": "<b>Jean</b>"}, "firstname", "des lettres"),
            ({"lastname": "http://x.fr"}, "lastname", "des lettres"),
            ({"lastname": "x" * 10_000}, "lastname", "100 caractères"),
            ({"birthdate": "01/01/2999"}, "birthdate", "dans le futur"),
            ({"birthdate": "01/01/2020"}, "birthdate", "18 ans"),
            ({"birthdate": "99/99/9999"}, "birthdate", "n'existe pas"),
            ({"birthplace": ""}, "birthplace", "lieu"),
            ({"birth_country": "ZZ"}, "birth_country", "pays"),
            ({"commune": "00000"}, "commune", "commune"),
            ({"email": "jean"}, "email", "complète"),
            ({"phone": "abc"}, "phone", "dix chiffres"),
            ({"password": "court"}, "password", "12 caractères"),
            ({"situation": ""}, "situation", "situation"),
            ({**company, "company_registry": "73282932000075"}, "company_registry", "SIRET"),
            ({"kind": "association", "organisation": "A", "rna": "W12"}, "rna", "RNA"),
        ):
            with self.subTest(name=name, value=str(bad)[:60]):
                page = self.get("/inscription")
                response = self.post("/inscription", {**self.hidden(page), **good, **bad})
                self.assertEqual(response.status_code, 422)
                self.assertRegex(self.errors(response)[name], words)
                self.assertEqual(self.value(response, "street"), "4 rue Basse")
                if name not in ("password", "situation", "birth_country", "commune"):
                    self.assertEqual(self.value(response, name), bad[name][:500])
        self.assertFalse(
            self.env["res.users"]
            .with_context(active_test=False)
            .search([("email", "=", "jean@exemple.fr")])
        )
