"""What is somebody's is kept for nobody, and nobody is given what is kept in its place."""

from werkzeug.exceptions import NotFound

from odoo.http import Response, request
from odoo.tools import mute_logger

from ..models import ir_http
from .common import PASSWORD, PATH, PageCacheCase, draw


class TestForAnybody(PageCacheCase):
    def assertKeptForNobody(self, act=None, **kwargs):
        if act:
            self.let(act)
        for _time in range(2):
            answer = self.assertDrawn(**kwargs)
            self.assertNotIn("ETag", answer.headers)
        return answer

    def test_who_is_signed_in_gets_her_page_and_leaves_it_to_nobody(self):
        kept = self.assertKept()
        self.authenticate(self.resident.login, PASSWORD)
        # Tests put a key of theirs in her session, which alone would be refused.
        keys = {*ir_http.BARE_SESSION, "_trace_disable"}
        self.patch(ir_http, "BARE_SESSION", keys)
        own = self.assertKeptForNobody()
        self.assertIn(self.resident.name, own.text)
        self.assertEqual(own.headers["Cache-Control"], "private, no-cache")
        # Her browser had it before she signed in.
        again = self.assertDrawn(headers={"If-None-Match": kept.headers["ETag"]})
        self.assertIn(self.resident.name, again.text)
        self.authenticate(None, None)
        answer, drawn = self.see()
        self.assertEqual((answer.content, drawn), (kept.content, 0))

    def test_a_parameter_that_is_not_declared_is_drawn_each_time(self):
        for query in ("q=bac", "couleur=bleu&q=bac", "debug=1"):
            self.assertKeptForNobody(path=f"{PATH}?{query}")

    def test_a_value_in_the_body_is_drawn_for_who_sends_it(self):
        """Core reads it there, whatever the method: it would be shown to everybody."""
        self.assertKeptForNobody(data={"couleur": "piège"}, method="GET")
        self.assertKeptForNobody(files={"couleur": ("x.txt", b"x")}, method="GET")

    def test_what_is_sent_is_not_kept(self):
        self.assertKept()
        self.assertKeptForNobody(method="POST", data={"couleur": "bleu"})
        self.assertKeptForNobody(method="POST")

    def test_what_a_visitor_began_is_hers(self):
        def begin():
            request.session["began"] = "un bac"
            return draw(words=request.session["began"])

        self.let(begin)
        self.assertDrawn()
        # The cookie of that session, sent back.
        cookies = dict(self.opener.cookies)
        self.assertIn("session_id", cookies)
        self.let(lambda: draw(words=request.session.get("began")))
        self.assertIn("un bac", self.assertKeptForNobody(cookies=cookies).text)
        self.opener.cookies.clear()
        self.assertNotIn("un bac", self.assertKept().text)

    def test_cookie_that_a_page_reads_is_the_reader_s(self):
        def village():
            return draw(words=request.cookies.get("commune", "aucun"))

        answer = self.assertKeptForNobody(village, cookies={"commune": "Vallon"})
        self.assertIn("Vallon", answer.text)
        self.assertKeptForNobody(lambda: draw(words=dict(request.cookies.items())))
        self.assertKeptForNobody(lambda: draw(words="commune" in request.cookies))
        self.assertKeptForNobody(lambda: draw(words=list(request.cookies)))

    def test_cookie_of_another_site_changes_nothing(self):
        self.assertKept()
        self.assertEqual(self.see(cookies={"_pk_id": "1"})[1], 0)

    def test_declared_cookie_is_for_who_has_it_the_others_share_a_page(self):
        def village():
            return draw(words=request.cookies.get("village", "aucun"))

        self.let(village)
        self.assertIn("aucun", self.assertKept().text)
        answer = self.assertKeptForNobody(cookies={"village": "Vallon"})
        self.assertIn("Vallon", answer.text)
        self.assertIn("aucun", self.see()[0].text)

    def test_page_with_a_cookie_or_an_order_of_its_own_is_not_kept(self):
        def with_cookie():
            response = draw()
            response.set_cookie("essai", "1")
            return response

        def with_future_cookie():
            request.future_response.set_cookie("essai", "1")
            return draw()

        def with_order():
            response = draw()
            response.headers["Cache-Control"] = "no-store"
            return response

        self.assertIn("essai", self.assertKeptForNobody(with_cookie).headers["Set-Cookie"])
        self.assertIn("essai", self.assertKeptForNobody(with_future_cookie).headers["Set-Cookie"])
        answer = self.assertKeptForNobody(with_order)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_page_that_says_it_is_private_is_not_kept(self):
        def private():
            request.env["website.page.cache"]._keep_private()
            return draw()

        self.assertKeptForNobody(private)

    def test_page_with_a_token_is_not_kept(self):
        for word in ("csrf_token", "guard_token", "odoo.__session_info__"):
            self.assertKeptForNobody(lambda word=word: draw(words=word))

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_refusals_redirects_and_other_kinds_are_not_kept(self):
        def missing():
            raise NotFound()

        def fail():
            raise ZeroDivisionError()

        for status, act in (
            (404, missing),
            (500, fail),
            (303, lambda: request.redirect("/")),
            (410, lambda: Response("Parti", status=410)),
            (200, lambda: Response("a;b", mimetype="text/csv")),
        ):
            self.assertKeptForNobody(act, status=status)
        self.let(draw)
        self.assertKept()
