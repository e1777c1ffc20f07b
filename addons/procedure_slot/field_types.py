from datetime import datetime, timedelta

from odoo import fields
from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.engine.conditions import visible_fields
from odoo.addons.procedure_form.engine.definition import Refused
from odoo.addons.procedure_form.engine.formula import compute
from odoo.addons.procedure_form.field_types import RecordType
from odoo.addons.procedure_form.field_types.computed import FORMULA_WORDS
from odoo.addons.territory_base import clock

_lt = LazyTranslate(__name__)

EPOCH = datetime(1970, 1, 1)
MINUTE = timedelta(minutes=1)


class SlotType(RecordType):
    """A slot of a calendar: {"id": minutes since 1970, in UTC, "label": its words on that day}.

    Its words stay readable once the calendar is gone. Of several slots in a row, which its
    calculation counts, it is the first moment; `"cancelled": True` once it was given up.
    """

    code = "slot"
    label = _lt("Slot")
    explanation = _lt(
        "An appointment, in a calendar of the service; a calculation, if any, says how many slots "
        "in a row"
    )
    group = "number"
    sequence = 4
    icon = "fa-calendar-check-o"
    is_said_in_mail = True
    is_recalled = False
    in_block = False
    paper_lines = 1
    settings = ("formula",)
    problem_words = FORMULA_WORDS
    record_settings = {"slot_calendar_id": _lt("Calendar of slots")}

    def parse_text(self, field, text, lookups):
        found = lookups.record(field, text) if len(text) <= 20 else None
        if not found:
            raise Refused("slot_gone")
        return found

    def get_error_sentence(self, env, problem):
        if problem.code == "slot_gone":
            return self.get_gone_sentence(env)
        return super().get_error_sentence(env, problem)

    def get_gone_sentence(self, env):
        return env._("This slot has just been taken. Choose another one.")

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
        if self.find_offer(question, {}, count=1):
            return attributes
        sentence = question.env._("No slot is free at the moment: call the service.")
        return {**attributes, "help": " ".join(filter(None, [question.help, sentence]))}

    def get_paper_hint(self, env):
        return env._("To be agreed with the service.")

    def format(self, question, value):
        if value.get("cancelled"):
            return question.env._("%(slot)s, cancelled", slot=value["label"])
        return value["label"]

    def index(self, question, value, communes):
        words = self.format(question, value)
        return [{"value_text": words, "value_date": clock.local_day(self.to_start(value))}]

    # ------------------------------------------------------------
    # Slots to choose from
    # ------------------------------------------------------------

    def find_choices(self, question, partner, answers):
        """Those of which a place is free, or that this form or this request has already."""
        say = question.env["procedure.slot.booking"]._say
        return {
            self.to_id(slot.start): say(slot.start, slot.stop)
            for slot in self.find_offer(question, answers)
        }

    def find_offer(self, question, answers, count=None):
        """The same, as slots; several in a row are one. None as long as nobody knows how many.

        Read in superuser mode: a slot tells nobody about the others.

        :param count: how many in a row, where it is known otherwise than by the calculation
        """
        calendar_sudo = question.sudo().slot_calendar_id
        count = count or self.count_slots(question, answers)
        if not calendar_sudo or not count:
            return []
        request = question.env["procedure.request"].browse(question.env.context.get("slot_request"))
        return calendar_sudo._get_offer(question._get_slot_holder(), request, count)

    def count_slots(self, question, answers):
        """How many slots in a row, by the calculation of the question: one without it. None when
        it lacks an answer: one slot would be too short."""
        if not question.formula:
            return 1
        form_fields = question.version_id.field_ids._to_engine()
        shown = {field.key: field for field, _above in visible_fields(form_fields, answers)}
        day = self.get_day(question)
        count = compute(question.formula, shown, answers, day, 0)
        return None if count is None else max(1, int(count))

    def get_day(self, question):
        """On which ages are counted: the day on which it was sent, as all its answers are."""
        Request_sudo = question.env["procedure.request"].sudo()
        request_sudo = Request_sudo.browse(question.env.context.get("slot_request") or [])
        return clock.local_day(request_sudo.date_submitted or fields.Datetime.now())

    def get_lacking_sentence(self, question, answers):
        """What to answer before any slot is offered; empty when nothing lacks."""
        if self.count_slots(question, answers):
            return ""
        lacking = question._get_slot_operands().filtered(lambda each: each.key not in answers)
        labels = ", ".join(each.label for each in lacking or question._get_slot_operands())
        return question.env._("Before you choose a slot, answer first: %(labels)s.", labels=labels)

    def get_choices_key(self, question, answers):
        calendar_sudo = question.sudo().slot_calendar_id
        count = self.count_slots(question, answers)
        # Another question of the same calendar holds another place.
        return self.code, calendar_sudo.id, question._get_slot_holder(), count

    def to_id(self, start):
        return (start - EPOCH) // MINUTE

    def to_start(self, value):
        return EPOCH + value["id"] * MINUTE


SLOT_TYPE = SlotType()
