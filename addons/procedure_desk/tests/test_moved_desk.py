from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tests import TransactionCase, tagged

from ..tools.moved_desk import FIELDS, MAILED, MODELS, TEMPLATES, move_desk

IDS = """
    SELECT name, model, res_id FROM ir_model_data WHERE module = %s
"""
CONSTRAINTS = """
    SELECT checked.name FROM ir_model_constraint AS checked
      JOIN ir_module_module AS addon ON addon.id = checked.module WHERE addon.name = %s
"""
TABLES = """
    SELECT relation.name FROM ir_model_relation AS relation
      JOIN ir_module_module AS addon ON addon.id = relation.module WHERE addon.name = %s
"""
# New since this addon: before, its button was in the view of `procedure`, no question was asked
# later, and the day of a request was that of Greenwich.
NEW = (
    "procedure_procedure_view_form",
    "model_procedure_field",
    "field_procedure_field__id",
    "field_procedure_field__display_name",
    "field_procedure_request__is_reachable",
    "field_procedure_request__received_day",
    "field_procedure_request__waived_keys",
)


@tagged("post_install", "-at_install")
class TestMovedDesk(TransactionCase):
    """A database made before this addon: all was declared by `procedure`."""

    def _read(self, query, addon="procedure_desk"):
        self.env.cr.execute(query, [addon])
        return set(self.env.cr.fetchall())

    def _put_back(self):
        """As `procedure` had it."""
        cr = self.env.cr
        cr.execute(
            "DELETE FROM ir_model_data WHERE module = 'procedure' AND name = %s AND noupdate",
            [MAILED],
        )
        cr.execute(
            "DELETE FROM ir_model_data WHERE module = 'procedure_desk' AND name IN %s", [NEW]
        )
        # What every addon that extends a model declares again for itself.
        cr.execute(
            """
            DELETE FROM ir_model_data AS data USING ir_model_data AS kept
             WHERE data.module = 'procedure_desk' AND kept.module = 'procedure'
               AND data.name = kept.name
            """
        )
        cr.execute("UPDATE ir_model_data SET module = 'procedure' WHERE module = 'procedure_desk'")
        cr.execute("UPDATE ir_ui_view SET key = replace(key, 'procedure_desk.', 'procedure.')")
        for table in ("ir_model_constraint", "ir_model_relation"):
            cr.execute(
                f"""
                UPDATE {table} SET module = before.id
                  FROM ir_module_module AS desk, ir_module_module AS before
                 WHERE desk.name = 'procedure_desk' AND before.name = 'procedure'
                   AND {table}.module = desk.id
                """
            )

    def test_everything_keeps_its_row(self):
        self.env.flush_all()
        ids, constraints, tables = map(self._read, (IDS, CONSTRAINTS, TABLES))
        others = self._read(IDS, "procedure")
        known = {name for name, _model, _id in others}
        action = self.env.ref(f"procedure_desk.{MAILED}")
        self._put_back()
        self.assertFalse(self._read(IDS))
        self.assertFalse(self._read(TABLES))
        move_desk(self.env.cr)
        # Once more, as when an installation was stopped half way.
        move_desk(self.env.cr)
        moved = {row for row in ids if row[0] not in known or row[0] == MAILED}
        self.assertEqual(self._read(IDS), {row for row in moved if row[0] not in NEW})
        self.assertEqual(self._read(CONSTRAINTS), constraints)
        self.assertEqual(self._read(TABLES), tables)
        left = self._read(IDS, "procedure")
        mailed = (MAILED, "ir.actions.act_window", action.id)
        self.assertEqual(left - {mailed}, others - {mailed})
        self.assertIn(mailed, left, "the address in the mails of the morning")
        keys = [f"procedure_desk.{name}" for name in TEMPLATES]
        views = self.env["ir.ui.view"].search([("key", "in", keys)])
        self.assertEqual(set(views.mapped("key")), set(keys))

    def test_the_names_are_those_of_this_addon(self):
        def is_own(field):
            return field._modules and field._modules[0] == "procedure_desk"

        moved = {
            model._original_module: set()
            for model in self.env.registry.values()
            if model._original_module
        }
        for name, model in self.env.registry.items():
            moved[model._original_module].add(name)
        self.assertEqual(moved["procedure_desk"], set(MODELS))
        own = {
            f"{name}.{field.name}"
            for name in ("procedure.document.line", "procedure.procedure", "procedure.request")
            for field in self.env[name]._fields.values()
            if field.name not in LOG_ACCESS_COLUMNS and is_own(field)
        }
        new = {
            f"procedure.request.{name}" for name in ("is_reachable", "received_day", "waived_keys")
        }
        self.assertEqual(own - new, set(FIELDS))
