from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock

from ..amounts import say_cents

# What the payment page of the Treasury takes, in cents.
PAYFIP_MIN, PAYFIP_MAX = 100, 9_999_999


class ProcedureRequestPayment(models.AbstractModel):
    """The payment beside a request, never a gate: nothing waits for it, and it stops nothing.

    The Treasury collects; here are the reference, the amount, a link, and what the service says.
    """

    _name = "procedure.request.payment"
    _description = "Payment beside a request"

    payment_state = fields.Selection(
        [("due", "To pay"), ("paid", "Paid, the service says"), ("cancelled", "Cancelled")],
        string="Payment",
        readonly=True,
        copy=False,
    )
    payment_reference = fields.Char(string="Reference to pay", readonly=True, copy=False)
    is_payment_waived = fields.Boolean(
        string="Payment cancelled by the service",
        readonly=True,
        copy=False,
        help="Not by a decision: a reopening does not bring it back.",
    )

    def _on_submitted(self):
        result = super()._on_submitted()
        self._update_payment()
        return result

    def _on_accepted(self):
        result = super()._on_accepted()
        for request in self:
            request._update_payment()
        return result

    def _on_refused(self):
        return self._end_payment(super()._on_refused())

    def _on_dropped(self):
        return self._end_payment(super()._on_dropped())

    def _on_cancelled(self):
        return self._end_payment(super()._on_cancelled())

    def _on_reopened(self):
        result = super()._on_reopened()
        for request in self:
            if request.payment_state == "paid" or request.is_payment_waived:
                continue
            request.write({"payment_state": False, "payment_reference": False})
            request._update_payment()
        return result

    def _end_payment(self, result):
        """The decision says it all: no message of its own."""
        self.filtered(lambda each: each.payment_state == "due").payment_state = "cancelled"
        return result

    def _update_payment(self):
        """To pay from the day that the procedure says, once the amount is known. In superuser
        mode."""
        self.ensure_one()
        if self.payment_state in ("paid", "cancelled") or not self._is_payment_expected():
            return
        is_due = self._is_amount_known()
        self.write(
            {
                "payment_state": "due" if is_due else False,
                "payment_reference": is_due and self._make_payment_reference(),
            }
        )

    def _is_amount_known(self):
        return self.has_price and not self.is_price_told_later and self.price_cents > 0

    def _is_payment_expected(self, kind=None):
        """:param kind: of a decision that is not written yet"""
        procedure = self.procedure_id
        if procedure.payment_kind == "none":
            return False
        return procedure.payment_when == "filed" or self._is_given(kind)

    def _is_given(self, kind=None):
        given = self.env["procedure.decision"]._get_kinds_that("gives")
        kinds = {kind, *self.decision_ids.filtered("active").mapped("kind")}
        return bool(kinds & set(given))

    def _make_payment_reference(self):
        return self.procedure_id._make_payment_reference(self.number, self.date_submitted)

    # ------------------------------------------------------------
    # What the applicant sees
    # ------------------------------------------------------------

    def _post_to_applicant(self, subject, body, attachments=(), mail_body=None):
        """What says that it is to be paid says where."""
        if self.env.context.get("tells_payment"):
            note = self._get_payment_note()
            body = Markup(body) + note
            mail_body = mail_body and Markup(mail_body) + note
        return super()._post_to_applicant(
            subject, body, attachments=attachments, mail_body=mail_body
        )

    def _send_acknowledgment(self, code=None):
        told = self.with_context(tells_payment=True)
        return super(ProcedureRequestPayment, told)._send_acknowledgment(code)

    def _tell_transition(self, name, **words):
        given = self.env["procedure.decision"]._get_kinds_that("gives")
        tells = name == "reopen" or self._get_transitions()[name].decision in given
        told = self.with_context(tells_payment=True) if tells else self
        return super(ProcedureRequestPayment, told)._tell_transition(name, **words)

    def _follow_transition(self, name, **words):
        """A reopening says what was asked and is no longer, which its effect leaves out."""
        was_due = name == "reopen" and self.payment_state == "due"
        told = self.with_context(payment_was_due=was_due) if was_due else self
        return super(ProcedureRequestPayment, told)._follow_transition(name, **words)

    def _get_reopened_sentence(self):
        said = super()._get_reopened_sentence()
        request_sudo = self.sudo()
        if not self.env.context.get("payment_was_due") or request_sudo.payment_state:
            return said
        sentence = self.env._(
            "What we asked you, %(amount)s, is no longer to be paid: wait for the new answer. If "
            "you have paid it already, tell us.",
            amount=say_cents(self.env, request_sudo.price_cents),
        )
        return f"{said} {sentence}".strip()

    def _get_decided_facts(self, kind=None):
        """What is given has its price."""
        facts = super()._get_decided_facts(kind)
        gives = self.env["procedure.decision"]._get_facts(kind).gives
        if gives and self.has_price:
            facts = [*facts, (self.env._("Price"), self.price_label)]
        return facts

    def _get_payment_note(self):
        """The end of a mail: what, the reference, where; empty when nothing is due.

        The button of each mail leads to the page of the request, which has the link: no mail of
        ours asks for a payment by itself, its foot says so.
        """
        request = self.with_context(lang=self._get_mail_lang())
        sentences = request._get_payment_sentences()
        # A link is nothing on paper: there, the address and the numbers are written.
        if request._get_payment_url() and self._get_emails():
            words = request.env._("Pay from the page of your request")
            sentences = [*sentences[:-1], words]
        return Markup().join(Markup("<p>%s</p>") % sentence for sentence in sentences)

    def _get_todo_sentences(self, kind=None):
        return [*super()._get_todo_sentences(kind), *self._get_payment_sentences(kind)]

    def _get_payment_sentences(self, kind=None):
        """What is to be paid, where and how, in plain text; none when nothing is.

        :param kind: see `_get_todo_sentences`
        """
        self.ensure_one()
        request_sudo = self.sudo()
        is_to_be = (
            kind
            and not request_sudo.payment_state
            and request_sudo._is_payment_expected(kind)
            and request_sudo._is_amount_known()
        )
        if request_sudo.payment_state != "due" and not is_to_be:
            return []
        sentences = [
            self.env._(
                "To pay: %(amount)s. Reference: %(reference)s.",
                amount=say_cents(self.env, request_sudo.price_cents),
                reference=request_sudo.payment_reference or request_sudo._make_payment_reference(),
            )
        ]
        procedure_sudo = request_sudo.procedure_id
        number = request_sudo._get_payable_number()
        if procedure_sudo.payment_kind == "link" and procedure_sudo.fee_url:
            sentences.append(self.env._("To pay online: %(url)s", url=procedure_sudo.fee_url))
        elif number:
            sentences.append(
                self.env._(
                    "To pay online: %(site)s, client number %(number)s, year %(year)s, this "
                    "reference and this amount.",
                    site=urlsplit(self._get_payfip_address()).netloc,
                    number=number,
                    year=str(request_sudo._get_payment_year()),
                )
            )
        else:
            sentences.append(self._get_other_means())
        return sentences

    def _get_other_means(self):
        """How it is paid where no page of ours leads there."""
        procedure_sudo = self.sudo().procedure_id
        words = procedure_sudo.payment_kind == "words" and procedure_sudo.payment_words
        return words or self.env._("The service tells you how to pay.")

    def _get_payment_year(self):
        return clock.local_day(self.date_submitted).year

    def _get_payable_number(self):
        """The client number under which PayFiP takes this amount; empty when it does not."""
        procedure = self.procedure_id
        is_taken = PAYFIP_MIN <= self.price_cents <= PAYFIP_MAX
        if procedure.payment_kind != "payfip" or not is_taken:
            return ""
        return procedure._get_payfip_number(self.service_id) or ""

    def _get_payment_url(self):
        """Where it is paid; empty when nothing is to be paid, or not there."""
        self.ensure_one()
        request_sudo = self.sudo()
        if request_sudo.payment_state != "due":
            return ""
        procedure_sudo = request_sudo.procedure_id
        if procedure_sudo.payment_kind == "link":
            return procedure_sudo.fee_url or ""
        number = request_sudo._get_payable_number()
        if not number:
            return ""
        return f"{self._get_payfip_address()}?" + urlencode(
            {
                "numcli": number,
                "exer": request_sudo._get_payment_year(),
                "refdet": request_sudo.payment_reference,
                "objet": request_sudo.number,
                "montant": request_sudo.price_cents,
                "mel": request_sudo.applicant_email or "",
                "saisie": "W",
            }
        )

    @api.model
    def _get_payfip_address(self):
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        return parameters_sudo.get_param(
            "procedure_price.payfip_address", "https://www.payfip.gouv.fr/tpa/paiement.web"
        )

    # ------------------------------------------------------------
    # What the service says
    # ------------------------------------------------------------

    def action_set_paid(self):
        """The Treasury, or the applicant, told the service."""
        self._set_payment("due", "paid", self.env._("The service says that it is paid."))

    def action_set_due(self):
        self._set_payment("paid", "due", self.env._("The service says that it is not paid."))

    def action_cancel_payment(self):
        """Nothing is to be paid any more; the request goes on as it stands. One message, once."""
        self._set_payment("due", "cancelled", self.env._("The payment is cancelled."))
        for request in self:
            request.sudo().is_payment_waived = True
            request.sudo()._tell_applicant(
                "procedure_price.mail_payment_cancelled",
                amount=request.sudo().with_context(lang=request._get_mail_lang()).price_label,
            )

    def _check_settles(self):
        """An agent of the service, and never of her own money."""
        self.ensure_one()
        self._check_actor("agent")
        user = self.env.user
        if user._is_superuser():
            return
        request_sudo = self.sudo()
        mine = {(text or "").strip().lower() for text in (user.login, user.email)} - {""}
        email = (request_sudo.contact_email or "").strip().lower()
        is_own = (request_sudo.applicant_id | request_sudo.acting_for_id)._is_own()
        if is_own or (not request_sudo.applicant_id and email in mine):
            raise AccessError(self.env._("A colleague settles what concerns your own request."))

    def _set_payment(self, before, after, words):
        for request in self:
            request._check_settles()
            request_sudo = request.sudo()
            request_sudo._lock()
            request_sudo.invalidate_recordset(["payment_state"])
            if request_sudo.payment_state != before:
                raise UserError(self.env._("This was done meanwhile: open the request again."))
            request_sudo.payment_state = after
            request_sudo._message_log(body=words)
