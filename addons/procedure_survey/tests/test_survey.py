from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.territory_base import clock

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurvey(SurveyCommon):
    def test_a_report_of_a_household_asks_nothing(self):
        """It may be that of a death."""
        given = self._answered()
        self.assertTrue(given._get_survey_day())
        given.procedure_id.kind = "household_report"
        self.assertFalse(given._get_survey_day())

    def test_which_ends_ask(self):
        given, refused = self._answered(), self._answered(refused=True)
        underway, dropped, withdrawn = self._ask(), self._ask(), self._ask()
        dropped.with_user(self.agent).action_drop("En double")
        withdrawn.with_user(self.camille).action_cancel()
        for request in given | refused:
            self.assertTrue(request._get_survey_day(), request.state)
        for request in underway | dropped | withdrawn:
            self.assertFalse(request._get_survey_day(), request.state)
            with self.assertRaises(UserError):
                request._answer_survey(True)
        given.with_user(self.agent).action_close()
        self.assertTrue(given._get_survey_day(), "filed away")
        given.with_user(self.agent).action_reopen("Erreur")
        self.assertFalse(given._get_survey_day(), "no answer any more")
        for channel in ("counter", "phone", "mail", "email"):
            refused.channel = channel
            self.assertFalse(refused._get_survey_day(), "an agent could answer for four of hers")
            self.assertEqual(refused._get_todo_sentences("refused"), [])
        refused.channel = "web"
        self.assertTrue(refused._get_survey_day())
        refused.procedure_id.has_survey = False
        self.assertFalse(refused._get_survey_day())

    def _typed_by_the_staff(self, channel="phone", **who):
        """Told by phone, typed by the agent of waste, answered."""
        filing = Filing(procedure=self.other, answers={"day": "lundi"}, channel=channel, **who)
        Request = self.env["procedure.request"]
        request = Request.with_user(self.agent)._submit(filing).with_env(self.env).sudo()
        request.with_user(self.agent).action_accept()
        return request

    def _age_account(self, user, days):
        """Her account, so many days after the requests of today."""
        self.env.flush_all()
        query = "UPDATE res_users SET create_date = create_date + %s * interval '1 day'"
        self.env.cr.execute(f"{query} WHERE id = %s", [days, user.id])
        self.env.invalidate_all()

    def test_what_the_staff_typed_is_asked_in_the_space_of_an_account_that_was_there(self):
        camille = self.camille.partner_id
        self._submit().with_user(self.agent).action_take()
        for channel in ("phone", "counter"):
            request = self._typed_by_the_staff(channel, applicant=camille)
            self.assertTrue(request._get_survey_day(camille), channel)
            self.assertFalse(request._get_survey_day(), "by number and code: it is printed")
            self.assertFalse(request._get_survey_day(self.dominique.partner_id))
            self.assertNotIn("/satisfaction/", " ".join(self._mails(request).mapped("body_html")))
            self.assertEqual(request._get_todo_sentences("accepted"), [])
            with self.assertRaises(UserError):
                request._answer_survey(True)
            request._answer_survey(True, by=camille)
            self.assertEqual(request._get_survey_answer().partner_id, camille)

    def test_what_the_staff_typed_asks_nobody_else(self):
        """An account made since, one of the staff, no account at all."""
        camille, colleague = self.camille.partner_id, self.colleague.partner_id
        self._submit().with_user(self.agent).action_take()
        request = self._typed_by_the_staff(applicant=camille)
        self._age_account(self.camille, 1)
        self.assertFalse(request._get_survey_day(camille))
        with self.assertRaises(UserError):
            request._answer_survey(True, by=camille)
        self._age_account(self.camille, -2)
        self.assertTrue(request._get_survey_day(camille))
        request.applicant_id = colleague
        self.assertFalse(request._get_survey_day(colleague), "four colleagues beside one answer")
        identity = {
            "contact_firstname": "Ana",
            "contact_lastname": "Morel",
            "contact_email": "ana@exemple.test",
        }
        nobody = self._typed_by_the_staff(identity=identity)
        self.assertFalse(nobody._get_survey_day())
        self.assertNotIn("/satisfaction/", " ".join(self._mails(nobody).mapped("body_html")))

    def test_the_mail_asks_and_the_history_does_not_hold_the_link(self):
        request = self._answered()
        mail = self._mails(request).filtered(lambda each: "/satisfaction/" in each.body_html)
        self.assertEqual(len(mail), 1, "the answer only, not the acknowledgment")
        for word in ("oui", "non"):
            self.assertIn(f"?avis={word}", mail.body_html)
        self.assertNotIn("/satisfaction/", " ".join(request.message_ids.mapped("body")))
        dropped = self._ask()
        dropped.with_user(self.agent).action_drop("En double")
        self.assertNotIn("/satisfaction/", " ".join(self._mails(dropped).mapped("body_html")))

    def test_a_letter_on_paper_says_where_without_any_link(self):
        """Who filed on the site and left no e-mail has her number and her code."""
        request = self._submit_without_account(files={"proof": [upload()]})
        code = request.env.context["follow_code"]
        request = request.with_env(self.env).sudo()
        request.contact_email = False
        self.assertEqual(request._get_todo_sentences("accepted"), [], "not answered yet")
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_accept()
        said = " ".join(request._get_todo_sentences("accepted"))
        self.assertIn(f"/suivi/{request.number}", said)
        for secret in (code, "/satisfaction/"):
            self.assertNotIn(secret, said)
        self.assertEqual(self._answered()._get_todo_sentences("accepted"), [], "her mail asks it")
        self.procedure.has_survey = False
        self.assertEqual(request._get_todo_sentences("accepted"), [])

    def test_one_answer_that_may_be_changed_for_a_week(self):
        request = self._answered()
        request._answer_survey(False, "Trop long")
        request._answer_survey(True, " Finalement bien ")
        answer = request._get_survey_answer()
        self.assertEqual((answer.is_satisfied, answer.comment), (True, "Finalement bien"))
        self._date(request, clock.today() - timedelta(days=8))
        with self.assertRaises(UserError):
            request._answer_survey(False)
        # The row itself refuses, when the page was checked a moment before.
        self.assertFalse(
            self.Answer._record(
                request,
                self.camille.partner_id,
                clock.today(),
                is_satisfied=False,
                comment="",
                may_contact=False,
            )
        )
        self.assertTrue(request._get_survey_answer().is_satisfied)

    def test_the_link_is_signed_and_dies_with_the_answer_it_is_about(self):
        request = self._answered()
        token = request._get_survey_link().rpartition("/")[2]

        def find(given):
            return self.env["procedure.request"]._find_by_survey_token(given)[0]

        self.assertEqual(find(token), request)
        for forged in ("", "x", token[:-2], token + "A", "é", None):
            self.assertFalse(find(forged), forged)
        with freeze_time(fields.Datetime.now() + timedelta(days=61)):
            self.assertFalse(request._get_survey_day(), "not asked for ever")
        request.with_user(self.agent).action_reopen("Erreur")
        self.assertFalse(find(token))
        request.with_user(self.agent).action_refuse("Non")
        self.assertFalse(find(token), "another answer, another link")

    def test_of_two_delegates_each_has_her_link_and_one_answers(self):
        delegations = self._delegations(self.camille, self.dominique)
        request = self._submit(acting_for=delegations.organisation_id).sudo()
        request.with_user(self.agent).action_accept()
        mails = " ".join(self._mails(request).mapped("body_html"))
        self.assertNotIn("/satisfaction/", mails, "one mail for both: whose answer would it be?")
        first, second = self.camille.partner_id, self.dominique.partner_id
        self.assertNotEqual(request._get_survey_link(first), request._get_survey_link(second))
        self.assertTrue(request._get_survey_day(second))
        request._answer_survey(False, "Odieuse", by=first)
        self.assertTrue(request._get_survey_day(first))
        self.assertFalse(
            request._get_survey_day(second), "nothing tells that she answered, or what"
        )
        with self.assertRaises(UserError):
            request._answer_survey(True, by=second)
        find = self.env["procedure.request"]._find_by_survey_token
        token = request._get_survey_link(first).rpartition("/")[2]
        self.assertEqual(find(token), (request, first))
        delegations[0].state = "ended"
        self.assertFalse(find(token)[0], "she speaks for it no more")
        with self.assertRaises(UserError):
            request._answer_survey(True, by=first)

    def test_once_counted_it_is_neither_changed_nor_given_again(self):
        requests = self._give(True, True, False, False, True)
        self._count()
        self.assertFalse(self.Answer.search_count([("request_id", "in", requests.ids)]))
        for request in requests:
            self.assertFalse(request._get_survey_day())
            with self.assertRaises(UserError):
                request._answer_survey(True)

    def test_what_names_a_request_goes_with_it(self):
        request = self._answered()
        request._answer_survey(False, "Rappelez-moi", True)
        self.assertTrue(self.Comment.search([("request_id", "=", request.id)]))
        request._anonymise()
        self.assertFalse(request._get_survey_answer())
        self.assertFalse(self.Comment.search([("text", "=", "Rappelez-moi")]))
        self.assertFalse(request._get_survey_day())

    def test_comments_go_after_their_months(self):
        self._give(True, False, True, True, True, comments=["Bien"])
        self._count()
        comment = self.Comment.search([("text", "=", "Bien")])
        rule = self.env.ref("procedure_survey.retention_survey_comment")
        self.assertEqual(str(comment._get_retention_dues(rule)[comment]), "2028-03-01")
        comment._end_retention(rule)
        self.assertFalse(comment.exists())
