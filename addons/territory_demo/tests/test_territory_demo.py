from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.territory_demo import procedures

DATA = Path(__file__).parents[3] / "data"
PERSONAS = {
    "responsable",
    "agent.dechets",
    "agent.enfance",
    "communication",
    "secretaire",
    "secretaire2",
    "asso",
    "entreprise",
    "camille",
    "sacha",
    "dominique",
    "dpo",
}


@tagged("post_install", "-at_install")
class TestTerritoryDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.env["territory.demo"]._build()

    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def test_each_persona_is_there_with_her_one_group(self):
        logins = self.env["res.users"].search([]).mapped("login")
        self.assertLessEqual(PERSONAS, set(logins))
        self.assertTrue(self._user("camille")._is_portal())
        for login, group in (("secretaire", "secretary"), ("dpo", "dpo")):
            self.assertTrue(self._user(login).has_group(f"territory_base.territory_group_{group}"))
            self.assertFalse(self._user(login).has_group("base.group_system"))

    def test_separated_parents_both_hold_authority_and_live_apart(self):
        camille = self._user("camille").partner_id
        sacha = self._user("sacha").partner_id
        children = camille._children_i_may_act_for()
        self.assertEqual(children.mapped("firstname"), ["Lou", "Noé"])
        self.assertEqual(sacha._children_i_may_act_for(), children)
        self.assertNotEqual(camille._current_household(), sacha._current_household())

    def test_requests_stand_at_different_states(self):
        states = self.env["procedure.request"].search([]).mapped("state")
        self.assertLessEqual(
            {"submitted", "in_review", "to_complete", "accepted", "refused"}, set(states)
        )

    def test_pages_tell_the_usual_delay(self):
        for xml_id in procedures.PAST:
            delay = self.env.ref(xml_id)._get_usual_delay()
            self.assertEqual((delay.median, delay.most), (2, 3), xml_id)
        past = self.env["procedure.request"].search([("channel", "=", "phone")])
        self.assertEqual(set(past.mapped("state")), {"closed"})
        self.assertFalse(past.message_ids.mail_ids)

    def test_each_regime_is_validated_and_answers_no_request_of_the_past(self):
        published = self.env["procedure.procedure"].search(
            [("state", "=", "published"), ("kind", "!=", "external")]
        )
        codes = {"BAC", "BADGE", "COLLECTE", "CANTINE", "EAU"}
        shown = published.filtered(lambda procedure: procedure.code in codes)
        self.assertEqual(set(shown.mapped("code")), codes)
        for procedure in shown:
            self.assertNotEqual(procedure.regime, "none", procedure.code)
            self.assertTrue(procedure.validated_on, procedure.code)
        requests = self.env["procedure.request"].search([("procedure_id", "in", shown.ids)])
        self.assertFalse(requests.filtered("date_silence"))

    def test_a_second_build_adds_nothing(self):
        before = self.env["procedure.request"].search_count([])
        self.env["territory.demo"]._build()
        self.assertEqual(self.env["procedure.request"].search_count([]), before)
