import io
from unittest.mock import patch

from PIL import Image

from odoo.addons.public_guard.tests.common import make_pdf

from .common import WebsiteProcedureCommon, photo

FILES_OF = "odoo.addons.website_procedure.controllers.given_files"


class TestFormFiles(WebsiteProcedureCommon):
    """A file given with a form that has not left: seen again and replaced by its giver alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        form = [{"key": "proof", "type": "file", "label": "Photo", "max_files": 1}]
        cls._procedure("Une photo", "UNE", cls.waste, fields=form, slug="une-photo")

    def setUp(self):
        super().setUp()
        self.Pending = self.env["website.procedure.pending"]
        self.Pending_file = self.env["website.procedure.pending.file"]

    def give(self, *files, path=None, page=None, **data):
        """What the script sends as soon as a file is chosen; what it reads."""
        page = page or self.get(path or self.form_path)
        path = (path or self.form_path).replace("formulaire", "fichier")
        data = {**self.hidden(page), "_field": "proof", **data}
        response = self.url_open(path, data=data, files=files or [self.jpeg()])
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()

    def given(self):
        return self.Pending_file.search([], order="id desc")

    def links(self, tree, words):
        return tree.xpath(f"//main//a[starts-with(normalize-space(), '{words}')]/@href")

    def buttons(self, tree, words):
        return tree.xpath(f"//main//button[starts-with(normalize-space(), '{words}')]")

    def doors(self, file):
        """All that a stranger would guess of this file."""
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", file._name), ("res_id", "=", file.id), ("res_field", "!=", False)]
        )
        self.assertEqual(len(attachment), 1)
        own = f"{self.path}/fichier/{file.id}"
        return (
            own,
            f"{own}/vignette",
            f"/demarches/tout-demander/fichier/{file.id}",
            f"/web/content/{attachment.id}",
            f"/web/image/{attachment.id}",
            f"/web/content/{file._name}/{file.id}/content",
            f"/web/image/{file._name}/{file.id}/thumbnail",
        )

    def assertOpensNothing(self, doors):
        for door in doors:
            with self.subTest(door=door):
                answer = self.url_open(door, allow_redirects=False)
                # Core answers an unknown picture by its own.
                self.assertTrue(
                    answer.status_code in (303, 403, 404) or door.startswith("/web/image"), door
                )
                self.assertFalse(answer.content.startswith((b"\xff\xd8", b"%PDF")), door)

    # Who sees it

    def test_the_visitor_sees_what_she_gave(self):
        answer = self.give()
        file = self.given()
        own = f"{self.path}/fichier/{file.id}"
        self.assertIn(f'href="{own}"', answer["kept"])
        self.assertIn(f'src="{own}/vignette"', answer["kept"])
        page = self.get(self.form_path)
        self.assertEqual(self.links(page.tree, "Voir"), [own])
        self.assertEqual(page.tree.xpath("//main//img/@src"), [f"{own}/vignette"])
        self.assertEqual(page.tree.xpath("//main//img/@alt"), [""])
        seen = self.url_open(own)
        self.assertEqual(seen.status_code, 200)
        self.assertEqual(Image.open(io.BytesIO(seen.content)).size, (40, 40))
        small = self.url_open(f"{own}/vignette")
        self.assertEqual(Image.open(io.BytesIO(small.content)).size, (144, 176))
        self.assertLess(len(small.content), 10_000)
        for response in (seen, small):
            self.assertEqual(response.headers["Content-Type"], "image/jpeg")
            self.assertIn("no-store", response.headers["Cache-Control"])
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
            self.assertTrue(response.headers["Content-Disposition"].startswith("inline"))
            self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
            self.assertEqual(response.headers["X-Robots-Tag"], "noindex")

    def test_the_resident_sees_what_is_in_her_draft(self):
        self.sign_in(self.camille)
        self.give()
        [own] = self.links(self.get(self.form_path).tree, "Voir")
        self.assertEqual(self.url_open(own).status_code, 200)

    def test_a_form_refused_shows_what_was_given_with_it(self):
        """Without script: the file came with the form, and stays."""
        page = self.get(self.form_path)
        page = self.post(self.form_path, {**self.hidden(page), "_action": "send"}, [self.jpeg()])
        self.assertEqual(page.status_code, 422)
        [own] = self.links(page.tree, "Voir")
        self.assertEqual(self.url_open(own).status_code, 200)

    def test_a_pdf_is_named_and_has_no_picture(self):
        self.give(("proof", ("bail.pdf", make_pdf(), "application/pdf")))
        file = self.given()
        page = self.get(self.form_path)
        [own] = self.links(page.tree, "Voir")
        self.assertFalse(page.tree.xpath("//main//img"))
        self.assertTrue(page.tree.xpath("//main//*[@data-kept]//svg"))
        self.assertEqual(self.url_open(f"{own}/vignette").status_code, 404)
        seen = self.url_open(own)
        self.assertEqual(seen.headers["Content-Type"], "application/pdf")
        self.assertEqual(seen.headers["Content-Disposition"], "inline; filename*=UTF-8''bail.pdf")
        self.assertEqual(seen.content[:4], b"%PDF")
        self.assertEqual(file.thumbnail, False)
        self.assertEqual(file.pages, 1, "said in the acknowledgment")

    def test_what_could_be_a_page_of_our_site_is_never_one(self):
        """No door lets such a file in: should one ever."""
        self.give()
        file = self.given()
        for mimetype in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "x"):
            with self.subTest(mimetype):
                file.mimetype = mimetype
                answer = self.url_open(f"{self.path}/fichier/{file.id}")
                self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
                self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    # Who does not

    def test_another_visitor_sees_nothing(self):
        answer = self.give()
        file = self.given()
        self.assertEqual(self.url_open(f"{self.path}/fichier/{file.id}").status_code, 200)
        # Another browser, which has given a file of its own.
        self.authenticate(None, None)
        self.assertOpensNothing(self.doors(file))
        self.give(self.jpeg(name="autre.jpg", content=photo("blue")))
        self.assertOpensNothing(self.doors(file))
        # The secret is no key of the address.
        own = f"{self.path}/fichier/{file.id}"
        claim = answer["claim"]
        self.assertOpensNothing([f"{own}?_claim={claim}", f"{own}?claim={claim}"])

    def test_another_account_and_an_agent_see_nothing(self):
        self.sign_in(self.camille)
        self.give()
        file = self.given()
        self.assertEqual(self.url_open(f"{self.path}/fichier/{file.id}").status_code, 200)
        manager = self._staff("manager_files", "manager", self.waste)
        for stranger in (self.dominique, self.agent, manager):
            self.sign_in(stranger)
            self.assertOpensNothing(self.doors(file))

    def test_the_browser_that_signed_out_sees_nothing(self):
        self.sign_in(self.camille)
        self.give()
        file = self.given()
        self.url_open("/web/session/logout")
        self.assertOpensNothing(self.doors(file))

    def test_what_was_begun_without_account_is_not_who_signs_in_s(self):
        """She takes it up first: at a library it may be somebody else's."""
        self.give()
        file = self.given()
        form = "//form[contains(@class, 'oe_login_form')]"
        hidden = self.hidden(self.get("/web/login"), form)
        self.post("/web/login", {**hidden, "login": "camille", "password": "camillex"})
        self.assertOpensNothing(self.doors(file))
        page = self.get(self.form_path)
        begun = "//main//form[contains(@action, 'sans-compte')]"
        data = {**self.hidden(page, begun), "_action": "resume"}
        self.post(f"{self.path}/brouillon/sans-compte", data)
        self.assertEqual(self.url_open(f"{self.path}/fichier/{file.id}").status_code, 200)

    def test_who_left_it_to_sign_in_shows_it_to_nobody(self):
        page = self.get(self.form_path)
        claim = self.give(page=page)["claim"]
        file = self.given()
        data = {**self.hidden(page), "_claim": claim, "_action": "sign_in"}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertOpensNothing(self.doors(file))

    def test_a_post_of_another_site_opens_nothing(self):
        """What it brings is under a secret that only the answer holds: not this browser."""
        page = self.get(self.form_path)
        data = {**self.hidden(page), "csrf_token": "x", "_action": "send"}
        page = self.post(self.form_path, data, [self.jpeg()])
        self.assertIn("facture.jpg", page.text)
        self.assertFalse(self.links(page.tree, "Voir"))
        self.assertOpensNothing(self.doors(self.given()))

    def test_no_number_opens_anything(self):
        self.sign_in(self.camille)
        self.give()
        hers = self.given()
        self.sign_in(self.dominique)
        self.give(self.jpeg(content=photo("blue")))
        own = self.given() - hers
        opened = []
        around = range(max(hers.id - 5, 0), own.id + 5)
        for guess in (*around, 0, -1, 10**12, "1.0", "x", "0x1", f"{own.id},{hers.id}"):
            for way in ("", "/vignette"):
                answer = self.url_open(f"{self.path}/fichier/{guess}{way}")
                self.assertIn(answer.status_code, (200, 404), guess)
                if answer.status_code == 200:
                    opened.append(guess)
        self.assertEqual(opened, [own.id] * 2)

    def test_once_sent_or_past_its_date_nothing_is_there(self):
        self.sign_in(self.camille)
        self.give()
        file = self.given()
        own = f"{self.path}/fichier/{file.id}"
        file.pending_id.date_expire = "2020-01-01"
        self.assertEqual(self.url_open(own).status_code, 404)
        file.pending_id.date_expire = "2099-01-01"
        self.assertEqual(self.url_open(own).status_code, 200)
        self.procedure.state = "draft"
        self.assertEqual(self.url_open(own).status_code, 404)

    def test_so_many_looks_an_hour(self):
        self.sign_in(self.camille)
        self.give()
        own = f"{self.path}/fichier/{self.given().id}"
        with patch(f"{FILES_OF}.LOOKS_AN_HOUR", 2):
            self.assertEqual([self.url_open(own).status_code for _each in "123"], [200, 200, 429])
        self.assertEqual(self.url_open(f"{own}/vignette").status_code, 200)

    # Another in its place

    def test_a_file_takes_the_place_of_another(self):
        answer = self.give()
        former = self.given()
        answer = self.give(
            self.jpeg(name="nette.jpg", content=photo("blue")),
            _claim=answer["claim"],
            _replaces=former.id,
        )
        self.assertEqual(self.given().mapped("name"), ["nette.jpg"])
        self.assertNotIn("_replaces", answer["kept"])
        self.assertEqual(answer["room"], 1)

    def test_what_is_refused_leaves_the_former_one(self):
        claim = self.give()["claim"]
        former = self.given()
        data = {**self.hidden(self.get(self.form_path)), "_field": "proof", "_claim": claim}
        answer = self.url_open(
            f"{self.path}/fichier",
            data={**data, "_replaces": former.id},
            files=[("proof", ("a.jpg", b"no picture", "image/jpeg"))],
        )
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.given(), former)
        self.assertIn("_replaces", answer.json()["kept"], "The next one takes its place")

    def test_the_same_file_stays_whatever_its_place(self):
        path = "/demarches/tout-demander/formulaire"
        first, second = self.jpeg("paper"), self.jpeg("paper", content=photo("blue"))
        claim = self.give(first, path=path, _field="paper")["claim"]
        self.give(second, path=path, _field="paper", _claim=claim)
        blue, red = self.given()
        self.give(first, path=path, _field="paper", _claim=claim, _replaces=red.id)
        self.assertEqual(self.given(), blue | red, "In its own place")
        self.give(first, path=path, _field="paper", _claim=claim, _replaces=blue.id)
        self.assertEqual(self.given(), red, "In the place of the other one")
        self.give(first, path=path, _field="paper", _claim=claim, _replaces=blue.id)
        self.assertEqual(self.given(), red, "Sent again: the answer was lost")

    def test_the_place_of_anothers_file_is_nobodys(self):
        self.sign_in(self.camille)
        self.give()
        hers = self.given()
        self.sign_in(self.dominique)
        self.give(self.jpeg(content=photo("blue")), _replaces=hers.id)
        self.assertEqual(len(self.given()), 2)
        self.assertTrue(hers.exists())

    def test_without_script_it_is_chosen_then_replaced(self):
        path = "/demarches/une-photo/formulaire"
        closed = "//main//*[@data-room][@hidden]"
        self.sign_in(self.camille)
        self.give(path=path)
        former = self.given()
        page = self.get(path)
        self.assertTrue(page.tree.xpath(closed), "One file only")
        [button] = self.buttons(page.tree, "Remplacer")
        self.assertEqual(button.get("value"), str(former.id))
        page = self.post(path, {**self.hidden(page), "_replace": button.get("value")})
        self.assertEqual(page.status_code, 200)
        self.assertFalse(page.tree.xpath(closed))
        self.assertEqual(self.hidden(page)["_replaces"], str(former.id))
        # She changes her mind.
        [button] = self.buttons(page.tree, "Garder ce fichier")
        kept = self.post(path, {**self.hidden(page), "_replace": button.get("value")})
        self.assertNotIn("_replaces", self.hidden(kept))
        self.assertTrue(kept.tree.xpath(closed))
        # And again: it leaves with the form.
        blue = self.jpeg(name="nette.jpg", content=photo("blue"))
        self.assertEqual(
            self.post(path, {**self.hidden(page), "_action": "send"}, [blue]).status_code, 303
        )
        request = self.requests_of(self.env["procedure.procedure"].search([("code", "=", "UNE")]))
        self.assertEqual(request.document_line_ids.document_id.name, "nette.jpg")

    def test_what_is_read_again_shows_it_and_leads_to_its_place(self):
        self.sign_in(self.camille)
        self.give()
        former = self.given()
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed()}
        check = self.post(self.form_path, data, reads=False).headers["Location"]
        page = self.get(check.partition("#")[0])
        own = f"{self.path}/fichier/{former.id}"
        self.assertEqual(self.links(page.tree, "Voir"), [own])
        self.assertEqual(page.tree.xpath("//main//img/@src"), [f"{own}/vignette"])
        [button] = self.buttons(page.tree, "Remplacer")
        answer = self.post(self.form_path, {**self.hidden(page), "_replace": button.get("value")})
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("#f-proof"))
        page = self.get(answer.headers["Location"].partition("#")[0])
        self.assertEqual(self.hidden(page)["_replaces"], str(former.id))
        blue = self.jpeg(name="nette.jpg", content=photo("blue"))
        self.give(blue, page=page, **self.typed())
        page = self.get(check.partition("#")[0])
        self.assertIn("nette.jpg", page.text)
        self.assertNotIn("facture.jpg", page.text)
        self.send_read(self.form_path, page, self.typed())
        self.assertEqual(self.requests_of().document_line_ids.document_id.name, "nette.jpg")
