from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestDesk(ProcedureCommon):
    def _bands(self, request, user):
        return request.with_user(user).desk_bands

    def test_what_one_is_asked_comes_first_at_the_top(self):
        request = self._submit()
        request.with_user(self.agent).action_consult("?", service_id=self.school.id)
        request.sudo()._post_from_applicant("Bonjour", [], self.camille.partner_id)
        self.assertEqual(self._bands(request, self.school_agent), ["my_opinion", "written"])
        self.assertEqual(self._bands(request, self.agent), ["written"])
        request.opinion_ids.with_user(self.school_agent).action_give_favourable("Oui")
        self.assertEqual(self._bands(request, self.school_agent), ["written"])

    def test_three_bands_leave_two(self):
        request = self._submit()
        request.with_user(self.agent).action_consult("?", service_id=self.school.id)
        request.sudo().written_on = "2026-03-02 09:00"
        lacking = patch.object(
            self.env.registry["procedure.request"],
            "_get_lacking",
            lambda request: [(request.version_id.field_ids[:1], "Manque")],
        )
        self.enterContext(lacking)
        self.assertEqual(self._bands(request, self.school_agent), ["my_opinion", "written"])
        self.assertEqual(self._bands(request, self.agent), ["written", "lacking"])

    def test_what_to_do_next(self):
        request = self._submit()
        mine = request.with_user(self.agent)
        mine.action_consult("?", service_id=self.school.id)
        school = request.with_user(self.school_agent)
        self.assertEqual(school._get_next_act(), ("take", "Give your opinion"))
        self.assertEqual(mine._get_next_act(), ("take", "Take it"))
        mine.action_take()
        self.assertEqual(mine._get_next_act(), ("plain", "Opinion expected"))
        request.opinion_ids.with_user(self.school_agent).action_give_favourable("Oui")
        self.assertEqual(mine._get_next_act(), ("plain", "Opinion received: decide"))
        request.sudo().written_on = "2026-03-02 09:00"
        self.assertEqual(mine._get_next_act()[0], "answer")

    def test_warnings_before_accepting(self):
        request = self._submit()
        request.document_line_ids.with_user(self.agent).action_refuse("Floue")
        self.procedure.commune_ids = self.revigny
        request.with_user(self.agent).action_consult("?", service_id=self.school.id)

        def warn():
            return request.with_user(self.agent)._get_acceptance_warnings()

        # Documents, then opinions, then what is checked by itself.
        self.assertEqual(warn()[1], "Opinion still expected: Scolaire.")
        self.assertIn("not concerned by the procedure", warn()[2])
        request.opinion_ids.with_user(self.school_agent).action_give_unfavourable("Non")
        self.assertEqual(warn()[1], "Unfavourable opinion: Scolaire.")

    def test_what_is_anonymised_keeps_no_opinion(self):
        request = self._submit()
        request.with_user(self.agent).action_consult("?", service_id=self.school.id)
        opinion = request.sudo().opinion_ids
        request.with_user(self.agent).action_drop("Sans suite")
        self.assertTrue(opinion.exists())
        request.sudo()._anonymise()
        self.assertFalse(opinion.exists())
