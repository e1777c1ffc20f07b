import gzip
import json
from unittest.mock import patch

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.kept import KEPT, KEPT_AN_HOUR
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon, photo

WEIGHT = 150_000
# Slots, signatures and lodgings of the request are a query each.
BUDGET = 49


class TestRequestMessages(WebsiteProcedureCommon):
    """What the applicant and the service write to each other, on the page of the request."""

    def setUp(self):
        super().setUp()
        self.request = self.file_as(self.camille)
        self.path = f"/my/demandes/{self.request.id}"
        self.form = "//form[contains(@action, '/message')]"

    def shown(self, page):
        return [
            " ".join(message.text_content().split())
            for message in page.tree.xpath("//ol[@class='et-msgs']/li")
        ]

    def add_messages(self, count, first=0):
        """In the database itself: mailing each of them takes minutes."""
        self.env["mail.message"].sudo().create(
            [
                {
                    "model": "procedure.request",
                    "res_id": self.request.id,
                    "body": f"Message {rank}.",
                    "message_type": "comment",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "author_id": (self.agent if rank % 2 else self.camille).partner_id.id,
                }
                for rank in range(first, first + count)
            ]
        )

    def add_documents(self, count):
        line = self.request.sudo().document_line_ids[0]
        for rank in range(count):
            document = line.document_id.copy({"name": f"piece-{rank}.jpg"})
            line.copy({"document_id": document.id})

    def test_message_is_sent_with_its_files(self):
        data = {**self.hidden(self.get(self.path), self.form), "message": "Voici le bail"}
        files = [self.jpeg("_piece", f"bail-{rank}.jpg", photo("blue", rank)) for rank in (41, 42)]
        for _twice in range(2):
            response = self.post(f"{self.path}/message", data, files)
            self.assertEqual(response.status_code, 303)
        page = self.get(response.headers["Location"])
        self.assertEqual(len(self.shown(page)), 1, "Sent twice, it is one message")
        self.assertIn("Vous", self.shown(page)[0])
        links = page.tree.xpath("//ol[@class='et-msgs']//a/@href")
        self.assertEqual(len(links), 2)
        self.assertTrue(self.url_open(links[0]).content.startswith(b"\xff\xd8"))

    def test_a_session_that_ended_loses_no_word(self):
        """She wrote for an hour: she signs in again, and her message is there, not sent."""
        page = self.get(self.path)
        data = {**self.hidden(page, self.form), "message": "Voici pourquoi"}
        self.authenticate(None, None)
        headers = {"Referer": self.base_url() + self.path}
        away = self.url_open(
            f"{self.path}/message", data=data, headers=headers, allow_redirects=False
        )
        self.assertEqual(away.status_code, 303)
        self.assertURLEqual(away.headers["Location"], f"/web/login?redirect={self.path}")
        self.assertNotIn("Voici pourquoi", self.get("/web/login").text)
        self.log_in(self.camille)
        sent = self.get(self.path)
        self.assertEqual(sent.tree.xpath("//textarea[@name='message']")[0].text, "Voici pourquoi")
        self.assertIn("rien n’est encore envoyé", sent.tree.text_content())
        self.assertNotIn("Voici pourquoi", self.get(self.path).text, "told once")
        self.assertFalse(self.request.message_ids.filtered(lambda m: "Voici" in (m.body or "")))

    def test_an_hour_later_it_is_shown_to_nobody(self):
        """Somebody else may be at this computer."""
        headers = {"Referer": self.base_url() + self.path}
        self.authenticate(None, None)
        self.url_open(f"{self.path}/message", data={"message": "Voici"}, headers=headers)
        with patch("odoo.addons.website_parts.tools.kept.KEPT_FOR", -1):
            self.log_in(self.camille)
            self.assertNotIn("Voici", self.get(self.path).text)

    def _send_signed_out(self, data):
        path = f"{self.path}/message"
        headers = {"Referer": self.base_url() + self.path}
        return self.url_open(path, data=data, headers=headers, allow_redirects=False)

    def test_nobody_fills_the_disk_with_what_is_kept(self):
        """Anybody may send such a form: little is kept, and seldom."""
        self.authenticate(None, None)
        guard, seen = type(self.env["public.guard"]), []

        def hit(_guard, scope, key, limit, seconds, by=1):
            """The count of a refused request is gone with the transaction of the test."""
            seen.append((scope, limit))
            if seen.count((scope, limit)) > limit:
                raise TooManyRequests("Trop d'essais")

        with (
            patch.object(guard, "_hit", hit),
            patch("odoo.addons.website_parts.tools.kept.root.session_store.save") as save,
        ):
            for data in (
                {f"n{rank}": "é" * 2000 for rank in range(150)},
                {"\x01" * 5000: "x"},
                {f"n{rank}": "x" for rank in range(3000)},
            ):
                self.assertEqual(self._send_signed_out(data).status_code, 303)
            for _rank in range(KEPT_AN_HOUR + 5):
                self._send_signed_out({"message": "Voici", "code_new": "123456"})
        kept = [call.args[0][KEPT] for call in save.mock_calls if KEPT in call.args[0]]
        self.assertLess(max(len(json.dumps(each)) for each in kept), 201_000)
        self.assertLessEqual(len(kept), KEPT_AN_HOUR)
        self.assertEqual(set(seen), {("form.kept", KEPT_AN_HOUR)})
        self.assertIn({"message": ["Voici"]}, [each["values"] for each in kept])

    def test_what_another_site_sent_is_kept_nowhere(self):
        data = {"message": "Payez ici"}
        self.authenticate(None, None)
        for headers in (
            {"Referer": "https://exemple.org/page"},
            {"Sec-Fetch-Site": "cross-site", "Referer": self.base_url() + self.path},
        ):
            self.url_open(f"{self.path}/message", data=data, headers=headers)
            self.log_in(self.camille)
            self.assertNotIn("Payez ici", self.get(self.path).text)
            self.authenticate(None, None)

    def test_refused_file_sends_nothing_and_keeps_the_words(self):
        data = {**self.hidden(self.get(self.path), self.form), "message": "Voici le bail"}
        response = self.post(
            f"{self.path}/message", data, [self.jpeg("_piece", content=b"MZ" * 300)]
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("pas accepté", self.errors(response)["_piece"])
        self.assertEqual(self.value(response, "message"), "Voici le bail")
        files = [self.jpeg("_piece", content=photo("blue", 40 + rank)) for rank in range(4)]
        response = self.post(f"{self.path}/message", data, files)
        self.assertIn("3 fichiers au plus", self.errors(response)["_piece"])
        self.assertFalse(self.shown(self.get(self.path)))

    def test_older_messages_are_a_link_away_and_all_are_on_paper(self):
        self.add_messages(200)
        page = self.get(self.path)
        self.assertEqual(len(self.shown(page)), 20)
        self.assertIn("Message 199.", self.shown(page)[-1])
        more = page.tree.xpath("//a[contains(@href, 'messages=')]/@href")[0]
        page = self.get(more)
        self.assertEqual(len(self.shown(page)), 120)
        paper = self.get(f"{self.path}?tout=1")
        self.assertEqual(len(self.shown(paper)), 200)
        self.assertTrue(paper.tree.xpath("//main//details[@open]"))
        self.assertFalse(paper.tree.xpath("//main//details[not(@open)]"))
        for odd in ("0", "-1", "x", "99999999999999999999"):
            self.assertEqual(len(self.shown(self.get(f"{self.path}?messages={odd}"))), 20)

    def test_letters_are_told_apart_and_without_the_number(self):
        self.request.with_user(self.agent).action_take()
        self.request.with_user(self.agent).action_refuse("Hors du territoire.")
        page = self.get(self.path)
        self.assertFalse(self.shown(page))
        subjects = [node.text_content() for node in page.tree.xpath("//details/summary")]
        self.assertTrue(subjects)
        for subject in subjects:
            self.assertNotIn(self.request.number, subject)

    def test_other_delegate_is_not_named_nor_taken_for_the_service(self):
        association = self.env["res.partner"].create(
            {"name": "Les Amis", "company_type": "company", "kind": "association"}
        )
        self.env["partner.delegate"].create(
            [
                {
                    "organisation_id": association.id,
                    "person_id": user.partner_id.id,
                    "state": "active",
                }
                for user in (self.camille, self.dominique)
            ]
        )
        request = self._submit(acting_for=association)
        request._post_from_applicant("Bonjour", by=self.dominique.partner_id)
        request._post_from_applicant("Merci", by=self.camille.partner_id)
        page = self.get(f"/my/demandes/{request.id}")
        theirs, mine = self.shown(page)
        self.assertTrue(theirs.startswith("Les Amis"))
        self.assertTrue(mine.startswith("Vous"))
        self.assertNotIn("Dominique", page.text)

    def test_member_of_the_staff_reads_her_own_words_as_hers(self):
        request = self._submit(self.agent, answers=self._answers(note="agent"))
        request._post_from_applicant("Bonjour", by=self.agent.partner_id)
        self.sign_in(self.agent)
        self.assertTrue(self.shown(self.get(f"/my/demandes/{request.id}"))[0].startswith("Vous"))

    def test_withdrawal_sent_twice_is_one_withdrawal(self):
        page = self.get(f"{self.path}/annuler")
        self.assertIn("définitivement", page.text)
        data = {**self.hidden(page), "_action": "cancel"}
        for _twice in range(2):
            response = self.post(f"{self.path}/annuler", data)
            self.assertEqual(response.status_code, 303)
        self.assertEqual(self.request.state, "cancelled")
        self.assertEqual(len(self.request.sudo().event_ids), 1)

    def test_page_costs_the_same_with_many_messages_and_documents(self):
        self.add_messages(3)
        self.add_documents(2)
        few = self.count_queries(self.path)
        self.add_messages(197, first=3)
        self.add_documents(27)
        self.assertLessEqual(self.count_queries(self.path), few)
        self.assertLessEqual(few, BUDGET)
        everything = self.count_queries(f"{self.path}?tout=1")
        self.assertLessEqual(everything, BUDGET)
        for path in (self.path, f"{self.path}?tout=1"):
            self.assertLess(len(gzip.compress(self.url_open(path).content, 6)), WEIGHT)
            self.assertLess(len(self.url_open(path).content), WEIGHT * 2)
