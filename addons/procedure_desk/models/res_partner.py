from odoo import api, models

# History, followers and notifications go with the person.
FOLLOWING = ("mail.", "bus.", "discuss.", "res.partner")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_entered_alone(self):
        """Children that the staff typed for a request and that nothing else names: no parent
        declared them, no household, no other request. In superuser mode."""
        alone = self.filtered(
            lambda person: (
                person.kind == "person"
                and not person.declarant_id
                and not person.with_context(active_test=False).user_ids
            )
        )
        for model, name in self._get_naming_fields():
            if alone:
                rows = self.env[model].with_context(active_test=False)
                alone -= rows.search([(name, "in", alone.ids)])[name]
        return alone - self.env["procedure.answer"]._filter_linked(alone)

    @api.model
    def _get_naming_fields(self):
        """Return the (model, field) of every stored link to a person: what a new addon keeps of
        her counts without a word from it. Left out: her own sheet, and what only follows her."""
        return [
            (name, field.name)
            for name, model in self.env.registry.items()
            if model._auto and not model._transient and not name.startswith(FOLLOWING)
            for field in model._fields.values()
            if field.store
            and field.type in ("many2one", "many2many")
            and field.comodel_name == "res.partner"
        ]
