from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from .content_revision_circuit import EDITABLE, PENDING

STATES = [
    ("draft", "Draft"),
    ("submitted", "Being read"),
    ("changes_asked", "To correct"),
    ("published", "Published"),
    ("archived", "Earlier version"),
    ("withdrawn", "Withdrawn"),
]
KINDS = [("update", "Change"), ("create", "New"), ("remove", "Removal")]
# What the builder, and nothing else, writes by `write`.
TYPED = {"body"}
_CIRCUIT = object()


class ContentRevision(models.Model):
    """A proposed change of a content, beside the live one: who, what, read by whom.

    Written by its methods only; its author edits `body` in the builder while it is hers.
    """

    _name = "content.revision"
    _description = "Proposed change of a content"
    _inherit = [
        "content.revision.circuit",
        "content.revision.reading",
        "content.revision.place",
        "content.revision.publication",
        "content.revision.offline",
        "content.revision.values",
        "content.revision.typed",
        "content.revision.text",
        "content.revision.difference",
        "content.revision.mail",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_submitted desc, id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True)
    type_id = fields.Many2one(
        "content.type", required=True, readonly=True, index=True, ondelete="restrict"
    )
    res_model = fields.Char(related="type_id.model", store=True, index=True)
    res_id = fields.Many2oneReference(
        "Content", model_field="res_model", readonly=True, index=True, copy=False
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, default="update")
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", index=True, copy=False
    )
    author_id = fields.Many2one("res.users", readonly=True, index=True, ondelete="restrict")
    editor_ids = fields.Many2many(
        "res.users",
        "content_revision_editor_rel",
        string="Who wrote in it",
        readonly=True,
        copy=False,
    )
    organisation_id = fields.Many2one(
        "res.partner", "In the name of", readonly=True, index=True, ondelete="restrict"
    )
    service_id = fields.Many2one(
        "territory.service", "Town hall", readonly=True, index=True, ondelete="restrict"
    )
    commune_ids = fields.Many2many("territory.commune", readonly=True, string="Communes")
    validator_ids = fields.Many2many("content.validator", readonly=True, string="Who reads it")
    values = fields.Json(readonly=True, copy=False)
    base_values = fields.Json(readonly=True, copy=False)
    body = fields.Html(
        "Text", sanitize_overridable=True, sanitize_attributes=False, sanitize_form=False
    )
    base_body = fields.Html(readonly=True, sanitize=False, copy=False)
    base_version = fields.Integer(readonly=True, copy=False)
    version = fields.Integer(
        readonly=True, copy=False, help="Its number among the published ones; 0: not published."
    )
    date_submitted = fields.Datetime("Sent on", readonly=True, copy=False)
    date_published = fields.Datetime("Published on", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", "Accepted by", readonly=True, copy=False, ondelete="restrict"
    )
    is_urgent = fields.Boolean("Published before reading", readonly=True, copy=False)
    reviewed_by_id = fields.Many2one(
        "res.users", "Read afterwards by", readonly=True, copy=False, ondelete="restrict"
    )
    date_reviewed = fields.Datetime("Read afterwards on", readonly=True, copy=False)
    origin = fields.Char(readonly=True, copy=False, help="Of what the territory's data brought.")
    restored_id = fields.Many2one(
        "content.revision", "Brings back", readonly=True, copy=False, ondelete="restrict"
    )
    mark = fields.Char(
        "What is read",
        compute="_compute_mark",
        compute_sudo=False,
        help="Given back by whoever accepts it: of another state of it, nothing is published.",
    )
    is_mine_to_read = fields.Boolean(
        compute="_compute_is_mine_to_read", search="_search_is_mine_to_read"
    )

    _version_uniq = models.UniqueIndex(
        "(res_model, res_id, version) WHERE version > 0",
        "This content was published by somebody else meanwhile.",
    )
    _live_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'published'",
        "This content was published by somebody else meanwhile.",
    )
    _draft_uniq = models.UniqueIndex(
        "(res_model, res_id, kind, COALESCE(organisation_id, 0),"
        " (CASE WHEN organisation_id IS NULL THEN COALESCE(service_id, 0) ELSE 0 END),"
        " (CASE WHEN organisation_id IS NULL AND service_id IS NULL THEN author_id ELSE 0 END))"
        " WHERE res_id > 0 AND state = 'draft'",
        "You have begun a change of this content already.",
    )
    _accepted = models.Constraint(
        "CHECK(version = 0 OR published_by_id IS NOT NULL OR origin IS NOT NULL)",
        "What is published was accepted by somebody, or comes from the territory's data.",
    )
    _foreign = models.Constraint(
        "CHECK(published_by_id IS NULL OR COALESCE(is_urgent, FALSE)"
        " OR published_by_id != author_id)",
        "Nobody accepts her own change.",
    )

    @api.depends("values", "body")
    def _compute_mark(self):
        for revision in self:
            revision.mark = revision._get_mark()

    # ------------------------------------------------------------
    # Who reads it
    # ------------------------------------------------------------

    @api.depends("state", "validator_ids")
    @api.depends_context("uid")
    def _compute_is_mine_to_read(self):
        for revision in self:
            revision.is_mine_to_read = revision._waits_for(self.env.user)

    def _search_is_mine_to_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting_sudo = self.sudo().search(
            [
                "|",
                ("state", "=", "submitted"),
                "&",
                ("is_urgent", "=", True),
                ("reviewed_by_id", "=", False),
            ]
        )
        mine = waiting_sudo.filtered(lambda revision: revision._waits_for(self.env.user))
        return [("id", "in" if True in value else "not in", mine.ids)]

    def _waits_for(self, user):
        """Whether this person may accept it, or read it afterwards, today."""
        self.ensure_one()
        revision_sudo = self.sudo()
        waits = revision_sudo.state == "submitted" or (
            revision_sudo.is_urgent and not revision_sudo.reviewed_by_id and revision_sudo.version
        )
        return bool(waits and revision_sudo._is_reader(user))

    def _is_reader(self, user):
        """Whether this person reads it: chosen for it today, and foreign to it."""
        self.ensure_one()
        revision_sudo = self.sudo()
        return bool(
            any(row._is_read_by(user) for row in revision_sudo.validator_ids.filtered("active"))
            and user._filter_foreign_to(revision_sudo)
        )

    def _is_contributor(self, user):
        """Whether this person writes in it: its author, who acts for the same organisation, who
        works for the same town hall."""
        self.ensure_one()
        revision_sudo = self.sudo()
        if revision_sudo.organisation_id:
            return revision_sudo.organisation_id in user._get_organisations()
        if revision_sudo.service_id:
            return revision_sudo.service_id in user._get_town_halls()
        return revision_sudo.author_id == user

    def _assign_validators(self):
        """Who reads it today; an absence, a reader who leaves change that."""
        Validator = self.env["content.validator"]
        self._follow_content()
        for revision in self:
            found = Validator._find_for(revision)
            if found != revision.validator_ids:
                revision._set({"validator_ids": [Command.set(found.ids)]})
                revision._end_tasks_of_others()

    @api.model
    def _assign_pending(self):
        """Also a job of the night: absences begin and end without anybody."""
        pending_sudo = self.sudo().search(
            [
                "|",
                ("state", "in", PENDING),
                ("is_urgent", "=", True),
                ("reviewed_by_id", "=", False),
            ]
        )
        before = {revision: revision.validator_ids for revision in pending_sudo}
        pending_sudo._assign_validators()
        for revision in pending_sudo.filtered(lambda each: each.validator_ids - before[each]):
            revision._tell_readers(revision.validator_ids - before[revision])
        self.env["content.absence"]._tell_begun(pending_sudo)

    # ------------------------------------------------------------
    # Written by its methods only
    # ------------------------------------------------------------

    @api.model
    def _is_in_circuit(self):
        return self.env.context.get("content_circuit") is _CIRCUIT

    def _set(self, vals):
        """The only way in for what people do not type."""
        return self.sudo().with_context(content_circuit=_CIRCUIT).write(vals)

    @api.model
    def _make(self, vals):
        revisions_sudo = self.sudo().with_context(
            content_circuit=_CIRCUIT, mail_create_nosubscribe=True, mail_create_nolog=True
        )
        return revisions_sudo.create(vals).with_env(self.sudo().env)

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_in_circuit():
            raise AccessError(self.env._("A change is begun from the page of the content."))
        return super().create(vals_list)

    def write(self, vals):
        if self._is_in_circuit():
            return super().write(vals)
        own = {name for name in vals if not name.startswith(("activity_", "message_"))}
        if own - TYPED:
            raise AccessError(self.env._("A change is written by its own buttons only."))
        if own:
            for revision in self:
                revision._check_editable()
            body = self._clean_body(vals["body"])
            vals = {**vals, "body": body, "editor_ids": [Command.link(self.env.uid)]}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The history of what was proposed and published is kept."))

    def _check_editable(self):
        """:raise AccessError: not hers; :raise UserError: being read, or over"""
        self.ensure_one()
        if not self._is_contributor(self.env.user):
            raise AccessError(self.env._("This change is somebody else's."))
        if self.sudo().state not in EDITABLE:
            raise UserError(
                self.env._(
                    "This change is being read, or is over: it cannot be corrected any more. "
                    "Take it back first."
                )
            )

    # ------------------------------------------------------------
    # The content
    # ------------------------------------------------------------

    def _get_content(self):
        """The live content, none if it does not exist yet; with the rights of the caller."""
        self.ensure_one()
        revision_sudo = self.sudo()
        return self.env[revision_sudo.res_model].browse(revision_sudo.res_id or ()).exists()

    def _get_model(self):
        self.ensure_one()
        return self.env[self.sudo().res_model]
