from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SchoolRequestCase


@tagged("post_install", "-at_install")
class TestSchoolDerogation(SchoolRequestCase):
    """A school out of the sector: a second request, with the opinion of the mayor of residence."""

    def setUp(self):
        super().setUp()
        self.request = self._ask_out_of_sector()
        self.asked = self.request.derogation_ids

    def test_it_is_a_request_of_its_own(self):
        self.assertEqual(len(self.asked), 1)
        self.assertEqual(self.asked.procedure_id, self.derogation)
        self.assertNotEqual(self.asked.number, self.request.number)
        self.assertEqual(self.asked.applicant_id, self.request.applicant_id)
        self.assertEqual(self.asked.subject_ids, self.louis)
        self.assertEqual(self.asked.answers["derogation_reasons"], ["work"])
        self.assertEqual(self.asked.answers["school"]["id"], self.far_school.id)
        self.assertEqual(self.asked.state, "submitted")
        staff = self.request.with_user(self.school_agent)
        self.assertEqual(staff.derogation_id.id, self.asked.id)

    def test_the_mayor_of_residence_is_asked_for_an_opinion(self):
        opinion = self.asked.opinion_ids
        self.assertEqual((opinion.service_id, opinion.state), (self.town_hall, "asked"))
        own = self.asked.with_user(self.secretary)
        self.assertTrue(own.has_access("read"))
        self.assertTrue(own.my_opinion_id)
        self.assertFalse(self.asked.with_user(self.other_secretary).has_access("read"))
        self.assertFalse(self.request.opinion_ids, "the registration itself asks nobody")

    def test_who_decides_is_not_asked_for_an_opinion(self):
        self.derogation.service_id = self.town_hall
        asked = self._submit(
            procedure=self.derogation,
            files={},
            subjects=self.louis,
            answers={
                "home.street": "3 rue du Moulin",
                "home.commune": "55532",
                "level": "ce2",
                "school": str(self.far_school.id),
                "derogation_reasons": ["sibling"],
            },
        )
        self.assertEqual(asked.service_id, self.town_hall)
        self.assertFalse(asked.opinion_ids)
        self.assertFalse(asked.registration_id, "asked alone")

    def test_the_registration_waits_for_it(self):
        staff = self.request.with_user(self.school_agent)
        with self.assertRaisesKeeping(UserError, self.asked.number):
            staff.action_accept()
        self.assertEqual(self.request.state, "submitted")
        self.asked.with_user(self.school_agent).action_accept()
        staff.action_accept()
        self.assertEqual(self.request.school_pupil_id.school_id, self.far_school)

    def test_refused_the_child_goes_to_the_school_of_its_sector(self):
        dwelling = self.env["territory.dwelling"]._find_or_create(
            "3 rue du Moulin", False, self.vaubecourt
        )
        self.camille.partner_id._create_household()._occupy(dwelling)
        household = self.camille.partner_id._current_household()
        self.env["household.membership"].create(
            {"household_id": household.id, "person_id": self.louis.id, "role": "child"}
        )
        self.env["school.sector"].create(
            {"commune_id": self.vaubecourt.id, "school_id": self.own_school.id}
        )
        self.asked.with_user(self.school_agent).action_refuse("L’école est pleine.")
        self.request.with_user(self.school_agent).action_accept()
        self.assertEqual(self.request.school_pupil_id.school_id, self.own_school)

    def test_refused_and_no_sector_is_known(self):
        self.asked.with_user(self.school_agent).action_refuse("L’école est pleine.")
        self.request.with_user(self.school_agent).action_accept()
        self.assertEqual(self.request.state, "accepted")
        self.assertFalse(self.request.school_pupil_id, "never in the school that was refused")

    def test_its_decision_names_the_school(self):
        told = dict(self.asked._get_decided_facts("refused"))
        self.assertEqual(told["École"], "École de l’Ornain")
        self.assertEqual(told["Niveau"], "CE2")

    def test_a_registration_that_is_refused_waits_for_nothing(self):
        self.request.with_user(self.school_agent).action_refuse("Hors du territoire.")
        self.assertEqual(self.request.state, "refused")

    def test_withdrawn_the_service_of_the_derogation_is_told(self):
        self.request.with_user(self.camille).action_cancel()
        self.assertTrue(
            any(self.request.number in body for body in self.asked.message_ids.mapped("body")[:1])
        )


@tagged("post_install", "-at_install")
class TestWithoutDerogationProcedure(SchoolRequestCase):
    def test_it_is_decided_in_the_registration(self):
        self.derogation.action_archive()
        request = self._ask_out_of_sector()
        self.assertFalse(request.derogation_ids)
        self.assertTrue(any("derogation" in body for body in request.message_ids.mapped("body")))
        request.with_user(self.school_agent).action_accept()
        self.assertEqual(request.school_pupil_id.school_id, self.far_school)

    def test_what_its_form_does_not_take_refuses_nothing(self):
        """A level that the form of derogations does not have."""
        self.derogation.action_archive()
        home, _level, *others = self._derogation_form()
        fields = [home, self._choice("level", "Niveau", "cp"), *others]
        self._procedure(
            "Dérogation au CP", "DEROG4", self.service_school, fields, kind="school_derogation"
        )
        request = self._ask_out_of_sector()
        self.assertFalse(request.derogation_ids)
        self.assertEqual(request.state, "submitted")
