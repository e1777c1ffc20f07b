from odoo import http

from odoo.addons.website_procedure_request.controllers import portal, tracking

from .slot_actions import SlotActions

GET = {"methods": ["GET"]}
BOTH = {"methods": ["GET", "POST"]}


class SlotPortal(portal.ProcedurePortal):
    @http.route("/my/demandes/<string:request_id>/rendez-vous/<string:key>", **portal.FORM, **GET)
    def my_slot(self, request_id, key, semaine="", **kwargs):
        return SlotActions(self._get_actions(request_id), key).show(week=semaine)

    @http.route("/my/demandes/<string:request_id>/rendez-vous/<string:key>", **portal.POST)
    def my_slot_move(self, request_id, key, semaine="", **kwargs):
        return SlotActions(self._get_actions(request_id), key).move(week=semaine)

    @http.route(
        "/my/demandes/<string:request_id>/rendez-vous/<string:key>/annuler",
        **{**portal.POST, **BOTH},
    )
    def my_slot_cancel(self, request_id, key, **kwargs):
        return SlotActions(self._get_actions(request_id), key).cancel()

    @http.route(
        "/my/demandes/<string:request_id>/rendez-vous/<string:key>/agenda.ics",
        **portal.FORM,
        **GET,
    )
    def my_slot_event(self, request_id, key, **kwargs):
        return SlotActions(self._get_actions(request_id), key).download()


class SlotTracking(tracking.Tracking):
    def _get_slot_actions(self, request_number, key):
        return SlotActions(self._get_actions(self._get_followed(request_number)), key)

    @http.route("/suivi/<string:request_number>/rendez-vous/<string:key>", **tracking.FORM, **GET)
    def followed_slot(self, request_number, key, semaine="", **kwargs):
        if not self._find_followed(request_number):
            return self._lead_to_form(request_number)
        return self._get_slot_actions(request_number, key).show(week=semaine)

    @http.route("/suivi/<string:request_number>/rendez-vous/<string:key>", **tracking.POST)
    def followed_slot_move(self, request_number, key, semaine="", **kwargs):
        return self._get_slot_actions(request_number, key).move(week=semaine)

    @http.route(
        "/suivi/<string:request_number>/rendez-vous/<string:key>/annuler",
        **{**tracking.POST, **BOTH},
    )
    def followed_slot_cancel(self, request_number, key, **kwargs):
        return self._get_slot_actions(request_number, key).cancel()

    @http.route(
        "/suivi/<string:request_number>/rendez-vous/<string:key>/agenda.ics",
        **tracking.FORM,
        **GET,
    )
    def followed_slot_event(self, request_number, key, **kwargs):
        """From a mail, before she typed her code: she is asked for it first."""
        if not self._find_followed(request_number):
            return self._lead_to_form(request_number)
        return self._get_slot_actions(request_number, key).download()
