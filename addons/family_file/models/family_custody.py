from odoo import api, fields, models

from odoo.addons.territory_base import clock

from ..tools.custody import Custody

RHYTHM_FIELDS = ("rhythm", "alternates_from", "holidays")


class FamilyCustody(models.Model):
    """The weeks of a child with one parent, as this parent says: she books those days alone."""

    _name = "family.custody"
    _description = "Weeks with a parent"
    _inherit = ["family.row.mixin"]
    _order = "child_id, parent_id, date_start desc, id desc"

    rhythm = fields.Selection(
        [
            ("always", "Every week"),
            ("even", "Even weeks"),
            ("odd", "Odd weeks"),
            ("every_other", "A week out of two, from a day on"),
            ("varies", "It varies"),
            ("never", "In the holidays only"),
        ],
        "Weeks",
        required=True,
        default="always",
    )
    alternates_from = fields.Date(
        "From", help="The first day of one of the weeks that the child spends with this parent."
    )
    holidays = fields.Selection(
        [
            ("same", "As the other weeks"),
            ("always", "All of them"),
            ("never", "None of them"),
            ("first_even", "First half in even years, second half in odd years"),
            ("second_even", "Second half in even years, first half in odd years"),
        ],
        "School holidays",
        required=True,
        default="same",
    )

    _live_uniq = models.UniqueIndex(
        "(child_id, parent_id) WHERE date_end IS NULL",
        "This parent has said it already for this child.",
    )
    _from_known = models.Constraint(
        "CHECK((rhythm = 'every_other') = (alternates_from IS NOT NULL))",
        "A week out of two begins on a day.",
    )

    @api.depends("rhythm", "alternates_from")
    def _compute_display_name(self):
        labels = dict(self._fields["rhythm"]._description_selection(self.env))
        for custody in self:
            custody.display_name = labels.get(custody.rhythm, "")

    @api.model
    def _say(self, child, parent, values):
        """What this parent says from today on; the days before stay as they were said.

        :param values: `rhythm`, `alternates_from`, `holidays`
        :return: the row that stands
        :raise AccessError, ValidationError:
        """
        self._check_may_say(child, parent)
        values = self._check_typed(values)
        # Two tabs at once: one goes on, the other finds what it said.
        parent.sudo()._meet()
        standing_sudo = self._find_said(child, parent)
        if standing_sudo and all(standing_sudo[name] == values[name] for name in RHYTHM_FIELDS):
            return standing_sudo.sudo(self.env.su)
        standing_sudo._end_before_today()
        row_sudo = self.sudo().create(
            {
                **values,
                "child_id": child.id,
                "parent_id": parent.id,
                "date_start": clock.today(),
            }
        )
        return row_sudo.sudo(self.env.su)

    @api.model
    def _read_typed(self, values):
        errors = {}
        for name in ("rhythm", "holidays"):
            if values.get(name) not in dict(self._fields[name].selection):
                errors[name] = self.env._("Choose one of the answers proposed.")
        begin = fields.Date.to_date(values.get("alternates_from")) or False
        if values.get("rhythm") != "every_other":
            begin = False
        elif not begin:
            errors["alternates_from"] = self.env._(
                "Give the first day of one of the weeks with you, such as 07/09/2026."
            )
        return {
            "rhythm": values.get("rhythm"),
            "alternates_from": begin,
            "holidays": values.get("holidays"),
        }, errors

    @api.model
    def _find_days(self, child, parent, first, last):
        """Whether the child lives with this parent on each day, by what she said; in superuser
        mode.

        :return: {date: True, False, or None where it is not known: nothing was said, it varies,
            the school holidays are not published yet, she answers for the child no more}
        """
        return self._find_weeks(child, parent, first, last)[child]

    @api.model
    def _find_weeks(self, children, parent, first, last):
        """:return: {child: what `_find_days` says of it}, as many queries as for one child"""
        days = self._list_days(first, last)
        found = {child: dict.fromkeys(days) for child in children}
        domain = [
            ("child_id", "in", (children & parent._children_i_may_act_for()).ids),
            ("parent_id", "=", parent.id),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", first),
        ]
        rows_sudo = self.sudo().search(domain, order="date_start")
        if not rows_sudo:
            return found
        calendar = self.env["territory.calendar"]
        holidays = calendar._list_school_holidays()
        known_from, known_to = calendar._get_known_days()
        for child in children:
            said_sudo = rows_sudo.filtered(lambda row, child=child: row.child_id == child)
            for day in days:
                row_sudo = said_sudo.filtered(
                    lambda row, day=day: (
                        (not row.date_start or row.date_start <= day)
                        and (not row.date_end or day <= row.date_end)
                    )
                )[:1]
                holiday = next(((a, b) for _name, a, b in holidays if a <= day <= b), None)
                is_known = known_from <= day <= known_to or row_sudo.holidays == "same"
                if row_sudo and is_known:
                    found[child][day] = row_sudo._get_rhythm().find(day, holiday)
        return found

    @api.model
    def _list_days(self, first, last):
        return [fields.Date.add(first, days=step) for step in range((last - first).days + 1)]

    def _get_rhythm(self):
        self.ensure_one()
        return Custody(self.rhythm, self.alternates_from or None, self.holidays)
