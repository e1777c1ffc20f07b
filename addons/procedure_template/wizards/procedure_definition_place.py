from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProcedureDefinitionPlace(models.TransientModel):
    """A thing of the place that a file names (a service, a list, a calendar), and what takes its
    place here."""

    _name = "procedure.definition.place"
    _description = "Thing of the place, in a file"

    wizard_id = fields.Many2one("procedure.new.wizard", ondelete="cascade")
    # Its name alone: who prepares procedures reads no table of models.
    model = fields.Char(required=True, readonly=True)
    kind = fields.Char(string="What it is", compute="_compute_kind")
    code = fields.Char(required=True, readonly=True)
    where = fields.Char(string="Named by", readonly=True)
    record = fields.Reference(
        selection="_get_models",
        string="Here",
        help="What takes its place. Empty: it is left out.",
    )

    @api.depends("model")
    def _compute_kind(self):
        kinds = dict(self._get_models())
        for place in self:
            place.kind = kinds.get(place.model, place.model)

    @api.constrains("record")
    def _check_record(self):
        for place in self:
            if place.record and place.record._name != place.model:
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is of the kind “%(kind)s”: choose another one of that kind.",
                        code=place.code,
                        kind=place.kind,
                    )
                )

    @api.model
    def _get_models(self):
        names = self.env["procedure.definition"]._get_place_models()
        models_sudo = self.env["ir.model"].sudo()
        return [(name, models_sudo._get(name).name) for name in names]

    def _get_choices(self):
        """Dict (model, code in the file) -> code here; none for what is left out."""
        Definition = self.env["procedure.definition"]
        return {
            (place.model, place.code): place.record[Definition._get_key_column(place.model)]
            if place.record
            else None
            for place in self
        }
