import io
import re

from PIL import Image

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.content_approval.tests.reading import accept

from .common import picture
from .test_hostile import LOADED, RUN
from .test_pages_contributor import ContentPageCase

PICTURE = re.compile(r"/web/image/\d+")


@tagged("post_install", "-at_install")
class TestPageEditor(ContentPageCase):
    """The text is written where people will read it, by those who work for a town hall."""

    def page(self, draft):
        return f"{self.path(draft)}/page"

    def put(self, draft, page=None, content=None, name="mur.jpg", **typed):
        """The answer to the small form of a picture."""
        page = page or self.get(self.page(draft))
        data = self.form(page, 2) | {"alt": "Le mur", "credit": ""} | typed
        files = [("picture", (name, picture() if content is None else content, "image/png"))]
        return self.post(f"{self.page(draft)}/image", data, files)

    def keep(self, draft, body, wanted="keep", page=None):
        page = page or self.get(self.page(draft))
        return self.press(page, wanted, self.page(draft), body=body)

    @mute_logger("odoo.http")
    def test_a_secretary_writes_in_the_page_and_nobody_sees_it_before_it_is_accepted(self):
        before = self._live()
        draft = self._draft()
        self.sign_in(self.secretary)
        page = self.get(self.page(draft))
        self.assertTrue(page.tree.xpath("//*[@data-page-text]"))
        self.assertIn("1850", self.words(page), "in the page, beside what else it says")
        answer = self.put(draft, page, content=picture(size=(2000, 1000)))
        self.assertEqual(answer.status_code, 200, answer.text)
        told = answer.json()
        served = self.url_open(told["url"])
        self.assertEqual(Image.open(io.BytesIO(served.content)).width, 1280)
        written = (
            f'<h3>Le mur</h3><p>Refait.</p><figure class="et-fig"><img src="{told["url"]}"'
            ' alt="Le mur" class="img-fluid"><figcaption>Photo : moi</figcaption></figure>'
        )
        answer = self.keep(draft, written, "form")
        self.assertTrue(answer.headers["Location"].endswith(f"{self.path(draft)}?fait=garde"))
        draft.invalidate_recordset()
        self.assertIn("<figcaption>", draft.body)
        self.assertEqual(self._live(), before)
        self.assertIn("Le mur", self.get(self.page(draft)).text)
        draft.action_submit()
        for user in (None, self.stranger, self.camille):
            self.authenticate(user and user.login, self.password if user else None)
            self.assertNotEqual(self.url_open(told["url"]).content, served.content)
        accept(draft.with_user(self.reader))
        (live,) = PICTURE.findall(str(self.house.body))
        self.assertNotEqual(live, told["url"], "its own file")
        self.authenticate(None, None)
        self.assertEqual(self.url_open(live).content, served.content)

    @mute_logger("odoo.http")
    def test_nobody_else_writes_there(self):
        draft = self._draft()
        for user in (self.camille, self.stranger, self.agent, self.manager, self.reader):
            self.sign_in(user)
            for path in (self.page(draft), f"{self.page(draft)}/image"):
                self.assertEqual(self.post(path, {"body": "<p>x</p>"}).status_code, 404, path)
            self.assertEqual(self.url_open(self.page(draft)).status_code, 404, user.login)
        # A delegate of an association has the form.
        hers = self._draft(self.camille)
        self.sign_in(self.camille)
        self.assertEqual(self.url_open(self.page(hers)).status_code, 404)
        self.assertEqual(self.put_unseen(hers).status_code, 404)
        self.assertNotIn('value="page"', self.get(self.path(hers)).text)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self.page(draft)).url)
        draft.invalidate_recordset()
        self.assertFalse(draft.body)

    def put_unseen(self, draft):
        files = [("picture", ("a.png", picture(), "image/png"))]
        return self.post(f"{self.page(draft)}/image", {"alt": "x"}, files)

    def test_she_gets_no_right_of_the_builder_of_pages(self):
        for group in ("website.group_website_restricted_editor", "base.group_sanitize_override"):
            self.assertFalse(self.secretary.has_group(group), group)

    def test_what_is_posted_is_bounded(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        for hostile in (*LOADED, *RUN):
            answer = self.keep(draft, f"<p>Bon.</p>{hostile}")
            self.assertEqual(answer.status_code, 303, hostile)
            draft.invalidate_recordset()
            body = str(draft.body)
            self.assertIn("Bon.", body)
            for word in ("ailleurs", "script", "alert", "<svg", "style", "<video", "srcset"):
                self.assertNotIn(word, body, hostile)

    def test_two_windows_overwrite_nothing_unseen(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        first, second = self.get(self.page(draft)), self.get(self.page(draft))
        self.assertEqual(self.keep(draft, "<p>Une.</p>", page=first).status_code, 303)
        answer = self.keep(draft, "<p>Deux.</p>", page=second)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Deux.", answer.text, "nothing typed is lost")
        draft.invalidate_recordset()
        self.assertEqual(draft.body, "<p>Une.</p>")
        self.assertEqual(self.keep(draft, "<p>Deux.</p>", page=answer).status_code, 303)

    def test_what_cannot_be_put_in_is_told(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        page = self.get(self.page(draft))
        for values in (
            {"alt": " "},
            {"content": b"GIF89a"},
            {"content": b"<svg/>", "name": "a.svg"},
            {"content": b""},
        ):
            answer = self.put(draft, page, **values)
            self.assertEqual(answer.status_code, 422, values)
            self.assertTrue(answer.json()["error"])
        self.assertFalse(draft.sudo()._get_own_files().filtered(lambda f: "text" in f.name))

    @mute_logger("odoo.http")
    def test_a_text_that_was_composed_otherwise_is_left_as_it_is(self):
        draft = self._draft()
        composed = '<section class="s_text_block"><p>Composé.</p></section>'
        draft.sudo()._set({"body": composed})
        self.sign_in(self.secretary)
        self.assertEqual(self.url_open(self.page(draft)).status_code, 404)
        self.assertNotIn('value="page"', self.get(self.path(draft)).text)

    def test_once_sent_it_is_no_longer_written(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        page = self.get(self.page(draft))
        draft._change({"story": "Bâti en 1852."})
        draft.action_submit()
        self.env.flush_all()
        answer = self.keep(draft, "<p>x</p>", page=page)
        self.assertTrue(answer.headers["Location"].endswith(self.path(draft)))
        self.assertEqual(self.put(draft, page).status_code, 422)
        draft.invalidate_recordset()
        self.assertFalse(draft.body)
