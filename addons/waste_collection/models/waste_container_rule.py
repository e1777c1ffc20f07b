from odoo import api, fields, models
from odoo.exceptions import ValidationError

UNLIMITED = 2**31 - 1


class WasteContainerRule(models.Model):
    _name = "waste.container.rule"
    _description = "Volume of the bins by dwelling and household size"
    _order = "dwelling_kind, min_persons"

    dwelling_kind = fields.Selection(
        string="Kind of dwelling",
        selection=lambda self: (
            self.env["territory.dwelling"]._fields["kind"]._description_selection(self.env)
        ),
        required=True,
        default="main",
    )
    min_persons = fields.Integer("From (persons)", required=True, default=1)
    max_persons = fields.Integer("To (persons)", help="0: no upper limit.")
    volume = fields.Integer("Volume (litres)", required=True)
    note = fields.Char()

    _min_persons_positive = models.Constraint(
        "CHECK(min_persons >= 1)", "A rule starts at one person or more."
    )
    _range_valid = models.Constraint(
        "CHECK(max_persons = 0 OR max_persons >= min_persons)",
        "The greatest number of persons must be at least the smallest one (0: no limit).",
    )
    _volume_positive = models.Constraint("CHECK(volume > 0)", "A volume is more than 0 litre.")

    @api.depends("dwelling_kind", "min_persons", "max_persons", "volume")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["dwelling_kind"]._description_selection(self.env))
        for rule in self:
            rule.display_name = self.env._(
                "%(kind)s, %(persons)s: %(volume)s L",
                kind=kinds.get(rule.dwelling_kind, ""),
                persons=rule._persons_label(),
                volume=rule.volume,
            )

    @api.constrains("dwelling_kind", "min_persons", "max_persons")
    def _check_overlap(self):
        for rule in self:
            other = self.search(
                [
                    ("id", "!=", rule.id),
                    ("dwelling_kind", "=", rule.dwelling_kind),
                    ("min_persons", "<=", rule.max_persons or UNLIMITED),
                    "|",
                    ("max_persons", "=", 0),
                    ("max_persons", ">=", rule.min_persons),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "The rules “%(rule)s” and “%(other)s” overlap: "
                        "a household must find one volume only.",
                        rule=rule.display_name,
                        other=other.display_name,
                    )
                )

    @api.model
    def _volume_for(self, kind, persons):
        """Litres for a dwelling of this kind and this number of persons; 0 when no rule says."""
        return (
            self.search(
                [
                    ("dwelling_kind", "=", kind),
                    ("min_persons", "<=", persons),
                    "|",
                    ("max_persons", "=", 0),
                    ("max_persons", ">=", persons),
                ],
                limit=1,
            ).volume
            or 0
        )

    def _persons_label(self):
        self.ensure_one()
        if not self.max_persons:
            return self.env._("%(number)s persons or more", number=self.min_persons)
        if self.max_persons > self.min_persons:
            return self.env._(
                "%(first)s to %(last)s persons", first=self.min_persons, last=self.max_persons
            )
        if self.min_persons == 1:
            return self.env._("1 person")
        return self.env._("%(number)s persons", number=self.min_persons)
