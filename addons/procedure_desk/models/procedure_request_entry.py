from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock

# Kind of the scan of a signed form.
PAPER_FORM = "paper_form"
# The inputs of a child that the staff types: no question of a form has such a key.
CHILD = "_child_"
# The channels by which somebody speaks: nothing that she wrote is to be passed on.
SAID = ("counter", "phone")


def make_seen(day):
    """In the place of an upload: a document that was shown on this day, and is not kept."""
    return {"seen_on": day}


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

    @api.model
    def _submit(self, filing):
        return super()._submit(filing.having(child=self._get_entered_child(filing)))

    def _check_channel(self, filing):
        persons = filing.applicant | filing.acting_for | filing.subjects
        if filing.channel != "web":
            self._check_enterer(filing.procedure, persons)
        self._check_incomplete(filing.channel, filing.incomplete_until)
        self._check_seen(filing.channel, filing.files)

    @api.model
    def _complete_filing(self, vals, filing, day, lacking=()):
        """Who entered it, and for which child; whether something is still to come."""
        lacking = {*lacking, *self._get_later_keys(filing, vals["answers"])}
        vals["entered_incomplete"] = bool(lacking)
        if filing.channel != "web":
            vals.update({"entered_by_id": self.env.uid, "entered_on": fields.Datetime.now()})
            if filing.child is not None:
                # As the agent: what she may read decides whose sheet it is.
                declared = self.sudo(False)._declare_entered_child(filing.child, filing.applicant)
                filing = filing.having(subjects=filing.subjects | declared.sudo())
        return super()._complete_filing(vals, filing, day, lacking)

    @api.model
    def _get_typed_errors(self, filing):
        errors = super()._get_typed_errors(filing)
        if filing.child is not None:
            errors.update(self._check_child(filing.child)[1])
        return errors

    def _check_filing(self):
        return {**super()._check_filing(), **self._check_entered_service()}

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
        """The commune decides which service answers: nobody enters for another one, but a town
        hall, for whoever comes to its counter or calls it, what a service of the EPCI
        answers."""
        self.ensure_one()
        user = self.env.user
        if self.channel == "web" or user._is_superuser() or self._is_handled_by(user):
            return {}
        if self.service_id.kind == "epci" and self.procedure_id._is_at_town_hall(user):
            sentence = self._get_other_service_problem(self.channel, self.procedure_id)
            return {AnswersInvalid.FORM: sentence} if sentence else {}
        sentence = self.env._(
            "For this address, %(service)s answers: only its staff enters the request.",
            service=self.service_id._get_name_said(),
        )
        return {AnswersInvalid.FORM: sentence}

    @api.model
    def _get_other_service_problem(self, channel, procedure):
        """Hook: why this is not entered for another service, in a sentence; empty when it is.

        What is written is passed on as it came (CRPA L114-2): its day is that of its paper.
        """
        if channel in SAID:
            return ""
        return self.env._(
            "Another service answers this procedure: you enter only what somebody asks at your "
            "counter or by phone. Pass on to it what came by letter or by e-mail."
        )

    @api.model
    def _get_reception_problem(self, day):
        """What is wrong with the day on which a request was received, in a sentence."""
        today = clock.today()
        if day > today:
            return self.env._("The day of reception cannot be in the future.")
        if day < today - relativedelta(years=1):
            return self.env._("This day is more than a year ago: check the year.")
        return None

    @api.model
    def _get_reception_day(self, channel, day):
        """The legal clock starts when the request was received, not when it was typed."""
        if channel == "web" or not day:
            return super()._get_reception_day(channel, day)
        problem = self._get_reception_problem(day)
        if problem:
            raise AnswersInvalid({"received_on": problem})
        return day

    # The child of an entry

    @api.model
    def _get_entered_child(self, filing):
        """Only the staff types a child, and only where the procedure is for one."""
        is_for_child = filing.procedure.sudo().applicant_kinds == "child"
        return filing.child if filing.channel != "web" and is_for_child else None

    @api.model
    def _check_child(self, raw):
        """
        :param raw: firstname, lastname, birthdate, as typed
        :return: (values of the sheet, sentences by input of the form)
        """
        names = ("firstname", "lastname", "birthdate")
        typed = {name: raw.get(name) for name in names}
        values, errors = self.env["identity.check"]._check_person(typed, minor=True)
        return values, {f"{CHILD}{name}": sentence for name, sentence in errors.items()}

    @api.model
    def _declare_entered_child(self, raw, applicant):
        """A sheet declared at the counter, always one that the staff may read or a new one: the
        same name and birth date open no sheet that somebody else declared.

        The applicant becomes its declarant where her file is the agent's to act on; elsewhere,
        and without account, the sheet belongs to no household.
        """
        applicant = applicant.sudo(False).with_user(self.env.user)
        if applicant and applicant._is_file_read_by_user():
            return applicant._declare_child(raw)
        values, _errors = self._check_child(raw)
        return (
            self.env["res.partner"]
            .sudo()
            .with_context(mail_create_nosubscribe=True)
            .create({**values, "kind": "person", "lang": applicant.lang or self.env.lang})
        )

    # What was shown, and is not kept

    @api.model
    def _check_seen(self, channel, files):
        """Only who has seen a document says so: the staff, never on the site."""
        if channel == "web" and any(
            upload.get("seen_on") for uploads in files.values() for upload in uploads
        ):
            raise UserError(self.env._("A document is seen by the service, at its counter."))

    def _create_seen_line(self, key, label, day, giver, kind=None):
        """Checked at once by the service that handles the request; another one has only seen it."""
        field = self.version_id.field_ids.filtered(lambda field: field.key == key)
        words = self.with_context(lang=self._get_mail_lang())
        name = words.env._("Seen on %(date)s, not kept", date=day.strftime("%d/%m/%Y"))
        checked = {"checked_by_id": self.env.uid, "checked_on": fields.Datetime.now()}
        is_checked = self._is_handled_by(self.env.user)
        document = self.env["procedure.document"].create(
            {
                "giver_id": giver.id,
                "giver_email": giver.email or self.contact_email,
                "kind": kind or field.requirement_code or key,
                "name": name,
                "seen_on": day,
                "seen_by_id": self.env.uid,
                "validity_date": field._get_validity_date(day, self.season) if field else False,
                **(checked if is_checked else {}),
            }
        )
        return self.env["procedure.document.line"].create(
            {
                "request_id": self.id,
                "field_key": key,
                "label": label,
                "document_id": document.id,
                **({"state": "accepted", **checked} if is_checked else {}),
            }
        )

    def _store_filing(self, filing, day):
        given_before = super()._store_filing(filing, day)
        self._store_papers(filing.papers)
        return given_before

    def _on_filed(self, filing):
        self._log_entry()
        return super()._on_filed(filing)

    def _complete(self, *, answers=None, files=None, by=None):
        self._check_seen("web", files or {})
        return super()._complete(answers=answers, files=files, by=by)

    def _receive(self, *, answers=None, files=None):
        """The service enters what came by post or at the counter, as `_complete` takes it in."""
        self.ensure_one()
        self._check_actor("agent")
        return self._receive_asked(answers, files, self.sudo().applicant_id, "receive")

    def _create_line(self, key, label, upload, giver, kind=None):
        if upload.get("seen_on"):
            return self._create_seen_line(key, label, upload["seen_on"], giver, kind)
        return super()._create_line(key, label, upload, giver, kind)

    def _keeps_file(self, field, kind=None):
        return kind == PAPER_FORM or super()._keeps_file(field, kind)

    def _store_papers(self, papers):
        """The signed form, as scanned."""
        label = self.env._("Form on paper")
        for upload in papers:
            self._create_line(False, label, upload, self.applicant_id, kind=PAPER_FORM)

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
                day=clock.local_day(self.date_submitted).strftime("%d/%m/%Y"),
            )
        )

    def _get_other_dates(self):
        """Hook: the days that count for the staff, besides that of the answer. In superuser mode.

        :return: list of (label, day)
        """
        self.ensure_one()
        return []

    def _is_reception_time_known(self):
        """Of what was received on another day, only the day is known."""
        self.ensure_one()
        entered = self.entered_on
        received = clock.local_day(self.date_submitted)
        return not entered or clock.local_day(entered) == received

    def _anonymise(self):
        """The children whom only these requests named go with them."""
        children = self.subject_ids
        result = super()._anonymise()
        children._get_entered_alone().unlink()
        return result
