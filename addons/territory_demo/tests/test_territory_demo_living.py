from collections import Counter
from pathlib import Path

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.territory_demo import living

from .back_office import BackOffice

DATA = Path(__file__).parents[3] / "data"


@tagged("post_install", "-at_install")
class TestTerritoryDemoLiving(HttpCase):
    """A demo of before gets what a later version adds, and its personas keep what they have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.demo = cls.env["territory.demo"]
        later = ["appointments", "rooms", "rounds", "streets", "town_halls", "problems"]
        cls.demo._build(["people", *later])
        # As a database that was made before the parts had names.
        cls.env["ir.config_parameter"].set_param("territory_demo.parts", " ".join(later))
        cls.personas = cls.env["res.users"].search([])
        cls.before = cls._read_personas()
        cls.last_mail = cls.env["mail.mail"].search([], order="id desc", limit=1).id
        cls.made = cls.demo._build()

    @classmethod
    def _read_personas(cls):
        """What each sees of what was asked, and her morning."""
        seen = {}
        for user in cls.personas.filtered(lambda each: each.login not in ("responsable", "admin")):
            Request = cls.env["procedure.request"].with_user(user)
            found = Request.search([]) if Request.has_access("read") else Request
            morning = Request.get_morning()["counts"] if found and user._is_internal() else {}
            seen[user.login] = (found.ids, user.sudo().partner_id.name, morning)
        return seen

    def test_only_what_is_lacking_is_added(self):
        added = ["living", "communes", "directory", "contributions", "proposals", "questions"]
        self.assertEqual(self.made, [*added, "surveys", "families", "activities"])
        before = self.env["procedure.request"].search_count([])
        self.assertEqual(self.demo._build(), [])
        self.assertEqual(self.env["procedure.request"].search_count([]), before)

    @sweep("demo")
    def test_each_persona_keeps_exactly_what_she_has(self):
        self.assertEqual(self._read_personas(), self.before)
        self.assertTrue(self.before["agent.dechets"][0])

    def test_the_territory_is_as_large_as_was_asked(self):
        count = self.env["res.partner"].search_count
        self.assertGreaterEqual(count([("kind", "=", "household")]), 40)
        organisations = [("kind", "in", ("association", "company"))]
        self.assertGreaterEqual(count(organisations), 6)
        staff = self.env["res.users"].search([("share", "=", False), ("login", "!=", "admin")])
        self.assertGreaterEqual(len(staff.filtered("group_ids")), 12)
        requests = self.env["procedure.request"].search([])
        self.assertGreaterEqual(len(requests), 120)
        self.assertGreater(len(requests.document_line_ids), 40)
        self.assertGreater(len(requests.letter_ids), 20)

    def test_requests_of_eight_months_stand_at_every_state(self):
        requests = self.env["procedure.request"].search(
            [("procedure_id.code", "in", list(living.AGENTS))]
        )
        states = Counter(requests.mapped("state"))
        expected = (
            "submitted in_review to_complete waiting_list accepted accepted_conditionally refused "
            "dropped cancelled closed"
        )
        self.assertEqual(set(states), set(expected.split()))
        self.assertTrue(self.env["website.procedure.pending"].search([]), "and one is begun")
        days = requests.mapped(lambda request: request.date_submitted.date())
        today = clock.today()
        self.assertGreater((today - min(days)).days, 200)
        self.assertLess((today - max(days)).days, 5)
        self.assertGreater(len(set(days)), 60)
        late = requests.with_user(self.env.ref("base.user_admin")).filtered("late")
        self.assertGreater(len(late), 3)
        for request in requests:
            self.assertGreaterEqual(request.state_date, request.date_submitted, request.number)

    def test_what_was_said_is_of_its_day(self):
        requests = self.env["procedure.request"].search(
            [("procedure_id.code", "in", list(living.AGENTS)), ("state", "=", "closed")]
        )
        old = requests.filtered(lambda request: request.decision_ids)
        self.assertTrue(old)
        for request in old:
            dates = request.message_ids.mapped("date")
            self.assertGreaterEqual(min(dates), request.date_submitted)
            self.assertLessEqual(max(dates), fields.Datetime.add(request.date_submitted, days=40))

    def test_no_mail_of_the_past_leaves(self):
        self.assertFalse(self.env["mail.mail"].search([("id", ">", self.last_mail)]))

    @sweep("demo")
    def test_the_director_opens_every_menu_with_months_of_requests_behind(self):
        """Lists that group, count and run over a page."""
        self.authenticate("responsable", "responsable")
        director = self.env["res.users"].search([("login", "=", "responsable")])
        office = BackOffice(self, director).run()
        self.assertEqual(office.broken, [])
        self.assertGreater(office.menus, 10)

    def test_survey_has_figures_for_one_procedure_and_too_few_answers_for_another(self):
        result = self.env["procedure.survey.result"].search([])
        self.assertEqual(result.procedure_id.code, "ATELIERS")
        self.assertGreaterEqual(result.answer_count, 5)
        comments = self.env["procedure.survey.comment"].search([])
        self.assertTrue(comments)
        self.assertFalse(comments.request_id)
        waiting = self.env["procedure.survey.answer"].search([])
        self.assertEqual(waiting.procedure_id.mapped("code"), ["REPAS"])

    def test_nobody_added_signs_in(self):
        added = self.env["res.users"].search([("id", "not in", self.personas.ids)])
        self.assertGreater(len(added), 15)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*) FROM res_users WHERE password IS NOT NULL AND id = ANY(%s)",
            [added.ids],
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)
