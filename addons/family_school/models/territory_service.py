from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import uai


class TerritoryService(models.Model):
    _inherit = "territory.service"

    uai = fields.Char(
        "UAI", copy=False, help="National number of the school: seven figures and a letter."
    )
    level_ids = fields.Many2many("school.level", string="Levels", help="Empty: all.")
    school_group_id = fields.Many2one(
        "school.group", "Grouped with", index="btree_not_null", ondelete="set null"
    )

    _uai_uniq = models.UniqueIndex("(uai) WHERE uai IS NOT NULL", "Another school has this UAI.")
    _uai_of_school = models.Constraint(
        "CHECK(kind = 'school' OR (uai IS NULL AND school_group_id IS NULL))",
        "Only a school has a UAI, or is grouped with others.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_uai(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_uai(vals))

    @api.model
    def _clean_uai(self, vals):
        return {**vals, "uai": uai.clean(vals["uai"]) or False} if "uai" in vals else vals

    @api.constrains("uai")
    def _check_uai(self):
        for school in self.filtered("uai"):
            if not uai.is_valid(school.uai):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not a UAI: seven figures and their letter, such as "
                        "0750655E.",
                        number=school.uai,
                    )
                )

    def _teaches(self, level):
        """Whether this school has this level; told of no level, it has them all."""
        self.ensure_one()
        return not self.level_ids or level in self.level_ids

    def _find_next_school(self, level):
        """Where a pupil of this school goes for this level: here, else to the only one of those
        that it is grouped with; empty where somebody must choose."""
        self.ensure_one()
        if self._teaches(level):
            return self
        others = self.school_group_id.school_ids.filtered(
            lambda school: school.active and level in school.level_ids
        )
        return others if len(others) == 1 else self.browse()
