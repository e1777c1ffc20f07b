from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

SOURCE, TARGET = "website_procedure", "website_procedure_request"
# Made since: no older database has them under another name.
NEWER = ["organisation_requests", "to_answer"]


@tagged("post_install", "-at_install")
class TestMigration(TransactionCase):
    """A database made when one addon held the forms and the requests followed: its rows change
    hands, and none is made again."""

    def _read(self):
        """What this addon alone declares: (model, name, id), and the constraints of its tables."""
        self.cr.execute(
            """
            SELECT model, name, res_id FROM ir_model_data AS own
             WHERE module = %s AND name != ALL(%s) AND NOT EXISTS (
                   SELECT 1 FROM ir_model_data AS other
                    WHERE other.module = %s AND other.name = own.name)
             ORDER BY model, name
            """,
            (TARGET, NEWER, SOURCE),
        )
        rows = self.cr.fetchall()
        self.cr.execute(
            """
            SELECT known.name FROM ir_model_constraint AS known
              JOIN ir_module_module AS module ON module.id = known.module
             WHERE module.name = %s ORDER BY known.name
            """,
            (TARGET,),
        )
        return rows, [name for (name,) in self.cr.fetchall()]

    def _go_back(self):
        """As it was before this addon."""
        rows, _constraints = self._read()
        names = [name for _model, name, _id in rows]
        self.cr.execute(
            "UPDATE ir_model_data SET module = %s WHERE module = %s AND name = ANY(%s)",
            (SOURCE, TARGET, names),
        )
        self.cr.execute(
            r"""
            UPDATE ir_ui_view SET key = replace(key, %(target)s, %(source)s),
                   arch_db = replace(arch_db::text, %(target)s, %(source)s)::jsonb
             WHERE key LIKE %(target)s || '%%' OR arch_db::text LIKE '%%' || %(target)s || '%%'
            """,
            {"source": f"{SOURCE}.", "target": f"{TARGET}."},
        )
        self.cr.execute(
            """
            UPDATE ir_model_constraint SET module = source.id
              FROM ir_module_module AS source, ir_module_module AS target
             WHERE source.name = %s AND target.name = %s AND module = target.id
            """,
            (SOURCE, TARGET),
        )
        self.env.invalidate_all()

    def _migrate(self):
        path = file_path(f"{SOURCE}/migrations/19.0.1.4.0/pre-migration.py")
        load_script(path, "pre_migration_follow").migrate(self.cr, "19.0.1.3.0")
        self.env.invalidate_all()

    def test_everything_of_a_request_changes_hands(self):
        before = self._read()
        kinds = {model for model, _name, _id in before[0]}
        self.assertLessEqual(
            {
                "ir.model",
                "ir.model.access",
                "ir.model.constraint",
                "ir.model.fields",
                "ir.ui.view",
            },
            kinds,
        )
        self._go_back()
        self.assertEqual(self._read(), ([], []))
        self._migrate()
        # Once more, as when an update was stopped half way.
        self._migrate()
        self.assertEqual(self._read(), before)

    def test_a_page_written_in_the_editor_follows(self):
        self._go_back()
        website = self.env["website"].search([], limit=1)
        original = self.env.ref(f"{SOURCE}.request_body")
        copy = original.copy({"website_id": website.id, "key": original.key})
        calls = "".join(f'<t t-call="{SOURCE}.{name}"/>' for name in ("request_table", "form"))
        page = self.env["ir.ui.view"].create(
            {"type": "qweb", "key": "own.page", "arch": f"<div>{calls}</div>"}
        )
        self.env.flush_all()
        self._migrate()
        self.assertEqual(original.key, f"{TARGET}.request_body")
        self.assertEqual(copy.key, f"{TARGET}.request_body")
        self.assertIn(f't-call="{TARGET}.decision_body"', copy.arch_db)
        self.assertIn(f't-call="{TARGET}.request_table"', page.arch_db)
        self.assertIn(f't-call="{SOURCE}.form"', page.arch_db, "What stays is called as before")
        self.assertIn(f't-call="{SOURCE}.upload_words"', copy.arch_db)
