from odoo import models

from ..tools.states import ACTIVE, STRONGEST, overlaps


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_reader_services(self):
        """Who leads a site reads the sheets of the children who come, and of the asking parent."""
        readers = super()._get_reader_services()
        Booking_sudo = self.env["family.booking"].sudo()
        for name in ("child_id", "parent_id"):
            rows = Booking_sudo._read_group(
                [(name, "in", self.ids)], [name, "site_id"], aggregates=[]
            )
            for partner, site in rows:
                if partner.id in readers:
                    readers[partner.id] |= site.service_id
        return readers

    def _filter_named(self):
        """A child stays as long as what was booked for it."""
        booked = self.env["family.booking"]._read_group(
            [("child_id", "in", self.ids)], ["child_id"], aggregates=[]
        )
        return super()._filter_named() | self.browse([child.id for (child,) in booked])

    def _join_child(self, child):
        """What was booked for both sheets is one booking: what went furthest stays, then what was
        asked first. Nothing is lost, no place is held twice, no child is at two sites at one hour.
        """
        Booking = self.env["family.booking"]
        own = Booking.search([("child_id", "=", self.id)])
        standing = Booking.search([("child_id", "=", child.id), ("date", "in", own.mapped("date"))])
        Booking._take_turns(self | child, (own | standing).site_id)
        active = (own | standing).filtered(lambda each: each.state in ACTIVE)
        double = Booking
        for of_day in active.grouped("date").values():
            kept = Booking
            for booking in of_day.sorted(
                lambda each: (STRONGEST.index(each.state), each.asked_on, each.id)
            ):
                if any(
                    each.session_id == booking.session_id
                    or overlaps(each.session_id, booking.session_id)
                    for each in kept
                ):
                    double |= booking
                else:
                    kept |= booking
        self._keep_ranks(active - double, double)
        double._end("joined")
        own.child_id = child
        own.flush_recordset(["child_id"])
        result = super()._join_child(child)
        child._refresh_reader_services()
        Booking._offer_free(double.session_id)
        return result

    def _keep_ranks(self, kept, double):
        """Who waited on both sheets keeps the better rank."""
        for booking in kept.filtered(lambda each: each.state == "waiting"):
            same = double.filtered(
                lambda each, booking=booking: each.session_id == booking.session_id
            )
            booking.asked_on = min([booking.asked_on, *same.mapped("asked_on")])
