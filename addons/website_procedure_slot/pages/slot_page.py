"""The question of a slot in a form: its weeks, and the place that is kept meanwhile."""

from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.public_guard.exceptions import TooManyRequests

from .slot_week import SlotWeek

# Slots that one connection, a village hall, has kept in an hour; none is kept for longer.
HOLDS_AN_HOUR = 60
# What the button of another week says, then the question and a day of that week.
TURN = "week"


class SlotPage:
    """Part of the page of a form that asks for a slot."""

    # ------------------------------------------------------------
    # Drawn
    # ------------------------------------------------------------

    def _prepare_records(self, field, name, values):
        is_plain = self.is_paper or self.is_asked_again
        if field._get_type() != SLOT_TYPE or is_plain:
            return super()._prepare_records(field, name, values)
        question = self._know_holder(field)
        slots = SLOT_TYPE.find_offer(question, self._get_answers_at(name))
        if not slots:
            lacking = SLOT_TYPE.get_lacking_sentence(question, self._get_answers_at(name))
            items = super()._prepare_records(field, name, values)
            return [{**item, "help": lacking or item.get("help")} for item in items]
        value = values.pop("value") or ""
        chosen = read_start(value)
        week = SlotWeek(question, slots, self._get_turned(name), chosen)
        return [
            self._item(
                name,
                **values,
                widget="slots",
                template="website_procedure_slot.slots_input",
                week=week,
                chosen=value if chosen in [slot.start for slot in slots] else "",
                chosen_words=self._say_chosen(slots, chosen),
                turn=f"{TURN} {name} ",
                turn_url=f"{self.action_url}#f-{name}",
                is_under_step=self.is_paged,
            )
        ]

    def _get_turned(self, name):
        """The week that was asked by its button, if that is what was pressed."""
        words = self.posted.text("_action", 100).split(" ")
        return words[2] if words[:2] == [TURN, name] and len(words) == 3 else ""

    def _say_chosen(self, slots, chosen):
        say = self.env["procedure.slot.booking"]._say
        return "".join(say(slot.start, slot.stop) for slot in slots if slot.start == chosen)

    # ------------------------------------------------------------
    # Kept for her
    # ------------------------------------------------------------

    @property
    def slot_questions(self):
        return self.version.field_ids.filtered(lambda field: field._get_type() == SLOT_TYPE)

    @property
    def slot_holder(self):
        """The counter files at once: it holds nothing."""
        is_kept = self.pending and self.pending._name == self.Pending_sudo._name
        return self.pending._get_slot_holder() if is_kept else None

    def _know_holder(self, records):
        return records.with_context(slot_holder=self.slot_holder)

    def _get_requests(self):
        return self._know_holder(super()._get_requests())

    def find_errors(self):
        """A place that is free is kept as soon as the slot itself has no error, and the one before
        it is free again; one that somebody has just taken is said beside the question."""
        errors = self._say_lacking(super().find_errors())
        is_form = self.Pending_sudo._name == self.pending._name and not self.is_preview
        if is_form and self.is_trusted and self.posted.form:
            errors = {**errors, **self._hold_slots(errors)}
        return errors

    def _say_lacking(self, errors):
        """Nobody chooses a slot as long as it is not known how many are needed."""
        if errors.keys().isdisjoint(self.slot_questions.mapped("key")):
            return errors
        answers = self._get_typed()[0]
        said = {
            question.key: SLOT_TYPE.get_lacking_sentence(question, answers)
            for question in self.slot_questions
            if question.key in errors
        }
        return {key: said.get(key) or sentence for key, sentence in errors.items()}

    def _hold_slots(self, errors):
        answers = self._get_typed()[0]
        asked = [
            question
            for question in self.slot_questions
            if answers.get(question.key) and question.key not in errors
        ]
        try:
            if asked:
                self.ensure_pending()
            if not self.pending:
                return {}
            return {
                question.key: SLOT_TYPE.get_gone_sentence(self.env)
                for question in self._know_holder(self.slot_questions)
                if not self._hold_slot(question, answers, question in asked)
            }
        except TooManyRequests:
            # Too many forms from here: it is taken when it is sent, if it is still free.
            return {}

    def _hold_slot(self, question, answers, is_asked):
        """:return: whether nobody else has it"""
        holder = question._get_slot_holder()
        if not is_asked:
            self.env["procedure.slot.booking"].sudo()._release_holders([holder])
            return True
        calendar_sudo = question.sudo().slot_calendar_id
        start = SLOT_TYPE.to_start(answers[question.key])
        count = SLOT_TYPE.count_slots(question, answers)
        if not calendar_sudo._keep_run(calendar_sudo._get_held(holder), start, count):
            if calendar_sudo._holds_enough(self.visit.sender, holder):
                # For whoever sends first; `reminders` says so.
                self.env["procedure.slot.booking"].sudo()._release_holders([holder])
                return True
            guard = self.env["public.guard"]
            guard._hit("procedure.slot.hold", self.visit.sender, HOLDS_AN_HOUR, 3600, by=count)
        return bool(calendar_sudo._hold(start, holder, count, self.visit.sender))

    @property
    def reminders(self):
        return [*super().reminders, *self._get_slot_reminders()]

    def _get_slot_reminders(self):
        """Until when each is kept; or that it is not any more."""
        if not self.slot_holder:
            return []
        answers, visible = self._get_typed()
        said = []
        for question in self._know_holder(self.slot_questions):
            if question.key not in visible or not answers.get(question.key):
                continue
            Booking_sudo = self.env["procedure.slot.booking"].sudo()
            until = Booking_sudo._get_held_until([question._get_slot_holder()])
            values = {"slot": answers[question.key]["label"]}
            if until:
                values["hour"] = Booking_sudo._say_hour(until)
                sentence = self.env._(
                    "%(slot)s: kept for you until %(hour)s. After that others may take it; your "
                    "answers stay.",
                    **values,
                )
            else:
                sentence = self.env._(
                    "%(slot)s: not kept for you, it is yours once your request is sent, if nobody "
                    "took it before.",
                    **values,
                )
            said.append(sentence)
        return said


def read_start(value):
    """The moment that an input names; None of anything else."""
    value = value[-1] if isinstance(value, list) and value else value
    if not isinstance(value, str) or not value.isascii() or not value.isdecimal():
        return None
    return SLOT_TYPE.to_start({"id": int(value)}) if len(value) < 10 else None
