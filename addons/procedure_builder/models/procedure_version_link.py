import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.territory_base import clock

DAYS, DAYS_MAX = 14, 90
# What whoever makes a link says of it; the rest is ours.
WRITTEN = {"note", "date_end"}


class ProcedureVersionLink(models.Model):
    """A link by which a draft is read and tried without account, until a day or its withdrawal."""

    _name = "procedure.version.link"
    _description = "Link to try a draft form"
    _order = "id desc"
    _rec_name = "note"

    version_id = fields.Many2one(
        "procedure.version", string="Draft", required=True, index=True, ondelete="cascade"
    )
    note = fields.Char(string="For whom", help="Such as: Marie, of the town hall.")
    date_end = fields.Date(
        string="Valid until", required=True, default=lambda self: self._get_default_end()
    )
    token = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    url = fields.Char(string="Link", compute="_compute_url")
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    opened_count = fields.Integer(string="Opened", readonly=True, copy=False)
    is_open = fields.Boolean(string="In use", compute="_compute_is_open")

    _token_uniq = models.UniqueIndex("(token)")

    @api.model
    def _get_default_end(self):
        return fields.Date.add(clock.today(), days=DAYS)

    @api.depends("withdrawn_on", "date_end", "version_id.state", "version_id.procedure_id.active")
    def _compute_is_open(self):
        today = clock.today()
        for link in self:
            version = link.version_id
            link.is_open = bool(
                not link.withdrawn_on
                and link.date_end
                and link.date_end >= today
                and version.state == "draft"
                and version.procedure_id.active
            )

    @api.depends("is_open")
    def _compute_url(self):
        """Told as long as it opens something, to those who may write the form."""
        for link in self:
            is_told = link.is_open and link.has_access("write")
            link.url = link._get_url_sudo() if is_told else False

    def _get_url_sudo(self):
        return f"{self.get_base_url()}/demarches/essai/{self.sudo().token}"

    @api.constrains("date_end")
    def _check_end(self):
        last = fields.Date.add(clock.today(), days=DAYS_MAX)
        for link in self:
            if link.date_end > last:
                raise ValidationError(
                    self.env._("A link is valid for %(days)s days at most.", days=DAYS_MAX)
                )

    @api.constrains("version_id")
    def _check_draft(self):
        for link in self:
            if link.version_id.state != "draft":
                raise ValidationError(
                    self.env._("A published form has its own address: only a draft has links.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        kept = {*WRITTEN, "version_id"}
        links = super().create(
            [{name: value for name, value in vals.items() if name in kept} for vals in vals_list]
        )
        for link_sudo in links.sudo():
            link_sudo.token = secrets.token_urlsafe(32)
        return links

    def write(self, vals):
        if not self.env.su and set(vals) - WRITTEN:
            raise UserError(self.env._("A link is withdrawn by its button; make another one."))
        return super().write(vals)

    def action_withdraw(self):
        """It opens nothing from now on."""
        self.check_access("write")
        self.sudo().filtered(lambda link: not link.withdrawn_on).write(
            {"withdrawn_on": fields.Datetime.now()}
        )

    @api.model
    def _find_open(self, token):
        """The link of this secret, as long as it opens something. In superuser mode: whoever holds
        it needs no other right."""
        link_sudo = self.sudo().search([("token", "=", token)], limit=1) if token else self
        return link_sudo.filtered("is_open")

    def _count_opening(self):
        """A number, and nothing of whoever opens it."""
        self.env.cr.execute(
            SQL(
                "UPDATE procedure_version_link SET opened_count = COALESCE(opened_count, 0) + 1"
                " WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["opened_count"], flush=False)
