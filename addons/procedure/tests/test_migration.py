from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL
from odoo.tools.misc import file_path
from odoo.tools.sql import column_exists

MAILS = ("mail_implicit_accepted", "mail_implicit_refused")


@tagged("post_install", "-at_install")
class TestMigration(TransactionCase):
    def test_mails_of_silence_that_nobody_sent_go(self):
        """Those of `procedure_silence` are the ones that leave."""
        model = self.env["ir.model"]._get("procedure.request")
        for name in MAILS:
            template = self.env["mail.template"].create({"name": name, "model_id": model.id})
            self.env["ir.model.data"].search(
                [("module", "=", "procedure"), ("name", "=", name)]
            ).unlink()
            self.env["ir.model.data"].create(
                {
                    "module": "procedure",
                    "name": name,
                    "model": "mail.template",
                    "res_id": template.id,
                    "noupdate": True,
                }
            )
        path = file_path("procedure/migrations/19.0.1.11.0/post-migration.py")
        migrate = load_script(path, "post_migration_mails").migrate
        migrate(self.env.cr, "19.0.1.10.0")
        # Once more, as when an update was stopped half way.
        migrate(self.env.cr, "19.0.1.10.0")
        for name in MAILS:
            self.assertFalse(self.env.ref(f"procedure.{name}", raise_if_not_found=False))

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
