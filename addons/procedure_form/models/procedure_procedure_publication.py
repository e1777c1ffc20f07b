from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class ProcedureProcedurePublication(models.AbstractModel):
    """Versions of the form, what still forbids the publication, and the publication itself."""

    _name = "procedure.procedure.publication"
    _description = "Publication of a procedure"

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
    proposal = fields.Text(
        compute="_compute_proposal",
        groups="territory_base.territory_group_manager,base.group_system",
    )
    todo_html = fields.Html(string="To complete", compute="_compute_todo_html", sanitize=False)

    @api.depends("version_ids.state")
    def _compute_has_draft(self):
        for procedure in self:
            procedure.has_draft = "draft" in procedure.version_ids.mapped("state")

    @api.depends("version_ids.state", "version_ids.proposal")
    def _compute_proposal(self):
        """What an update of the software prepared in a draft, until it is published."""
        for procedure in self:
            procedure.proposal = procedure._get_draft().proposal

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                for name in self._get_guarded_fields():
                    vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._get_guarded_fields() & set(vals):
            raise AccessError(self.env._("A procedure is published by its own button only."))
        return super().write(vals)

    @api.model
    def _get_guarded_fields(self):
        """Written in superuser mode only, by the button of each. Extended by other addons."""
        return {"state", "version_id"}

    def _get_draft(self):
        return self.version_ids.filtered(lambda version: version.state == "draft")

    def action_publish(self):
        """Publish the draft version, or put a suspended procedure back."""
        self._check_manager()
        for procedure in self:
            draft = procedure._get_draft()
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
        draft = self._get_draft()
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

    def action_open_processing(self):
        """Its entry of the register: what is missing there is filled in there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "privacy.processing",
            "res_id": self.processing_id.id,
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
        return [sentence for sentence, _place in self._get_publication_todo(version)]

    def _get_form_problems(self, version):
        """What forbids it, for the person who builds the form: each with its question.

        :return: list of {"field_id": id or False, "sentence": str}
        """
        self.ensure_one()
        self._check_manager()
        found = [(field.id, sentence) for field, sentence in version._get_field_problems()]
        own = {sentence for _field_id, sentence in found}
        others = self._get_publication_problems(version)
        found = [(False, sentence) for sentence in others if sentence not in own] + found
        return [{"field_id": field_id, "sentence": sentence} for field_id, sentence in found]

    def _get_publication_todo(self, version):
        """What still forbids the publication: list of (sentence, place where it is corrected).

        Places: "identity", "services", "privacy", "register", "form", of the procedure's screen.
        """
        self.ensure_one()
        if self.kind == "external":
            if self.external_url:
                return []
            sentence = self.env._("Give the address of the other site: it starts with https://.")
            return [(sentence, "identity")]
        todo = [(sentence, "services") for sentence in self._get_service_problems()]
        if not self.processing_id:
            sentence = self.env._("Link this procedure to its entry in the register.")
            todo.append((sentence, "privacy"))
        else:
            try:
                self.processing_id._check_publishable()
            except UserError as error:
                todo.append((str(error), "register"))
        if self.is_health and not self._has_health_store():
            sentence = self.env._(
                "This procedure asks for health data, which have no store on this platform."
            )
            todo.append((sentence, "privacy"))
        if not version.field_ids:
            todo.append((self.env._("The form has no field."), "form"))
        if version:
            todo += [(sentence, "form") for sentence in version._get_problems()]
        return todo

    def _get_service_problems(self):
        """Each commune concerned has a service that covers it."""
        if not (self.service_id or self.local_service_ids or self.is_communal):
            return [self.env._("Say which service answers.")]
        communes = self.commune_ids or self.env["territory.commune"].search([("active", "=", True)])
        covered = self._get_local_services().commune_ids
        if self.service_id:
            everywhere = self.is_open_to_all or not self.service_id.commune_ids
            covered |= communes if everywhere else self.service_id.commune_ids
        missing = communes - covered
        if not missing:
            return []
        names = ", ".join(missing[:5].mapped("name"))
        if len(missing) > 5:
            names = self.env._("%(names)s and %(count)s more", names=names, count=len(missing) - 5)
        if self.is_communal:
            return [
                self.env._(
                    "These communes have no town hall here: %(communes)s. Choose a lead service, "
                    "which answers for them, or take them out of the communes concerned.",
                    communes=names,
                )
            ]
        return [self.env._("No service answers for: %(communes)s.", communes=names)]

    @api.depends_context("lang", "uid")
    def _compute_todo_html(self):
        """Read on the screen: each sentence, and where to go."""
        for procedure in self:
            version = procedure._get_draft() or procedure.version_id
            procedure.todo_html = self.env["ir.qweb"]._render(
                "procedure_form.procedure_todo",
                {"todo": procedure._get_publication_todo(version) if procedure.id else []},
            )
