from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

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
