from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.territory_base.tools import format_phone


class ProcedureRequest(models.Model):
    """A request of somebody to a service.

    Two axes: `state` says where the law and the person are, and changes only by the checked
    transitions of `procedure.request.circuit`; `step_id` is the service's own follow-up.
    Nothing here is created or written from outside, but what `_get_free_fields` names.
    """

    _name = "procedure.request"
    _description = "Request"
    _inherit = [
        "procedure.request.answers",
        "procedure.request.filing",
        "procedure.request.erasure",
        "procedure.request.circuit",
        "procedure.request.completion",
        "procedure.request.clock",
        "procedure.request.follow",
        "procedure.request.mail",
        "procedure.request.thread",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_submitted desc, id desc"
    # A refusal says the name of the account that was given.
    _names_what_is_read = True
    _keeps_files_as_given = True
    _rec_names_search = ["number"]
    # The applicant writes by `_post_from_applicant`, which lets through a text and checked files.
    _mail_post_access = "write"

    number = fields.Char(readonly=True, copy=False)
    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="procedure_id.kind", store=True, index=True)
    version_id = fields.Many2one(
        "procedure.version", required=True, readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Received"),
            ("in_review", "In review"),
            ("to_complete", "To complete"),
            ("waiting_list", "Waiting list"),
            ("accepted", "Accepted"),
            ("accepted_conditionally", "Accepted with conditions"),
            ("refused", "Refused"),
            ("dropped", "Closed without decision"),
            ("cancelled", "Withdrawn by the applicant"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        group_expand="_group_expand_state",
    )
    step_id = fields.Many2one(
        "procedure.step",
        index="btree_not_null",
        domain="[('procedure_id', '=', procedure_id)]",
        group_expand="_group_expand_step",
        ondelete="restrict",
        tracking=True,
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        index="btree_not_null",
        domain="[('share', '=', False), ('territory_service_ids', 'in', service_id)]",
        tracking=True,
        copy=False,
        groups="base.group_user",
    )
    channel = fields.Selection(
        [
            ("web", "Site"),
            ("counter", "Counter"),
            ("phone", "Phone"),
            ("mail", "Letter"),
            ("email", "E-mail"),
        ],
        required=True,
        readonly=True,
        default="web",
    )

    applicant_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    contact_firstname = fields.Char(readonly=True)
    contact_lastname = fields.Char(readonly=True)
    contact_email = fields.Char(readonly=True, index="trigram")
    contact_phone = fields.Char(readonly=True)
    contact_street = fields.Char(readonly=True)
    contact_zip = fields.Char(readonly=True)
    contact_city = fields.Char(readonly=True)
    contact_commune_id = fields.Many2one("territory.commune", readonly=True, ondelete="restrict")
    # For the staff: another delegate of the organisation reads the request, not who filed it.
    applicant_name = fields.Char(
        string="Applicant's name",
        compute="_compute_applicant",
        search="_search_applicant_name",
        compute_sudo=True,
        groups="base.group_user",
    )
    applicant_email = fields.Char(
        compute="_compute_applicant", compute_sudo=True, groups="base.group_user"
    )
    applicant_phone = fields.Char(
        compute="_compute_applicant", compute_sudo=True, groups="base.group_user"
    )
    subject_ids = fields.Many2many(
        "res.partner",
        "procedure_request_subject_rel",
        string="Persons concerned",
        readonly=True,
    )
    acting_for_id = fields.Many2one(
        "res.partner",
        string="On behalf of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    household_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    dwelling_id = fields.Many2one(
        "territory.dwelling", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    commune_id = fields.Many2one(
        "territory.commune", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    season = fields.Char(readonly=True)

    service_id = fields.Many2one(
        "territory.service",
        string="Lead service",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    consulted_service_ids = fields.Many2many(
        "territory.service",
        "procedure_request_consulted_rel",
        string="Consulted services",
        readonly=True,
        groups="base.group_user",
    )
    decision_ids = fields.One2many(
        "procedure.decision", "request_id", readonly=True, context={"active_test": False}
    )

    answers = fields.Json(readonly=True)
    confirmed_facts = fields.Json(
        readonly=True,
        groups="base.group_user",
        help="Question: day on which the applicant said that what we knew is still exact",
    )
    confirmed_words = fields.Char(
        "Said to be still exact", compute="_compute_confirmed_words", groups="base.group_user"
    )
    answer_ids = fields.One2many("procedure.answer", "request_id", readonly=True)
    answers_html = fields.Html(
        string="Answers as read", compute="_compute_answers_html", sanitize=False
    )
    document_line_ids = fields.One2many("procedure.document.line", "request_id", readonly=True)

    date_submitted = fields.Datetime(readonly=True, index=True, copy=False)
    date_anonymised = fields.Datetime(readonly=True, copy=False)
    state_date = fields.Datetime(string="In this state since", readonly=True, copy=False)
    state_user_id = fields.Many2one(
        "res.users", string="Last handled by", readonly=True, groups="base.group_user"
    )
    access_token_digest = fields.Char(groups=fields.NO_ACCESS, copy=False)
    can_handle = fields.Boolean(compute="_compute_can_handle")

    _number_uniq = models.Constraint("UNIQUE(number)", "This number is already used.")
    _kanban_idx = models.Index("(service_id, state)")

    @api.model
    def _group_expand_state(self, states, domain):
        """The columns of the work to do are always there, in the order of the work."""
        columns = {name for name, state in self._get_states().items() if state.is_column}
        present = set(states) | columns
        return [state for state, _label in self._fields["state"].selection if state in present]

    @api.model
    def _group_expand_step(self, steps, domain):
        """All steps, when one procedure is looked at."""
        procedure_id = self.env.context.get("default_procedure_id")
        if not procedure_id:
            return steps
        return steps | steps.search([("procedure_id", "=", procedure_id)])

    @api.depends("number")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.number or self.env._("Draft")

    @api.depends(
        "applicant_id.name",
        "applicant_id.email",
        "applicant_id.phone",
        "contact_firstname",
        "contact_lastname",
        "contact_email",
        "contact_phone",
    )
    def _compute_applicant(self):
        for request in self:
            partner = request.applicant_id
            names = filter(None, (request.contact_firstname, request.contact_lastname))
            request.applicant_name = partner.name or " ".join(names) or False
            request.applicant_email = partner.email or request.contact_email
            # Kept as machines dial it, shown as people read it.
            contact_phone = format_phone(request.contact_phone or "").replace("\xa0", " ")
            request.applicant_phone = partner.phone or contact_phone or False

    def _search_applicant_name(self, operator, value):
        if operator not in ("ilike", "=ilike", "like", "=like", "in"):
            return NotImplemented
        if operator == "in":
            return Domain("applicant_id.name", "in", value) | Domain(
                "contact_lastname", "in", value
            )
        # Every word, in any order, in the name of the partner or of the identity block.
        words = str(value).strip("%").split() if operator in ("ilike", "like") else [value]
        return Domain.AND(
            Domain("applicant_id.name", operator, word)
            | Domain("acting_for_id.name", operator, word)
            | Domain("contact_lastname", operator, word)
            | Domain("contact_firstname", operator, word)
            for word in words
        )

    @api.depends("answers", "version_id", "document_line_ids.state", "document_line_ids.asked")
    def _compute_answers_html(self):
        for request in self:
            sections = request._get_answer_sections(request._get_file_words())
            request.answers_html = self.env["ir.qweb"]._render(
                "procedure.answers", {"sections": sections}
            )

    @api.depends("confirmed_facts", "version_id")
    def _compute_confirmed_words(self):
        """What she was shown of her file, and confirmed rather than typed."""
        for request in self:
            labels = {field.key: field.label for field in request.version_id.field_ids}
            request.confirmed_words = ", ".join(
                f"{labels[key]} ({format_date(self.env, day)})"
                for key, day in (request.confirmed_facts or {}).items()
                if key in labels
            )

    @api.depends_context("uid")
    @api.depends("service_id")
    def _compute_can_handle(self):
        for request in self:
            request.can_handle = request._is_handled_by(self.env.user)

    @api.constrains("step_id", "procedure_id")
    def _check_step(self):
        for request in self:
            if request.step_id and request.step_id.procedure_id != request.procedure_id:
                raise ValidationError(self.env._("This step belongs to another procedure."))

    @api.constrains("user_id")
    def _check_user(self):
        for request in self:
            if request.user_id and not request._is_handled_by(request.user_id):
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work for %(service)s.",
                        user=request.user_id.name,
                        service=request.service_id._get_name_said(),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A request is created by filing it only."))
        requests = super(
            ProcedureRequest,
            self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True),
        ).create(vals_list)
        requests._get_persons()._refresh_reader_services()
        return requests

    def write(self, vals):
        if not self.env.su and set(vals) - self._get_free_fields():
            raise AccessError(
                self.env._("A request changes by its own buttons only, never by hand.")
            )
        watched = set(vals) & self._get_reader_fields()
        before = self._get_persons() if watched else self.env["res.partner"]
        result = super().write(vals)
        if watched:
            (before | self._get_persons())._refresh_reader_services()
        return result

    def copy_data(self, default=None):
        raise AccessError(self.env._("A request is created by filing it only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        """The file of a request is a public archive."""
        if any(request.state != "draft" for request in self):
            raise AccessError(self.env._("A request that was filed is never deleted."))

    @api.model
    def _get_free_fields(self):
        """What the lead service writes by hand: its own follow-up."""
        return {"step_id", "user_id"}

    @api.model
    def _get_reader_fields(self):
        """What decides which services read the persons of a request."""
        return {
            "applicant_id",
            "subject_ids",
            "acting_for_id",
            "household_id",
            "service_id",
            "consulted_service_ids",
            "date_anonymised",
        }

    def _get_persons(self):
        requests_sudo = self.sudo()
        return (
            requests_sudo.applicant_id
            | requests_sudo.subject_ids
            | requests_sudo.acting_for_id
            | requests_sudo.household_id
        )

    def _is_handled_by(self, user):
        """Whether this member of staff works on this request."""
        self.ensure_one()
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return True
        return (
            user.has_groups(
                "territory_base.territory_group_agent,territory_base.territory_group_secretary"
            )
            and self.sudo().service_id in user.sudo().territory_service_ids
        )

    def _get_applicants(self):
        """Who speaks for this request: the person who filed it or, when it was for an
        organisation, those who are its delegates today. In superuser mode."""
        self.ensure_one()
        request_sudo = self.sudo()
        if request_sudo.acting_for_id:
            return request_sudo.acting_for_id._get_current_delegates()
        return request_sudo.applicant_id

    def _is_applicant(self, partner):
        return bool(partner) and partner in self._get_applicants()

    def _is_followed_online(self):
        """By her account, or by the code that was mailed; else by phone and at the counter."""
        self.ensure_one()
        request_sudo = self.sudo()
        return bool(request_sudo.applicant_id.active or request_sudo.contact_email)

    def _get_url(self):
        """Where the applicant follows it."""
        self.ensure_one()
        base = self.get_base_url()
        if self.sudo().applicant_id:
            return f"{base}/my/demandes/{self.id}"
        return f"{base}/suivi/{self.number}"

    def _get_suggested_procedures(self):
        """What is useful next to this applicant, once accepted: published procedures, in
        superuser mode. Hook of service addons."""
        self.ensure_one()
        return self.env["procedure.procedure"].sudo()

    def _get_step_words(self, step):
        """What the applicant reads of a step: its title, and a text in the place of the day on
        which it was reached. Hook of service addons."""
        self.ensure_one()
        return step.name or "", ""

    def _get_other_parent_sentence(self, parent):
        """What a parent whose authority over the child was verified may know of what the other one
        asked: that it exists, for this child and season; nothing else (docs/rights.md).

        :param parent: who reads, an applicant of this request: the caller has checked it
        :return: a sentence, or an empty one
        """
        self.ensure_one()
        request_sudo = self.sudo()
        children_sudo = parent._get_verified_children() & request_sudo.subject_ids
        others_sudo = request_sudo.search(
            Domain("subject_ids", "in", children_sudo.ids)
            & Domain("procedure_id", "=", request_sudo.procedure_id.id)
            & Domain("season", "=", request_sudo.season)
            & Domain("applicant_id", "!=", parent.id)
            # Whatever became of it: its answer is the other parent's.
            & Domain("state", "!=", "draft")
        )
        names = ", ".join((others_sudo.subject_ids & children_sudo).mapped("firstname"))
        if not names:
            return ""
        return self.env._(
            "Another request exists for %(names)s, for the same thing. The service sees both: call "
            "it if you did not know.",
            names=names,
        )

    # ------------------------------------------------------------
    # Waiting list
    # ------------------------------------------------------------

    def _get_waiting_ranks(self):
        """First come, first served: by date of filing, among those of the same queue.

        In superuser mode, once it is checked that these requests may be read: a rank is a count of
        all who wait, whoever reads it.

        :return: dict: request on the waiting list → (rank, how many wait with it)
        """
        waiting = self.filtered(lambda request: request.state == "waiting_list")
        if not waiting:
            return {}
        queues = {}
        for request in self.search(
            Domain("state", "=", "waiting_list")
            & Domain("procedure_id", "in", waiting.procedure_id.ids),
            order="date_submitted, id",
        ):
            queues.setdefault(request._get_queue(), []).append(request.id)
        ranks = {}
        for request in waiting:
            queue = queues.get(request._get_queue(), [])
            origin = request._origin.id
            ranks[request] = (queue.index(origin) + 1 if origin in queue else 0, len(queue))
        return ranks

    def _get_queue(self):
        """Hook: requests that wait for the same places have the same key.

        In superuser mode; decides the rank for the staff and for the applicant.

        :return: tuple of hashable values: `super()` and yours
        """
        self.ensure_one()
        return (self.procedure_id, self.service_id, self.season or "")
