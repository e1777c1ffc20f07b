from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.procedure_price.amounts import say_cents
from odoo.addons.territory_base import clock

# Accepted, and the keys are not given yet.
EXPECTED = ("complete", "signed")


class RoomBookingPayment(models.AbstractModel):
    """The first payment of a booking, from the answer to the day that it has come."""

    _name = "room.booking.payment"
    _description = "First payment of a booking"

    first_cents = fields.Integer(readonly=True, aggregator=None)
    first_label = fields.Char("First payment", compute="_compute_first_label")
    first_until = fields.Date("First payment before", readonly=True)
    is_first_expected = fields.Boolean(compute="_compute_is_first_expected")

    @api.depends("first_cents")
    def _compute_first_label(self):
        for booking in self:
            cents = booking.first_cents
            booking.first_label = say_cents(self.env, cents) if cents else False

    @api.depends("state", "first_cents", "request_id.payment_state")
    def _compute_is_first_expected(self):
        for booking in self:
            is_settled = booking.sudo().request_id.payment_state in ("paid", "cancelled")
            is_open = booking.state in EXPECTED and bool(booking.first_cents)
            booking.is_first_expected = is_open and not is_settled

    def _prepare_first_payment(self):
        """Of its price, as it is known today. In superuser mode."""
        self.ensure_one()
        request, room = self.request_id, self.room_id
        total = request.price_cents if request._is_amount_known() else 0
        today = clock.today()
        last = clock.local_day(self.start) - timedelta(days=1)
        due = max(min(today + timedelta(days=room.first_days), last), today)
        cents = room._get_first_cents(total)
        return {"first_cents": cents, "first_until": cents and (self.first_until or due)}

    def _update_first_payment(self):
        """Its price changed after the answer. In superuser mode."""
        for booking in self.filtered(lambda each: each.state in EXPECTED):
            booking.write(booking._prepare_first_payment())

    def _get_first_sentence(self, values=None):
        """What is paid first, and by when; empty when nothing is expected.

        :param values: `_prepare_first_payment`, before it is accepted
        """
        self.ensure_one()
        cents, until = self.first_cents, self.first_until
        if values:
            cents, until = values["first_cents"], values["first_until"]
        if not cents or not (values or self.is_first_expected):
            return ""
        return self.env._(
            "First payment: %(amount)s, by %(date)s at the latest.",
            amount=say_cents(self.env, cents),
            date=until.strftime("%d/%m/%Y"),
        )

    def _get_payment_facts(self):
        """(label, text) of its agreement. In superuser mode."""
        self.ensure_one()
        request = self.request_id
        if not request.has_price or not request.price_cents:
            return []
        first = self.first_cents and self.env._(
            "%(amount)s, by %(date)s at the latest",
            amount=self.first_label,
            date=self.first_until.strftime("%d/%m/%Y"),
        )
        means = request.procedure_id._get_payment_means()
        return [(self.env._("First payment"), first), (self.env._("How to pay"), means)]
