import time
from datetime import UTC, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.http import root
from odoo.tools import mute_logger

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

from ..models.procedure_form_mark import ProcedureFormMark

CONTROLLER = "odoo.addons.website_procedure_funnel.controllers.form"
LOGGER = "odoo.addons.website_procedure_funnel.models.procedure_form_mark"


class TestFunnelForm(WebsiteProcedureCommon):
    """A form whose second page is for some: what is counted, and what is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        asked = [Command.create({"key": "more", "value": "1"})]
        cls.long = cls._procedure(
            "Longue démarche",
            "LONGUE",
            cls.waste,
            slug="longue",
            fields=[
                {"key": "p1", "type": "page", "label": "Vos enfants"},
                {"key": "name", "type": "char", "label": "Prénom", "required": True},
                {"key": "more", "type": "boolean", "label": "Autre chose"},
                {"key": "p2", "type": "page", "label": "Le détail", "condition_ids": asked},
                {"key": "what", "type": "char", "label": "Quoi", "required": True},
                {"key": "p3", "type": "page", "label": "Pour finir"},
                {"key": "why", "type": "char", "label": "Pourquoi", "required": True},
            ],
        )
        cls.version = cls.long.version_id
        cls.long_path = "/demarches/longue/formulaire"
        cls.Mark = cls.env["procedure.form.mark"]

    def seen(self, page):
        """What the script of the page sends."""
        hidden = self.hidden(page)
        self.assertEqual(
            page.tree.xpath("//form[@id='formulaire']/@data-seen"), [f"{self.long_path}/vu"]
        )
        return self.url_open(
            f"{self.long_path}/vu",
            data={name: hidden.get(name, "") for name in ("csrf_token", "_version", "_page")},
        )

    def turn(self, page, action="next", **answers):
        data = {**self.hidden(page), **answers, "_action": action}
        response = self.post(self.long_path, data, reads=False)
        if response.status_code == 303 and "etape=" in response.headers["Location"]:
            response = self.get(response.headers["Location"])
        return response

    def marks(self):
        self.env.invalidate_all()
        return sorted(
            (mark.kind, mark.page_key or "", mark.field_key or "")
            for mark in self.Mark.search([("version_id", "=", self.version.id)])
            if not mark.code and mark.kind != "error"
        )

    def codes(self, *kinds):
        """Those of the marks that have one."""
        self.env.invalidate_all()
        domain = [("version_id", "=", self.version.id), ("kind", "in", kinds)]
        return sorted(
            (mark.kind, mark.field_key or "", mark.code) for mark in self.Mark.search(domain)
        )

    def fill(self):
        """From the first page to the acknowledgment."""
        page = self.turn(self.get(self.long_path), name="Louis")
        page = self.turn(page, action="check", why="Parce que")
        return self.turn(page, action="send")

    def test_the_way_of_one_request(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        self.assertFalse(self.marks(), "a robot reads pages")
        self.seen(page)
        self.seen(self.get(self.long_path))
        self.assertEqual(self.marks(), [("opened", "p1", "")], "shown again")
        refused = self.turn(page)
        self.turn(refused)
        self.assertEqual(self.marks()[1:], [("refused", "p1", "name")], "once for each question")
        kept = str(root.session_store.get(self.session.sid).get("procedure_counted"))
        for word in ("refused", "name", "p1"):
            self.assertNotIn(word, kept, "in the session of her account")
        page = self.turn(refused, name="Louis")
        page = self.turn(page, action="back")
        page = self.turn(page, name="Louis")
        page = self.turn(page, action="check", why="Parce que")
        self.seen(page)
        sent = self.turn(page, action="send")
        self.assertIn("/accuse/", sent.headers["Location"])
        self.assertEqual(
            self.marks(),
            [
                ("opened", "_check", ""),
                ("opened", "p1", ""),
                ("opened", "p3", ""),
                ("passed", "_check", ""),
                ("passed", "p1", ""),
                ("passed", "p3", ""),
                ("refused", "p1", "name"),
                ("sent", "", ""),
            ],
        )
        again = self.turn(page, action="send")
        self.assertIn("deja=1", again.headers["Location"], "a double click")
        self.assertEqual(len(self.marks()), 8)

    def test_each_error_by_its_question_and_its_kind(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        page = self.turn(page)
        page = self.turn(page, name="x" * 300)
        page = self.turn(page, name="x" * 300)
        page = self.turn(page, name="Louis", more="1")
        self.turn(page)
        self.assertEqual(
            self.codes("error"),
            [
                ("error", "name", "missing"),
                ("error", "name", "too_long"),
                ("error", "what", "missing"),
            ],
        )
        self.assertEqual(
            [mark for mark in self.marks() if mark[0] == "refused"],
            [("refused", "p1", "name"), ("refused", "p2", "what")],
            "somebody whom a question stops twice is one",
        )

    def test_the_errors_of_who_says_who_she_is(self):
        page = self.turn(self.get(self.long_path), name="Louis")
        page = self.turn(page, why="Parce que")
        self.turn(page, action="check", contact_email="zoé")
        self.assertEqual(
            self.codes("error"),
            [("error", "_you", "missing"), ("error", "_you", "not_an_email")],
        )

    def test_minutes_from_opening_to_sending(self):
        self.sign_in(self.camille)
        for minutes, expected in ((1, "2"), (12, "15"), (300, "more")):
            now = time.time()
            with freeze_time(datetime.fromtimestamp(now - 60 * minutes, UTC)):
                page = self.get(self.long_path)
            page = self.turn(page, name="Louis")
            page = self.turn(page, action="check", why=f"Parce que {minutes}")
            self.assertIn("/accuse/", self.turn(page, action="send").headers["Location"])
            self.assertIn(("minutes", "", expected), self.codes("minutes"))
        self.assertEqual(len(self.codes("minutes")), 3)

    def test_a_forged_moment_is_no_time(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), name="Louis")
        page = self.turn(page, action="check", why="Parce que")
        for token in ("", "x", self.hidden(page)["guard_token"][:-4] + "AAAA"):
            self.turn(page, action="send", guard_token=token)
        self.assertFalse(self.codes("minutes"))

    def test_a_request_without_a_moment_is_filed_without_a_time(self):
        self.sign_in(self.camille)
        with patch(f"{CONTROLLER}.typed", return_value="x"):
            sent = self.fill()
        self.assertIn("/accuse/", sent.headers["Location"])
        self.assertFalse(self.codes("minutes"))
        self.assertIn(("sent", "", ""), self.marks())

    def test_a_visitor_s_minutes_go_through_her_code(self):
        request, _code = self.file_as_visitor()
        counted = self.Mark.search([("version_id", "=", request.version_id.id)])
        (minutes,) = counted.filtered(lambda mark: mark.kind == "minutes")
        self.assertEqual(minutes.code, "2")

    def test_on_a_phone_or_not_once_for_each_browser(self):
        self.opener.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 15) Mobile Safari/537.36"
        page = self.get(self.long_path)
        self.seen(page)
        self.seen(page)
        self.turn(page, name="Louis")
        self.assertEqual(self.codes("device"), [("device", "", "phone")])
        self.authenticate(None, None)
        self.opener.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
        self.turn(self.get(self.long_path), name="Louis")
        self.assertEqual(
            self.codes("device"), [("device", "", "computer"), ("device", "", "phone")]
        )

    def test_what_is_tried_or_typed_by_the_staff_is_not_counted(self):
        self.sign_in(self.agent)
        self.seen(self.get(self.long_path))
        self.turn(self.get(self.long_path), name="Louis")
        self.sign_in(self.manager)
        path = f"/demarches/apercu/{self.version.id}"
        page = self.get(path)
        self.assertFalse(page.tree.xpath("//form[@data-seen]"))
        self.post(path, {**self.hidden(page), "_action": "next", "name": "Louis"})
        self.assertFalse(self.marks())

    def test_what_no_page_of_the_form_sends_is_not_counted(self):
        page = self.get(self.long_path)
        data = {name: self.hidden(page)[name] for name in ("csrf_token", "_version", "_page")}
        forged = ({"_page": "name"}, {"_page": "x" * 99}, {"_version": "0"}, {"csrf_token": "x"})
        for change in forged:
            self.url_open(f"{self.long_path}/vu", data={**data, **change})
        self.assertEqual(self.url_open("/demarches/rien/formulaire/vu", data=data).status_code, 404)
        self.assertFalse(self.marks())

    def test_a_figure_that_fails_refuses_no_filing(self):
        self.sign_in(self.camille)

        def broken(mark, version, marks):
            mark.env.cr.execute("SELECT * FROM no_such_table", log_exceptions=False)

        with patch.object(ProcedureFormMark, "_write_marks", broken), mute_logger(LOGGER):
            sent = self.fill()
        self.assertIn("/accuse/", sent.headers["Location"])
        self.assertEqual(len(self.requests_of(self.long)), 1)
        self.assertFalse(self.marks())

    def test_reading_a_form_costs_no_query_and_a_page_that_is_sent_one(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        self.count_queries(self.long_path)

        def post():
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.post(self.long_path, data).status_code, 422)
            return self.cr.sql_log_count - before

        data = {**self.hidden(page), "_action": "next"}
        with patch.object(ProcedureFormMark, "_add", lambda *_args: False):
            post()
            uncounted = post()
        self.assertEqual(post(), uncounted + 3, "one row, between two words of its savepoint")
        self.assertEqual(post(), uncounted, "counted already")
