from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path


@tagged("post_install", "-at_install")
class TestMigration(TransactionCase):
    def test_previous_addresses_go_to_the_table_of_all_pages(self):
        """A database made when only procedures had previous addresses."""
        procedure = self.env["procedure.procedure"].create({"name": "Un bac", "code": "BACMIG"})
        self.env.flush_all()
        self.env.cr.execute(
            "CREATE TABLE website_procedure_slug (slug varchar, procedure_id int, create_uid int,"
            " create_date timestamp, write_uid int, write_date timestamp)"
        )
        self.env.cr.execute(
            "INSERT INTO website_procedure_slug (slug, procedure_id) VALUES ('un-vieux-bac', %s)",
            [procedure.id],
        )
        path = file_path("website_procedure/migrations/19.0.1.2.0/pre-migration.py")
        migrate = load_script(path, "pre_migration_slug").migrate
        migrate(self.env.cr, "19.0.1.1.0")
        # Once more, as when an update was stopped half way.
        migrate(self.env.cr, "19.0.1.1.0")
        self.assertEqual(procedure._find_by_slug("un-vieux-bac", []), procedure)
        self.env.cr.execute("SELECT to_regclass('website_procedure_slug')")
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_previous_address_goes_with_its_procedure(self):
        procedure = self.env["procedure.procedure"].create({"name": "Un bac", "code": "BACMIG"})
        procedure.slug = "un-autre-bac"
        slugs = self.env["website.slug"].search([("res_id", "=", procedure.id)])
        self.assertEqual(slugs.mapped("slug"), ["un-bac"])
        procedure.unlink()
        self.assertFalse(slugs.exists())
