import base64
import copy
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon

# What a draft may add to; every other table stays as it is.
WRITTEN = {
    "procedure_version",
    "procedure_field",
    "procedure_field_option",
    "procedure_field_condition",
    "procedure_draft_file",
    "procedure_definition_place",
}


@tagged("post_install", "-at_install")
class TestDraftFile(ProcedureCommon):
    """A file becomes the next draft of a procedure that exists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._submit()
        cls.env.flush_all()
        cls.procedure = cls.procedure.with_user(cls.manager).with_context(lang="fr_FR")
        cls.published = cls.procedure.version_id
        definition = cls.env["procedure.definition"].with_user(cls.manager)
        cls.data = definition._export(cls.procedure, cls.published)

    def setUp(self):
        super().setUp()
        self.data = copy.deepcopy(self.data)

    def _field(self, key):
        return next(row for row in self.data["fields"] if row["key"] == key)

    def _open(self, data=None, user=None):
        text = json.dumps(data or self.data, ensure_ascii=False, indent=4)
        wizards = self.env["procedure.draft.file"].with_user(user or self.manager)
        return wizards.with_context(lang="fr_FR").create(
            {"procedure_id": self.procedure.id, "file": base64.b64encode(text.encode())}
        )

    def _read(self, data=None):
        wizard = self._open(data)
        wizard.action_read()
        return wizard

    def _snapshot(self):
        """Every row of every table, but those of drafts."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {table for (table,) in cr.fetchall()} - WRITTEN
        rows = {}
        for table in sorted(tables):
            words = "md5(string_agg(t::text, chr(10) ORDER BY t::text))"
            cr.execute(f'SELECT count(*), {words} FROM "{table}" t')
            rows[table] = cr.fetchone()
        return rows

    def test_the_difference_is_read_before_anything_is_written(self):
        self._field("note")["label"] = "Remarques"
        self.data["fields"].append({"key": "floor", "type": "char", "label": "Étage"})
        wizard = self._read()
        self.assertEqual(
            wizard.report.split("\n"),
            [
                "Question «\xa0Remarques\xa0»\xa0: libellé changé, c'était «\xa0Précisions\xa0»",
                "Ajout\xa0: Question «\xa0Étage\xa0»",
            ],
        )
        self.assertFalse(wizard.has_mistakes)
        self.assertEqual(self.procedure.version_ids, self.published)

    def test_steps_templates_and_requests_are_untouched(self):
        before = self._snapshot()
        self.data.update(
            name="Un autre nom", summary="Autre chose", steps=[{"name": "Une autre étape"}]
        )
        self._field("note")["label"] = "Remarques"
        wizard = self._read()
        self.assertEqual(self._snapshot(), before)
        wizard.action_apply()
        self.assertEqual(self._snapshot(), before)
        draft = self.procedure._get_draft()
        self.assertEqual(draft.number, self.published.number + 1)
        self.assertEqual(draft.field_ids.mapped("key"), self.published.field_ids.mapped("key"))
        self.assertEqual(self.procedure.version_id, self.published)
        self.assertEqual(self.request.version_id, self.published)
        self.assertFalse(draft._get_difference(self.published)[1:])

    def test_a_key_whose_type_changed_is_refused_by_its_line(self):
        self._field("note")["type"] = "char"
        wizard = self._read()
        text = json.dumps(self.data, ensure_ascii=False, indent=4).split("\n")
        number = next(index for index, line in enumerate(text, 1) if '"key": "note"' in line)
        self.assertEqual(
            wizard.report,
            f"Ligne {number}, «\xa0Précisions\xa0»\xa0: la clé «\xa0note\xa0» est du type "
            "«\xa0Texte court\xa0» dans le fichier, et «\xa0Texte long\xa0» dans la version 1. "
            "Donnez une autre clé à la question.",
        )
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(self.procedure.version_ids, self.published)

    def test_what_the_procedure_has_stays_unless_somebody_says_otherwise(self):
        self.data["service"] = "nowhere"
        wizard = self._read()
        self.assertEqual((wizard.service_id, wizard.file_service), (self.waste, "nowhere"))
        self.assertEqual(wizard.processing_id, self.procedure.processing_id)
        self.assertEqual(wizard.file_register, "ESSAI")
        wizard.service_id = self.school
        wizard.action_apply()
        self.assertEqual(self.procedure.service_id, self.school)
        self.assertTrue(self.procedure._get_draft())

    def test_a_file_takes_no_draft_away(self):
        draft = self.procedure.action_new_version()
        self.assertIn("a déjà un brouillon", self._read().report)
        with self.assertRaises(UserError):
            self._open().action_apply()
        self.assertEqual(self.procedure._get_draft(), draft)

    def test_what_was_not_read_is_not_applied(self):
        wizard = self._read()
        with self.assertRaises(UserError):
            self._open().action_apply()
        text = json.dumps({**self.data, "fields": self.data["fields"][:2]})
        wizard.file = base64.b64encode(text.encode())
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_a_file_that_is_none(self):
        self.data["fields"][0]["nothing"] = 1
        self.assertIn("nothing", self._read().report)
        self.assertEqual(
            self._read({**self.data, "fields": []}).report, "Ce fichier n’a aucune question."
        )

    def test_a_manager_alone(self):
        for user in (self.agent, self.secretary, self.dpo, self.camille):
            with self.assertRaises(AccessError):
                self._open(user=user)
            with self.assertRaises(AccessError):
                self.procedure.with_user(user).action_draft_from_file()
