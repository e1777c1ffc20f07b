from datetime import datetime, timedelta

from odoo.tools import LazyTranslate

from odoo.addons.procedure.delays import local_day
from odoo.addons.procedure_form.engine.definition import Refused
from odoo.addons.procedure_form.field_types import RecordType

_lt = LazyTranslate(__name__)

EPOCH = datetime(1970, 1, 1)
MINUTE = timedelta(minutes=1)


class SlotType(RecordType):
    """A slot of a calendar: {"id": minutes since 1970, in UTC, "label": its words on that day}.

    Its words stay readable once the calendar is gone.
    """

    code = "slot"
    label = _lt("Slot")
    explanation = _lt("An appointment, in a calendar of the service")
    group = "number"
    sequence = 4
    icon = "fa-calendar-check-o"
    is_said_in_mail = True
    in_block = False
    paper_lines = 1
    record_settings = {"slot_calendar_id": _lt("Calendar of slots")}

    def parse_text(self, field, text, lookups):
        found = lookups.record(field, text) if len(text) <= 20 else None
        if not found:
            raise Refused("slot_gone")
        return found

    def get_error_sentence(self, env, problem):
        if problem.code == "slot_gone":
            return env._("This slot has just been taken. Choose another one.")
        return super().get_error_sentence(env, problem)

    def get_missing_sentence(self, env):
        return env._("Choose a slot.")

    def get_examples(self, env):
        nine = datetime(2026, 3, 24, 8)
        words = env["procedure.slot.booking"]._say
        return [
            words(nine + 20 * MINUTE * rank, nine + 20 * MINUTE * (rank + 1)) for rank in (0, 1)
        ]

    def get_attributes(self, question):
        """Where no slot is free, what to do instead, in the place of a list that is empty."""
        attributes = super().get_attributes(question)
        if self.find_choices(question, None, {}):
            return attributes
        sentence = question.env._("No slot is free at the moment: call the service.")
        return {**attributes, "help": " ".join(filter(None, [question.help, sentence]))}

    def get_paper_hint(self, env):
        return env._("To be agreed with the service.")

    def index(self, question, value, communes):
        return [{"value_text": value["label"], "value_date": local_day(self.to_start(value))}]

    # ------------------------------------------------------------
    # Slots to choose from
    # ------------------------------------------------------------

    def find_choices(self, question, partner, answers):
        """Those of which a place is free, or that this form or this request has already.

        Read in superuser mode: a slot tells nobody about the others.
        """
        calendar_sudo = question.sudo().slot_calendar_id
        if not calendar_sudo:
            return {}
        context = question.env.context
        request = question.env["procedure.request"].browse(context.get("slot_request"))
        say = question.env["procedure.slot.booking"]._say
        return {
            self.to_id(slot.start): say(slot.start, slot.stop)
            for slot in calendar_sudo._get_offer(context.get("slot_holder"), request)
        }

    def get_choices_key(self, question, answers):
        return self.code, question.sudo().slot_calendar_id.id

    def to_id(self, start):
        return (start - EPOCH) // MINUTE

    def to_start(self, value):
        return EPOCH + value["id"] * MINUTE


SLOT_TYPE = SlotType()
