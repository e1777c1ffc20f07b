from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base.dates import show_day

# How a family asks the service for days; on the site, she does it herself.
CHANNELS = [
    ("counter", "Counter"),
    ("phone", "Phone"),
    ("mail", "Letter"),
    ("email", "E-mail"),
]


class FamilyBooking(models.Model):
    """A child in a session: one row whichever parent asked, a numbered place while it holds one.

    A state machine: the access file lets nobody write, the checked methods of `family.booking.acts`
    do. Parents read no row: they share it, and it names who asked. Pages show what is theirs.
    """

    _name = "family.booking"
    _inherit = [
        "family.booking.acts",
        "family.booking.waiting",
        "family.booking.choices",
        "family.booking.turn",
        "privacy.retention.mixin",
    ]
    _description = "Booking"
    _order = "date desc, session_id, asked_on, id"

    child_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "person")],
    )
    session_id = fields.Many2one(
        "family.session", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # Columns of its own: most questions are by day, and a slot may go on at another site.
    date = fields.Date("Day", required=True, readonly=True, index=True)
    site_id = fields.Many2one(
        "family.site", related="session_id.site_id", store=True, precompute=True, index=True
    )
    service_id = fields.Many2one(related="site_id.service_id")
    activity_id = fields.Many2one(related="site_id.activity_id")
    slot_id = fields.Many2one(related="session_id.slot_id")
    state = fields.Selection(
        [
            ("waiting", "Waiting list"),
            ("offered", "Place offered"),
            ("booked", "Booked"),
            ("absent", "Absence said"),
            ("ended", "Ended"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    cause = fields.Selection(
        [
            ("cancelled", "Cancelled by the family"),
            ("declined", "Offer declined"),
            ("expired", "Offer without answer"),
            ("closed", "Day closed"),
            ("joined", "Two sheets of one child"),
            ("over", "No place in time"),
            ("staff", "Ended by the service"),
        ],
        "Ended because",
        readonly=True,
    )
    place = fields.Integer("Number of the place", readonly=True, aggregator=None)
    asked_on = fields.Datetime("Asked on", required=True, readonly=True)
    changed_on = fields.Datetime("Since", required=True, readonly=True)
    offered_until = fields.Datetime("Kept until", readonly=True)
    closed_from = fields.Char(
        readonly=True, help="What it was when its day was closed; it comes back with it."
    )
    party = fields.Char(readonly=True, help="The same: brothers and sisters who want all a place.")
    asks_all = fields.Boolean(
        readonly=True, help="This party said that it waits for a place for each of them."
    )
    parent_id = fields.Many2one(
        "res.partner", "Asked by", readonly=True, index=True, ondelete="set null"
    )
    channel = fields.Selection(
        [("web", "Web site"), *CHANNELS],
        required=True,
        readonly=True,
        default="web",
    )

    _place_uniq = models.UniqueIndex(
        "(session_id, place) WHERE state IN ('offered', 'booked')",
        "This place has just been taken. Try again.",
    )
    _child_uniq = models.UniqueIndex(
        "(child_id, session_id) WHERE state != 'ended'", "This child is booked there already."
    )
    _place_held = models.Constraint(
        "CHECK((state IN ('offered', 'booked')) = (place > 0))",
        "What is offered or booked holds a place, and nothing else does.",
    )
    _cause_said = models.Constraint(
        "CHECK((state = 'ended') = (cause IS NOT NULL))", "What ended has a cause."
    )
    _offer_dated = models.Constraint(
        "CHECK((state = 'offered') = (offered_until IS NOT NULL))", "An offer has an end."
    )
    _child_date_idx = models.Index("(child_id, date)")
    _site_date_idx = models.Index("(site_id, date)")

    @api.depends("child_id", "site_id", "date")
    def _compute_display_name(self):
        for booking in self:
            day = show_day(booking.date) if booking.date else ""
            names = (booking.child_id.display_name, booking.site_id.name, day)
            booking.display_name = ", ".join(filter(None, names))

    # ------------------------------------------------------------
    # Hooks, in superuser mode, once it is written
    # ------------------------------------------------------------

    def _on_booked(self):
        """Hook: these have a place."""

    def _on_waiting(self):
        """Hook: these are on the list."""

    def _on_offered(self):
        """Hook: a place is kept for these, until `offered_until`."""

    def _on_absent(self):
        """Hook: these do not come, and were booked."""

    def _on_ended(self):
        """Hook: these are over, for their `cause`."""

    def _on_restored(self):
        """Hook: their day was closed, and is not any more."""

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    @api.model
    def _get_retention_domain(self, rule, day=None):
        if day is None:
            return Domain.TRUE
        return Domain("date", "<", day - relativedelta(months=rule.months))

    def _get_retention_dues(self, rule):
        months = relativedelta(months=rule.months)
        return {booking: booking.date + months for booking in self}

    def _get_retention_kind(self):
        return self._description

    def _get_retention_service(self):
        return self.service_id

    def _end_retention(self, rule):
        people = self.child_id | self.parent_id
        self.unlink()
        people._refresh_reader_services()
