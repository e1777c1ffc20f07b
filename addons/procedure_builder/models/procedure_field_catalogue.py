from odoo import api, models

# Settings that every field has; the others are named by its type.
COMMON = ("label", "help", "required", "conditions")
LENGTH = ("length", "pattern")
# The tests that a condition may make on an answer.
ANSWERED = ("set", "not set")
EXACT = ("=", "!=", *ANSWERED)
CHOICE = ("=", "!=", "in", *ANSWERED)
ORDERED = ("=", "!=", "<", "<=", ">", ">=", *ANSWERED)
YES = ("=", *ANSWERED)

# Type: group of the palette, icon, settings of its own, tests. In the order of the palette.
TYPES = {
    "char": ("text", "fa-font", (*LENGTH, "prefill"), EXACT),
    "text": ("text", "fa-align-left", LENGTH, ANSWERED),
    "email": ("text", "fa-at", ("prefill",), EXACT),
    "phone": ("text", "fa-phone", ("prefill",), EXACT),
    "iban": ("text", "fa-university", (), ANSWERED),
    "selection": ("choice", "fa-dot-circle-o", ("choices",), CHOICE),
    "multi_selection": ("choice", "fa-check-square-o", ("choices",), CHOICE),
    "boolean": ("choice", "fa-toggle-on", (), YES),
    "consent": ("choice", "fa-check", (), YES),
    "weekly_grid": ("choice", "fa-th", ("choices", "grid"), ANSWERED),
    "integer": ("number", "fa-hashtag", ("range", "prefill"), ORDERED),
    "date": ("number", "fa-calendar", ("date_limit", "prefill"), ORDERED),
    "computed": ("number", "fa-calculator", ("formula",), ORDERED),
    "address": ("people", "fa-map-marker", ("local", "prefill"), EXACT),
    "commune": ("people", "fa-map-o", ("prefill",), EXACT),
    "persons": ("people", "fa-users", (), ANSWERED),
    "children": ("people", "fa-child", (), ANSWERED),
    "dwelling": ("people", "fa-home", (), ANSWERED),
    "school": ("people", "fa-graduation-cap", (), ANSWERED),
    "siret": ("people", "fa-industry", (), ANSWERED),
    "rna": ("people", "fa-handshake-o", (), ANSWERED),
    "file": ("document", "fa-paperclip", ("file",), ANSWERED),
    "page": ("layout", "fa-file-o", (), ()),
    "section": ("layout", "fa-header", (), ()),
    "information": ("layout", "fa-info-circle", (), ()),
    "link": ("layout", "fa-external-link", ("url",), ()),
    "block": ("layout", "fa-clone", ("rows",), ANSWERED),
}


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

        An addon that brings a type of field adds its own.
        """
        explanations = self._get_builder_explanations()
        known = dict(self._fields["type"]._description_selection(self.env))
        return {
            code: {
                "group": group,
                "icon": icon,
                "label": known[code],
                "explanation": explanations[code],
                "settings": [*COMMON, *settings],
                "operators": list(operators),
            }
            for code, (group, icon, settings, operators) in TYPES.items()
        }

    @api.model
    def _get_builder_explanations(self):
        return {
            "char": self.env._("A few words, on one line"),
            "text": self.env._("A longer answer, on several lines"),
            "email": self.env._("An e-mail address, checked"),
            "phone": self.env._("A phone number, checked"),
            "iban": self.env._("The number of a bank account, checked"),
            "selection": self.env._("One answer in a list"),
            "multi_selection": self.env._("Several answers in a list"),
            "boolean": self.env._("A question answered by yes or no"),
            "consent": self.env._("A box to tick: “I certify”, “I agree”"),
            "weekly_grid": self.env._("Days to tick for each service: canteen, after-school care"),
            "integer": self.env._("A whole number"),
            "date": self.env._("A day"),
            "computed": self.env._("A result worked out from other answers; nobody types it"),
            "address": self.env._("Street, postcode and commune"),
            "commune": self.env._("A commune of the territory"),
            "persons": self.env._("People of the applicant's household, to tick"),
            "children": self.env._("Children for whom the applicant may act, to tick"),
            "dwelling": self.env._("One of the applicant's homes"),
            "school": self.env._("A school of the territory"),
            "siret": self.env._("The number of a company, 14 digits, checked"),
            "rna": self.env._("The number of an association: W and 9 digits"),
            "file": self.env._("A document or a photo to add"),
            "page": self.env._("Starts a new screen of the form"),
            "section": self.env._("A title above several questions"),
            "information": self.env._("A text to read; there is nothing to answer"),
            "link": self.env._("A link to a page or a document"),
            "block": self.env._("Questions asked several times: for each child, each vehicle"),
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
