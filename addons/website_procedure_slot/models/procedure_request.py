from odoo import models

from odoo.addons.territory_base import clock, dates


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_slot_url(self, key, page=""):
        """Under the page of the request: whoever reads it reads this, and nobody else."""
        return "/".join(filter(None, (f"{self._get_url()}/rendez-vous/{key}", page)))

    def _on_slot_changed(self, kind):
        result = super()._on_slot_changed(kind)
        self._tell_event(kind)
        return result

    def _get_event_titles(self):
        return {
            **super()._get_event_titles(),
            "slot_moved": (self.env._("Your appointment is moved"), "check"),
            "slot_cancelled": (self.env._("Your appointment is cancelled"), "x"),
        }

    def _get_tag(self):
        """Its hour is over: it is sent no more, and nobody closes each visit."""
        if self.sudo()._is_slot_past():
            return {"tone": "ok", "label": self.env._("Appointment over")}
        return super()._get_tag()

    def _get_portal_notices(self):
        return {
            **super()._get_portal_notices(),
            "rdv": self.env._("Your appointment is moved. We have written to you."),
            "rdv-annule": self.env._("Your appointment is cancelled. We have written to you."),
        }

    def _prepare_portal_blocks(self, by=None):
        """Each appointment, with what may still be done about it."""
        blocks = super()._prepare_portal_blocks(by)
        return [*map(self._prepare_slot_block, self._get_appointments()), *blocks]

    def _prepare_slot_block(self, appointment):
        key = appointment.question.key
        return {
            "name": f"rendez-vous-{key}",
            "title": self.env._("Your appointment"),
            "template": "website_procedure_slot.portal_slot",
            "values": {**self._prepare_slot(appointment), "path": f"rendez-vous/{key}"},
            "acts": [],
        }

    def _prepare_slot(self, appointment):
        """What a page says of it. In superuser mode, once it is checked who reads."""
        day = clock.local_day(appointment.start)
        say = self.env["procedure.slot.booking"]._say
        month = dates.say_day(self.env, day, "MMM")
        words = say(appointment.start, appointment.stop)
        problem = self._get_move_problem(appointment)
        return {
            "number": dates.say_day(self.env, day, "d MMM").removesuffix(f" {month}"),
            "month": month,
            "words": words[:1].upper() + words[1:],
            "keep": self.env._(
                "Keep the appointment of %(day)s", day=dates.say_day(self.env, day, "d MMMM")
            ),
            "minutes": (appointment.stop - appointment.start).seconds // 60,
            "is_taken": appointment.is_taken,
            "label": appointment.question.label,
            "place": self._get_service_lines(),
            "to_bring": appointment.is_taken and appointment.question.slot_calendar_id.to_bring,
            "problem": problem,
            "can_cancel": not self._get_cancel_problem(appointment),
        }
