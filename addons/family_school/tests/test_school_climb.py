from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SchoolCase

LEVELS = ("PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2")


@tagged("post_install", "-at_install")
class TestSchoolClimb(SchoolCase):
    """120 pupils in two grouped schools, 15 in each level, and one in ULIS elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Climb = cls.env["school.climb"]
        children = cls.env["res.partner"].create(
            [
                {
                    "firstname": f"Enfant{level}{rank}",
                    "lastname": "Climat",
                    "kind": "person",
                    "birthdate": f"{2026 - cls.levels[level].age}-05-05",
                }
                for level in LEVELS
                for rank in range(15)
            ]
        )
        children.reader_service_ids = cls.other_service
        cls.pupils = cls.Pupil
        for position, child in enumerate(children):
            level = cls.levels[LEVELS[position // 15]]
            school = cls.small if level in cls.small.level_ids else cls.school
            cls.pupils |= cls.register(child=child, school=school, level=level)
        cls.pupils._send()
        cls.pupils._admit()
        cls.first = cls.pupils[0]

    def climb(self, user=None, **values):
        climb = self.Climb.with_user(user or self.family_agent).create(
            {"year_id": self.year.id, **values}
        )
        climb.action_propose()
        return climb

    def line(self, climb, pupil):
        return climb.line_ids.filtered(lambda line: line.pupil_id.id == pupil.id)

    def rows(self):
        self.env.flush_all()
        return self.Pupil.search([("year_id", "=", self.next_year.id)])

    def test_a_whole_school_goes_up(self):
        climb = self.climb()
        self.assertEqual(len(climb.line_ids), 120)
        self.assertEqual(climb.summary, "Next level: 105, Goes to the collège: 15")
        self.assertFalse(self.rows(), "nothing is written by a proposal")
        climb.action_apply()
        rows = self.rows()
        counts = {level.code: len(found) for level, found in rows.grouped("level_id").items()}
        self.assertEqual(counts, {level: 15 for level in LEVELS[1:]})
        cp = rows.filtered(lambda row: row.level_id.code == "CP")
        self.assertEqual((cp.school_id, set(cp.mapped("state"))), (self.school, {"registered"}))
        self.assertEqual(
            sorted(cp.mapped("certificate")),
            [f"2027-2028/{number:04}" for number in range(1, 16)],
            "another school of the group, another certificate",
        )
        stayed = rows - cp
        self.assertEqual(set(stayed.mapped("state")), {"admitted"}, "not registered again")
        self.assertFalse(any(stayed.mapped("certificate")))
        self.assertEqual(set(self.pupils.mapped("state")), {"admitted"}, "the year goes on")

    def test_each_exception(self):
        climb = self.climb()
        stays, two_up, college, moves, elsewhere = (
            self.line(climb, self.pupils[rank]) for rank in (0, 45, 60, 75, 90)
        )
        for line, decision in (
            (stays, "stay"),
            (two_up, "two_up"),
            (college, "college"),
            (moves, "moves"),
        ):
            line.decision = decision
        elsewhere.school_id = self.other_school
        climb.action_apply()
        rows = {row.child_id: row for row in self.rows()}
        self.assertEqual(len(rows), 103)
        self.assertEqual(rows[self.pupils[0].child_id].level_id.code, "PS")
        self.assertEqual(rows[self.pupils[45].child_id].level_id.code, "CE2")
        self.assertNotIn(self.pupils[60].child_id, rows)
        self.assertNotIn(self.pupils[75].child_id, rows)
        row = rows[self.pupils[90].child_id]
        self.assertEqual((row.school_id, row.state), (self.other_school, "registered"))
        self.assertTrue(row.certificate)

    def test_what_is_incomplete_is_told_by_name_and_nothing_is_written(self):
        climb = self.climb()
        line = self.line(climb, self.first)
        line.school_id = self.school
        self.assertTrue(line.is_incomplete, "this school does not have the MS")
        self.assertIn("to complete: 1", climb.summary)
        with self.assertRaisesKeeping(UserError, "Climat EnfantPS0"):
            climb.action_apply()
        self.assertFalse(self.rows())
        self.assertEqual(climb.state, "draft")

    def test_who_left_or_was_registered_since_is_told(self):
        climb = self.climb()
        self.first._leave()
        with self.assertRaisesKeeping(UserError, "left their school"):
            climb.action_apply()
        climb.action_propose()
        self.assertEqual(len(climb.line_ids), 119)
        second = self.pupils[1]
        self.register(
            child=second.child_id, year=self.next_year, school=self.small, level=self.levels["MS"]
        )
        with self.assertRaisesKeeping(UserError, "Already registered"):
            climb.action_apply()
        climb.action_propose()
        self.assertEqual(len(climb.line_ids), 118)
        climb.action_apply()
        self.assertEqual(len(self.rows()), 104)

    def test_a_mistake_in_the_middle_leaves_nothing(self):
        """The last row meets the index, as if another agent had registered it meanwhile."""
        climb = self.climb()
        self.register(
            child=self.first.child_id,
            year=self.next_year,
            school=self.small,
            level=self.levels["MS"],
        )
        self.patch(type(climb), "_check_lines", lambda *_args: None)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            climb.action_apply()
        self.assertEqual((len(self.rows()), climb.state), (1, "draft"))

    def test_it_is_undone_whole_and_applied_again(self):
        climb = self.climb()
        climb.action_apply()
        climb.action_undo()
        self.assertEqual((climb.state, len(self.rows())), ("undone", 0))
        with self.assertRaises(UserError):
            climb.action_undo()
        again = self.climb()
        again.action_apply()
        numbers = sorted(filter(None, self.rows().mapped("certificate")))
        self.assertEqual(numbers[0], "2027-2028/0016", "a number that was printed is of one child")
        cancelled = sorted(filter(None, climb.line_ids.mapped("certificate")))
        self.assertEqual((cancelled[0], cancelled[-1]), ("2027-2028/0001", "2027-2028/0015"))

    def test_it_is_not_undone_once_something_changed(self):
        climb = self.climb()
        climb.action_apply()
        row = self.rows().filtered(lambda row: row.level_id.code == "CP")[:1]
        with self.env.cr.savepoint() as savepoint:
            row._send()
            with self.assertRaisesKeeping(UserError, row.firstname):
                climb.action_undo()
            savepoint.rollback()
        stayed = self.rows().filtered(lambda row: row.level_id.code == "CE1")[:1]
        with self.env.cr.savepoint() as savepoint:
            room = self.class_b.copy({"year_id": self.next_year.id})
            stayed._change_class(room)
            with self.assertRaisesKeeping(UserError, stayed.firstname):
                climb.action_undo()
            savepoint.rollback()
        with self.env.cr.savepoint() as savepoint:
            stayed._leave()
            with self.assertRaisesKeeping(UserError, stayed.firstname):
                climb.action_undo()
            savepoint.rollback()
        other = self.register(year=self.next_year, level=self.levels["CM2"])
        climb.action_undo()
        self.assertEqual(self.rows(), other, "who was registered since stays")
        self.assertEqual(other.certificate, "2027-2028/0016")

    def test_it_is_applied_once_and_corrected_no_more(self):
        climb = self.climb()
        climb.action_apply()
        for call in (climb.action_apply, climb.action_propose):
            with self.assertRaises(UserError):
                call()
        with self.assertRaises(UserError):
            climb.line_ids[0].decision = "moves"
        with self.assertRaises(UserError):
            self.climb().line_ids[:1].write({"pupil_id": self.first.id})

    def test_one_school_only(self):
        climb = self.climb(school_ids=[Command.set(self.small.ids)])
        self.assertEqual(len(climb.line_ids), 45)

    def test_without_a_next_year_nothing_is_proposed(self):
        self.next_year.unlink()
        with self.assertRaisesRegex(UserError, "next school year"):
            self.climb()

    def test_ulis_has_no_level_that_follows(self):
        for birthdate, decision in (("2018-01-01", "stay"), ("2016-12-31", "college")):
            child = self._other_child("Ulis", birthdate)
            pupil = self.register(child=child, school=self.other_school, level=self.levels["ULIS"])
            climb = self.climb(school_ids=[Command.set(self.other_school.ids)])
            self.assertEqual(self.line(climb, pupil).decision, decision, birthdate)
            pupil._leave()

    def test_of_who_reads_the_files(self):
        """school.climb, school.climb.line: lines of the children whose file she reads."""
        climb = self.climb()
        line = self.line(climb, self.first)
        self.assertReads(self.family_agent, line)
        self.assertReads(self.manager, line)
        for user in (self.agent, self.head, self.secretary):
            self.assertReadsNot(user, climb)
            self.assertReadsNot(user, line)
            with self.assertRaises(AccessError):
                climb.with_user(user).action_apply()
        for user in (self.camille, self.communication, self.dpo, self.env.ref("base.public_user")):
            self.assertFalse(climb.with_user(user).has_access("read"))
            self.assertFalse(line.with_user(user).has_access("read"))
        self.first.child_id.reader_service_ids = False
        self.assertReadsNot(self.family_agent, line)
        for user in (self.family_agent, self.manager):
            Line = self.env["school.climb.line"].with_user(user)
            self.assertFalse(Line.has_access("create"), "by a proposal only")
            self.assertFalse(Line.has_access("unlink"))

    def test_pupils_of_another_service_are_not_proposed(self):
        self.first.child_id.reader_service_ids = False
        self.assertEqual(len(self.climb().line_ids), 119)
        self.assertEqual(len(self.climb(self.manager).line_ids), 120)

    def test_queries_do_not_grow_with_pupils(self):
        climb = self.climb()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(85):
            climb.action_apply()
            self.env.flush_all()

    @freeze_time("2027-08-01")
    def test_in_summer_the_year_is_chosen(self):
        self.assertFalse(self.Climb.with_user(self.family_agent).new({}).year_id)


@tagged("post_install", "-at_install")
class TestSharedClimb(SchoolCase):
    """Two services, each with pupils of its own; Lou's file is read by both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Climb = cls.env["school.climb"]
        cls.second = cls.env["territory.service"].create(
            {"name": "Mairie de Clairval", "code": "mairie-clairval", "kind": "town_hall"}
        )
        cls.second.reads_family_file = True
        cls.second_agent = cls._new_staff("agente.clairval", "agent")
        cls.second.user_ids = cls.second_agent
        cls.zoe = cls._declare_as(cls.camille, "Zoé", "Duchêne", "2018-05-05")
        cls.zoe.reader_service_ids = cls.second
        cls.lou_row = cls.register()
        cls.zoe_row = cls.register(cls.second_agent, child=cls.zoe, level=cls.levels["CE2"])
        cls.child.reader_service_ids = cls.other_service | cls.second

    def climb(self, user):
        climb = self.Climb.with_user(user).create({"year_id": self.year.id})
        climb.action_propose()
        return climb

    def rows(self):
        self.env.flush_all()
        return self.Pupil.search([("year_id", "=", self.next_year.id)])

    def test_it_is_that_of_the_service_of_who_proposed_it(self):
        own, of_second = self.climb(self.family_agent), self.climb(self.second_agent)
        self.assertEqual(own.line_ids.pupil_id, self.lou_row.with_user(self.family_agent))
        self.assertEqual(len(of_second.line_ids), 2)
        self.assertReadsNot(self.second_agent, own)
        self.assertReadsNot(self.family_agent, of_second)
        for line in of_second.line_ids:
            self.assertReadsNot(self.family_agent, line)
            self.assertReads(self.second_agent, line)
            self.assertReads(self.manager, line)

    def test_it_is_applied_whole_or_not_at_all(self):
        climb = self.climb(self.manager)
        self.assertEqual(len(climb.line_ids), 2)
        climb.sudo().service_id = self.other_service
        own = climb.with_user(self.family_agent)
        self.env.invalidate_all()
        self.assertEqual(len(own.line_ids), 1, "she does not read the other pupil")
        with self.assertRaisesKeeping(UserError, "another service"):
            own.action_apply()
        self.assertFalse(self.rows())
        self.assertEqual(climb.state, "draft")
        climb.action_apply()
        self.assertEqual(len(self.rows()), 2)
        with self.assertRaisesKeeping(UserError, "another service"):
            own.action_undo()
        self.assertEqual((climb.state, len(self.rows())), ("applied", 2))
        climb.action_undo()
        self.assertFalse(self.rows())

    def test_a_file_that_is_read_no_more_stops_it(self):
        climb = self.climb(self.second_agent)
        self.child.reader_service_ids -= self.second
        with self.assertRaisesKeeping(UserError, "propose"):
            climb.action_apply()
        climb.action_propose()
        climb.action_apply()
        self.assertEqual(self.rows().child_id, self.zoe)

    def test_a_pupil_whom_both_read_goes_up_once(self):
        first, second = self.climb(self.family_agent), self.climb(self.second_agent)
        first.action_apply()
        self.child.reader_service_ids |= self.second
        with self.assertRaisesKeeping(UserError, "Already registered"):
            second.action_apply()
        second.action_propose()
        second.action_apply()
        self.assertEqual(len(self.rows()), 2)

    def test_nobody_writes_its_state_or_its_service_by_hand(self):
        climb = self.climb(self.family_agent)
        for vals in (
            {"state": "applied"},
            {"service_id": self.second.id},
            {"line_ids": [Command.clear()]},
        ):
            for user in (self.family_agent, self.manager):
                with self.subTest(vals, user=user.login), self.assertRaises(AccessError):
                    climb.with_user(user).write(vals)
        for vals in ({"state": "applied"}, {"service_id": self.second.id}):
            with self.subTest(created=vals), self.assertRaises(AccessError):
                self.Climb.with_user(self.family_agent).create({"year_id": self.year.id, **vals})
        climb.action_apply()
        for vals in ({"year_id": self.next_year.id}, {"school_ids": [Command.clear()]}):
            with self.subTest(applied=vals), self.assertRaises(UserError):
                climb.write(vals)

    def test_of_another_year_its_pupils_are_proposed_again(self):
        climb = self.climb(self.family_agent)
        self.assertTrue(climb.line_ids)
        climb.year_id = self.year
        self.assertTrue(climb.line_ids, "it is the same year")
        climb.year_id = self.next_year
        self.assertFalse(climb.line_ids)

    def test_nobody_goes_up_to_what_is_no_school(self):
        climb = self.climb(self.family_agent)
        self.school.level_ids = False
        for place in (self.service, self.other_service):
            climb.line_ids.school_id = place
            with self.assertRaisesKeeping(UserError, "Bertin"):
                climb.action_apply()
        self.other_school.active = False
        climb.line_ids.school_id = self.other_school
        with self.assertRaisesKeeping(UserError, "Bertin"):
            climb.action_apply()
