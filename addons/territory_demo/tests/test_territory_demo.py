import io
from pathlib import Path

from openpyxl import load_workbook

from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.procedure.filing import Filing
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
        cls.env["territory.demo"]._build(["people"])

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

    def test_the_desk_of_the_childhood_service_has_its_morning(self):
        """Each parent asks for one child; a family without account came to the counter."""
        Request = self.env["procedure.request"].with_user(self._user("agent.enfance"))
        requests = Request.search([("procedure_id.code", "=", "CANTINE")], order="id")
        self.assertEqual(requests.mapped("who"), ["Lou Bertin", "Noé Bertin", "Jules Antoine"])
        self.assertEqual(requests.mapped("state"), ["in_review", "submitted", "submitted"])
        self.assertEqual(len(requests.document_line_ids), 3)
        self.assertTrue(requests[0].written_on)
        self.assertEqual(requests[2].late, "red")
        sacha = self._user("sacha").partner_id
        self.assertEqual(requests[1].sudo().applicant_id, sacha)
        counts = {key: count for key, count in Request.get_morning()["counts"].items()}
        self.assertEqual(counts, {"late": 1, "written": 1, "new": 2})

    def test_the_canteen_asks_for_the_days_and_each_line_names_the_child(self):
        camille = self._user("camille")
        canteen = self.env.ref("territory_demo.procedure_cantine_demo")
        common = {"school": "École des Trois Vallons", "date_start": "2027-01-04"}
        filed = self.env["procedure.request"]
        for child, days in zip(
            camille.partner_id._children_i_may_act_for(),
            ({"days.canteen": ["1", "4"], "days.evening": ["4"]}, {"days.canteen": ["2"]}),
            strict=True,
        ):
            document = self.env["territory.demo"]._draw_page("Assurance")
            filed |= filed.with_user(camille)._submit(
                Filing(
                    procedure=canteen.with_user(camille),
                    answers={**common, "when": ["school_days"], **days},
                    files={"insurance": [document]},
                    applicant=camille.partner_id,
                    subjects=child,
                )
            )
        requests = filed.with_user(self._user("agent.enfance"))
        wizard_id = requests.action_export()["res_id"]
        output = io.BytesIO()
        requests.env["procedure.export.wizard"].browse(wizard_id)._write_workbook(output)
        days = canteen.version_id.field_ids.filtered(lambda field: field.key == "days")
        rows = list(load_workbook(output)[days.label[:31]].values)
        head, lines = list(rows[0]), rows[1:]
        self.assertEqual((head[2], len(head)), (days.label, 7), "number, child, line, four days")
        self.assertEqual(
            [line[1:] for line in lines],
            [
                ("Lou Bertin", "Cantine", 1, None, 1, None),
                ("Lou Bertin", "Garderie du soir", None, None, 1, None),
                ("Noé Bertin", "Cantine", None, 1, None, None),
            ],
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
        today = fields.Date.context_today(requests)
        for request in requests.filtered(lambda request: request.state != "closed"):
            self.assertTrue(request.date_silence or request.procedure_id.regime == "declaration")
            self.assertGreater(request.date_silence or fields.Date.add(today, days=1), today)

    def test_histories_are_in_french(self):
        bodies = " ".join(self.env["procedure.request"].search([]).message_ids.mapped("body"))
        self.assertIn("Acceptée", bodies)
        for english in ("Accepted", "In review", "Received"):
            self.assertNotIn(english, bodies)

    def test_a_second_build_adds_nothing(self):
        before = self.env["procedure.request"].search_count([])
        self.assertEqual(self.env["territory.demo"]._build(["people"]), [])
        self.assertEqual(self.env["procedure.request"].search_count([]), before)
