import asyncio
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy
from unittest.mock import patch

from aiosmtpd.controller import Controller

from odoo.tools import email_normalize

from odoo.addons.base.models import ir_mail_server

# What a server may do to a mail, and whether the mail is to leave later.
TEMPORARY = ("away", "silent", "closing", "greeting_421", "sender_451", "to_450", "data_452", "cut")
PERMANENT = ("to_550", "data_554")
# A machine that is busy may take its time; one that is silent is not waited for.
ANSWER_SECONDS, SILENT_SECONDS = 10, 0.2


class _Handler:
    """A mail server whose mood is one of the words above; empty, it takes everything."""

    def __init__(self):
        self.mood = ""
        self.refused = {}  # address -> answer
        self.mails = []
        self.asked = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        if self.mood == "silent":
            await asyncio.Event().wait()
        if self.mood == "closing":
            server.transport.close()
        session.host_name = hostname
        return ["421 4.3.2 closing"] if self.mood == "greeting_421" else responses

    async def handle_HELO(self, server, session, envelope, hostname):
        return "421 4.3.2 closing" if self.mood == "greeting_421" else "250 here"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mood == "sender_451":
            return "451 4.3.0 later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked += 1
        answers = {"to_450": "450 4.2.0 greylisted", "to_550": "550 5.1.1 unknown"}
        answer = self.refused.get(email_normalize(address)) or answers.get(self.mood)
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mood == "cut":
            server.transport.close()
            return "250 OK"
        answers = {"data_452": "452 4.3.1 full", "data_554": "554 5.7.1 refused"}
        if self.mood in answers:
            return answers[self.mood]
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.mails += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"


class FakeMailServer:
    """An SMTP server of the test's own, reached as a real one is."""

    def __init__(self, env):
        self.env = env
        self.handler = _Handler()

    @contextmanager
    def run(self):
        # What making the people of the test has queued is not what it is about.
        self.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
        controller = Controller(self.handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        server = self.env["ir.mail_server"].create(
            {"name": "Fake", "smtp_host": "127.0.0.1", "smtp_port": controller.port, "sequence": -1}
        )
        self.record, self.port = server, controller.port
        try:
            with (
                patch.object(type(server), "_disable_send", lambda _model: False),
                patch.object(ir_mail_server, "SMTP_TIMEOUT", ANSWER_SECONDS),
            ):
                yield self
        finally:
            controller.stop(no_assert=True)

    @property
    def mails(self):
        """[(address, message)] of what it took."""
        return self.handler.mails

    def received(self, address):
        address = email_normalize(address)
        return [message for to, message in self.mails if email_normalize(to) == address]

    def be(self, mood=""):
        """`away`: nobody listens."""
        self.record.smtp_port = free_port() if mood == "away" else self.port
        self.handler.mood = "" if mood == "away" else mood
        ir_mail_server.SMTP_TIMEOUT = SILENT_SECONDS if mood == "silent" else ANSWER_SECONDS

    def refuse(self, address, answer):
        self.handler.refused[email_normalize(address)] = answer

    def run_queue(self):
        """What the queue's job does; nothing is committed."""
        self.env["mail.mail"].sudo().process_email_queue()
        self.env.invalidate_all()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
