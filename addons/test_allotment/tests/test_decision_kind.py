from freezegun import freeze_time

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import AllotmentCommon


class TestDecisionKind(AllotmentCommon):
    """`_get_kinds`: what a decision of the service does, and what is said of it."""

    def _let_on_trial(self):
        request = self._ask()
        request.with_user(self.agent).action_let_plot_on_trial()
        return request

    def _show(self, request):
        request_sudo = request.with_user(self.camille).sudo().with_context(lang="en_US")
        return request_sudo._prepare_portal_values("/x", by=self.camille.partner_id)

    def test_it_is_an_answer(self):
        self.assertTrue(self._let_on_trial().is_answered)

    def test_what_it_gives_counts_for_the_household(self):
        self.camille.partner_id._create_household()
        self.allotment.write({"season_kind": "calendar_year", "max_per_household": 1})
        with freeze_time("2027-03-01"):
            self._let_on_trial().with_user(self.agent).action_close()
            with self.assertRaises(AnswersInvalid):
                self._ask()

    def test_page_of_the_applicant_says_it_in_its_words(self):
        view = self._show(self._let_on_trial())
        self.assertEqual(view["decision"]["title"], "The plot is yours for a year")
        self.assertFalse(view["decision"]["is_refusal"])
        self.assertEqual(view["next"], ["Come to the gardens: the key is ready."])
        last = view["timeline"][-1]
        self.assertEqual((last["title"], last["icon"]), (view["decision"]["title"], "check"))

    def test_it_may_be_contested(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        view = self._show(self._let_on_trial())
        self.assertIn("within two months", view["decision"]["appeal"])
        accepted = self._ask(user=self.dominique)
        accepted.with_user(self.agent).action_accept()
        self.assertFalse(self._show(accepted)["decision"]["appeal"])

    def test_its_letter_says_it_in_its_words(self):
        letter = self._let_on_trial().letter_ids.filtered(lambda one: one.kind == "decision")
        self.assertEqual(letter.name, "Votre parcelle pour un an")
        self.assertIn("A1", letter.body)
        self.assertIn("deux mois", letter.body)

    def test_an_attested_one_is_signed_by_the_service(self):
        Decision = type(self.env["procedure.decision"])
        known = Decision._get_kinds

        def get_kinds(decision):
            kinds = known(decision)
            return {
                **kinds,
                "allotment_on_trial": kinds["allotment_on_trial"]._replace(is_attested=True),
            }

        self.patch(Decision, "_get_kinds", get_kinds)
        [letter] = self._let_on_trial().letter_ids.filtered("decision_id")
        self.assertEqual(letter.kind, "attestation")
        self.assertEqual(letter._get_signer(), ("", self.waste.name))
        self.assertNotIn("deux mois", letter.body, "its template is the whole letter")
