"""The public form, filled in by the staff for somebody."""

from odoo import fields

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_desk.models.procedure_request_entry import CHILD, make_seen
from odoo.addons.procedure_desk.models.procedure_request_incomplete import tidy_label
from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.day import show_date, tidy_date
from odoo.addons.website_parts.tools.item import list_error
from odoo.addons.website_procedure.pages.form_page import FormPage
from odoo.addons.website_procedure.pages.form_reading import IDENTITY_ADDRESS

# The signed form, scanned: no question of the form has this key.
PAPER = "_paper"
MAX_PAPERS = 5
# The documents shown at the counter: their keys.
SEEN = "_seen"
# The day by which what a paper lacks is expected.
UNTIL = "_until"
# What the identity of a person says, and no more of her household than its address tells.
IDENTITY = ("firstname", "lastname", "birthdate", "email", "phone")
# Who has no e-mail takes the answer at the counter: no postal address is needed.
BY_HAND = "_by_hand"
# The choice of a child whom the list does not show: no sheet has this id.
OTHER_CHILD = "0"


class CounterPage(FormPage):
    """The same page: the applicant is another one, and what is typed belongs to the agent."""

    needs_code = False
    # The person is there, or her letter: read on the form, and on the receipt.
    has_check = False
    upload_url = None
    keeps_draft = False
    # Hers are for her to give again: the agent may not read them all.
    offers_given = False

    def __init__(self, procedure_sudo, visit, entry_sudo):
        super().__init__(procedure_sudo, visit)
        self.pending = entry_sudo
        self.partner = self.env["res.partner"].browse(entry_sudo.applicant_id.ids)
        self.organisation = self.env["res.partner"].browse(entry_sudo.organisation_id.ids)
        self.purpose = f"procedure.counter.{entry_sudo.id}"
        # A post that may come from another site leaves nothing.
        self.is_trusted = False
        # Keys of what is only not answered.
        self.lacking = set()
        self.until = ""
        # Template of what is read before it is entered, shown above the button.
        self.to_read = ""
        # Keys of the documents that she has seen.
        self.seen = set(entry_sudo.seen_keys or ())

    @property
    def action_url(self):
        return f"/guichet/{self.pending.id}"

    @property
    def heading_of_entry(self):
        """Who asks, and how it came: on every page of the form."""
        name = (self.partner or self.organisation).name
        name = name or self.env._("somebody without an account")
        return {
            "phone": self.env._("Entry by phone for %(name)s", name=name),
            "mail": self.env._("Entry of a letter from %(name)s", name=name),
            "email": self.env._("Entry of an e-mail from %(name)s", name=name),
        }.get(self.pending.channel, self.env._("Entry at the counter for %(name)s", name=name))

    @property
    def received_on(self):
        return show_date(str(self.pending.received_on))

    def load(self, claim=None, left=None):
        if self.pending.version_id:
            self._load_pending()
        elif self.partner:
            self.raw = self._get_prefill()

    def _get_prefill_of(self, organisation, child):
        """What she reads of this person: the household, only where its file is hers to read."""
        raw = super()._get_prefill_of(organisation, child)
        if not self.partner or self.partner._is_file_read_by_user():
            return raw
        return {
            name: value
            for name, value in raw.items()
            if self._fields_by_key[name.partition(".")[0]].prefill in IDENTITY
        }

    def _get_acting_partners(self):
        """Those that she reads herself."""
        return super()._get_acting_partners()._filtered_access("read")

    def _get_acting_of(self, partner_id):
        """The organisation that was chosen first: who calls for it has no sheet."""
        if self.organisation:
            return self.organisation, None
        return super()._get_acting_of(partner_id)

    def _get_own_label(self, name):
        return self.env._("Herself or himself (%(name)s)", name=name)

    def _get_identity_fields(self):
        return self.env["procedure.request"]._get_identity_fields(
            self.pending.channel, self.procedure
        )

    def _prepare_identity_section(self):
        section = super()._prepare_identity_section()
        section["label"] = self.env._("Who asks")
        for item in section["fields"]:
            if item["name"] == "contact_email":
                item["help"] = self.env._(
                    "The acknowledgment of receipt goes there, with a code to follow the request. "
                    "Without an e-mail, print the receipt."
                )
        if self.identity.get(BY_HAND) or self.get_posting_errors().keys() & self.errors.keys():
            section["fields"].append(
                self._item(
                    BY_HAND,
                    widget="consent",
                    label=self.env._("No postal address: the answer is handed over in person"),
                    value=self.identity.get(BY_HAND),
                )
            )
        return section

    # Who has no e-mail is answered by post

    @property
    def asks_place(self):
        """The form itself says an address, where a letter goes as well."""
        return any(
            (field._get_type().parts or field._get_type().model == "territory.dwelling")
            and not field.block_key
            and (field.required or self.raw.get(f"{field.key}.street") or self.raw.get(field.key))
            for field in self.version.field_ids
        )

    def get_posting_errors(self):
        if not self.asks_identity or self.asks_place:
            return {}
        names = ("contact_email", BY_HAND, f"{IDENTITY_ADDRESS}.street")
        if any(self.identity.get(name) for name in names):
            return {}
        sentence = self.env._(
            "Without an e-mail, the answer goes by post: write the address, or tick “handed over "
            "in person” below."
        )
        return {IDENTITY_ADDRESS: sentence}

    def _prepare_acting_items(self):
        items = super()._prepare_acting_items()
        for item in items:
            item["label"] = self.env._("This request is for")
        return items

    def _prepare_subject_sections(self):
        sections = super()._prepare_subject_sections()
        return [*sections, self._prepare_child_section()] if self.takes_child else sections

    def _get_household_link(self):
        """It is for the household itself."""
        return None

    # The child whom nobody could choose

    @property
    def takes_child(self):
        return self.procedure.applicant_kinds == "child"

    @property
    def child(self):
        """As typed: firstname, lastname, birthdate; nothing when a known child was chosen."""
        if not self.takes_child or (self.acting_for and self._get_acting_choices()):
            return None
        if self._get_acting_choices() and self.identity.get("_for") != OTHER_CHILD:
            return None
        return {
            name.removeprefix(CHILD): value
            for name, value in self.identity.items()
            if name.startswith(CHILD)
        }

    @property
    def needs_choice(self):
        return super().needs_choice and not self.takes_child

    def _get_acting_choices(self):
        choices = super()._get_acting_choices()
        if choices and self.takes_child:
            choices.append((OTHER_CHILD, self.env._("Another child: I type the name")))
        return choices

    def _get_chosen(self, choices):
        if self.identity.get("_for") == OTHER_CHILD:
            return OTHER_CHILD
        return super()._get_chosen(choices)

    def _read_child(self):
        if not self.takes_child:
            return
        for name in ("firstname", "lastname", "birthdate"):
            self.identity[CHILD + name] = self.posted.text(CHILD + name, 200)
        birthdate = f"{CHILD}birthdate"
        self.identity[birthdate] = tidy_date(self.identity[birthdate], "past")
        if self.posted.text("_for", 20) == OTHER_CHILD:
            # Carried from page to page with what was typed.
            self.identity["_for"] = OTHER_CHILD

    def _prepare_child_section(self):
        """Shown at once, or once the list of her children did not do."""
        env = self.env
        more = {}
        if self._get_acting_choices():
            more = {
                "conditions": [["all", [["_for", "=", [OTHER_CHILD]]]]],
                "condition_sentences": [env._("For another child:")],
            }
        inputs = {
            "firstname": {"label": env._("First name of the child"), "width": "et-w3"},
            "lastname": {"label": env._("Last name of the child"), "width": "et-w3"},
            "birthdate": {
                "label": env._("Birth date of the child"),
                "help": env._("Example: 15/11/2020"),
                "day": "past",
            },
        }
        items = []
        for name, values in inputs.items():
            value = self.identity.get(CHILD + name)
            if name == "birthdate":
                value = show_date(value)
            items.append(
                self._item(
                    CHILD + name,
                    required=True,
                    autocomplete="off",
                    value=value,
                    **values,
                    **more,
                )
            )
        # Many forms have a part named “The child”.
        return {"label": env._("For which child?"), "fields": items}

    def get_page_of(self, error_key):
        return 0 if error_key.startswith(CHILD) else super().get_page_of(error_key)

    def find_errors(self):
        """For the channel by which it came; what only lacks is kept apart."""
        try:
            self.env["procedure.request"].sudo()._prepare_filing(
                Filing(
                    procedure=self.procedure,
                    answers=self.raw,
                    files=self.get_file_counts(),
                    applicant=self.partner,
                    identity=self.identity,
                    channel=self.pending.channel,
                    child=self.child,
                )
            )
        except AnswersInvalid as refused:
            self.lacking = refused.lacking
            return {**self.get_posting_errors(), **self.place_errors(refused.errors)}
        return self.get_posting_errors()

    # A paper that does not answer everything

    @property
    def lacks_only(self):
        """Nothing is wrong: answers or documents lack, and it may be entered as it came."""
        lacking = self.errors.keys() - {UNTIL}
        return bool(lacking) and lacking <= self.lacking

    @property
    def error_list(self):
        """The day to choose is below the form."""
        sentence = self.errors.get(UNTIL)
        return [
            list_error(self.until_item) if sentence and entry == (None, sentence) else entry
            for entry in super().error_list
        ]

    @property
    def lacking_labels(self):
        keys = {key.partition(".")[0] for key in self.errors}
        return [tidy_label(field) for field in self.version.field_ids if field.key in keys]

    @property
    def until_item(self):
        due = self.later_due or self.procedure._get_completion_due()
        due = self.until or show_date(str(due))
        return self._item(
            UNTIL,
            label=self.env._("What is missing is expected before"),
            help=self.env._("The acknowledgment says it. Example: 15/11/2026"),
            required=True,
            value=due,
            day="future",
        )

    def read_until(self):
        """The day given to the applicant; nothing when it is wrong, which is said beside it."""
        self.until = tidy_date(self.posted.text(UNTIL, 100), "future")
        field = engine.Field(UNTIL, "date", date_limit="future", required=True)
        answers, problems = engine.validate(
            [field],
            {UNTIL: self.until},
            today=clock.today(),
        )
        Request_sudo = self.env["procedure.request"].sudo()
        self.errors.update(Request_sudo._get_error_sentences({UNTIL: "date"}, problems))
        return fields.Date.to_date(answers.get(UNTIL))

    def has_more_to_read(self):
        """Hook: whether something is to be read first, and was not; `to_read` names it then."""
        return False

    # The signed form on paper

    @property
    def paper_field(self):
        return self.env["procedure.field"].new(
            {
                "key": PAPER,
                "type": "file",
                "label": self.env._("Scan or photo of the signed form"),
                "max_files": MAX_PAPERS,
            }
        )

    def _prepare_sections(self):
        sections = super()._prepare_sections()
        if self.is_last:
            paper = self._prepare_field(self.paper_field)
            numbers = [section["number"] for section in sections]
            sections.append(
                {
                    "label": self.env._("Paper"),
                    "fields": paper,
                    "number": max(numbers, default=0) + 1,
                }
            )
        return sections

    # What was shown, and is not kept

    @property
    def may_see(self):
        """Nothing is shown by phone."""
        return self.pending.channel in ("counter", "mail")

    def _prepare_file(self, field, name, values):
        items = super()._prepare_file(field, name, values)
        if self.may_see and field.key != PAPER:
            items[0]["seen"] = {"value": field.key, "checked": field.key in self.seen}
        return items

    @property
    def carried(self):
        yield from super().carried
        shown = self.shown_keys
        for key in sorted(self.seen - shown):
            yield SEEN, key

    def keep(self, **values):
        return super().keep(seen_keys=sorted(self.seen), **values)

    def get_file_counts(self):
        counts = super().get_file_counts()
        for key in self.seen:
            counts[key] = [*counts.get(key, ()), SEEN]
        return counts

    def _read_seen(self):
        asked = self.version.field_ids
        files = {field.key for field in asked if field._get_type().holds == "files"}
        self.seen = files & set(self.posted.texts(SEEN, 200)) if self.may_see else set()

    def take_in(self):
        self._read_seen()
        self._receive(self.paper_field)
        result = super().take_in()
        self._read_child()
        self.identity[BY_HAND] = self.posted.text(BY_HAND, 1)
        return result

    def _receive(self, field):
        return super()._receive(field) if self.is_trusted else None

    def _remove_file(self, file_id):
        return super()._remove_file(file_id) if self.is_trusted else None

    def _get_asked_keys(self):
        return super()._get_asked_keys() | {PAPER}

    def split_files(self):
        """(files of the questions, scans)."""
        files = self.get_files()
        papers = files.pop(PAPER, [])
        # Shown with the request; what was typed later was seen the day it came.
        is_counter = self.pending.channel == "counter"
        day = self.pending.received_on if is_counter else clock.today()
        for key in sorted(self.seen):
            files.setdefault(key, []).append(make_seen(day))
        return files, papers
