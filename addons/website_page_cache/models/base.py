from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def modified(self, fnames, create=False, before=False):
        """Called for each change of a record, and of the other side of a many2many."""
        self.env["website.page.cache"]._note_change(self)
        return super().modified(fnames, create=create, before=before)

    def _write_multi(self, vals_list):
        """What is computed and stored is written without further call."""
        self.env["website.page.cache"]._note_change(self)
        return super()._write_multi(vals_list)
