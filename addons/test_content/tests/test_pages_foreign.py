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
        report = self.env["content.report"]._file(self.house, "hours", "Fermé le mardi.")
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
            (self.secretary, f"{page}/retirer", {"raison": "x"}, None),
            (
                self.secretary,
                "/my/contributions/a-verifier",
                {"model": "wash.house", "content": self.house.id},
                None,
            ),
            (
                self.secretary,
                f"/my/contributions/signalements/{report.id}",
                {"_do": "answer", "reponse": "right"},
                None,
            ),
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
        self.assertEqual((report.state, self.house.date_verified), ("new", False))
        self.assertEqual(self.env["content.revision"].search_count([]), count)

    def test_an_act_that_no_form_has_is_not_found(self):
        sent = self._sent()
        report = self.env["content.report"]._file(self.house, "hours", "Fermé le mardi.")
        page = f"/my/contributions/page/wash.house/{self.house.id}"
        for user, path, shown in (
            (self.secretary, page, page),
            (self.secretary, f"{self.path(sent)}/acte", self.path(sent)),
            (self.reader, f"/my/a-relire/{sent.id}", f"/my/a-relire/{sent.id}"),
            (self.reader, f"{page}/en-ligne", f"{page}/en-ligne"),
            (self.secretary, f"/my/contributions/signalements/{report.id}", None),
        ):
            self.sign_in(user)
            data = self.hidden(self.get(shown or path))
            self.assertTrue(data["csrf_token"])
            for wanted in ("", "publish", "__class__"):
                answer = self.post(path, {**data, "_do": wanted})
                self.assertEqual(answer.status_code, 404, f"{path} {wanted}")
        self.sign_in(self.secretary)
        data = self.hidden(self.get(page))
        for version in ("", "x", sent.id, 10**12):
            answer = self.post(page, {**data, "_do": "restore", "version": version})
            self.assertEqual(answer.status_code, 404, version)

    def test_who_only_reads_a_change_writes_nothing_in_it_and_sent_it_is_not_drawn(self):
        draft = self._draft()
        self.sign_in(self.secretary)
        data = {**self.hidden(self.get(self.path(draft))), "story": "Changé."}
        self.assertEqual(self.post(f"{self.path(draft)}/apercu", data).status_code, 200)
        draft._change({"story": "Bâti en 1852."})
        draft.action_submit()
        self.assertEqual(self.post(f"{self.path(draft)}/apercu", data).status_code, 404)
        self.sign_in(self.reader)
        for way in ("", "/apercu", "/acte", "/retirer", "/urgent"):
            answer = self.post(f"{self.path(draft)}{way}", {**data, "_do": "comment"})
            self.assertEqual(answer.status_code, 404, way)
        self.assertEqual(self.get(f"/contributions/{draft.id}/x").status_code, 404)

    def test_who_acts_for_nobody_begins_no_page(self):
        self.sign_in(self.resident)
        path = "/my/contributions/nouveau"
        self.assertEqual(self.get(f"{path}?model=wash.house").status_code, 404)
        data = {**self.hidden(self.get("/my/contributions")), "model": "wash.house"}
        self.assertEqual(self.post(path, data).status_code, 404)
