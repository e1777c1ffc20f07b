from odoo import models


class ProcedureFieldCondition(models.Model):
    _inherit = "procedure.field.condition"

    def _get_builder_rows(self):
        return [
            {
                "key": condition.key,
                "operator": condition.operator,
                "value": condition.value or "",
            }
            for condition in self
        ]

    def _get_builder_words(self):
        """This condition as it is read: “Kind of dwelling” is “Main home”."""
        self.ensure_one()
        other = self.field_id.version_id.field_ids.filtered(lambda field: field.key == self.key)[:1]
        values = [value.strip() for value in (self.value or "").split(",") if value.strip()]
        params = {
            "question": (other.label or other.key or self.key).rstrip("\xa0 ?:"),
            # Between the quotes of the sentence.
            "answer": self.env._("” or “").join(
                self._get_value_words(other, value) for value in values
            )
            or "…",
        }
        sentences = {
            "=": self.env._("“%(question)s” is “%(answer)s”", **params),
            "!=": self.env._("“%(question)s” is not “%(answer)s”", **params),
            "in": self.env._("“%(question)s” is “%(answer)s”", **params),
            "<": self.env._("“%(question)s” is below “%(answer)s”", **params),
            "<=": self.env._("“%(question)s” is at most “%(answer)s”", **params),
            ">": self.env._("“%(question)s” is above “%(answer)s”", **params),
            ">=": self.env._("“%(question)s” is at least “%(answer)s”", **params),
            "set": self.env._("“%(question)s” is answered", **params),
            "not set": self.env._("“%(question)s” is not answered", **params),
        }
        return sentences[self.operator]

    def _get_value_words(self, other, value):
        return other._get_type().get_value_words(other, value)
