from odoo import fields, models

from odoo.addons.procedure import engine


class ProcedureFieldCondition(models.Model):
    _inherit = "procedure.field.condition"

    def _get_builder_words(self):
        """This condition as it is read: “Kind of dwelling” is “Main home”."""
        self.ensure_one()
        other = self.field_id.version_id.field_ids.filtered(lambda field: field.key == self.key)[:1]
        words = self.env["procedure.field"]._get_builder_operators().get(self.operator, "")
        question = self.env._("“%s”", other.label or other.key or self.key)
        if self.operator in ("set", "not set"):
            return f"{question} {words}"
        values = [value.strip() for value in (self.value or "").split(",") if value.strip()]
        shown = ", ".join(self.env._("“%s”", self._get_value_words(other, each)) for each in values)
        return f"{question} {words} {shown or '…'}"

    def _get_value_words(self, other, value):
        match other.type:
            case "selection" | "multi_selection":
                labels = {option.value: option.label for option in other.option_ids}
                return labels.get(value, value)
            case "boolean" | "consent":
                yes = value.lower() in engine.TRUE_VALUES
                return self.env._("Yes") if yes else self.env._("No")
            case "commune" | "address":
                commune = self.env["territory.commune"]._find_by_insee(value)
                return commune.name or value
            case "date":
                try:
                    return fields.Date.to_date(value).strftime("%d/%m/%Y")
                except ValueError:
                    return value
        return value
