from odoo import api, fields, models

# Drawings of ours, in static/src/img, shown where a sheet has no photo.
DRAWINGS = [
    ("artisan", "Workshop"),
    ("association", "Hall with bunting"),
    ("commerce", "Shop"),
    ("ecole", "School"),
    ("equipement", "Hall and pitch"),
    ("logement", "Street of houses"),
    ("marche", "Market"),
    ("patrimoine", "Wash-house"),
    ("producteur", "Orchard"),
    ("sante", "Health centre"),
    ("service", "Public house"),
    ("zone", "Business park"),
]


class DirectoryCategory(models.Model):
    _name = "directory.category"
    _description = "Category of the directory"
    _order = "sequence, id"
    _parent_store = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable: it is written in addresses and in files.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("directory.category", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("directory.category", "parent_id", "Finer categories")
    icon = fields.Char(help="Name of the drawing shown beside the name.")
    drawing = fields.Selection(DRAWINGS, help="Empty: that of the category above.")
    schema_type = fields.Char(
        "Type for search engines", help="Of schema.org. Empty: that of the category above."
    )
    facet_ids = fields.Many2many("directory.facet", string="What places offer")
    hint_ids = fields.One2many(
        "directory.category.hint", "category_id", "Questions of a sheet", copy=True
    )

    lines = fields.Text(
        "Presentation to complete",
        translate=True,
        help="Beginnings, one in each line: “When we meet: ”. A new sheet shows them, what nobody "
        "completes goes. Empty: those of the category above.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")

    def _get_path(self):
        """From the widest category to this one."""
        self.ensure_one()
        above = self.parent_id._get_path() if self.parent_id else self.browse()
        return above + self

    def _get_inherited(self, name):
        """The value of this category, else of the nearest above."""
        for category in reversed(self._get_path()):
            if category[name]:
                return category[name]
        return False

    def _get_drawing_url(self):
        # A sheet that is only begun has no category.
        drawing = (self and self._get_inherited("drawing")) or "service"
        return f"/website_directory/static/src/img/{drawing}.svg"

    def _get_lines(self):
        """Of the presentation of a new sheet, each to be completed."""
        lines = (self and self._get_inherited("lines")) or ""
        return [line.strip() for line in lines.splitlines() if line.strip()]

    def _get_hints(self):
        """What a new sheet is asked, {field: words}: those of the finest category win."""
        return {hint.field: hint.name for hint in self._get_path().hint_ids}

    @api.model
    def _get_roots(self):
        return self.search([("parent_id", "=", False)])
