from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SchoolCase

OPERATIONS = ("read", "write", "create", "unlink")
WRITERS = ("family_agent", "manager")
READERS = (
    *("agent", "head", "secretary", "communication", "dpo", "camille", "stranger", "visitor"),
)


@tagged("post_install", "-at_install")
class TestSchoolRights(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pupil = cls.register()
        cls.visitor = cls.env.ref("base.public_user")
        cls.sector = cls.Sector.create(
            {"commune_id": cls.commune.id, "school_id": cls.school.id, "street": "Rue Haute"}
        )

    def assertMay(self, persona, record, letters):
        for operation in OPERATIONS:
            with self.subTest(persona, model=record._name, operation=operation):
                self.assertEqual(
                    record.with_user(getattr(self, persona)).has_access(operation),
                    operation[0] in letters,
                )

    def test_everybody_reads_what_names_nobody(self):
        """school.year, school.level, school.group, school.class, school.sector"""
        for persona in READERS:
            for record in (self.year, self.level, self.group, self.class_a, self.sector):
                self.assertMay(persona, record, "r")
        for persona in WRITERS:
            for record in (self.class_a, self.sector):
                self.assertMay(persona, record, "rwcu")
        for record in (self.year, self.level, self.group):
            self.assertMay("family_agent", record, "r")
            self.assertMay("manager", record, "rwcu")

    def test_a_town_hall_writes_the_classes_and_sectors_of_its_own_schools(self):
        self.town_hall.reads_family_file = True
        self.town_hall.commune_ids = self.commune
        self.school.commune_ids = self.commune | self.other_commune
        self.other_school.commune_ids = self.other_commune
        room = self.class_a.copy({"school_id": self.other_school.id, "name": "Ailleurs"})
        street = self.Sector.create(
            {
                "commune_id": self.other_commune.id,
                "school_id": self.school.id,
                "street": "Rue Basse",
            }
        )
        for record in (self.class_a, self.sector):
            self.assertMay("secretary", record, "rwcu")
            self.assertMay("family_agent", record, "rwcu")
        for record in (room, street):
            self.assertMay("secretary", record, "r")
            self.assertMay("family_agent", record, "rwcu")
        for record, vals in (
            (self.class_a, {"school_id": self.other_school.id}),
            (self.sector, {"commune_id": self.other_commune.id}),
        ):
            with self.subTest(given=record._name), self.assertRaises(AccessError):
                record.with_user(self.secretary).write(vals)
            with self.subTest(made=record._name), self.assertRaises(AccessError):
                made = record.copy_data({**vals, "name": "Autre"})[0]
                made = {name: value for name, value in made.items() if name in record._fields}
                record.with_user(self.secretary).create(made)

    def test_a_school_of_no_commune_is_that_of_who_covers_them_all(self):
        self.town_hall.reads_family_file = True
        self.town_hall.commune_ids = self.commune
        self.assertFalse(self.school.commune_ids)
        self.assertMay("secretary", self.class_a, "r")
        self.assertMay("family_agent", self.class_a, "rwcu")

    def test_who_reads_a_pupil(self):
        """school.pupil"""
        for user in (self.family_agent, self.head, self.manager, self.camille, self.sacha):
            self.assertReads(user, self.pupil)
        for user in (self.agent, self.other_head, self.secretary, self.stranger):
            self.assertReadsNot(user, self.pupil)
        for user in (self.communication, self.dpo, self.visitor):
            self.assertFalse(self.pupil.with_user(user).has_access("read"))

    def test_a_parent_reads_while_she_has_authority(self):
        self.other_authority.kind = "withdrawn"
        self.assertReadsNot(self.sacha, self.pupil)
        self.assertReads(self.camille, self.pupil)

    def test_the_school_reads_its_pupils_and_no_sheet(self):
        elsewhere = self.register(child=self._other_child(), school=self.other_school)
        pupil = self.pupil.with_user(self.head)
        self.assertEqual(pupil.search([]).ids, pupil.ids)
        self.assertEqual((pupil.lastname, pupil.firstname), ("Bertin", "Lou"))
        self.assertFalse(self.child.with_user(self.head).has_access("read"))
        self.assertReadsNot(self.head, elsewhere)
        self.assertEqual(pupil.search([("lastname", "ilike", "duch")]).ids, [])

    def test_nobody_writes_one_by_hand(self):
        admin = self.env.ref("base.user_admin")
        for user in (self.family_agent, self.head, self.manager, self.camille, admin):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(self.pupil.with_user(user).has_access(operation), user.login)

    def test_who_moves_a_pupil(self):
        strangers = (self.agent, self.other_head, self.secretary, self.camille, self.communication)
        for user in strangers:
            pupil = self.pupil.with_user(user)
            for call in (
                pupil._send,
                pupil._admit,
                pupil._leave,
                lambda pupil=pupil: pupil._change_class(self.class_a),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        with self.assertRaises(AccessError):
            self.pupil.with_user(self.head)._send()
        self.pupil.with_user(self.family_agent)._send()
        self.pupil.with_user(self.head)._admit()
        self.assertEqual(self.pupil.state, "admitted")

    def test_who_has_left_the_school_moves_nobody(self):
        self.school.user_ids = False
        self.assertReadsNot(self.head, self.pupil)
        with self.assertRaises(AccessError):
            self.pupil.with_user(self.head)._leave()

    def test_a_service_that_becomes_a_school_no_more_reads_nobody(self):
        """At once: what a rule reads of a service is kept in cache."""
        self.assertReads(self.head, self.pupil)
        self.school.write({"kind": "epci", "uai": False, "school_group_id": False})
        self.assertReadsNot(self.head, self.pupil)

    def test_wizards_are_of_who_made_them(self):
        """school.registration, school.class.choice"""
        for model in ("school.registration", "school.class.choice"):
            for user in (self.communication, self.dpo, self.camille, self.visitor):
                self.assertFalse(self.env[model].with_user(user).has_access("create"))
        choice = self.env["school.class.choice"].with_user(self.head).create({})
        self.assertReads(self.head, choice)
        self.assertReadsNot(self.other_head, choice)
        wizard = (
            self.env["school.registration"]
            .with_user(self.family_agent)
            .create(
                {
                    "child_id": self.child.id,
                    "school_id": self.school.id,
                    "level_id": self.level.id,
                    "year_id": self.next_year.id,
                }
            )
        )
        self.assertReadsNot(self.head, wizard)

    def test_a_school_finds_its_pupils_and_nothing_else_there(self):
        root = self.env.ref("family_file.family_menu_root")
        school = self.env.ref("family_school.school_menu")
        families = self.env.ref("family_file.family_menu_families")
        climb = self.env.ref("family_school.school_climb_menu")
        for user, seen in (
            (self.family_agent, (True, True, True, True)),
            (self.head, (True, True, False, False)),
            (self.agent, (False, False, False, False)),
            (self.manager, (True, True, True, True)),
        ):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(
                tuple(menu.id in menus for menu in (root, school, families, climb)),
                seen,
                user.login,
            )

    def test_a_row_holds_nothing_of_a_parent(self):
        """Nor of health, nationality or a fourth document (law: D131-3-1)."""
        own = {
            name
            for name, field in self.Pupil._fields.items()
            if field.store and name not in ("id", "create_uid", "create_date", "write_date")
        }
        self.assertEqual(
            own - {"write_uid"},
            {
                *("child_id", "lastname", "firstname", "year_id", "school_id", "level_id"),
                *("class_id", "state", "certificate", "other_certificates", "service_id"),
                *("date_registered", "date_sent", "date_admitted", "date_left"),
            },
        )
