from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import DuplicateCase


@tagged("post_install", "-at_install")
class TestSimilar(DuplicateCase):
    def assertSimilar(self, one, two, is_one=True):
        self.assertEqual(self._similar_by(self.agent, one), two if is_one else two.browse())
        self.assertEqual(self._similar_by(self.agent, two), one if is_one else one.browse())

    def test_the_band_and_the_filter_say_it_to_who_handles_both(self):
        self.assertSimilar(self.first, self.second)
        request = self.first.with_user(self.agent)
        self.assertIn(self.second.number, request.similar_label)
        self.assertIn("similar", request.desk_bands)
        Request = self.env["procedure.request"]
        domain = [("has_similar", "=", True)]
        found = Request.with_user(self.agent).search(domain).with_env(self.env)
        self.assertEqual(found & (self.first | self.second), self.first | self.second)
        self.assertFalse(Request.with_user(self.school_agent).search(domain))
        for user in (self.school_agent, self.secretary):
            self.assertFalse(self.first.with_user(user).sudo(False).has_access("read"))
        # Who is consulted reads both, and handles none.
        (self.first | self.second).consulted_service_ids = self.school
        self.assertTrue(self.first.with_user(self.school_agent).has_access("read"))
        self.assertFalse(self._similar_by(self.school_agent, self.first))
        self.assertFalse(Request.with_user(self.school_agent).search(domain))
        self.first.service_id, self.first.consulted_service_ids = self.school, self.waste
        for user in (self.agent, self.school_agent):
            for request in (self.first, self.second):
                self.assertFalse(self._similar_by(user, request), "she handles one of them")

    def test_what_is_finished_is_not_looked_at(self):
        self.second.with_user(self.agent).action_take()
        self.second.with_user(self.agent).action_refuse("Non")
        self.assertSimilar(self.first, self.second, is_one=False)

    def test_sixty_days(self):
        self._age(self.first, 60)
        self.assertSimilar(self.first, self.second)
        self._age(self.first, 62)
        self.assertSimilar(self.first, self.second, is_one=False)
        both = (self.first | self.second).with_user(self.agent)
        self.assertFalse(both._find_similar(), "in a list too")

    def test_another_dwelling_or_season_or_organisation_are_two(self):
        dwelling = self.env["territory.dwelling"]
        for values in (
            {"dwelling_id": dwelling._find_or_create("9 rue Haute", False, self.revigny).id},
            {"season": "2031"},
            {"acting_for_id": self._delegations(self.camille).organisation_id.id},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                self.first.write(
                    {"dwelling_id": dwelling._find_or_create("1 rue Haute", False, self.revigny).id}
                    if "dwelling_id" in values
                    else {}
                )
                self.second.write(values)
                self.assertSimilar(self.first, self.second, is_one=False)
                savepoint.rollback()

    def test_one_child_is_known_by_its_sheets(self):
        def declare(born):
            return self.camille.partner_id.with_user(self.camille)._declare_child(
                {"firstname": "Lou", "lastname": "Durand", "birthdate": born}
            )

        child, other = declare("2017-03-02"), declare("2019-05-06")
        names = {name: child[name] for name in ("firstname", "lastname", "birthdate", "kind")}
        sheet = child.sudo().create(names)
        self.first.subject_ids = child
        self.assertSimilar(self.first, self.second, is_one=False)
        self.second.subject_ids = other
        self.assertSimilar(self.first, self.second, is_one=False)
        self.second.subject_ids = sheet
        self.assertSimilar(self.first, self.second)

    def test_two_people_with_one_telephone_are_two(self):
        (self.camille | self.dominique).partner_id.phone = "03 29 55 55 55"
        other = self._submit(self.dominique)
        self.assertFalse(self._similar_by(self.agent, other))
        # Two sheets of one person, that nobody merged yet.
        names = {"firstname": "Camille", "lastname": "Durand", "birthdate": "1988-04-12"}
        (self.camille | self.dominique).partner_id.write(names)
        self.assertEqual(self._similar_by(self.agent, other), self.first)

    def test_without_account_by_what_was_typed(self):
        one = self._visit()
        for identity in (
            {"contact_firstname": "Anna"},
            {"contact_email": "autre@exemple.fr"},
        ):
            with self.subTest(identity):
                two = self._visit(**identity)
                self.assertEqual(self._similar_by(self.agent, two), one)
                two.with_user(self.agent).action_drop("Vu")
        two = self._visit(contact_firstname="Anna", contact_email="autre@exemple.fr")
        self.assertFalse(self._similar_by(self.agent, two))
        (one | two).contact_phone = "0329555555"
        self.assertEqual(self._similar_by(self.agent, two), one)
        # Who has an account since.
        one.with_user(self.agent).action_drop("Vu")
        two.contact_email = self.camille.email
        self.assertEqual(self._similar_by(self.agent, two), self.first)
        self.assertLess(self.first.date_submitted, two.date_submitted - timedelta(days=1))

    def test_a_report_without_any_name_is_opened(self):
        signs = ("firstname", "lastname", "email", "phone")
        two = self._visit() | self._visit()
        two.write({f"contact_{name}": False for name in signs})
        for one in two:
            self.assertFalse(self._similar_by(self.agent, one))

    def test_one_request_reads_none_of_the_others_of_its_procedure(self):
        for rank in range(10):
            self._visit(
                contact_firstname=f"Anna {rank}",
                contact_lastname=f"Autre {rank}",
                contact_email=f"autre{rank}@exemple.fr",
                contact_phone=f"03295555{rank:02}",
            )
        # However each of them is written.
        alike = self._visit(contact_lastname="Lefèvre-Œuf", contact_email="a@exemple.fr")
        for names, two in (
            ("name", {"contact_lastname": "LEFEVRE oeuf", "contact_email": "b@exemple.fr"}),
            ("mail", {"contact_lastname": "Roux", "contact_email": "A@exemple.fr"}),
        ):
            with self.subTest(names):
                other = self._visit(**two)
                self.assertEqual(self._similar_by(self.agent, other), alike)
                other.with_user(self.agent).action_drop("Vu")
        read = []
        signs = type(self.first)._get_person_signs

        def look(request):
            read.append(request.id)
            return signs(request)

        with patch.object(type(self.first), "_get_person_signs", look):
            self.assertEqual(self._similar_by(self.agent, self.second), self.first)
        self.assertEqual(set(read), {self.first.id, self.second.id})

    def test_more_pairs_cost_no_more_queries(self):
        """Two for each child, by the filter."""
        Request = self.env["procedure.request"].with_user(self.agent)

        def count(names):
            for name in names:
                child = self.camille.partner_id.with_user(self.camille)._declare_child(
                    {"firstname": name, "lastname": "Durand", "birthdate": "2017-03-02"}
                )
                for _time in range(2):
                    self._submit(files={}).subject_ids = child
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = Request.search_count([("has_similar", "=", True)])
            return self.env.cr.sql_log_count - before, found

        count(["Lou"])
        few, found = count(["Noé"])
        self.assertEqual(found, 6)
        many, found = count(["Ana", "Léo", "Tom", "Zoé"])
        self.assertEqual(found, 14)
        self.assertLessEqual(many, few)
