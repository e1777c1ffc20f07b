"""What a service asked came by post or at the counter: it enters it in the applicant's place."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure_desk.models.procedure_request_entry import make_seen
from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.web import Posted, is_csrf_valid, not_cached, typed_list
from odoo.addons.website_procedure.pages.form_reading import is_reshaped
from odoo.addons.website_procedure_request.controllers.request_actions import RequestActions
from odoo.addons.website_procedure_request.controllers.request_page import get_asked

from ..pages.counter_page import SEEN
from .counter import MAX_ID, ROUTE, ProcedureCounter


class ProcedureCounterCompletion(ProcedureCounter):
    @http.route("/guichet/demande/<int:request_id>/completer", **ROUTE)
    def completion(self, request_id, **kwargs):
        """For the service in charge of the request; for anybody else it does not exist."""
        self._check_staff()
        record = request.env["procedure.request"].search([("id", "=", min(request_id, MAX_ID))])
        if not record or not record._is_handled_by(request.env.user):
            raise NotFound()
        if record.state != "to_complete":
            return self._open_request(record)
        if request.httprequest.method != "POST":
            return self._render_completion(record)
        actions = RequestActions(record.sudo(), "", None)
        raw, files, errors = actions.read_asked()
        seen = self._read_seen(record)
        for key in seen:
            files[key] = [*files.get(key, ()), make_seen(clock.today())]
        if not is_csrf_valid():
            notice = self._get_expired_sentence()
            return self._render_completion(record, raw, notice=notice, seen=seen)
        if is_reshaped(Posted.from_request()):
            return self._render_completion(record, raw, seen=seen)
        if not errors:
            try:
                record._receive(answers=raw, files=files)
            except AnswersInvalid as refused:
                errors = refused.errors
            except UserError as refused:
                return self._render_completion(record, raw, notice=str(refused), seen=seen)
        if errors:
            return self._render_completion(record, raw, errors, seen=seen)
        return self._open_request(record)

    def _read_seen(self, record):
        """The documents asked that she ticks as seen."""
        record_sudo = record.sudo()
        items = record_sudo._get_asked_items()
        files = {item["key"] for item in items if item["type"] == "file"}
        return files & set(typed_list(SEEN, 200))

    def _open_request(self, record):
        path = f"/odoo/action-procedure_desk.procedure_request_action/{record.id}"
        return request.redirect(path, code=303)

    def _render_completion(self, record, raw=None, errors=None, notice="", seen=()):
        record_sudo = record.sudo()
        asked, page = get_asked(record_sudo, record_sudo.applicant_id, errors, raw)
        for item in asked:
            for field in item["fields"]:
                field["required"] = field["needed"] = False
                if field["widget"] == "file":
                    key = field["name"]
                    field["seen"] = {"value": key, "checked": key in seen}
        title = request.env._("Enter what was missing")
        if errors:
            title = request.env._("Error: %(name)s", name=title)
        response = request.render(
            "website_procedure_counter.completion",
            {
                "record": record,
                "asked": asked,
                "asked_page": page,
                "errors": list(page.error_list_of(asked)),
                "notice": notice,
                "title": title,
                "counter_label": request.env._("Counter"),
                "heading": request.env._(
                    "Request %(number)s of %(name)s",
                    number=record.number,
                    name=record.applicant_name,
                ),
            },
            status=422 if errors else 200,
        )
        return not_cached(response)
