from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.sweep import sweep

from .common import SchoolCase

STREETS = ("", "rue haute", "rue basse")
ROW = st.tuples(
    st.integers(0, 2),
    st.sampled_from(STREETS),
    st.sampled_from(("all", "even", "odd")),
    st.integers(0, 6),
    st.integers(0, 6),
)


@tagged("post_install", "-at_install")
class TestSchoolSector(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sector.search([]).unlink()
        cls.without = cls.env["territory.commune"].create(
            {"name": "Sans-École", "insee_code": "99003", "zip": "99100"}
        )

    def sector(self, school, commune=None, street="", **values):
        return self.Sector.create(
            {
                "school_id": school.id,
                "commune_id": (commune or self.commune).id,
                "street": street,
                **values,
            }
        )

    def find(self, level, commune=None, street=None, number=None):
        return self.Sector._find_schools(
            commune or self.commune, self.levels[level], street, number
        ).mapped("code")

    def test_grouped_villages_and_a_commune_without_school(self):
        """One row per village: the level says which of the grouped schools."""
        self.sector(self.small)
        self.sector(self.school, self.other_commune)
        self.sector(self.small, self.without)
        for commune in (self.commune, self.other_commune, self.without):
            for level, expected in (("PS", "ecole-bas"), ("CM2", "ecole-haut")):
                with self.subTest(commune.name, level=level):
                    self.assertEqual(self.find(level, commune), [expected])
            self.assertEqual(self.find("ULIS", commune), [], "no grouped school has it")

    def test_nothing_is_said_of_a_commune(self):
        self.assertEqual(self.find("CP"), [])

    def test_the_most_precise_first(self):
        town, street, part = self.other_school, self.school, self._school("Annexe", "annexe")
        self.sector(town)
        self.sector(street, street="Rue Haute")
        self.sector(part, street="r. haute", side="even", number_from=2, number_to=20)
        for where, expected in (
            ((None, None), ["ecole-clairval"]),
            (("Rue Basse", 4), ["ecole-clairval"]),
            (("RUE HAUTE", 4), ["annexe", "ecole-haut", "ecole-clairval"]),
            (("Rue Haute", 5), ["ecole-haut", "ecole-clairval"]),
            (("Rue Haute", 22), ["ecole-haut", "ecole-clairval"]),
        ):
            with self.subTest(where):
                self.assertEqual(self.find("CM1", None, *where), expected)
        self.assertEqual(
            set(self.find("CM1", None, "Rue Haute")[:2]),
            {"annexe", "ecole-haut"},
            "nobody said which number",
        )

    def test_a_row_of_some_levels(self):
        self.sector(self.other_school)
        self.sector(
            self._school("Annexe", "annexe"),
            street="Rue Haute",
            level_ids=[Command.set(self.levels["CP"].ids)],
        )
        self.assertEqual(self.find("CP", None, "Rue Haute", 1), ["annexe", "ecole-clairval"])
        self.assertEqual(self.find("CE1", None, "Rue Haute", 1), ["ecole-clairval"])

    def test_a_closed_school_takes_nobody(self):
        self.sector(self.school)
        self.school.active = False
        self.assertEqual(self.find("CP"), [])

    def test_what_is_no_sector(self):
        with self.assertRaises(ValidationError):
            self.sector(self.town_hall)
        for values in ({"side": "even"}, {"street": "Rue", "number_from": 8, "number_to": 2}):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self.sector(self.school, **values)

    @settings(max_examples=25)
    @sweep("machines")
    @given(st.lists(ROW, max_size=5), st.sampled_from(STREETS), st.integers(0, 7))
    def test_any_rows_any_address(self, rows, street, number):
        """No row that does not serve the place counts, none that does is lost, and a commune never
        comes before a street that names the number."""
        schools = (self.small, self.school, self.other_school)
        self.Sector.search([]).unlink()
        served = {0: set(), 1: set(), 2: set()}
        for rank, name, side, first, last in dict.fromkeys(rows):
            if not name and (side, first, last) != ("all", 0, 0):
                continue
            if last and last < first:
                continue
            self.sector(schools[rank], street=name, side=side, number_from=first, number_to=last)
            is_side = side == "all" or not number or number % 2 == (side == "odd")
            is_between = not number or (first <= number and (not last or number <= last))
            if name in ("", street) and is_side and is_between:
                is_part = number and (side, first, last) != ("all", 0, 0)
                served[2 if is_part else bool(name)].add(schools[rank])
        found = list(self.Sector._find_schools(self.commune, self.levels["CP"], street, number))
        # The small school gives way to the one that it is grouped with.
        expected = [
            {self.school if school == self.small else school for school in served[precision]}
            for precision in (2, 1, 0)
        ]
        self.assertEqual(set(found), set().union(*expected))
        ranks = [next(rank for rank, each in enumerate(expected) if s in each) for s in found]
        self.assertEqual(ranks, sorted(ranks))
