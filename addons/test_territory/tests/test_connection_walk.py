from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure_export.tests.common import ExportCommon
from odoo.addons.procedure_letter.tests.test_letter import LetterCommon
from odoo.addons.procedure_template.tests.common import publish_template

PLACE = {
    "place.street": "4 rue du Four",
    "place.commune": "55532",
    "date_wished": "2027-04-01",
    "parcel": "AB 123",
    "permit": "PC 055 532 26 00001",
    "access": "Portail fermé",
    "easement": "1",
    "easement_details": "Par le chemin du voisin",
    "request_kind": "new",
    "is_owner": "0",
}
FILES = ("owner_agreement", "permit_file", "situation_plan", "ground_plan", "place_photo")
# template: answers besides, name of the last step, an answer that the export says in words
WALKS = {
    "04_raccordement_eau": (
        {"direct_debit": "0", "meter_place": "À gauche du portail"},
        "Compteur posé",
        ("De quoi avez-vous besoin\N{NO-BREAK SPACE}?", "D’un nouveau branchement"),
    ),
    "11_raccordement_assainissement": (
        {"building_use": "home", "older_than_two_years": "1"},
        "Raccordement contrôlé",
        ("À quoi sert-il\N{NO-BREAK SPACE}?", "À habiter"),
    ),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:05:00")
class TestConnectionWalk(LetterCommon, ExportCommon):
    """Water and sewer connections, from the template to the closing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secretary.function = cls.agent.function = "Responsable"
        cls.syndicate = cls._service("Syndicat des eaux", "water", commune_ids=cls.revigny.ids)
        cls.water_agent = cls._staff("water_agent", "agent", cls.syndicate)

    def _publish(self, template, **vals):
        return publish_template(self.env, template, self.waste, **vals)

    def _file(self, procedure, answers, names=FILES):
        filing = Filing(
            procedure=procedure,
            answers={**PLACE, **answers},
            files={name: [upload(f"{name}.png")] for name in names},
            applicant=self.camille.partner_id,
        )
        requests = self.env["procedure.request"].with_user(self.camille)
        return requests._submit(filing).with_env(self.env)

    def test_from_filing_to_closing(self):
        for template, (answers, last, told) in WALKS.items():
            with self.subTest(template):
                self._walk(self._publish(template), answers, last, told)

    def _walk(self, procedure, answers, last, told):
        request = self._file(procedure, answers)
        self.assertEqual(request.service_id, self.town_hall, "the town hall of the place answers")
        mine = request.with_user(self.secretary)
        mine.action_take()
        plan = mine.document_line_ids.filtered(lambda line: line.field_key == "situation_plan")
        plan.action_refuse("Le plan est illisible.")
        mine.action_ask_completion([{"line_id": plan.id, "reason": "Le plan est illisible."}])
        self.assertEqual(request.state, "to_complete")
        request.with_user(self.camille)._complete(
            files={"situation_plan": [upload("plan.png", b"\x89PNG other")]},
            by=self.camille.partner_id,
        )
        mine.document_line_ids.filtered(lambda line: line.state == "received").action_accept()
        for step in procedure.step_ids:
            mine.step_id = step
        self.assertEqual(request.step_id.name, last)
        self.assertTrue(all(procedure.step_ids.mapped("is_public")), "she reads how far it is")
        mine.action_accept("", "Acompte de 30 % avant les travaux.")
        text = " ".join(self._read(request, "decision").split())
        for words in (request.number, procedure.name, "Camille Durand", "Acompte de 30 %"):
            self.assertIn(words, text)
        mine.action_close()
        self.assertEqual(request.state, "closed")
        workbook = self._workbook(self._wizard(request, self.secretary))
        (row,) = self._rows(workbook, workbook.sheetnames[0])
        self.assertEqual(row[told[0]].value, told[1])
        self.assertEqual(row["Section et numéro de la parcelle"].value, "AB 123")

    def test_the_syndicate_answers_for_its_communes(self):
        for template, (answers, *_rest) in WALKS.items():
            with self.subTest(template):
                procedure = self._publish(template, local_service_ids=self.syndicate.ids)
                request = self._file(procedure, {**answers, "place.commune": "55427"})
                self.assertEqual(request.service_id, self.syndicate)
                self.assertTrue(request.with_user(self.water_agent).has_access("read"))
                self.assertFalse(request.with_user(self.other_secretary).has_access("read"))

    def test_silence_refuses_the_sewer_after_two_months(self):
        procedure = self._publish("11_raccordement_assainissement")
        procedure.action_validate_regime()
        request = self._file(procedure, WALKS["11_raccordement_assainissement"][0])
        self.assertEqual(procedure.regime, "svr")
        self.assertEqual(request.date_silence.isoformat(), "2027-01-25")
        mail = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertIn("refus", html2plaintext(mail[-1:].body_html))

    def test_a_tenant_gives_the_agreement_of_the_owner(self):
        for template, (answers, *_rest) in WALKS.items():
            with self.subTest(template):
                procedure = self._publish(template)
                asked = [name for name in FILES if name != "owner_agreement"]
                with self.assertRaises(AnswersInvalid) as refused:
                    self._file(procedure, answers, asked)
                self.assertEqual(list(refused.exception.errors), ["owner_agreement"])
                self.assertTrue(self._file(procedure, {**answers, "is_owner": "1"}, asked))
