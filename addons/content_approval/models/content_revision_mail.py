from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError

REASON_MAX = 2000


class ContentRevisionMail(models.AbstractModel):
    """Who is told what."""

    _name = "content.revision.mail"
    _description = "Proposed change: words"

    def _post(self, text, author=None):
        """:param author: in whose name (a partner); by default the user"""
        self.ensure_one()
        author = author or self.env.user.partner_id
        # As the site: what residents post otherwise is refused, superuser mode included.
        self.with_user(SUPERUSER_ID).with_context(
            mail_create_nosubscribe=True, is_told_by_our_mail=True
        ).message_post(
            body=text.strip()[:REASON_MAX],
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def message_post(self, **kwargs):
        """Residents write by the buttons of the pages only; core's route calls in superuser
        mode."""
        self._check_posted_by_staff()
        return super().message_post(**kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """What is said from the pages goes with a mail of ours: core's would be a second one."""
        if self.env.context.get("is_told_by_our_mail"):
            return []
        return super()._notify_get_recipients(message, msg_vals, **kwargs)

    def message_notify(self, **kwargs):
        self._check_posted_by_staff()
        return super().message_notify(**kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """What she proposes gives its readers a task: those are subscribed, not she."""
        if self.env.user.partner_id.id in (partner_ids or []):
            self._check_posted_by_staff()
        return super().message_subscribe(partner_ids, subtype_ids)

    def _message_create(self, values_list):
        """`mail.message` is created by these methods only, never by hand."""
        if not self.env.su:
            self.check_access(self._mail_post_access)
        messages_sudo = super(ContentRevisionMail, self.sudo())._message_create(values_list)
        return messages_sudo.with_env(self.env)

    def _message_update_content(self, message, /, **kwargs):
        """The chatter gives the message in superuser mode: it stays as it was said."""
        message.sudo(False).check_access("write")
        return super()._message_update_content(message, **kwargs)

    def _check_posted_by_staff(self):
        if self.env.uid != SUPERUSER_ID and not self.env.user._is_internal():
            raise AccessError(self.env._("Write from the page of your proposal."))

    def _get_sender_name(self):
        """In whose name it is proposed, as those who read it know them."""
        revision_sudo = self.sudo()
        return (
            revision_sudo.organisation_id.name
            or revision_sudo.service_id.name
            or revision_sudo.author_id.name
        )

    def _get_url(self):
        """Where its author corrects it, and who reads it reads it: given by the pages."""
        self.ensure_one()
        return self.get_base_url()

    def _get_list_url(self):
        """Where all that waits to be read is: given by the pages."""
        return self.get_base_url()

    def _get_page_url(self):
        """Where those who publish the content find its versions: given by the pages."""
        self.ensure_one()
        return self.get_base_url()

    def _tell_readers(self, validators_sudo, template="content_approval.mail_submitted"):
        """By mail, and a task each. Nobody to read it: the administrators are told."""
        self.ensure_one()
        revision_sudo = self.sudo()
        users_sudo = self.env["res.users"].sudo()
        for row in validators_sudo:
            users_sudo |= row._get_readers_today()
        users_sudo = users_sudo._filter_foreign_to(revision_sudo)
        if not users_sudo:
            group_sudo = self.env.ref("base.group_system").sudo()
            users_sudo = group_sudo.all_user_ids.filtered("active")
            template = "content_approval.mail_nobody"
        waits = revision_sudo.state == "submitted" or revision_sudo.is_urgent
        for user in users_sudo:
            self._send(template, user)
            if waits:
                self._give_task(user)

    def _give_task(self, user):
        """To read it, once; a mail tells it."""
        for revision_sudo in self.sudo():
            if user not in revision_sudo.activity_ids.user_id:
                revision_sudo.with_context(mail_activity_quick_update=True).activity_schedule(
                    "content_approval.mail_activity_read", user_id=user.id
                )

    def _tell_authors(self, template):
        revision_sudo = self.sudo()
        for user in (revision_sudo.author_id | revision_sudo.editor_ids).filtered("active"):
            if self._is_contributor(user):
                self._send(template, user)

    def _send(self, template, user):
        template = self.env.ref(template).with_context(reader=user)
        template._send_to(self, user.email_formatted, user.lang)

    def _end_tasks(self):
        self.sudo().activity_ids.unlink()
