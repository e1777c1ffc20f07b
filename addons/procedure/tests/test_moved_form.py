from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tests import TransactionCase, tagged

from odoo.addons.procedure_form.tools.moved_form import (
    FROM_FILING,
    OWN_FIELDS,
    OWN_TABLES,
    RECORDS,
    move_form,
)

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


@tagged("post_install", "-at_install")
class TestMovedForm(TransactionCase):
    """A database made before this addon: all was declared by `procedure`."""

    def _read(self, query, addon="procedure_form"):
        self.env.cr.execute(query, [addon])
        return set(self.env.cr.fetchall())

    def _put_back(self):
        """As `procedure` had it."""
        cr = self.env.cr
        cr.execute(
            """
            DELETE FROM ir_model_data AS data USING ir_model_data AS moved
             WHERE data.module = 'procedure' AND moved.module = 'procedure_form'
               AND data.name = moved.name AND data.name NOT IN %s
            """,
            [RECORDS],
        )
        # The views of `procedure` are additions to those, under the same names.
        cr.execute("DELETE FROM ir_model_data WHERE module = 'procedure' AND name IN %s", [RECORDS])
        cr.execute("UPDATE ir_model_data SET module = 'procedure' WHERE module = 'procedure_form'")
        cr.execute("UPDATE ir_ui_view SET key = replace(key, 'procedure_form.', 'procedure.')")
        for table in ("ir_model_constraint", "ir_model_relation"):
            cr.execute(
                f"""
                UPDATE {table} SET module = before.id
                  FROM ir_module_module AS form, ir_module_module AS before
                 WHERE form.name = 'procedure_form' AND before.name = 'procedure'
                   AND {table}.module = form.id
                """
            )

    def _declare_before(self):
        """The fields that the filing rules declared; gives their names among the XML ids."""
        model = self.env["ir.model"]._get("procedure.procedure.filing")
        cr = self.env.cr
        for name in FROM_FILING:
            cr.execute(
                """
                INSERT INTO ir_model_fields (name, model, model_id, ttype, state, field_description)
                     VALUES (%s, 'procedure.procedure.filing', %s, 'boolean', 'base',
                             '{"en_US": "Before"}')
                  RETURNING id
                """,
                [name, model.id],
            )
            cr.execute(
                """
                INSERT INTO ir_model_data (module, name, model, res_id)
                     VALUES ('procedure', %s, 'ir.model.fields', %s)
                """,
                [f"field_procedure_procedure_filing__{name}", cr.fetchone()[0]],
            )
        return {f"field_procedure_procedure_filing__{name}" for name in FROM_FILING}

    def test_everything_keeps_its_row(self):
        self.env.flush_all()
        ids, constraints, tables = map(self._read, (IDS, CONSTRAINTS, TABLES))
        others = self._read(IDS, "procedure")
        self._put_back()
        filing = self._declare_before()
        self.assertFalse(self._read(IDS))
        self.assertFalse(self._read(TABLES))
        move_form(self.env.cr)
        # Once more, as when an installation was stopped half way.
        move_form(self.env.cr)
        # What every addon that extends a model declares again for itself.
        automatic = {
            row
            for row in ids
            if row[0].startswith("field_procedure_procedure__")
            and row[0].removeprefix("field_procedure_procedure__") not in OWN_FIELDS
        }
        # Made since: no database of before had it.
        automatic |= {row for row in ids if "_procedure_version_part" in row[0]}
        self.assertEqual(self._read(IDS) | automatic, ids)
        self.assertEqual(self._read(CONSTRAINTS), constraints)
        self.assertEqual(self._read(TABLES), tables)
        self.assertEqual({name for (name,) in tables}, set(OWN_TABLES))
        names = {name for name, _model, _id in self._read(IDS, "procedure")}
        self.assertFalse(names - {name for name, _model, _id in others | ids})
        # Odoo would look for a table to drop.
        self.assertFalse(names & filing)
        self.assertFalse(
            self.env["ir.model.fields"].search(
                [("model", "=", "procedure.procedure.filing"), ("name", "in", FROM_FILING)]
            )
        )
        self.assertTrue(
            self.env["ir.ui.view"].search([("key", "=", "procedure_form.procedure_todo")])
        )

    def test_the_fields_named_are_those_of_this_addon(self):
        fields = self.env["procedure.procedure"]._fields
        own = {
            name
            for name, field in fields.items()
            if field._module == "procedure_form"
            or (field._modules and field._modules[0] == "procedure_form")
        }
        self.assertEqual(own - set(LOG_ACCESS_COLUMNS), set(OWN_FIELDS))
