from unittest.mock import patch

from ..pages import form_files, form_page
from .common import WebsiteProcedureCommon

PAGED = [
    {"key": "one", "type": "page", "label": "Un"},
    {"key": "name", "type": "char", "label": "Prénom"},
    {"key": "two", "type": "page", "label": "Deux"},
    {"key": "other", "type": "char", "label": "Autre"},
]


class TestFormUnsent(WebsiteProcedureCommon):
    """What visitors begin and do not send is kept for two days: it has a limit by address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paged = cls._procedure("Pages", "PAGES", cls.waste, fields=PAGED, slug="pages")
        cls.closed = cls._procedure("Compte", "COMPTE", cls.waste, slug="compte")
        cls.closed.account_required = True

    def count(self):
        return self.env["website.procedure.pending"].search_count([])

    def test_each_way_to_begin_a_form_is_counted(self):
        self.sign_in(self.camille)
        account = self.hidden(self.get("/demarches/compte/formulaire"))["_account"]
        self.authenticate(None, None)
        page, paged = self.get(self.form_path), self.get("/demarches/pages/formulaire")
        whole = {**self.hidden(page), **self.typed(), **self._identity()}
        named = {**self.hidden(paged), "name": "Louise Aubertin"}
        upload = {**self.hidden(page), "_field": "proof"}
        ways = {
            "sign in": (self.form_path, {**whole, "_action": "sign_in"}, ()),
            "sign in, from another site": (
                self.form_path,
                {"_action": "sign_in", "contact_lastname": "Aubertin"},
                (),
            ),
            "next page": ("/demarches/pages/formulaire", {**named, "_action": "next"}, ()),
            "read again": (self.form_path, {**whole, "_action": "check"}, [self.jpeg()]),
            "session ended": (
                "/demarches/compte/formulaire",
                {"name": "Louise", "_account": account},
                (),
            ),
            "file": (f"{self.path}/fichier", upload, [self.jpeg()]),
        }
        for way, (path, data, files) in ways.items():
            self.env["public.guard.hit"].search([]).unlink()
            before = self.count()
            with self.subTest(way), patch.object(form_page, "FORMS_AN_HOUR", 2):
                for _time in range(4):
                    # Another browser each time: nothing of the one before is found again.
                    other = {**data, "_claim": "", "_kept": ""}
                    answer = self.post(path, other, list(files))
                    self.assertLess(answer.status_code, 500)
                self.assertEqual(self.count(), before + 2)

    def test_what_is_typed_stays_on_the_page(self):
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), **self._identity(), "_action": "sign_in"}
        with patch.object(form_page, "FORMS_AN_HOUR", 0):
            page = self.post(self.form_path, data)
        self.assertIn("Trop d’essais", self.notice(page))
        self.assertEqual(self.value(page, "contact_lastname"), data["contact_lastname"])

    def test_files_of_one_address_have_a_size(self):
        page = self.get(self.form_path)
        # Another page each time: of one page, they would be one form.
        data = {**self.hidden(page), "_field": "proof", "_kept": ""}
        with patch.object(form_files, "MEGABYTES_A_DAY", 2):
            given = [
                self.post(f"{self.path}/fichier", data, [self.jpeg()]).status_code
                for _time in range(4)
            ]
        self.assertEqual(given, [200, 200, 422, 422])
        self.assertEqual(self.env["website.procedure.pending.file"].search_count([]), 2)

    def test_an_account_is_not_a_visitor(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), "_action": "later"}
        with patch.object(form_page, "FORMS_AN_HOUR", 0):
            self.assertEqual(self.post(self.form_path, data).status_code, 303)
