from odoo import models

from odoo.addons.procedure_form.engine.formula import rename_key, rename_value


class ProcedureField(models.Model):
    _inherit = "procedure.field"

    def _rename_key(self, key):
        """The prices of a question follow its key."""
        former = self.key
        result = super()._rename_key(key)
        for tariff in self.version_id.tariff_ids:
            names = [key if each == former else each for each in (tariff.key or "").split(".")]
            if tariff.key and ".".join(names) != tariff.key:
                tariff.key = ".".join(names)
            if tariff.when_key == former:
                tariff.when_key = key
            if tariff.formula:
                tariff.formula = rename_key(tariff.formula, former, key)
        return result

    def _rename_value(self, former, value):
        """The prices of a choice follow it."""
        result = super()._rename_value(former, value)
        for tariff in self.version_id.tariff_ids:
            if (tariff.key or "").rpartition(".")[2] == self.key and tariff.value == former:
                tariff.value = value
            if tariff.when_key == self.key and tariff.when_value:
                values = [each.strip() for each in tariff.when_value.split(",")]
                tariff.when_value = ",".join(value if each == former else each for each in values)
            if tariff.formula:
                tariff.formula = rename_value(tariff.formula, self.key, former, value)
        return result
