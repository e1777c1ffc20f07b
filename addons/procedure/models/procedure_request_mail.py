from markupsafe import Markup

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import formataddr

from odoo.addons.mail_retry.models.mail_mail import ACTIVITY
from odoo.addons.territory_base import clock


class ProcedureRequestMail(models.AbstractModel):
    """What is said, and to whom. Comments are for the applicant; notes stay between colleagues."""

    _name = "procedure.request.mail"
    _description = "Messages of a request"

    # ------------------------------------------------------------
    # To the applicant
    # ------------------------------------------------------------

    def _tell_applicant(self, template, attachments=(), **values):
        """Write to the applicant by this mail template, and keep it in the history.

        In superuser mode, after the checks. `values` are names of the template.
        :param attachments: list of (name, bytes)
        """
        self.ensure_one()
        template = self.env.ref(template)
        lang = self._get_mail_lang()
        rendered = {
            name: template._render_field(name, self.ids, set_lang=lang, add_context=values)[self.id]
            for name in ("subject", "body_html")
        }
        self._post_to_applicant(rendered["subject"], rendered["body_html"], attachments=attachments)

    def _send_acknowledgment(self, code=None):
        """At once, in the transaction that files: a request that is kept is acknowledged.

        The code of a request without account goes in the mail only, never in the history.
        """
        self.ensure_one()
        request = self.with_context(lang=self._get_mail_lang())
        if request.applicant_id:
            request._follow()
        request._post_to_applicant(
            request.env._("%(number)s: your request was received", number=request.number),
            request._render_acknowledgment(),
            mail_body=code and request._render_acknowledgment(code),
        )

    def _render_acknowledgment(self, code=None):
        sections, hidden_sentence = self._get_mail_sections()
        return self.env["ir.qweb"]._render(
            "procedure.acknowledgment_body",
            {
                **self._acknowledgment_values(code),
                "documents": self._get_documents_besides(),
                "in_mail": True,
                "sections": sections,
                "hidden_sentence": hidden_sentence,
            },
        )

    def _get_summary_file(self):
        """What the applicant keeps of her request: dict(name, content), or None when nothing
        draws it here. In superuser mode: the caller checked who asks."""
        return None

    def _get_code_sentence(self, code):
        """Who left no address gets no other code."""
        if not self.sudo().applicant_email:
            return self.env._(
                "To follow it, you need this number and this code: %(code)s. Write them down: you "
                "left no e-mail address, nobody can send them to you again.",
                code=code,
            )
        return self.env._(
            "To follow it, you need this number and this code: %(code)s. Keep this message. "
            "Lost? The page “Follow a request” sends another code.",
            code=code,
        )

    def _acknowledgment_values(self, code=None):
        """What the law wants in it (CRPA R112-5 and R112-11-1), for the mail and the screen."""
        self.ensure_one()
        request_sudo = self.sudo()
        procedure = request_sudo.procedure_id
        received_on = clock.local_time(request_sudo.date_submitted)
        persons = request_sudo.acting_for_id | request_sudo.subject_ids
        received = "%d/%m/%Y %H:%M" if request_sudo._is_reception_time_known() else "%d/%m/%Y"
        strong = Markup("<strong>%s</strong>")
        return {
            # Not `request`: QWeb keeps that name for the web request.
            "record": request_sudo,
            "received_sentence": self.env._(
                "We received your request “%(procedure)s” on %(date)s. Its number is %(number)s.",
                procedure=procedure.name,
                date=received_on.strftime(received),
                number=strong % request_sudo.number,
            ),
            "settled": request_sudo._get_settled_sentences(),
            "is_answered": request_sudo._is_answered_at_once(),
            **request_sudo._get_lacking_values(),
            "follow_code": code,
            "code_sentence": self._get_code_sentence(strong % (code or "")),
            "follow_url": self._get_url(),
            "service_lines": self._get_service_lines(),
            "persons": ", ".join(persons.mapped("name")),
            "documents": request_sudo._get_received_documents(),
            "unanswered_sentence": self._get_unanswered_sentence(),
            "unanswered_appeal": self._get_unanswered_appeal(),
            "form_sentence": self.env._(
                "Form: %(procedure)s, version %(number)s.",
                procedure=procedure.name,
                number=request_sudo.version_id.number,
            ),
            "notice_url": f"{self.get_base_url()}/donnees-personnelles",
        }

    def _get_lacking_values(self):
        """Hook: what the acknowledgment promises, and what it asks for. In superuser mode."""
        self.ensure_one()
        return {"due_sentence": self._get_due_sentence(), "lacking": []}

    def _is_reception_time_known(self):
        """Hook: whether the hour at which it came is known, and not its day only."""
        return True

    def _get_received_documents(self):
        """(name, document) of each: all the delegates of an organisation receive this, and the
        name of a file is told to its giver only."""
        self.ensure_one()
        return [
            (
                line.label
                if self.acting_for_id or line.document_id.seen_on
                else line.document_id.name,
                line.document_id,
            )
            for line in self.document_line_ids
            if line.document_id
        ]

    def _get_documents_besides(self):
        """Of the documents received, those that no question of the form asked: what a mail says of
        the others is among its answers (`_get_mail_sections`), or nowhere."""
        asked = set(self.sudo().version_id.field_ids.mapped("key"))
        lines_sudo = self.sudo().document_line_ids
        asked_sudo = lines_sudo.filtered(lambda line: line.field_key in asked).document_id
        return [each for each in self._get_received_documents() if each[1] not in asked_sudo]

    def _get_service_lines(self):
        """Who answers: name, address, phone, e-mail, as the law wants them in each answer."""
        service_sudo = self.sudo().service_id
        address = " ".join(filter(None, (service_sudo.zip, service_sudo.city)))
        lines = (
            service_sudo.name,
            ", ".join(filter(None, (service_sudo.street, address))),
            service_sudo.phone and self.env._("Phone: %(phone)s", phone=service_sudo.phone),
            service_sudo.email and self.env._("E-mail: %(email)s", email=service_sudo.email),
        )
        return [line for line in lines if line]

    def _get_decision_sentence(self):
        """When and by whom, with name and title (CRPA L212-1); the law has none."""
        decision_sudo = self.sudo().decision_ids.filtered("active")[:1]
        author = decision_sudo.author_id
        if not author:
            return ""
        return self.env._(
            "Decision of %(date)s, by %(author)s.",
            date=clock.local_day(decision_sudo.date).strftime("%d/%m/%Y"),
            author=", ".join(filter(None, (author.name, author.partner_id.function))),
        )

    # Hooks: what an addon says of the delay, in mails, letters and pages. In superuser mode or not:
    # `self.sudo()` is yours to take. In the language of the applicant, in plain text.

    def _get_unanswered_sentence(self):
        """Hook: what it means when nobody answers, and from which day; empty: nothing is said.

        In the acknowledgment, under “Without an answer”, and once what was missing has come.
        """
        return ""

    def _get_unanswered_appeal(self):
        """Hook: how that may be contested, below the sentence in the acknowledgment."""
        return ""

    def _get_pause_sentence(self):
        """Hook: what asking for more does to the delay."""
        return ""

    def _get_reopened_sentence(self):
        """Hook: what a reopening does to the delay."""
        return ""

    def _get_todo_sentences(self, kind=None):
        """Hook: what is left to the applicant, such as to pay: a letter on paper says it.

        :param kind: of the decision, which may not be written yet; None: of none, as it stands
        """
        return []

    def _get_decided_facts(self, kind=None):
        """Hook: what a decision is about, in its letter: which room, which bin, what is changed.

        In superuser mode, in the language of the applicant.

        :param kind: of the decision, which may not be written yet; None: of none yet
        :return: list of (label, text)
        """
        return []

    def _has_letter_of_decision(self):
        """Hook: whether a letter of the decision comes with its mail."""
        return False

    def _get_appeal_text(self, kind=None):
        """Time limits and ways of appeal: the territory's own words for all, or ours by kind.

        :param kind: of the decision; by default the one in force
        """
        text = self.env["ir.config_parameter"].sudo().get_param("procedure.appeal_text")
        if text:
            return text
        kind = kind or self.sudo().decision_ids.filtered("active")[:1].kind
        return self._get_appeal_texts().get(kind, "")

    def _get_appeal_texts(self):
        """Hook: time limits and ways of appeal of each kind of decision that may be contested. An
        express one is contested from its notification (CJA R421-1).

        :return: dict: value of `kind` → text: `super()` and yours
        """
        court = self._get_court()
        return {
            "accepted_conditionally": self.env._(
                "If you disagree with these conditions, you may, within two months of the "
                "notification of this decision, ask the service to look at them again (recours "
                "gracieux), or go to the administrative court (%(court)s), by letter or on "
                "www.telerecours.fr.",
                court=court,
            ),
            "refused": self.env._(
                "If you disagree with this refusal, you may, within two months of its "
                "notification, ask the service to look at your request again (recours gracieux), "
                "or go to the administrative court (%(court)s), by letter or on "
                "www.telerecours.fr.",
                court=court,
            ),
        }

    @api.model
    def _get_court(self):
        """The court is the territory's, hence a setting."""
        return self.env.company.sudo().administrative_court or self.env._("tribunal administratif")

    def _post_to_applicant(self, subject, body, attachments=(), mail_body=None):
        """A comment of the service; mailed by the queue, so that no mail server is waited for.

        :param attachments: list of (name, bytes)
        :param mail_body: what the mail says where there is no account: more than the history
        """
        self.ensure_one()
        email = self._get_email_without_account()
        message = self.with_context(lang=self._get_mail_lang(), mail_notify_force_send=False)._post(
            body=Markup(body),
            subject=subject,
            author_id=self.service_id.partner_id.id,
            email_from=self._get_sender(),
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self._get_applicants().ids,
            attachments=list(attachments),
            outgoing_email_to=not mail_body and email,
            # Also when her own action makes it leave.
            notify_author=self.env.user.partner_id in self._get_applicants(),
        )
        if mail_body and email:
            self.env["mail.mail"].create(
                {
                    "mail_message_id": message.id,
                    "body_html": self._render_mail(mail_body, subject=subject),
                    "email_to": email,
                    "auto_delete": True,
                }
            )
        self._trigger_mails()
        self._warn_nobody_reached()
        return message

    def _warn_unsent(self, is_waiting):
        """A task for the agent, else for each agent of the service: this mail did not leave.

        In superuser mode; once, as long as the task is open.

        :param is_waiting: it is still tried
        """
        self.ensure_one()
        known = self.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
        )
        agents = self.user_id or self.service_id.user_ids
        users = agents.filtered(lambda user: user.active and not user.share) - known.user_id
        for user in users:
            words = self.with_context(lang=user.lang)
            note = (
                words.env._(
                    "The mail server is away. The e-mail is tried again every hour for three days, "
                    "and this task closes by itself once it has left. If it cannot wait, call."
                )
                if is_waiting
                else words.env._(
                    "The e-mail was refused, and is not tried again. Check the address with the "
                    "person: call, or send a letter."
                )
            )
            summary = words.env._("An e-mail about this request did not leave")
            words._add_tasks(user, summary, clock.today(), ACTIVITY, note)

    # ------------------------------------------------------------
    # How a mail looks
    # ------------------------------------------------------------

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """What the service writes to the applicant (“you have nothing else to do”) is for her:
        colleagues who follow read it on the request."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        kind = (msg_vals or {}).get("message_type") or message.message_type
        if kind != "auto_comment":
            return recipients
        applicants = self._get_applicants().ids
        return [
            recipient
            for recipient in recipients
            if recipient["type"] != "user" or recipient["id"] in applicants
        ]

    def _notify_get_recipients_groups_fillup(self, groups, model_description, msg_vals=False):
        """Core's button says “View” and the name of the model, in the wrong gender."""
        filled = super()._notify_get_recipients_groups_fillup(
            groups, model_description, msg_vals=msg_vals
        )
        for _name, _check, data in filled:
            data["button_access"]["title"] = self.env._("Open the request")
        return filled

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        """Colleagues read core's; the applicant, ours."""
        if recipients_group.get("notification_group_name") == "user":
            return super()._notify_by_email_render_layout(
                message, recipients_group, msg_vals=msg_vals, render_values=render_values
            )
        return self._render_mail(message.body, message=message)

    def _render_mail(self, body, message=None, subject=None):
        """The words of the service, and all that a person needs to trust and use them: who writes,
        to whom, about what, where to follow, whom to call, how to answer.

        :param body: HTML
        :param message: said by somebody of the staff, who is named then
        :param subject: the title of what is in no message
        """
        self.ensure_one()
        lang = self._get_mail_lang()
        request_sudo = self.sudo().with_context(lang=lang)
        message = message or self.env["mail.message"]
        author_sudo = message.sudo().author_id
        is_said = bool(author_sudo.main_user_id) and not author_sudo.partner_share
        name = not request_sudo.acting_for_id and request_sudo.applicant_name
        env = request_sudo.env
        return env["mail.mail"]._render_look(
            body,
            lang=lang,
            title=request_sudo._get_mail_heading(subject or message.subject),
            greeting=name and env._("Hello %(name)s,", name=name),
            intro=is_said
            and env._(
                "%(agent)s (%(service)s) writes to you about your request “%(procedure)s”:",
                agent=author_sudo.name,
                service=request_sudo.service_id.name,
                procedure=request_sudo.procedure_id.name,
            ),
            plate=request_sudo.number,
            button=(request_sudo._get_mail_button_label(), request_sudo._get_url()),
            after=env["ir.qweb"]._render(
                "procedure.mail_layout",
                {
                    "record": request_sudo,
                    "answer_sentence": request_sudo._get_answer_sentence(),
                },
                lang=lang,
            ),
            service=request_sudo.service_id,
            reason=env._(
                "You receive this message because this request was made with your address."
            ),
        )

    def _get_mail_button_label(self):
        if self.state == "to_complete" and self._is_followed_online():
            return self.env._("Complete my request")
        return self.env._("Follow my request")

    def _get_mail_heading(self, subject):
        """What the mail says, without the number, which is below it."""
        words = (subject or "").removeprefix(self.number or "").lstrip(": \N{NO-BREAK SPACE}")
        return words[:1].upper() + words[1:]

    def _get_answer_sentence(self):
        """How to answer this mail. Extended by the gateway, which reads what is answered."""
        if not self.sudo().service_id.phone:
            return self.env._("A question? Write to us from the page of your request.")
        return self.env._(
            "A question? Write to us from the page of your request, or call the service."
        )

    @api.model
    def _trigger_mails(self):
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _get_mail_lang(self):
        self.ensure_one()
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        lang = self.sudo().applicant_id.lang or "fr_FR"
        return lang if lang in installed else self.env.lang or installed[0]

    def _get_sender(self, name=None):
        """The service's address, under its name or this one."""
        self.ensure_one()
        service_sudo = self.sudo().service_id
        company_sudo = self.env.company.sudo()
        email = service_sudo.email or company_sudo.email
        if not email:
            return company_sudo.email_formatted
        return formataddr((name or service_sudo.name or company_sudo.name, email))

    def _follow(self):
        """The applicant follows the comments of her request, and nothing else.

        Who speaks for an organisation changes: its delegates are named at each message.
        """
        self.ensure_one()
        if self.acting_for_id:
            return
        comment = self.env.ref("mail.mt_comment")
        self._message_subscribe(partner_ids=self.applicant_id.ids, subtype_ids=comment.ids)

    # ------------------------------------------------------------
    # From the applicant
    # ------------------------------------------------------------

    def _post_from_applicant(self, body, files=(), by=None):
        """A message of the applicant, in plain text, with files checked by `public.guard`.

        :param by: the applicant; empty for a visitor who showed number and code
        """
        self.ensure_one()
        self._check_actor("applicant", by)
        if not (body or "").strip() and not files:
            raise UserError(self.env._("Write your message."))
        request_sudo = self.sudo()
        author = by or self.env["res.partner"]
        name = author.name or request_sudo.applicant_name or request_sudo.contact_email
        message = request_sudo.with_context(
            mail_post_autofollow_author_skip=True, mail_notify_force_send=False
        )._post(
            body=(body or "").strip(),
            author_id=author.id or False,
            # From an address of ours, or mail servers refuse it. The answer of an agent never goes
            # to hers: it would leave no trace on the request.
            email_from=request_sudo._get_sender(name),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[(upload["name"], upload["content"]) for upload in files],
        )
        request_sudo._trigger_mails()
        # Not the present moment, which may be the next second: her words are read from there.
        request_sudo._mark_written(message.date)
        request_sudo._remind_agent(self.env._("The applicant wrote a message."))
        return message

    def _mark_written(self, moment):
        """Hook: the applicant wrote or sent something then: nobody has answered yet.

        In superuser mode.
        """

    def _warn_nobody_reached(self):
        """A note and a task, when those who speak for a request deleted their account since."""
        today = clock.today()
        for request_sudo in self.sudo():
            applicants_sudo = request_sudo._get_applicants()
            if not request_sudo.applicant_id or any(applicants_sudo.mapped("active")):
                continue
            handlers = request_sudo.user_id or request_sudo.service_id.user_ids
            note = self.env._(
                "Nobody has an account for this request any more: no answer arrives, neither by "
                "e-mail nor on the site. Call, or send the letter by post."
            )
            request_sudo.with_user(SUPERUSER_ID)._message_log(body=note)
            for user in handlers:
                words = request_sudo.with_context(lang=user.lang)
                summary = words.env._("The applicant deleted her account")
                words._add_tasks(user, summary, today, note=note)

    def _remind_agent(self, summary):
        """A task of today for the agent in charge; without one, `written_on` marks the request in
        the list of the whole service, and its daily mail.

        Made by the system: the form reads who made it, and no agent reads a resident's account.
        """
        self.ensure_one()
        if agent_sudo := self.sudo().user_id:
            self.with_user(SUPERUSER_ID).with_context(
                mail_activity_quick_update=True
            ).activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, user_id=agent_sudo.id
            )

    def _add_tasks(
        self, users, summary, deadline, activity_type="mail.mail_activity_data_todo", note=""
    ):
        """One task each, which makes nobody receive the letters to the applicant. Made by the
        system: the form reads who made it, and no agent reads a resident's account."""
        self.ensure_one()
        request = self.with_user(SUPERUSER_ID).with_context(mail_activity_quick_update=True)
        followers = request.message_partner_ids
        for user in users:
            request.activity_schedule(
                activity_type,
                date_deadline=deadline,
                summary=summary,
                note=note,
                user_id=user.id,
            )
        request.message_unsubscribe((users.partner_id - followers).ids)

    def _get_messages_for_applicant(self):
        """What was said between the applicant and the service, oldest first. In superuser mode:
        who calls has checked that the request may be read."""
        self.ensure_one()
        comment = self.env.ref("mail.mt_comment")
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("subtype_id", "=", comment.id),
                    ("is_internal", "=", False),
                ],
                order="id",
            )
        )
