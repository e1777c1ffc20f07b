from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolPupil(SchoolCase):
    def test_a_child_is_registered_once(self):
        first = self.register()
        self.assertEqual((first.certificate, first.state), ("2026-2027/0001", "registered"))
        self.assertEqual(first.date_registered, date(2026, 11, 25))
        self.assertEqual(self.register(), first)
        with self.assertRaisesRegex(UserError, "École du Haut"):
            self.register(school=self.other_school)
        zoe = self.register(child=self._other_child())
        self.assertEqual(zoe.certificate, "2026-2027/0002", "a refusal takes no number")
        following = self.register(year=self.next_year, level=self.levels["CM2"])
        self.assertEqual(following.certificate, "2027-2028/0001")

    def test_two_living_rows_are_refused_by_the_database(self):
        row = self.register()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            row.copy({"date_registered": "2026-11-25", "certificate": "x"})

    def test_who_left_is_registered_again(self):
        first = self.register()
        first.with_user(self.family_agent)._leave()
        second = self.register(school=self.other_school)
        self.assertEqual((first.state, second.state), ("left", "registered"))
        self.assertEqual(second.certificate, "2026-2027/0002")

    def test_what_cannot_be(self):
        usual = (self.child, self.school, self.year, self.level)
        for rank, refused in (
            (0, self.camille.partner_id),
            (1, self.other_service),
            (1, self.env["territory.service"]),
            (2, self.Year),
            (3, self.levels["PS"]),
        ):
            told = [*usual[:rank], refused, *usual[rank + 1 :]]
            with self.subTest(refused), self.assertRaises(UserError):
                self.Pupil.with_user(self.family_agent)._register_child(
                    *(each.with_user(self.family_agent) for each in told)
                )
        with freeze_time("2027-07-04"), self.assertRaises(UserError):
            self.register()
        with freeze_time("2027-07-03"):
            self.assertTrue(self.register())

    def test_from_the_registration_to_the_last_day(self):
        pupil = self.register().with_user(self.family_agent)
        with self.assertRaises(UserError):
            pupil._admit()
        pupil._send()
        with self.assertRaises(UserError):
            pupil._send()
        pupil.with_user(self.head)._admit()
        self.assertEqual(pupil.date_admitted, date(2026, 11, 25))
        pupil.with_user(self.head)._change_class(self.class_a)
        for day in ("2026-11-24", "2026-11-26"):
            with self.assertRaises(UserError):
                pupil._leave(date.fromisoformat(day))
        pupil._leave()
        self.assertEqual((pupil.date_left, pupil.class_id.id), (date(2026, 11, 25), False))
        with self.assertRaises(UserError):
            pupil._change_class(self.class_a)

    def test_a_class_of_the_same_school_year_and_level(self):
        pupil = self.register().with_user(self.head)
        pupil._change_class(self.class_a)
        self.assertEqual(pupil.class_id, self.class_a)
        with self.assertRaisesRegex(UserError, "CM1"):
            pupil._change_class(self.class_b)
        for elsewhere in ({"year_id": self.next_year.id}, {"school_id": self.other_school.id}):
            with self.assertRaisesRegex(UserError, "another"):
                pupil._change_class(self.class_a.copy({"name": "Ailleurs", **elsewhere}))
        pupil._change_class(self.env["school.class"])
        self.assertFalse(pupil.class_id)

    def test_the_age_warns_and_blocks_nothing(self):
        warn = self.Pupil._get_age_warning
        for birthdate, level, words in (
            ("2023-12-31", "PS", ""),
            ("2024-01-01", "TPS", "Under three"),
            ("2017-03-02", "CM1", ""),
            ("2017-03-02", "CE2", ""),
            ("2017-03-02", "CE1", "9 years old in 2026"),
            ("2017-03-02", "ULIS", ""),
        ):
            said = warn(date.fromisoformat(birthdate), self.year, self.levels[level])
            self.assertEqual(bool(said), bool(words), (birthdate, level, said))
            self.assertIn(words, said or "")
        self.assertIn("9 years", self.register(level=self.levels["CE1"]).warning)

    def test_only_who_reads_the_file_registers(self):
        for user in (self.agent, self.secretary, self.head, self.camille, self.communication):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.register(user)
        self.assertTrue(self.register(self.manager))

    def test_the_school_of_the_sector_is_proposed(self):
        self.Sector.search([]).unlink()
        self.Sector.create({"commune_id": self.commune.id, "school_id": self.small.id})
        agent_child = self.child.with_user(self.family_agent)
        self.assertEqual(agent_child._find_sector_schools(self.level), self.school)
        Wizard = self.env["school.registration"].with_user(self.family_agent)
        wizard = Wizard.create({"child_id": self.child.id})
        self.assertEqual(wizard.year_id, self.year)
        self.assertEqual(wizard.level_id, self.level)
        self.assertEqual(wizard.school_id, self.school, "grouped with that of the sector")
        action = wizard.action_register()
        pupil = self.Pupil.browse(action["res_id"])
        self.assertEqual((pupil.child_id, pupil.school_id), (self.child, self.school))

    def test_a_home_that_the_agent_does_not_read_proposes_nothing(self):
        self.Sector.search([]).unlink()
        self.Sector.create({"commune_id": self.commune.id, "school_id": self.school.id})
        self.household.reader_service_ids = False
        child = self.child.with_user(self.family_agent)
        self.assertFalse(child._find_sector_schools(self.level))
        child = self.child.with_user(self.agent)
        self.assertFalse(child._find_sector_schools(self.level))
        with self.assertRaises(AccessError):
            # A number guessed by hand says nothing of a child: neither its age nor its commune.
            self.env["school.registration"].with_user(self.agent).create(
                {"child_id": self.child.id}
            )

    def test_several_are_put_in_a_class_at_once(self):
        pupils = self.register() | self.register(
            child=self._other_child(), level=self.levels["CM2"]
        )
        wizard = (
            self.env["school.class.choice"]
            .with_user(self.head)
            .with_context(active_ids=pupils.ids)
            .create({"class_id": self.class_a.id})
        )
        wizard.action_apply()
        self.assertEqual(pupils.class_id, self.class_a)
