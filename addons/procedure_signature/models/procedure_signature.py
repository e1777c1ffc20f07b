from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.procedure.jobs import do_alone
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_tell

from .procedure_request_signature import AWAITED, LIVE

REMIND_DAYS = 3
KEPT_DAYS = 60


class ProcedureSignature(models.Model):
    """One person who signs one request, as it was when she read it.

    Whom we ask, and how we reach that person, is told to nobody who files: the applicant reads the
    words of the question, a day and an outcome."""

    _name = "procedure.signature"
    _inherit = ["procedure.signature.link"]
    _description = "Signature of a request"
    _order = "request_id, id"

    request_id = fields.Many2one(
        "procedure.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    field_key = fields.Char("Key of the question", required=True, readonly=True)
    label = fields.Char("What is signed", compute="_compute_label")
    person_id = fields.Many2one(
        "res.partner",
        "Sheet of the signer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
    )
    email = fields.Char("Address typed", readonly=True, groups=fields.NO_ACCESS)
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("signed", "Signed"),
            ("refused", "Refused"),
            ("cancelled", "No longer valid"),
            ("withdrawn", "No longer asked"),
        ],
        default="asked",
        required=True,
        readonly=True,
    )
    way = fields.Selection(
        [
            ("account", "In her account"),
            ("code", "By a code sent by e-mail"),
            ("paper", "On paper"),
            ("none", "Not needed"),
        ],
        "How",
        readonly=True,
    )
    name = fields.Char("Signed by", readonly=True)
    date = fields.Datetime("Signed on", readonly=True)
    date_due = fields.Date("Expected before", readonly=True, required=True)
    date_reminded = fields.Date(readonly=True)
    date_lapsed = fields.Date(readonly=True)
    # Last day on which it was seen whether this person still signs.
    date_checked = fields.Date(
        readonly=True,
        groups=fields.NO_ACCESS,
    )
    reason = fields.Text("Reason of the refusal", readonly=True)
    evidence = fields.Text(
        "What was seen", readonly=True, help="What was seen on paper, never a copy of it."
    )
    recorded_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    digest = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    is_unreached = fields.Boolean(
        "No address to write to", compute="_compute_is_unreached", compute_sudo=True
    )

    # Of all that was ever signed, little is awaited: every day, and on the page of each account.
    _asked_idx = models.Index("(date_due) WHERE state = 'asked'")

    @api.depends("request_id", "field_key")
    def _compute_label(self):
        for signature in self:
            field_sudo = signature.sudo()._get_field()
            signature.label = field_sudo.label or field_sudo.key

    @api.depends("label", "name")
    def _compute_display_name(self):
        for signature in self:
            signature.display_name = signature.name or signature.label

    @api.depends("person_id.email", "email", "state")
    def _compute_is_unreached(self):
        for signature in self:
            signature.is_unreached = signature.state == "asked" and not signature._get_address()

    def _get_field(self):
        self.ensure_one()
        return self.request_id.version_id.field_ids.filtered(
            lambda field: field.key == self.field_key
        )

    # ------------------------------------------------------------
    # What it is worth
    # ------------------------------------------------------------

    def _is_current(self):
        """Whether what was read is what is answered today. In superuser mode."""
        self.ensure_one()
        return not self.digest or self.digest == self.request_id._get_signed_digest(
            self._get_field()
        )

    def _is_valid(self):
        """Signed, of these answers, by somebody else than who files, even after two sheets of one
        person were merged. In superuser mode."""
        self.ensure_one()
        request = self.request_id
        if self.way in ("account", "code"):
            is_same = request._is_by_same(self.person_id, self.name)
        else:
            is_same = request._is_one_with(self.person_id)
        return self.state == "signed" and not is_same and self._is_current()

    # ------------------------------------------------------------
    # What becomes of it. In superuser mode, after the checks.
    # ------------------------------------------------------------

    def _begin(self):
        """Write to those that we can reach; of the others the service has a task, and the
        applicant no sign of it."""
        for signature in self:
            signature.digest = signature.request_id._get_signed_digest(signature._get_field())
            # Also without address: she may open it in her account.
            signature._send_link()
        for request in self.filtered("is_unreached").request_id:
            if request._get_unasked_fields():
                request._add_signature_tasks(
                    lambda env: env._("Nobody could be asked to sign: contact the applicant")
                )
                continue
            request._add_signature_tasks(
                lambda env: env._("We cannot write to the person who has to sign: ask on paper")
            )

    def _withdraw(self):
        self.write({"state": "withdrawn", "link_nonce": False})

    def _cancel(self):
        self.write({"state": "cancelled", "link_nonce": False})

    def _end(self, state, *, way, name="", person=None, reason="", evidence=""):
        """One effect, whoever ends it and by whatever way.

        :raise UserError: it is no longer asked
        """
        self.ensure_one()
        self.request_id._lock()
        self._lock()
        if problem := self._get_problem():
            raise UserError(problem)
        request, field = self.request_id, self._get_field()
        self.write(
            {
                "state": state,
                "way": way,
                "name": name[:200],
                "date": fields.Datetime.now(),
                "reason": reason,
                "evidence": evidence,
                "digest": request._get_signed_digest(field),
                **({"person_id": person.id} if person else {}),
            }
        )
        others = request._get_live_signatures(field).filtered(lambda each: each.state == "asked")
        if state == "signed" and not field._get_type().needs_all:
            others._withdraw()
        self._log_end(field)
        request._follow_signatures()
        request._remind_agent(self.env._("A signature has come."))

    def _log_end(self, field):
        states = dict(self._fields["state"]._description_selection(self.env))
        ways = dict(self._fields["way"]._description_selection(self.env))
        self.request_id._message_log(
            body=self.env._(
                "%(label)s: %(state)s (%(way)s).",
                label=field.label,
                state=states[self.state],
                way=ways[self.way],
            ),
            # Neither the name nor the address of whoever signs goes into the history.
            author_id=False,
            email_from=self.request_id._get_sender(),
        )

    def _get_problem(self):
        """Why it can no longer be signed, in a sentence; empty when it can."""
        self.ensure_one()
        if self.state == "signed":
            day = format_date(self.env, clock.local_day(self.date))
            return self.env._("This is already signed, since %(date)s.", date=day)
        if self.state == "refused":
            return self.env._("You refused to sign. The service was told.")
        is_open = self.request_id.state in self.request_id._get_open_states()
        if self.state != "asked" or not is_open or not self._may_still_sign():
            return self.env._("This signature is no longer asked. You have nothing to do.")
        return ""

    def _lock(self):
        lock_or_tell(
            self, self.env._("Somebody is signing at this very moment. Open the page again.")
        )
        self.invalidate_recordset(["state"])

    # ------------------------------------------------------------
    # By the service
    # ------------------------------------------------------------

    def action_send_again(self):
        """A new link: the former one opens nothing any more."""
        self.check_access("read")
        for signature in self:
            signature.request_id._check_actor("agent")
            signature_sudo = signature.sudo()
            if problem := signature_sudo._get_problem():
                raise UserError(problem)
            if not signature_sudo._get_address():
                raise UserError(self.env._("We have no address of this person: ask on paper."))
            signature_sudo._renew(is_capped=False)

    def action_open_paper(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signature seen on paper"),
            "res_model": "procedure.signature.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_signature_id": self.id},
        }

    def _record(self, way, name, evidence):
        """What an agent saw: a signature on paper, or a proof that there is nobody else to sign."""
        self.ensure_one()
        self.check_access("read")
        self.request_id._check_actor("agent")
        signature_sudo = self.sudo()
        request_sudo = signature_sudo.request_id
        sentence = self.env._("A colleague notes what concerns your own request.")
        if request_sudo._is_by_same(self.env.user.partner_id):
            raise AccessError(sentence)
        request_sudo.acting_for_id.sudo(False)._check_not_own(sentence)
        if way not in ("paper", "none"):
            raise UserError(self.env._("Say what you saw: a signature, or that none is needed."))
        if not (evidence or "").strip():
            raise UserError(self.env._("Say in a few words what was seen."))
        name = (name or "").strip()
        if way == "paper" and not name:
            raise UserError(self.env._("Write the name of the person who signed."))
        if way == "paper" and signature_sudo.request_id._is_by_same(names=name):
            raise UserError(
                self.env._(
                    "Who files does not sign a second time. If it is somebody of the same name, "
                    "write what tells them apart, such as “Jean Durand, the father”."
                )
            )
        signature_sudo.recorded_by_id = self.env.uid
        if signature_sudo.state == "refused":
            # A refusal is not the last word: the person may sign later, on paper.
            signature_sudo.state = "asked"
        signature_sudo._end("signed", way=way, name=name, evidence=evidence.strip())

    # ------------------------------------------------------------
    # What is said of it
    # ------------------------------------------------------------

    def _get_words(self, field):
        """What the applicant reads of the signatures of one question: when, how, and who where
        it may be told. In superuser mode; one line whoever is asked, and however many."""
        if not self:
            return ""
        signed = self.filtered(lambda each: each.state == "signed")
        refused = self.filtered(lambda each: each.state == "refused")
        if refused and (field._get_type().needs_all or not signed):
            day = max(refused.mapped("date"))
            return self.env._("Refused on %(date)s", date=format_date(self.env, local(day)))
        if not signed and self.request_id._has_nobody_to_ask(field):
            return self.env._("Nobody could be asked to sign")
        if not signed or (field._get_type().needs_all and signed != self):
            day = format_date(self.env, max(self.mapped("date_due")))
            return self.env._("Awaited until %(date)s", date=day)
        last = signed.sorted("date")[-1]
        words = {
            "date": format_date(self.env, local(last.date)),
            "name": "" if field._get_type().is_discreet else last.name,
        }
        if last.way == "none":
            return self.env._("Not needed: noted by the service on %(date)s", **words)
        if last.way == "paper":
            how = self.env._("on paper, seen by the service")
        elif last.way == "account":
            how = self.env._("online, in an account")
        else:
            how = self.env._("online, with a code sent by e-mail")
        if words["name"]:
            return self.env._("Signed on %(date)s by %(name)s, %(how)s", how=how, **words)
        return self.env._("Signed on %(date)s, %(how)s", how=how, **words)

    # ------------------------------------------------------------
    # Every day
    # ------------------------------------------------------------

    @api.model
    def _cron_signatures(self):
        """Remind once before the term; past it, its service has a task. Who answers no more for the
        child or for the organisation is asked no more."""
        today = clock.today()
        awaited = Domain("state", "=", "asked") & Domain("request_id.state", "=", AWAITED)
        soon = fields.Date.add(today, days=REMIND_DAYS)
        jobs = (
            (
                awaited
                & Domain("person_id", "!=", False)
                & (Domain("date_checked", "=", False) | Domain("date_checked", "<", today)),
                "_check_signer",
            ),
            (
                awaited
                & Domain("date_reminded", "=", False)
                & Domain("date_due", ">=", today)
                & Domain("date_due", "<=", soon),
                "_remind",
            ),
            (
                awaited & Domain("date_lapsed", "=", False) & Domain("date_due", "<", today),
                "_lapse",
            ),
        )
        todo = [(row, domain, act) for domain, act in jobs for row in self.search(domain)]
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(todo))
        for row, domain, act in todo:
            row = row.try_lock_for_update().filtered_domain(domain)
            if row:
                do_alone(row, act)
            if not Cron._commit_progress(1):
                break

    def _remind(self):
        self.date_reminded = clock.today()
        if self._get_address():
            self._send_mail(
                "procedure_signature.mail_signature_reminder",
                self._get_link(),
                is_commitment_told=True,
            )

    def _lapse(self):
        self.date_lapsed = clock.today()
        self.request_id._add_signature_tasks(lambda env: env._("The signature did not come"))

    def _check_signer(self):
        """Who answers no more for the child or for the organisation signs no more."""
        self.date_checked = clock.today()
        if self._may_still_sign():
            return
        request = self.request_id
        request._ask_signatures()
        request._add_signature_tasks(
            lambda env: env._("Who was asked to sign no longer may: see who signs")
        )
        request._follow_signatures()

    # ------------------------------------------------------------
    # How long
    # ------------------------------------------------------------

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days after the end of the request", days=KEPT_DAYS)
        return [(self.env._("Addresses of those who sign a request"), kept)]

    @api.autovacuum
    def _gc_signatures(self):
        """Once it is over, how a signer was reached is of no use; who signed stays with it."""
        long_ago = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        over = Domain("request_id.state_date", "<", long_ago) & Domain(
            "request_id.state", "not in", self.env["procedure.request"]._get_open_states()
        )
        rows_sudo = self.sudo()
        rows_sudo.search(over & Domain("state", "not in", LIVE)).unlink()
        rows_sudo.search(over & Domain("email", "!=", False)).email = False


def local(moment):
    return clock.local_day(moment)
