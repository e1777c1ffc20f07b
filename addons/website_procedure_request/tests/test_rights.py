from odoo.tests import new_test_user

from odoo.addons.procedure.tests.common import upload
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestRights(WebsiteProcedureCommon):
    """Addresses typed by hand, by those whom the request does not concern."""

    def setUp(self):
        super().setUp()
        self.request = self._submit()
        self.line = self.request.document_line_ids
        message = self.request.with_user(self.agent).message_post(
            body="Le plan", subtype_xmlid="mail.mt_comment", attachments=[("plan.txt", b"ici")]
        )
        piece = message.sudo().attachment_ids.id
        base = f"/my/demandes/{self.request.id}"
        self.reads = [
            base,
            f"{base}/annuler",
            f"{base}/fichier/{self.line.id}",
            f"{base}/piece/{piece}",
            f"{base}/accuse.pdf",
        ]
        self.writes = [f"{base}/completer", f"{base}/message", f"{base}/annuler"]

    def check_refused(self, status=404):
        for path in self.reads:
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, status, path)
            self.assertNotIn(self.request.number, response.text)
        messages = len(self.request.message_ids)
        for path in self.writes:
            response = self.post(path, {"message": "Moi", "_action": "cancel", "persons": "1"})
            self.assertEqual(response.status_code, status, path)
        self.assertEqual(self.request.state, "submitted")
        self.assertEqual(len(self.request.message_ids), messages)

    def test_applicant_opens_each(self):
        self.sign_in(self.camille)
        for path in self.reads:
            self.assertEqual(self.url_open(path).status_code, 200, path)

    def test_visitor_is_asked_to_sign_in(self):
        self.check_refused(status=303)

    def test_other_resident_finds_nothing(self):
        self.sign_in(self.dominique)
        self.check_refused()
        self.assertNotIn(self.request.number, self.get("/my").text)
        self.assertNotIn(self.request.number, self.get("/my/demandes").text)

    def test_staff_uses_the_back_office(self):
        for user in (
            self.agent,
            self.school_agent,
            self.secretary,
            self.communication,
            self.dpo,
            self.manager,
        ):
            with self.subTest(user=user.login):
                self.sign_in(user)
                self.check_refused()
                self.assertNotIn(self.request.number, self.get("/my/demandes").text)

    def test_other_parent_of_the_same_child_finds_nothing(self):
        child = self.camille.partner_id.sudo()._declare_child(
            {
                "firstname": "Louis",
                "lastname": "Durand",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
            }
        )
        self.request = self._submit(subjects=child, answers=self._answers(note="enfant"))
        self.reads = [f"/my/demandes/{self.request.id}"]
        self.writes = [f"/my/demandes/{self.request.id}/message"]
        other = self._resident("sacha", "Sacha", "Durand")
        for state in ("declared", "verified", "contested"):
            with self.subTest(state=state):
                self.env["parental.authority"].search(
                    [("holder_id", "=", other.partner_id.id)]
                ).unlink()
                self.env["parental.authority"].create(
                    {"child_id": child.id, "holder_id": other.partner_id.id, "state": state}
                )
                self.sign_in(other)
                self.check_refused()

    def test_former_delegate_finds_nothing_and_does_nothing(self):
        delegates = self._delegations(self.camille, self.dominique, name="Les Amis")
        association = delegates.organisation_id
        self.request = self._submit(acting_for=association)
        base = f"/my/demandes/{self.request.id}"
        self.reads = [base, f"{base}?tout=1", f"{base}/annuler"]
        self.writes = [f"{base}/completer", f"{base}/message", f"{base}/annuler"]
        self.sign_in(self.dominique)
        for path in self.reads:
            self.assertEqual(self.url_open(path).status_code, 200, path)
        delegates[1].sudo().state = "ended"
        self.check_refused()

    def test_document_of_another_delegate_is_told_and_not_opened(self):
        delegates = self._delegations(self.camille, self.dominique, name="Les Amis")
        request = self._submit(acting_for=delegates.organisation_id)
        given = request.document_line_ids
        given.document_id.name = "rib-camille.png"
        given.with_user(self.agent).action_refuse("Il est illisible")
        item = {"line_id": given.id, "reason": "Il est illisible"}
        request.with_user(self.agent).action_ask_completion([item], due="2036-01-01")
        base = f"/my/demandes/{request.id}"

        def read(user):
            self.sign_in(user)
            return "".join(self.get(f"{base}{query}").text for query in ("", "?tout=1"))

        page = read(self.dominique)
        for words in (given.label, "Il est illisible", "Donné par un autre délégué"):
            self.assertIn(words, page)
        for words in ("rib-camille", f"/fichier/{given.id}", "Camille Durand"):
            self.assertNotIn(words, page)
        self.assertEqual(self.url_open(f"{base}/fichier/{given.id}").status_code, 404)
        core = f"/web/content/procedure.document/{given.document_id.id}/file"
        self.assertEqual(self.url_open(core).status_code, 404)

        given_since = self.dominique.partner_id
        request.with_user(self.dominique)._complete(
            files={given.input_key: [upload(name="bail-dominique.png")]}, by=given_since
        )
        own = request.document_line_ids - given
        page = read(self.dominique)
        self.assertIn("bail-dominique", page)
        self.assertEqual(self.url_open(f"{base}/fichier/{own.id}").status_code, 200)
        page = read(self.camille)
        self.assertIn("rib-camille", page)
        self.assertNotIn("bail-dominique", page)
        self.assertEqual(self.url_open(f"{base}/fichier/{given.id}").status_code, 200)
        self.assertEqual(self.url_open(f"{base}/fichier/{own.id}").status_code, 404)

    def test_document_of_another_request_is_not_reached_through_mine(self):
        mine = self._submit(self.dominique)
        self.sign_in(self.dominique)
        base = f"/my/demandes/{mine.id}"
        self.assertEqual(self.url_open(f"{base}/fichier/{self.line.id}").status_code, 404)
        own = mine.document_line_ids.id
        self.assertEqual(self.url_open(f"{base}/fichier/{own}").status_code, 200)

    def test_follow_up_pages_need_number_and_code_in_this_session(self):
        request, _code = self.file_as_visitor()
        paths = [
            f"/suivi/{request.number}/fichier/{request.document_line_ids.id}",
            f"/suivi/{request.number}/annuler",
        ]
        for path in paths:
            self.assertEqual(self.url_open(path).status_code, 200, path)
        self.opener.cookies.clear()
        for path in paths:
            self.assertEqual(self.url_open(path).status_code, 404, path)
        for path in ("message", "completer"):
            response = self.post(f"/suivi/{request.number}/{path}", {"message": "x"})
            self.assertURLEqual(response.headers["Location"], f"/suivi?numero={request.number}")
        response = self.post(f"/suivi/{request.number}/annuler", {"message": "x"})
        self.assertEqual(response.status_code, 404)
        self.sign_in(self.dominique)
        for path in paths:
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_request_with_an_account_is_not_followed_by_its_number(self):
        self.sign_in(self.camille)
        response = self.url_open(f"/suivi/{self.request.number}", allow_redirects=False)
        self.assertEqual(response.headers["Location"], f"/my/demandes/{self.request.id}")
        dpo = new_test_user(self.env, "dpo_suivi", "territory_base.territory_group_dpo")
        for user in (self.dominique, dpo, self.agent):
            self.sign_in(user)
            response = self.url_open(f"/suivi/{self.request.number}", allow_redirects=False)
            self.assertIn("/suivi?numero=", response.headers["Location"])

    def test_request_with_an_account_is_not_shown_by_a_session_of_before(self):
        """A request that was given to an account, or whose data are erased, is followed no more."""
        request, _code = self.file_as_visitor()
        path = f"/suivi/{request.number}"
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 200)
        request.sudo().applicant_id = self.dominique.partner_id
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303)
        request.sudo().applicant_id = False
        request.sudo().date_anonymised = "2026-01-01 00:00:00"
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303)
