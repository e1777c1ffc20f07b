import base64
import hashlib
import logging
from datetime import timedelta

import segno
from psycopg2 import OperationalError
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day

_logger = logging.getLogger(__name__)

# Written until the letter is drawn, and never after; the words never change.
DRAWN = {"file", "sha256", "size", "tries", "date_try", "message_id"}
# Written when it is printed: it says nothing of the letter itself.
PRINTED = {"date_printed"}
# A mail waits for its letter no longer than this: then it leaves without, and the letter follows.
MAIL_WAITS = timedelta(minutes=15)
# Between two tries: after the first one, after the others. The third one is still in time.
SOON, LATER = timedelta(minutes=1), timedelta(minutes=10)
TRIES_BEFORE_ALERT = 3
# Then it is tried by hand only.
MAX_TRIES = 20


class ProcedureLetter(models.Model):
    """A letter as it was sent: kept with its request, never changed, never made twice.

    Its words and all that surrounds them are frozen by what makes it; a job draws the PDF a moment
    later, and the mail that waited for it leaves.
    """

    _name = "procedure.letter"
    _description = "Letter about a request"
    _order = "date desc, id desc"
    _keeps_files_as_given = True

    request_id = fields.Many2one(
        "procedure.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("acknowledgment", "Acknowledgment of receipt"),
            ("completion", "Request for more"),
            ("completed", "Acknowledgment of what was missing"),
            ("waiting_list", "Waiting list"),
            ("decision", "Decision"),
            ("attestation", "Attestation of acceptance"),
            ("step", "Letter of a step"),
            ("message", "Message"),
        ],
        required=True,
        readonly=True,
    )
    number = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Subject", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    lang = fields.Char(readonly=True)
    author_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    template_id = fields.Many2one(
        "procedure.letter.template", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    step_id = fields.Many2one("procedure.step", readonly=True, ondelete="set null")
    decision_id = fields.Many2one(
        "procedure.decision", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    # Made by our templates, in which values are escaped; no form writes it.
    body = fields.Html(readonly=True, sanitize=False)
    on_paper = fields.Boolean(
        readonly=True, help="No e-mail carries it: the service prints it, then posts or gives it."
    )
    date_printed = fields.Datetime(string="Printed on", readonly=True)
    sending_label = fields.Char(string="How it left", compute="_compute_sending_label")
    file = fields.Binary(readonly=True, attachment=True)
    sha256 = fields.Char(readonly=True)
    size = fields.Integer(readonly=True)
    # Computed once, when the letter is made: its number never changes.
    frame = fields.Json("Around the words", compute="_compute_frame", store=True)
    tries = fields.Integer(readonly=True)
    date_try = fields.Datetime(string="Next try", readonly=True, default=fields.Datetime.now)
    message_id = fields.Many2one(
        "mail.message", string="Left with", readonly=True, index="btree_not_null"
    )

    _number_uniq = models.Constraint("UNIQUE(number)", "This letter already exists.")
    _to_draw_idx = models.Index("(date_try) WHERE sha256 IS NULL")
    _to_print_idx = models.Index("(request_id) WHERE on_paper AND date_printed IS NULL")

    @api.depends("number", "name")
    def _compute_display_name(self):
        for letter in self:
            letter.display_name = f"{letter.number} {letter.name}"

    @api.depends("on_paper", "date_printed")
    @api.depends_context("lang")
    def _compute_sending_label(self):
        for letter in self:
            if not letter.on_paper and not letter.request_id.is_reachable:
                letter.sending_label = self.env._("on the page of the request")
            elif not letter.on_paper:
                letter.sending_label = self.env._("by e-mail")
            elif letter.date_printed:
                day = clock.local_day(letter.date_printed).strftime("%d/%m/%Y")
                letter.sending_label = self.env._("printed on %(day)s", day=day)
            else:
                letter.sending_label = self.env._("to be printed")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A letter is made by what it tells only."))
        return super().create(vals_list)

    def write(self, vals):
        """The only changes: it leaves with a message, it is drawn, and it is printed."""
        is_changed = set(vals) != PRINTED and (not set(vals) <= DRAWN or any(self.mapped("sha256")))
        if not self.env.su or is_changed:
            raise AccessError(self.env._("A letter stays as it was sent."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """It goes with its request, or with the personal data of it, and in no other way."""
        requests = self.request_id
        if not self.env.su or any(
            each.state != "draft" and not each.date_anonymised for each in requests
        ):
            raise AccessError(self.env._("A letter is kept as long as its request."))

    def copy_data(self, default=None):
        raise AccessError(self.env._("A letter is made by what it tells only."))

    # ------------------------------------------------------------
    # Drawing
    # ------------------------------------------------------------

    def _leave_with(self, message):
        """The mails of this message wait until its letters are drawn, which is asked at once."""
        if self:
            self.message_id = message
            self._get_waiting_mails().scheduled_date = fields.Datetime.now() + MAIL_WAITS

    def _get_waiting_mails(self):
        domain = [("mail_message_id", "in", self.message_id.ids), ("state", "=", "outgoing")]
        return self.env["mail.mail"].sudo().search(domain)

    @api.model
    def _trigger_drawing(self, at=None):
        self.env.ref("procedure_letter.ir_cron_draw").sudo()._trigger(at)

    @api.model
    def _cron_draw(self):
        """Each letter is counted, then drawn, both committed: nothing is done twice after a crash,
        and the letter that makes us crash comes last, until it is left alone."""
        domain = [
            ("sha256", "=", False),
            ("tries", "<", MAX_TRIES),
            ("date_try", "<=", fields.Datetime.now()),
        ]
        letters = self.search(domain, order="tries, id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(letters))
        for letter in letters:
            try:
                letter._count_try()
                cron._commit_progress()
                letter._draw()
                time_left = cron._commit_progress(1)
            except OperationalError:
                # Somebody opens it at this very moment: it is drawn there, or at our next turn.
                self.env.cr.rollback()
                time_left = cron._commit_progress(1)
            if not time_left:
                break

    def _count_try(self):
        for letter in self.try_lock_for_update(allow_referencing=True):
            if not letter.sha256:
                letter.tries += 1

    def _draw(self):
        """Draw those that nobody is drawing. One that fails is left for later: neither its mail nor
        the decision that it tells is lost.

        :return: whether all are drawn
        """
        # What was written before fails in its own name: a savepoint flushes before it begins.
        self.env.flush_all()
        for letter in self.try_lock_for_update(allow_referencing=True):
            if letter.sha256:
                continue
            try:
                with self.env.cr.savepoint():
                    letter._draw_one()
            except (OperationalError, ReadOnlySqlTransaction):
                # Two at once: the whole transaction is played again.
                raise
            except Exception:
                _logger.exception("Letter %s could not be drawn", letter.number)
                letter._put_off()
        return all(self.exists().mapped("sha256"))

    def _draw_now(self):
        """Opened before the job came. If somebody is drawing it, PostgreSQL makes us wait
        until she has done, then has our request played again, which finds it drawn."""
        if self:
            query = "SELECT id FROM procedure_letter WHERE id IN %s ORDER BY id FOR NO KEY UPDATE"
            # That two open it at once is no error.
            self.env.cr.execute(SQL(query, self._ids), log_exceptions=False)
        self._count_try()
        return self._draw()

    def _check_drawn(self):
        """For its readers, once they are checked."""
        if not self.sha256 and not self.sudo()._draw_now():
            raise UserError(self.env._("This letter could not be drawn: try again later."))

    def _draw_one(self):
        report = self.env["ir.actions.report"].with_context(lang=self.lang)
        content, _type = report._render_qweb_pdf("procedure_letter.letter_report", self.ids)
        self.write(
            {
                "message_id": self._join_message(content).id,
                "file": base64.b64encode(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "size": len(content),
            }
        )

    def _join_message(self, content):
        """The file joins its message, whose mails leave; they left: it has a message of its own.

        :return: the message
        """
        message = self.message_id
        if not message:
            return message
        # Those that are being sent are locked by the job that sends them.
        mails = self._get_waiting_mails().try_lock_for_update(allow_referencing=True)
        if not mails and fields.Datetime.now() > self.date + MAIL_WAITS:
            return self.request_id._send_late_letter(self, content)
        attachment = self.env["ir.attachment"].create(
            {
                "name": self._get_file_name(),
                "raw": content,
                "res_model": self.request_id._name,
                "res_id": self.request_id.id,
            }
        )
        message.sudo().attachment_ids = [Command.link(attachment.id)]
        others = self.request_id.letter_ids - self
        if all(letter.sha256 for letter in others if letter.message_id == message):
            mails.scheduled_date = False
            self.request_id._trigger_mails()
        return message

    def _put_off(self):
        self.date_try = fields.Datetime.now() + (SOON if self.tries <= 1 else LATER)
        self._trigger_drawing(self.date_try)
        if self.tries == TRIES_BEFORE_ALERT:
            self._alert()

    def _alert(self):
        """Once, to the agent in charge, else to an administrator; the job goes on trying."""
        group_sudo = self.env.ref("base.group_system").sudo()
        admins = group_sudo.all_user_ids.filtered(lambda user: user.active and not user.share)
        request = self.request_id.with_user(SUPERUSER_ID)
        user = request.user_id.filtered("active") or admins[:1]
        if user:
            request.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Letter %(number)s is not drawn", number=self.number),
                note=self.env._(
                    "Its message leaves without it. It is tried again every ten minutes, and when "
                    "you press “Try again” beside the letter; the reason is in the log of the "
                    "server."
                ),
                user_id=user.id,
            )

    def action_retry(self):
        """Draw at once what could not be; what is drawn leaves."""
        self.ensure_one()
        self.check_access("read")
        self.request_id._check_actor("agent")
        letter_sudo = self.sudo()
        if letter_sudo._draw_now():
            message = self.env._("Letter %(number)s is drawn.", number=self.number)
        else:
            message = self.env._(
                "Letter %(number)s still cannot be drawn: ask an administrator to read the log of "
                "the server.",
                number=self.number,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if letter_sudo.sha256 else "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def action_open(self):
        """The PDF in the browser, by a route that checks who reads; drawn now if it was not."""
        self.ensure_one()
        self.check_access("read")
        self._check_drawn()
        return {
            "type": "ir.actions.act_url",
            "url": f"/procedure/letter/{self.id}",
            "target": "new",
        }

    def _mark_printed(self):
        """The first time is what counts. In superuser mode, after a check of rights."""
        to_print = self.filtered(lambda letter: letter.on_paper and not letter.date_printed)
        to_print.date_printed = fields.Datetime.now()

    def _get_file_name(self):
        self.ensure_one()
        return f"{self.number.replace('/', '-')}.pdf"

    def _get_content_for(self, user):
        """The letter, for somebody who may read it and no one else.

        :return: dict(name, mimetype, content)
        """
        self.ensure_one()
        self.with_user(user).check_access("read")
        self._check_drawn()
        return {
            "name": self._get_file_name(),
            "mimetype": "application/pdf",
            "content": self._get_bytes(),
        }

    def _get_bytes(self):
        letter_sudo = self.sudo().with_context(bin_size=False)
        return base64.b64decode(letter_sudo.file)

    # ------------------------------------------------------------
    # What the template prints
    # ------------------------------------------------------------

    @api.depends("number")
    def _compute_frame(self):
        """What surrounds the words, on the day of the letter."""
        for letter in self:
            letter_sudo = letter.sudo().with_context(lang=letter.lang)
            request_sudo = letter_sudo.request_id
            service_sudo = request_sudo.service_id
            company_sudo = self.env.company.sudo()
            is_epci = service_sudo.kind == "epci"
            place = service_sudo.city or company_sudo.city
            letter.frame = {
                "organisation": is_epci and company_sudo.name,
                "sender": is_epci and company_sudo.name or service_sudo.name,
                "service_lines": request_sudo._get_service_lines(),
                "recipient_lines": letter_sudo._get_recipient_lines(),
                "place_and_day": letter_sudo._get_place_and_day(place),
                "procedure": request_sudo.procedure_id.name,
                "contact": request_sudo.user_id.name,
                "signer": letter_sudo._get_signer(),
                "url": request_sudo._get_url(),
                "is_followed_online": request_sudo._is_followed_online(),
                "needs_code": not request_sudo.applicant_id,
                "qr_text": letter_sudo.env._(
                    "QR code: follow request %(number)s on the site", number=request_sudo.number
                ),
            }

    def _get_print_values(self):
        """Read by the template, after the check of the person who asks."""
        self.ensure_one()
        if self.ids:
            self.check_access("read")
        letter_sudo = self.sudo().with_context(lang=self.lang)
        frame = letter_sudo.frame
        company_sudo = self.env.company.sudo()
        return {
            **frame,
            "letter": letter_sudo,
            "number": letter_sudo.request_id.number,
            "logo": frame["organisation"] and company_sudo._get_document_logo(),
            "qr": segno.make(frame["url"], error="m", micro=False).png_data_uri(scale=4, border=1),
        }

    def _get_place_and_day(self, place):
        """As one writes it: “Nancy, le 1er janvier 2027”."""
        day = clock.local_day(self.date)
        text = say_day(self.env, day, "d MMMM yyyy", self.lang)
        if not place:
            return text
        return self.env._("%(place)s, %(day)s", place=place, day=text)

    def _get_recipient_lines(self):
        """The applicant where she lives; for an organisation, hers. Never where the request is
        about: without any address of hers, the letter is handed over."""
        request_sudo = self.request_id
        organisation_sudo = request_sudo.acting_for_id
        person_sudo = request_sudo.applicant_id
        names = [organisation_sudo.name, person_sudo.name or request_sudo.applicant_name]
        lines = self._get_postal_lines()
        if not lines and not request_sudo._get_emails() and request_sudo.is_reachable:
            lines = [self.env._("Handed over in person")]
        return [line for line in [*names, *lines] if line]

    def _get_postal_lines(self):
        """Street and town, of the first address of the applicant that is known; in superuser
        mode."""
        request_sudo = self.request_id
        person_sudo = request_sudo.acting_for_id or request_sudo.applicant_id
        home = person_sudo and person_sudo.with_user(SUPERUSER_ID)._get_postal_address()
        if home:
            return self._tidy_lines(
                home["street"], home["street2"], zip_code=home["zip"], city=home["city"]
            )
        return (
            self._tidy_lines(
                request_sudo.contact_street,
                zip_code=request_sudo.contact_zip,
                city=request_sudo.contact_city,
            )
            or self._get_dwelling_lines(request_sudo._get_letter_dwelling())
            or self._get_answered_lines()
        )

    def _get_answered_lines(self):
        """The first address of the form that is hers: where a meter or an event comes is what the
        request is about."""
        request_sudo = self.request_id
        answers = request_sudo.answers or {}
        for field in request_sudo.version_id.field_ids:
            is_hers = field._get_type().parts and field.prefill == "address"
            address = is_hers and answers.get(field.key)
            if address and address.get("street"):
                return self._tidy_lines(
                    address["street"],
                    address.get("street2"),
                    zip_code=address.get("zip"),
                    city=address.get("commune"),
                )
        return []

    def _get_dwelling_lines(self, dwelling):
        return self._tidy_lines(
            dwelling.street,
            dwelling.street2,
            zip_code=dwelling.zip,
            city=dwelling.commune_id.name,
        )

    def _tidy_lines(self, *streets, zip_code, city):
        town = " ".join(filter(None, (zip_code, city)))
        return [line for line in (*streets, town) if line]

    def _get_signer(self):
        """(name, title) of the person who decided; a machine signs nothing, and an attestation is
        the service's."""
        if self.kind == "attestation":
            return "", self.request_id.service_id.name
        author_sudo = self.decision_id.author_id if self.decision_id else self.author_id
        if self.kind == "acknowledgment" or not author_sudo:
            return False
        if author_sudo.share or author_sudo.id == SUPERUSER_ID:
            return False
        return author_sudo.name, author_sudo.partner_id.function
