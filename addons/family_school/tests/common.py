from odoo.fields import Command

from odoo.addons.family_file.tests.common import FamilyCase


class SchoolCase(FamilyCase):
    """Two grouped schools in two villages, the years 2026 and 2027, and Lou (born in 2017), whose
    file the agent of the childhood service reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Year = cls.env["school.year"]
        cls.Pupil = cls.env["school.pupil"]
        cls.Sector = cls.env["school.sector"]
        cls.Year.search([]).unlink()
        cls.year, cls.next_year = cls.Year.create(
            [
                {
                    "name": "2026-2027",
                    "date_start": "2026-09-01",
                    "date_end": "2027-07-03",
                    "registration_start": "2026-03-01",
                    "registration_end": "2026-06-30",
                },
                {
                    "name": "2027-2028",
                    "date_start": "2027-09-02",
                    "date_end": "2028-07-01",
                    "registration_start": "2027-03-01",
                },
            ]
        )
        cls.levels = {level.code: level for level in cls.env["school.level"].search([])}
        cls.group = cls.env["school.group"].create({"name": "RPI du Val", "code": "rpi-val"})
        cls.small = cls._school("École du Bas", "ecole-bas", "TPS", "PS", "MS", "GS")
        cls.school = cls._school("École du Haut", "ecole-haut", "CP", "CE1", "CE2", "CM1", "CM2")
        (cls.small | cls.school).school_group_id = cls.group
        cls.other_school = cls._school("École de Clairval", "ecole-clairval")
        cls.head = cls._new_staff("directrice.haut", "agent")
        cls.other_head = cls._new_staff("directrice.clairval", "agent")
        cls.school.user_ids = cls.head
        cls.other_school.user_ids = cls.other_head
        cls.level = cls.levels["CM1"]
        cls.class_a, cls.class_b = cls.env["school.class"].create(
            [
                {
                    "name": name,
                    "year_id": cls.year.id,
                    "school_id": cls.school.id,
                    "level_ids": [Command.set([cls.levels[code].id for code in codes])],
                }
                for name, codes in (("CM", ("CM1", "CM2")), ("CE", ("CE1", "CE2")))
            ]
        )
        for person in (cls.child, cls.camille.partner_id, cls.household):
            person.reader_service_ids += cls.other_service

    @classmethod
    def _school(cls, name, code, *levels):
        return cls.env["territory.service"].create(
            {
                "name": name,
                "code": code,
                "kind": "school",
                "level_ids": [Command.set([cls.levels[each].id for each in levels])],
            }
        )

    @classmethod
    def register(cls, user=None, child=None, school=None, year=None, level=None):
        """As the agent who reads the file, unless told."""
        user = user or cls.family_agent
        row = cls.Pupil.with_user(user)._register_child(
            (child or cls.child).with_user(user),
            (school or cls.school).with_user(user),
            (year or cls.year).with_user(user),
            (level or cls.level).with_user(user),
        )
        return row.with_env(cls.env)

    def _other_child(self, firstname="Zoé", birthdate="2018-05-05"):
        """Another child of Camille, whose file the same agent reads."""
        child = self._declare_as(self.camille, firstname, "Duchêne", birthdate)
        child.reader_service_ids += self.other_service
        return child
