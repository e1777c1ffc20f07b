from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

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
