from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, email_layout_xmlid=False, **kwargs):
        """In the look of all our mails, whatever the layout (`_render_encapsulate`)."""
        layout = email_layout_xmlid or "territory_base.mail_look"
        return super().send_mail_batch(res_ids, *args, email_layout_xmlid=layout, **kwargs)

    def _send_to(self, record, email, lang=None):
        """To one person, in her language, once this transaction is done.

        It is no message of the record: what people write there is theirs, and followers get none.
        Superuser mode: who calls has checked that this person is told.

        :param email: as `email_formatted` gives it
        """
        self.ensure_one()
        template_sudo = self.sudo().with_context(lang=lang or self.env.lang)
        return template_sudo.send_mail(
            record.id,
            force_send=False,
            email_values={
                "email_to": email,
                "recipient_ids": [],
                "model": False,
                "res_id": False,
            },
        )
