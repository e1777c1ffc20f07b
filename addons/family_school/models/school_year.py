from odoo import api, fields, models
from odoo.tools import SQL


class SchoolYear(models.Model):
    """From the day when pupils come back to the last day before the summer holidays' end."""

    _name = "school.year"
    _description = "School year"
    _order = "date_start desc"

    name = fields.Char(required=True, help="For example: 2026-2027.")
    date_start = fields.Date("First day", required=True)
    date_end = fields.Date("Last day", required=True)
    registration_start = fields.Date("Registrations from")
    registration_end = fields.Date("Registrations until")
    last_certificate = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _name_uniq = models.Constraint("UNIQUE(name)", "Another year has this name.")
    _dates_valid = models.Constraint(
        "CHECK(date_end > date_start)", "A year cannot end before it starts."
    )
    _registration_valid = models.Constraint(
        "CHECK(registration_end IS NULL OR registration_start IS NULL "
        "OR registration_end >= registration_start)",
        "Registrations cannot end before they start.",
    )
    _apart = models.Constraint(
        "EXCLUDE USING gist (daterange(date_start, date_end, '[]') WITH &&)",
        "Two school years have a day in common.",
    )

    @api.model
    def _find(self, day):
        """The year of this day; nothing between two years."""
        return self.search([("date_start", "<=", day), ("date_end", ">=", day)], limit=1)

    @api.model
    def _find_registering(self, day):
        """The year for which one registers: this one, or the next where its registrations have
        begun; between two years, the next."""
        opened = self.search(
            [("registration_start", "<=", day), ("date_end", ">=", day)],
            order="date_start desc",
            limit=1,
        )
        return (
            opened
            or self._find(day)
            or self.search([("date_start", ">", day)], order="date_start", limit=1)
        )

    def _get_next(self):
        """The year that follows; empty when nobody has entered it yet."""
        self.ensure_one()
        return self.search([("date_start", ">", self.date_end)], order="date_start", limit=1)

    def _is_registration_open(self, day):
        """Dates that are not told close nothing."""
        self.ensure_one()
        return (not self.registration_start or self.registration_start <= day) and (
            not self.registration_end or day <= self.registration_end
        )

    def _make_certificate(self):
        """“2026-2027/0012”: the next one of this year, in superuser mode. Who comes second waits
        for the first one. A number that was committed is never given again: it may be on paper."""
        self.ensure_one()
        query = SQL(
            "UPDATE school_year SET last_certificate = COALESCE(last_certificate, 0) + 1 "
            "WHERE id = %s RETURNING last_certificate",
            self.id,
        )
        self.env.cr.execute(query, log_exceptions=False)
        (number,) = self.env.cr.fetchone()
        self.invalidate_recordset(["last_certificate"])
        return f"{self.name}/{number:04}"
