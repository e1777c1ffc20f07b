from datetime import timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import email_normalize, mute_logger
from odoo.tools.misc import file_path

from odoo.addons.mail_retry.tests.common import PERMANENT, TEMPORARY, FakeMailServer
from odoo.addons.procedure.tests.common import ProcedureCommon

from .mail_senders import find_senders

# Every place of ours that makes a mail: how the test makes it. A new one turns the test red.
SENDERS = {
    # One for each recipient who is not served yet: the digest has two.
    "mail_retry/models/mail_mail.py:_copy_for": "digest",
    "partner_household/models/res_users.py:_send_account_mail": "account",
    "privacy_retention/models/privacy_retention_run.py:_send_retention_mail": "retention",
    "procedure/models/procedure_opinion.py:_send_mail": "opinion",
    "procedure/models/procedure_request_follow.py:_send_new_code": "follow_code",
    "procedure/models/procedure_request_mail.py:_post_to_applicant": "acknowledgment",
    "procedure_digest/models/procedure_digest.py:_send": "digest",
    "procedure_mailgateway/models/procedure_mail_answer.py:_answer": "gateway",
    "website_procedure/models/website_procedure_pending.py:_create_mail": "form",
}
# Their models: how one of them is sent.
TEMPLATES = {
    "procedure.request": "_tell",
    "procedure.opinion": "_ask_opinion",
    "res.users": "_tell_account",
}
WORDS = {"reasons": "<p>Oui</p>", "conditions": "<p>Si</p>", "message": "Il manque", "due": None}
NOON = "2026-03-03 12:00:00"


@tagged("post_install", "-at_install")
class TestMailFaults(ProcedureCommon):
    """Every mail of the product, whatever the mail server does: it leaves once, or it is told."""

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(NOON))
        self.enterContext(
            mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server"
            )
        )
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_values: 1000)
        self.waste.sends_daily_digest = True
        (self.agent + self.colleague).email = "agent@exemple.fr"
        self.colleague.email = "collegue@exemple.fr"
        domain = self.env["mail.alias.domain"].create({"name": "courriel.exemple.fr"})
        self.env.company.alias_domain_id = domain
        self.env["ir.config_parameter"].set_param("procedure_mailgateway.active", "True")
        self.request = self._file()
        self.visitor_request = self._file_without_account().with_context(follow_code=None)
        self.visitor_request = self.visitor_request.with_env(self.env).sudo()
        self.opinion = self.env["procedure.opinion"].browse()
        taken = self._file(self.dominique)
        taken.with_user(self.agent).action_take()
        taken.with_user(self.agent).action_consult(
            "Votre avis ?",
            contact_name="M. Petit",
            contact_email="avis@exemple.fr",
            date_due=fields.Date.today() + timedelta(days=10),
        )
        self.opinion = taken.sudo().opinion_ids
        self.env["mail.mail"].search([]).unlink()
        self.server = self.enterContext(FakeMailServer(self.env).run())

    # -- how each is made

    def make_account(self):
        for template in self._get_templates("res.users"):
            self._tell_account(template)

    def _tell_account(self, template):
        self.camille._send_account_mail(template, logins=["camille"])

    def make_opinion(self):
        for template in self._get_templates("procedure.opinion"):
            self._ask_opinion(template)

    def _ask_opinion(self, template):
        self.opinion._send_mail(template, "/avis/x")

    def make_templates(self):
        for template in self._get_templates("procedure.request"):
            self._tell(template)

    def _tell(self, template):
        words = {**WORDS, "due": fields.Date.today(), "day": fields.Date.today()}
        self.request.sudo()._tell_applicant(template, **words)

    def make_follow_code(self):
        self.visitor_request.with_user(self.agent).action_send_code()

    def make_acknowledgment(self):
        self._file()
        self._file_without_account()

    def make_digest(self):
        self.waste.digest_date = False
        self.env["procedure.digest"]._send_due()
        self.env["procedure.digest"]._send_at_once(self.request.sudo())

    def make_retention(self):
        """To who filed, and to the service."""
        rule = self.env.ref("procedure_retention.retention_request")
        self.env["privacy.retention.warning"].search([]).unlink()
        today = fields.Date.today()
        requests = self.request.sudo() | self.visitor_request
        told = [rule._get_told(each, rule._warn(each, 1, today, today)) for each in requests]
        rule._tell_service(self.waste, 1, [(warning, label, "x") for _s, warning, label in told])

    def make_gateway(self):
        # Another one each time: the same one has few answers in a day.
        sender = f"voisin{fields.Datetime.now():%H%M%S}@exemple.org"
        raw = (
            f"From: {sender}\r\nTo: {self.request.sudo()._get_mail_address()}\r\n"
            f"Message-ID: <{sender}>\r\nSubject: Re: bac\r\n\r\nBonjour"
        )
        self.env["mail.thread"].message_process(None, raw.encode())

    def make_form(self):
        Pending = self.env["website.procedure.pending"]
        pending, _claim = Pending._start(self.procedure)
        pending.email = "visiteur@exemple.fr"
        mail = pending._create_mail("123456 est votre code", "<p>123456</p>", pending.email)
        self.assertTrue(mail)
        draft, _claim = Pending._start(self.procedure, self.dominique.partner_id)
        draft.date_expire = fields.Datetime.now() + timedelta(days=10)
        Pending._remind_drafts()

    def make_comment(self):
        self.opinion.request_id.with_user(self.agent).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment"
        )
        self.opinion.request_id.sudo()._post_from_applicant(
            "Voici ma réponse", by=self.dominique.partner_id
        )

    def _get_templates(self, model):
        """Of our own modules, by name."""
        ours = {path.name for path in self._get_folder().iterdir()}
        templates = self.env["mail.template"].search([("model", "=", model)])
        return [
            name for name in templates.get_external_id().values() if name.partition(".")[0] in ours
        ]

    def _get_folder(self):
        return Path(file_path("procedure/__manifest__.py")).parents[1]

    # -- that none is forgotten

    def test_every_place_that_makes_a_mail_is_tried(self):
        self.assertEqual(find_senders(self._get_folder()), set(SENDERS))
        for maker in SENDERS.values():
            self.assertTrue(hasattr(self, f"make_{maker}"), maker)

    def test_every_template_is_tried(self):
        ours = {path.name for path in self._get_folder().iterdir()}
        for template in self.env["mail.template"].search([]):
            name = template.get_external_id()[template.id]
            if name.partition(".")[0] in ours - {"territory_demo"}:
                self.assertIn(template.model, TEMPLATES, name)

    # -- that none is lost nor doubled

    def _make(self, maker):
        """:return: how many mails each address is to have"""
        self.env["mail.mail"].search([]).unlink()
        self.server.mails.clear()
        with self.env.cr.savepoint():
            getattr(self, f"make_{maker}")()
        self.env.flush_all()
        expected = {}
        for mail in self.env["mail.mail"].search([]):
            for address in [mail.email_to, *mail.recipient_ids.mapped("email")]:
                if address := email_normalize(address or ""):
                    expected[address] = expected.get(address, 0) + 1
        self.assertTrue(expected, maker)
        return expected

    def _count_received(self):
        received = {}
        for address, _message in self.server.mails:
            address = email_normalize(address)
            received[address] = received.get(address, 0) + 1
        return received

    def _wait(self, minutes):
        self.clock.tick(timedelta(minutes=minutes))
        self.server.run_queue()

    def test_a_server_that_fails_for_a_while(self):
        makers = sorted({*SENDERS.values(), "templates", "comment"})
        for number, maker in enumerate(makers):
            # All meet the server that is away, the one that is silent, and two others in turn.
            others = [TEMPORARY[(number + step) % len(TEMPORARY)] for step in (0, 4)]
            moods = {"away", "silent", *others}
            for mood in sorted(moods):
                with self.subTest(maker=maker, mood=mood):
                    self.server.be(mood)
                    expected = self._make(maker)
                    self._wait(16)
                    self._wait(1)
                    self.assertFalse(self.server.mails)
                    self.server.be()
                    for _turn in range(4):
                        self._wait(61)
                    self.assertEqual(self._count_received(), expected, maker)
                    left = self.env["mail.mail"].search([("state", "!=", "sent")])
                    self.assertFalse(left, maker)

    def test_a_server_that_refuses_for_good(self):
        makers = sorted({*SENDERS.values(), "templates", "comment"})
        for number, maker in enumerate(makers):
            mood = PERMANENT[number % len(PERMANENT)]
            with self.subTest(maker=maker, mood=mood):
                self.server.be(mood)
                expected = self._make(maker)
                for _turn in range(3):
                    self._wait(61)
                self.server.be()
                self._wait(61)
                self.assertFalse(self.server.mails)
                told = self.env["mail.mail"].search([("is_warned", "=", True)])
                self.assertEqual(set(told.mapped("state")), {"exception"})
                named = [
                    email_normalize(address)
                    for mail in told
                    for address in filter(
                        None, [mail.email_to, *mail.recipient_ids.mapped("email")]
                    )
                ]
                self.assertEqual({name: named.count(name) for name in named}, expected)
