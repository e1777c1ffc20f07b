from odoo import api, fields, models

from ..tools.email import read_email

# In a day, for one address: who is written to did not always ask for it.
EMAILS, DAY = 5, 24 * 3600


class WebsiteMessageMixin(models.AbstractModel):
    """What anybody says on the site. The address serves once, to answer, and is read by nobody."""

    _name = "website.message.mixin"
    _description = "Message of a visitor"

    email = fields.Char(groups=fields.NO_ACCESS, readonly=True)
    wants_answer = fields.Boolean("Waits for an answer", readonly=True)

    @api.model
    def _prepare_sender(self, email):
        """:return: values of whoever left this address, or none
        :raise UserError: this address is written to too often
        """
        email = read_email(email)
        if email:
            self.env["public.guard"]._hit(f"{self._name}.email", email, EMAILS, DAY)
        return {"email": email, "wants_answer": bool(email)}

    def _send(self, template, email, lang=None):
        """One mail about it, to whoever answers or to whoever wrote. In superuser mode.

        :param template: XML id
        """
        self.env.ref(template)._send_to(self, email, lang or "fr_FR")
        # At once, but after the page: core empties its queue every hour.
        self.env["mail.mail"].sudo()._trigger_queue()
