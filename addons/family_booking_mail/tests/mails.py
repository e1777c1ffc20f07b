"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from datetime import date

MONDAY = date(2026, 3, 9)


class Mails:
    SENDERS = {
        "models/family_booking.py:_tell": "bookings",
        "models/res_partner.py:_send_week_mail": "bookings",
    }

    def make_bookings(self):
        for template in self._get_templates("family.booking"):
            self._make_booking()._tell(template)
        self._make_booking()
        self.camille.partner_id._send_week_mail(MONDAY)

    def _make_booking(self):
        """A child of Camille's in a canteen, on a Monday."""
        parent = self.camille.partner_id
        child = parent._declare_child(
            {"firstname": "Lou", "lastname": "Durand", "birthdate": "2019-03-02"}
        )
        Activity = self.env["family.activity"]
        activity = Activity.create({"name": "Cantine", "service_id": self.waste.id})
        site = self.env["family.site"].create(
            {"name": "Cantine du Val", "activity_id": activity.id, "capacity": 9}
        )
        slot = self.env["family.slot"].create(
            {"site_id": site.id, "day": "0", "name": "Midi", "hour_from": 12, "hour_to": 13}
        )
        season = self.env["family.season"].create(
            {
                "name": "Mars",
                "date_start": MONDAY,
                "date_end": MONDAY,
                "service_id": self.waste.id,
                "site_ids": site.ids,
            }
        )
        session = self.env["family.session"].create(
            {
                "slot_id": slot.id,
                "season_id": season.id,
                "date": MONDAY,
                "hour_from": 12,
                "hour_to": 13,
                "capacity": 9,
            }
        )
        Booking = self.env["family.booking"]
        return Booking._make(parent, {session: (child, [1])}, None, "counter")
