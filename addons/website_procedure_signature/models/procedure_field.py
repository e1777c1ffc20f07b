from odoo import models

SETTINGS = ("signature_keys", "signature_days", "signature_role", "signature_commitment")


class ProcedureField(models.Model):
    """The settings of a signature, in the builder."""

    _inherit = "procedure.field"

    def _get_builder_values(self):
        values = super()._get_builder_values()
        if self._is_signature():
            values.update({name: self[name] or "" for name in SETTINGS})
        return values

    def _get_builder_field(self):
        """What may be ticked: each answer of the form, but what tells where one lives."""
        values = super()._get_builder_field()
        if self._is_signature():
            kind = self._get_type()
            values["signature_choices"] = [
                {"code": field.key, "label": field.label or field.key}
                for field in self.version_id.field_ids.sorted()
                if field._may_be_signed() and not (kind.is_discreet and field._is_private())
            ]
            roles = self._fields["signature_role"]._description_selection(self.env)
            values["signature_roles"] = [{"code": code, "label": label} for code, label in roles]
        return values

    def _get_builder_snapshot_names(self):
        return {*super()._get_builder_snapshot_names(), *SETTINGS}

    def _get_setting_labels(self):
        labels = super()._get_setting_labels()
        if self._is_signature():
            described = self.fields_get(SETTINGS, ["string"])
            labels.update({name: described[name]["string"] for name in SETTINGS})
        return labels

    def _rename_key(self, key):
        """The signatures of this answer follow it."""
        former = self.key
        result = super()._rename_key(key)
        for field in self.version_id.field_ids.filtered("signature_keys"):
            keys = [key if each == former else each for each in field.signature_keys.split(",")]
            field.signature_keys = ",".join(keys)
        return result
