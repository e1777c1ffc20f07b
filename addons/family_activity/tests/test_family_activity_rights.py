from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ActivityCase

OPERATIONS = ("read", "write", "create", "unlink")
MODELS = (
    "family.activity",
    "family.site",
    "family.site.suspension",
    "family.slot",
    "family.rule",
    "family.menu",
    "family.season",
    "family.session",
)
# What each of MODELS gives to the service that leads the row, and to managers.
LEADS = dict(zip(MODELS, ("rwc", "rwc", "rwcu", "rwcu", "rwcu", "rwcu", "rwc", "rw"), strict=True))
ALL = {**dict.fromkeys(MODELS, "rwcu"), "family.session": "rwu"}


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 12:00:00")
class TestFamilyActivityRights(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communication, cls.dpo = cls._all_staff(
            ("act_communication", "communication", None), ("act_dpo", "dpo", None)
        )
        cls.resident = new_test_user(cls.env, login="act_resident", groups="base.group_portal")
        cls.visitor = cls.env.ref("base.public_user")
        with freeze_time("2026-08-20 12:00:00"):
            cls.season._make_sessions()
        cls.hall_activity = cls._activity("Cantine du village", "morning", service_id=cls.hall.id)
        cls.hall_season = cls._season("Village", cls.hall_site, service_id=cls.hall.id)
        cls.hall_rows = cls._rows(cls.hall_activity, cls.hall_site, cls.hall_season, cls.noon)
        cls.own_rows = cls._rows(cls.evening, cls.own_site, cls.season, cls.thursday)

    @classmethod
    def _rows(cls, activity, site, season, slot):
        suspension = cls.env["family.site.suspension"].create(
            {"site_id": site.id, "date_start": "2028-01-01", "reason": "Travaux"}
        )
        session = cls.Session.search([("slot_id", "=", slot.id)], limit=1)
        menu = cls.env["family.menu"].create({"site_id": site.id, "name": "Sans porc"})
        return [activity, site, suspension, slot, cls._rule(site, "book"), menu, season, session]

    def assertRights(self, user, rows, expected):
        for row in rows:
            for operation in OPERATIONS:
                with self.subTest(user=user.login, model=row._name, operation=operation):
                    self.assertEqual(
                        row.with_user(user).has_access(operation),
                        operation[0] in expected.get(row._name, "r"),
                    )

    def test_who_may_do_what(self):
        self.assertEqual([row._name for row in self.own_rows], list(MODELS))
        self.assertRights(self.agent, self.own_rows, LEADS)
        self.assertRights(self.agent, self.hall_rows, {})
        self.assertRights(self.secretary, self.hall_rows, LEADS)
        self.assertRights(self.secretary, self.own_rows, {})
        self.assertRights(self.manager, self.own_rows + self.hall_rows, ALL)
        for user in (self.other_agent, self.communication, self.dpo, self.resident, self.visitor):
            self.assertRights(user, self.own_rows + self.hall_rows, {})

    def test_nothing_is_given_to_a_service_of_others(self):
        """Core checks whose row it was, not whose it becomes."""
        activity, site, suspension, slot, rule, menu, season, _session = self.hall_rows
        for row, vals in (
            (activity, {"service_id": self.childhood.id}),
            (site, {"service_id": self.childhood.id}),
            (season, {"service_id": self.childhood.id}),
            (suspension, {"site_id": self.own_site.id}),
            (slot, {"site_id": self.own_site.id}),
            (menu, {"site_id": self.own_site.id, "name": "Autre"}),
            (rule, {"site_id": self.own_site.id, "purpose": "cancel"}),
            (rule, {"site_id": False, "activity_id": self.evening.id}),
        ):
            with self.subTest(row._name, vals=vals), self.assertRaises(AccessError):
                row.with_user(self.secretary).write(vals)

    def test_nothing_is_made_for_a_service_of_others(self):
        for model, vals in (
            ("family.activity", {"name": "A", "code": "a", "service_id": self.childhood.id}),
            (
                "family.site",
                {
                    "name": "A",
                    "code": "a",
                    "capacity": 1,
                    "activity_id": self.canteen.id,
                    "service_id": self.childhood.id,
                },
            ),
            ("family.menu", {"site_id": self.own_site.id, "name": "A"}),
            ("family.rule", {"activity_id": self.evening.id, "purpose": "cancel"}),
            ("family.rule", {"site_id": self.own_site.id, "purpose": "cancel"}),
            (
                "family.slot",
                {"site_id": self.own_site.id, "name": "A", "hour_from": 8, "hour_to": 9},
            ),
            (
                "family.site.suspension",
                {"site_id": self.own_site.id, "date_start": "2026-09-01", "reason": "A"},
            ),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.secretary).create(vals)

    def test_a_service_that_reads_no_family_opens_nothing(self):
        """By remote call too, for itself."""
        own = {"name": "A", "code": "a", "service_id": self.waste.id}
        for model, vals in (
            ("family.activity", own),
            ("family.site", {**own, "capacity": 1, "activity_id": self.canteen.id}),
            ("family.season", {**own, "date_start": "2026-09-01", "date_end": "2026-09-02"}),
        ):
            vals = {name: value for name, value in vals.items() if name in self.env[model]._fields}
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.other_agent).create(vals)
            with self.subTest(model, led_by="the one proposed"), self.assertRaises(AccessError):
                vals = {name: value for name, value in vals.items() if name != "service_id"}
                self.env[model].with_user(self.other_agent).create(vals)

    def test_a_service_that_reads_families_no_more_writes_nothing_at_once(self):
        site = self.hall_site.with_user(self.secretary)
        self.assertTrue(site.has_access("write"))
        self.hall.reads_family_file = False
        for row in self.hall_rows:
            self.assertFalse(row.with_user(self.secretary).has_access("write"), row._name)

    def test_of_two_services_the_one_that_reads_families_is_proposed(self):
        self.waste.sequence = 1
        self.waste.user_ids += self.agent
        values = {"name": "B", "code": "b", "capacity": 10, "activity_id": self.canteen.id}
        site = self.env["family.site"].with_user(self.agent).create(values)
        activity = self.env["family.activity"].with_user(self.agent).create({"name": "C"})
        self.assertEqual((site.service_id, activity.service_id), (self.childhood, self.childhood))

    def test_a_site_is_of_the_service_of_who_makes_it(self):
        values = {"name": "B", "code": "b", "capacity": 10, "activity_id": self.canteen.id}
        own = self.env["family.site"].with_user(self.secretary).create(values)
        self.assertEqual(own.service_id, self.hall)
        of_activity = self.env["family.site"].create({**values, "code": "c"})
        self.assertEqual(of_activity.service_id, self.childhood)

    def test_the_button_makes_the_sessions_of_her_sites_only(self):
        season = self._season("Deux", self.hall_site | self.own_site)
        self._slot(self.hall_site, "1", "Midi", 12, 13)
        self._slot(self.own_site, "1", "Soir", 17, 18)
        wizard = (
            self.env["family.session.plan"]
            .with_user(self.secretary)
            .create({"season_id": season.id})
        )
        self.assertNotIn(self.own_site.name, wizard.report)
        wizard.action_apply()
        made = self.Session.search([("season_id", "=", season.id)])
        self.assertEqual(made.site_id, self.hall_site)

    def test_the_button_makes_nothing_for_others(self):
        season = self._season("Deux", self.hall_site | self.own_site)
        self._slot(self.hall_site, "1", "Midi", 12, 13)
        Wizard = self.env["family.session.plan"].with_user(self.other_agent)
        wizard = Wizard.create({"season_id": season.id})
        self.assertNotIn(self.hall_site.name, wizard.report)
        wizard.action_apply()
        self.assertFalse(self.Session.search([("season_id", "=", season.id)]))
        for user in (self.communication, self.dpo, self.resident, self.visitor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["family.session.plan"].with_user(user).create({"season_id": season.id})

    def test_sessions_are_made_by_the_button_only(self):
        vals = {
            "slot_id": self.noon.id,
            "season_id": self.season.id,
            "date": "2026-09-08",
            "hour_from": 8,
            "hour_to": 9,
            "capacity": 1,
        }
        for user in (self.agent, self.secretary, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.Session.with_user(user).create(vals)

    def test_a_town_hall_joins_a_season_that_is_not_hers(self):
        season = self._season("Toutes", self.own_site)
        self.hall_site.with_user(self.secretary).season_ids = [Command.link(season.id)]
        self.assertIn(self.hall_site, season.site_ids)
        with self.assertRaises(AccessError):
            season.with_user(self.secretary).name = "La mienne"

    def test_a_slot_that_has_sessions_is_archived_not_deleted(self):
        with self.assertRaises(Exception) as refused, self.env.cr.savepoint():
            self.noon.with_user(self.secretary).unlink()
        self.assertNotIsInstance(refused.exception, AccessError)
        self.noon.with_user(self.secretary).action_archive()
        self.assertTrue(all(self.noon.with_context(active_test=False).mapped("name")))
        self.assertFalse(isinstance(refused.exception, UserError) and not refused.exception.args)
