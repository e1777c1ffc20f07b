import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError


class ProcedureCommuneFile(models.Model):
    """A document that a town hall gives to read, such as the rules of its hall. Public."""

    _name = "procedure.commune.file"
    _description = "Document of a commune about a procedure"
    _order = "sequence, id"

    commune_row_id = fields.Many2one(
        "procedure.commune", "Procedure", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("What it is", required=True, help="For instance: Rules of the hall.")
    file = fields.Binary("PDF", attachment=True, required=True)
    size = fields.Integer(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create([{**vals, **self._check_file(vals)} for vals in vals_list])
        files.commune_row_id._check_hall()
        return files

    def write(self, vals):
        if "commune_row_id" in vals:
            self.env["procedure.commune"].browse(vals["commune_row_id"])._check_hall()
        self.commune_row_id._check_hall()
        if vals.get("file"):
            vals = {**vals, **self._check_file(vals)}
        return super().write(vals)

    def unlink(self):
        self.commune_row_id._check_hall()
        return super().unlink()

    @api.model
    def _check_file(self, vals):
        """A PDF, looked at as any file that people send: it is shown to everybody."""
        try:
            content = base64.b64decode(vals.get("file") or b"", validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(self.env._("This file cannot be read.")) from error
        name = f"{vals.get('name') or 'document'}.pdf"
        checked = self.env["public.guard"]._check_upload(name, content, kinds=("pdf",))
        return {"file": base64.b64encode(checked["content"]), "size": checked["size"]}
