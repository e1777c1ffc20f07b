from odoo import http
from odoo.tests import tagged

from .common import picture
from .test_pages_contributor import ContentPageCase


@tagged("post_install", "-at_install")
class TestPagesForeign(ContentPageCase):
    """What another site has a browser send, and what a robot sends, does nothing by any route."""

    def test_no_route_believes_a_form_that_it_did_not_give(self):
        self.type.allow_urgent = True
        sent, draft = self._sent(), self._draft(body="<p>Avant.</p>")
        page = f"/my/contributions/page/wash.house/{self.house.id}"
        image = {"picture": ("mur.png", picture(), "image/png")}
        count = self.env["content.revision"].search_count([])
        give = self.env["public.guard"]._form_token
        posts = (
            (self.secretary, self.path(draft), {"_do": "send"}, None),
            (self.secretary, f"{self.path(draft)}/page", {"body": "<p>x</p>"}, None),
            (self.secretary, f"{self.path(draft)}/page/image", {"alt": "Un mur"}, image),
            (self.secretary, f"{self.path(draft)}/retirer", {}, None),
            (self.secretary, f"{self.path(draft)}/urgent", {"reason": "x", "sure": "1"}, None),
            (self.secretary, f"{self.path(sent)}/acte", {"_do": "comment", "message": "x"}, None),
            (self.agent, page, {"_do": "change"}, None),
            (self.reader, f"/my/a-relire/{sent.id}", {"_do": "accept"}, None),
            (self.reader, f"{page}/en-ligne", {"_do": "off", "reason": "x"}, None),
            (self.secretary, f"{self.path(draft)}/apercu", {"story": "x"}, None),
        )
        for user, path, data, files in posts:
            self.sign_in(user)
            status = 404 if path.endswith("apercu") else 422
            revision = sent if f"/{sent.id}" in path else draft
            data |= {"_mark": revision._get_mark()}
            # With all but the one of her session; with that one alone.
            for tokens in (
                {"csrf_token": "x", "guard_token": give("contribution")},
                {"csrf_token": http.Request.csrf_token(self)},
            ):
                answer = self.post(path, {**data, **tokens}, files)
                self.assertEqual(answer.status_code, status, f"{path} {sorted(tokens)}")
        self.env.invalidate_all()
        self.assertEqual((sent.state, draft.state), ("submitted", "draft"))
        self.assertEqual((str(draft.body), self.house.is_online), ("<p>Avant.</p>", True))
        self.assertEqual(self.env["content.revision"].search_count([]), count)
