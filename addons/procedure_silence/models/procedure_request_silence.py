from odoo import api, fields, models

from odoo.addons.territory_base import clock

from .. import rules


class ProcedureRequestSilence(models.AbstractModel):
    """The day on which silence answers, counted with the clock of the service, and what is said of
    it."""

    _name = "procedure.request.silence"
    _description = "Silence on a request"

    date_silence = fields.Date(
        readonly=True,
        index="btree_not_null",
        copy=False,
        help="Without an answer, the request is accepted or refused by law at the end of this day.",
    )
    silence_rule = fields.Json(
        readonly=True, copy=False, help="The rule of the day it was filed: it stays the same."
    )
    is_silence_to_check = fields.Boolean(
        string="Silence date to check",
        readonly=True,
        copy=False,
        help="It had passed, or cannot be told for sure, when the regime was validated: silence "
        "then decides nothing by itself.",
    )
    silence_effect = fields.Selection(
        [("accepted", "Accepts"), ("refused", "Refuses")],
        string="Silence",
        compute="_compute_silence_effect",
    )

    @api.depends("silence_rule")
    def _compute_silence_effect(self):
        for request in self:
            request.silence_effect = (request.silence_rule or {}).get("effect")

    # ------------------------------------------------------------
    # With the clock
    # ------------------------------------------------------------

    def _start_clock(self, day):
        for request in self:
            rule = request._get_silence_rule_today()
            request.write(
                {
                    # Frozen: the acknowledgment tells the applicant this date.
                    "silence_rule": rule and rule._asdict(),
                    "date_silence": rules.silence_date(rule, day) if rule else False,
                }
            )
        return super()._start_clock(day)

    def _restart_clock(self):
        """Somebody answered once already, so that silence says nothing more."""
        self.write({"date_silence": False, "is_silence_to_check": False})
        return super()._restart_clock()

    def _pause_clock(self, due):
        today = clock.today()
        for request in self.filtered("date_silence"):
            request.date_silence = rules.paused(
                request._get_silence_rule(), request.date_silence, today, due
            )
        return super()._pause_clock(due)

    def _resume_clock(self):
        today = clock.today()
        for request in self.filtered("date_paused"):
            rule = request._get_silence_rule()
            silence = request.date_silence
            # None after a reopening: silence says nothing more.
            if rule and (silence or rule.from_complete and not request._was_decided()):
                request.date_silence = rules.resumed(
                    rule, silence, request.date_completion_due, today
                )
        return super()._resume_clock()

    def _count_from(self, older):
        """The law counted for either: the first of the two days, where they are of one kind. That
        of a request that is paused holds its pause: it stays."""
        if older.is_silence_to_check:
            self.is_silence_to_check = bool(self.silence_rule)
        elif (
            self.silence_rule == older.silence_rule
            and not self.is_silence_to_check
            and not (self | older).filtered("date_paused")
            and self.date_silence
            and older.date_silence
        ):
            self.date_silence = min(self.date_silence, older.date_silence)
        return super()._count_from(older)

    @api.model
    def _get_clock_fields(self):
        return {*super()._get_clock_fields(), "date_silence", "is_silence_to_check"}

    def _get_resumed_due(self, today):
        """Where the law counts from the complete file, so does the service."""
        rule = self._get_silence_rule()
        if rule and rule.from_complete:
            return self._get_aim(today)
        return super()._get_resumed_due(today)

    def _get_due_limit(self):
        """Nothing is promised after the day when silence answers."""
        return min(filter(None, (super()._get_due_limit(), self.date_silence)), default=False)

    def _lock(self):
        result = super()._lock()
        self.invalidate_recordset(["date_silence"])
        return result

    def _get_silence_rule_today(self):
        """Hook: what silence means for this request, were it filed now: that of its procedure, but
        where the law looks at who asks. In superuser mode."""
        self.ensure_one()
        return self.procedure_id._get_silence_rule()

    def _get_silence_rule(self):
        self.ensure_one()
        return self.silence_rule and rules.Rule(**self.silence_rule)

    def _was_decided(self):
        self.ensure_one()
        return bool(self.with_context(active_test=False).decision_ids)

    # ------------------------------------------------------------
    # A regime that is validated reaches what is open
    # ------------------------------------------------------------

    def _find_silence(self, rule):
        """Of a request that was open before anybody answered for its regime: the law counted.

        :return: (date or none, whether somebody has to look at it)
        """
        self.ensure_one()
        received = clock.local_day(self.date_submitted)
        is_complete = self.date_complete
        if rule.from_complete:
            if not is_complete:
                return None, False
            silence = rules.silence_date(rule, clock.local_day(is_complete))
        else:
            silence = rules.silence_date(rule, received)
            if self.date_paused and self.date_completion_due:
                asked_on = clock.local_day(self.date_paused)
                silence = rules.paused(rule, silence, asked_on, self.date_completion_due)
        # How long an earlier pause lasted is not known.
        was_paused = not is_complete or clock.local_day(is_complete) != received
        is_unsure = was_paused and not rule.from_complete and not self.date_paused
        return silence, is_unsure or silence < clock.today()

    def _recall_silence(self):
        """Their regime has just been validated: it was the law before."""
        for request in self:
            rule = request._get_silence_rule_today()
            if not rule:
                continue
            silence, is_to_check = request._find_silence(rule)
            request.write(
                {
                    "silence_rule": rule._asdict(),
                    "date_silence": silence,
                    "is_silence_to_check": is_to_check,
                }
            )
            if silence and not is_to_check and request.date_due:
                request.write(request._get_due_dates(request.date_due))
            request._message_log(body=request._get_recalled_sentence())

    def _get_recalled_sentence(self):
        """For the history, which the staff reads."""
        self.ensure_one()
        start = self.env._(
            "The regime of silence was validated by %(user)s: it was already the law.",
            user=self.env.user.name,
        )
        if not self.date_silence:
            end = self.env._("The delay starts once the file is complete.")
        elif self.is_silence_to_check:
            end = self.env._(
                "Counted from the receipt, the day of silence is %(date)s: to check. Nothing is "
                "decided by itself.",
                date=self.date_silence.strftime("%d/%m/%Y"),
            )
        else:
            end = self.env._(
                "Counted from the receipt, the day of silence is %(date)s. The acknowledgment did "
                "not say it.",
                date=self.date_silence.strftime("%d/%m/%Y"),
            )
        return f"{start} {end}"

    # ------------------------------------------------------------
    # What is said of it
    # ------------------------------------------------------------

    def _get_other_dates(self):
        dates = super()._get_other_dates()
        if not self.date_silence:
            return dates
        if self._has_silence_answered():
            label = self.env._("Silence answered on")
        else:
            label = self.env._("Silence answers on")
        return [*dates, (label, self.date_silence)]

    def _get_unanswered_sentence(self):
        """Nothing is promised while nobody answers for the regime."""
        request_sudo = self.sudo()
        if not request_sudo.date_silence or request_sudo.is_silence_to_check:
            return ""
        date = request_sudo.date_silence.strftime("%d/%m/%Y")
        if request_sudo._has_silence_answered():
            if request_sudo.silence_effect == "accepted":
                return self.env._(
                    "The delay to answer ended on %(date)s: by law, your request is accepted since "
                    "that day, provided that it was complete. You may ask for an attestation "
                    "(article L232-3 of the code des relations entre le public et "
                    "l'administration).",
                    date=date,
                )
            return self.env._(
                "The delay to answer ended on %(date)s: by law, your request is refused since that "
                "day, provided that it was complete. The service may still give you another "
                "answer.",
                date=date,
            )
        if request_sudo.silence_effect == "accepted":
            return self.env._(
                "Without an answer on %(date)s, your request is accepted, provided that it is "
                "complete. You may then ask for an attestation (article L232-3 of the code des "
                "relations entre le public et l'administration).",
                date=date,
            )
        return self.env._(
            "Without an answer on %(date)s, your request is refused, provided that it is complete.",
            date=date,
        )

    def _has_silence_answered(self):
        """A letter that was left too long: its last day is over and nobody answered."""
        self.ensure_one()
        today = clock.today()
        decision = self.decision_ids.filtered("active")[:1]
        return (
            bool(self.date_silence)
            and self.date_silence < today
            and (not decision or decision.kind.startswith("implicit"))
        )

    def _get_unanswered_appeal(self):
        if self.sudo().silence_effect != "refused":
            return super()._get_unanswered_appeal()
        return self._get_appeal_text()

    def _get_appeal_text(self, kind=None):
        """Of what cannot be contested, that of the refusal that silence would be."""
        return super()._get_appeal_text(kind) or super()._get_appeal_text("implicit_refused")

    def _get_appeal_texts(self):
        return {
            **super()._get_appeal_texts(),
            "implicit_refused": self.env._(
                "If you disagree with an implicit refusal, you may, within two months of the day "
                "when the silence became a refusal, ask the service to look at your request again "
                "(recours gracieux), or go to the administrative court (%(court)s), by letter or "
                "on www.telerecours.fr.",
                court=self._get_court(),
            ),
        }

    def _get_pause_sentence(self):
        """What asking for more does to the delay (CRPA L114-5), while a delay runs."""
        request_sudo = self.sudo()
        rule_sudo = request_sudo._get_silence_rule()
        if not rule_sudo or request_sudo._was_decided():
            # Reopened: no delay of silence runs any more.
            return ""
        if rule_sudo.effect == "accepted":
            return self.env._(
                "The delay after which your request is accepted starts once we have received "
                "all of it (article L114-5 of the code des relations entre le public et "
                "l'administration)."
            )
        if rule_sudo.from_complete:
            return self.env._(
                "The delay after which your request is refused starts once we have received "
                "all of it (article L114-5 of the code des relations entre le public et "
                "l'administration)."
            )
        if not rule_sudo.is_suspended or not request_sudo.date_silence:
            return ""
        return self.env._(
            "The delay after which your request is refused is suspended until then, at most; it "
            "goes on as soon as we have received all of it (article L114-5 of the code des "
            "relations entre le public et l'administration)."
        )

    def _get_attestation_sentence(self):
        """Of an acceptance by silence: the attestation comes with it where letters are drawn."""
        if self._has_letter_of_decision():
            return self.env._(
                "Your attestation of this acceptance comes with this message (article L232-3 of "
                "the code des relations entre le public et l'administration)."
            )
        return self.env._(
            "You may ask for an attestation of this acceptance (article L232-3 of the code des "
            "relations entre le public et l'administration): answer this message, or write to the "
            "service below. It is free."
        )

    def _get_reopened_sentence(self):
        """Where silence was an answer: it is none after another one was given."""
        request_sudo = self.sudo()
        if not request_sudo.silence_rule:
            return ""
        return self.env._(
            "No new delay of silence runs: only a written answer of the service will decide."
        )
