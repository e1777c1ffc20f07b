import ast

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class ProcedureExport(models.Model):
    """A choice of columns and of requests that is used again, each month for instance.

    It holds no answer: who downloads it gets what she may read on that day.
    """

    _name = "procedure.export"
    _description = "Saved export of requests"
    _order = "name, id"

    name = fields.Char(required=True)
    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    is_shared = fields.Boolean(
        string="Shared", help="Colleagues may download it too, each with what she may read."
    )
    domain = fields.Char(string="Requests", default="[]", required=True)
    column_ids = fields.One2many(
        "procedure.export.column", "export_id", string="Columns", copy=True
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_mine(self):
        for export in self:
            export.is_mine = export.user_id == self.env.user

    @api.constrains("domain")
    def _check_domain(self):
        for export in self:
            read_domain(self.env, export.domain)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                vals["user_id"] = self.env.uid
        exports = super().create(vals_list)
        for export in exports.filtered(lambda export: not export.column_ids):
            export._add_columns()
        return exports

    def write(self, vals):
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name != "user_id"}
        return super().write(vals)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for export, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%s (copy)", export.name)
        return vals_list

    @api.onchange("procedure_id")
    def _onchange_procedure(self):
        """The columns are those of the procedure's forms."""
        self.column_ids = [fields.Command.clear()]
        for vals in self._get_missing_columns():
            self.column_ids = [fields.Command.create(vals)]

    def action_add_columns(self):
        """Those that were taken off, and the questions that are new since."""
        self.check_access("write")
        for export in self:
            export._add_columns()

    def action_download(self):
        self.ensure_one()
        self.check_access("read")
        if not self.column_ids:
            raise UserError(self.env._("Choose one column at least."))
        wizard = self.env["procedure.export.wizard"].create(
            {"export_id": self.id, "domain": self.domain}
        )
        return wizard.action_download()

    def _add_columns(self):
        self.env["procedure.export.column"].create(
            [{"export_id": self.id, **vals} for vals in self._get_missing_columns()]
        )

    def _get_missing_columns(self):
        self.ensure_one()
        if not self.procedure_id:
            return []
        present = set(self.column_ids.mapped("key"))
        first = max(self.column_ids.mapped("sequence"), default=0) + 1
        columns = self.env["procedure.request"]._get_export_columns(self.procedure_id)
        return [
            {"key": key, "label": label, "sequence": first + index}
            for index, (key, label) in enumerate(columns)
            if key not in present
        ]

    def _get_domain(self):
        """Of the filter and of the procedure, whatever the filter says."""
        self.ensure_one()
        domain = read_domain(self.env, self.domain)
        return domain & Domain("procedure_id", "=", self.procedure_id.id)


def read_domain(env, text):
    """A written filter of requests, as data: nothing in it is executed.

    :raise ValidationError: it is not one
    """
    try:
        domain = Domain(ast.literal_eval(text or "[]"))
        domain.validate(env["procedure.request"])
    except (ValueError, TypeError, KeyError, SyntaxError, MemoryError, RecursionError) as error:
        raise ValidationError(env._("This filter cannot be read.")) from error
    return domain
