from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, email_layout_xmlid=False, **kwargs):
        """In the look of all our mails, whatever the layout (`_render_encapsulate`)."""
        layout = email_layout_xmlid or "territory_base.mail_look"
        return super().send_mail_batch(res_ids, *args, email_layout_xmlid=layout, **kwargs)
