from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class SchoolPupilKept(models.AbstractModel):
    """How long the row of a pupil is kept, and who reads the child until then."""

    _name = "school.pupil.kept"
    _inherit = "privacy.retention.mixin"
    _description = "Row of a pupil, as long as it is kept"

    # Of a town hall, it says where the parent who asked lives: the other one does not read it.
    service_id = fields.Many2one(
        "territory.service",
        "Registered by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="It goes on reading the file of the child as long as this row is kept.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.child_id._refresh_reader_services()
        return rows

    def write(self, vals):
        children = self.child_id
        result = super().write(vals)
        if vals.keys() & {"child_id", "service_id"}:
            (children | self.child_id)._refresh_reader_services()
        return result

    def unlink(self):
        children = self.child_id
        result = super().unlink()
        children.exists()._refresh_reader_services()
        return result

    @api.model
    def _find_service_sudo(self, child_sudo):
        """The service that registers this child: that of the user which reads its file; of a
        manager without service, the one that reads it."""
        readers_sudo = child_sudo.reader_service_ids.filtered("reads_family_file")
        own_sudo = self.env.user.sudo().territory_service_ids
        return (readers_sudo & own_sudo or readers_sudo)[:1]

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    def _get_last_day(self):
        """Of the child in this school that year."""
        self.ensure_one()
        return self.date_left or self.year_id.date_end

    @api.model
    def _get_retention_domain(self, rule, day=None):
        if day is None:
            return Domain.TRUE
        before = day - relativedelta(months=rule.months)
        return Domain("date_left", "<", before) | Domain("year_id.date_end", "<", before)

    def _get_retention_dues(self, rule):
        """The years of a child go together: after its last day in a school of the territory."""
        years = self.search([("child_id", "in", self.child_id.ids)]).grouped("child_id")
        months = relativedelta(months=rule.months)
        last = {child: max(row._get_last_day() for row in rows) for child, rows in years.items()}
        return {row: last[row.child_id] + months for row in self}

    def _get_retention_kind(self):
        return self._description

    def _get_retention_label(self):
        self.ensure_one()
        return self.certificate or ""

    def _get_retention_service(self):
        return self.service_id

    def _end_retention(self, rule):
        child = self.child_id
        self.unlink()
        child._end_schooling()
