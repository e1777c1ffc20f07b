from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 12:00:00")
class TestMakeSessions(ActivityCase):
    def test_they_are_those_of_the_slots_on_days_of_school(self):
        self.season._make_sessions()
        dates = self.Session.search([("slot_id", "=", self.noon.id)]).mapped("date")
        self.assertEqual(dates[0], date(2026, 9, 7))
        self.assertTrue(all(day.weekday() == 0 for day in dates))
        for off in (date(2026, 10, 19), date(2026, 12, 28), date(2027, 3, 29)):
            self.assertNotIn(off, dates)
        self.assertIn(date(2026, 11, 2), dates)
        self.assertEqual(len(dates), len(set(dates)))
        session = self._find(self.noon, "2026-09-07")
        self.assertEqual((session.capacity, session.hour_from, session.hour_to), (40, 11.75, 13.5))
        self.assertEqual(session.display_name, "Cantine du Val, Midi, 07/09/2026")
        self.assertFalse(session.is_closed)

    def test_a_holiday_season_has_the_slots_of_the_holidays(self):
        season = self._season(
            "Toussaint", self.holiday_site, "2026-10-17", "2026-11-01", kind="holiday"
        )
        season._make_sessions()
        sessions = self.Session.search([("slot_id", "=", self.whole_day.id)])
        # Two weeks from Monday to Friday; All Saints' is a Sunday.
        self.assertEqual(len(sessions), 10)
        self.assertEqual(set(sessions.mapped("capacity")), {24})
        self.assertEqual(season.session_count, 10)

    def test_again_it_makes_nothing(self):
        first = self.season._make_sessions()
        known = self.Session.search([])
        again = self.season._make_sessions()
        self.assertTrue(first.missing)
        self.assertEqual((again.missing, again.changed), ([], {}))
        self.assertEqual(self.Session.search([]), known)

    def test_it_is_counted_before(self):
        wizard = self.env["family.session.plan"].create({"season_id": self.season.id})
        plan = self.season._plan_sessions(self.season.site_ids)
        self.assertIn(f"{len(plan.missing)}.", wizard.report)
        self.assertFalse(self.Session.search([("season_id", "=", self.season.id)]))
        action = wizard.action_apply()
        self.assertEqual(action["res_model"], "family.session")
        self.assertEqual(self.season.session_count, len(plan.missing))

    def test_days_that_are_not_published_are_left_out_and_told(self):
        self.season.date_end = "2027-09-10"
        wizard = self.env["family.session.plan"].create({"season_id": self.season.id})
        plan = self.season._make_sessions()
        # Monday 6 and the Thursdays 2 and 9 September 2027, after the last holidays that are known.
        self.assertEqual(plan.unknown, [date(2027, 9, 2), date(2027, 9, 6), date(2027, 9, 9)])
        self.assertIn(" 3.", wizard.report)
        self.assertFalse(self._find(self.noon, "2027-09-06"))

    def test_a_slot_is_valid_from_a_day_to_another(self):
        self.noon.write({"date_start": "2026-09-14", "date_end": "2026-09-21"})
        self.season._make_sessions()
        sessions = self.Session.search([("slot_id", "=", self.noon.id)])
        self.assertEqual(sessions.mapped("date"), [date(2026, 9, 14), date(2026, 9, 21)])

    def test_what_the_slot_says_now_reaches_its_sessions(self):
        self.season._make_sessions()
        self.noon.write({"capacity": 35, "hour_to": 13.75})
        session = self._find(self.noon, "2026-09-07")
        self.assertEqual(session.capacity, 40)
        plan = self.season._make_sessions()
        self.assertEqual(sum(map(len, plan.changed.values())), len(self.noon_sessions()))
        self.assertEqual((session.capacity, session.hour_to), (35, 13.75))
        self.assertFalse(session.is_adjusted)

    def noon_sessions(self):
        return self.Session.search([("slot_id", "=", self.noon.id)])

    def test_what_was_changed_by_hand_stays_unless_asked(self):
        self.season._make_sessions()
        session = self._find(self.noon, "2026-09-07").with_user(self.secretary)
        session.capacity = 12
        self.assertTrue(session.is_adjusted)
        decided = self._find(self.noon, "2026-09-14").with_user(self.secretary)
        decided.write({"decision": "closed", "decision_note": "Sortie"})
        wizard = self.env["family.session.plan"].create({"season_id": self.season.id})
        self.assertIn("2.", wizard.report.splitlines()[-1])
        plan = self.season._make_sessions()
        self.assertEqual(plan.kept.ids, (session | decided).ids)
        self.assertEqual((session.capacity, decided.is_closed), (12, True))
        self.season._make_sessions(with_adjusted=True)
        self.assertEqual((session.capacity, session.is_adjusted), (40, False))
        self.assertEqual((decided.is_closed, decided.decision), (False, False))

    def test_the_past_stays_as_it_was(self):
        self.season._make_sessions()
        with freeze_time("2026-09-10 12:00:00"):
            self._close("Grève", "2026-09-07", last="2026-09-14")
            self.noon.capacity = 30
            self.season._make_sessions()
        past, coming = (self._find(self.noon, day) for day in ("2026-09-07", "2026-09-14"))
        self.assertEqual((past.is_closed, past.capacity), (False, 40))
        self.assertEqual((coming.is_closed, coming.capacity), (True, 30))

    def test_a_year_of_nine_sites_in_few_queries(self):
        sites = self.env["family.site"]
        for rank in range(9):
            site = self._site(
                self.canteen, f"Site {rank}", (self.hall, self.childhood)[rank % 2], capacity=10
            )
            sites |= site
            for day in "01234":
                for group in range(3):
                    self._slot(site, day, f"Groupe {group}", 8, 9)
        season = self._season("Année", sites)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(80):
            plan = season._make_sessions()
            self.env.flush_all()
        self.assertGreater(len(plan.missing), 4_500)
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            again = season._make_sessions()
        self.assertFalse(again.missing)


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 12:00:00")
class TestFollowedSessions(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-08-20 12:00:00"):
            cls.season._make_sessions()
        cls.monday = cls._find(cls.noon, "2026-11-16")
        cls.evening_session = cls._find(cls.thursday, "2026-11-19")

    def _hooks(self):
        """What the hooks were given, as a list of (name, sessions)."""
        told = []
        Model = self.env.registry["family.session"]

        def note(name):
            def hook(sessions):
                self.assertTrue(sessions.env.su)
                told.append((name, sessions.with_env(self.env)))

            return hook

        for name in ("_on_closed", "_on_reopened"):
            self.startPatcher(patch.object(Model, name, note(name)))
        return told

    def test_a_closed_day_added_later_closes_and_gives_back(self):
        told = self._hooks()
        row = self._close("Grève", "2026-11-16", self.hall)
        self.assertEqual((self.monday.is_closed, self.monday.closed_reason), (True, "Grève"))
        self.assertEqual(told, [("_on_closed", self.monday)])
        row.name = "Grève nationale"
        self.assertEqual(self.monday.closed_reason, "Grève nationale")
        self.assertEqual(len(told), 1)
        row.unlink()
        self.assertFalse(self.monday.is_closed)
        self.assertEqual(told[1:], [("_on_reopened", self.monday)])

    def test_a_closed_day_that_moves(self):
        row = self._close("Grève", "2026-11-16", self.hall)
        row.write({"date_start": "2026-11-23", "date_end": "2026-11-23"})
        self.assertFalse(self.monday.is_closed)
        self.assertTrue(self._find(self.noon, "2026-11-23").is_closed)

    def test_a_closed_day_is_that_of_its_service_or_of_all(self):
        row = self._close("Grève", "2026-11-16", self.childhood, last="2026-11-19")
        self.assertFalse(self.monday.is_closed)
        self.assertTrue(self.evening_session.is_closed)
        row.service_id = self.hall
        self.assertEqual((self.monday.is_closed, self.evening_session.is_closed), (True, False))
        row.service_id = False
        self.assertEqual((self.monday.is_closed, self.evening_session.is_closed), (True, True))

    def test_who_closes_all_services_does_not_lead_the_site(self):
        self.env["territory.closed.day"].with_user(self.manager).create(
            {"name": "Tempête", "date_start": "2026-11-16", "date_end": "2026-11-19"}
        )
        self.assertTrue(self.monday.is_closed and self.evening_session.is_closed)

    def test_a_closed_day_that_is_there_before(self):
        self._close("Pont", "2027-05-03", self.hall)
        self.noon_season = self._season("Autre", self.hall_site)
        slot = self._slot(self.hall_site, "0", "Second service", 12.5, 13.5)
        told = self._hooks()
        self.season._make_sessions()
        self.assertTrue(self._find(slot, "2027-05-03").is_closed)
        # Nobody could be booked there: nobody is told.
        self.assertEqual(told, [])

    def test_a_site_suspended_in_mid_year(self):
        told = self._hooks()
        suspension = self.env["family.site.suspension"].create(
            {
                "site_id": self.hall_site.id,
                "date_start": "2026-11-10",
                "date_end": "2026-11-23",
                "reason": "Travaux",
            }
        )
        closed = self.Session.search(
            [("site_id", "=", self.hall_site.id), ("is_closed", "=", True)]
        )
        self.assertEqual(closed.mapped("date"), [date(2026, 11, 16), date(2026, 11, 23)])
        self.assertEqual(set(closed.mapped("closed_reason")), {"Travaux"})
        self.assertFalse(self.evening_session.is_closed)
        suspension.date_end = "2026-11-16"
        self.assertFalse(self._find(self.noon, "2026-11-23").is_closed)
        suspension.date_end = False
        self.assertTrue(self._find(self.noon, "2027-06-28").is_closed)
        suspension.unlink()
        self.assertFalse(self.monday.is_closed)
        self.assertEqual(
            [name for name, _sessions in told],
            ["_on_closed", "_on_reopened", "_on_closed", "_on_reopened"],
        )

    def test_a_site_that_ends(self):
        self.hall_site.date_end = "2026-11-15"
        self.assertEqual(self.monday.closed_cause, "site")
        self.assertTrue(self.monday.closed_reason)
        self.hall_site.date_end = False
        self.assertFalse(self.monday.is_closed)
        self.hall_site.active = False
        self.assertTrue(self.monday.is_closed)

    def test_a_slot_that_ends(self):
        self.noon.date_end = "2026-11-15"
        self.assertEqual(self.monday.closed_cause, "slot")
        self.noon.date_end = False
        self.assertFalse(self.monday.is_closed)
        self.noon.active = False
        self.assertTrue(self.monday.is_closed)

    def test_a_slot_that_moves_to_another_site(self):
        other = self._site(self.canteen, "Cantine du Mont", self.hall, capacity=12)
        other.date_end = "2026-11-15"
        other.season_ids = self.season
        self.noon.site_id = other
        self.assertEqual(self.monday.site_id, other)
        self.assertEqual(self.monday.closed_cause, "site")

    def test_what_a_slot_did_at_its_first_site_stays_there(self):
        past = self._find(self.noon, "2026-11-09")
        name = past.display_name
        other = self._site(self.canteen, "Cantine du Mont", self.childhood, capacity=12)
        other.season_ids = self.season
        with freeze_time("2026-11-10 12:00:00"):
            self.noon.site_id = other
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual((past.site_id, past.service_id), (self.hall_site, self.hall))
            self.assertEqual(past.display_name, name)
            self.assertEqual((self.monday.site_id, self.monday.is_closed), (other, False))

    def test_a_site_that_received_children_keeps_its_activity(self):
        self.own_site.activity_id = self.canteen
        self.own_site.activity_id = self.evening
        with freeze_time("2026-11-10 12:00:00"):
            with self.assertRaisesRegex(ValidationError, "Garderie du Mont"):
                self.own_site.with_user(self.agent).activity_id = self.canteen
            self.own_site.write({"activity_id": self.evening.id, "capacity": 5})

    def test_holidays_that_move(self):
        holiday = self.env["territory.holiday"].search([("name", "=", "Toussaint")])
        monday = self._find(self.noon, "2026-11-02")
        holiday.date_end = "2026-11-02"
        self.assertEqual(monday.closed_reason, "Toussaint")
        holiday.date_end = "2026-11-01"
        self.assertFalse(monday.is_closed)

    def test_two_reasons_and_one_goes(self):
        row = self._close("Grève", "2026-11-16")
        suspension = self.env["family.site.suspension"].create(
            {"site_id": self.hall_site.id, "date_start": "2026-11-16", "reason": "Travaux"}
        )
        self.assertEqual(self.monday.closed_reason, "Travaux")
        told = self._hooks()
        suspension.unlink()
        self.assertEqual(self.monday.closed_reason, "Grève")
        self.assertNotIn(self.monday, [sessions for _name, sessions in told])
        row.unlink()
        self.assertFalse(self.monday.is_closed)

    def test_a_season_that_ends_earlier_closes_what_comes_after(self):
        told = self._hooks()
        self.season.date_end = "2026-11-13"
        after = self.monday | self.evening_session
        self.assertTrue(all(after.mapped("is_closed")))
        self.assertIn("season", self.monday.closed_reason)
        self.assertFalse(self._find(self.noon, "2026-11-09").is_closed)
        closed = [sessions for name, sessions in told if name == "_on_closed"]
        self.assertLessEqual(after, self.Session.union(*closed))
        self.season.date_end = "2026-11-16"
        self.assertEqual(after.mapped("is_closed"), [False, True])

    def test_a_season_that_begins_later_closes_what_comes_before(self):
        self.season.date_start = "2026-11-17"
        self.assertTrue(self.monday.is_closed)
        self.assertFalse(self.evening_session.is_closed)

    def test_a_season_that_is_put_aside_has_no_session(self):
        self.season.active = False
        self.assertTrue(self.monday.is_closed)
        self.season.active = True
        self.assertFalse(self.monday.is_closed)

    def test_nothing_is_made_in_a_season_that_is_put_aside(self):
        season = self._season("Autre", self.own_site, active=False)
        self._slot(self.own_site, "1", "Mardi", 16.5, 18.5)
        season._make_sessions()
        self.assertFalse(self.Session.search([("season_id", "=", season.id)]))

    def test_a_site_that_leaves_the_season(self):
        """From either side."""
        season = self.season.with_user(self.agent)
        season.site_ids = [Command.unlink(self.hall_site.id)]
        self.assertTrue(self.monday.is_closed)
        self.assertFalse(self.evening_session.is_closed)
        self.hall_site.with_user(self.secretary).season_ids = [Command.link(season.id)]
        self.assertFalse(self.monday.is_closed)
        self.hall_site.with_user(self.secretary).season_ids = [Command.clear()]
        self.assertTrue(self.monday.is_closed)

    def test_a_decision_for_a_day_is_stronger_than_the_season(self):
        self.monday.decision = "open"
        self.season.date_end = "2026-11-13"
        self.assertFalse(self.monday.is_closed)

    def test_the_past_of_a_shortened_season_stays(self):
        with freeze_time("2026-11-17 12:00:00"):
            self.season.date_end = "2026-11-13"
        self.assertFalse(self.monday.is_closed)
        self.assertTrue(self.evening_session.is_closed)

    def test_the_season_that_follows_takes_what_the_first_one_left(self):
        self.season.date_end = "2026-11-13"
        after = self._season("Suite", self.hall_site, "2026-11-14", "2027-07-02")
        plan = after._make_sessions()
        self.assertFalse(plan.missing)
        self.assertEqual((self.monday.season_id, self.monday.is_closed), (after, False))
        before = self._find(self.noon, "2026-11-09")
        self.assertEqual(before.season_id, self.season)
        self.assertEqual(after._make_sessions().changed, {})

    def test_what_is_decided_for_a_day_holds(self):
        told = self._hooks()
        session = self.monday.with_user(self.secretary)
        session.write({"decision": "closed", "decision_note": "Sortie de l’école"})
        self.assertEqual(session.closed_reason, "Sortie de l’école")
        row = self._close("Grève", "2026-11-16")
        row.unlink()
        self.assertTrue(session.is_closed)
        session.decision = False
        self.assertFalse(session.is_closed)
        session.decision = "open"
        self._close("Grève", "2026-11-16")
        self.assertFalse(session.is_closed)
        session.decision = False
        self.assertEqual(session.closed_reason, "Grève")
        ours = [name for name, sessions in told if self.monday in sessions]
        self.assertEqual(ours, ["_on_closed", "_on_reopened", "_on_closed"])

    def test_a_session_keeps_its_slot_its_day_and_its_state(self):
        for vals in (
            {"date": "2026-11-17"},
            {"slot_id": self.thursday.id},
            {"season_id": self._season("Autre", self.hall_site).id},
            {"closed_cause": "hand"},
            {"is_closed": True},
            {"is_adjusted": False},
        ):
            for user in (self.secretary, self.manager):
                with self.subTest(vals, user=user.login), self.assertRaises(AccessError):
                    self.monday.with_user(user).write(vals)


@tagged("post_install", "-at_install")
@freeze_time("2026-04-01 12:00:00")
class TestLimits(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls._season(
            "2025-2026", cls.hall_site | cls.own_site, "2026-04-01", "2026-06-30"
        )
        cls.env["territory.holiday"].create(
            {"name": "Printemps", "date_start": "2026-04-11", "date_end": "2026-04-26"}
        )
        cls.env["territory.holiday"].create(
            {"name": "Hiver", "date_start": "2026-02-14", "date_end": "2026-03-01"}
        )
        with freeze_time("2026-04-01 12:00:00"):
            cls.year._make_sessions()
        cls.eve = cls._find(cls.thursday, "2026-05-07")

    def _limit(self, session, purpose="book"):
        return f"{session._find_limits(purpose)[session]:%Y-%m-%d %H:%M}"

    def test_the_rule_of_the_activity_then_that_of_the_site(self):
        self.assertEqual(self._limit(self.eve), "2026-05-07 16:30")
        self._rule(self.evening, "book")
        self.assertEqual(self._limit(self.eve), "2026-05-05 12:00")
        self._rule(self.evening, "absence", kind="days", count=0, hour=8.5)
        self.assertEqual(self._limit(self.eve, "absence"), "2026-05-07 08:30")
        self._rule(self.own_site, "book", kind="weeks", count=1, weekday="1", hour=23 + 59 / 60)
        self.assertEqual(self._limit(self.eve), "2026-04-28 23:59")
        self.assertEqual(self._limit(self.eve, "cancel"), "2026-05-07 16:30")

    def test_nothing_is_changed_once_it_has_begun(self):
        """“The same day at 20 h” says more than a noon at the canteen can hold."""
        noon = self._find(self.noon, "2026-05-04")
        self._rule(self.canteen, "book", kind="days", count=0, hour=20)
        self.assertEqual(self._limit(noon), "2026-05-04 11:45")
        noon.with_user(self.secretary).hour_from = 12
        self.assertEqual(self._limit(noon), "2026-05-04 12:00")
        self._rule(self.canteen, "absence", kind="days", count=0, hour=8.5)
        self.assertEqual(self._limit(noon, "absence"), "2026-05-04 08:30")

    def test_the_preview_of_a_site_says_no_later_either(self):
        self._rule(self.canteen, "book", kind="days", count=0, hour=20)
        self._slot(self.hall_site, "0", "Second service", 12.75, 13.75)
        self.hall_site.preview_date = "2026-05-04"
        told = self.hall_site.preview.replace("\xa0", " ")
        self.assertIn("jusqu’au lundi 4 mai 2026 à 11 h 45", told)
        # On a Tuesday it has no slot: nothing begins.
        self.hall_site.preview_date = "2026-05-05"
        self.assertIn("à 20 h", self.hall_site.preview.replace("\xa0", " "))

    def test_a_day_on_which_the_service_is_closed_is_no_working_day(self):
        self._rule(self.evening, "book")
        self._close("Pont", "2026-05-05", self.childhood)
        self.assertEqual(self._limit(self.eve), "2026-05-04 12:00")
        self._close("Travaux", "2026-05-04", self.hall)
        self.assertEqual(self._limit(self.eve), "2026-05-04 12:00")

    def test_sixty_working_days_are_counted_with_their_holidays(self):
        """The longest rule that may be written looks back over three months."""
        self._rule(self.evening, "book", count=60)
        session = self._find(self.thursday, "2026-06-25")
        self.assertEqual(self._limit(session), "2026-03-26 12:00")
        self._close("Inventaire", "2026-04-01", self.childhood)
        self.assertEqual(self._limit(session), "2026-03-25 12:00")

    def test_it_is_previewed_before_anybody_meets_it(self):
        self._rule(self.evening, "book")
        self._rule(self.own_site, "cancel", kind="days", count=1, hour=18)
        self.own_site.preview_date = "2026-05-08"
        told = self.own_site.preview.replace("\xa0", " ")
        self.assertIn("vendredi 8 mai 2026", told)
        self.assertIn("jusqu’au mercredi 6 mai 2026 à 12 h", told)
        self.assertIn("jusqu’au jeudi 7 mai 2026 à 18 h", told)
        self.assertTrue(self.hall_site.preview)

    def test_limits_of_many_in_few_queries(self):
        self._rule(self.evening, "book")
        sessions = self.Session.search([("season_id", "=", self.year.id)])
        self.assertGreater(len(sessions.site_id), 1)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            limits = sessions._find_limits("book")
        self.assertEqual(len(limits), len(sessions))

    def test_the_least_number_of_days(self):
        self.evening.days_min = 2
        self.assertEqual(self.own_site._get_days_min(), 2)
        self.own_site.days_min = 3
        self.assertEqual(self.own_site._get_days_min(), 3)

    def test_the_age_of_a_slot_or_of_the_activity(self):
        day = date(2026, 5, 4)
        for birthdate, is_in in ((date(2023, 5, 4), True), (date(2023, 5, 5), False)):
            self.assertEqual(self.noon._is_for_age(birthdate, day), is_in)
        self.noon.write({"age_from": 6, "age_to": 11})
        for birthdate, is_in in (
            (date(2020, 5, 4), True),
            (date(2020, 5, 5), False),
            (date(2014, 5, 5), True),
            (date(2014, 5, 4), False),
        ):
            self.assertEqual(self.noon._is_for_age(birthdate, day), is_in)
        self.noon.write({"age_from": 0, "age_to": 3})
        self.assertTrue(self.noon._is_for_age(date(2024, 2, 29), date(2028, 2, 28)))

    def test_when_a_season_opens_to_whom(self):
        season = self.season
        self.assertFalse(season._find_opening(("resident",)))
        season.write(
            {
                "opens_known": "2026-05-01 06:00:00",
                "opens_resident": "2026-05-04 06:00:00",
                "opens_all": "2026-05-11 06:00:00",
            }
        )
        for audiences, moment in (
            ((), season.opens_all),
            (("resident",), season.opens_resident),
            (("known", "resident"), season.opens_known),
        ):
            self.assertEqual(season._find_opening(audiences), moment)
        season.opens_all = False
        self.assertEqual(season._find_opening(("resident",)), season.opens_resident)
        self.assertFalse(season._find_opening())
