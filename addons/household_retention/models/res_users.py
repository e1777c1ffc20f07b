from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.territory_base import clock


class ResUsers(models.Model):
    """An account is closed after years without log-in; only those of residents."""

    _name = "res.users"
    _inherit = ["res.users", "privacy.retention.mixin"]

    @api.model
    def _get_retention_domain(self, rule, day=None):
        residents = (
            Domain("active", "=", True)
            & Domain("share", "=", True)
            & Domain("all_group_ids", "in", self.env.ref("base.group_portal").ids)
        )
        if day is None:
            return residents
        # A day more at most: the exact one is that of `_get_retention_dues`.
        limit = fields.Date.to_string(day - relativedelta(months=rule.months, days=-1))
        return (
            residents
            & Domain("create_date", "<", limit)
            & Domain("log_ids", "not any", [("create_date", ">=", limit)])
        )

    def _get_retention_dues(self, rule):
        logs = self.env["res.users.log"]._read_group(
            [("create_uid", "in", self.ids)], ["create_uid"], ["create_date:max"]
        )
        last = {user.id: date for user, date in logs}
        return {
            user: clock.local_day(last.get(user.id) or user.create_date)
            + relativedelta(months=rule.months)
            for user in self
            if user.active and user.share
        }

    def _get_retention_kept(self, rule):
        kept = super()._get_retention_kept(rule)
        contested = self.partner_id._filter_contested()
        for user in self:
            if user.partner_id in contested:
                kept[user] = self.env._("an authority over a child is contested")
        return kept

    def _prepare_retention_mail(self, rule, rank, day):
        self.ensure_one()
        email = self.partner_id.email
        if not email:
            return {}
        lang = self.lang or rule._get_retention_lang()
        user = self.with_context(lang=lang)
        date = format_date(user.env, day, date_format="dd/MM/yyyy")
        company = self.company_id
        sentences = [
            user.env._(
                "Nobody has logged in to your account for almost %(delay)s. On %(date)s it is "
                "closed, and what it holds is erased for good.",
                delay=rule.with_env(user.env)._get_delay_text(rule.months),
                date=date,
            ),
            user.env._("To keep it, log in once before that day. You have nothing else to do."),
            user.env._("Your identifier: %(login)s", login=user.login),
        ]
        if rank == 2:
            sentences.append(user.env._("This is our last message about it."))
        subject = user.env._("Your account is closed on %(date)s", date=date)
        return {
            "subject": subject,
            "body_html": self.env["mail.mail"]._render_look(
                Markup().join(Markup("<p>%s</p>") % sentence for sentence in sentences),
                lang=lang,
                title=subject,
                greeting=user.env._("Hello %(name)s,", name=self.partner_id.name),
                button=(user.env._("Log in"), f"{self.get_base_url()}/web/login"),
                reason=user.env._("You receive this message because you have an account here."),
            ),
            "email_from": company.email_formatted,
            "recipient_ids": [Command.set(self.partner_id.ids)],
        }

    def _end_retention(self, rule):
        """As she closes it herself; but not to wait for core's queue, which erases a person
        whatever still needs her, and writes her name in the log."""
        self.ensure_one()
        person = self.partner_id
        # What the log says of it.
        self.login = f"__ended_user_{self.id}"
        self._deactivate_portal_user()
        self.env["res.users.deletion"].search([("user_id", "in", self.ids)]).unlink()
        self.unlink()
        person._end_unkept()

    def _deactivate_portal_user(self, **post):
        """Whoever closes it, the day is kept: the sheet goes once nothing keeps it."""
        persons_sudo = self.sudo().partner_id
        result = super()._deactivate_portal_user(**post)
        persons_sudo.account_closed_on = clock.today()
        return result
