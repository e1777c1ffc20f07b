from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base.links import sign_row

NUDGE_AFTER = timedelta(days=1)
# What is older was left on purpose; its end is told by the other reminder.
NUDGE_BEFORE = timedelta(days=7)
NUDGE_STOP = "website_procedure.nudge_stop"
STOP_HOURS = 24 * 365


class WebsiteProcedurePendingNudge(models.AbstractModel):
    """The day after, who began a request and did not send it is told once, never again.

    A visitor is not: nobody knows yet whether the address that she typed is hers.
    """

    _name = "website.procedure.pending.nudge"
    _description = "Reminder of a form not sent yet"

    date_nudged = fields.Datetime(help="When the only reminder of the first days was written")

    @api.model
    def _nudge_drafts(self, now=None):
        """:param now: of the clock, unless a test says it"""
        now = now or fields.Datetime.now()
        drafts = self.search(self._get_nudged_domain(now), order="id", limit=500)
        for draft in drafts:
            # Whatever comes of its mail: one is enough.
            draft.date_nudged = now
            procedure = draft.procedure_id
            if procedure._is_open() and not procedure._is_full():
                draft._send_nudge()

    @api.model
    def _get_nudged_domain(self, now):
        return (
            Domain("date_nudged", "=", False)
            & Domain("write_date", "<=", now - NUDGE_AFTER)
            & Domain("write_date", ">", now - NUDGE_BEFORE)
            & Domain("date_expire", ">", now)
            & Domain("procedure_id.state", "=", "published")
            & Domain("partner_id.email", "!=", False)
            & Domain("partner_id.refuses_nudges", "=", False)
            # Her address was confirmed when her account was opened.
            & Domain("partner_id.user_ids.active", "=", True)
        )

    def _send_nudge(self):
        self.ensure_one()
        partner = self.partner_id
        draft = self.with_context(lang=partner.lang or self.env.lang)
        base = draft.get_base_url()
        token = sign_row(partner.sudo(), NUDGE_STOP, expiration_hours=STOP_HOURS)
        path = f"/demarches/{draft.procedure_id.slug}/formulaire"
        body = draft.env["ir.qweb"]._render(
            "website_procedure.mail_nudge",
            {
                "draft": draft,
                "url": f"{base}/web/login?redirect={path}",
                "stop_url": f"{base}/rappels/{token}",
            },
            minimal_qcontext=True,
        )
        look = {"greeting": draft.env._("Hello %(name)s,", name=partner.name)}
        subject = draft.env._("Your request is not sent yet")
        draft._create_mail(subject, body, partner.email, look=look)
