from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        """In the look of all our mails; core's names its publisher."""
        values = {**(render_values or {}), **recipients_group}
        lang = values.get("lang") or self.env.lang
        access = values.get("has_button_access") and values["button_access"]
        render = self.env["ir.qweb"]._render
        return self.env["mail.mail"]._render_look(
            render("territory_base.mail_notification_body", values, lang=lang),
            lang=lang,
            title=values.get("record_name"),
            button=(access["title"], access["url"]) if access else (),
            after=render("territory_base.mail_notification_foot", values, lang=lang),
        )
