from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import AnswersInvalid
from .common import ProcedureCommon, upload


@tagged("post_install", "-at_install")
class TestSettings(ProcedureCommon):
    """What a manager sets, without a developer."""

    def assertRefused(self, words, **vals):
        procedure = self.procedure.with_user(self.manager)
        before = {name: procedure[name] for name in vals}
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            procedure.write(vals)
        self.assertIn(words, str(caught.exception))
        self.assertEqual({name: procedure[name] for name in vals}, before)

    def test_bad_settings_are_refused_with_a_sentence(self):
        for words, vals in (
            ("before it opens", {"date_open": "2026-09-01", "date_close": "2026-08-31"}),
            ("Link to the fees", {"fee_url": "http://exemple.fr/tarifs"}),
            ("Link to the fees", {"fee_url": "https://exemple.fr/les tarifs"}),
            ("other site", {"external_url": "javascript:alert(1)"}),
            ("Days to answer", {"handling_days": -1}),
            ("Orange alert", {"alert_orange_days": -3}),
            ("orange alert", {"alert_orange_days": 1, "alert_red_days": 2}),
            ("no season", {"season": "2026-2027"}),
            ("not a school year", {"season_kind": "school_year", "season": "2026-2028"}),
            ("not a school year", {"season_kind": "school_year", "season": "rentrée"}),
            ("not a year", {"season_kind": "calendar_year", "season": "2026-2027"}),
        ):
            with self.subTest(vals):
                self.assertRefused(words, **vals)

    def test_negative_numbers_are_refused_by_the_database(self):
        for name in ("max_per_household", "retention_months"):
            with (
                self.subTest(name),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.procedure.with_user(self.manager).write({name: -1})
                self.env.flush_all()

    def test_only_managers_change_settings(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            for vals in (
                {"season_kind": "school_year"},
                {"retention_months": 12},
                {"is_health": True},
                {"max_per_household": 2},
            ):
                with self.subTest((user.login, vals)), self.assertRaises(AccessError):
                    self.procedure.with_user(user).write(vals)
        for user in (self.manager, self.env.ref("base.user_admin")):
            self.procedure.with_user(user).write({"retention_months": 12})
        self.assertEqual(self.procedure.retention_months, 12)

    # Season

    def test_season_of_a_day(self):
        self.assertFalse(self.procedure._get_season(date(2026, 9, 1)))
        self.procedure.season_kind = "calendar_year"
        self.assertEqual(self.procedure._get_season(date(2026, 12, 31)), "2026")
        self.procedure.season_kind = "school_year"
        for day, season in (
            (date(2026, 8, 31), "2025-2026"),
            (date(2026, 9, 1), "2026-2027"),
            (date(2027, 1, 1), "2026-2027"),
            (date(2027, 8, 31), "2026-2027"),
        ):
            self.assertEqual(self.procedure._get_season(day), season, day)
        self.procedure.season_start_month = "3"
        self.assertEqual(self.procedure._get_season(date(2027, 2, 28)), "2026-2027")
        self.assertEqual(self.procedure._get_season(date(2027, 3, 1)), "2027-2028")
        self.procedure.season = "2030-2031"
        self.assertEqual(self.procedure._get_season(date(2027, 3, 1)), "2030-2031")

    def test_a_request_is_filed_under_the_season_of_its_day(self):
        self.assertFalse(self._submit().season)
        self.procedure.season_kind = "school_year"
        with freeze_time("2026-08-31 12:00:00"):
            self.assertEqual(self._submit().season, "2025-2026")
        with freeze_time("2026-09-01 12:00:00"):
            request = self._submit()
        self.assertEqual(request.season, "2026-2027")
        self.procedure.season = "2027-2028"
        self.assertEqual(request.season, "2026-2027", "a request stays in its season")
        self.assertEqual(self._submit().season, "2027-2028")

    def test_the_maximum_per_household_counts_season_by_season(self):
        household = self.camille.partner_id._create_household()
        self.assertTrue(household)
        self.procedure.write({"season_kind": "school_year", "max_per_household": 1})
        with freeze_time("2027-10-01"):
            first = self._submit()
            with self.assertRaises(AnswersInvalid) as caught:
                self._submit()
            self.assertIn("2027-2028", caught.exception.errors[AnswersInvalid.FORM])
            self.assertTrue(self._submit(user=self.dominique), "another household")
        with freeze_time("2028-10-01"):
            self.assertEqual(self._submit().season, "2028-2029")
        first.with_user(self.agent).action_accept("")
        first.with_user(self.agent).action_close()
        with freeze_time("2027-10-02"), self.assertRaises(AnswersInvalid):
            self._submit()  # Closed once accepted: the place of the season is taken.

    def test_a_refused_request_leaves_its_place(self):
        self.camille.partner_id._create_household()
        self.procedure.write({"season_kind": "calendar_year", "max_per_household": 2})
        first, second = self._submit(), self._submit()
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit()
        self.assertIn("2", caught.exception.errors[AnswersInvalid.FORM])
        first.with_user(self.agent).action_refuse("Trop loin")
        self._submit()
        first.with_user(self.agent).action_close()
        second.with_user(self.agent).action_refuse("Trop loin")
        second.with_user(self.agent).action_close()
        self.assertTrue(self._submit(), "refused, then closed: still free")

    def test_without_season_what_is_closed_no_longer_counts(self):
        self.camille.partner_id._create_household()
        self.procedure.max_per_household = 1
        request = self._submit()
        with self.assertRaises(AnswersInvalid):
            self._submit()
        request.with_user(self.agent).action_accept("")
        request.with_user(self.agent).action_close()
        self.assertTrue(self._submit())

    # In all

    def test_the_last_place_is_given_once_and_comes_free_by_a_refusal(self):
        self.procedure.max_requests = 2
        left = self.procedure._get_places_left
        self.assertEqual(left(False), 2)
        first, second = self._submit(), self._submit_without_account(files={"proof": [upload()]})
        self.assertEqual(left(False), 0)
        for submit in (self._submit, self._submit_without_account):
            with self.assertRaises(AnswersInvalid) as caught:
                submit(files={"proof": [upload()]})
            words = "All the places are taken: 2. One may come free: call us."
            self.assertEqual(caught.exception.errors, {AnswersInvalid.FORM: words})
        self.assertEqual(
            self.env["procedure.request"]._get_filing_errors(self._filing()),
            {AnswersInvalid.FORM: words},
        )
        first.with_user(self.agent).action_refuse("Trop loin")
        self.assertEqual(left(False), 1)
        third = self._submit()
        first.with_user(self.agent).action_close()
        self.assertEqual(left(False), 0)
        third._cancel(self.camille.partner_id)
        self.assertEqual(left(False), 1)
        second.with_user(self.agent).action_accept("")
        second.with_user(self.agent).action_close()
        self.assertEqual(left(False), 1, "accepted, then closed: the place is taken")

    def test_places_are_counted_season_by_season(self):
        self.procedure.write({"season_kind": "school_year", "max_requests": 1})
        with freeze_time("2027-10-01"):
            self._submit()
            with self.assertRaises(AnswersInvalid) as caught:
                self._submit(user=self.dominique)
            self.assertIn("1 for 2027-2028", caught.exception.errors[AnswersInvalid.FORM])
            self.assertTrue(self.procedure._is_full())
        with freeze_time("2028-10-01"):
            self.assertFalse(self.procedure._is_full())
            self.assertTrue(self._submit(user=self.dominique))

    def test_without_maximum_nothing_is_counted(self):
        self.assertEqual(self.procedure.max_requests, 0)
        with self.assertQueryCount(0):
            self.assertFalse(self.procedure._is_full(False))
            self.assertTrue(self.procedure._take_place(False))

    # Opening

    def test_it_opens_and_closes_by_itself(self):
        self.procedure.write({"date_open": "2027-03-01", "date_close": "2027-05-31"})
        for day, opening in (
            ("2027-02-28 12:00:00", "before"),
            ("2027-03-01 12:00:00", "open"),
            ("2027-05-31 12:00:00", "open"),
            ("2027-06-01 12:00:00", "after"),
        ):
            with freeze_time(day):
                self.assertEqual(self.procedure._get_opening(), opening, day)
                self.assertEqual(self.procedure._is_open(), opening == "open", day)
                if opening != "open":
                    with self.assertRaises(UserError):
                        self._submit()

    # Health

    def test_a_health_procedure_waits_for_its_store(self):
        procedure = self._procedure("Fiche", "FICHESAN", self.waste, publish=False, is_health=True)
        with self.assertRaises(ValidationError) as caught:
            procedure.with_user(self.manager).action_publish()
        self.assertIn("health", str(caught.exception))
        self.patch(type(procedure), "_has_health_store", lambda self: True)
        procedure.with_user(self.manager).action_publish()
        self.assertEqual(procedure.state, "published")

    # What is still to do

    def test_a_new_procedure_says_what_it_waits_for_and_where_to_go(self):
        procedure = (
            self.env["procedure.procedure"]
            .with_user(self.manager)
            .create({"name": "Neuve", "code": "NEUVE"})
        )
        self.assertIn("which service", procedure.todo_html)
        self.assertIn("the services", procedure.todo_html)
        self.assertIn("Personal data", procedure.todo_html)
        self.assertIn("Change the form", procedure.todo_html)
        procedure.service_id = self.waste
        procedure.processing_id = self._processing("neuve")
        procedure.processing_id.retention = False
        procedure.action_new_version()
        procedure.invalidate_recordset()
        self.assertNotIn("which service", procedure.todo_html)
        self.assertIn("Open the entry of the register", procedure.todo_html)
        action = procedure.action_open_processing()
        self.assertEqual(action["res_id"], procedure.processing_id.id)
        procedure.processing_id.retention = "Un an"
        self.env["procedure.field"].create(
            {"version_id": procedure.version_ids.id, "key": "a", "label": "Question"}
        )
        procedure.invalidate_recordset()
        self.assertIn("ready", procedure.todo_html)
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_every_commune_concerned_has_its_service(self):
        procedure = self._procedure("Salle", "SALLESET", self.town_hall, publish=False)
        procedure.commune_ids = self.vaubecourt + self.revigny
        with self.assertRaises(ValidationError) as caught:
            procedure.action_publish()
        self.assertIn("Revigny-sur-Ornain", str(caught.exception))
        self.assertNotIn("Vaubecourt", str(caught.exception))
        procedure.local_service_ids = self.other_town_hall
        self.assertFalse(procedure._get_service_problems())
        procedure.service_id = False
        self.assertIn("Vaubecourt", procedure._get_service_problems()[0])
        procedure.commune_ids = self.revigny
        self.assertFalse(procedure._get_service_problems(), "the local service is enough")
        procedure.action_publish()
