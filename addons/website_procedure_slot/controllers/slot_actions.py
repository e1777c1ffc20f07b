"""What the applicant does about her slot, signed in or with a number and a code."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.website_parts.tools.web import not_cached, text, typed

from ..pages.slot_page import read_start
from ..pages.slot_week import SlotWeek


class SlotActions:
    """:param actions: `RequestActions` of the request, whose reader was checked by the caller"""

    def __init__(self, actions, key):
        self.actions = actions
        self.request_sudo = actions.request_sudo
        self.appointment = self.request_sudo._get_appointment(text(key, 50))
        if not self.appointment:
            raise NotFound()
        self.key = self.appointment.question.key
        self.url = f"{actions.base_url}/rendez-vous/{self.key}"

    def show(self, error="", chosen=None, week="", status=200):
        """Her appointment, and where it may move."""
        question = self.appointment.question
        view = self.request_sudo._prepare_slot(self.appointment)
        slots = [] if view["problem"] else self.request_sudo._get_slot_offer(question)
        if self.appointment.is_taken:
            # Hers is in the frame above.
            slots = [slot for slot in slots if slot.start != self.appointment.start]
        title = self.request_sudo.procedure_id.name
        response = request.render(
            "website_procedure_slot.appointment",
            {
                "slot": view,
                "week": slots and SlotWeek(question, slots, text(week, 20), chosen),
                "base_url": self.actions.base_url,
                "url": self.url,
                "heading": title,
                "number": self.request_sudo.number,
                "service": self.request_sudo.service_id,
                "error": error,
                "errors": [("heures", error)] if error else [],
                "page_title": request.env._("Error: %(name)s", name=title) if error else title,
            },
            status=422 if error else status,
        )
        return not_cached(response)

    def move(self, week=""):
        expired = self.actions._refuse_expired()
        start = read_start(typed("slot", 20))
        if expired or not start:
            error = expired or SLOT_TYPE.get_missing_sentence(request.env)
            return self.show(error, start, week)
        try:
            self.request_sudo._take_portal_turn()
            with request.env.cr.savepoint():
                self.request_sudo._move_slot(self.key, start, by=self.actions.by)
        except AnswersInvalid as refused:
            # What is refused may be another question, which another window has changed.
            error = refused.errors.get(self.key) or request.env._(
                "Your appointment was not moved: %(why)s", why=" ".join(refused.errors.values())
            )
            return self.show(error, week=week)
        except UserError as refused:
            return self.show(str(refused))
        return self._done("rdv")

    def cancel(self):
        """Asked first: a link opened by mistake cancels nothing."""
        error = ""
        if request.httprequest.method == "POST":
            error = self.actions._refuse_expired()
            if not error and typed("_action", 20) == "cancel":
                try:
                    self.request_sudo._take_portal_turn()
                    # Pressed twice, it is done once, and said the same way.
                    if self.appointment.is_taken:
                        with request.env.cr.savepoint():
                            self.request_sudo._cancel_slot(self.key, by=self.actions.by)
                except UserError as refused:
                    return self.show(str(refused))
                return self._done("rdv-annule")
        elif self.request_sudo._get_cancel_problem(self.appointment):
            return request.redirect(self.url, code=303)
        response = request.render(
            "website_procedure_slot.appointment_cancel",
            {
                "slot": self.request_sudo._prepare_slot(self.appointment),
                "goes_too": self.request_sudo._is_cancelled_with_slot(self.appointment.question),
                "base_url": self.actions.base_url,
                "url": self.url,
                "heading": self.request_sudo.procedure_id.name,
                "number": self.request_sudo.number,
                "errors": [(None, error)] if error else [],
            },
            status=422 if error else 200,
        )
        return not_cached(response)

    def download(self):
        content = self.request_sudo._make_ics(self.appointment)
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", 'attachment; filename="rendez-vous.ics"'),
            ("Content-Length", str(len(content))),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return not_cached(request.make_response(content, headers))

    def _done(self, what):
        return request.redirect(f"{self.actions.base_url}?fait={what}", code=303)
