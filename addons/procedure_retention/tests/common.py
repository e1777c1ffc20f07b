from unittest.mock import MagicMock, patch

from freezegun import freeze_time

from odoo import fields

from odoo.addons.procedure.tests.common import ProcedureCommon


class RetentionCommon(ProcedureCommon):
    """Requests of a procedure that keeps them a year, and the job turned on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        cls.procedure.retention_months = 12
        cls.rule = cls.env.ref("procedure_retention.retention_request")
        cls._turn_on(cls.rule)

    @classmethod
    def _turn_on(cls, rule):
        rule.with_user(cls.dpo).action_preview()
        rule.with_user(cls.dpo).action_enable()
        cls.env.flush_all()

    def _finish(self, request, day="2026-01-10", act="action_refuse"):
        with freeze_time(f"{day} 10:00:00"):
            request = request.with_user(self.agent)
            request.action_take()
            getattr(request, act)("Voici pourquoi")
        return request.with_user(self.env.user)

    def _run(self, day, send=True):
        """The job of this day, then the queue of mails."""
        with freeze_time(f"{day} 03:00:00"):
            self.env["privacy.retention"]._cron_run()
            if send:
                self._send()
            self.env.flush_all()
            self.env.invalidate_all()

    def _send(self):
        """The queue, with a server that takes all. `self.sent`: what it took."""
        Server = type(self.env["ir.mail_server"])

        def send_email(server, message, *args, **kwargs):
            text = message.get_body(("html",)).get_content()
            self.sent.append({"to": message["To"], "subject": message["Subject"], "body": text})
            return message["Message-Id"]

        with (
            patch.object(Server, "_disable_send", lambda *args: False),
            patch.object(Server, "_connect__", lambda *args, **kwargs: MagicMock()),
            patch.object(Server, "send_email", send_email),
        ):
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()

    def setUp(self):
        super().setUp()
        self.sent = []

    def _warnings(self, request):
        return self.env["privacy.retention.warning"].search([("res_id", "=", request.id)])

    def _journal(self, event):
        return self.env["privacy.retention.journal"].search(
            [("event", "=", event), ("date", ">=", fields.Datetime.to_datetime("2026-06-01"))]
        )
