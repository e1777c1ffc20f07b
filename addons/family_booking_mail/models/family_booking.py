from odoo import models

from odoo.addons.family_activity.tools.cutoff import say_day, say_hour
from odoo.addons.territory_base import clock

# What ended without the family: it is told. What she did herself, she knows.
TOLD = {
    "closed": "family_booking_mail.mail_closed",
    "expired": "family_booking_mail.mail_expired",
    "over": "family_booking_mail.mail_over",
    "staff": "family_booking_mail.mail_staff",
}


class FamilyBooking(models.Model):
    """Who asked is told, and nobody else: one mail for all that happens to hers at once."""

    _inherit = "family.booking"

    def _on_offered(self):
        result = super()._on_offered()
        self._tell("family_booking_mail.mail_offered")
        return result

    def _on_ended(self):
        result = super()._on_ended()
        for cause, bookings in self.grouped("cause").items():
            if cause in TOLD:
                bookings._tell(TOLD[cause])
        return result

    def _on_restored(self):
        result = super()._on_restored()
        self._tell("family_booking_mail.mail_restored")
        return result

    def _tell(self, template):
        """One mail for each parent who asked, as far as she answers for the child still."""
        template_sudo = self.env.ref(template).sudo()
        for parent, bookings in self.grouped("parent_id").items():
            held = parent._children_i_may_act_for() if parent.email else self.child_id.browse()
            told = bookings.filtered(lambda each, held=held: each.child_id in held)
            if not told:
                continue
            told = told.sorted(lambda each: (each.date, each.session_id.hour_from, each.id))
            template_sudo.with_context(bookings=told)._send_to(
                told[0], parent.email_formatted, parent.lang or "fr_FR"
            )

    def _get_told(self):
        """All that this mail is about."""
        return self.env.context.get("bookings", self)

    def _get_mail_rows(self):
        """What a mail says of each: one line for the children who share it."""
        rows = {}
        for booking in self:
            rows.setdefault(booking.session_id, []).append(booking.child_id.firstname)
        return [
            {
                "names": ", ".join(names),
                "what": f"{session.activity_id.name}, {session.site_id.name}",
                "day": say_day(session.date),
            }
            for session, names in rows.items()
        ]

    def _get_mail_until(self):
        """« mercredi 25 novembre 2026 à 7 h 15 », the first end of these offers."""
        moments = self.filtered("offered_until").mapped("offered_until")
        if not moments:
            return ""
        moment = clock.local_time(min(moments))
        return f"{say_day(moment.date())} à {say_hour(moment.time())}"
