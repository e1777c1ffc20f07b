from odoo import models
from odoo.exceptions import AccessError


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, **kwargs):
        """Core lets the whole staff send any template, with values of their choice: any file by
        its number, to any address, and the mail is made in superuser mode.

        :raise AccessError: neither in superuser mode nor an administrator
        """
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Such a mail leaves with what it tells, never by hand."))
        return super().send_mail_batch(res_ids, *args, **kwargs)
