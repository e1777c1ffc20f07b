import odoo
from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase

from odoo.addons.procedure.filing import Filing

from .common import ProcedureCommon


class ConcurrencyCommon(TransactionCase):
    """Two requests that other transactions see, two agents of their service, one consulted."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            world = type("World", (ProcedureCommon,), {"env": env})
            service = world._service("Course", "race", email="course@exemple.fr")
            consulted = world._service("Course, conseil", "race_consulted")
            users = [
                world._staff(f"race_{name}", "agent", whose)
                for name, whose in (("a", service), ("b", service), ("c", consulted))
            ]
            procedure = world._procedure("Course", "COURSE", service)
            procedure.consulted_service_ids = consulted
            requests = env["procedure.request"]
            for _each in range(2):
                requests |= requests._submit(
                    Filing(
                        procedure=procedure,
                        answers=world._answers(),
                        identity=world._identity(),
                    )
                )
            self.a, self.b, self.c = (user.id for user in users)
            self.request_ids = requests.ids
            self.procedure_id = procedure.id
            self.service_ids = (service | consulted).ids
            self.processing_id = procedure.processing_id.id

    def _cursor(self):
        return odoo.sql_db.db_connect(self.env.cr.dbname).cursor()

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            requests = env["procedure.request"].browse(self.request_ids)
            # Letters are kept as long as the request is: it has none of its data any more.
            requests.write({"state": "draft", "date_anonymised": "2026-01-01"})
            messages = requests.message_ids
            env["mail.mail"].search([("mail_message_id", "in", messages.ids)]).unlink()
            # Those that hold a code or a link hang on nothing.
            env["mail.mail"].search([("email_from", "ilike", "course@exemple.fr")]).unlink()
            requests.unlink()
            procedure = env["procedure.procedure"].browse(self.procedure_id)
            procedure.version_id = False
            procedure.version_ids.state = "draft"
            procedure.unlink()
            env["privacy.processing"].browse(self.processing_id).unlink()
            env["procedure.counter"].search([("prefix", "=like", "COURSE-%")]).unlink()
            services = env["territory.service"].browse(self.service_ids)
            partners = services.partner_id
            users = services.user_ids
            partners |= users.partner_id
            services.unlink()
            users.unlink()
            partners.unlink()

    def _request(self, cr, uid, index=0):
        env = api.Environment(cr, uid, {})
        return env["procedure.request"].browse(self.request_ids[index])

    def _state(self, index=0):
        with self._cursor() as cr:
            request = self._request(cr, SUPERUSER_ID, index)
            return request.state, request.decision_ids.mapped("kind"), request.user_id.id
