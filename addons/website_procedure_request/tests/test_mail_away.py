from odoo.tools import mute_logger

from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

EMAIL = "Ana@Exemple.fr"
LATE = "Nos e-mails partent avec du retard"


class TestMailAway(WebsiteProcedureCommon):
    """The page that promises another code says it when mails are late."""

    def setUp(self):
        super().setUp()
        self.sending.stop()
        self.env["mail.mail"].search([]).unlink()
        self.server = self.enterContext(FakeMailServer(self.env).run())
        self.enterContext(
            mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server"
            )
        )

    def test_page_that_promises_a_code_says_that_mails_are_late(self):
        request = self._submit_without_account()

        def ask():
            page = self.get("/suivi/code")
            data = {**self.hidden(page), "numero": request.number, "email": EMAIL}
            return self.post("/suivi/code", data)

        self.assertNotIn(LATE, ask().text)
        self.server.be("away")
        self.env["mail.mail"].search([]).unlink()
        # Somebody else's mail.
        addresses = {"email_from": "service@exemple.fr", "email_to": "quelquun@exemple.fr"}
        self.env["mail.mail"].create(addresses).send()
        self.assertIn(LATE, ask().text)
