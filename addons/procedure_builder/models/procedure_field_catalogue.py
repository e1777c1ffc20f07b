from odoo import api, models

# Settings that every field has; the others are named by its type.
COMMON = ("label", "help", "required", "require_conditions", "may_follow", "conditions")
# Facts of its class that the screen reads.
TOLD = (
    "condition_input",
    "holds",
    "in_block",
    "is_day",
    "is_number",
    "is_place",
    "is_typed",
    "starts",
    "widget",
)
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
        settings that the panel shows, the tests that a condition may make on its answer, and what
        its class says of it (`procedure_form/field_types/base.py`).

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
                "choices": [
                    {"value": value, "label": label}
                    for value, label in asked.get_condition_choices(self.env).items()
                ],
                "words_label": self.env._(asked.words_label),
                "help_label": self.env._(asked.help_label),
                "record_settings": self._get_builder_record_settings(asked),
                **{name: getattr(asked, name) for name in TOLD},
            }
            for asked in ordered
        }

    @api.model
    def _get_builder_record_settings(self, asked):
        """The settings of a type that name a record: name, label, what may be chosen."""
        return [
            {
                "name": name,
                "label": self.env._(label),
                "options": [
                    {"code": "", "label": self.env._("Choose…")},
                    *(
                        {"code": str(record.id), "label": record.display_name}
                        for record in self.env[self._fields[name].comodel_name].search([])
                    ),
                ],
            }
            for name, label in asked.record_settings.items()
        ]

    @api.model
    def _get_builder_prefills(self):
        """Where a first answer may come from, by type: list of code, name, origin."""
        labels = dict(self._fields["prefill"]._description_selection(self.env))
        account = self.env._("the applicant's account")
        home = self.env._("the home recorded for the applicant")
        household = self.env._("the applicant's household")
        child = self.env._("the child for whom it is done")
        origins = {
            **dict.fromkeys(("firstname", "lastname", "email", "phone", "birthdate"), account),
            **dict.fromkeys(("street", "address", "commune"), home),
            "household_size": household,
            **dict.fromkeys(("child_firstname", "child_lastname", "child_birthdate"), child),
            **{
                source: self.env._("the organisation for which it is done")
                for source in labels
                if source.startswith("organisation_")
            },
        }
        return {
            code: [
                {"code": source, "label": labels[source], "origin": origins.get(source, account)}
                for source in asked.prefills
                if source in labels
            ]
            for code, asked in self.env["procedure.field.types"]._get_types().items()
            if asked.prefills
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
        joined = self._join_conditions(self.condition_ids, self.condition_join)
        return self.env._("Shown if %(conditions)s", conditions=joined) if joined else ""

    def _get_require_sentence(self):
        """When this field is required, in words; empty when it always or never is."""
        self.ensure_one()
        joined = not self.required and self._join_conditions(self.require_ids, self.require_join)
        return self.env._("Required if %(conditions)s", conditions=joined) if joined else ""

    def _join_conditions(self, conditions, join):
        glue = self.env._(" or ") if join == "any" else self.env._(" and ")
        return glue.join(condition._get_builder_words() for condition in conditions)
