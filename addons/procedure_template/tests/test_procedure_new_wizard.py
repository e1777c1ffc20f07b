import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TemplateCommon


@tagged("post_install", "-at_install")
class TestNewWizard(TemplateCommon):
    def test_from_a_template(self):
        template = self.env["procedure.template"].search([], limit=1)
        with Form(self.env["procedure.new.wizard"].with_user(self.manager)) as form:
            form.template_id = template
            self.assertEqual(form.name, template.name)
            self.assertTrue(form.code)
            form.service_id = self.waste
        action = form.save().action_create_procedure()
        procedure = self.env["procedure.procedure"].browse(action["res_id"])
        self.assertEqual((procedure.name, procedure.state), (template.name, "draft"))
        self.assertEqual(procedure.service_id, self.waste)
        self.assertEqual(len(procedure.version_ids), 1)
        self.assertTrue(procedure.processing_id.is_proposed)
        self.assertIn("accept", procedure.with_user(self.manager).todo_html)
        procedure.processing_id.with_user(self.manager).action_accept()
        procedure.with_user(self.manager).action_publish()
        self.assertEqual(procedure.state, "published")

    def test_a_theme_is_proposed_and_two_templates_of_a_hall_are_told_apart(self):
        topics = self.env["territory.topic"]
        topic = topics.search([("code", "=", "vie-locale")]) or topics.create(
            {"name": "Vie locale", "code": "vie-locale"}
        )
        template = self.env["procedure.template"].search([("code", "=", "03_location_salle")])
        with Form(self.env["procedure.new.wizard"].with_user(self.manager)) as form:
            form.template_id = template
            self.assertEqual(form.topic_id, topic)
            self.assertIn("Without calendar", form.template_note)
        action = form.save().action_create_procedure()
        procedure = self.env["procedure.procedure"].browse(action["res_id"])
        self.assertEqual(procedure.topic_id, topic)
        # A territory of other themes: nothing is proposed.
        topic.code = "autre"
        self.assertFalse(template._find_topic())

    def test_the_name_and_the_code_are_proposed(self):
        Wizard = self.env["procedure.new.wizard"].with_user(self.manager)
        with Form(Wizard) as form:
            form.source = "empty"
            form.name = "Demander un bac"
            self.assertEqual(form.code, self._free_code())
            form.name = "Réserver la salle des fêtes"
            self.assertEqual(form.code, "SALLE")
            form.name = "Essai"
            self.assertEqual(form.code, "ESSAI2", "ESSAI is taken")
            form.name = "Été"
            self.assertEqual(form.code, "ETE")
            form.code = "MIEN"
        self.assertEqual(form.code, "MIEN")

    def _free_code(self):
        codes = self.env["procedure.procedure"].search([]).mapped("code")
        return "BAC2" if "BAC" in codes else "BAC"

    def test_only_the_time_of_keeping_is_left_to_say(self):
        """The register asks eleven things (GDPR art. 30): what never changes is proposed."""
        entry = self._create(source="empty", name="Essai du registre", code="neuf9").processing_id
        self.assertEqual(entry._missing_items(), [entry._fields["retention"].string])
        entry.retention = "Un an"
        self.assertTrue(entry.is_complete)

    def test_from_nothing(self):
        procedure = self._create(source="empty", name="Essai neuf", code="neuf1")
        self.assertEqual((procedure.code, procedure.state), ("NEUF1", "draft"))
        self.assertEqual(procedure.version_ids.state, "draft")
        self.assertEqual(procedure.processing_id.name, "Essai neuf")
        for words in ("service", "Retention", "no field"):
            self.assertIn(words, procedure.todo_html)
        with self.assertRaises(ValidationError):
            procedure.action_publish()

    def test_from_another_procedure(self):
        self.procedure.step_ids[1].fold = True
        self.procedure.write({"date_close": "2027-01-01", "commune_ids": self.vaubecourt.ids})
        draft = self.procedure.action_new_version()
        draft.field_ids[1].label = "Pas encore publié"
        wizard = self._wizard(source="procedure", procedure_id=self.procedure.id)
        self.assertEqual(
            (wizard.name, wizard.code, wizard.service_id),
            (
                "Demander un bac (copy)",
                self._free_code(),
                self.waste,
            ),
        )
        wizard.code = "COPIEUNE"
        copy = self.env["procedure.procedure"].browse(wizard.action_create_procedure()["res_id"])
        self.assertEqual((copy.state, copy.commune_ids), ("draft", self.vaubecourt))
        self.assertEqual(copy.step_ids.mapped("name"), ["À préparer", "Livré"])
        self.assertEqual(copy.step_ids.mapped("fold"), [False, True])
        self.assertEqual((copy.version_ids.number, copy.version_ids.state), (1, "draft"))
        self.assertFalse(copy.version_ids.published_on)
        published = self.procedure.version_id.field_ids
        self.assertEqual(copy.version_ids.field_ids.mapped("label"), published.mapped("label"))
        self.assertEqual(
            copy.version_ids.field_ids.option_ids.mapped("value"),
            published.option_ids.mapped("value"),
        )
        self.assertEqual(
            len(copy.version_ids.field_ids.condition_ids), len(published.condition_ids)
        )
        self.assertNotEqual(copy.processing_id, self.procedure.processing_id)
        self.assertTrue(copy.processing_id.is_proposed)
        self.assertEqual(copy.processing_id.purpose, self.procedure.processing_id.purpose)
        copy.version_ids.field_ids[1].with_user(self.manager).label = "Autre adresse"
        self.assertEqual(published[1].label, "Adresse", "the original does not move")

    def test_from_a_file(self):
        content = self.procedure._export_definition()
        wizard = self._wizard(source="file", file=self._file(content), filename="bac.json")
        self.assertEqual((wizard.name, wizard.code), ("Demander un bac", "ESSAI2"))
        procedure = self.env["procedure.procedure"].browse(
            wizard.action_create_procedure()["res_id"]
        )
        again = json.loads(procedure._export_definition())
        self.assertEqual({**again, "code": "ESSAI"}, json.loads(content))

    def test_a_bad_file_says_why_and_makes_nothing(self):
        before = self.env["procedure.procedure"].search_count([])
        wizard = self._wizard(source="file", file=self._file(self._data(couleur="bleu")))
        wizard.write({"name": "Essai", "code": "FICHIER"})
        with self.assertRaisesKeeping(ValidationError) as caught:
            wizard.action_create_procedure()
        self.assertIn("couleur", str(caught.exception))
        wizard.file = b"pas du base64 !"
        with self.assertRaisesKeeping(ValidationError):
            wizard.action_create_procedure()
        self.assertEqual(self.env["procedure.procedure"].search_count([]), before)

    def test_what_is_missing_is_asked_for(self):
        for vals, words in (
            ({"source": "empty", "code": "AA1"}, "name"),
            ({"source": "empty", "name": "…"}, "code"),
            ({"source": "empty", "name": "x", "code": "ESSAI"}, "ESSAI2"),
            ({"source": "template", "name": "x", "code": "AA1"}, "template"),
            ({"source": "procedure", "name": "x", "code": "AA1"}, "procedure"),
            ({"source": "file", "name": "x", "code": "AA1"}, "file"),
        ):
            with self.subTest(words), self.assertRaises(UserError) as caught:
                self._create(**vals)
            self.assertIn(words, str(caught.exception))

    def test_only_managers_open_it(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self._wizard(user, source="empty", name="x", code="AA1")
                with self.assertRaises(AccessError):
                    self.procedure.with_user(user).action_new_procedure()
        admin = self.env.ref("base.user_admin")
        self.assertTrue(self._create(admin, source="empty", name="Par l'admin", code="ADM1"))

    def test_the_buttons_open_the_wizard(self):
        Procedure = self.env["procedure.procedure"].with_user(self.manager)
        self.assertEqual(Procedure.action_new_procedure()["res_model"], "procedure.new.wizard")
        context = self.procedure.with_user(self.manager).action_new_procedure()["context"]
        wizard = self.env["procedure.new.wizard"].with_user(self.manager).with_context(**context)
        self.assertEqual(wizard.create({}).procedure_id, self.procedure)


@tagged("post_install", "-at_install")
class TestProposedEntry(TemplateCommon):
    """A proposed entry of the register is read by somebody before anything is published."""

    def _proposed(self):
        processing = self._processing("proposee")
        processing.is_proposed = True
        return processing

    def test_accepting_says_who_and_when(self):
        for user in (self.manager, self.dpo):
            processing = self._proposed()
            with self.assertRaises(UserError) as caught:
                processing._check_publishable()
            self.assertIn("proposal", str(caught.exception))
            processing.with_user(user).action_accept()
            self.assertEqual(processing.accepted_by_id, user)
            self.assertTrue(processing.accepted_on)
            processing._check_publishable()
            processing.unlink()

    def test_nobody_else_accepts_and_nobody_writes_it(self):
        processing = self._proposed()
        for user in (self.agent, self.secretary, self.communication, self.camille):
            with self.subTest(user.login), self.assertRaises(AccessError):
                processing.with_user(user).action_accept()
        for vals in ({"is_proposed": False}, {"accepted_by_id": self.manager.id}):
            with self.assertRaises(AccessError):
                processing.with_user(self.manager).write(vals)
        created = (
            self.env["privacy.processing"]
            .with_user(self.manager)
            .create({"name": "x", "code": "test_x", "accepted_by_id": self.dpo.id})
        )
        self.assertFalse(created.accepted_by_id)
