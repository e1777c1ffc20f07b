import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.procedure_list.tests.common import ListCommon

LOAD = "territory.file.load"
# Of each loader, a file that it takes, one whose every line is wrong, and one without the columns
# that it needs.
FILES = {
    "procedure.list.load": (
        "code;libellé\nneuve;Rue Neuve\n",
        "code;libellé\n" + "a b;Rue\n" * 60,
        "code;valable du\nneuve;01/09/2026\n",
    ),
    "waste.round.load": (
        "tournée;déchet;jour;commune\nessai-1;tri;lundi;55532\n",
        "tournée;déchet;jour;commune\n" + "essai-1;or;lundi;55532\n" * 60,
        "tournée;déchet\nessai-1;tri\n",
    ),
}


@tagged("post_install", "-at_install")
class TestFileLoads(ListCommon):
    """Whatever file is loaded: read first, in words, line by line; then written as it was read."""

    def _wizard(self, name, text):
        vals = {"file": text and base64.b64encode(text.encode())}
        if name == "procedure.list.load":
            vals["list_id"] = self.streets.id
        else:
            vals["service_id"] = self.waste.id
        return self.env[name].with_user(self.manager).with_context(lang="fr_FR").create(vals)

    def _count(self, name):
        self.env.flush_all()
        model = {"procedure.list.load": "procedure.list.row", "waste.round.load": "waste.round"}
        return self.env[model[name]].search_count([])

    def test_every_loader_of_lines_is_tried_here(self):
        """That of the draft of a procedure reads no lines: `procedure_builder_file/tests`."""
        children = set(self.registry[LOAD]._inherit_children)
        self.assertEqual(children, {*FILES, "procedure.draft.file"})

    def test_it_is_read_then_written(self):
        for name, (good, _wrong, _other) in FILES.items():
            wizard, before = self._wizard(name, good), self._count(name)
            action = wizard.action_read()
            self.assertEqual((action["res_model"], action["res_id"]), (name, wizard.id))
            self.assertTrue(wizard.report)
            self.assertFalse(wizard.has_mistakes, wizard.report)
            self.assertEqual(self._count(name), before, "read only")
            wizard.action_apply()
            self.assertNotEqual(self._count(name), before)

    def test_what_was_not_read_is_not_written(self):
        for name, (good, _wrong, _other) in FILES.items():
            wizard, before = self._wizard(name, good), self._count(name)
            with self.assertRaisesRegex(UserError, "relisez"):
                wizard.action_apply()
            wizard.action_read()
            wizard.file = base64.b64encode(good.replace("euve", "ouvelle").encode() + b"\n")
            with self.assertRaisesRegex(UserError, "relisez"):
                wizard.action_apply()
            self.assertEqual(self._count(name), before)

    def test_each_line_is_told_and_no_more_than_one_reads(self):
        for name, (_good, wrong, _other) in FILES.items():
            wizard, before = self._wizard(name, wrong), self._count(name)
            wizard.action_read()
            self.assertTrue(wizard.has_mistakes)
            first, *lines, rest = wizard.report.split("\n")
            self.assertIn("60", first)
            self.assertIn("10", rest)
            self.assertEqual(len(lines), 50)
            self.assertTrue(lines[0].startswith("Ligne 2\xa0: "), lines[0])
            self.assertTrue(lines[-1].startswith("Ligne 51\xa0: "), lines[-1])
            with self.assertRaisesRegex(UserError, "Corrigez"):
                wizard.action_apply()
            self.assertEqual(self._count(name), before)

    def test_what_is_no_such_file_is_told(self):
        for name, (_good, _wrong, other) in FILES.items():
            for text, words in (
                ("", "Choisissez le fichier"),
                ("\n", "vide"),
                (other, "La première ligne|Aucune colonne"),
                ('a;b\n"x;y', "CSV"),
            ):
                for act in ("action_read", "action_apply"):
                    with self.assertRaisesRegex(UserError, words):
                        getattr(self._wizard(name, text), act)()
