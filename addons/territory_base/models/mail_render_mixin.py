from markupsafe import Markup

from odoo import models


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _render_encapsulate(self, layout_xmlid, html, add_context=None, context_record=None):
        """Core's layouts look like nobody whom our people know, and name their publisher.

        Mails about an account name nobody: anybody may type an identity and an address.
        """
        return self.env["mail.mail"]._render_look(
            Markup(html or ""),  # noqa: S704 # already HTML
            lang=self.env.lang,
        )
