from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.territory_base import clock

from .. import delays

COMPLETION_DAYS = 15


class ProcedureProcedureDelay(models.AbstractModel):
    """The aim of the service: the days that it gives itself, and those that it gives."""

    _name = "procedure.procedure.delay"
    _description = "Delays of a procedure"

    delay_text = fields.Char(
        string="Words about the delay",
        translate=True,
        help="What no number says, such as: After the council's vote. The days shown to the public "
        "are the days to answer below; words with a figure would promise something else, and are "
        "not shown.",
    )
    handling_days = fields.Integer(
        string="Days to answer", default=15, help="The service's own aim, in days."
    )
    alert_orange_days = fields.Integer(
        string="Orange alert", default=3, help="Days before the due date."
    )
    alert_red_days = fields.Integer(
        string="Red alert", default=0, help="Days before the due date; 0: once it has passed."
    )
    holiday_rule = fields.Selection(
        [("none", "Is kept"), ("next_working_day", "Goes to the next working day")],
        default="next_working_day",
        required=True,
        string="A deadline that falls on a day off",
        help="For the deadlines given to applicants.",
    )

    def _get_delay_sentences(self):
        """What the public reads before it asks: the days that each receipt then counts, and no
        other promise."""
        self.ensure_one()
        words = self.delay_text or ""
        if self.kind == "external" or self._is_answered_at_once():
            return [words] if words else []
        sentences = [self._get_delay_sentence()]
        if words and not any(character.isdigit() for character in words):
            sentences.append(words)
        return sentences

    def _is_answered_at_once(self):
        """Hook: whether who files is answered by the filing itself: no delay is promised."""
        self.ensure_one()
        return False

    def _get_delay_sentence(self):
        """The days that each receipt counts. Extended where one knows what really happens."""
        if self.handling_days <= 1:
            return self.env._("Answer within one day.")
        return self.env._("Answer within %(days)s days.", days=self.handling_days)

    @api.constrains("handling_days", "alert_orange_days", "alert_red_days")
    def _check_delays(self):
        for procedure in self:
            for name in ("handling_days", "alert_orange_days", "alert_red_days"):
                procedure._check_days(name)
            if procedure.alert_red_days > procedure.alert_orange_days:
                raise ValidationError(
                    self.env._("The orange alert comes before the red one: give it more days.")
                )

    def _check_days(self, name):
        self.ensure_one()
        if not 0 <= self[name] <= 3650:
            raise ValidationError(
                self.env._(
                    "%(field)s: write a number of days from 0 to 3650.",
                    field=self._get_field_label(name),
                )
            )

    def _get_completion_due(self):
        """The day proposed to the applicant to send what is missing."""
        self.ensure_one()
        today = clock.today()
        return self._move_to_working_day(today + timedelta(days=COMPLETION_DAYS))

    def _move_to_working_day(self, day):
        """For what is asked of the applicant, never for what the law counts."""
        if self.holiday_rule == "next_working_day":
            return delays.next_working_day(day)
        return day
