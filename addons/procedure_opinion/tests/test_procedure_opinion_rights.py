"""Each persona x an opinion x each way in. The expected cells are in docs/rights.md."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.record_rights import RecordRights

READS = {
    "camille": "",
    "dominique": "",
    "agent": "opinion",
    "school_agent": "opinion",  # Consulted.
    "secretary": "",
    "other_secretary": "",
    "communication": "",
    "dpo": "",
    "manager": "opinion",
    "administrator": "opinion",
    "visitor": "",
}


@tagged("post_install", "-at_install")
class TestOpinionRights(RecordRights):
    reads = READS
    by_hand = {"opinion": {"state": "favourable"}}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure.consulted_service_ids = cls.school
        cls.request = cls._submit()
        cls.records = {"opinion": cls.request.opinion_ids}
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_the_opinion_is_there(self):
        self.assertEqual(self.records["opinion"].service_id, self.school)

    def test_the_window_tells_nothing_of_a_request_that_one_does_not_read(self):
        """Nor before it is saved."""
        self.assertWizardTellsNothing(
            ("procedure.consult.wizard", "version_id", {}),
            ("procedure.consult.wizard", "lead_service_id", {}),
        )
        Wizard = self.env["procedure.consult.wizard"].with_user(self.agent)
        self.assertEqual(Wizard.new({"request_id": self.request.id}).lead_service_id, self.waste)

    def test_the_window_of_an_opinion_is_for_those_who_read_it(self):
        values = {
            "request_id": self.request.id,
            "opinion_id": self.records["opinion"].id,
            "action": "favourable",
        }
        Wizard = self.env["procedure.reason.wizard"]
        for user in (self.secretary, self.communication, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                Wizard.with_user(user).create(values)
        other = self._submit()
        other.consulted_service_ids = False
        other.with_user(self.agent).action_consult("?", contact_email="maire@exemple.fr")
        of_another = {**values, "opinion_id": other.opinion_ids[-1].id}
        with self.assertRaises(AccessError):
            Wizard.with_user(self.school_agent).create(of_another)
        wizard = Wizard.with_user(self.school_agent).create(values)
        self.assertFalse(wizard.is_read_by_applicant)
        # The lead service reads it; only the service that is asked gives it.
        with self.assertRaises(AccessError):
            Wizard.with_user(self.agent).create(values).action_confirm()
        with self.assertRaises(UserError):
            Wizard.with_user(self.school_agent).create(
                {**values, "action": "unfavourable"}
            ).action_confirm()
        wizard.action_confirm()
        self.assertEqual(self.records["opinion"].state, "favourable")
