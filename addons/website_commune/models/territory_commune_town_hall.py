from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.territory_base.models.territory_commune import of_town_hall


class TerritoryCommuneTownHall(models.AbstractModel):
    """What a commune says of its town hall: its service has it, the commune's proposals write it.

    The page reads it of the commune: that of a proposal shows what is proposed.
    """

    _name = "territory.commune.town.hall"
    _description = "Town hall of a commune, as its page tells it"

    opening_note = fields.Text(
        "Remark on the hours",
        compute="_compute_opening_note",
        help="What the hours of a week do not say, in your own words.",
    )
    week_opening_ids = fields.One2many(
        "territory.opening", string="Opening hours of a week", compute="_compute_week_openings"
    )
    exception_ids = fields.One2many(
        "territory.opening", string="Closed, or open otherwise", compute="_compute_exceptions"
    )

    @of_town_hall("opening_note")
    def _compute_opening_note(self):
        for commune in self:
            commune.opening_note = commune.town_hall_id.opening_note

    @of_town_hall("opening_ids.weekday")
    def _compute_week_openings(self):
        for commune in self:
            openings = commune.town_hall_id.opening_ids
            commune.week_opening_ids = openings.filtered("weekday")

    @of_town_hall("opening_ids.date_start")
    def _compute_exceptions(self):
        for commune in self:
            openings = commune.town_hall_id.opening_ids
            commune.exception_ids = openings.filtered("date_start")

    # ------------------------------------------------------------
    # What the page tells
    # ------------------------------------------------------------

    def _get_openings(self):
        return self.week_opening_ids | self.exception_ids

    def _get_opening_state(self):
        """Whether the town hall is open now; of a proposal, by the hours that it proposes."""
        self.ensure_one()
        town_hall = self.town_hall_id
        if self.id:
            return town_hall._get_opening_state()
        return self.env["territory.opening"]._read_opening_state(
            self._get_openings()._get_clock_rows(),
            fields.Datetime.now(),
            town_hall._is_feminine(),
        )

    # ------------------------------------------------------------
    # Which service is the town hall
    # ------------------------------------------------------------

    @api.model
    def _read_town_halls(self):
        """{commune: what its town hall lends it}, of those of the territory"""
        communes = self.env["territory.commune"].search([("active", "=", True)])
        return {
            commune: {
                name: self.env["content.revision"]._serialize(commune, name, options)
                for name, options in communes._get_lent_fields().items()
            }
            for commune in communes
        }

    @api.model
    @contextmanager
    def _keeping_town_halls(self):
        """What is written inside chooses the town hall of a commune: its page, that nobody read
        again, must tell the same. Routes of core that catch the refusal keep nothing.

        :raise AccessError: a page tells another thing, outside a publication
        """
        Service_sudo = self.env["territory.service"].sudo()
        if Service_sudo._is_publishing():
            yield
            return
        before_sudo = self.sudo()._read_town_halls()
        with self.env.cr.savepoint():
            yield
            # The order of several is read again.
            self.env.flush_all()
            self.env.invalidate_all()
            for commune, details in self.sudo()._read_town_halls().items():
                told = before_sudo.get(commune) or dict.fromkeys(details)
                if any((told[name] or False) != (details[name] or False) for name in details):
                    raise AccessError(
                        self.env._(
                            "The page of %(commune)s would tell another town hall. Its details "
                            "change by a proposal on that page; which service is its town hall, "
                            "by the file of the services.",
                            commune=commune.name,
                        )
                    )

    # ------------------------------------------------------------
    # A proposal changes it: content_approval
    # ------------------------------------------------------------

    @api.model
    def _get_lent_fields(self):
        """{name: options} of the fields that the service of the town hall lends to its commune."""
        section = self.env._("The town hall")
        hours = {"hour_from": {"widget": "hours"}, "hour_to": {"widget": "hours"}}
        return {
            "street": {"label": self.env._("Street of the town hall"), "section": section},
            "phone": {"label": self.env._("Telephone"), "widget": "tel", "section": section},
            "email": {"label": self.env._("E-mail"), "widget": "email", "section": section},
            "week_opening_ids": {
                "label": self.env._("Opening hours of a week"),
                "week": True,
                "section": section,
                "lines": ["weekday", "hour_from", "hour_to", "note"],
                "columns": hours,
            },
            "exception_ids": {
                "label": self.env._("Closed, or open otherwise"),
                "help": self.env._(
                    "Bridge, leave: one line for each. Without hours, it is closed on these days."
                ),
                "section": section,
                "lines": ["date_start", "date_end", "hour_from", "hour_to", "note"],
                "columns": hours,
            },
            "opening_note": {
                "label": self.env._("Remark on the hours"),
                "help": self.env._("What the hours do not say: “ring at the door of the garden”."),
                "section": section,
            },
        }

    @api.model
    def _check_approval_values(self, values):
        wrong = super()._check_approval_values(values)
        if values.get("email") and not email_normalize(values["email"]):
            wrong["email"] = self.env._("Write an address like mairie@exemple.fr.")
        if values.get("phone") and sum(each.isdigit() for each in values["phone"]) < 4:
            wrong["phone"] = self.env._("Write a telephone number, like 03 29 00 00 00.")
        faults = {
            "week_opening_ids": self._get_week_fault(values.get("week_opening_ids") or []),
            "exception_ids": self._get_exception_fault(values.get("exception_ids") or []),
        }
        return {**wrong, **{name: words for name, words in faults.items() if words}}

    @api.model
    def _get_week_fault(self, rows):
        if not all(row.get("weekday") for row in rows):
            return self.env._("Choose the day of each line.")
        if not all(row["hour_from"] < row["hour_to"] <= 24 for row in rows):
            return self.env._("Write an hour of opening, then a later hour of closing.")
        return ""

    @api.model
    def _get_exception_fault(self, rows):
        if not all(row.get("date_start") for row in rows):
            return self.env._("Write the first day of each line.")
        if any(row["date_end"] and row["date_end"] < row["date_start"] for row in rows):
            return self.env._("The last day comes after the first one.")
        if not all(row["hour_from"] <= row["hour_to"] <= 24 for row in rows):
            return self.env._("Write an hour of opening, then a later hour of closing.")
        return ""

    def _apply_approval_values(self, values):
        """The service of the town hall gets what is its own. A town hall of two communes is one
        place: the page of the other one has a new version too."""
        lent = {name: values[name] for name in self._get_lent_fields() if name in values}
        super()._apply_approval_values({k: v for k, v in values.items() if k not in lent})
        if not lent:
            return
        town_hall = self.town_hall_id
        if not town_hall:
            raise UserError(
                self.env._(
                    "%(commune)s has no town hall among the services: ask the intercommunality to "
                    "add it, your text is kept.",
                    commune=self.name,
                )
            )
        town_hall.write(lent)
        for other in town_hall.commune_ids - self:
            if other.town_hall_id == town_hall:
                other._publish_as(self.name, {}, other.is_online)
