import hashlib
import json
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import normalize, normalize_address

AWAITED = "signature_awaited"
# Those that count; the others stay for the history.
LIVE = ("asked", "signed", "refused")


class ProcedureRequestSignature(models.AbstractModel):
    """Who signs a request besides the person who files it, and what each of them read."""

    _name = "procedure.request.signature"
    _description = "Signatures of a request"

    signature_ids = fields.One2many(
        "procedure.signature", "request_id", readonly=True, groups="base.group_user"
    )
    signature_sentence = fields.Char(
        compute="_compute_signature_sentence", groups="base.group_user"
    )
    can_ask_signatures = fields.Boolean(
        compute="_compute_signature_sentence", groups="base.group_user"
    )

    @api.depends("signature_ids.state", "answers", "state")
    @api.depends_context("lang")
    def _compute_signature_sentence(self):
        for request in self:
            request_sudo = request.sudo()
            request.signature_sentence = request_sudo._get_signature_sentence()
            request.can_ask_signatures = request_sudo._may_ask_signatures()

    def _get_signature_sentence(self):
        """What forbids to accept, for the staff; empty when nothing does. In superuser mode."""
        self.ensure_one()
        if not self.is_open or not (missing := self._get_unsigned_fields()):
            return ""
        labels = ", ".join(field.label or field.key for field in missing)
        refused = self.signature_ids.filtered(lambda each: each.state == "refused")
        if refused & self._get_live_signatures(missing):
            return self.env._("Signature refused: %(labels)s.", labels=labels)
        return self.env._("Not signed yet: %(labels)s.", labels=labels)

    # ------------------------------------------------------------
    # Who signs
    # ------------------------------------------------------------

    def _get_signature_fields(self):
        """The questions of this form that ask a signature of this request. In superuser mode."""
        self.ensure_one()
        asked = self.version_id.field_ids.filtered(lambda field: field._is_signature())
        if not asked:
            return asked
        return (asked & self._get_shown_fields()).filtered(self._is_signature_asked)

    def _is_signature_asked(self, field):
        match field._get_type().signer:
            case "email":
                return bool((self.answers or {}).get(field.key))
            case "officer":
                is_hers = field.signature_role == "president" and self._is_president(
                    self.applicant_id
                )
                return bool(self.acting_for_id) and not is_hers
        return True

    def _is_president(self, person):
        return person in self._find_officers().filtered(is_president).person_id

    def _find_officers(self):
        Delegate = self.env["partner.delegate"]
        domain = Delegate._active_domain() & Domain("organisation_id", "=", self.acting_for_id.id)
        return Delegate.search(domain)

    def _find_signers(self, field):
        """[(person, address)] of those who have to sign today; without either for whom it is on
        paper, and when we know nobody: the service sees to it, and the applicant reads the same
        words. In superuser mode."""
        self.ensure_one()
        nobody, kind = self.applicant_id.browse(), field._get_type()
        if kind.signer == "email":
            return [(nobody, (self.answers.get(field.key) or "").strip())]
        online = self._find_online_signers(field)
        signers = [(person, "") for person in online]
        if kind.needs_all:
            others = self._find_holders().filtered("active") - online
            on_paper = others.filtered(lambda each: not self._is_one_with(each))
            signers += [(nobody, "")] * len(on_paper)
        return signers or [(nobody, "")]

    def _find_online_signers(self, field):
        """Those who may read and sign today by a link: none who looks like the person who files,
        and no parent of one child only, who would read of the other ones. In superuser mode."""
        match field._get_type().signer:
            case "officer":
                officers = self._find_officers()
                if field.signature_role == "president":
                    officers = officers.filtered(is_president)
                persons = officers.person_id
            case "parent":
                persons = self._find_holders(of_all=True)
            case _:
                return self.applicant_id.browse()
        return persons.filtered(lambda each: each.active and not self._is_by_same(each))

    def _has_nobody_to_ask(self, field):
        """No child, or nobody else who acts for the organisation: who files may know it. Whether we
        know the other parent of a child is told to nobody. In superuser mode."""
        match field._get_type().signer:
            case "parent":
                return not self._get_children()
            case "officer":
                return not self._find_online_signers(field)
        return False

    def _find_holders(self, of_all=False):
        """Who else answers today for one of the children of this request, or for all of them."""
        Authority = self.env["parental.authority"]
        children = self._get_children()
        found = Authority.search(
            Authority._current_domain()
            & Domain("child_id", "in", children.ids)
            & Domain("grants_access", "=", True)
        )
        if not of_all:
            return found.holder_id
        return found.holder_id.filtered(
            lambda each: children <= found.filtered(lambda one: one.holder_id == each).child_id
        )

    def _get_children(self):
        return self.subject_ids - self.applicant_id

    def _is_one_with(self, person):
        """Whether this sheet is, for sure, that of the person who files."""
        return bool(person) and self.applicant_id._has_person(person)

    def _is_by_same(self, person=None, names=""):
        """Whether somebody is, or may be, the person who files. Two birth identities tell; else the
        names alone do: a birth date that is typed proves nothing.

        :param person: her sheet; without it, what she typed of herself
        """
        me = self.applicant_id
        if person:
            if person == me or (me.identity_key and person.identity_key):
                return self._is_one_with(person)
            names = get_names(person) or person.name
        mine = get_names(me) or f"{self.contact_firstname or ''} {self.contact_lastname or ''}"
        words = sorted(normalize(names or "").split())
        return bool(words) and words == sorted(normalize(mine).split())

    def _get_own_addresses(self):
        """Those at which the applicant, or whom she acts for, is reached, and with which she signs
        in."""
        me = self.applicant_id
        users = me.with_context(active_test=False).user_ids
        known = [me.email, self.contact_email, *users.mapped("login"), *users.mapped("email")]
        known.append(self.acting_for_id.email)
        return {normalize_address(each) for each in known if each} - {""}

    def _get_signature_errors(self):
        """An address of hers, or one for two signatures: dict key -> sentence."""
        own, errors, seen = self._get_own_addresses(), {}, set()
        for field in self.version_id.field_ids:
            address = field._is_signature() and (self.answers or {}).get(field.key)
            if not address:
                continue
            address = normalize_address(address)
            if address in own:
                errors[field.key] = self.env._(
                    "This address is yours: write the one of the person who signs with you."
                )
            elif address in seen:
                errors[field.key] = self.env._("Somebody else signs here: write another address.")
            seen.add(address)
        return errors

    # ------------------------------------------------------------
    # What is signed
    # ------------------------------------------------------------

    def _get_signed_digest(self, field):
        """Changes with any answer that is read by this signature; not with the number of a sheet,
        which a merge changes. For a parent, with the children too: signed for one is not signed
        for another."""
        self.ensure_one()
        answers = self.answers or {}
        keys = field._get_signed_fields().mapped("key")
        read = {key: without_ids(answers[key]) for key in keys if key in answers}
        signed = [self.version_id.id, read]
        if field._get_type().signer == "parent":
            children = self._get_children()
            signed.append(sorted(normalize(get_names(each) or each.name) for each in children))
        text = json.dumps(signed, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _get_signed_rows(self, field):
        """[(label, words)] of what is read and signed, and nothing else. In superuser mode."""
        self.ensure_one()
        keys = set(field._get_signed_fields().mapped("key"))
        return [
            (label, words)
            for _section, rows in self._get_answers_alone()
            for label, words, key in rows
            if key.partition(".")[0] in keys
        ]

    def _get_answers_alone(self):
        return self.version_id.field_ids._get_summary(self.answers or {})

    # ------------------------------------------------------------
    # Where they stand
    # ------------------------------------------------------------

    def _get_live_signatures(self, form_fields):
        keys = form_fields.mapped("key")
        return self.signature_ids.filtered(
            lambda each: each.field_key in keys and each.state in LIVE
        )

    def _is_signed(self, field):
        """Signed by those who have to, as the answers are today, and by nobody who files it."""
        live = self._get_live_signatures(field)
        valid = live.filtered(lambda each: each._is_valid())
        if field._get_type().needs_all and valid != live:
            return False
        return bool(valid) and not self._find_unasked(field, valid)

    def _find_unasked(self, field, signatures):
        """Those who have to sign today and whom none of these is about: [(person, address)]. What
        was seen on paper may be of anybody; one signature is enough where one signs for all."""
        signers = self._find_signers(field)
        if not signatures:
            return signers
        is_known = any(person for person, _address in signers)
        if not (field._get_type().needs_all and is_known) or "none" in signatures.mapped("way"):
            return []
        known = signatures.person_id
        left = [(person, address) for person, address in signers if person not in known]
        return left[len(signatures.filtered(lambda each: not each.person_id)) :]

    def _get_unsigned_fields(self):
        return self._get_signature_fields().filtered(lambda field: not self._is_signed(field))

    # ------------------------------------------------------------
    # Asked, ended, asked again
    # ------------------------------------------------------------

    def _ask_signatures(self):
        """Ask those that this request needs and nobody asked; what it needs no more is withdrawn.

        In superuser mode. :return: whether somebody is awaited; refused, nobody is
        """
        self.ensure_one()
        needed = self._get_signature_fields()
        keys = needed.mapped("key")
        self._get_asked().filtered(
            lambda each: each.field_key not in keys or not each._may_still_sign()
        )._withdraw()
        for field in needed:
            self._ask_signature(field, self._find_unasked(field, self._get_live_signatures(field)))
        return bool(self._get_asked() and self._get_unsigned_fields())

    def _get_asked(self):
        return self.signature_ids.filtered(lambda each: each.state == "asked")

    def _ask_signature(self, field, signers):
        days = timedelta(days=max(field.signature_days, 1))
        due = clock.today() + days
        due = self.procedure_id._move_to_working_day(due)
        created = self.env["procedure.signature"].create(
            [
                {
                    "request_id": self.id,
                    "field_key": field.key,
                    "person_id": person.id,
                    "email": address,
                    "date_due": due,
                }
                for person, address in signers
            ]
        )
        created._begin()

    def _await_signatures(self):
        """At filing, or once it is complete: its clock waits as that of an incomplete file.

        In superuser mode. :return: whether it waits
        """
        self.ensure_one()
        if not self._ask_signatures():
            if self._get_unsigned_fields() and not self.date_paused:
                # Refused: as incomplete as it was.
                self._pause_clock(self._get_signature_due())
            return False
        before, self.state = self.state, AWAITED
        self.state_date = fields.Datetime.now()
        if not self.date_paused:
            self._pause_clock(self._get_signature_due())
        self._log_transition(before, self.env._("Its signature is awaited."))
        return True

    def _get_signature_due(self):
        days = self._get_asked().mapped("date_due") or [clock.today()]
        return max(days)

    def _follow_signatures(self):
        """One of them has just ended: the request goes on, or its service has to see to it.

        In superuser mode.
        """
        self.ensure_one()
        is_signed = not self._get_unsigned_fields()
        if self.state == AWAITED:
            # Who has to sign since it was asked is asked too.
            if is_signed or not self._ask_signatures():
                name = "signature_end_taken" if self.user_id else "signature_end"
                self.with_user(SUPERUSER_ID)._run_transition(name)
        elif is_signed and self.date_paused and self.state in ("submitted", "in_review"):
            self._resume_clock()

    def _check_signed_answers(self):
        """An answer that was signed has changed: it is signed again, and both are told.

        In superuser mode.
        """
        for request in self:
            if request.state not in self._get_open_states() or request.date_anonymised:
                continue
            live = request.signature_ids.filtered(lambda each: each.state in LIVE)
            request._cancel_signatures(
                live.filtered(lambda each: not each._is_current()),
                self.env._("An answer that was signed has changed: it is to be signed again."),
            )

    def _cancel_signatures(self, stale, note):
        """What these people read is so no more: they are asked again. In superuser mode."""
        self.ensure_one()
        if not stale:
            return
        stale._cancel()
        self._message_log(body=note)
        if self.state == AWAITED:
            self._ask_signatures()
            self._follow_signatures()
        elif self.state in ("submitted", "in_review", "waiting_list"):
            self.with_user(SUPERUSER_ID)._run_transition("signature_ask")

    def _on_price_raised(self):
        """Whoever read the price and signed did not commit to this one. In superuser mode."""
        result = super()._on_price_raised()
        read = self.signature_ids.filtered(
            lambda each: each.state in LIVE and each._is_price_read()
        )
        if self.state in (AWAITED, "submitted", "in_review", "waiting_list"):
            self._cancel_signatures(
                read, self.env._("The price is higher than the one that was signed: asked again.")
            )
        elif read:
            self._message_log(
                body=self.env._(
                    "The price is higher than the one that was signed: tell whoever signed it."
                )
            )
        return result

    def _may_ask_signatures(self):
        """While it waits, once nobody is asked who may still sign."""
        if self.state == AWAITED:
            return not any(each._may_still_sign() for each in self._get_asked())
        return self.state in ("submitted", "in_review", "waiting_list")

    def action_ask_signatures(self):
        """After a refusal, or once the term has passed: by the service in charge."""
        self.ensure_one()
        self._check_actor("agent")
        request_sudo = self.sudo()
        request_sudo._lock()
        if not request_sudo._may_ask_signatures():
            raise UserError(request_sudo._get_too_late_sentence())
        unsigned = request_sudo._get_unsigned_fields()
        if not unsigned:
            raise UserError(self.env._("Nothing is to be signed."))
        live = request_sudo._get_live_signatures(unsigned)
        live.filtered(lambda each: not each._is_valid())._cancel()
        request_sudo.with_user(SUPERUSER_ID)._run_transition("signature_ask")


def is_president(delegate):
    return normalize(delegate.role or "").startswith("presid")


def get_names(person):
    return " ".join(filter(None, [person.firstname, person.lastname]))


def without_ids(value):
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if isinstance(value, dict):
        hidden = {"id"} if "label" in value else set()
        return {key: without_ids(each) for key, each in value.items() if key not in hidden}
    return value
