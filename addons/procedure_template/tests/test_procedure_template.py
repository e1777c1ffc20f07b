import re

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..models.procedure_template import FOLDER
from .common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplates(TemplateCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Template = cls.env["procedure.template"].with_user(cls.manager)
        cls.templates = Template.search([("addon", "=", "procedure_template")])

    def test_nine_templates_with_their_description(self):
        self.assertEqual(len(self.templates), 9)
        for template in self.templates:
            with self.subTest(template.name):
                self.assertTrue(template.summary)
                self.assertTrue(template.step_names)
                self.assertGreaterEqual(template.question_count, 6)
                self.assertIn(str(template.question_count), template.display_name)

    def test_each_is_published_once_its_service_and_its_entry_are_accepted(self):
        for template in self.templates:
            with self.subTest(template.name):
                data = template._get_definition()
                procedure = self.definition._import(data, code=f"T{data['code']}")
                version = procedure.version_ids
                self.assertEqual(version._get_problems(), [])
                # A town hall needs no choice of a service.
                missing = 1 if procedure.is_communal else 2
                self.assertEqual(len(procedure._get_publication_problems(version)), missing)
                procedure.service_id = self.waste
                procedure.processing_id.action_accept()
                self.assertEqual(procedure._get_publication_problems(version), [])
                procedure.action_publish()
                self.assertEqual(procedure.state, "published")
                self.assertFalse(procedure.validated_on, "a person validates the regime")
                self.assertEqual(
                    self.definition._export(procedure, version),
                    {**data, "code": f"T{data['code']}", "service": "test_waste"},
                )

    def test_the_school_registration_demands_nothing_but_the_closed_list(self):
        """Code de l'éducation, D131-3-1."""
        school = self.templates.filtered(lambda each: each._get_definition()["code"] == "ECOLE")
        procedure = self.definition._import(school._get_definition(), code="TSCHOOL")
        version = procedure.version_ids
        self.assertTrue(procedure.is_school_registration)
        self.env["procedure.field"].create(
            {
                "version_id": version.id,
                "sequence": 999,
                "key": "work_contract",
                "type": "file",
                "label": "Contrat de travail",
                "required": True,
            }
        )
        procedure.service_id = self.waste
        procedure.processing_id.action_accept()
        with self.assertRaisesRegex(ValidationError, "Contrat de travail.*D131-3-1"):
            procedure.action_publish()
        version.field_ids.filtered(lambda field: field.key == "work_contract").required = False
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_a_procedure_for_a_child_asks_once_which(self):
        """The page asks for whom; a question of the form could say another child."""
        for template in self.templates:
            data = template._get_definition()
            if data.get("applicant_kinds") == "child":
                types = {field["type"] for field in data["fields"]}
                self.assertNotIn("children", types, template.name)

    def test_they_are_found_by_a_word_of_their_name_or_description(self):
        found = self.env["procedure.template"].with_user(self.manager).name_search("branchement")
        self.assertEqual(len(found), 1)

    def test_they_name_no_commune_and_no_person(self):
        names = self.env["territory.commune"].search([]).mapped("name")
        names += ["Aire", "Argonne", "Meuse", "Camille", "Durand"]
        for path in FOLDER.glob("*.json"):
            text = path.read_text()
            for name in names:
                self.assertFalse(re.search(rf"\b{re.escape(name)}\b", text), f"{path}: {name}")
            self.assertFalse(re.search(r"\d{2}[ .]\d{2}[ .]\d{2}[ .]\d{2}", text), path)

    def test_they_are_typed_as_french_is(self):
        for path in FOLDER.glob("*.json"):
            for line in path.read_text().splitlines():
                key, _mark, words = line.partition('": "')
                if "pattern" in key and "message" not in key:
                    continue
                self.assertFalse(re.search(r" [:;?!»]|« |\w'\w", words), f"{path}: {line}")

    def test_the_school_enrolment_asks_for_the_closed_list_only(self):
        data = self.templates.filtered(lambda t: "scolaire" in t.code)._get_definition()
        required = {
            field["requirement_code"]: field
            for field in data["fields"]
            if field["type"] == "file" and field.get("required")
        }
        self.assertEqual(set(required), {"child_identity", "guardian_identity", "proof_of_address"})
        for field in required.values():
            self.assertEqual(field["conditions"][0]["value"], "document", "or a sworn statement")

    def test_no_question_depends_on_a_yes_or_no_being_answered(self):
        """“No” is an answer too: such a condition asks who refuses."""
        wrong = []
        for template in self.templates:
            questions = template._get_definition()["fields"]
            yes_or_no = {each["key"] for each in questions if each["type"] == "boolean"}
            wrong += [
                (template.name, question["key"])
                for question in questions
                for condition in question.get("conditions", ())
                if condition["key"] in yes_or_no and condition.get("operator") in ("set", "not set")
            ]
        self.assertEqual(wrong, [])

    def test_loading_again_changes_nothing_and_drops_what_left(self):
        Template = self.env["procedure.template"]
        ids = Template.search([]).ids
        old = Template.create({"name": "Ancien", "code": "99_ancien", "content": "{}"})
        Template._load_files()
        self.assertFalse(old.exists())
        self.assertEqual(Template.search([]).ids, ids)

    def test_only_managers_read_them_and_nobody_writes_them(self):
        template = self.templates[0]
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.subTest(user.login):
                for attempt in (
                    lambda: template.with_user(user).read(["name"]),  # noqa: B023
                    lambda: template.with_user(user).action_use(),  # noqa: B023
                ):
                    with self.assertRaises(AccessError):
                        attempt()
        self.assertTrue(template.with_user(self.manager).action_use())
        for user in (self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                template.with_user(user).write({"content": "{}"})
            with self.assertRaises(AccessError):
                template.with_user(user).unlink()
