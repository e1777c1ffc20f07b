from odoo import api, fields, models

from odoo.addons.territory_base import clock


class SchoolRegistration(models.TransientModel):
    """A child is registered at the counter: the school of its sector is proposed first."""

    _name = "school.registration"
    _description = "Registration of a child"

    child_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        domain=[("kind", "=", "person"), ("is_minor", "=", True)],
    )
    year_id = fields.Many2one(
        "school.year",
        "School year",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["school.year"]._find_registering(clock.today()),
    )
    level_id = fields.Many2one(
        "school.level",
        required=True,
        compute="_compute_level_id",
        store=True,
        precompute=True,
        compute_sudo=False,
        readonly=False,
        ondelete="cascade",
    )
    sector_school_ids = fields.Many2many(
        "territory.service", string="Of the sector", compute="_compute_sector_school_ids"
    )
    school_id = fields.Many2one(
        "territory.service",
        required=True,
        domain=[("kind", "=", "school")],
        compute="_compute_school_id",
        store=True,
        precompute=True,
        compute_sudo=False,
        readonly=False,
        ondelete="cascade",
    )
    warning = fields.Char(compute="_compute_warning")

    @api.depends("child_id", "year_id")
    def _compute_level_id(self):
        Pupil, Level = self.env["school.pupil"], self.env["school.level"]
        for each in self:
            born = each.child_id.birthdate
            each.level_id = (
                Level._get_usual(Pupil._get_age(born, each.year_id))
                if born and each.year_id
                else Level
            )

    @api.depends("child_id", "level_id")
    def _compute_sector_school_ids(self):
        """By the homes of the child that the user reads; none is shown."""
        for each in self:
            child, level = each.child_id._origin, each.level_id._origin
            each.sector_school_ids = child._find_sector_schools(level)

    @api.depends("sector_school_ids")
    def _compute_school_id(self):
        for each in self:
            each.school_id = each.sector_school_ids._origin[:1]

    @api.depends("child_id", "year_id", "level_id")
    def _compute_warning(self):
        for each in self:
            each.warning = self.env["school.pupil"]._get_age_warning(
                each.child_id.birthdate, each.year_id, each.level_id
            )

    def action_register(self):
        self.ensure_one()
        pupil = self.env["school.pupil"]._register_child(
            self.child_id, self.school_id, self.year_id, self.level_id
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "school.pupil",
            "res_id": pupil.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
