"""How each mail of the product is made; played by the tests of mails."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

from freezegun import freeze_time

from odoo.tools import mute_logger

from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.territory_base import clock

NOON = "2026-03-03 12:00:00"
ADDONS = Path(__file__).parents[2]
# What each addon says of its own: `tests/mails.py`.
MAILS = {
    path.parents[1].name: import_module(f"odoo.addons.{path.parents[1].name}.tests.mails").Mails
    for path in sorted(ADDONS.glob("*/tests/mails.py"))
}
# Every place of ours that makes a mail: how the test makes it.
SENDERS = {
    f"{addon}/{place}": maker
    for addon, mails in MAILS.items()
    for place, maker in vars(mails).get("SENDERS", {}).items()
}


class MailMakers(*MAILS.values(), ProcedureCommon):
    """People and requests, a mail server that takes what leaves, a `make_…` for each kind."""

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
        self.request = self._submit()
        self.visitor_request = self._submit_without_account().with_context(follow_code=None)
        self.visitor_request = self.visitor_request.with_env(self.env).sudo()
        self.opinion = self.env["procedure.opinion"].browse()
        taken = self._submit(self.dominique)
        taken.with_user(self.agent).action_take()
        taken.with_user(self.agent).action_consult(
            "Votre avis ?",
            contact_name="M. Petit",
            contact_email="avis@exemple.fr",
            date_due=clock.today() + timedelta(days=10),
        )
        self.opinion = taken.sudo().opinion_ids
        self.env["mail.mail"].search([]).unlink()
        self.server = self.enterContext(FakeMailServer(self.env).run())

    def _get_makers(self):
        """Those of our own mails."""
        names = {name.removeprefix("make_") for name in dir(self) if name.startswith("make_")}
        return sorted(name for name in names if not name.startswith("core_"))

    def _get_templates(self, model):
        """Of our own modules, by name."""
        ours = {path.name for path in ADDONS.iterdir()}
        templates = self.env["mail.template"].search([("model", "=", model)])
        return [
            name for name in templates.get_external_id().values() if name.partition(".")[0] in ours
        ]

    # -- what core sends in our name

    def make_core_password(self):
        self.camille.write({"password": "un-tout-autre-mot-de-passe"})

    def make_core_email(self):
        self.camille.write({"email": "autre@exemple.fr"})

    def make_core_accounts(self):
        """An administrator opens an account, then gives a new password."""
        Users = self.env["res.users"].with_context(no_reset_password=False)
        for group in ("base.group_user", "base.group_portal"):
            partner = self.env["res.partner"].create(
                {"firstname": "Zoé", "lastname": "Petit", "email": f"{group}@exemple.fr"}
            )
            user = Users.create(
                {
                    "partner_id": partner.id,
                    "login": f"{group}@exemple.fr",
                    "group_ids": [(6, 0, self.env.ref(group).ids)],
                }
            )
            user.action_reset_password()

    def make_core_second_lock(self):
        code = self.env.ref("auth_totp_mail.mail_template_totp_mail_code")
        code.send_mail(self.agent.id, email_values={"email_to": self.agent.email})
        self.agent.action_totp_invite()
        self.agent.write({"totp_secret": "ABCDEFGHIJKLMNOP"})

    def make_core_colleague(self):
        """What the staff is told of a request that it follows, and of what it has to do."""
        request = self.opinion.request_id.sudo()
        self.colleague.notification_type = "email"
        request._message_subscribe(partner_ids=self.colleague.partner_id.ids)
        request._message_log(body="Rien")
        request.message_post(
            body="À vérifier",
            subtype_xmlid="mail.mt_note",
            partner_ids=self.colleague.partner_id.ids,
        )
        request.message_notify(
            body="Ceci vous concerne", subject="Avis", partner_ids=self.colleague.partner_id.ids
        )
        request.activity_schedule(
            "mail.mail_activity_data_todo", summary="Appeler", user_id=self.colleague.id
        )
