from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolJoin(SchoolCase):
    """Sacha declared the child too; the service joins the sheets."""

    def setUp(self):
        super().setUp()
        self.other_authority.state = "ended"
        self.own = self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")
        self.own.reader_service_ids += self.other_service

    def rows(self):
        self.env.flush_all()
        return self.Pupil.search([("child_id", "=", self.child.id)])

    def test_another_year_is_kept(self):
        own = self.register(child=self.own, year=self.next_year, level=self.levels["CM2"])
        standing = self.register()
        self.own._join_child(self.child)
        self.assertEqual(self.rows(), own | standing)

    def test_the_row_that_came_further_is_the_one_of_the_year(self):
        own = self.register(child=self.own)
        own._send()
        own._admit()
        standing = self.register()
        standing._change_class(self.class_a)
        self.own._join_child(self.child)
        row = self.rows()
        self.assertEqual(row, own)
        self.assertFalse(standing.exists())
        self.assertEqual((row.state, row.class_id), ("admitted", self.class_a))
        self.assertEqual(row.certificate, "2026-2027/0001")
        self.assertEqual(row.other_certificates, "2026-2027/0002 (École du Haut)")

    def test_the_first_certificate_stays_where_both_came_as_far(self):
        standing = self.register()
        other = self.register(child=self.own, school=self.other_school)
        other.class_id = self.class_a.copy({"school_id": self.other_school.id, "name": "Ailleurs"})
        self.own._join_child(self.child)
        row = self.rows()
        self.assertEqual((row, row.school_id), (standing, self.school))
        self.assertFalse(row.class_id, "the class of another school")
        self.assertEqual(row.other_certificates, "2026-2027/0002 (École de Clairval)")

    def test_who_left_stays_in_the_history(self):
        left = self.register(child=self.own, school=self.other_school)
        left._leave()
        standing = self.register()
        self.own._join_child(self.child)
        self.assertEqual(self.rows(), left | standing)
        self.assertEqual(set(self.rows().mapped("state")), {"left", "registered"})

    def test_nothing_tells_a_parent_that_there_was_another_sheet(self):
        """“Other certificates” would tell each one that the other had registered the child."""
        self.register(child=self.own, school=self.school)
        self.register()
        self.own._join_child(self.child)
        row = self.rows()
        self.assertTrue(row.other_certificates)
        self.assertTrue(row.with_user(self.head).other_certificates)
        told = row.with_user(self.camille).read()[0]
        self.assertNotIn("other_certificates", told)
        self.assertNotIn("service_id", told)
        for name in ("other_certificates", "service_id"):
            for call in (
                lambda name=name: row.with_user(self.camille).read([name]),
                lambda name=name: self.Pupil.with_user(self.camille).search([(name, "!=", False)]),
            ):
                with self.subTest(name), self.assertRaises(AccessError):
                    call()

    def test_a_row_without_certificate_adds_none_to_the_other(self):
        """Who stayed in its school was given none by the climb."""
        own = self.register(child=self.own)
        own.certificate = False
        self.register()
        self.own._join_child(self.child)
        row = self.rows()
        self.assertEqual((row, row.other_certificates), (own, "2026-2027/0002 (École du Haut)"))
        other = self.register(year=self.next_year)
        third = self.register(child=self._other_child(), year=self.next_year)
        third.certificate = False
        other._take_over(third)
        self.assertFalse(other.other_certificates)

    def test_both_parents_read_it_then(self):
        row = self.register(child=self.own)
        self.assertReadsNot(self.camille, row)
        authority = self.own.authority_ids
        self.own._join_child(self.child)
        self.assertReads(self.camille, row)
        self.assertReadsNot(self.sacha, row)
        authority.state = "verified"
        self.assertReads(self.sacha, row)
