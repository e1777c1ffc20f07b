import base64
import json

from odoo.addons.procedure.tests.common import ProcedureCommon


def import_template(env, code, service, **vals):
    """A draft of this service, as the manager makes one from its template."""
    data = env["procedure.template"].search([("code", "=", code)])._get_definition()
    return env["procedure.definition"]._import(
        data,
        code=env["procedure.procedure"]._get_free_code(data["code"]),
        service_id=service.id,
        **vals,
    )


def publish_template(env, code, service, **vals):
    """The same, then published."""
    procedure = import_template(env, code, service, **vals)
    procedure.processing_id.action_accept()
    procedure.action_publish()
    return procedure


class TemplateCommon(ProcedureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.definition = cls.env["procedure.definition"].with_user(cls.manager)

    def _wizard(self, user=None, **vals):
        """What the manager fills in, with what the screen computes."""
        Wizard = self.env["procedure.new.wizard"].with_user(user or self.manager)
        return Wizard.create(vals)

    def _create(self, user=None, **vals):
        action = self._wizard(user, **vals).action_create_procedure()
        self.assertEqual(action["res_model"], "procedure.procedure")
        return (
            self.env["procedure.procedure"].with_user(user or self.manager).browse(action["res_id"])
        )

    @classmethod
    def _file(cls, data):
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        return base64.b64encode(content)

    @classmethod
    def _data(cls, **values):
        return {
            "format": "e-territoire.procedure",
            "schema": 2,
            "name": "Démarche d'essai",
            "code": "ESSAIJSON",
            "fields": [{"key": "a", "type": "char", "label": "Question"}],
            **values,
        }
