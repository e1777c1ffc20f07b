from collections import Counter

from odoo import fields

from odoo.addons.procedure_form import engine
from odoo.addons.public_guard.tools.picture import MAX_SIDE
from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.upload import MAX_SIZE
from odoo.addons.website_parts.tools.web import number

from .constants import SESSION_CLAIMS
from .form_answers import FormAnswers
from .form_check import FormCheck
from .form_composite import FormComposite
from .form_fields import FormFields
from .form_files import FormFiles
from .form_filing import FormFiling
from .form_former import FormFormer
from .form_given import FormGiven
from .form_identity import FormIdentity
from .form_known import FormKnown
from .form_paging import FormPaging
from .form_reading import read_answers
from .form_saving import FormSaving
from .form_sections import FormSections

# What visitors of one address, a village hall, begin in an hour: kept for two days.
FORMS_AN_HOUR = 200


class FormPage(
    FormCheck,
    FormSections,
    FormPaging,
    FormIdentity,
    FormFields,
    FormFiles,
    FormComposite,
    FormFiling,
    FormSaving,
    FormFormer,
    FormGiven,
    FormKnown,
    FormAnswers,
):
    """One form being filled in: what was typed, the files kept, and what is wrong.

    The browser holds what was typed and sends it all each time; the files it sent before are in
    the pending record, found by the account or by the secret that the form carries.
    """

    is_preview = False
    # Printed, for a pen.
    is_paper = False
    # The question that ended the form: read on a page of its own.
    exit = None
    # What became of the draft since the page was drawn, see `find_overtaken`.
    overtaken = ""
    # What was posted came from our own page.
    is_trusted = False
    # What a script knows before it sends a file.
    max_size = MAX_SIZE
    max_side = MAX_SIDE

    def __init__(self, procedure_sudo, visit, version_sudo=None):
        """:param visit: `website_parts.tools.web.Visit`, who fills it in and what was sent"""
        self.visit = visit
        self.env = visit.env
        self.posted = visit.posted
        self.procedure = procedure_sudo
        self.version = version_sudo or procedure_sudo.version_id
        self.partner = self.env.user.partner_id if self.visit.is_signed_in else None
        # Whose draft is written; nobody's as long as a post is not known to be hers.
        self.owner = None
        self.Pending_sudo = self.env["website.procedure.pending"].sudo()
        self.pending = self.Pending_sudo
        self.claim = None
        # Begun in this browser before somebody signed in, or left to: she says whether it is hers.
        self.begun = self.Pending_sudo
        self.raw = {}
        self.identity = {}
        self.acting_for = None
        # A choice that was sent and is no longer hers to make.
        self.lost_choice = None
        self.errors = {}
        self.notice = ""
        # Name of the input: day on which its answer was taken from the account.
        self.origins = {}
        self.confirmed = {}
        self.has_communes = False
        self._records = {}
        self._fields_by_key = {field.key: field for field in self.version.field_ids}
        self.purpose = f"procedure.{procedure_sudo.id}"
        self.token = None

    # What was typed

    def load(self, claim=None, left=None):
        """Find again what was begun; else start from what the account knows.

        :param left: the secret of the form that a visitor left to sign in
        """
        claimed = self.Pending_sudo._find_claimed(self.procedure, claim)
        left_sudo = self.Pending_sudo._find_claimed(self.procedure, left)
        if self.partner:
            self.pending = self.Pending_sudo._find_draft(self.procedure, self.partner)
            self.begun = (claimed or left_sudo).filtered(lambda pending: not pending.email)
        elif claimed:
            self.pending, self.claim = claimed, claim
        else:
            self.begun = left_sudo.filtered(lambda pending: not pending.email)
        if self.pending:
            self._load_pending()
        elif self.partner:
            self._choose_at_first()
            self.raw = self._get_prefill()
            self.origins = dict.fromkeys(self.raw, self._get_today())

    def take_up(self):
        """What she began as a visitor becomes her draft, with what her account knows besides."""
        self.pending = self.begun._give_to(self.partner, self.pending)
        self.begun = self.Pending_sudo
        self.forget()
        is_current = self.pending.version_id == self.version
        self._load_pending()
        answered = {name.partition(".")[0] for name, value in self.raw.items() if value}
        for name, value in self._get_prefill().items():
            if name.partition(".")[0] not in answered:
                self.raw[name] = value
                self.origins[name] = self._get_today()
        self.forget()
        if is_current:
            # Else the form says first what has changed of its questions.
            self.keep()

    def _load_pending(self):
        self.raw = dict(self.pending.answers or {})
        self.identity = dict(self.pending.identity or {})
        self._load_acting_for(self.pending.acting_for_id.id)
        self.origins = dict(self.pending.origins or {})
        self.confirmed = dict(self.pending.confirmed or {})
        self._refresh_known()
        self.carry_over(self.pending.version_id)
        # The page to read again has its own address: the Back button of the browser leaves it.
        self.go_to_key(self.pending.page_key)
        undecided = self.has_acting_page and not self.acting_for
        self.go(0 if undecided else min(self.page_index, self.last_index))

    def carry_over(self, former_sudo):
        """From the version on which it was begun: what is asked no more goes, and it is said.

        :return: whether the questions are not the same
        """
        if not former_sudo or former_sudo == self.version:
            return False
        asked, was_asked = (
            {(field.key, field.type): field.label for field in version.field_ids if is_input(field)}
            for version in (self.version, former_sudo)
        )
        gone = {key: label for key, label in was_asked.items() if key not in asked}
        new = [label for key, label in asked.items() if key not in was_asked]
        dropped = {key for key, _type in gone}
        self.forget()
        self.raw = {
            name: value
            for name, value in self.raw.items()
            if name.removeprefix("_rows.").partition(".")[0] not in dropped
        }
        sentences = [
            self.env._("This form has changed since you began. What you typed is still there.")
        ]
        if new:
            sentences.append(
                self.env._("New questions: %(labels)s.", labels=", ".join(map(self._quote, new)))
            )
        if gone:
            labels = ", ".join(map(self._quote, gone.values()))
            sentences.append(self.env._("No longer asked: %(labels)s.", labels=labels))
        if new or gone:
            self.notice = " ".join(sentences)
        return bool(new or gone)

    def _quote(self, label):
        return self.env._("“%(label)s”", label=label)

    def find_version(self, wanted):
        """The version of the page that was sent: another may have been published since."""
        return self.procedure.version_ids.filtered(
            lambda version: str(version.id) == wanted and version.state != "draft"
        )

    def _get_today(self):
        return fields.Date.to_string(clock.today())

    def read_post(self, is_trusted):
        """Take what was typed and keep the files that are accepted, whatever is wrong beside.

        A post that may come from another site touches no draft: what it brings is kept apart,
        under a secret that only the page which answers it holds.
        """
        self.is_trusted = is_trusted
        self._find_kept(is_trusted)
        self.take_in()
        self.overtaken = self.find_overtaken()

    def _find_kept(self, is_trusted):
        claim = self.posted.text("_claim", 100)
        claimed = self.Pending_sudo._find_claimed(self.procedure, claim)
        if self.partner and is_trusted:
            self.owner = self.partner
            self.pending = self.Pending_sudo._find_draft(self.procedure, self.partner)
            if claimed.file_ids:
                self.ensure_pending()
                claimed.file_ids.write({"pending_id": self.pending.id})
            claimed.unlink()
        elif claimed:
            self.pending, self.claim = claimed, claim
        elif not claim and not self.partner and self.own_claim:
            self._find_own(self.own_claim)

    def _find_own(self, claim):
        """What a visitor began by this very page, when she never read the answer that had its
        secret: pressed twice, cut. Else her first press would keep from her the slot, or the room,
        that she asks for by the second. Once another page has written in it, it has its own."""
        begun = self.Pending_sudo._find_claimed(self.procedure, claim)
        if begun.kept_by == self.mark and not begun.request_id:
            self.pending, self.claim = begun, claim

    def take_in(self):
        """What was typed and the files that come with it."""
        if not self.partner:
            self.identity = read_answers(self._get_identity_fields(), self.visit)
        self.raw = self.read_raw()
        self._read_acting_for()
        self._follow_choice()
        self._remove_file(number(self.posted.text("_remove", 20)))
        self._read_replaced()
        for field in self.version.field_ids:
            if field._get_type().holds == "files":
                self._receive(field)
        self._take_given()
        self._take_proposal()
        self._copy_same_address()
        self.origins = self._get_origins()
        self._read_confirmed()
        self.read_page()

    def _take_proposal(self):
        """The commune that was meant, in the place of what was typed."""
        name, _sign, value = self.posted.text("_take", 1000).partition("=")
        for answers in (self.identity, self.raw):
            former = answers.get(name)
            field = self._fields_by_key.get(name.rpartition(".")[2])
            if isinstance(former, str) and field and field._get_type().widget == "searched":
                # What it is worth is said when it is read.
                answers[name] = value
            elif isinstance(former, str):
                communes_sudo = self.env["territory.commune"].sudo()
                near = communes_sudo._get_near_names(former)
                answers[name] = value if value in near else former

    def read_raw(self):
        return read_answers(self.version.field_ids, self.visit)

    @property
    def action_url(self):
        return f"/demarches/{self.procedure.slug}/formulaire"

    @property
    def choices_url(self):
        """Where a script asks what may be chosen under another answer; None: nowhere."""
        return f"/demarches/{self.procedure.slug}/choix"

    @property
    def upload_url(self):
        """Where a script sends each file as soon as it is chosen; None: with the form only."""
        return f"/demarches/{self.procedure.slug}/fichier"

    @property
    def files_url(self):
        """Only where that address then finds them: by her account, or by this browser's secret."""
        is_hers = self.partner and self.pending.partner_id == self.partner
        held = self.visit.session.get(SESSION_CLAIMS, {}).get(str(self.procedure.id))
        is_hers = is_hers or (self.claim and self.claim == held)
        return self.upload_url if is_hers else None

    @property
    def reminders(self):
        """Hook: sentences above the buttons of each page, of what is kept for her meanwhile."""
        return []

    @property
    def advice(self):
        """Hook: sentences before the first question."""
        return list(filter(None, [self._tell_home_refusal()]))

    def _tell_home_refusal(self):
        """Hook: why who signed in cannot ask, from where she lives; empty where an answer says
        where it is."""
        if not (self.procedure.is_communal or self.procedure.commune_ids):
            return ""
        if not self.partner or self.is_preview or self._asks_place():
            return ""
        Request_sudo = self.env["procedure.request"].sudo()
        acting_for, _children = self.get_acting()
        vals = {
            "procedure_id": self.procedure.id,
            "applicant_id": self.partner.id,
            "acting_for_id": acting_for and acting_for.id,
            "answers": {},
        }
        place = Request_sudo._find_place(vals)
        request_sudo = Request_sudo.new(
            {**vals, "commune_id": place["commune_id"], "service_id": place["service_id"]}
        )
        return request_sudo._get_commune_sentence()

    def _asks_place(self):
        """Whether an answer says where it is, wherever she lives."""
        return any(
            field._get_type().is_place or field._get_type().model == "territory.dwelling"
            for field in self.version.field_ids
        )

    @property
    def needs_code(self):
        """Hook: a visitor proves her address before her request exists."""
        return not self.partner and not self.is_preview

    @property
    def keeps_draft(self):
        """Who signed in may stop and finish another day."""
        return bool(self.partner)

    def _get_origins(self):
        """What she left as her account had it, and the day it was taken from there."""
        if not self.owner:
            return {}
        known = self.pending.origins or {}
        return {
            name: known.get(name) or self._get_today()
            for name, value in self._get_prefill().items()
            if self._is_left(name, value)
        }

    def ensure_pending(self):
        """:raise TooManyRequests: a visitor's form more, of too many: it stays on her page only"""
        if not self.pending:
            if not self.visit.is_signed_in:
                guard = self.env["public.guard"]
                guard._hit("procedure.begun", self.visit.sender, FORMS_AN_HOUR, 3600)
            self.pending, self.claim = self.Pending_sudo._start(
                self.procedure, self.owner, self.own_claim
            )

    def keep(self, **values):
        """Write down what is typed, so that another page or another day finds it."""
        self.ensure_pending()
        kept = self.pending.acting_for_id.id
        self.pending._keep(
            version_id=self.version.id,
            answers=self.raw,
            identity=self.identity,
            origins=self.origins,
            confirmed=self.confirmed,
            page_key=self.current["key"],
            acting_for_id=self.acting_for or (self.lost_choice and kept) or False,
            kept_by=self.mark,
            **values,
        )
        asked = self._get_asked_keys()
        self.pending.file_ids.filtered(lambda file: file.field_key not in asked).unlink()

    def _get_asked_keys(self):
        return set(self._fields_by_key)

    def is_same(self, request_sudo):
        """Whether this request says what the form says: then sending twice was a slip.

        The files kept for the form went with the request: only those sent again are compared.
        """
        lines_sudo, nobody = request_sudo.document_line_ids, self.env["res.partner"]
        answers, _errors = engine.validate(
            self.get_engine_fields(),
            self.raw,
            file_counts=Counter(lines_sudo.mapped("field_key")),
            # Those of this request: the slot that it took is no longer free for another one.
            **request_sudo._get_lookups(self.version, self.partner or nobody),
        )
        identity = {}
        if not self.partner:
            identity, _errors = request_sudo._prepare_identity(self.identity, "web", self.procedure)
        acting_for, subjects = self.get_acting()
        chosen = request_sudo._get_answered_persons(request_sudo.version_id, answers)
        return (
            request_sudo.version_id == self.version
            and request_sudo.answers == answers
            and request_sudo.applicant_id == (self.partner or nobody)
            and request_sudo.acting_for_id == (acting_for or nobody)
            and request_sudo.subject_ids == (subjects or nobody) | chosen
            and all(
                (request_sudo[name].id if name.endswith("_id") else request_sudo[name]) == value
                for name, value in identity.items()
            )
            and set(self.pending.file_ids.mapped("sha256"))
            <= set(lines_sudo.document_id.mapped("sha256"))
        )


def is_input(field):
    return field._get_type().holds not in ("nothing", "result")
