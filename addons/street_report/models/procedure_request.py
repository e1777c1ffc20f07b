import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.procedure.circuit import Transition
from odoo.addons.procedure_form import engine

from .procedure_procedure import PHOTO, PLACE, PROBLEM, STREET

# It is repaired, or it is not for us: nothing is granted, nobody waits for a place.
NOT_DONE = ("refuse", "waiting_list", "accept_conditionally")
# Who finds that nothing was done says so within this delay.
REOPEN_DAYS = 30
REOPEN_MAX = 2
ANSWERED = ("accepted", "dropped", "closed")
# In the list that everybody reads: those that most have seen first.
LISTED_MAX = 100
LISTED_ORDER = "street_confirmations desc nulls last, date_submitted desc, id desc"


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    street_place = fields.Char(
        "Place, as everybody reads it",
        groups="base.group_user",
        copy=False,
        help="Without any name. Nobody but the staff reads it until it is shown.",
    )
    street_is_shown = fields.Boolean(
        "Read: the place is shown to everybody", groups="base.group_user", copy=False
    )
    street_photo_id = fields.Many2one(
        "procedure.document",
        "Photo shown to everybody",
        groups="base.group_user",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Chosen by whoever has looked at it: without people nor number plates.",
    )
    street_confirmations = fields.Integer(
        "Seen by others too", readonly=True, copy=False, groups="base.group_user"
    )
    street_reopenings = fields.Integer(
        "Opened again by whoever reported it", readonly=True, copy=False, groups="base.group_user"
    )
    # The address of what everybody reads: an id would tell how many requests there are, and when.
    street_key = fields.Char(
        compute="_compute_street_key",
        store=True,
        copy=False,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
    )
    # One address a line, of those who see the same and asked what becomes of it.
    street_followers = fields.Text(copy=False, groups=fields.NO_ACCESS)

    @api.depends("procedure_id.kind")
    def _compute_street_key(self):
        for request in self:
            is_street = request.procedure_id.kind == STREET
            request.street_key = request.street_key or (is_street and secrets.token_urlsafe(18))

    @api.constrains("street_photo_id")
    def _check_street_photo(self):
        for request in self.filtered("street_photo_id"):
            photo = request.street_photo_id
            if photo not in request._get_street_photos():
                raise ValidationError(self.env._("Choose a photo of this report."))

    def _get_street_photos(self):
        """What was given as a photo of the place."""
        lines_sudo = self.sudo().document_line_ids.filtered(lambda line: line.field_key == PHOTO)
        return lines_sudo.document_id.filtered(
            lambda document: (document.mimetype or "").startswith("image/")
        ).sudo(self.env.su)

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    @api.model
    def _get_identity_fields(self, channel="web", procedure=None):
        """Nobody has to say who she is: an address and a phone, if she wants to be answered."""
        fields_ = super()._get_identity_fields(channel, procedure)
        if not procedure or procedure.kind != STREET:
            return fields_
        return [
            engine.Field("contact_email", "email", self.env._("E-mail")),
            engine.Field("contact_phone", "phone", self.env._("Phone")),
        ]

    @api.model
    def _prepare_place(self, vals):
        """The problem says which service; the commune is that of the problem."""
        place = super()._prepare_place(vals)
        procedure = self.env["procedure.procedure"].browse(vals["procedure_id"])
        if procedure.kind != STREET:
            return place
        commune = self._get_answered_commune(procedure.version_id, vals["answers"])
        service_sudo = (
            self.env["street.report.route"]
            .sudo()
            ._find_service(vals["answers"].get(PROBLEM), commune)
        )
        place.update(dwelling_id=False, commune_id=commune.id)
        place["service_id"] = service_sudo.id or procedure._get_service(commune).id
        return place

    def _on_submitted(self):
        for request in self.filtered(lambda each: each.kind == STREET):
            request.street_place = request.answers.get(PLACE)
        return super()._on_submitted()

    def _on_completed(self):
        for request in self.filtered(lambda each: each.kind == STREET):
            if not request.street_is_shown:
                request.street_place = request.answers.get(PLACE)
        return super()._on_completed()

    # ------------------------------------------------------------
    # Circuit
    # ------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        reopen = Transition(
            ANSWERED,
            "in_review",
            "applicant",
            kinds=(STREET,),
            effect="_on_street_reopened",
        )
        return {**super()._get_transitions(), "street_reopen": reopen}

    def _check_transition(self, name):
        if self.kind == STREET and name in NOT_DONE:
            raise UserError(
                self.env._(
                    "A report is solved, or not for us: it is not refused and does not wait."
                )
            )
        if name == "street_reopen" and self.street_reopenings >= REOPEN_MAX:
            raise UserError(
                self.env._("You have opened it again several times already: report it again.")
            )
        if name == "street_reopen" and not self._may_street_reopen():
            raise UserError(
                self.env._(
                    "It was answered more than %(days)s days ago: report it again.",
                    days=REOPEN_DAYS,
                )
            )
        return super()._check_transition(name)

    def _may_street_reopen(self):
        """Answered, not long ago, and not opened again without end. In superuser mode."""
        self.ensure_one()
        if self.street_reopenings >= REOPEN_MAX:
            return False
        decision = self.decision_ids.filtered("active")[:1]
        limit = fields.Datetime.now() - timedelta(days=REOPEN_DAYS)
        return self.state in ANSWERED and bool(decision) and decision.date >= limit

    def _on_street_reopened(self):
        self.street_reopenings += 1
        self._on_reopened()

    def _on_accepted(self):
        result = super()._on_accepted()
        self._tell_street_followers("street_report.mail_same_solved")
        return result

    def _on_dropped(self):
        result = super()._on_dropped()
        for request in self.filtered(lambda each: not each._get_handled_under()):
            request._tell_street_followers("street_report.mail_same_not_ours")
        return result

    def _tell_street_followers(self, template):
        """Those who saw the same, once: nothing that was typed by others, neither number."""
        for request_sudo in self.sudo().filtered("street_followers"):
            for email in request_sudo.street_followers.splitlines():
                self.env.ref(template)._send_to(request_sudo, email, "fr_FR")
            request_sudo.street_followers = False

    def _get_mail_template(self, name):
        own = {"accept": "street_report.mail_solved", "drop": "street_report.mail_not_ours"}
        if self.kind == STREET and name in own and not self._get_handled_under():
            return own[name]
        return super()._get_mail_template(name)

    def _get_state_sentences(self, service):
        """Nobody asked for anything: what was reported is solved, or not for us."""
        sentences = super()._get_state_sentences(service)
        if self.procedure_id.kind != STREET:
            return sentences
        return {
            **sentences,
            "accepted": self.env._("What you reported is solved."),
            "dropped": self.env._("What you reported is not for us."),
        }

    def _get_decision_title(self, kind):
        if self.kind == STREET and kind == "accepted":
            return self.env._("What you reported is solved")
        if self.kind == STREET and kind == "dropped" and not self._get_handled_under():
            return self.env._("What you reported is not for us")
        return super()._get_decision_title(kind)

    def _get_decided_facts(self, kind=None):
        """As she wrote it: the letter is hers."""
        facts = super()._get_decided_facts(kind)
        if self.kind != STREET:
            return facts
        question = self.version_id.field_ids.filtered(lambda field: field.key == PROBLEM)
        problem = (self.answers or {}).get(PROBLEM)
        own = [
            (self.env._("What you reported"), question and question._format_answer(problem)),
            (self.env._("Place"), (self.answers or {}).get(PLACE)),
            (self.env._("Commune"), self.commune_id.name),
        ]
        return [*facts, *((label, text) for label, text in own if text)]

    def _get_decision_words(self, kind):
        """A hole in a road is neither accepted nor asked for again."""
        if self.kind == STREET and kind == "accepted":
            return self.env._("It is solved: thank you for telling us.")
        if self.kind == STREET and kind == "dropped" and not self._get_handled_under():
            return self.env._("We cannot act on what you reported.")
        return super()._get_decision_words(kind)

    # ------------------------------------------------------------
    # The list that everybody reads
    # ------------------------------------------------------------

    @api.model
    def _find_street_open(self, commune):
        """What is in progress in this commune and was read by its service, in superuser mode:
        print `_get_street_facts` only. Without its place, nobody can tell whether it is the same.
        """
        domain = self._street_open_domain(commune) & Domain("street_is_shown", "=", True)
        found_sudo = self.sudo().search(domain, order=LISTED_ORDER, limit=LISTED_MAX)
        # Whether each has a photo is asked one by one: their documents are read together.
        found_sudo.document_line_ids.document_id.fetch(["mimetype"])
        return found_sudo

    @api.model
    def _count_street_unread(self, commune):
        """How many are in progress there that nobody has read yet."""
        domain = self._street_open_domain(commune) & Domain("street_is_shown", "=", False)
        return self.sudo().search_count(domain)

    @api.model
    def _street_open_domain(self, commune):
        """What is still being signed, merged or asked again is in progress too; a draft is not."""
        domain = Domain("kind", "=", STREET) & Domain("commune_id", "=", commune.id)
        return domain & Domain("is_open", "=", True) & Domain("date_anonymised", "=", False)

    @api.model
    def _find_street_key(self, key):
        """The one that everybody reads at this address, in superuser mode; else nothing."""
        if not key:
            return self.sudo().browse()
        found_sudo = self.sudo().search(Domain("street_key", "=", key), limit=1)
        return found_sudo & found_sudo._find_street_open(found_sudo.commune_id)

    def _get_street_facts(self):
        """All that everybody may know of a report, in superuser mode.

        Nothing that was typed, before an agent has read it; never who, nor how to reach her.
        """
        self.ensure_one()
        question = self.version_id.field_ids.filtered(lambda field: field.key == PROBLEM)
        problem = self.answers.get(PROBLEM)
        photo = self.street_photo_id
        return {
            "key": self.street_key,
            "problem": question._format_answer(problem) if question and problem else "",
            "place": (self.street_is_shown and self.street_place) or "",
            "since": self.date_submitted,
            "state": self._get_street_state(),
            "has_photo": bool(photo and photo in self._get_street_photos()),
            "others": self.street_confirmations,
        }

    def _get_street_state(self):
        """Where it stands, in the words of its steps."""
        self.ensure_one()
        if not self.is_open and self._get_handled_under():
            return self.env._("Handled with another report")
        words = {
            "submitted": self.env._("Received"),
            "accepted": self.env._("Solved"),
            "dropped": self.env._("Not for us"),
        }
        if self.state in words:
            return words[self.state]
        if self.state == "closed":
            kind = self.decision_ids.filtered("active")[:1].kind
            return words.get(kind) or self.env._("Finished")
        if self.step_id.is_public:
            return self.step_id.name
        return self.env._("Given to a service")

    def _confirm_street(self, email=""):
        """Somebody else sees the same: one more, in the place of a double.

        :param email: written to once, when it is over
        :raise UserError: it is over meanwhile
        """
        self.ensure_one()
        # Whoever confirms it stays unknown, even as the last one to write.
        request_sudo = self.with_user(SUPERUSER_ID)
        request_sudo._lock()
        if request_sudo.kind != STREET or not request_sudo.is_open:
            raise UserError(self.env._("This report is over: send yours."))
        request_sudo.street_confirmations += 1
        if email := email.strip().lower():
            known = (request_sudo.street_followers or "").splitlines()
            request_sudo.street_followers = "\n".join(dict.fromkeys([*known, email]))

    @api.model
    def _get_free_fields(self):
        shown = {"street_place", "street_is_shown", "street_photo_id"}
        return super()._get_free_fields() | shown

    @api.model
    def _get_personal_fields(self):
        return [
            *super()._get_personal_fields(),
            "street_followers",
            "street_place",
            "street_is_shown",
            "street_photo_id",
        ]
