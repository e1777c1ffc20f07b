from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestFamilyDocumentLack(DocumentCase):
    def setUp(self):
        super().setUp()
        self.children = self.child | self.zoe

    def test_the_paper_of_either_parent_counts(self):
        both = {"Lou": [("Assurance scolaire", "")], "Zoé": [("Assurance scolaire", "")]}
        self.assertEqual(self.lacks(self.children), both)
        self.give(self.sacha)
        for user in (None, self.camille):
            self.assertEqual(self.lacks(self.children, user), {"Zoé": [("Assurance scolaire", "")]})
        self.assertEqual(self.lacks(self.child, self.sacha), {})

    def test_a_refused_one_is_asked_of_both(self):
        row = self.give(self.sacha)
        self._open_file_to(self.other_service)
        row.with_user(self.family_agent)._refuse("Illisible.")
        for user in (None, self.camille, self.sacha):
            self.assertEqual(self.lacks(self.child, user), {"Lou": [("Assurance scolaire", "")]})

    def test_what_ends_soon_is_told_to_whoever_gave_it(self):
        self.give(self.sacha)
        soon = {"Lou": [("Assurance scolaire", "2027-08-31")]}
        over = {"Lou": [("Assurance scolaire", "")]}
        for day, service, giver, other in (
            ("2027-07-31", {}, {}, {}),
            ("2027-08-01", soon, soon, {}),
            ("2027-08-31", soon, soon, {}),
            ("2027-09-01", over, over, over),
        ):
            with self.subTest(day), freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(self.lacks(self.child), service)
                self.assertEqual(self.lacks(self.child, self.sacha), giver)
                self.assertEqual(self.lacks(self.child, self.camille), other)
        self.give(self.camille)
        with freeze_time("2027-08-15"):
            self.assertEqual(self.lacks(self.child, self.camille), soon)

    def test_what_falls_with_the_authority_is_missing_again(self):
        self.give(self.camille)
        self.authority.state = "contested"
        self.assertEqual(self.lacks(self.child), {"Lou": [("Assurance scolaire", "")]})

    def test_the_attestation_of_a_parent_is_her_own(self):
        adult = self._kind("Quotient", about="adult", need="all", validity="months", months=12)
        self.insurance.need = "none"
        self.give(self.camille, adult, self.child.browse())
        self.assertEqual(self.lacks(self.children, self.camille), {})
        self.assertEqual(self.lacks(self.child, self.sacha), {"": [("Quotient", "")]})
        self.assertEqual(self.lacks(self.children), {}, "the service has one for each child")

    def test_asked_of_those_who_go_there(self):
        canteen, pool = self.env["family.activity"].create(
            [{"name": name, "service_id": self.other_service.id} for name in ("Cantine", "Piscine")]
        )
        self.insurance.need = "none"
        self._kind("Brevet de natation", need="activities", activity_ids=pool.ids)
        self.assertEqual(self.lacks(self.children), {})
        going = {self.child: canteen | pool, self.zoe: canteen}
        with patch.object(
            self.env.registry["res.partner"], "_find_family_activities", lambda _self: going
        ):
            self.assertEqual(self.lacks(self.children), {"Lou": [("Brevet de natation", "")]})

    def test_the_list_of_the_service(self):
        Partner = self.env["res.partner"]
        missing = [("has_lacking_papers", "=", True)]
        self.assertNotIn(self.child, Partner.with_user(self.family_agent).search(missing))
        self._open_file_to(self.other_service)
        self._open_file_to(self.service)
        found = Partner.with_user(self.family_agent).search(missing)
        self.assertIn(self.child, found)
        self.assertEqual(
            found.filtered(lambda child: child == self.child).lacking_papers, "Assurance scolaire"
        )
        child = self.child.with_user(self.agent)
        self.assertFalse(child.lacking_papers, "her service does not read the family file")
        self.assertFalse(Partner.with_user(self.agent).search(missing))
        self.give(self.camille)
        self._open_file_to(self.other_service)
        self.env.invalidate_all()
        self.assertNotIn(self.child, Partner.with_user(self.family_agent).search(missing))
        with freeze_time("2027-08-15"):
            self.env.invalidate_all()
            self.assertEqual(
                self.child.with_user(self.family_agent).lacking_papers,
                "Assurance scolaire (until 31/08/2027)",
            )

    def test_as_many_queries_for_forty_children_as_for_two(self):
        self._kind("Quotient", about="adult", need="all", validity="months", months=12)
        many = self.children
        for rank in range(38):
            name = "Ana" + chr(97 + rank % 26) + chr(97 + rank // 26)
            many |= self._declare_as(self.camille, name, "Duchêne", "2019-01-01")
        self.give(self.camille, children=many)
        counts = []
        for children in (self.children, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.lacks(children)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[1], 10)
