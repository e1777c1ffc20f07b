from odoo.tests import tagged

from .common import SchoolRequestCase


@tagged("post_install", "-at_install")
class TestSchoolRequest(SchoolRequestCase):
    def accept(self, request):
        request.with_user(self.school_agent).action_accept()

    def notes(self, request):
        return " ".join(request.message_ids.mapped("body"))

    def assertByHand(self, request, words):
        self.accept(request)
        self.assertEqual(request.state, "accepted", "nothing of it holds the answer back")
        self.assertFalse(request.school_pupil_id)
        self.assertIn("by hand", self.notes(request))
        self.assertIn(words, self.notes(request))

    def test_an_accepted_registration_makes_the_pupil(self):
        request = self._register()
        self.assertFalse(request.derogation_ids)
        self.assertNotIn("derogation", self.notes(request), "none was asked for")
        self.accept(request)
        pupil = request.school_pupil_id
        self.assertEqual(
            (pupil.child_id, pupil.school_id, pupil.level_id, pupil.year_id),
            (self.louis, self.own_school, self.levels["CE2"], self.year),
        )
        self.assertTrue(pupil.certificate)
        self.assertEqual(pupil.service_id, self.service_school)
        self.assertTrue(pupil.with_user(self.school_agent).has_access("read"))
        self.assertFalse(pupil.with_user(self.agent).search([("id", "=", pupil.id)]))

    def test_the_decision_says_where_the_child_goes(self):
        request = self._register()
        self.assertNotIn("CE2", str(request._get_decided_facts()))
        self.accept(request)
        told = dict(request._get_decided_facts("accepted"))
        self.assertIn("École du Lavoir, CE2, Essai", told.values())
        self.assertIn(request.school_pupil_id.certificate, told.values())

    def test_confirmed_twice_it_is_one_pupil(self):
        request = self._register()
        self.accept(request)
        first = request.school_pupil_id
        request.with_user(self.school_agent).action_reopen("Erreur")
        self.accept(request)
        self.assertEqual(request.school_pupil_id, first)
        self.assertEqual(
            self.env["school.pupil"].search_count([("child_id", "=", self.louis.id)]), 1
        )

    def test_registered_at_the_counter_meanwhile(self):
        request = self._register()
        Pupil = self.env["school.pupil"].with_user(self.school_agent)
        row = Pupil._register_child(
            self.louis.with_user(self.school_agent), self.far_school, self.year, self.levels["CE1"]
        )
        self.accept(request)
        self.assertEqual(request.school_pupil_id, row)

    def test_what_lacks_is_told_and_holds_nothing_back(self):
        self.own_school.level_ids = self.levels["CP"]
        self.assertByHand(self._register(), "CE2")

    def test_without_a_school_year(self):
        request = self._register()
        self.year.unlink()
        self.assertByHand(request, "school year")

    def test_a_refusal_registers_nobody(self):
        request = self._register()
        request.with_user(self.school_agent).action_refuse("Hors du territoire.")
        self.assertFalse(request.school_pupil_id)
        self.assertFalse(self.env["school.pupil"].search([("child_id", "=", self.louis.id)]))

    def test_another_procedure_registers_nobody(self):
        request = self._submit()
        request.with_user(self.agent).action_accept()
        self.assertFalse(request.school_pupil_id)
        self.assertNotIn("by hand", self.notes(request))

    def test_it_is_the_pupil_of_the_service_that_answers(self):
        """Whoever accepts it, and whoever else reads the child."""
        youth = self._service("Jeunesse", "youth", reads_family_file=True, sequence=1)
        request = self._register()
        self.louis.reader_service_ids = youth | self.service_school
        self.env.flush_all()
        self.env.invalidate_all()
        request.with_user(self.manager).action_accept()
        self.assertEqual(request.school_pupil_id.service_id, self.service_school)

    def test_the_applicant_reads_none_of_the_links(self):
        request = self._ask_out_of_sector().with_user(self.camille)
        for name in ("registration_id", "derogation_ids", "derogation_id", "school_pupil_id"):
            self.assertFalse(request._has_field_access(request._fields[name], "read"), name)
