from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL
from odoo.tools.misc import file_path
from odoo.tools.sql import column_exists


@tagged("post_install", "-at_install")
class TestMigration(TransactionCase):
    def test_an_answer_points_to_the_record_of_its_former_column(self):
        columns = {
            "commune_id": "territory.commune",
            "partner_id": "res.partner",
            "dwelling_id": "territory.dwelling",
            "service_id": "territory.service",
        }
        cr = self.env.cr
        cr.execute("ALTER TABLE procedure_answer DROP COLUMN res_model, DROP COLUMN res_id")
        for column in columns:
            cr.execute(SQL("ALTER TABLE procedure_answer ADD %s int4", SQL.identifier(column)))
        cr.execute("ALTER TABLE procedure_answer ALTER request_id DROP NOT NULL")
        for key, column in ({column: column for column in columns} | {"none": "id"}).items():
            cr.execute(
                SQL(
                    "INSERT INTO procedure_answer (key, value_text, %s) VALUES (%s, 'kept', 7001)",
                    SQL.identifier(column),
                    f"migrated {key}",
                )
            )
        path = file_path("procedure/migrations/19.0.1.20.0/pre-migration.py")
        migrate = load_script(path, "pre_migration_links").migrate
        migrate(cr, "19.0.1.11.0")
        migrate(cr, "19.0.1.11.0")
        cr.execute(
            "SELECT key, value_text, res_model, res_id FROM procedure_answer"
            " WHERE key LIKE 'migrated %'"
        )
        self.assertEqual(
            set(cr.fetchall()),
            {(f"migrated {column}", "kept", model, 7001) for column, model in columns.items()}
            | {("migrated none", "kept", None, None)},
        )
        for column in columns:
            self.assertFalse(column_exists(cr, "procedure_answer", column))
