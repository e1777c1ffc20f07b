from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.circuit import State, Transition
from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock

from .procedure_request_signature import AWAITED

ENDS = ("signature_end", "signature_end_taken")


class ProcedureRequest(models.Model):
    """A request that somebody else signs waits for it, as one that is incomplete does."""

    _name = "procedure.request"
    _inherit = ["procedure.request.signature", "procedure.request"]

    state = fields.Selection(
        selection_add=[(AWAITED, "Awaiting a signature"), ("waiting_list",)],
        ondelete={AWAITED: "cascade"},
    )

    # ------------------------------------------------------------
    # Circuit
    # ------------------------------------------------------------

    @api.model
    def _get_states(self):
        return {**super()._get_states(), AWAITED: State("other")}

    @api.model
    def _get_transitions(self):
        known = super()._get_transitions()
        also = {
            name: known[name].also_from(AWAITED)
            for name in ("drop", "cancel", "silence_accepts", "silence_refuses")
        }
        return {
            **known,
            **also,
            "signature_ask": Transition(
                ("submitted", "in_review", "waiting_list", AWAITED),
                AWAITED,
                "system",
                effect="_on_signature_asked",
                mail="procedure_signature.mail_signature_again",
            ),
            # The applicant: the link was lost, or the mail did not come.
            "signature_send": Transition(
                (AWAITED,), AWAITED, "applicant", effect="_on_signature_sent"
            ),
            "signature_end": Transition(
                (AWAITED,),
                "submitted",
                "system",
                effect="_on_signature_ended",
                mail="procedure_signature.mail_signature_given",
            ),
            # Somebody was in charge of it already.
            "signature_end_taken": Transition(
                (AWAITED,),
                "in_review",
                "system",
                effect="_on_signature_ended",
                mail="procedure_signature.mail_signature_given",
            ),
        }

    def _transition(self, name, by=None, note=""):
        request_sudo = super()._transition(name, by=by, note=note)
        is_over = request_sudo.state not in self._get_open_states()
        if is_over:
            request_sudo._get_asked()._withdraw()
            if request_sudo.date_paused:
                request_sudo._resume_clock()
        return request_sudo

    def _check_transition(self, name):
        """Nobody gives what is not signed; what the law decides is decided."""
        result = super()._check_transition(name)
        transition = self._get_transitions()[name]
        gives = self.env["procedure.decision"]._get_facts(transition.decision).gives
        if gives and transition.actor == "agent":
            if sentence := self._get_signature_sentence():
                raise UserError(
                    self.env._(
                        "%(sentence)s It is accepted once it is signed, or once you have noted "
                        "what you saw on paper.",
                        sentence=sentence,
                    )
                )
        return result

    def _log_transition(self, before, note=""):
        if before == self.state:
            note, before = note or self.env._("The link is sent again."), self.state
            self._message_log(body=note, **self._get_log_author())
            return None
        return super()._log_transition(before, note)

    def _get_mail_template(self, name):
        if name in ENDS and self._get_unsigned_fields():
            return "procedure_signature.mail_signature_refused"
        if name in ("complete", "receive") and self.state == AWAITED:
            return "procedure_signature.mail_signature_awaited"
        return super()._get_mail_template(name)

    def _on_signature_asked(self):
        """In superuser mode."""
        self._ask_signatures()
        if not self.date_paused:
            self._pause_clock(self._get_signature_due())

    def _on_signature_sent(self):
        """In superuser mode, once the applicant is checked."""
        self._get_asked()._send_again()

    def _on_signature_ended(self):
        """Signed, its clock runs; refused, it is as incomplete as before, and its service decides.

        In superuser mode."""
        if not self._get_unsigned_fields():
            self._resume_clock()
            return
        self._add_signature_tasks(lambda env: env._("The signature is refused: decide"))

    def _add_signature_tasks(self, say):
        """For the agent in charge, else for its service; `say` gives the words in her language."""
        today = clock.today()
        for user in self.user_id or self.service_id.user_ids:
            self._add_tasks(user, say(self.with_context(lang=user.lang).env), today)

    # ------------------------------------------------------------
    # It comes in, it is completed, an answer changes
    # ------------------------------------------------------------

    def _check_filing(self):
        return {**super()._check_filing(), **self._get_signature_errors()}

    def _on_filed(self, filing):
        result = super()._on_filed(filing)
        if self.state == "submitted":
            self._await_signatures()
        return result

    def _on_completed(self):
        result = super()._on_completed()
        self._await_signatures()
        return result

    def _on_taken(self):
        """An agent who goes on without what was asked."""
        result = super()._on_taken()
        if not self.signature_ids:
            self._await_signatures()
        return result

    def _on_reopened(self):
        """Separated from the request that it was joined to: whoever was awaited is asked again."""
        result = super()._on_reopened()
        if self.state == AWAITED and not self._ask_signatures():
            self._follow_signatures()
        return result

    def _correct_answers(self, corrected):
        result = super()._correct_answers(corrected)
        if errors := self._get_signature_errors():
            raise AnswersInvalid(errors)
        return result

    def write(self, vals):
        result = super().write(vals)
        if "answers" in vals or "subject_ids" in vals:
            self.sudo().filtered("signature_ids")._check_signed_answers()
        return result

    # ------------------------------------------------------------
    # What is read of it
    # ------------------------------------------------------------

    def _get_answer_sections(self, files=None, hidden=""):
        """Who signed, when and how, with the answers: on the page, the mail, the paper, the
        desk."""
        sections = super()._get_answer_sections(files, hidden)
        rows_sudo = self.sudo()._get_signature_rows()
        return [*sections, (self.env._("Signatures"), rows_sudo)] if rows_sudo else sections

    def _get_signature_rows(self):
        """(label, words, key) for each signature. In superuser mode."""
        self.ensure_one()
        if not self.signature_ids or self.date_anonymised:
            return []
        return [
            (field.label or "", words, field.key)
            for field in self.version_id.field_ids
            if field._is_signature()
            and (words := self._get_live_signatures(field)._get_words(field))
        ]

    def _get_decided_facts(self, kind=None):
        """Who signed what is granted: a convention holds the signatures of all."""
        facts = super()._get_decided_facts(kind)
        if not self.env["procedure.decision"]._get_facts(kind).gives:
            return facts
        return [*facts, *self._get_signed_facts()]

    def _get_signed_facts(self):
        """(label, words): who signed, and the text that this person read first. In superuser
        mode."""
        texts = {each.key: each.signature_commitment for each in self._get_signature_fields()}
        facts = []
        for label, words, key in self._get_signature_rows():
            facts.append((label, words))
            signed = self.signature_ids.filtered(
                lambda each, key=key: each.field_key == key and each.state == "signed"
            )
            if texts.get(key) and any(each.way != "none" for each in signed):
                quoted = self.env._("“%(text)s”", text=texts[key])
                facts.append((self.env._("Text that was signed"), quoted))
        return facts

    def _get_lacking_values(self):
        values = super()._get_lacking_values()
        if self.state == AWAITED:
            values["due_sentence"] = self._get_awaited_sentence()
        return values

    def _get_awaited_sentence(self):
        """What an acknowledgment says of a signature: nothing is promised before it comes."""
        due = self._get_signature_due().strftime("%d/%m/%Y")
        sentences = [self._get_unasked_sentence()]
        if not self._get_unasked_fields() or self._is_somebody_asked():
            sentences.append(
                self.env._(
                    "Somebody else has to sign it, until %(date)s: we ask that person. We look "
                    "at your request once it is signed.",
                    date=due,
                )
            )
        return " ".join(filter(None, [*sentences, self._get_pause_sentence()]))

    def _get_unasked_fields(self):
        """Of those that are not signed, the ones of which nobody could be asked."""
        return self._get_unsigned_fields().filtered(self._has_nobody_to_ask)

    def _is_somebody_asked(self):
        return bool(self._get_unsigned_fields() - self._get_unasked_fields())

    def _get_unasked_sentence(self):
        """Empty when somebody is asked of each signature."""
        if not (unasked := self._get_unasked_fields()):
            return ""
        return self.env._(
            "Nobody could be asked to sign (%(labels)s): the service contacts you.",
            labels=", ".join(field.label or field.key for field in unasked),
        )

    def _get_other_dates(self):
        """The day that counts while it waits: that of the answer does not run."""
        dates = super()._get_other_dates()
        if self.state != AWAITED or not self._is_somebody_asked():
            return dates
        return [*dates, (self.env._("Waits for the signature, until"), self._get_signature_due())]

    @api.model
    def _get_state_sentences(self, service):
        return {
            **super()._get_state_sentences(service),
            AWAITED: self.env._("Your request waits for the signature of somebody else."),
        }

    @api.depends("signature_ids.state")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        bands = super()._get_desk_bands()
        if self.signature_sentence:
            bands["signature"] = 15
        return bands

    @api.depends("signature_ids.state")
    def _compute_to_do(self):
        return super()._compute_to_do()

    def _get_next_act(self):
        tone, words = super()._get_next_act()
        if self.state == AWAITED and tone != "answer":
            return "missing", self.env._("Wait for the signature")
        return tone, words

    def _forget(self):
        self.signature_ids.unlink()
        return super()._forget()
