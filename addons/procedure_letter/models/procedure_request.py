from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from odoo.addons.territory_base import clock

# Kinds of the letters that say a transition, besides the decisions.
LETTERS = {
    "ask_completion": "completion",
    "complete": "completed",
    "receive": "completed",
    "waiting_list": "waiting_list",
}


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    letter_ids = fields.One2many(
        "procedure.letter", "request_id", readonly=True, groups="base.group_user"
    )
    sent_step_ids = fields.Many2many(
        "procedure.step",
        "procedure_request_sent_step_rel",
        string="Steps whose message was sent",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    to_print_label = fields.Char(
        string="To print", compute="_compute_to_print_label", groups="base.group_user"
    )
    is_step_told = fields.Boolean(compute="_compute_is_step_told", groups="base.group_user")

    @api.depends("step_id", "sent_step_ids")
    def _compute_is_step_told(self):
        for request in self:
            request.is_step_told = request.step_id in request.sent_step_ids

    # ------------------------------------------------------------
    # Letters of the circuit
    # ------------------------------------------------------------

    def _make_letter(self, kind, name, body, **values):
        """A letter of this request; it leaves with the next message to the applicant, and is drawn
        a moment after the commit.

        In superuser mode, after the check of rights.
        """
        self.ensure_one()
        self._lock()
        count = self.env["procedure.letter"].search_count([("request_id", "=", self.id)])
        on_paper = values.pop("on_paper", not self._get_emails())
        letter = self.env["procedure.letter"].create(
            {
                "request_id": self.id,
                "kind": kind,
                "number": f"{self.number}/{count + 1}",
                "name": name,
                "body": body,
                "lang": self._get_mail_lang(),
                # Of whom nothing is known, it is read on the page of the request alone.
                "on_paper": on_paper and self.is_reachable,
                # What an applicant sets off is made by nobody.
                "author_id": not self.env.user.share and self.env.uid,
                **values,
            }
        )
        letter._trigger_drawing()
        return letter

    def _render_decision(self, decision):
        """The words of the letter of this decision, which may not be written yet."""
        known = decision._get_facts(decision.kind)
        if known.is_attested:
            return self._render_letter(
                "attestation", decision=decision, template=known.letter_template
            )
        return self._render_letter("decision", decision=decision, known=known)

    def _render_letter(self, kind, **values):
        """The words of this kind of letter, in the language of the applicant."""
        template = values.get("template") or f"procedure_letter.{kind}_body"
        request = self.with_context(lang=self._get_mail_lang())

        def local(moment):
            return moment and clock.local_time(moment)

        values = {
            "record": request,
            "kind": kind,
            # Two children, two letters: each names its own.
            "concerned": ", ".join((self.acting_for_id or self.subject_ids).mapped("display_name")),
            "received_on": local(request.date_submitted),
            "complete_on": local(request.date_complete),
            **values,
        }
        return request.env["ir.qweb"]._render(template, values)

    def _get_decision_preview(self, act, reasons, conditions):
        """What the letter of this decision would say, in HTML; nothing is written.

        :param act: name of a transition that writes a decision
        """
        request_sudo = self._get_previewed()
        name = self._get_act_transition(act, conditions)
        kind = self._get_transitions()[name].decision
        decision = request_sudo.env["procedure.decision"].new(
            {
                "kind": kind,
                "reasons": reasons,
                "conditions": conditions,
                "date": fields.Datetime.now(),
                "author_id": self.env.uid,
            }
        )
        body = request_sudo._render_decision(decision)
        return request_sudo._preview_letter(request_sudo._get_decision_title(kind), body)

    def _get_completion_preview(self, items, message, due):
        """What the letter would say that asks for this, in HTML; nothing is written.

        :param items: list of dict(label, reason)
        """
        request_sudo = self._get_previewed()
        body = request_sudo._render_letter("completion", items=items, message=message, due=due)
        return request_sudo._preview_letter(request_sudo._get_mail_title("completion"), body)

    def _get_previewed(self):
        """In superuser mode, once its reader is checked, in the language of the applicant."""
        self.ensure_one()
        self.check_access("read")
        return self._origin.sudo().with_context(lang=self._get_mail_lang())

    def _preview_letter(self, title, body):
        """Around the words: to whom, about what, and who signs. In superuser mode."""
        letter_sudo = self.env["procedure.letter"].new({"request_id": self.id})
        user = self.env.user
        return self.env["ir.qweb"]._render(
            "procedure_letter.letter_preview",
            {
                "recipient_lines": letter_sudo._get_recipient_lines(),
                "title": title,
                "body": body,
                "signer": ", ".join(filter(None, (user.name, user.partner_id.function))),
            },
        )

    def _send_acknowledgment(self, code=None):
        """The code of a request without account is in the mail only, never on paper."""
        request_sudo = self.sudo().with_context(lang=self._get_mail_lang())
        body = request_sudo._render_letter(
            "acknowledgment",
            notice=request_sudo.procedure_id.processing_id._get_notice(),
            **request_sudo._acknowledgment_values(),
        )
        name = request_sudo.env._("Acknowledgment of receipt")
        request_sudo._make_letter("acknowledgment", name, body)
        return super()._send_acknowledgment(code)

    def _on_decided(self, decision):
        """Its letter: it is attested, or says the decision."""
        result = super()._on_decided(decision)
        request = self.with_context(lang=self._get_mail_lang())
        decision = decision.with_env(request.env)
        kind = "attestation" if decision._get_facts(decision.kind).is_attested else "decision"
        body = request._render_decision(decision)
        title = request._get_decision_title(decision.kind)
        request._make_letter(kind, title, body, decision_id=decision.id)
        return result

    def _get_decided_facts(self, kind=None):
        """Of a procedure that no addon answers: where it is, the first address of its form."""
        facts = super()._get_decided_facts(kind)
        answers = self.answers or {}
        places = [
            (question.label, question._format_answer(answers[question.key]))
            for question in self.version_id.field_ids
            if self.procedure_id.kind == "generic"
            and question._get_type().parts
            and answers.get(question.key)
        ]
        return [*places[:1], *facts]

    def _has_letter_of_decision(self):
        return True

    def _get_decision_title(self, kind):
        """Hook: title of the letter of a decision.

        :param kind: of a `procedure.decision`
        """
        Decision = self.env["procedure.decision"]
        own = Decision._get_facts(kind).letter_title
        if own:
            return self.env._(own)
        titles = {
            "accepted": self.env._("Your request is accepted"),
            "accepted_conditionally": self.env._("Your request is accepted, with conditions"),
            "refused": self.env._("Your request is refused"),
            "dropped": self.env._("Your request is closed without a decision"),
        }
        kinds = Decision._fields["kind"]
        return titles.get(kind) or dict(kinds._description_selection(self.env))[kind]

    def _get_decision_words(self, kind):
        """Hook: the sentence that says what was decided; empty: that it is accepted, refused…

        In superuser mode, in the language of the applicant.

        :param kind: of a `procedure.decision`, which may not be written yet
        """
        return ""

    def _get_mail_title(self, kind):
        return {
            "completion": self.env._("Your request waits for something from you"),
            "completed": self.env._("We received what was missing"),
            "waiting_list": self.env._("Your request is on the waiting list"),
        }[kind]

    def _tell_transition(self, name, **words):
        kind = LETTERS.get(name)
        if kind:
            request = self.with_context(lang=self._get_mail_lang())
            body = request._render_letter(kind, items=request._get_asked_items(), **words)
            request._make_letter(kind, request._get_mail_title(kind), body)
        return super()._tell_transition(name, **words)

    def _post_to_applicant(self, subject, body, attachments=(), mail_body=None):
        """The letters that were just made leave with what tells them."""
        message = super()._post_to_applicant(
            subject, body, attachments=attachments, mail_body=mail_body
        )
        letters_sudo = self.sudo().letter_ids.filtered(
            lambda letter: (
                not letter.message_id
                and not letter.sha256
                # What a step posts has no message; the rest is read on the page too.
                and not (letter.on_paper and letter.kind in ("step", "message"))
            )
        )
        letters_sudo._leave_with(message)
        return message

    def _get_paper_label(self, name):
        if not self.is_reachable:
            return self.env._("No contact was given: it is read on the page of the request only")
        if self._has_postal_address():
            return self.env._(
                "%(name)s has no e-mail: your message becomes a letter to print and post", name=name
            )
        return self.env._(
            "%(name)s has no e-mail, no postal address is known: your message becomes a letter to "
            "print and hand over",
            name=name,
        )

    def _get_leaves_label(self):
        if self._get_emails():
            return super()._get_leaves_label()
        if not self.is_reachable:
            return self.env._("nothing: no contact was given; the page of the request says it")
        if self._has_postal_address():
            return self.env._("a letter to print and post: no e-mail is known")
        return self.env._("a letter to print and hand over: no e-mail, no postal address is known")

    def _get_letter_dwelling(self):
        """Hook: the dwelling of the request as an address of its applicant; none where it is what
        the request is about."""
        return self.dwelling_id

    def _has_postal_address(self):
        letter_sudo = self.env["procedure.letter"].sudo().new({"request_id": self.id})
        return bool(letter_sudo._get_postal_lines())

    def _write_on_paper(self, message):
        """What no e-mail carries is a letter; of whom nothing is known, it is on the page alone."""
        if not self.is_reachable:
            return
        request_sudo = self.sudo().with_context(lang=self._get_mail_lang())
        message_sudo = message.sudo()
        body = message_sudo.body
        if names := ", ".join(message_sudo.attachment_ids.mapped("name")):
            body += Markup("<p>%s</p>") % request_sudo.env._(
                "With this letter: %(files)s", files=names
            )
        name = request_sudo.env._("About your request")
        request_sudo._make_letter("message", name, body)

    # ------------------------------------------------------------
    # To print
    # ------------------------------------------------------------

    @api.depends("letter_ids.date_printed", "is_reachable")
    @api.depends_context("lang")
    def _compute_to_print_label(self):
        for request in self:
            letters = request.letter_ids.filtered(
                lambda letter: letter.on_paper and not letter.date_printed
            ).sorted("id")
            if not request.is_reachable:
                letters = letters.browse()
            request.to_print_label = ", ".join(letters.mapped("name"))

    def action_print_letter(self):
        """The oldest that nobody printed, in another tab; the next one is proposed then."""
        self.ensure_one()
        self._check_actor("agent")
        letter = self.letter_ids.filtered(
            lambda letter: letter.on_paper and not letter.date_printed
        ).sorted("id")[:1]
        if not letter:
            raise UserError(self.env._("Every letter is printed: see “Letters sent”."))
        action = letter.action_open()
        letter.sudo()._mark_printed()
        return action

    def _send_late_letter(self, letter, content):
        request = self.with_context(lang=letter.lang)
        subject = request.env._(
            "%(number)s: your letter “%(name)s”", number=request.number, name=letter.name
        )
        body = Markup("<p>%s</p>") % request.env._(
            "The letter of our last message was missing: here it is."
        )
        attachments = [(letter._get_file_name(), content)]
        return request._post_to_applicant(subject, body, attachments=attachments)

    def _get_messages_for_applicant(self):
        """With their letters: one that the job has not drawn yet is drawn for the reader. One that
        failed is left to the job."""
        letters_sudo = self.sudo().letter_ids.filtered(
            lambda letter: (
                letter.message_id
                and not letter.sha256
                and letter.tries <= 1
                and letter.date_try <= fields.Datetime.now()
            )
        )
        letters_sudo._draw_now()
        return super()._get_messages_for_applicant()

    def _forget(self):
        """The letters name her: they go with her data."""
        self.letter_ids.unlink()
        return super()._forget()

    # ------------------------------------------------------------
    # Steps that send
    # ------------------------------------------------------------

    def write(self, vals):
        """Entering a step that sends asks the agent first; what moves requests by itself sends.

        Coming back to a step sends nothing again.
        """
        if not vals.get("step_id"):
            return super().write(vals)
        step = self.env["procedure.step"].browse(vals["step_id"])
        entering = self.filtered(lambda request: request.step_id != step)
        to_tell = entering._get_untold(step)
        if to_tell and not self.env.su and not self.env.context.get("step_confirmed"):
            to_tell._ask_before_step(step)
        result = super().write(vals)
        if not self.env.context.get("step_silent"):
            for request in to_tell:
                request.sudo()._send_step(by_itself=self.env.su)
        return result

    def _get_untold(self, step):
        """Those who were not told yet what this step says."""
        if step.sudo().sends in (False, "none"):
            return self.browse()
        return self.filtered(lambda request: step not in request.sudo().sent_step_ids)

    def _ask_before_step(self, step):
        """What will leave is seen before it leaves, whatever the screen that moves the request."""
        raise RedirectWarning(
            self.env._(
                "The step “%(step)s” writes to the applicant. See what will leave, then confirm.",
                step=step.name,
            ),
            self._get_step_action(step),
            self.env._("See what will leave"),
        )

    def _get_step_action(self, step):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What this step sends"),
            "res_model": "procedure.step.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_ids": self.ids, "default_step_id": step.id},
        }

    def action_send_step(self):
        """Send once more what the current step says, once the agent has seen it."""
        self.ensure_one()
        self._check_actor("agent")
        return self._get_step_action(self.step_id)

    def _send_step(self, by_itself=False):
        """In superuser mode: what the step says leaves, and the step is marked as told."""
        self.ensure_one()
        step = self.step_id
        if by_itself and self._was_decided_just_now():
            self._message_log(
                body=self.env._(
                    "Step “%(step)s” wrote nothing: the decision has just left.", step=step.name
                )
            )
            return
        request = self.with_context(lang=self._get_mail_lang())
        subject, body = step.template_id._render(request)
        self.sent_step_ids |= step
        if step.sends in ("letter", "both"):
            request._make_letter(
                "step",
                subject,
                body,
                template_id=step.template_id.id,
                step_id=step.id,
                **({"on_paper": True} if step.sends == "letter" else {}),
            )
        if step.sends in ("mail", "both"):
            title = request.env._("%(number)s: %(subject)s", number=self.number, subject=subject)
            request._post_to_applicant(title, body)
        else:
            self._message_log(
                body=self.env._(
                    "Letter “%(name)s” made at step “%(step)s”, to be printed and posted.",
                    name=subject,
                    step=step.name,
                )
            )

    def _was_decided_just_now(self):
        """In this very transaction: the mail of the decision says it already."""
        decision = self.decision_ids.filtered("active")[:1]
        return bool(decision) and decision.create_date >= self.env.cr.now().replace(microsecond=0)
