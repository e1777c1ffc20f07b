from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.public_guard.models.public_guard import HONEYPOT_FIELD

from .test_pages_contributor import ContentPageCase

WHY = "Pas maintenant."


@tagged("post_install", "-at_install")
class TestPagesRefused(ContentPageCase):
    """What is refused late, once something was written, leaves nothing of it."""

    def _refuse_after(self, name):
        """The method does what it does, then refuses."""
        Revision = self.registry["content.revision"]
        original = getattr(Revision, name)

        def refuse(revision, *args, **values):
            original(revision, *args, **values)
            raise UserError(WHY)

        self.patch(Revision, name, refuse)

    def _read(self, draft):
        self.env.invalidate_all()
        return draft.sudo().state, str(draft.sudo().body), self._live()

    def test_sent(self):
        draft = self._draft(story="Bâti en 1852.")
        self.sign_in(self.secretary)
        page, before = self.get(self.path(draft)), self._read(draft)
        self._refuse_after("_tell_readers")
        answer = self.press(page, "send", self.path(draft), story="Bâti en 1852.")
        self.assertEqual(answer.status_code, 422)
        self.assertIn(WHY, self.words(answer))
        self.assertEqual(self._read(draft), before)

    def test_published_at_once(self):
        self.type.allow_urgent = True
        draft = self._draft(story="Bâti en 1852.")
        self.sign_in(self.secretary)
        path = f"{self.path(draft)}/urgent"
        page, before = self.get(path), self._read(draft)
        self._refuse_after("_follow_published")
        answer = self.press(page, "", path, reason="L’eau est coupée.", sure="1")
        self.assertEqual(answer.status_code, 422)
        self.assertIn(WHY, self.words(answer))
        self.assertEqual(self._read(draft), before)

    def test_written_in_the_page(self):
        draft = self._draft(body="<p>Avant.</p>")
        self.sign_in(self.secretary)
        path = f"{self.path(draft)}/page"
        page, before = self.get(path), self._read(draft)
        self._refuse_after("_change")
        answer = self.press(page, "", path, body="<p>Après.</p>")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self._read(draft), before)

    def test_a_robot_fills_every_box(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        page, before = self.get(self.path(draft)), self._read(draft)
        answer = self.press(
            page, "send", self.path(draft), story="Changé.", **{HONEYPOT_FIELD: "x"}
        )
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self._read(draft), before)

    def test_a_second_press_finds_it_sent(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        page = self.get(self.path(draft))
        for _press in range(2):
            answer = self.press(page, "send", self.path(draft), story="Bâti en 1852.")
            self.assertEqual(answer.status_code, 303, self.words(answer))
        self.assertEqual(draft.state, "submitted")
        other = self.press(self.get("/my/contributions"), "send", self.path(draft), index=1)
        self.assertEqual(other.status_code, 422)

    def test_what_the_staff_begin_is_written_by_whom_began_it(self):
        draft = self._draft(self.manager)
        self.assertFalse(draft.organisation_id or draft.service_id)
        self.assertTrue(draft._is_contributor(self.manager))
        for user in (self.agent, self.reader, self.secretary, self.camille):
            self.assertFalse(draft._is_contributor(user), user.login)
        self.sign_in(self.manager)
        self.assertEqual(self.get(self.path(draft)).status_code, 200)
