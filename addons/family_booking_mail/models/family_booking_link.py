from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools.misc import hash_sign

from odoo.addons.territory_base.links import read_signed

SCOPE = "family_booking_mail.link"
# A link says what it opens, to whom: nothing else is read from it.
PLACE, ABSENCE = "place", "absence"
HOURS = 24 * 8
VERBS = {
    PLACE: {"take": "_accept", "leave": "_decline"},
    ABSENCE: {"absent": "_say_absent", "come": "_take_back"},
}


class FamilyBookingLink(models.AbstractModel):
    """What a mail opens without signing in: one place that is kept, the absence of one day.

    Mail programs open links by themselves: a link shows a first name, and only its button acts.
    What is done is checked as if she had signed in.
    """

    _name = "family.booking.link"
    _description = "Signed link of a booking"

    @api.model
    def _sign(self, kind, bookings, parent):
        """:return: a token that opens these bookings for this parent, for eight days"""
        values = [kind, parent.id, bookings.ids]
        return hash_sign(self.env(su=True), SCOPE, values, expiration_hours=HOURS)

    @api.model
    def _get_url(self, kind, bookings, parent):
        return f"{parent.get_base_url()}/famille/{kind}/{self._sign(kind, bookings, parent)}"

    @api.model
    def _open(self, kind, token):
        """(parent, bookings) in superuser mode; empty when the link is wrong, over, or she answers
        for the child no more."""
        parent_sudo = self.env["res.partner"].sudo()
        bookings_sudo = self.env["family.booking"].sudo()
        values = read_signed(self.env(su=True), SCOPE, token)
        if not values or values[0] != kind:
            return parent_sudo, bookings_sudo
        parent_sudo = parent_sudo.browse(values[1]).exists()
        found_sudo = bookings_sudo.browse(values[2]).exists()
        if not parent_sudo.active:
            return parent_sudo.browse(), bookings_sudo
        held_sudo = parent_sudo._children_i_may_act_for()
        return parent_sudo, found_sudo.filtered(lambda each: each.child_id in held_sudo)

    @api.model
    def _act(self, kind, token, verb):
        """As if she had signed in.

        :param verb: `take` or `leave` a place, say `absent`, undo by `come`
        :raise AccessError: the link opens nothing any more
        :raise UserError: it is too late
        """
        parent_sudo, bookings_sudo = self._open(kind, token)
        if not bookings_sudo or verb not in VERBS[kind]:
            raise AccessError(self.env._("This link opens nothing any more."))
        # Her own rules, whether she has an account or not.
        bookings_sudo = bookings_sudo.with_context(as_parent=parent_sudo.id)
        getattr(bookings_sudo, VERBS[kind][verb])(parent_sudo)
