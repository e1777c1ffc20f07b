from markupsafe import Markup

from odoo import api, models

from ..mail_look import is_greeted, take_apart

# What tells that a body has the look already.
MARK = 'class="m-brand"'
TITLE = Markup(
    '<span class="m-title" style="font-family: Georgia, \'Times New Roman\', serif; '
    'font-size: 28px; line-height: 1.2;">%s</span>'
)


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.model
    def _render_look(
        self,
        body,
        *,
        lang=None,
        title=None,
        greeting=None,
        intro=None,
        plate=None,
        button=(),
        after=None,
        service=None,
        reason=None,
    ):
        """Every mail of the product: who writes, to whom, what about, the one thing to do, whom to
        call. What it is made of: `mail_look.take_apart`.

        :param body: HTML; with `intro`, the words of somebody who is named there, quoted whole
        :param plate: the number or the code to keep
        :param button: (label, address); by default the first link that is alone in its paragraph
        :param after: HTML, below the words
        :param service: who answers; by default the territory
        :param reason: why one receives it
        """
        lang = lang or self.env.lang or "fr_FR"
        env = self.with_context(lang=lang).env
        parts = take_apart(body, button)
        return env["ir.qweb"]._render(
            "territory_base.mail_look",
            {
                "lang": lang.split("_")[0],
                "brand": env.company.sudo().name,
                "title": TITLE % title if (title := title or parts.title) else "",
                "greeting": (intro or not is_greeted(parts.lead)) and (greeting or env._("Hello,")),
                "intro": intro,
                "lead": body if intro else parts.lead,
                "plate": plate,
                "button": parts.button,
                "rest": "" if intro else parts.rest,
                "after": after,
                "signer": self.with_env(env)._get_signer(service),
                "reason": reason,
                "notice_url": f"{self.get_base_url()}/donnees-personnelles",
            },
            minimal_qcontext=True,
            lang=lang,
        )

    @api.model
    def _get_signer(self, service=None):
        """Whom to call or write to: the service, else the territory."""
        signer_sudo = (service or self.env.company).sudo()
        place = " ".join(filter(None, (signer_sudo.zip, signer_sudo.city)))
        return {
            "name": signer_sudo.name,
            "phone": signer_sudo.phone,
            "hours": service.sudo().opening_hours if service else "",
            "address": ", ".join(filter(None, (signer_sudo.street, place))),
            "email": signer_sudo.email,
        }

    def _prepare_outgoing_body(self):
        """Core makes some by itself, and other modules will: none leaves bare."""
        body = super()._prepare_outgoing_body()
        if not body or MARK in body:
            return body
        # A text field that holds HTML.
        return self._render_look(Markup(body), title=self.subject)  # noqa: S704
