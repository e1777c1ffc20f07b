import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.territory_base import clock

# A number of the family allowance fund; longer ones are those of the social security, which is
# never asked (décret 2019-341).
NUMBER = re.compile(r"\d{6,8}[A-Z]?")
HIGHEST = 20_000


class FamilyQuotient(models.Model):
    """What the tariff is counted from, as one adult says: of her household, never of the other
    parent's."""

    _name = "family.quotient"
    _description = "Quotient"
    _inherit = ["period.mixin", "privacy.retention.mixin"]
    _order = "person_id, date_start desc, id desc"

    person_id = fields.Many2one(
        "res.partner",
        "Adult",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    fund = fields.Selection([("caf", "CAF"), ("msa", "MSA")])
    number = fields.Char(size=9)
    is_untold = fields.Boolean("Not told", help="The highest tariff applies.")
    quotient = fields.Integer()
    checked_on = fields.Date("Checked on", readonly=True)
    checked_by = fields.Many2one(
        "res.users", "Checked by", readonly=True, ondelete="set null", groups="base.group_user"
    )

    _live_uniq = models.UniqueIndex(
        "(person_id) WHERE date_end IS NULL", "This person has one already."
    )
    _quotient_valid = models.Constraint(
        f"CHECK(is_untold AND quotient = 0 AND number IS NULL OR NOT is_untold AND quotient "
        f"BETWEEN 0 AND {HIGHEST})",
        f"A quotient is a number from 0 to {HIGHEST}, or it is not told.",
    )

    @api.model
    def _say(self, person, values):
        """What this adult says from today on.

        :param values: `fund`, `number`, `quotient`, `date_end` (last day on which it is valid);
            or `is_untold`
        :return: the row that stands
        :raise AccessError, ValidationError:
        """
        if person != self.env.user.partner_id:
            person._check_file_read_by_user()
        elif person.is_minor:
            raise AccessError(self.env._("Only an adult says it."))
        values, errors = self._read_typed(values)
        if errors:
            raise ValidationError(next(iter(errors.values())))
        # Two tabs at once: one goes on, the other finds what it said.
        person.sudo()._meet()
        standing_sudo = self.sudo().search(
            self._current_domain() & Domain("person_id", "=", person.id)
        )
        if len(standing_sudo) == 1 and all(
            standing_sudo[name] == value for name, value in values.items()
        ):
            return standing_sudo.sudo(self.env.su)
        standing_sudo._end_before_today()
        row_sudo = self.sudo().create(
            {**values, "person_id": person.id, "date_start": clock.today()}
        )
        return row_sudo.sudo(self.env.su)

    @api.model
    def _read_typed(self, values):
        """:return: (values of a row, dict field → sentence for whoever types)"""
        if values.get("is_untold"):
            return {
                "is_untold": True,
                "fund": False,
                "number": False,
                "quotient": 0,
                "date_end": False,
            }, {}
        errors = {}
        number = re.sub(r"[\s.-]", "", values.get("number") or "").upper()
        if number and not NUMBER.fullmatch(number):
            errors["number"] = self.env._(
                "The number of the CAF or of the MSA has 6 to 8 figures. Never give your social "
                "security number."
            )
        typed = values.get("quotient")
        quotient = "" if typed is None or typed is False else str(typed).strip()
        if not quotient.isdecimal() or int(quotient) > HIGHEST:
            errors["quotient"] = self.env._(
                "The quotient is a whole number, such as 780. It is on the attestation."
            )
        if values.get("fund") and values["fund"] not in dict(self._fields["fund"].selection):
            errors["fund"] = self.env._("Choose one of the answers proposed.")
        last = fields.Date.to_date(values.get("date_end")) or False
        if last and last < clock.today():
            errors["date_end"] = self.env._("This attestation is over: send the next one.")
        return {
            "is_untold": False,
            "fund": values.get("fund") or False,
            "number": number or False,
            "quotient": int(quotient) if "quotient" not in errors else 0,
            "date_end": last,
        }, errors

    def action_check(self):
        """The attestation was seen."""
        for row_sudo in self.sudo():
            row_sudo.person_id.sudo(self.env.su)._check_file_read_by_user()
            row_sudo.person_id.sudo(self.env.su)._check_not_own(
                self.env._("You cannot check your own quotient.")
            )
        self.sudo().write({"checked_on": clock.today(), "checked_by": self.env.uid})

    def action_uncheck(self):
        """It was another one's, or pressed by mistake."""
        for row_sudo in self.sudo():
            row_sudo.person_id.sudo(self.env.su)._check_file_read_by_user()
        self.sudo().write({"checked_on": False, "checked_by": False})

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    @api.model
    def _get_retention_domain(self, rule, day=None):
        if day is None:
            return Domain("date_end", "!=", False)
        return Domain("date_end", "<", day - relativedelta(months=rule.months))

    def _get_retention_dues(self, rule):
        months = relativedelta(months=rule.months)
        return {row: row.date_end + months for row in self if row.date_end}

    def _get_retention_kind(self):
        return self._description

    def _end_retention(self, rule):
        self.unlink()
