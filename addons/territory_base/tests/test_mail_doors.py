from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TerritoryCase

STRANGE = "victime@exemple.fr"


@tagged("post_install", "-at_install")
class TestMailDoors(TerritoryCase):
    """The messages of core go to colleagues, in their author's name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thread = cls.service.partner_id
        cls.manager.email = "responsable@exemple.fr"
        cls.comment = {"body": "x", "subtype_xmlid": "mail.mt_comment"}

    def _get_forgeries(self, thread):
        """What sends a mail to a stranger, or in somebody else's name."""
        comment, outside = self.comment, self.other_person.ids
        colleague = {"partner_ids": self.agent.partner_id.ids}
        Composer = thread.env["mail.compose.message"]
        window = {"model": thread._name, "res_ids": thread.ids, "subject": "x", "body": "x"}
        follower = {"res_model": thread._name, "res_id": thread.id, "partner_id": outside[0]}
        notified = {"res_partner_id": outside[0], "notification_type": "email"}
        return {
            **{
                f"post {name}": lambda name=name, value=value: thread.message_post(
                    **comment, **{name: value}
                )
                for name, value in {
                    "outgoing_email_to": STRANGE,
                    "email_from": STRANGE,
                    "author_id": self.agent.partner_id.id,
                    "reply_to": STRANGE,
                    "incoming_email_cc": STRANGE,
                    "mail_headers": {"Bcc": STRANGE},
                    "message_type": "email",
                    "partner_ids": outside,
                    "notification_ids": [Command.create(notified)],
                }.items()
            },
            **{
                f"notify {name}": lambda name=name, value=value: thread.message_notify(
                    body="x", **{**colleague, name: value}
                )
                for name, value in {
                    "email_from": STRANGE,
                    "author_id": self.manager.partner_id.id
                    if thread.env.user == self.secretary
                    else self.secretary.partner_id.id,
                    "partner_ids": outside,
                }.items()
            },
            "chatter": lambda: thread.sudo().message_post(**comment, partner_ids=outside),
            "autofollow": lambda: thread.with_context(mail_post_autofollow=True).message_post(
                **comment, partner_ids=outside
            ),
            "subscribe": lambda: thread.message_subscribe(outside),
            "follower": lambda: thread.write({"message_partner_ids": [Command.link(outside[0])]}),
            "follower row": lambda: thread.env["mail.followers"].create(follower),
            **{
                f"window {mode}": lambda mode=mode: Composer.create(
                    {**window, "composition_mode": mode, "partner_ids": [Command.set(outside)]}
                ).action_send_mail()
                for mode in ("mass_mail", "comment")
            },
            "window from": lambda: Composer.create(
                {**window, "email_from": STRANGE}
            ).action_send_mail(),
        }

    def test_nobody_writes_to_a_stranger_nor_in_the_name_of_another(self):
        done = []
        for user in self.manager | self.technician:
            thread = self.thread.with_user(user)
            attempts = self._get_forgeries(thread)
            if user == self.technician:
                del attempts["follower row"]  # Of the administrator, by core.
            for name, attempt in attempts.items():
                with suppress(AccessError, ValueError), self.env.cr.savepoint():
                    attempt()
                    done.append((user.login, name))
                self.env.invalidate_all()
        self.assertFalse(done)
        self.assertFalse(self.thread.message_partner_ids & self.other_person)

    def test_colleagues_write_to_each_other(self):
        thread = self.thread.with_user(self.manager)
        colleague = self.agent.partner_id
        message = thread.message_post(
            **self.comment,
            partner_ids=colleague.ids,
            email_from=self.manager.email_formatted,
            author_id=self.manager.partner_id.id,
            message_type="comment",
        )
        self.assertEqual(message.author_id, self.manager.partner_id)
        self.assertEqual(message.notified_partner_ids, colleague)
        thread.message_notify(body="x", partner_ids=colleague.ids)
        thread.message_subscribe(colleague.ids)
        self.assertIn(colleague, self.thread.message_partner_ids)
        window = {"model": thread._name, "res_ids": thread.ids, "subject": "Y", "body": "y"}
        composer = self.env["mail.compose.message"].with_user(self.manager)
        composer.create({**window, "partner_ids": [Command.set(colleague.ids)]}).action_send_mail()
        self.assertEqual(self.thread.message_ids[0].subject, "Y")
        invitation = {"res_model": thread._name, "res_ids": str(thread.ids), "notify": True}
        wizard = self.env["mail.followers.edit"].with_user(self.manager)
        guest = self.secretary.partner_id
        wizard.create({**invitation, "partner_ids": [Command.set(guest.ids)]}).edit_followers()
        self.assertIn(guest, self.thread.message_partner_ids)
