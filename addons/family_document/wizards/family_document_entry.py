import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class FamilyDocumentEntry(models.TransientModel):
    """A paper that came at the counter or by letter: of the parent, as if she had given it."""

    _name = "family.document.entry"
    _description = "Paper of a parent, typed by the staff"
    _names_what_is_read = True

    parent_id = fields.Many2one("res.partner", "Given by", required=True, readonly=True)
    kind_id = fields.Many2one("family.document.kind", "Paper", required=True)
    about = fields.Selection(related="kind_id.about")
    validity = fields.Selection(related="kind_id.validity")
    child_ids = fields.Many2many("res.partner", string="For whom")
    date_end = fields.Date("Valid until", help="As it is written on the paper.")
    file = fields.Binary(required=True, attachment=False)
    name = fields.Char("Name of the file")

    @api.constrains("parent_id")
    def _check_parent_id(self):
        self.parent_id.sudo(False)._check_file_read_by_user()

    @api.model
    def _open_for(self, parent):
        """The window, for all her children whose file the user reads.

        :raise AccessError: the user does not read the file of this parent
        """
        parent._check_file_read_by_user()
        children = parent._children_i_may_act_for()
        read = children.filtered(lambda child: child._is_file_read_by_user())
        if not read:
            raise UserError(
                self.env._("No child of %(name)s is known: declare one first.", name=parent.name)
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A paper of %(name)s", name=parent.name),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_parent_id": parent.id, "default_child_ids": read.ids},
        }

    def action_give(self):
        """It passes the checks of what is given on the site, and waits for its own."""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        checked = self.env["public.guard"]._check_upload(self.name or "papier", content)
        self.env["family.document"]._give(
            self.parent_id, self.kind_id, self.child_ids, checked, date_end=self.date_end
        )
