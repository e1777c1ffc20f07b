from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.partner_household.tools import split_address
from odoo.addons.territory_base import clock

from .school_pupil import COMPULSORY_AGE

YEARS = 3
OLDEST = 12


class SchoolForecast(models.AbstractModel):
    """How many pupils each school may have in each level in the years to come. Counts only: no name
    leaves here, hence it may count children whose file the user does not read."""

    _name = "school.forecast"
    _description = "Forecast of pupils"

    @api.model
    def _count(self, years=YEARS):
        """Pupils go up a level each year. Children of the territory who are in no school come in at
        the usual level of their age, from three on, in the school of the sector of their home.

        :return: Counter of (calendar year, school, level); of a child without any home or sector,
            the school is empty
        :raise AccessError: the user's services read no family file
        """
        self._check_office()
        return self.sudo()._count_all(years)

    @api.model
    def _count_all(self, years):
        """In superuser mode."""
        today = clock.today()
        first = self.env["school.year"]._find(today).date_start or today
        targets = range(first.year + 1, first.year + 1 + years)
        pupils = self._find_last_rows(first.year)
        counts = Counter()
        for pupil in pupils:
            for target in targets:
                level = pupil.level_id
                for _step in range(target - pupil.year_id.date_start.year):
                    level = level.next_id
                if level:
                    school = pupil.school_id._find_next_school(level)
                    counts[target, school, level] += 1
        counts.update(self._count_newcomers(pupils.child_id, targets))
        return counts

    @api.model
    def _find_last_rows(self, first_year):
        """The last living row of each child, of this year or a later one."""
        Pupil = self.env["school.pupil"]
        day = fields.Date.to_date(f"{first_year}-01-01")
        rows = Pupil.search(Pupil._living_domain() & Domain("year_id.date_start", ">=", day))
        last = {}
        for row in rows.sorted(lambda row: row.year_id.date_start):
            last[row.child_id] = row
        return Pupil.browse([row.id for row in last.values()])

    @api.model
    def _count_newcomers(self, known, targets):
        born_after = fields.Date.to_date(f"{targets[0] - OLDEST}-01-01")
        children = self.env["res.partner"].search(
            Domain("kind", "=", "person")
            & Domain("birthdate", ">=", born_after)
            & Domain("id", "not in", known.ids)
        )
        homes = self._find_homes(children)
        levels = {level.age: level for level in self.env["school.level"].search([("age", ">", 0)])}
        Sector, Service = self.env["school.sector"], self.env["territory.service"]
        schools, counts = {}, Counter()
        for child in children:
            for target in targets:
                age = target - child.birthdate.year
                level = levels.get(age)
                if not level or age < COMPULSORY_AGE:
                    continue
                school = Service
                for home in homes.get(child.id, ()):
                    if (*home, level) not in schools:
                        commune, street, number = home
                        found = Sector._find_schools(commune, level, street, number)
                        schools[*home, level] = found[:1]
                    school = school or schools[*home, level]
                counts[target, school, level] += 1
        return counts

    @api.model
    def _find_homes(self, children):
        """:return: {child id: [(commune, street, number)]}, in three queries"""
        Membership, Occupancy = self.env["household.membership"], self.env["dwelling.occupancy"]
        members = Membership.search(
            Membership._current_domain() & Domain("person_id", "in", children.ids),
            order="date_start desc, id desc",
        )
        occupancies = Occupancy.search(
            Occupancy._current_domain() & Domain("occupant_id", "in", members.household_id.ids),
            order="date_start desc, id desc",
        ).grouped("occupant_id")
        homes = {}
        for member in members:
            for occupancy in occupancies.get(member.household_id, ()):
                dwelling = occupancy.dwelling_id
                number, street = split_address(dwelling.street)
                home = (dwelling.commune_id, street, number)
                homes.setdefault(member.person_id.id, []).append(home)
        return homes

    @api.model
    def _get_workbook(self):
        """A sheet per year: schools, and how many pupils in each level."""
        counts = self._count()
        levels = self.env["school.level"].search([("code", "!=", False)])
        headers = [self.env._("School"), *levels.mapped("name"), self.env._("Total")]
        sheets = []
        for year in sorted({year for year, _school, _level in counts}):
            schools = {school for target, school, _level in counts if target == year}
            rows = []
            for school in sorted(schools, key=lambda each: (not each, each.name or "")):
                numbers = [counts[year, school, level.sudo()] for level in levels]
                name = school.name or self.env._("Without sector")
                rows.append([name, *numbers, sum(numbers)])
            sheets.append((self.env._("Start of %(year)s", year=year), headers, rows))
        return self.env["public.guard"]._xlsx(
            sheets or [(self.env._("Forecast of pupils"), headers, [])]
        )

    @api.model
    def _check_office(self):
        user = self.env.user
        if self.env.su or user.has_group("territory_base.territory_group_manager"):
            return
        services_sudo = user.sudo().territory_service_ids
        if not user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        ) or not any(services_sudo.mapped("reads_family_file")):
            raise AccessError(self.env._("Only a service that reads family files may do this."))
