from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache


class ContentType(models.Model):
    """What the staff decides for one kind of content. The addon that brings it makes the row."""

    _name = "content.type"
    _description = "Kind of content"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    model = fields.Char(required=True, readonly=True, help="Technical name of its records.")
    sequence = fields.Integer(default=10)
    allow_urgent = fields.Boolean(
        "Urgent changes",
        help="A secretary may publish an urgent change of her commune's content at once. It is "
        "logged, and a reader is told to read it afterwards.",
    )
    allow_urgent_new = fields.Boolean(
        "Urgent new pages",
        help="A secretary may publish an urgent new page of her commune at once. It is logged, and "
        "a reader is told to read it afterwards: it is right, or leaves the site.",
    )
    reading_days = fields.Integer(
        default=2, help="How many days a reading usually takes: told to those who propose."
    )
    charter = fields.Text(translate=True, help="What may be published, told to those who propose.")

    _model_uniq = models.Constraint("UNIQUE(model)", "This kind of content exists already.")
    _days_valid = models.Constraint("CHECK(reading_days > 0)", "A reading takes one day at least.")

    @api.constrains("model")
    def _check_model(self):
        mixin = self.env.registry["content.approval.mixin"]
        for content_type in self:
            model = self.env.registry.get(content_type.model)
            if model is None or not issubclass(model, mixin):
                raise ValidationError(
                    self.env._("“%(model)s” is no content.", model=content_type.model)
                )

    @api.model
    @ormcache("model")
    def _get_id(self, model):
        return self.sudo().search([("model", "=", model)], limit=1).id

    @api.model
    def _get_of(self, model):
        """The kind of this model, in superuser mode: names and delays are for everybody."""
        return self.sudo().browse(self._get_id(model))

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Its model is the addon's: with another one, its revisions would be those of nothing."""
        if any(vals.get("model", each.model) != each.model for each in self):
            raise UserError(self.env._("What a kind of content is does not change."))
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
