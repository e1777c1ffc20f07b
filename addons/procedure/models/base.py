from odoo import api, models
from odoo.exceptions import UserError


class Base(models.AbstractModel):
    _inherit = "base"

    @api.ondelete(at_uninstall=True)
    def _unlink_except_answered(self):
        """What an answer designates stays as long as it does, whatever its model and whoever
        deletes it: what a foreign key says, for an answer that points to any model."""
        if not self or self._name not in self.env["procedure.field.types"]._get_linked_models():
            return
        answers_sudo = self.env["procedure.answer"].sudo()
        if linked := answers_sudo._filter_linked(self):
            raise UserError(
                self.env._(
                    "%(name)s cannot be deleted: the answers of a request name it.",
                    name=linked[0].display_name,
                )
            )
