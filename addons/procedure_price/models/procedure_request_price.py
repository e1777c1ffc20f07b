from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock

from .. import pricing
from ..amounts import say_cents


class ProcedureRequestPrice(models.AbstractModel):
    """The price of a request: reckoned once, when it is filed; then corrected by its service."""

    _name = "procedure.request.price"
    _description = "Price of a request"

    price_line_ids = fields.One2many(
        "procedure.price.line",
        "request_id",
        string="Lines of the price",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    has_price = fields.Boolean(readonly=True, copy=False)
    price_cents = fields.Integer(
        string="Price in cents", readonly=True, copy=False, aggregator="sum"
    )
    is_price_told_later = fields.Boolean(
        string="Price to be told", readonly=True, copy=False, help="A line has no amount yet."
    )
    price_label = fields.Char(string="Price", compute="_compute_price_label")
    is_price_behind = fields.Boolean(
        string="Price of former answers",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The answers changed since; the service has not said whether the price follows them.",
    )
    price_offer_label = fields.Char(
        compute="_compute_price_offer_label",
        groups="base.group_user",
        string="What the answers now give",
    )

    @api.depends("has_price", "price_cents", "is_price_told_later")
    @api.depends_context("lang")
    def _compute_price_label(self):
        Line = self.env["procedure.price.line"]
        for request in self:
            total = None if request.is_price_told_later else request.price_cents
            request.price_label = Line._say(total) if request.has_price else ""

    @api.depends("price_line_ids.is_current")
    def _compute_answers_html(self):
        return super()._compute_answers_html()

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    @api.model
    def _complete_filing(self, vals, filing, day, lacking=()):
        """What is typed says what is chosen, never what it costs."""
        result = super()._complete_filing(vals, filing, day, lacking)
        vals.update(self._prepare_price(filing.procedure.version_id, vals, day))
        return result

    @api.model
    def _prepare_price(self, version, vals, day):
        if not version.tariff_ids:
            return {}
        applicant = self._get_tariff_applicant(vals)
        lines = version._get_price_lines(vals["answers"], applicant, day)
        return {
            "price_line_ids": [fields.Command.create(line) for line in lines],
            **self._prepare_price_total(lines, version._get_price_total(lines)),
        }

    @api.model
    def _prepare_price_total(self, lines, total):
        return {
            "has_price": bool(lines),
            "price_cents": total or 0,
            "is_price_told_later": bool(lines) and total is None,
        }

    @api.model
    def _get_tariff_applicant(self, vals):
        """Who asks, as far as the tariffs look: her kind, and where she lives.

        By her account and her address, never by the place that the answers name.

        :param vals: of a request, before it is created; with its `id` once it is
        :return: dict: `kind` of partner; `residence`, set of `commune`, `territory`, `outside`, or
            None when her address is not known
        """
        person_id = vals.get("acting_for_id") or vals.get("applicant_id")
        person_sudo = self.env["res.partner"].sudo().browse(person_id or [])
        if person_sudo:
            commune_sudo = person_sudo._current_dwelling().commune_id or person_sudo.commune_id
            city = person_sudo.city
        else:
            Commune_sudo = self.env["territory.commune"].sudo()
            commune_sudo = Commune_sudo.browse(vals.get("contact_commune_id") or [])
            city = vals.get("contact_city")
        kind = person_sudo.kind or "person"
        return {
            "kind": "person" if kind == "household" else kind,
            "residence": self._get_residence(commune_sudo, city, vals.get("service_id")),
        }

    @api.model
    def _get_residence(self, commune, city, service_id):
        if not commune:
            return {"outside"} if city else None
        service_sudo = self.env["territory.service"].sudo().browse(service_id or [])
        covered = service_sudo.commune_ids
        is_near = not covered or commune in covered
        return {"territory", "commune"} if is_near else {"territory"}

    # ------------------------------------------------------------
    # What is read of it
    # ------------------------------------------------------------

    def _get_answer_sections(self, files=None, hidden=""):
        """The price ends the only list of what was answered: page, mail, paper, agent."""
        sections = super()._get_answer_sections(files, hidden)
        rows = self._get_price_rows()
        return [*sections, (self.env._("The price"), rows)] if rows else sections

    def _get_price_rows(self):
        self.ensure_one()
        lines_sudo = self.sudo().price_line_ids.filtered("is_current")
        if not self.has_price:
            return []
        total = None if self.is_price_told_later else self.price_cents
        return self.env["procedure.price.line"]._get_rows(lines_sudo._to_values(), total)

    # ------------------------------------------------------------
    # Answers that change later
    # ------------------------------------------------------------

    def _correct_answers(self, corrected):
        """The price does not move by itself: the agent is told what the answers now give."""
        before = self._reckon_now()
        result = super()._correct_answers(corrected)
        if before != self._reckon_now():
            self.is_price_behind = True
            self._remind_agent(
                self.env._(
                    "The answers changed: look at the price of %(number)s", number=self.number
                )
            )
        return result

    def _reckon_now(self):
        """The lines of the answers as they stand, at the tariffs and on the day of the filing."""
        self.ensure_one()
        applicant = self._get_tariff_applicant(
            {
                "id": self.id,
                "acting_for_id": self.acting_for_id.id,
                "applicant_id": self.applicant_id.id,
                "contact_commune_id": self.contact_commune_id.id,
                "contact_city": self.contact_city,
                "service_id": self.service_id.id,
            }
        )
        version = self.version_id.with_context(lang=self._get_mail_lang())
        day = clock.local_day(self.date_submitted)
        return version._get_price_lines(self.answers or {}, applicant, day)

    @api.depends("is_price_behind", "answers")
    @api.depends_context("lang")
    def _compute_price_offer_label(self):
        Line = self.env["procedure.price.line"]
        for request in self:
            request_sudo = request.sudo()
            if not request_sudo.is_price_behind:
                request.price_offer_label = ""
                continue
            lines = request_sudo._reckon_now()
            request.price_offer_label = Line._say(request_sudo.version_id._get_price_total(lines))

    @api.depends("is_price_behind")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        bands = super()._get_desk_bands()
        if self.sudo().is_price_behind:
            bands["price_behind"] = 30
        return bands

    def action_take_new_price(self):
        """The lines of the answers as they stand replace those that counted; it is told."""
        self.ensure_one()
        self._check_settles()
        if self.sudo().payment_state == "paid":
            raise UserError(self.env._("This price is paid: it no longer changes."))
        request_sudo = self._settle_behind()
        told = request_sudo.with_context(lang=self._get_mail_lang())
        reason = told.env._("Your answers changed: the price follows them.")
        signed = {"reason": reason, "author_id": self.env.uid}
        former = request_sudo.price_line_ids.filtered("is_current")
        last = max(request_sudo.price_line_ids.mapped("sequence"), default=0) + 1
        former.write({"is_current": False, **signed})
        request_sudo.price_line_ids.create(
            [
                {**line, "request_id": self.id, "sequence": last + line["sequence"], **signed}
                for line in request_sudo._reckon_now()
            ]
        )
        request_sudo._refresh_price()
        total = None if request_sudo.is_price_told_later else request_sudo.price_cents
        label = told.env._("The price of your request")
        amount = told.env["procedure.price.line"]._say(total)
        request_sudo._tell_price(label, amount, reason)

    def action_keep_price(self):
        """The price of the former answers stays: nobody is told, the history says it."""
        self.ensure_one()
        request_sudo = self._settle_behind()
        request_sudo._message_log(body=self.env._("The answers changed; the price stays."))

    def _settle_behind(self):
        self._check_settles()
        request_sudo = self.sudo()
        request_sudo._lock()
        request_sudo.invalidate_recordset(["is_price_behind", "payment_state"])
        if not request_sudo.is_price_behind:
            raise UserError(self.env._("This was done meanwhile: open the request again."))
        request_sudo.is_price_behind = False
        return request_sudo

    # ------------------------------------------------------------
    # Corrections
    # ------------------------------------------------------------

    def action_open_price_correction(self):
        self.ensure_one()
        self._check_actor("agent")
        return self._open_wizard(
            "procedure.price.correction",
            self.env._("Correct the price of %(number)s", number=self.number),
        )

    def _correct_price(self, reason, line=None, label="", cents=None):
        """The service adds a line, gives another amount to one, or waives it; it is kept and told.

        :param line: the line that counts no more; none when one is added
        :param cents: of the line that counts from now on; None: waived
        """
        self.ensure_one()
        self._check_settles()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the applicant reads it."))
        request_sudo = self.sudo()
        request_sudo._lock()
        if request_sudo.payment_state == "paid":
            raise UserError(self.env._("This price is paid: it no longer changes."))
        if line:
            line_sudo = line.sudo()
            if line_sudo.request_id != request_sudo or not line_sudo.is_current:
                raise UserError(self.env._("This line no longer counts. Open the window again."))
            line_sudo.write({"is_current": False, "reason": reason, "author_id": self.env.uid})
            label = line_sudo.label
        if cents is not None:
            request_sudo._add_price_line(label, cents, reason, line)
        elif not line:
            raise UserError(self.env._("Write an amount like this: 12,50."))
        request_sudo._refresh_price()
        words = request_sudo.with_context(lang=self._get_mail_lang()).env
        amount = words._("waived") if cents is None else say_cents(words, cents)
        request_sudo._tell_price(label, amount, reason)

    def _tell_price(self, label, amount, reason):
        """What changed and why, in the language of the applicant. In superuser mode."""
        told = self.with_context(lang=self._get_mail_lang(), tells_payment=True)
        told._tell_applicant(
            "procedure_price.mail_price_corrected",
            line_label=label,
            line_amount=amount,
            reason=reason,
            total=told.price_label,
        )

    def _add_price_line(self, label, cents, reason, line=None):
        if not (label or "").strip():
            raise UserError(self.env._("Say what this amount is for."))
        last = max(self.price_line_ids.mapped("sequence"), default=0)
        self.env["procedure.price.line"].create(
            {
                "request_id": self.id,
                "sequence": line.sequence if line else last + 1,
                "label": label.strip(),
                "unit_cents": cents,
                "total_cents": cents,
                "reason": reason,
                "author_id": self.env.uid,
            }
        )

    def _refresh_price(self):
        lines = self.price_line_ids.filtered("is_current")
        total = pricing.get_total(
            None if line.is_told_later else line.total_cents for line in lines
        )
        if total is None and not any(lines.mapped("is_told_later")):
            raise UserError(self.env._("The total would be below 0, or above one million euros."))
        before = self.price_cents
        self.write({**self._prepare_price_total(lines, total), "has_price": True})
        if self.price_cents > before:
            self._on_price_raised()
        self._update_payment()

    def _forget(self):
        """What was asked of whom is forgotten; how much it made in all stays."""
        self.price_line_ids.unlink()
        return super()._forget()
