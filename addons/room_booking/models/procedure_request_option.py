from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from odoo.addons.procedure.jobs import do_alone
from odoo.addons.procedure_desk.models.procedure_request_incomplete import tidy_label
from odoo.addons.territory_base import clock

from .procedure_procedure import KIND


class ProcedureRequestOption(models.AbstractModel):
    """The option of a request: what lacks is asked until its last day, then it ends."""

    _name = "procedure.request.option"
    _description = "Option of a request"

    def _get_options(self):
        """Their bookings, as long as the room is kept and not given; of whoever waits, none. In
        superuser mode."""
        return self.room_booking_ids.filtered(lambda each: each.state == "option")

    def _is_room_waited_for(self):
        """Whether the room is somebody else's option. In superuser mode."""
        self.ensure_one()
        return "waiting" in self.room_booking_ids.mapped("state")

    def _get_completion_due(self):
        """While the option of its own room lasts; once it is over, as long again."""
        self.ensure_one()
        if self.kind != KIND:
            # Another form may ask for its room in words.
            return super()._get_completion_due()
        last = self.sudo()._get_options().option_until
        if last and last > clock.today():
            return last
        room_sudo, _start, _stop = self.sudo()._find_room_asked(self.sudo().answers or {})
        return room_sudo._get_option_due() if room_sudo else super()._get_completion_due()

    def _check_completion_due(self, due):
        """One day only: never before the last day of the option, which was promised."""
        due = super()._check_completion_due(due)
        return max(filter(None, [due, self.sudo()._get_options().option_until]))

    def _get_due_note(self, due):
        """The room is kept longer: said to the agent beside the day that she types."""
        last = self.sudo()._get_options().option_until
        if not last or due >= last:
            return super()._get_due_note(due)
        return self.env._(
            "The room is kept until %(day)s: that is the day that the applicant will read.",
            day=last.strftime("%d/%m/%Y"),
        )

    def _pause_clock(self, due):
        """The room is kept for as long as something is waited for."""
        for booking in self._get_options():
            if not booking.option_until or booking.option_until < due:
                booking.write({"option_until": due, "reminded_on": False})
        return super()._pause_clock(due)

    # ------------------------------------------------------------
    # What lacks, of whoever waits for the room
    # ------------------------------------------------------------

    def _is_lacking_awaited(self):
        """Nobody insures a room that is somebody else's: asked once it is her turn."""
        return super()._is_lacking_awaited() and not self._is_room_waited_for()

    def _ask_at_its_turn(self):
        """The room is hers at last: what lacks, until the last day of her option.

        In superuser mode. :return: labels of what she is asked for
        """
        self.ensure_one()
        last = self._get_options().option_until
        if self.state == "to_complete":
            self.document_line_ids.filtered("asked").write({"date_due": last})
            self._pause_clock(last)
        elif self.entered_incomplete:
            self._ask_lacking(last)
        return [item["label"] for item in self._get_asked_items()]

    def _get_lacking_values(self):
        """What is said in the place of a day of answer, to whoever waits."""
        values = super()._get_lacking_values()
        if not self._is_room_waited_for():
            return values
        words = [self.env["room.booking"]._get_waiting_sentence()]
        if labels := [tidy_label(field) for field, _reason in self._get_lacking()]:
            words.append(
                self.env._(
                    "We shall ask you then for: %(labels)s. Nothing to send before.",
                    labels=format_list(self.env, labels),
                )
            )
        return {**values, "due_sentence": " ".join(words)}

    def _get_pause_sentence(self):
        """What the day is for: after it, the room is for others."""
        return " ".join(
            filter(None, [self._get_room_kept_sentence(), super()._get_pause_sentence()])
        )

    def _get_room_kept_sentence(self):
        """Beside the day by which something is expected; empty when no room is kept."""
        request_sudo = self.sudo()
        last = request_sudo._get_options().option_until
        if not last:
            return ""
        due = request_sudo.date_completion_due
        if not due or due >= last:
            return self.env._(
                "The room is kept for you until that day; after it, it is free for others."
            )
        return self.env._(
            "The room is kept for you until %(date)s; after that day, it is free for others.",
            date=last.strftime("%d/%m/%Y"),
        )

    # ------------------------------------------------------------
    # The end of an option
    # ------------------------------------------------------------

    @api.model
    def _cron_room_options(self):
        """Once a day: a reminder, then the end of the options whose file still lacks something."""
        past = Domain("state", "=", "waiting") & Domain("start", "<=", fields.Datetime.now())
        domain = Domain("state", "=", "option") | past
        bookings = self.env["room.booking"].search(domain & Domain("request_id", "!=", False))
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(bookings))
        for booking in bookings:
            # Left for tomorrow when somebody handles it at this very moment.
            request = booking.request_id.try_lock_for_update(allow_referencing=True)
            if request and booking.filtered_domain(domain):
                do_alone(request, "_follow_option")
            if not Cron._commit_progress(1):
                break

    def _follow_option(self):
        """What this day does to its option, or to its wait. In superuser mode."""
        booking = self.room_booking_ids.filtered(lambda each: each._is_current())
        today = clock.today()
        if booking.state == "waiting":
            self._run_transition("room_missed", reasons=self._get_missed_sentence())
            return
        if not self._is_room_file_awaited():
            return
        last = max(filter(None, [booking.option_until, self.date_completion_due]))
        if last < today:
            self._run_transition("room_expire", reasons=self._get_expiry_sentence(last))
            return
        days = booking.room_id.reminder_days
        if days and not booking.reminded_on and last - timedelta(days=days) <= today:
            booking.reminded_on = today
            self._tell_applicant(
                "room_booking.mail_option_reminder",
                room_words=booking.with_context(lang=self._get_mail_lang()).display_name,
                items=[item["label"] for item in self._get_asked_items()],
                day=last.strftime("%d/%m/%Y"),
            )

    def _get_missed_sentence(self):
        request = self.with_context(lang=self._get_mail_lang())
        return request.env._(
            "You waited for this room: it did not become free, and the day has come."
        )

    def _get_expiry_sentence(self, last):
        request = self.with_context(lang=self._get_mail_lang())
        sentence = request.env._(
            "The file still lacked something on %(day)s, the last day of the option.",
            day=format_date(request.env, last, date_format="dd/MM/yyyy"),
        )
        return "\n".join(filter(None, [sentence, request._get_free_days_sentence()]))

    def _get_free_days_sentence(self):
        """Other days on which the same room is free, hers too: empty when there is none. Before it
        is freed: what it has itself does not count."""
        booking = self._get_own_booking()
        room, say = booking.room_id, self.env["procedure.slot.booking"]
        days = room._find_free_days(clock.local_day(booking.start), booking) if room else []
        if not days:
            return ""
        return self.env._(
            "Free now in this room: %(days)s. Ask again if one of them suits you.",
            days=", ".join(say._say_day(day) for day in days),
        )

    def _is_room_file_awaited(self):
        """It waits for its applicant, or for the person that signs with her: never for the town
        hall, whose delay ends nobody's option."""
        waits_for = self._get_states()[self.state].waits_for
        return waits_for in ("applicant", "other")
