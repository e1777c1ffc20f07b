from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.partner_household.tools import split_address
from odoo.addons.territory_base import clock

# From the last to the first: how far a pupil has come.
PROGRESS = ("admitted", "sent", "registered")


class ResPartner(models.Model):
    _inherit = "res.partner"

    school_pupil_ids = fields.One2many(
        "school.pupil", "child_id", "School", groups=fields.NO_ACCESS
    )

    def _get_reader_services(self):
        """The service that registered a pupil, as long as its row is kept: once the request is
        anonymised too."""
        readers = super()._get_reader_services()
        Pupil_sudo = self.env["school.pupil"].sudo()
        named = Domain("child_id", "in", self.ids) & Domain("service_id", "!=", False)
        for child, services in Pupil_sudo._read_group(
            named, ["child_id"], ["service_id:recordset"]
        ):
            readers[child.id] |= services
        return readers

    def _join_child(self, child):
        """The rows of this sheet are of the common one. Registered twice for one year, the child
        keeps the row that came further, with the certificate of the other in words."""
        Pupil = self.env["school.pupil"]
        rows = Pupil.search([("child_id", "=", self.id)])
        living = Pupil._living_domain()
        for row in rows.filtered_domain(living):
            standing = Pupil.search(
                living & Domain("child_id", "=", child.id) & Domain("year_id", "=", row.year_id.id)
            )
            if not standing:
                continue
            kept, gone = (standing | row).sorted(
                lambda each: (PROGRESS.index(each.state), each.date_registered, each.id)
            )
            kept._take_over(gone)
            rows -= gone
        rows.child_id = child
        return super()._join_child(child)

    def _filter_named(self):
        """The rows of a pupil outlive the account of a parent."""
        rows = self.env["school.pupil"].search([("child_id", "in", self.ids)])
        return super()._filter_named() | (self & rows.child_id)

    def _filter_of_others(self, leaving):
        """Who goes to school is not put aside with the account of its only parent: its school and
        the service go on with it."""
        Pupil = self.env["school.pupil"]
        rows = Pupil.search(Pupil._current_domain() & Domain("child_id", "in", self.ids))
        return super()._filter_of_others(leaving) | (self & rows.child_id)

    def _end_schooling(self):
        """The last row of these children went; those for whom nobody answers any more go as sheets
        whose account is closed. In superuser mode."""
        nobody = self.browse()
        alone = self.filtered(lambda child: child.active and not child.declarant_id)
        alone -= alone._filter_named() | alone._filter_of_others(nobody)
        alone.write({"active": False, "account_closed_on": clock.today()})

    def _get_retention_kept(self, rule):
        kept = super()._get_retention_kept(rule)
        rows = self.env["school.pupil"].search([("child_id", "in", self.ids)])
        return kept | dict.fromkeys(
            self & rows.child_id, self.env._("a registration in a school names the child")
        )

    def _find_sector_schools(self, level):
        """The schools of the sector of where this child lives, the most precise first: of each of
        its homes that the user reads."""
        schools = self.env["territory.service"]
        if not self or not level or not self._is_file_read_by_user():
            return schools
        for household_sudo in self._get_current_households():
            household = household_sudo.sudo(self.env.su)
            if not household.has_access("read"):
                continue
            for occupancy_sudo in household_sudo._get_current_occupancies():
                dwelling_sudo = occupancy_sudo.dwelling_id
                number, street = split_address(dwelling_sudo.street)
                schools |= self.env["school.sector"]._find_schools(
                    dwelling_sudo.commune_id, level, street, number
                )
        return schools
