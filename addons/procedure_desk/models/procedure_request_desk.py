from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, html2plaintext
from odoo.tools.sql import escape_psql

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import put_on_one_line

STAFF = "base.group_user"
# A French number without its 0, so that "06…", "+336…" and "00336…" are one number.
PHONE_DIGITS = 9
WORDS_SHOWN = 200
BANDS_SHOWN = 2
# Without an agent, nobody has it: just received, or completed before anybody took it.
UNTAKEN = ("submitted", "in_review")


class ProcedureRequestDesk(models.AbstractModel):
    """What an agent reads at a glance: who, what, late or not, what to do next, her last words."""

    _name = "procedure.request.desk"
    _description = "Request on an agent's desk"

    written_on = fields.Datetime(
        string="The applicant wrote on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="Her last message or document that nobody answered yet.",
    )
    written_label = fields.Char(compute="_compute_written", groups=STAFF)
    written_words = fields.Char(compute="_compute_written", groups=STAFF)
    who = fields.Char(compute="_compute_who", groups=STAFF)
    what = fields.Char(string="About", compute="_compute_who", groups=STAFF)
    due_label = fields.Char(string="Due", compute="_compute_due_label", groups=STAFF)
    received_label = fields.Char(compute="_compute_received_label", groups=STAFF)
    documents_label = fields.Char(compute="_compute_to_do", groups=STAFF)
    documents_tone = fields.Char(compute="_compute_to_do", groups=STAFF)
    to_do = fields.Char(string="To do", compute="_compute_to_do", groups=STAFF)
    to_do_tone = fields.Selection(
        [("answer", "Answer"), ("take", "Take"), ("missing", "Missing"), ("plain", "Plain")],
        compute="_compute_to_do",
        groups=STAFF,
    )
    # Names of bands at the top of the form: see `_get_desk_bands`.
    desk_bands = fields.Json(compute="_compute_desk_bands", groups=STAFF)
    is_untaken = fields.Boolean(compute="_compute_is_untaken", groups=STAFF)
    contact_address = fields.Char(compute="_compute_contact_address", groups=STAFF)
    household_label = fields.Char(
        string="Household of the applicant", compute="_compute_contact_address", groups=STAFF
    )
    other_request_count = fields.Integer(compute="_compute_other_request_count", groups=STAFF)
    anything = fields.Char(
        string="Number, name, phone, e-mail, commune",
        compute="_compute_anything",
        search="_search_anything",
        groups=STAFF,
    )

    # ------------------------------------------------------------
    # Who and what
    # ------------------------------------------------------------

    @api.depends(
        "applicant_name", "subject_ids", "acting_for_id", "procedure_id", "date_anonymised"
    )
    def _compute_who(self):
        """The child or the organisation that it is about comes before who wrote for them."""
        for request in self:
            concerned = request.acting_for_id or request.subject_ids
            name = request.applicant_name or ""
            # A name that the reader may not know is hidden by `res.partner` itself.
            shown = ", ".join(concerned.mapped("display_name"))
            # Nobody has to say who she is where a hole in the street is reported.
            request.who = shown or name or self.env._("No name given")
            if request.date_anonymised:
                request.who = self.env._("Anonymised")
            what = request._get_short_name()
            if shown and name and name != shown:
                what = self.env._("%(what)s, by %(name)s", what=what, name=name)
            request.what = what

    def _get_short_name(self):
        """What is asked, in two or three words. Hook of service addons."""
        self.ensure_one()
        procedure_sudo = self.sudo().procedure_id
        return procedure_sudo.short_name or procedure_sudo.name

    @api.depends("contact_street", "contact_zip", "contact_city", "dwelling_id", "household_id")
    @api.depends_context("uid")
    def _compute_contact_address(self):
        """What one may not read is left out, and not said to be hidden."""
        for request in self:
            request.household_label = request.household_id._filtered_access("read").display_name
            town = " ".join(filter(None, (request.contact_zip, request.contact_city)))
            address = ", ".join(filter(None, (request.contact_street, town)))
            dwelling = request.dwelling_id._filtered_access("read")
            request.contact_address = address or dwelling.display_name

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------

    @api.depends("state", "date_due", "date_completion_due")
    @api.depends_context("lang")
    def _compute_due_label(self):
        """In days as people count them; the date itself is on the request."""
        today = clock.today()
        for request in self:
            request.due_label = request._get_due_label(today)

    def _get_due_label(self, today):
        self.ensure_one()
        if self.state == "to_complete" and self.date_completion_due:
            day = format_date(self.env, self.date_completion_due, date_format="dd/MM")
            if self.date_completion_due < today:
                return self.env._("expected since %(day)s", day=day)
            return self.env._("with the applicant until %(day)s", day=day)
        if self.state == "waiting_list":
            return self.env._(
                "rank %(rank)s of %(count)s", rank=self.waiting_rank, count=self.waiting_count
            )
        if self.state not in ("submitted", "in_review") or not self.date_due:
            return ""
        days = (self.date_due - today).days
        if days < 0:
            return self.env._("%(days)s d late", days=-days)
        return self.env._("%(days)s d left", days=days) if days else self.env._("Due today")

    @api.depends("date_submitted")
    @api.depends_context("lang")
    def _compute_received_label(self):
        today = clock.today()
        for request in self:
            received = request.date_submitted
            days = (today - clock.local_day(received)).days if received else 0
            if not received:
                request.received_label = ""
            elif days < 1:
                request.received_label = self.env._("received today")
            elif days == 1:
                request.received_label = self.env._("received yesterday")
            else:
                request.received_label = self.env._("received %(days)s d ago", days=days)

    # ------------------------------------------------------------
    # What to do next
    # ------------------------------------------------------------

    @api.depends("state", "user_id")
    def _compute_is_untaken(self):
        for request in self:
            request.is_untaken = request.state in UNTAKEN and not request.user_id

    @api.depends(
        "state",
        "user_id",
        "written_on",
        "document_line_ids.state",
        "document_line_ids.asked",
        "date_completion_due",
    )
    @api.depends_context("lang", "uid")
    def _compute_to_do(self):
        for request in self:
            missing, unchecked = request._count_documents()
            request.documents_tone = "missing" if missing else unchecked and "take"
            request.documents_label = request._get_documents_label(missing, unchecked)
            tone, words = request._get_next_act()
            request.to_do_tone, request.to_do = tone, words

    def _count_documents(self):
        """(items asked that did not come, documents that nobody checked)."""
        self.ensure_one()
        lines_sudo = self.sudo().document_line_ids
        asked = lines_sudo.filtered("asked")
        missing = asked if self.state == "to_complete" else asked.browse()
        unchecked = lines_sudo.filtered(
            lambda line: line.document_id and line.state == "received" and not line._is_replaced()
        )
        return len(missing), len(unchecked) if self.is_open else 0

    @api.model
    def _get_documents_label(self, missing, unchecked):
        if missing:
            one, many = self.env._("1 item missing"), self.env._("%(count)s items missing")
        elif unchecked:
            one, many = (
                self.env._("1 document to check"),
                self.env._("%(count)s documents to check"),
            )
        else:
            return ""
        count = missing or unchecked
        return one if count == 1 else many % {"count": count}

    def _get_next_act(self):
        """Hook: the one thing to do next; service addons know what follows a decision.

        With the rights of the reader; `super()` for what is not yours.

        :return: (tone, words); tone: `answer` (she wrote), `take` (nobody has it), `missing` (she
            is expected), `plain`
        """
        self.ensure_one()
        today = clock.today()
        if self.written_on:
            return "answer", self.env._("Answer her message")
        if self.is_untaken:
            return "take", self.env._("Take it")
        if self.state == "to_complete":
            if self.date_completion_due and self.date_completion_due < today:
                return "missing", self.env._("Remind her or close")
            return "missing", self.documents_label or self.env._("Wait for the applicant")
        if self.state in ("submitted", "in_review"):
            return "plain", self.documents_label or self.env._("Decide")
        if self.state == "waiting_list":
            return "plain", self.env._("Give a place")
        return "plain", ""

    # ------------------------------------------------------------
    # What shouts at the top
    # ------------------------------------------------------------

    @api.depends("written_on", "lacking_label")
    @api.depends_context("uid")
    def _compute_desk_bands(self):
        """Two at most, the most pressing ones (docs/decisions.md)."""
        for request in self:
            bands = request._get_desk_bands()
            request.desk_bands = sorted(bands, key=bands.get)[:BANDS_SHOWN]

    def _get_desk_bands(self):
        """Hook: the bands that this request calls for; the form shows the first two.

        With the rights of the reader. A band is a `div` of this name in the form, with
        `invisible="'name' not in (desk_bands or [])"`; what decides it belongs to the
        dependencies of `_compute_desk_bands`.

        :return: dict: name → rank, the lowest is the most pressing (20: she wrote; 40: what
            lacks); `super()` and yours
        """
        self.ensure_one()
        bands = {"written": 20, "lacking": 40}
        is_called = {"written": self.written_on, "lacking": self.lacking_label}
        return {name: rank for name, rank in bands.items() if is_called[name]}

    # ------------------------------------------------------------
    # What the applicant wrote
    # ------------------------------------------------------------

    @api.depends("written_on")
    @api.depends_context("lang")
    def _compute_written(self):
        written = self.filtered("written_on")
        (self - written).written_label = (self - written).written_words = False
        words = written._get_last_words()
        for request in written:
            said = words.get(request.id)
            request.written_label = request._get_written_label(wrote=bool(said))
            request.written_words = said or self.env._("What was asked has arrived.")

    def _get_written_label(self, wrote=True):
        """What was entered for her, or sent without a word: she did not write it."""
        self.ensure_one()
        moment = clock.local_time(self.written_on)
        days = (clock.today() - moment.date()).days
        day = moment.strftime("%d/%m")
        if not wrote:
            return self.env._("On %(day)s:", day=day)
        words = {
            0: self.env._("Wrote today at %(hour)s:%(minute)s:"),
            1: self.env._("Wrote yesterday at %(hour)s:%(minute)s:"),
        }.get(days, self.env._("Wrote on %(day)s at %(hour)s:%(minute)s:"))
        return words % {"day": day, "hour": moment.hour, "minute": moment.strftime("%M")}

    def _get_last_words(self):
        """The last thing that each applicant said and nobody answered, in one query.

        :return: dict: id of the request → plain words, cut
        """
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("subtype_id", "=", self.env.ref("mail.mt_comment").id),
                ("message_type", "in", ("comment", "email")),
                ("date", ">=", min(self.mapped("written_on"), default=False)),
            ],
            order="id",
        )
        words = {}
        for message in messages:
            if not message.author_id or message.sudo().author_id.partner_share:
                text = put_on_one_line(html2plaintext(message.body or ""))
                words[message.res_id] = text[:WORDS_SHOWN]
        return words

    def _mark_written(self, moment):
        """The applicant wrote or sent something then: the service is told, whoever handles it.

        In superuser mode."""
        self.write({"written_on": moment})
        return super()._mark_written(moment)

    @api.model
    def _get_personal_fields(self):
        return [*super()._get_personal_fields(), "written_on"]

    def action_mark_read(self):
        """“Read”: nothing to answer; the task that told it is done too."""
        for request in self:
            request._check_actor("agent")
            request.sudo()._mark_answered()

    def _mark_answered(self):
        """In superuser mode, after the check of the user's rights."""
        written = self.filtered("written_on")
        written.write({"written_on": False})
        todo = self.env.ref("mail.mail_activity_data_todo")
        reminders = written.activity_ids.filtered(
            lambda activity: (
                activity.activity_type_id == todo and activity.create_uid.id == SUPERUSER_ID
            )
        )
        reminders.action_done()

    def message_post(self, **kwargs):
        """A comment of the service answers what the applicant wrote."""
        message = super().message_post(**kwargs)
        if self.env.uid != SUPERUSER_ID and message.subtype_id == self.env.ref("mail.mt_comment"):
            self.sudo()._mark_answered()
        return message

    def _transition(self, name, by=None, note=""):
        """Whoever decides has read what the applicant wrote before."""
        request_sudo = super()._transition(name, by=by, note=note)
        if self._get_transitions()[name].is_answer:
            request_sudo._mark_answered()
        elif name == "cancel":
            request_sudo.written_on = False
        return request_sudo

    # ------------------------------------------------------------
    # Her other requests
    # ------------------------------------------------------------

    @api.depends("applicant_id", "contact_email")
    @api.depends_context("uid")
    def _compute_other_request_count(self):
        for request in self:
            request.other_request_count = self.search_count(request._get_other_domain())

    def _get_other_domain(self):
        """The other requests of this applicant, among those that one may read."""
        self.ensure_one()
        same = Domain.FALSE
        if self.applicant_id:
            same |= Domain("applicant_id", "=", self.applicant_id.id)
        if self.contact_email:
            same |= Domain("contact_email", "=ilike", escape_psql(self.contact_email))
        return same & Domain("id", "!=", self._origin.id) & Domain("state", "!=", "draft")

    def action_open_other_requests(self):
        self.ensure_one()
        self.check_access("read")  # a name is computed in superuser mode
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Requests of %(name)s", name=self.applicant_name or ""),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": list(self._get_other_domain()),
        }

    # ------------------------------------------------------------
    # Morning line, search
    # ------------------------------------------------------------

    @api.model
    def _get_morning_domains(self):
        """The counts of the first line, by the name of the filter of the search view that each
        one is: one domain for both (`test_procedure_desk` compares them)."""
        return {
            "late": Domain("late", "=", "red"),
            "written": Domain("written_on", "!=", False),
            "new": Domain("state", "in", UNTAKEN) & Domain("user_id", "=", False),
        }

    @api.model
    def _get_open_domain(self):
        """In progress: what is not decided, and what its applicant still speaks about."""
        return Domain("is_open", "=", True) | Domain("written_on", "!=", False)

    @api.model
    def get_morning(self):
        """The first line of the desk, of what one may read.

        :return: dict: `counts` by name of the filter, `links` (what one may start: dict of a
            label and of the method of `procedure.request` that answers an action)
        """
        counts = {
            name: self.search_count(self._get_open_domain() & domain)
            for name, domain in self._get_morning_domains().items()
        }
        return {"counts": counts, "links": self._get_morning_links()}

    @api.model
    def _get_morning_links(self):
        """Extended by what the staff starts from its desk."""
        return []

    @api.model
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        """An empty state is a folded column: it takes no room."""
        groups = super().formatted_read_group(domain, groupby, *args, **kwargs)
        if list(groupby) == ["state"]:
            for group in groups:
                group["__fold"] = not group.get("__count", 1)
        return groups

    def _compute_anything(self):
        """Only searched."""
        self.anything = False

    @api.model
    def _search_anything(self, operator, value):
        """What a person says on the phone: her number, her name, her telephone, her e-mail, her
        village. In any order; digits are also compared with telephones."""
        if operator not in ("ilike", "like", "=ilike", "=like") or not isinstance(value, str):
            return NotImplemented
        text = value.strip().strip("%")
        domain = (
            Domain("number", "ilike", text)
            | Domain("applicant_name", "ilike", text)
            | Domain("contact_email", "ilike", text)
            | Domain("applicant_id.email", "ilike", text)
            | Domain("commune_id.name", "ilike", text)
            | Domain("subject_ids.name", "ilike", text)
        )
        digits = "".join(character for character in text if character.isdigit())
        if len(digits) >= 4 and not any(character.isalpha() for character in text):
            domain |= self._get_phone_domain(digits[-PHONE_DIGITS:].lstrip("0"))
        return domain

    @api.model
    def _get_phone_domain(self, digits):
        """Telephones are compared by their digits, however they were typed."""

        def has_digits(model, alias, query, name):
            return SQL(
                "regexp_replace(%s, '[^0-9]', '', 'g') LIKE %s",
                model._field_to_sql(alias, name, query),
                f"%{digits}%",
            )

        persons_sudo = self.env["res.partner"].sudo()
        query = persons_sudo._search([])
        query.add_where(has_digits(persons_sudo, query.table, query, "phone"))
        own = Domain.custom(
            to_sql=lambda model, alias, query: has_digits(model, alias, query, "contact_phone")
        )
        return own | Domain("applicant_id", "in", query)
