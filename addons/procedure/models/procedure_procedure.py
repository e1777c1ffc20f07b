from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .. import engine

MANAGERS = "territory_base.territory_group_manager,base.group_system"


class ProcedureProcedure(models.Model):
    _name = "procedure.procedure"
    _description = "Procedure"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    code = fields.Char(required=True, help="Prefix of the numbers of requests, such as BAC.")
    kind = fields.Selection(
        [("generic", "Generic"), ("external", "Handled elsewhere")],
        required=True,
        default="generic",
        help="What an accepted request does.",
    )
    slug = fields.Char(
        string="Address on the site",
        compute="_compute_slug",
        store=True,
        readonly=False,
        copy=False,
    )
    summary = fields.Char(translate=True)
    description = fields.Html(translate=True, help="Who may ask, what is needed.")
    delay_text = fields.Char(string="Delay shown to the public", translate=True)
    fee_text = fields.Char(string="Fee shown to the public", translate=True)
    topic_id = fields.Many2one("territory.topic", ondelete="restrict")
    audience_ids = fields.Many2many("territory.audience", string="Audiences")
    commune_ids = fields.Many2many(
        "territory.commune", string="Communes concerned", help="Empty: all of them."
    )
    service_id = fields.Many2one(
        "territory.service", string="Lead service", ondelete="restrict", tracking=True
    )
    local_service_ids = fields.Many2many(
        "territory.service",
        "procedure_local_service_rel",
        string="Local services",
        help="Each takes the requests of the communes that it covers, before the lead service.",
    )
    consulted_service_ids = fields.Many2many(
        "territory.service", "procedure_consulted_service_rel", string="Consulted services"
    )
    account_required = fields.Boolean()
    applicant_kinds = fields.Selection(
        [
            ("any", "Anybody"),
            ("person", "Residents"),
            ("organisation", "Companies and associations"),
            ("child", "Parents, for a child"),
        ],
        default="any",
        required=True,
        string="Who may ask",
    )
    external_url = fields.Char(string="Link to the other site")
    external_label = fields.Char(string="Name of the other site", translate=True)
    processing_id = fields.Many2one(
        "privacy.processing", string="Register entry", ondelete="restrict"
    )
    date_open = fields.Date(string="Opens on")
    date_close = fields.Date(string="Closes on")
    max_per_household = fields.Integer(help="0: no limit. Counts the requests not yet closed.")
    handling_days = fields.Integer(
        string="Days to answer", default=15, help="The service's own aim, in days."
    )
    alert_orange_days = fields.Integer(
        string="Orange alert", default=3, help="Days before the due date."
    )
    alert_red_days = fields.Integer(
        string="Red alert", default=0, help="Days before the due date; 0: once it has passed."
    )
    regime = fields.Selection(
        [
            ("none", "None"),
            ("sva", "Silence means acceptance"),
            ("svr", "Silence means refusal"),
            ("declaration", "Declaration"),
        ],
        default="none",
        required=True,
        string="Silence of the administration",
    )
    legal_basis = fields.Char(string="Text and article")
    delay_number = fields.Integer(string="Legal delay", default=2)
    delay_unit = fields.Selection(
        [("day", "Days"), ("month", "Months")], default="month", required=True
    )
    clock_start = fields.Selection(
        [("submitted", "Reception"), ("complete", "Complete file")],
        default="submitted",
        required=True,
    )
    validated_by_id = fields.Many2one("res.users", string="Regime validated by", readonly=True)
    validated_on = fields.Date(string="Regime validated on", readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("suspended", "Suspended")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    version_ids = fields.One2many("procedure.version", "procedure_id", string="Versions")
    version_id = fields.Many2one(
        "procedure.version",
        string="Published version",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    has_draft = fields.Boolean(compute="_compute_has_draft")
    step_ids = fields.One2many("procedure.step", "procedure_id", string="Steps", copy=True)
    request_count = fields.Integer(compute="_compute_request_count")

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")
    _slug_uniq = models.Constraint("UNIQUE(slug)", "This address is already used.")

    @api.depends("name")
    def _compute_slug(self):
        for procedure in self.filtered(lambda procedure: procedure.name and not procedure.slug):
            slug = self.env["ir.http"]._slugify(procedure.name) or "demarche"
            twin = (
                self.sudo()
                .with_context(active_test=False)
                .search_count([("slug", "=", slug), ("id", "!=", procedure._origin.id)], limit=1)
            )
            procedure.slug = f"{slug}-{(procedure.code or '').lower()}" if twin else slug

    @api.depends("version_ids.state")
    def _compute_has_draft(self):
        for procedure in self:
            procedure.has_draft = "draft" in procedure.version_ids.mapped("state")

    def _compute_request_count(self):
        counts = dict(
            self.env["procedure.request"]._read_group(
                [("procedure_id", "in", self.ids)], ["procedure_id"], ["__count"]
            )
            if self.env["procedure.request"].has_access("read")
            else []
        )
        for procedure in self:
            procedure.request_count = counts.get(procedure, 0)

    @api.constrains("code")
    def _check_code(self):
        for procedure in self:
            if not (procedure.code.isascii() and procedure.code.isalnum()):
                raise ValidationError(self.env._("The code holds letters and digits only."))

    @api.constrains("date_open", "date_close")
    def _check_dates(self):
        for procedure in self:
            if procedure.date_open and procedure.date_close:
                if procedure.date_close < procedure.date_open:
                    raise ValidationError(self.env._("A procedure cannot close before it opens."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                for name in self._get_guarded_fields():
                    vals.pop(name, None)
            if vals.get("code"):
                vals["code"] = vals["code"].strip().upper()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._get_guarded_fields() & set(vals):
            raise AccessError(self.env._("A procedure is published by its own button only."))
        result = super().write(vals)
        if self._get_regime_fields() & set(vals) and "validated_by_id" not in vals:
            # What was validated is no longer what is written.
            self.sudo().write({"validated_by_id": False, "validated_on": False})
        return result

    def copy_data(self, default=None):
        default = dict(default or {})
        vals_list = super().copy_data(default)
        for procedure, vals in zip(self, vals_list, strict=True):
            vals["name"] = default.get("name") or self.env._("%s (copy)", procedure.name)
            vals["code"] = default.get("code") or f"{procedure.code}COPIE"
        return vals_list

    @api.model
    def _get_guarded_fields(self):
        return {"state", "version_id", "validated_by_id", "validated_on"}

    @api.model
    def _get_regime_fields(self):
        return {"regime", "legal_basis", "delay_number", "delay_unit", "clock_start"}

    def _get_silence_date(self, start):
        self.ensure_one()
        if self.regime not in ("sva", "svr") or not self.validated_on:
            return False
        return start + relativedelta(**{f"{self.delay_unit}s": self.delay_number})

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_groups(MANAGERS)):
            raise AccessError(self.env._("Only a manager sets a procedure up."))

    def action_validate_regime(self):
        """From now on the silence date is computed and printed: somebody answers for it."""
        self._check_manager()
        for procedure in self:
            if procedure.regime != "none" and not procedure.legal_basis:
                raise UserError(
                    self.env._(
                        "“%(procedure)s”: write the text and the article of this regime first.",
                        procedure=procedure.name,
                    )
                )
        self.sudo().write(
            {"validated_by_id": self.env.uid, "validated_on": fields.Date.context_today(self)}
        )

    def action_open_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("procedure.procedure_request_action")
        action["domain"] = [("procedure_id", "=", self.id)]
        action["context"] = {"default_procedure_id": self.id}
        action["display_name"] = self.name
        return action

    # ------------------------------------------------------------
    # Publication
    # ------------------------------------------------------------

    def action_publish(self):
        """Publish the draft version, or put a suspended procedure back."""
        self._check_manager()
        for procedure in self:
            draft = procedure.version_ids.filtered(lambda version: version.state == "draft")
            procedure._check_publication(draft or procedure.version_id)
            procedure_sudo = procedure.sudo()
            if draft:
                procedure_sudo.version_id.state = "retired"
                draft.sudo().write(
                    {
                        "state": "published",
                        "published_by_id": self.env.uid,
                        "published_on": fields.Datetime.now(),
                    }
                )
                procedure_sudo.version_id = draft
            procedure_sudo.state = "published"

    def action_suspend(self):
        """No new request; those filed go on."""
        self._check_manager()
        self.sudo().write({"state": "suspended"})

    def action_new_version(self):
        """A draft with the fields of the published version."""
        self._check_manager()
        self.ensure_one()
        draft = self.version_ids.filtered(lambda version: version.state == "draft")
        if draft:
            return draft
        if self.version_id:
            last = max(self.version_ids.mapped("number"))
            return (
                self.version_id.sudo()
                .copy(
                    {
                        "number": last + 1,
                        "state": "draft",
                        "published_by_id": False,
                        "published_on": False,
                    }
                )
                .sudo(self.env.su)
            )
        return self.env["procedure.version"].create({"procedure_id": self.id})

    def action_open_draft(self):
        """The draft of the form, made from the published one when there is none."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "procedure.version",
            "res_id": self.action_new_version().id,
            "view_mode": "form",
        }

    def _check_publication(self, version):
        """Refuse with one sentence per problem, each naming the field."""
        self.ensure_one()
        sentences = self._get_publication_problems(version)
        if sentences:
            raise ValidationError("\n".join(sentences))

    def _get_publication_problems(self, version):
        self.ensure_one()
        if self.kind == "external":
            if self.external_url and self.external_url.startswith("https://"):
                return []
            return [self.env._("Give the address of the other site: it starts with https://.")]
        sentences = []
        if not self.processing_id:
            sentences.append(self.env._("Link this procedure to its entry in the register."))
        else:
            try:
                self.processing_id._check_publishable()
            except UserError as error:
                sentences.append(str(error))
        if not self.service_id:
            sentences.append(self.env._("Say which service answers."))
        if not version.field_ids:
            sentences.append(self.env._("The form has no field."))
        return sentences + version._get_problems()

    @api.model
    def _get_required_keys(self, kind):
        """Keys that a kind of procedure reads in the answers: dict key -> type.

        Extended by the addon that brings the kind.
        """
        return {}

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    def _is_open(self):
        """Whether a request may be filed today."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        return (
            self.state == "published"
            and self.kind != "external"
            and bool(self.version_id)
            and not (self.date_open and today < self.date_open)
            and not (self.date_close and today > self.date_close)
        )

    def _get_service(self, commune):
        """The service that answers for this commune."""
        self.ensure_one()
        for service in self.local_service_ids:
            if commune and commune in service.commune_ids:
                return service
        return self.service_id

    def _get_export_columns(self):
        """Questions of all versions that were published, joined by key: list of (key, label).

        The label is the last one; the order that of the last version, then former questions.
        """
        self.ensure_one()
        columns = {}
        versions_sudo = self.sudo().version_ids.filtered(lambda version: version.state != "draft")
        for field_sudo in versions_sudo.sorted("number", reverse=True).field_ids:
            if field_sudo.type not in engine.DISPLAY_TYPES:
                columns.setdefault(field_sudo.key, field_sudo.label)
        return list(columns.items())
