from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_base import clock


class FamilyRowMixin(models.AbstractModel):
    """What one parent says about a child: hers, and of no other parent.

    The access files let nobody write: the methods that do check who asks (`_check_may_say`).
    """

    _name = "family.row.mixin"
    _description = "What one parent says about a child"
    _inherit = ["period.mixin", "privacy.retention.mixin"]

    child_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    parent_id = fields.Many2one(
        "res.partner",
        "Said by",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )

    stands = fields.Boolean(
        compute="_compute_stands",
        search="_search_stands",
        help="It holds today, and whoever said it answers for the child today.",
    )

    @api.depends("is_current", "child_id", "parent_id")
    def _compute_stands(self):
        standing = self.search(Domain("id", "in", self.ids) & self._get_standing_domain())
        for row in self:
            row.stands = row in standing

    @api.model
    def _search_stands(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        standing = self._get_standing_domain()
        return standing if True in value else ~standing

    @api.model
    def _get_standing_domain(self):
        """What a parent said falls with her authority: contested, withdrawn, over, or the child
        of age."""
        # PostgreSQL compares with the rows that it has.
        self.flush_model(["child_id", "parent_id"])
        self.env["parental.authority"].flush_model()
        self.env["res.partner"].flush_model(["birthdate"])
        today = clock.today()
        held = SQL(
            """(
                SELECT said.id
                FROM %(table)s said
                JOIN parental_authority held
                    ON held.child_id = said.child_id AND held.holder_id = said.parent_id
                JOIN res_partner child ON child.id = said.child_id
                WHERE held.grants_access
                    AND (held.date_start IS NULL OR held.date_start <= %(today)s)
                    AND (held.date_end IS NULL OR held.date_end >= %(today)s)
                    AND child.birthdate > %(born)s
            )""",
            table=SQL.identifier(self._table),
            today=today,
            born=fields.Date.subtract(today, years=18),
        )
        return self._current_domain() & Domain("id", "in", held)

    @api.model
    def _check_may_say(self, child, parent):
        """The parent herself, or a member of the staff who reads both files and types for her.

        :raise AccessError: she has no authority over this child today, or it is not her who asks
        """
        if parent != self.env.user.partner_id:
            (child | parent)._check_file_read_by_user()
            self.env["privacy.consent"]._check_not_other_parent(child, parent)
        if not child._is_child_accessible_by(parent):
            raise AccessError(self.env._("You cannot say anything about this child."))

    def _check_may_withdraw(self):
        """She who said it; the staff also when she answers for the child no more.

        :raise AccessError:
        """
        own = self.env.user.partner_id
        for row_sudo in self.sudo():
            child, parent = (
                each.sudo(self.env.su) for each in (row_sudo.child_id, row_sudo.parent_id)
            )
            if parent == own:
                self._check_may_say(child, parent)
            else:
                child._check_file_read_by_user()
                self.env["privacy.consent"]._check_not_other_parent(child, parent)

    @api.model
    def _read_typed(self, values):
        """What is kept of what was typed, and what is wrong with it.

        :return: (values of a row, dict field → sentence for whoever types)
        """
        raise NotImplementedError

    @api.model
    def _check_typed(self, values):
        """:raise ValidationError: with the first thing that is wrong"""
        kept, errors = self._read_typed(values)
        if errors:
            raise ValidationError(next(iter(errors.values())))
        return kept

    @api.model
    def _find_said(self, child, parent):
        """What stands today, in superuser mode."""
        domain = Domain("child_id", "=", child.id) & Domain("parent_id", "=", parent.id)
        return self.sudo().search(self._get_standing_domain() & domain)

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    @api.model
    def _get_retention_domain(self, rule, day=None):
        ended = self._get_ended_domain()
        of_age = Domain("child_id.birthdate", "!=", False)
        if day is None:
            return ended | of_age
        before = day - relativedelta(months=rule.months)
        return self._get_ended_domain(before) | Domain(
            "child_id.birthdate", "<", fields.Date.subtract(before, years=18)
        )

    @api.model
    def _get_ended_domain(self, before=None):
        """Those that ended, before this day when there is one."""
        return Domain("date_end", "<", before) if before else Domain("date_end", "!=", False)

    def _get_end(self):
        """The last day on which it says something; nothing while nobody knows."""
        born = self.child_id.birthdate
        days = [self.date_end, born and fields.Date.add(born, years=18)]
        return min(filter(None, days), default=None)

    def _get_retention_dues(self, rule):
        ends = {row: row._get_end() for row in self}
        months = relativedelta(months=rule.months)
        return {row: end + months for row, end in ends.items() if end}

    def _get_retention_kind(self):
        return self._description

    def _end_retention(self, rule):
        self.unlink()
