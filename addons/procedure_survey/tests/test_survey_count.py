from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.figures import FLOOR

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyCount(SurveyCommon):
    """Below five answers, nothing: not even by the difference of two figures or of two days."""

    def test_four_answers_say_nothing_and_five_do(self):
        self._give(True, True, False, True)
        self._count()
        self.assertFalse(self.Result.search([]))
        self._give(False)
        self._count()
        result = self.Result.search([])
        self.assertEqual(result.service_id, self.waste)
        self.assertEqual(result.procedure_id, self.other)
        self.assertEqual((result.answer_count, result.satisfied_count), (5, 3))
        self.assertEqual(str(result.month), "2026-03-01")
        self.assertEqual(result.with_context(lang="fr_FR").month_label, "mars 2026")

    def test_one_more_answer_the_next_day_moves_no_figure(self):
        self._give(True, True, True, True, True)
        self._count()
        self._give(False)
        self._count(9)
        self.assertEqual(self.Result.search([]).mapped("unsatisfied_count"), [0])
        self._give(True, True, True, True)
        self._count(10)
        self.assertEqual(sorted(self.Result.search([]).mapped("answer_count")), [5, 5])

    def test_nothing_is_counted_as_long_as_it_may_be_changed(self):
        self._give(True, True, True, True, True)
        self._count(7)
        self.assertFalse(self.Result.search([]))

    def test_small_procedures_are_counted_later_and_say_less(self):
        self._give(True, True, comments=["Salle froide"])
        late = ["Bac en retard"] * 3
        self._give(False, False, False, procedure=self.procedure, comments=late)
        self._count(90)
        self.assertFalse(self.Result.search([]))
        self._count(100)
        result = self.Result.search([])
        self.assertEqual((result.service_id, result.answer_count), (self.waste, 5))
        self.assertFalse(result.procedure_id)
        self.assertFalse(self.Comment.search([]).procedure_id)
        self.assertEqual(len(self.Comment.search([])), 4)

    def test_without_its_service_a_comment_is_read_by_managers_alone(self):
        self._give(True, True, True, comments=["Qui suis-je"])
        self._give(True, True, procedure=self.elsewhere)
        self._count(190)
        self.assertEqual(self.Result.search([]).answer_count, 5)
        self.assertFalse(self.Result.search([]).service_id)
        (comment,) = self.Comment.search([])
        self.assertEqual((comment.text, comment.service_id.id), ("Qui suis-je", False))
        self.assertEqual(self.Comment.with_user(self.manager).search([]), comment)
        for user in self.agent | self.school_agent | self.secretary:
            mine = self.Comment.with_user(user)
            self.assertFalse(mine.search([]), user.login)
            with self.assertRaises(AccessError):
                mine.browse(comment.id).read(["text"])
        with self.assertRaises(AccessError):
            self.Comment.with_user(self.env.ref("base.user_admin")).search([])

    def test_who_names_herself_hides_nobody(self):
        self._give(True, True, True, True, comments=["Un", "Deux"])
        named = self._give(False, comments=["Appelez-moi"], contact=True)
        self._count()
        self.assertFalse(self.Result.search([]))
        self.assertEqual(self.Comment.search([]).request_id, named)
        self._give(False)
        self._count()
        self.assertEqual(self.Result.search([]).answer_count, 6)
        anonymous = self.Comment.search([("request_id", "=", False)])
        self.assertEqual(sorted(anonymous.mapped("text")), ["Deux", "Un"])

    def test_contact_is_taken_back(self):
        request = self._decided(self.other)
        request._answer_survey(False, "Appelez-moi", True)
        request._answer_survey(False, "Appelez-moi vite", True)
        self.assertEqual(self.Comment.search([]).text, "Appelez-moi vite")
        request._answer_survey(False, "Appelez-moi vite", False)
        self.assertFalse(self.Comment.search([]))

    def test_nothing_left_joins_a_count_to_a_request(self):
        requests = self._give(True, True, False, True, True, comments=["A", "B"])
        self._count()
        self.env.flush_all()
        for model in (self.Result, self.Comment):
            names = set(model._fields) & {"create_uid", "create_date", "write_uid", "write_date"}
            self.assertFalse(names, "neither who nor when")
        self.assertFalse(self.Comment.search([("request_id", "in", requests.ids)]))

    def test_the_table_refuses_a_smaller_figure(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.Result.create(
                {
                    "month": "2026-03-01",
                    "answer_count": FLOOR - 1,
                    "satisfied_count": FLOOR - 1,
                    "unsatisfied_count": 0,
                }
            )
