from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.territory_base import clock


class SchoolClass(models.Model):
    _name = "school.class"
    _inherit = "territory.owner.mixin"
    _description = "Class"
    _order = "year_id desc, school_id, name, id"
    _owner_fields = ("school_id",)

    name = fields.Char(required=True, help="As the school says it: CE1-CE2, Mme Martin.")
    year_id = fields.Many2one(
        "school.year",
        "School year",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["school.year"]._find_registering(clock.today()),
    )
    school_id = fields.Many2one(
        "territory.service",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "school")],
    )
    level_ids = fields.Many2many("school.level", string="Levels", required=True)
    places = fields.Integer(help="0: not told. More pupils than places is told, never refused.")
    pupil_count = fields.Integer("Pupils", compute="_compute_pupil_count")

    _name_uniq = models.Constraint(
        "UNIQUE(year_id, school_id, name)", "This school already has this class that year."
    )
    _places_valid = models.Constraint("CHECK(places BETWEEN 0 AND 60)", "Up to 60 places.")

    @api.depends_context("uid")
    def _compute_pupil_count(self):
        """Of those that the user reads."""
        living = self.env["school.pupil"]._living_domain()
        counts = {}
        if self.env["school.pupil"].has_access("read"):
            counts = dict(
                self.env["school.pupil"]._read_group(
                    living & fields.Domain("class_id", "in", self.ids), ["class_id"], ["__count"]
                )
            )
        for each in self:
            each.pupil_count = counts.get(each, 0)

    @api.constrains("level_ids", "school_id")
    def _check_levels(self):
        for each in self:
            if not each.level_ids:
                raise ValidationError(self.env._("A class has one level at least."))
            if each.school_id.kind != "school":
                raise ValidationError(
                    self.env._("%(name)s is no school.", name=each.school_id.name)
                )
            missing = each.level_ids.filtered(
                lambda level, school=each.school_id: not school._teaches(level)
            )
            if missing:
                raise ValidationError(
                    self.env._(
                        "%(school)s does not have: %(levels)s.",
                        school=each.school_id.name,
                        levels=", ".join(missing.mapped("name")),
                    )
                )

    @api.constrains("year_id", "school_id", "level_ids")
    def _check_pupils(self):
        """Its pupils stay of its year, its school and one of its levels."""
        for pupil_sudo in self.env["school.pupil"].sudo().search([("class_id", "in", self.ids)]):
            each = pupil_sudo.class_id
            if (pupil_sudo.year_id, pupil_sudo.school_id) != (
                each.year_id,
                each.school_id,
            ) or pupil_sudo.level_id not in each.level_ids:
                raise ValidationError(
                    self.env._(
                        "%(name)s has pupils already: move them before you change its year, its "
                        "school or one of their levels.",
                        name=each.name,
                    )
                )
