from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import engine


class ProcedureVersion(models.Model):
    _name = "procedure.version"
    _description = "Version of a procedure's form"
    _order = "procedure_id, number desc"

    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
        default="draft",
        required=True,
        readonly=True,
    )
    published_by_id = fields.Many2one("res.users", readonly=True)
    published_on = fields.Datetime(readonly=True)
    proposal = fields.Text(
        readonly=True,
        copy=False,
        help="What an update of the software proposes in this draft: the manager reads it, changes "
        "it, publishes it or deletes it.",
    )
    field_ids = fields.One2many("procedure.field", "version_id", string="Fields", copy=True)

    _number_uniq = models.Constraint(
        "UNIQUE(procedure_id, number)", "This version number is already used."
    )
    _one_draft = models.UniqueIndex(
        "(procedure_id) WHERE state = 'draft'", "This procedure already has a draft version."
    )

    @api.depends("procedure_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(procedure)s, version %(number)s",
                procedure=version.procedure_id.name,
                number=version.number,
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                vals.pop("state", None)
                vals.pop("proposal", None)
            if not vals.get("number"):
                last = self.search(
                    [("procedure_id", "=", vals.get("procedure_id"))], order="number desc", limit=1
                )
                vals["number"] = last.number + 1
        # One draft at a time: the one just published is no longer one.
        self.flush_model(["state"])
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            guarded = {
                "state",
                "number",
                "procedure_id",
                "published_by_id",
                "published_on",
                "proposal",
            }
            if guarded & set(vals):
                raise UserError(self.env._("A version is changed only by publishing it."))
            self._check_not_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()

    def action_publish(self):
        self.procedure_id.action_publish()

    def _check_not_frozen(self):
        """A published form never changes: requests are read with the questions that were asked."""
        frozen_sudo = self.sudo().filtered(lambda version: version.state != "draft")[:1]
        if frozen_sudo:
            raise UserError(
                self.env._(
                    "“%(version)s” is published and can no longer change. "
                    "Make a new version instead.",
                    version=frozen_sudo.display_name,
                )
            )

    def _get_problems(self):
        """What forbids the publication of this form, one sentence each."""
        return [sentence for _field, sentence in self._get_field_problems()]

    def _get_field_problems(self):
        """(field or none, sentence), in the order of the form, each sentence once."""
        self.ensure_one()
        by_key = {}
        for field in self.field_ids:
            by_key.setdefault(field.key, field)
        found = [
            (by_key[key], by_key[key]._get_definition_sentence(problem))
            for key, problem in engine.check_definition(self.field_ids._to_engine())
        ]
        found += self.field_ids._get_place_sentences()
        for field in self.field_ids:
            found += [(field, sentence) for sentence in field._get_own_sentences()]
        order = {field: position for position, field in enumerate(self.field_ids)}
        found = sorted(dict.fromkeys(found), key=lambda problem: order[problem[0]])
        return found + self._get_missing_keys()

    def _get_missing_keys(self):
        """Keys that the service reads and the form lacks."""
        Field = self.env["procedure.field"]
        # In a block a key has one answer for each line: no service finds it there.
        types = {field.key: field.type for field in self.field_ids if not field.block_key}
        required = self.procedure_id._get_required_keys(self.procedure_id.kind)
        return [
            (
                Field,
                self.env._(
                    "This kind of procedure reads the field “%(key)s”: add it with the type "
                    "“%(type)s”.",
                    key=key,
                    type=Field._get_type_label(field_type),
                ),
            )
            for key, field_type in required.items()
            if types.get(key) != field_type
        ] + [
            (
                field,
                self.env._(
                    "“%(label)s”: this kind of procedure reads this answer, no choice of it is "
                    "free.",
                    label=field.label or field.key,
                ),
            )
            for field in self.field_ids
            if field.key in required and any(field.option_ids.mapped("is_free"))
        ]
