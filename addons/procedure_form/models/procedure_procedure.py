import re
from itertools import count

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

MANAGERS = "territory_base.territory_group_manager,base.group_system"


class ProcedureProcedure(models.Model):
    """What it is and who answers. What becomes of a request is said by `procedure`."""

    _name = "procedure.procedure"
    _description = "Procedure"
    _inherit = ["procedure.procedure.publication", "mail.thread"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    short_name = fields.Char(
        translate=True,
        help="Two or three words for the lists of the service, such as: Recycling badge.",
    )
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
    summary = fields.Char(translate=True, help="One sentence, shown in the list of procedures.")
    description = fields.Html(translate=True, help="Who may ask, what is needed.")
    fee_text = fields.Char(
        string="Fee shown to the public", translate=True, help="For instance: Free of charge."
    )
    fee_url = fields.Char(
        string="Link to the fees", help="Page that holds the price list. It starts with https://."
    )
    contact_text = fields.Char(
        string="Contact shown to the public",
        translate=True,
        help="Who helps, for this procedure. Empty: the phone and the e-mail of the service.",
    )
    topic_id = fields.Many2one("territory.topic", ondelete="restrict")
    audience_ids = fields.Many2many("territory.audience", string="Audiences")
    service_id = fields.Many2one(
        "territory.service",
        string="Lead service",
        ondelete="restrict",
        tracking=True,
        help="It receives the requests and answers.",
    )
    local_service_ids = fields.Many2many(
        "territory.service",
        "procedure_local_service_rel",
        string="Local services",
        help="Each takes the requests of the communes that it covers, before the lead service.",
    )
    is_communal = fields.Boolean(
        string="Answered by the town hall",
        tracking=True,
        help="The town hall of the commune of each request answers, without being chosen here; "
        "the lead service, where there is one, answers for the communes that have none.",
    )
    commune_ids = fields.Many2many(
        "territory.commune", string="Communes concerned", help="Empty: all of them."
    )
    is_open_to_all = fields.Boolean(
        string="Open to the residents of other communes",
        help="The lead service answers for everybody, even those who live where it does not work: "
        "a town hall that rents its hall to the neighbours.",
    )
    account_required = fields.Boolean(
        help="Unticked: a visitor may file too, and follows the request with a number and a code."
    )
    external_url = fields.Char(string="Link to the other site")
    external_label = fields.Char(string="Name of the other site", translate=True)
    processing_id = fields.Many2one(
        "privacy.processing",
        string="Register entry",
        ondelete="restrict",
        help="What the form says about personal data is made from it.",
    )
    is_health = fields.Boolean(
        string="Asks for health data",
        tracking=True,
        help="Such data are kept apart, in a store of their own: without it, the procedure "
        "cannot be published.",
    )
    is_school_registration = fields.Boolean(
        string="School registration",
        tracking=True,
        help="The law closes the list of documents that may be demanded (code de l'éducation, "
        "D131-3-1): no other one can be mandatory.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")
    _slug_uniq = models.Constraint("UNIQUE(slug)", "This address is already used.")

    @api.depends("name")
    def _compute_slug(self):
        for procedure in self.filtered(lambda procedure: procedure.name and not procedure.slug):
            slug = self._make_slug(procedure.name)
            twin = (
                self.sudo()
                .with_context(active_test=False)
                .search_count([("slug", "=", slug), ("id", "!=", procedure._origin.id)], limit=1)
            )
            procedure.slug = f"{slug}-{(procedure.code or '').lower()}" if twin else slug

    @api.constrains("code")
    def _check_code(self):
        for procedure in self:
            if not (procedure.code.isascii() and procedure.code.isalnum()):
                raise ValidationError(self.env._("The code holds letters and digits only."))

    @api.constrains("fee_url", "external_url")
    def _check_links(self):
        for procedure in self:
            for name in ("fee_url", "external_url"):
                url = procedure[name]
                if url and not (url.startswith("https://") and len(url.split()) == 1):
                    raise ValidationError(
                        self.env._(
                            "%(field)s: “%(url)s” is not an address of the web. "
                            "It starts with https:// and holds no space.",
                            field=procedure._get_field_label(name),
                            url=url,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("code"):
                vals["code"] = vals["code"].strip().upper()
        return super().create(vals_list)

    def _creation_message(self):
        """Core's “%s created” agrees with no French noun that is feminine."""
        return self.env._("Procedure created")

    def copy_data(self, default=None):
        default = dict(default or {})
        vals_list = super().copy_data(default)
        for procedure, vals in zip(self, vals_list, strict=True):
            vals["name"] = default.get("name") or self.env._("%s (copy)", procedure.name)
            vals["code"] = default.get("code") or self._get_free_code(f"{procedure.code}COPIE")
        return vals_list

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_groups(MANAGERS)):
            raise AccessError(self.env._("Only a manager sets a procedure up."))

    @api.model
    def _make_slug(self, name):
        """Core keeps letters that an address of the site does not hold."""
        slug = self.env["ir.http"]._slugify(name.lower().replace("œ", "oe").replace("æ", "ae"))
        return re.sub(r"[^a-z0-9-]", "", slug).strip("-") or "demarche"

    @api.model
    def _get_free_code(self, code):
        """This code, or with a number behind it when it is taken."""
        procedures_sudo = self.sudo().with_context(active_test=False)
        taken = set(
            procedures_sudo.search_fetch([("code", "=like", f"{code}%")], ["code"]).mapped("code")
        )
        numbered = (f"{code}{number}" for number in count(2))
        return code if code not in taken else next(c for c in numbered if c not in taken)

    @api.model
    def _get_field_label(self, name):
        """As the screen shows it, for sentences."""
        return self.fields_get([name], ["string"])[name]["string"]

    @api.model
    def _get_required_keys(self, kind):
        """Keys that a kind of procedure reads in the answers: dict key -> type.

        Extended by the addon that brings the kind.
        """
        return {}

    @api.model
    def _has_health_store(self):
        """Whether health data have their store. Said by the addon that brings it."""
        return False

    def _is_school_registration(self):
        """Whether the law closes the list of documents (code de l'éducation, D131-3-1)."""
        return self.is_school_registration

    def _get_service(self, commune):
        """The service that answers for this commune; none where only a town hall could.

        At filing and on the site, in superuser mode.
        """
        self.ensure_one()
        for service in self.local_service_ids:
            if commune and commune in service.commune_ids:
                return service
        # The one that the commune shows: another town hall may cover it too.
        town_hall = commune.town_hall_id if self.is_communal else self.service_id.browse()
        return town_hall or self.service_id

    def _get_local_services(self):
        """Those that answer for their communes, before the lead service."""
        self.ensure_one()
        services = self.local_service_ids
        if self.is_communal:
            services |= services.search([("kind", "=", "town_hall"), ("commune_ids", "!=", False)])
        return services

    def _get_concerned_communes(self):
        """The communes whose people may ask; empty when all may."""
        self.ensure_one()
        if self.is_communal and not self.service_id:
            covered = self._get_local_services().commune_ids
            return covered & self.commune_ids if self.commune_ids else covered
        return self.commune_ids

    def _concerns_everybody(self):
        """Whether all may ask, wherever they live."""
        return not self._get_concerned_communes()

    def _get_export_columns(self):
        """Questions of all versions that were published, joined by key: list of (key, label).

        The label is the last one; the order that of the last version, then former questions.
        """
        self.ensure_one()
        columns = {}
        versions_sudo = self.sudo().version_ids.filtered(lambda version: version.state != "draft")
        for field_sudo in versions_sudo.sorted("number", reverse=True).field_ids:
            if field_sudo._get_type().holds != "nothing" and not field_sudo.block_key:
                columns.setdefault(field_sudo.key, field_sudo.label)
        return list(columns.items())
