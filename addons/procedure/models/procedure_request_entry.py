from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import delays
from ..exceptions import AnswersInvalid


class ProcedureRequestEntry(models.AbstractModel):
    """What the staff enters for somebody: at the counter, by phone, from a letter or an e-mail."""

    _name = "procedure.request.entry"
    _description = "Entry of a request by the staff"

    entered_by_id = fields.Many2one(
        "res.users",
        string="Entered by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    entered_on = fields.Datetime(readonly=True, copy=False, groups="base.group_user")

    def _check_enterer(self, procedure, persons):
        """Who enters a request answers for it, and names only persons that she reads already."""
        user = self.env.user
        if user._is_superuser():
            return
        if not user._is_internal():
            raise AccessError(self.env._("Only the staff files a request for somebody."))
        if not procedure._is_entered_by(user):
            raise AccessError(
                self.env._("Only the service in charge of this procedure enters its requests.")
            )
        persons.with_user(user).check_access("read")

    def _check_entered_service(self):
        """The commune decides which service answers: nobody enters for another one."""
        self.ensure_one()
        user = self.env.user
        if self.channel == "web" or user._is_superuser() or self._is_handled_by(user):
            return {}
        sentence = self.env._(
            "For this address, %(service)s answers: only its staff enters the request.",
            service=self.service_id.name,
        )
        return {AnswersInvalid.FORM: sentence}

    @api.model
    def _get_reception_problem(self, day):
        """What is wrong with the day on which a request was received, in a sentence."""
        today = delays.local_day(fields.Datetime.now())
        if day > today:
            return self.env._("The day of reception cannot be in the future.")
        if day < today - relativedelta(years=1):
            return self.env._("This day is more than a year ago: check the year.")
        return None

    @api.model
    def _get_reception_day(self, channel, day):
        """The legal clock starts when the request was received, not when it was typed."""
        today = delays.local_day(fields.Datetime.now())
        if channel == "web" or not day:
            return today
        problem = self._get_reception_problem(day)
        if problem:
            raise AnswersInvalid({"received_on": problem})
        return day

    @api.model
    def _prepare_entry(self, channel):
        if channel == "web":
            return {}
        return {"entered_by_id": self.env.uid, "entered_on": fields.Datetime.now()}

    def _store_papers(self, papers):
        """The signed form, as scanned."""
        label = self.env._("Form on paper")
        for upload in papers:
            self._create_line(False, label, upload, self.applicant_id, kind="paper_form")

    def _log_entry(self):
        """Who typed it and how it came, for the staff."""
        if self.channel == "web":
            return
        channels = dict(self._fields["channel"]._description_selection(self.env))
        self._message_log(
            body=self.env._(
                "Entered by %(user)s. Channel: %(channel)s. Received on %(day)s.",
                user=self.env.user.name,
                channel=channels[self.channel],
                day=delays.local_day(self.date_submitted).strftime("%d/%m/%Y"),
            )
        )

    def _is_reception_time_known(self):
        """Of what was received on another day, only the day is known."""
        self.ensure_one()
        entered = self.entered_on
        received = delays.local_day(self.date_submitted)
        return not entered or delays.local_day(entered) == received
