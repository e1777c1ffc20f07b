from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

MAILS = ("mail_implicit_accepted", "mail_implicit_refused")
# What belonged to `procedure`: (name of an XML id, its model).
MOVED = (
    ("field_procedure_procedure__regime", "ir.model.fields"),
    ("selection__procedure_procedure__regime__sva", "ir.model.fields.selection"),
    ("field_procedure_procedure__validated_by_id", "ir.model.fields"),
    ("field_procedure_request__date_silence", "ir.model.fields"),
    ("field_procedure_request__silence_rule", "ir.model.fields"),
    ("selection__procedure_decision__kind__implicit_accepted", "ir.model.fields.selection"),
    ("selection__procedure_decision__kind__implicit_refused", "ir.model.fields.selection"),
)


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

    def _migrate(self):
        path = file_path("procedure/migrations/19.0.1.22.0/pre-migration.py")
        self.env.flush_all()
        load_script(path, "pre_migration_silence").migrate(self.env.cr, "19.0.1.20.0")
        self.env.invalidate_all()

    def test_what_was_the_framework_s_is_found_by_its_new_owner(self):
        """Or the update would drop the columns, and undo the decisions of silence."""
        Data = self.env["ir.model.data"]
        for module, names in (
            ("procedure", [name for name, _model in MOVED]),
            ("procedure_letter", ["attestation_body"]),
        ):
            known = Data.search([("module", "=", "procedure_silence"), ("name", "in", names)])
            self.assertEqual(len(known), len(names))
            self.env.cr.execute(
                "UPDATE ir_model_data SET module = %s WHERE id IN %s", (module, tuple(known.ids))
            )
        self.env["ir.ui.view"].search(
            [("key", "=", "procedure_silence.attestation_body")]
        ).key = "procedure_letter.attestation_body"
        # Once more, as when an update was stopped half way.
        self._migrate()
        self._migrate()
        for name, model in MOVED:
            with self.subTest(name):
                self.assertEqual(self.env.ref(f"procedure_silence.{name}")._name, model)
                self.assertFalse(self.env.ref(f"procedure.{name}", raise_if_not_found=False))
        left = [("module", "=", "procedure"), ("name", "=like", "field_%silence%")]
        self.assertFalse(Data.search(left))
        view = self.env.ref("procedure_silence.attestation_body")
        self.assertEqual(view.key, "procedure_silence.attestation_body")

    def test_a_mail_that_somebody_changed_calls_what_it_called(self):
        """An update leaves the mails alone: what they call has another name."""
        template = self.env["mail.template"].create(
            {
                "name": "Completed",
                "model_id": self.env["ir.model"]._get_id("procedure.request"),
                "body_html": '<p t-if="object._get_silence_sentence()">Mine: '
                '<t t-out="object._get_silence_sentence()"/></p>',
            }
        )
        self._migrate()
        self.assertEqual(template.body_html.count("object._get_unanswered_sentence()"), 2)
        self.assertNotIn("_get_silence_sentence", template.body_html)
