from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class ResPartner(models.Model):
    _inherit = "res.partner"

    wants_week_mail = fields.Boolean(
        "Mail of the week",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="On Sunday, the days of her children in the week that begins, with a link by which an "
        "absence is said.",
    )

    week_mail_monday = fields.Date(
        "Last week told", copy=False, readonly=True, groups="base.group_user"
    )

    def _set_week_mail(self, wants):
        """By the person herself, or the staff who read her file."""
        self.ensure_one()
        self._check_is_user()
        self.sudo().wants_week_mail = wants

    @api.model
    def _cron_week_mail(self):
        """Who asked for it reads on Sunday what her children do in the week that begins."""
        monday = clock.today() + timedelta(days=1)
        if monday.weekday():
            return
        Cron = self.env["ir.cron"]
        parents = self.search(
            Domain("wants_week_mail", "=", True)
            & Domain("email", "!=", False)
            & (Domain("week_mail_monday", "=", False) | Domain("week_mail_monday", "<", monday))
        )
        Cron._commit_progress(remaining=len(parents))
        for parent in parents:
            parent._send_week_mail(monday)
            if not Cron._commit_progress(1):
                break

    def _send_week_mail(self, monday):
        """Once a week, in superuser mode, without the days that are not hers by what she said."""
        self.week_mail_monday = monday
        children = self._children_i_may_act_for()
        sunday = monday + timedelta(days=6)
        days = Domain("date", ">=", monday) & Domain("date", "<=", sunday)
        bookings = self.env["family.booking"].search(
            days & Domain("child_id", "in", children.ids) & Domain("state", "=", "booked"),
            order="date, session_id",
        )
        weeks = self.env["family.custody"]._find_weeks(children, self, monday, sunday)
        own = bookings.filtered(lambda each: weeks[each.child_id][each.date] is not False)
        if own:
            template = self.env.ref("family_booking_mail.mail_week")
            template.with_context(bookings=own)._send_to(
                self, self.email_formatted, self.lang or "fr_FR"
            )

    def _get_week_mail_days(self):
        """[{day, rows, links: [{name, url}]}] of the mail of the week."""
        bookings = self.env.context.get("bookings", self.env["family.booking"])
        Link = self.env["family.booking.link"]
        days = []
        for of_day in bookings.grouped("date").values():
            rows = of_day._get_mail_rows()
            links = [
                {
                    "name": child.firstname,
                    "url": Link._get_url("absence", of_child, self),
                }
                for child, of_child in of_day.grouped("child_id").items()
            ]
            days.append({"day": rows[0]["day"], "rows": rows, "links": links})
        return days
