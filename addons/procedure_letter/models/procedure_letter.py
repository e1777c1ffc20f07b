import base64
import hashlib
import logging

import segno
from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date
from odoo.tools.image import image_process

from odoo.addons.procedure import delays

_logger = logging.getLogger(__name__)

# Written once, when the letter is drawn and when it leaves; the words never change.
DRAWN = {"file", "sha256", "size", "tries"}
# Tried again by the cron, ten minutes apart; then by hand.
MAX_TRIES = 20
LOGO_SIZE = (420, 160)


class ProcedureLetter(models.Model):
    """A letter as it was sent: kept with its request, never changed, never made twice."""

    _name = "procedure.letter"
    _description = "Letter about a request"
    _order = "date desc, id desc"

    request_id = fields.Many2one(
        "procedure.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("acknowledgment", "Acknowledgment of receipt"),
            ("completion", "Request for more"),
            ("waiting_list", "Waiting list"),
            ("decision", "Decision"),
            ("attestation", "Attestation of acceptance"),
            ("step", "Letter of a step"),
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
    on_paper = fields.Boolean(readonly=True, help="Printed and posted by the service; not mailed.")
    file = fields.Binary(readonly=True, attachment=True)
    sha256 = fields.Char(readonly=True)
    size = fields.Integer(readonly=True)
    tries = fields.Integer(readonly=True)
    message_id = fields.Many2one(
        "mail.message", string="Left with", readonly=True, index="btree_not_null"
    )

    _number_uniq = models.Constraint("UNIQUE(number)", "This letter already exists.")
    _to_draw_idx = models.Index("(tries) WHERE sha256 IS NULL")

    @api.depends("number", "name")
    def _compute_display_name(self):
        for letter in self:
            letter.display_name = f"{letter.number} {letter.name}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A letter is made by what it tells only."))
        return super().create(vals_list)

    def write(self, vals):
        """The only changes: it is drawn, then it leaves."""
        allowed = self.env.su and (
            (set(vals) <= DRAWN and not any(self.mapped("sha256")))
            or (set(vals) == {"message_id"} and not self.message_id)
        )
        if not allowed:
            raise AccessError(self.env._("A letter stays as it was sent."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """It goes with the personal data of its request, and in no other way."""
        if not self.env.su or not all(letter.request_id.date_anonymised for letter in self):
            raise AccessError(self.env._("A letter is kept as long as its request."))

    def copy_data(self, default=None):
        raise AccessError(self.env._("A letter is made by what it tells only."))

    # ------------------------------------------------------------
    # Drawing
    # ------------------------------------------------------------

    def _draw(self):
        """The PDF. A letter that cannot be drawn today loses neither the mail nor the decision:
        the administrator is told, and it is tried again.

        :return: whether all were drawn
        """
        # What was written before fails in its own name: a savepoint flushes before it begins.
        self.env.flush_all()
        for letter in self:
            try:
                with self.env.cr.savepoint():
                    letter._draw_one()
            except OperationalError:
                # Two at once: the whole request is played again.
                raise
            except Exception:
                _logger.exception("Letter %s could not be drawn", letter.number)
                letter.tries += 1
                letter._alert()
        return all(self.mapped("sha256"))

    def _draw_one(self):
        report = self.env["ir.actions.report"].with_context(lang=self.lang)
        content, _type = report._render_qweb_pdf("procedure_letter.letter_report", self.ids)
        self.write(
            {
                "file": base64.b64encode(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "size": len(content),
            }
        )

    def _alert(self):
        """Once per letter: the administrator has a task, the cron goes on trying."""
        self.env.ref("procedure_letter.ir_cron_draw").sudo()._trigger()
        if self.tries > 1:
            return
        group_sudo = self.env.ref("base.group_system").sudo()
        admin = group_sudo.all_user_ids.filtered(lambda user: user.active and not user.share)[:1]
        if admin:
            self.request_id.with_user(SUPERUSER_ID).activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Letter %(number)s is not drawn", number=self.number),
                note=self.env._(
                    "The message left without its letter. It is tried again every ten minutes; "
                    "the reason is in the log of the server."
                ),
                user_id=admin.id,
            )

    @api.model
    def _cron_draw(self):
        """What could not be drawn leaves with a message of its own, once it can."""
        domain = [("sha256", "=", False), ("tries", "<", MAX_TRIES)]
        letters = self.search(domain, order="id", limit=50)
        for done, letter in enumerate(letters, 1):
            if letter._draw() and not letter.on_paper:
                letter.request_id._send_late_letter(letter)
            self.env["ir.cron"]._commit_progress(1, remaining=len(letters) - done)

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def action_open(self):
        """The PDF in the browser, by a route that checks who reads."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/procedure/letter/{self.id}",
            "target": "new",
        }

    def _get_file_name(self):
        self.ensure_one()
        return f"{self.number.replace('/', '-')}.pdf"

    def _get_content_for(self, user):
        """The letter, for somebody who may read it and no one else.

        :return: dict(name, mimetype, content)
        """
        self.ensure_one()
        self.with_user(user).check_access("read")
        if not self.sha256:
            raise UserError(self.env._("This letter is not drawn yet."))
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

    def _get_print_values(self):
        """Read by the template, after the check of who asks."""
        self.ensure_one()
        if self.ids:
            self.check_access("read")
        letter_sudo = self.sudo().with_context(lang=self.lang)
        request_sudo = letter_sudo.request_id
        service_sudo = request_sudo.service_id
        company_sudo = self.env.company.sudo()
        is_epci = service_sudo.kind == "epci"
        url = request_sudo._get_url()
        return {
            "letter": letter_sudo,
            "record": request_sudo,
            "organisation": is_epci and company_sudo.name,
            "logo": is_epci and letter_sudo._get_logo(company_sudo),
            "service_lines": request_sudo._get_service_lines(),
            "recipient_lines": letter_sudo._get_recipient_lines(),
            "place_and_day": letter_sudo._get_place_and_day(service_sudo.city or company_sudo.city),
            "signer": letter_sudo._get_signer(),
            "is_followed_online": request_sudo._is_followed_online(),
            "url": url,
            "qr": segno.make(url, error="m", micro=False).png_data_uri(scale=4, border=1),
            "qr_text": letter_sudo.env._(
                "QR code: follow request %(number)s on the site", number=request_sudo.number
            ),
        }

    def _get_place_and_day(self, place):
        """As one writes it: “Nancy, le 1er janvier 2027”."""
        day = delays.local_day(self.date)
        text = format_date(self.env, day, lang_code=self.lang, date_format="d MMMM yyyy")
        if day.day == 1 and (self.lang or "").startswith("fr"):
            text = f"1er{text[1:]}"
        if not place:
            return text
        return self.env._("%(place)s, %(day)s", place=place, day=text)

    def _get_logo(self, company_sudo):
        if company_sudo.uses_default_logo or not company_sudo.logo:
            return False
        content = image_process(base64.b64decode(company_sudo.logo), size=LOGO_SIZE)
        kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
        return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"

    def _get_recipient_lines(self):
        """The applicant where she lives; for an organisation, hers."""
        request_sudo = self.request_id
        person_sudo = request_sudo.applicant_id
        organisation_sudo = request_sudo.acting_for_id
        if not person_sudo:
            lines = [request_sudo.applicant_name, request_sudo.contact_street]
            zip_code, city = request_sudo.contact_zip, request_sudo.contact_city
        else:
            dwelling_sudo = (
                (organisation_sudo or person_sudo).with_user(SUPERUSER_ID)._current_dwelling()
            )
            lines = [organisation_sudo.name, person_sudo.name]
            lines += [dwelling_sudo.street, dwelling_sudo.street2]
            zip_code, city = dwelling_sudo.zip, dwelling_sudo.commune_id.name
        lines.append(" ".join(filter(None, (zip_code, city))))
        return [line for line in lines if line]

    def _get_signer(self):
        """(name, title) of who decided; a machine signs nothing, and silence is attested by the
        service."""
        if self.kind == "attestation":
            return "", self.request_id.service_id.name
        author_sudo = self.decision_id.author_id if self.decision_id else self.author_id
        if self.kind == "acknowledgment" or not author_sudo:
            return False
        if author_sudo.share or author_sudo.id == SUPERUSER_ID:
            return False
        return author_sudo.name, author_sudo.partner_id.function
