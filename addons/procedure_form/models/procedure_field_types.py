from odoo import api, models

from ..field_types import OWN_TYPES, UnknownType


class ProcedureFieldTypes(models.AbstractModel):
    """The types of questions of this database: what an addon that is not installed here brings
    is not among them, even when the process has loaded it."""

    _name = "procedure.field.types"
    _description = "Types of questions"

    @api.model
    def _get_types(self):
        """Each type of question: dict code -> instance of `FieldType`, in the order of the list.

        Whenever a form is read, in any mode: no database. Extended, with `super()`, by the addon
        that brings a type; the instance is made once, beside its class.
        """
        return dict(OWN_TYPES)

    @api.model
    def _get_type(self, code):
        """The type of this code; of an addon that is gone, what its answers are read by."""
        return self._get_types().get(code) or UnknownType(code)

    @api.model
    def _get_linked_models(self):
        """Names of the models of the records that answers designate."""
        return {each.model for each in self._get_types().values() if each.model}

    @api.model
    def _get_labels(self):
        """(code, label) of each, as a selection."""
        return [(code, self.env._(each.label)) for code, each in self._get_types().items()]
