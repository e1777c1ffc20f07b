from odoo import api, models

# Settings that every field has; the others are named by its type.
COMMON = ("label", "help", "required", "conditions")
# The order of the palette.
GROUPS = ("text", "choice", "number", "people", "document", "layout")


class ProcedureFieldCatalogue(models.AbstractModel):
    _name = "procedure.field.catalogue"
    _description = "Form field: what the builder offers"

    @api.model
    def _get_builder_groups(self):
        return [
            {"code": "text", "label": self.env._("Text")},
            {"code": "choice", "label": self.env._("Choices")},
            {"code": "number", "label": self.env._("Dates and numbers")},
            {"code": "people", "label": self.env._("People and places")},
            {"code": "document", "label": self.env._("Documents")},
            {"code": "layout", "label": self.env._("Layout")},
        ]

    @api.model
    def _get_builder_types(self):
        """What may be added to a form: dict type -> group, name, one line that explains it, the
        settings that the panel shows, the tests that a condition may make on its answer.

        In the order of the groups, then as the types come.
        """
        types = self.env["procedure.field.types"]._get_types().values()
        ordered = sorted(types, key=lambda each: (GROUPS.index(each.group), each.sequence))
        return {
            asked.code: {
                "group": asked.group,
                "icon": asked.icon,
                "label": self.env._(asked.label),
                "explanation": self.env._(asked.explanation),
                "settings": [*COMMON, *asked.settings],
                "operators": list(asked.operators),
            }
            for asked in ordered
        }

    @api.model
    def _get_builder_prefills(self):
        """Where a first answer may come from, by type: list of code, name, origin."""
        labels = dict(self._fields["prefill"]._description_selection(self.env))
        account = self.env._("the applicant's account")
        home = self.env._("the home recorded for the applicant")
        household = self.env._("the applicant's household")
        child = self.env._("the child for whom it is done")
        by_type = {
            "char": {
                "firstname": account,
                "lastname": account,
                "street": home,
                "child_firstname": child,
                "child_lastname": child,
            },
            "email": {"email": account},
            "phone": {"phone": account},
            "date": {"birthdate": account, "child_birthdate": child},
            "address": {"address": home},
            "commune": {"commune": home},
            "integer": {"household_size": household},
        }
        return {
            field_type: [
                {"code": code, "label": labels[code], "origin": origin}
                for code, origin in sources.items()
                if code in labels
            ]
            for field_type, sources in by_type.items()
        }

    @api.model
    def _get_builder_operators(self):
        """The tests of a condition, as they are read before its values."""
        operator = self.env["procedure.field.condition"]._fields["operator"]
        return {
            **dict(operator._description_selection(self.env)),
            "in": self.env._("is one of"),
        }

    @api.model
    def _get_builder_days(self):
        return [{"code": str(day), "label": name} for day, name in self._get_day_names().items()]

    def _get_condition_sentence(self):
        """When this field is shown, in words; empty when it always is."""
        self.ensure_one()
        parts = [condition._get_builder_words() for condition in self.condition_ids]
        joined = (self.env._(" or ") if self.condition_join == "any" else self.env._(" and ")).join(
            parts
        )
        return self.env._("Shown if %(conditions)s", conditions=joined) if parts else ""
