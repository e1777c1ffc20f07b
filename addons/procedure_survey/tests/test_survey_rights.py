from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyRights(SurveyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.env.ref("base.user_admin")

    def setUp(self):
        super().setUp()
        self._give(True, False, True, True, True, comments=["Très bien"])
        self._count()
        self.waiting = self._give(False, comments=["Pas encore lu"])
        self._count()
        self.result = self.Result.search([])
        self.comment = self.Comment.search([])
        self.public = self.env.ref("base.public_user")

    def test_who_reads_the_figures(self):
        for user in self.agent | self.colleague | self.manager | self.administrator:
            mine = self.Result.with_user(user)
            self.assertEqual(mine.search([]), self.result, user.login)
            groups = mine._read_group([], ["procedure_id"], ["satisfied_count:sum"])
            self.assertEqual(groups, [(self.other.with_user(user), 4)])
        for user in self.school_agent | self.secretary:
            mine = self.Result.with_user(user)
            self.assertFalse(mine.search([]), user.login)
            self.assertFalse(mine._read_group([], ["procedure_id"], ["satisfied_count:sum"]))
            with self.assertRaises(AccessError):
                mine.browse(self.result.id).read(["answer_count"])
        for user in self.camille | self.communication | self.dpo | self.public:
            with self.assertRaises(AccessError):
                self.Result.with_user(user).search([])
            with self.assertRaises(AccessError):
                self.Result.with_user(user).formatted_read_group([], ["month"], ["__count"])
            with self.assertRaises(AccessError):
                self.Result.with_user(user).action_download()

    def test_comments_are_of_the_service_and_of_no_other(self):
        for user in self.agent | self.colleague:
            self.assertEqual(self.Comment.with_user(user).search([]), self.comment)
        for user in self.school_agent | self.secretary | self.manager:
            mine = self.Comment.with_user(user)
            self.assertFalse(mine.search([]), user.login)
            self.assertFalse(mine._read_group([], ["service_id"], ["__count"]))
            with self.assertRaises(AccessError):
                mine.browse(self.comment.id).read(["text"])
        for user in self.camille | self.communication | self.dpo | self.administrator | self.public:
            with self.assertRaises(AccessError):
                self.Comment.with_user(user).search([])

    def test_an_answer_that_waits_is_read_by_nobody(self):
        everybody = (
            self.agent
            | self.manager
            | self.administrator
            | self.secretary
            | self.camille
            | self.dpo
        )
        for user in everybody | self.public:
            with self.assertRaises(AccessError):
                self.Answer.with_user(user).search([])
            with self.assertRaises(AccessError):
                self.Answer.with_user(user)._read_group([], ["is_satisfied"], ["__count"])
            with self.assertRaises(AccessError):
                self.waiting.with_user(user).read(["is_survey_closed"])
            domain = [("is_survey_closed", "=", True)]
            with self.assertRaises(AccessError):
                self.env["procedure.request"].with_user(user).search(domain)

    def test_counting_does_not_tell_who_answered(self):
        """The stamps of a request are read by its service: answered or not, they stay."""
        requests = self._give(*[True] * 5)
        self.env.flush_all()
        self.env.cr.execute("UPDATE procedure_request SET write_date = '2026-01-01', write_uid = 1")
        self.env.invalidate_all()
        self._count()
        self.env.flush_all()
        mine = self.env["procedure.request"].with_user(self.agent)
        self.assertFalse(mine.search([("write_date", ">", "2026-01-01 00:00:01")]))
        self.assertEqual(requests.write_uid.ids, [1])
        self.assertTrue(all(requests.mapped("is_survey_closed")))

    def test_nobody_writes(self):
        for record in self.result | self.result.browse(), self.comment:
            for user in self.agent | self.manager | self.administrator:
                for mode in ("write", "create", "unlink"):
                    self.assertFalse(record.with_user(user).has_access(mode))

    def test_the_spreadsheet_holds_what_one_reads(self):
        def rows(user):
            sheets = {}
            mine = self.Result.with_user(user)
            self.patch(
                type(self.env["public.guard"]),
                "_xlsx",
                lambda _self, made: sheets.update({name: rows for name, _head, rows in made}),
            )
            mine._get_workbook()
            return sheets

        agent, manager, other = map(rows, (self.agent, self.manager, self.school_agent))
        self.assertEqual([row[3:] for row in agent["Satisfaction"]], [(5, 4, 1)])
        self.assertEqual([row[3] for row in agent["Comments"]], ["Très bien"])
        self.assertEqual(len(manager["Satisfaction"]), 1)
        self.assertFalse(manager["Comments"])
        self.assertFalse(other["Satisfaction"] + other["Comments"])
        self.assertNotIn("Comments", rows(self.administrator))
