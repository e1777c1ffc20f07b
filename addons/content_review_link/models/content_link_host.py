from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.address import read_host


class ContentLinkHost(models.Model):
    """A site that we may ask whether the links to it still answer: no other is ever asked."""

    _name = "content.link.host"
    _description = "Site whose links are checked"
    _order = "name"

    name = fields.Char(
        "Site", required=True, help="www.exemple.fr: this name only, without “https://”."
    )

    _name_uniq = models.Constraint("UNIQUE(name)", "This site is in the list already.")

    @api.constrains("name")
    def _check_name(self):
        for host in self:
            if read_host(host.name) != host.name:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is not the name of a site. Write it like www.exemple.fr, "
                        "without “https://” nor what follows.",
                        name=host.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    @api.model
    def _clean(self, vals):
        """Capitals and spaces are nobody's mistake."""
        if not vals.get("name"):
            return vals
        return {**vals, "name": read_host(vals["name"]) or vals["name"]}
