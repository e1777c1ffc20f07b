from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.procedure_price.amounts import read_cents, say_cents, write_cents


class RoomRoomPayment(models.AbstractModel):
    """What is paid before the keys, so that the room stays booked."""

    _name = "room.room.payment"
    _description = "First payment of a room"

    first_percent = fields.Integer(
        "First payment, in percent", help="Of the price. 0: none, or the amount below."
    )
    first_cents = fields.Integer(aggregator=None)
    first_amount = fields.Char(
        "First payment, in euros",
        compute="_compute_first_amount",
        inverse="_inverse_first_amount",
        help="The same for all, never more than the price. 0: none, or the share above.",
    )
    first_days = fields.Integer(
        "First payment within",
        default=15,
        help="In days after the answer; the day before that of the room at the latest.",
    )

    @api.depends("first_cents")
    def _compute_first_amount(self):
        for room in self:
            room.first_amount = write_cents(room.first_cents)

    def _inverse_first_amount(self):
        for room in self:
            cents = read_cents(room.first_amount or "0")
            if cents is None:
                raise ValidationError(
                    self.env._(
                        "“%(amount)s” is not an amount. Write it like this: 50,00.",
                        amount=room.first_amount,
                    )
                )
            room.first_cents = cents

    @api.constrains("first_percent", "first_cents", "first_days")
    def _check_first_payment(self):
        for room in self:
            if not 0 <= room.first_percent <= 100 or room.first_cents < 0:
                raise ValidationError(
                    self.env._("A first payment is from 0 to 100 percent, or an amount.")
                )
            if room.first_percent and room.first_cents:
                raise ValidationError(
                    self.env._("A first payment is a share of the price or an amount: not both.")
                )
            if not 0 <= room.first_days <= 365:
                raise ValidationError(
                    self.env._("A first payment is expected within 0 to 365 days.")
                )

    def _get_first_cents(self, total):
        """:param total: the price, in cents; half a cent goes up"""
        self.ensure_one()
        if self.first_percent:
            return (total * self.first_percent + 50) // 100
        return min(self.first_cents, total)

    def _get_first_words(self):
        """What it will be, before any price is known; empty when there is none."""
        self.ensure_one()
        if self.first_percent:
            return self.env._("%(percent)s %% of the price", percent=self.first_percent)
        return say_cents(self.env, self.first_cents) if self.first_cents else ""
