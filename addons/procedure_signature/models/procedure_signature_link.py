import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, formataddr

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.links import find_row, sign_row
from odoo.addons.territory_base.tools import mailbox_domain, normalize_address

LINK = "procedure.signature"
# Of a link that was asked for again after its term.
DAYS_AGAIN = 7
# All that those days may add to the term, unless the service sends it.
DAYS_MORE = 28
# Links and reminders are few: an address that somebody typed gets no more in a day.
TYPED_A_DAY = 5


class ProcedureSignatureLink(models.AbstractModel):
    """The link that is mailed to a signer: it names a signature, and opens nothing by itself."""

    _name = "procedure.signature.link"
    _description = "Link to a signature"

    link_nonce = fields.Char(groups=fields.NO_ACCESS, copy=False)

    def _issue_link(self):
        """Any former link is dead."""
        self.ensure_one()
        self.sudo().link_nonce = secrets.token_urlsafe(16)
        return self._get_link()

    def _get_link(self):
        self.ensure_one()
        token = sign_row(self.sudo(), LINK, nonce="link_nonce", expiration_hours=24 * 365)
        return f"/signer/{token}"

    @api.model
    def _find_by_token(self, token):
        """The signature that this link names, in superuser mode: the signature of the link is the
        check. It says nothing of the visitor. Empty: never issued, or replaced."""
        return find_row(self.sudo(), LINK, token, nonce="link_nonce")[0]

    def _is_past(self):
        self.ensure_one()
        return self.date_due < clock.today()

    def _get_address(self):
        """Where the link and the code go; never a mailbox that the applicant reads, nor that of
        somebody who may no longer sign. In superuser mode."""
        self.ensure_one()
        if not self._may_still_sign():
            return ""
        address = email_normalize(self.person_id.email or self.email or "") or ""
        if address and normalize_address(address) in self.request_id._get_own_addresses():
            return ""
        return address

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def _is_for(self, partner):
        """Whether this account is the one that signs: its sheet is asked. In superuser mode."""
        self.ensure_one()
        is_asked = bool(partner) and partner == self.person_id
        return is_asked and self._may_still_sign() and not self._is_of_applicant(partner)

    def _may_still_sign(self):
        """A parent or an officer, as long as she answers for the children or for the organisation;
        on paper, nobody is named. In superuser mode."""
        self.ensure_one()
        field = self._get_field()
        if not self.person_id or field._get_type().signer == "email":
            return True
        return self.person_id in self.request_id._find_online_signers(field)

    def _is_of_applicant(self, partner):
        return bool(partner) and self.request_id._is_by_same(partner)

    @api.model
    def _find_awaited_of(self, partner):
        """What this person is asked to sign, in superuser mode: by her sheet, or by the address of
        her account, which opens nothing before a code."""
        address = normalize_address(partner.email or "")
        rows_sudo = self.sudo().search([("state", "=", "asked"), ("person_id", "=", partner.id)])
        if address:
            asked = [("state", "=", "asked"), ("person_id", "=", False)]
            rows_sudo |= (
                self.sudo()
                .search([*asked, *mailbox_domain("email", address)])
                .filtered(lambda each: normalize_address(each.email) == address)
            )
        return rows_sudo.filtered(
            lambda each: (
                not each._get_problem()
                and not each._is_of_applicant(partner)
                and each.request_id.state == "signature_awaited"
            )
        )

    # ------------------------------------------------------------
    # What is read, what is done
    # ------------------------------------------------------------

    def _get_content(self):
        """What the page shows to the one who signs: the ticked answers and, where it may be told,
        who asks. In superuser mode, once it is checked who reads."""
        self.ensure_one()
        request, field = self.request_id, self._get_field()
        kind = field._get_type()
        who = "" if kind.is_discreet else request.applicant_name
        return {
            "procedure": request.procedure_id.name,
            "service": self._get_service_told(),
            "label": field.label,
            "who": who,
            "whom": "" if kind.is_discreet else request.acting_for_id.name,
            "commitment": field.signature_commitment or "",
            "price_rows": self._get_price_rows(),
            "answers": request._get_signed_rows(field),
            "date_due": self.date_due,
            "stamp": request._get_signed_digest(field),
            "is_reason_told": not kind.is_discreet,
            # Whoever files types the address of a guarantor, and knows it.
            "is_address_hidden": kind.signer != "email",
        }

    def _get_price_rows(self):
        """What the request costs, said to the guarantor. The other parent is told nothing of it:
        what one of the two pays is nobody's business."""
        return self.request_id._get_price_rows() if self._is_price_read() else []

    def _is_price_read(self):
        # Of a type that is gone, as of the most discreet one.
        return not getattr(self._get_field()._get_type(), "is_discreet", True)

    def _get_asker(self):
        """Who asks, in a mail that anybody may read: a first name and an initial."""
        field, request = self._get_field(), self.request_id
        if getattr(field._get_type(), "is_discreet", True):
            return ""
        person = request.applicant_id
        first = person.firstname or request.contact_firstname or ""
        last = person.lastname or request.contact_lastname or ""
        return f"{first} {last[:1]}." if first and last else ""

    def _answer(self, state, *, stamp, partner=None, name="", reason=""):
        """Sign or refuse, as the one whom the caller has checked: an account, or who typed the
        code and says her name. In superuser mode.

        :raise UserError: a sentence for the person who signs
        """
        self.ensure_one()
        if state not in ("signed", "refused"):
            raise UserError(self.env._("Choose: sign, or refuse."))
        known = partner or self.person_id
        name = (known.name or "") if known else (name or "").strip()
        if not name:
            raise UserError(self.env._("Write your first name and your last name."))
        if self.request_id._is_by_same(known, names=name):
            raise UserError(self._get_same_sentence())
        if problem := self._get_problem():
            raise UserError(problem)
        if self._is_past():
            raise UserError(self._get_past_sentence())
        if stamp != self.request_id._get_signed_digest(self._get_field()):
            raise UserError(self.env._("An answer has just changed: read them again."))
        reason = (reason or "").strip()
        if state == "refused" and not reason:
            raise UserError(self.env._("Say why you refuse."))
        way = "account" if partner else "code"
        self._end(state, way=way, name=name, person=partner, reason=reason[:5000])

    def _get_same_sentence(self):
        return self.env._(
            "Your name is that of the person who made this request: somebody else has to sign it. "
            "If you only have the same name, the service takes your signature on paper: call it."
        )

    def _get_past_sentence(self):
        return self.env._(
            "This link could be used until %(date)s. Ask for another one below: it comes by "
            "e-mail, to the address that received this one.",
            date=self.date_due.strftime("%d/%m/%Y"),
        )

    def _renew(self, is_capped=True):
        """Another link, to the same address; past the term, with some days more. In superuser
        mode.

        :raise TooManyRequests: it was sent several times today
        """
        self.ensure_one()
        self.env["public.guard"]._hit("procedure.signature.link", str(self.id), 3, 86400)
        self.request_id._get_asked()._extend(is_capped)
        self._send_link()

    def _send_again(self):
        """To all those of one request, as its applicant asks: the same count, the same day and the
        same words whether we can write to somebody or not. In superuser mode.

        :raise TooManyRequests: it was asked several times today
        """
        for request in self.request_id:
            self.env["public.guard"]._hit("procedure.signature.send", str(request.id), 3, 86400)
        self._extend()
        for signature in self:
            signature._send_link()

    def _may_extend(self):
        """Not without end by the link alone."""
        self.ensure_one()
        asked = clock.local_day(self.create_date)
        last = asked + timedelta(days=self._get_field().signature_days + DAYS_MORE)
        return clock.today() <= last

    def _extend(self, is_capped=True):
        """One day for all those who are asked.

        :raise UserError: its term passed too long ago
        """
        past = self.filtered(lambda each: each._is_past())
        if not past:
            return
        if is_capped and not all(each._may_extend() for each in past):
            raise UserError(self.env._("The term has passed: call the service."))
        today = clock.today()
        due = max(today + timedelta(days=DAYS_AGAIN), *self.mapped("date_due"))
        self.write({"date_due": due, "date_reminded": False, "date_lapsed": False})

    # ------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------

    def _send_link(self):
        """Who shares a mailbox with the applicant has a link too, in her account, and no mail."""
        link = self._issue_link()
        address = self._get_address()
        if not address:
            return
        if not self.person_id:
            try:
                self.env["public.guard"]._hit(
                    "procedure.signature.ask", normalize_address(address), TYPED_A_DAY, 86400
                )
            except TooManyRequests:
                self.request_id._add_signature_tasks(
                    lambda env: env._(
                        "Too many links were sent today to the person who has to sign: ask on paper"
                    )
                )
                return
        self._send_mail("procedure_signature.mail_signature_asked", link, is_commitment_told=True)

    def _send_code(self, code):
        self._send_mail("procedure_signature.mail_signature_code", "", code=code)

    def _get_service_told(self):
        """Who answers, for the one who signs. A service of one commune would tell one parent where
        the other one lives: then the one that leads the procedure, or the territory."""
        self.ensure_one()
        service, procedure = self.request_id.service_id, self.request_id.procedure_id
        is_local = (
            service.kind == "town_hall" or service.commune_ids or procedure._get_local_services()
        )
        # Of a type that is gone, as of the most discreet one.
        is_discreet = getattr(self._get_field()._get_type(), "is_discreet", True)
        return procedure.service_id if is_discreet and is_local else service

    def _get_service_said(self, *, is_first=False):
        """Its name inside a sentence of a mail, or as the first word."""
        name = self._get_service_told()._get_name_said(is_first=is_first)
        return name or self.env.company.sudo().name

    def _get_sender(self):
        """The address of that service, under its name."""
        service, company = self._get_service_told(), self.env.company.sudo()
        email = service.email or company.email
        return formataddr((service.name or company.name, email)) if email else ""

    def _send_mail(self, template, link, *, is_commitment_told=False, **values):
        """It names neither the child, nor who asks where that is not told; the history of the
        request holds nothing of it. In superuser mode."""
        self.ensure_one()
        request = self.request_id
        template = self.env.ref(template)
        lang = self.person_id.lang or request._get_mail_lang()
        link = link and self.get_base_url() + link
        rendered = {
            name: template._render_field(
                name, self.ids, set_lang=lang, add_context={"link": link, **values}
            )[self.id]
            for name in ("subject", "body_html")
        }
        Mail = self.env["mail.mail"]
        words = self.with_context(lang=lang).env
        if is_commitment_told:
            # Before the rest: nobody signs, nor follows a link, without knowing what for.
            rendered["body_html"] = (
                words["ir.qweb"]._render(
                    "procedure_signature.mail_commitment",
                    {
                        "asker": self._get_asker(),
                        "commitment": self._get_field()
                        .with_context(lang=lang)
                        .signature_commitment,
                        "price_rows": self.with_env(words)._get_price_rows(),
                    },
                )
                + rendered["body_html"]
            )
        Mail.create(
            {
                "subject": rendered["subject"],
                "body_html": Mail._render_look(
                    rendered["body_html"],
                    lang=lang,
                    title=rendered["subject"],
                    button=link and (words._("Read and sign"), link),
                    service=self._get_service_told(),
                    reason=words._("You receive this message because your signature is asked for."),
                ),
                "email_from": self._get_sender(),
                "reply_to": self._get_sender(),
                "email_to": self._get_address(),
                "procedure_request_id": request.id,
                "auto_delete": True,
            }
        ).mail_message_id.is_internal = True
        request._trigger_mails()
