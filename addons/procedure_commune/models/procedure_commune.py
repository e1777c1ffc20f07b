from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.procedure_form.models.procedure_procedure import MANAGERS
from odoo.addons.territory_base import clock

ONLINE, DIRECT, CLOSED, WAITING = "online", "direct", "closed", "waiting"
# A few sentences, read on a phone before the first question.
MAX_WORDS = 3000


class ProcedureCommune(models.Model):
    """How the people of one commune ask for a procedure that their town hall answers."""

    _name = "procedure.commune"
    _description = "Procedure in a commune"
    _order = "commune_id, procedure_id, id"

    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )
    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    mode = fields.Selection(
        [
            (ONLINE, "Online"),
            (DIRECT, "By phone or at the desk"),
            (CLOSED, "Not offered"),
            (WAITING, "Not decided yet"),
        ],
        string="How it is asked",
        default=WAITING,
        required=True,
    )
    date_open = fields.Date("Opens on", help="Empty: open at once.")
    date_close = fields.Date("Closes on", help="Last day. Empty: it never closes.")
    direct_text = fields.Char(
        "Sentence instead of the form",
        help="For instance: Come to the town hall on Tuesday from 2 to 5 pm.",
    )
    rules = fields.Text(
        help="In a few sentences: who may ask, what the commune lends or refuses. Read before the "
        "first question, and again before the request is sent."
    )
    documents_text = fields.Char("What to bring or to join")
    fee_text = fields.Char("Price in the commune", help="Empty: as it is for everybody.")
    delay_text = fields.Char("Answer in the commune", help="For instance: within two weeks.")
    service_id = fields.Many2one(
        "territory.service",
        "Received by",
        ondelete="restrict",
        domain="[('kind', '=', 'town_hall'), ('commune_ids', 'in', commune_id)]",
        help="A service of the commune. Empty: its town hall.",
    )
    contact_phone = fields.Char("Phone for this procedure", help="Empty: that of the town hall.")
    contact_email = fields.Char("E-mail for this procedure", help="Shown to the public.")
    file_ids = fields.One2many("procedure.commune.file", "commune_row_id", "Documents to read")
    is_changed_by_me = fields.Boolean(compute="_compute_is_changed_by_me")

    _once = models.Constraint(
        "UNIQUE(procedure_id, commune_id)", "This commune has its rules for this procedure already."
    )
    _dates = models.Constraint(
        "CHECK(date_close IS NULL OR date_open IS NULL OR date_close >= date_open)",
        "A procedure cannot close before it opens.",
    )

    @api.depends("procedure_id.name", "commune_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.procedure_id.name}, {row.commune_id.name}"

    @api.depends_context("uid")
    @api.depends("commune_id")
    def _compute_is_changed_by_me(self):
        communes = self._get_my_communes()
        for row in self:
            row.is_changed_by_me = communes is None or row.commune_id in communes

    @api.constrains("procedure_id")
    def _check_is_communal(self):
        for procedure in self.procedure_id:
            if not procedure.is_communal:
                raise ValidationError(
                    self.env._(
                        "“%(procedure)s” is not answered by the town halls.",
                        procedure=procedure.name,
                    )
                )

    @api.constrains("service_id", "commune_id")
    def _check_service(self):
        """Else a town hall would send what people write to somebody else's service."""
        for row in self.filtered("service_id"):
            service_sudo = row.service_id.sudo()
            if service_sudo.kind != "town_hall" or row.commune_id not in service_sudo.commune_ids:
                raise ValidationError(
                    self.env._(
                        "%(service)s is not a service of %(commune)s.",
                        service=service_sudo.name,
                        commune=row.commune_id.name,
                    )
                )

    @api.constrains("rules", "direct_text", "documents_text", "fee_text", "delay_text")
    def _check_length(self):
        for row in self:
            if len(row.rules or "") > MAX_WORDS:
                raise ValidationError(
                    self.env._("Rules are read on a phone: 3,000 letters at most.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_hall()
        return rows

    def write(self, vals):
        if {"procedure_id", "commune_id"} & vals.keys():
            raise AccessError(self.env._("The rules of a commune stay with it."))
        self._check_hall()
        return super().write(vals)

    def action_open(self):
        """From today its people ask online; what was filed before is where it was."""
        self.write({"mode": ONLINE})

    def action_direct(self):
        self.write({"mode": DIRECT})

    def action_close(self):
        """No new request; those filed go on."""
        self.write({"mode": CLOSED})

    @api.model
    def action_open_mine(self):
        """The procedures of the communes of whose town hall she is: each has its row."""
        communes = self._get_my_communes()
        procedures = self.env["procedure.procedure"].search(
            [
                ("is_communal", "=", True),
                ("state", "=", "published"),
                ("kind", "!=", "external"),
            ]
        )
        domain = []
        if communes is not None:
            procedures._make_commune_rows(communes)
            domain = [("commune_id", "in", communes.ids)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Procedures of the commune"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [*domain, ("procedure_id.state", "=", "published")],
            "context": {"search_default_by_commune": len(communes or ()) != 1},
        }

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    @api.model
    def _get_my_communes(self):
        """Those whose town hall is hers; None: all of them."""
        user = self.env.user
        if self.env.su or user.has_groups(MANAGERS):
            return None
        halls_sudo = user.sudo().territory_service_ids.filtered(
            lambda service: service.kind == "town_hall"
        )
        communes_sudo = halls_sudo.commune_ids
        own = communes_sudo.filtered(lambda commune: commune.town_hall_id in halls_sudo)
        return own.sudo(False)

    def _check_hall(self):
        """A town hall covers another commune for its school, and yet is not its town hall."""
        communes = self._get_my_communes()
        if communes is not None and self.commune_id - communes:
            raise AccessError(
                self.env._("Only the town hall of a commune says how it takes a procedure.")
            )

    # ------------------------------------------------------------
    # What it says, in superuser mode
    # ------------------------------------------------------------

    def _get_way(self, day=None):
        """`ONLINE`, `DIRECT` or `CLOSED` on this day, today by default."""
        self.ensure_one()
        day = day or clock.today()
        is_out = (self.date_open and day < self.date_open) or (
            self.date_close and self.date_close < day
        )
        if self.mode == DIRECT:
            return DIRECT
        return ONLINE if self.mode == ONLINE and not is_out else CLOSED

    def _has_own_words(self):
        """Whether there is something to read before the first question."""
        self.ensure_one()
        names = ("rules", "documents_text", "fee_text", "delay_text", "contact_email")
        return any(self[name] for name in (*names, "contact_phone", "file_ids"))

    def _get_phone(self):
        return self.contact_phone or self.commune_id.phone or ""
