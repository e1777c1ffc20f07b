from odoo import models

from odoo.addons.territory_base.tools import put_on_one_line
from odoo.addons.territory_search.document import cut

ANSWER_MAX = 120


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def _tell_first_answer(self, question):
        """What is kept of a question, on one line; empty: nothing yet."""
        self.ensure_one()
        Model, values = self._get_model(), self.sudo().values or {}
        options = Model._get_approval_fields()
        told = []
        for name in question.names:
            field, value = Model._fields[name], values.get(name)
            if not value or name in ("photo_alt", "photo_credit"):
                continue
            if field.type == "one2many":
                told += [self._tell_first_line(field, options[name]["lines"], row) for row in value]
            elif field.type == "binary":
                told.append(self.env._("A photo is chosen"))
            else:
                told.append(self._show(field, value))
        return cut(", ".join(put_on_one_line(each) for each in told if each), ANSWER_MAX)

    def _tell_first_line(self, field, names, row):
        label, text = self._show_line(self.env[field.comodel_name].sudo(), names, row)
        # Of people the names are enough; of days, the hours.
        return label if "name" in names else " ".join(filter(None, (label, text)))
