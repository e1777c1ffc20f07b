from odoo import api, models


class ProcedureVersionPart(models.AbstractModel):
    """What a form is made of: changed as long as its version is a draft, never afterwards."""

    _name = "procedure.version.part"
    _description = "Part of a form"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._get_versions()._check_not_frozen()
        return parts

    def write(self, vals):
        self._get_versions()._check_not_frozen()
        result = super().write(vals)
        # Nor does it move into a version that is published.
        self._get_versions()._check_not_frozen()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._get_versions()._check_not_frozen()

    def _get_versions(self):
        return self.version_id
