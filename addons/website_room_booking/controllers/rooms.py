from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.organisations import find_organisations
from odoo.addons.website_parts.tools.web import PAGE, is_signed_in, not_cached, text
from odoo.addons.website_procedure.controllers.form_session import get_claim

from ..pages.room_month import RoomMonth


class Rooms(http.Controller):
    def _sitemap_rooms(self, rule, qs):
        Room_sudo = self["room.room"].sudo()
        rooms_sudo = Room_sudo.search(Room_sudo._get_public_domain())
        if rooms_sudo:
            yield {"loc": "/salles"}
        for room_sudo in rooms_sudo:
            yield {"loc": room_sudo._get_content_url()}

    @http.route("/salles", **{**PAGE, "sitemap": _sitemap_rooms})
    def rooms(self, **kwargs):
        Room_sudo = request.env["room.room"].sudo()
        rooms_sudo = Room_sudo.search(Room_sudo._get_public_domain())
        response = request.render(
            "website_room_booking.rooms",
            {
                "communes": sorted(
                    rooms_sudo.grouped("commune_id").items(), key=lambda item: item[0].name
                )
            },
        )
        return not_cached(response)

    @http.route("/salles/<string:slug>", **PAGE)
    def room(self, slug, mois="", jour="", **kwargs):
        """Free or taken, never by whom nor why: what is read of a booking is its moments."""
        Room_sudo = request.env["room.room"].sudo()
        room_sudo = Room_sudo._find_by_slug(text(slug, 200), Room_sudo._get_public_domain())
        if not room_sudo:
            raise NotFound()
        if room_sudo.slug != slug:
            return request.redirect(room_sudo._get_content_url(), code=301)
        asking = get_asking()
        held_sudo = find_held(room_sudo)
        month = RoomMonth(room_sudo, text(mois, 10), text(jour, 10), asking, held_sudo)
        response = request.render(
            "website_room_booking.room",
            {
                "room": room_sudo,
                "rooms_title": request.env._("Rooms to hire"),
                "page_room": room_sudo.page_room_id,
                "procedure": room_sudo.procedure_id,
                "tariffs": room_sudo.procedure_id._get_tariff_sentences(
                    {"room": str(room_sudo.id)}
                ),
                "service": room_sudo.service_id,
                "month": month,
                "is_for_others": bool(asking) and not room_sudo._is_open_to_one_of(asking),
                "url": room_sudo._get_content_url(),
                "website_meta_description": request.env._(
                    "Free days of %(room)s at %(commune)s, its hours and who may ask for it.",
                    room=room_sudo.name,
                    commune=room_sudo.commune_id.name,
                ),
            },
        )
        return not_cached(response)


def find_held(room_sudo):
    """What the form that the reader began, with her account or in this browser, holds of this room:
    nobody else may know whose it is."""
    Pending_sudo = request.env["website.procedure.pending"].sudo()
    procedure_sudo = room_sudo.procedure_id
    if is_signed_in():
        pending_sudo = Pending_sudo._find_draft(procedure_sudo, request.env.user.partner_id)
    else:
        pending_sudo = Pending_sudo._find_claimed(procedure_sudo, get_claim(procedure_sudo))
    Booking_sudo = request.env["room.booking"].sudo()
    if not pending_sudo:
        return Booking_sudo
    held_sudo = Booking_sudo._get_held(pending_sudo._get_slot_holder())
    is_held = held_sudo._is_held() and held_sudo.room_id == room_sudo
    return held_sudo if is_held else Booking_sudo


def get_asking():
    """Who reads, and those in whose name she may ask; nobody for a visitor."""
    user = request.env.user
    return () if user._is_public() else user.partner_id | find_organisations(user.partner_id)
