from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.pickups import SHIFT_DAYS_MAX
from .waste_round import KINDS


class WasteRoundShift(models.Model):
    """A day on which the lorries do not pass as usual: a public holiday, snow, works."""

    _name = "waste.round.shift"
    _inherit = "waste.service.mixin"
    _description = "Collection moved or cancelled"
    _order = "date desc, id"

    name = fields.Char("Reason", required=True, help="Told to the public: a public holiday, snow.")
    waste_kind = fields.Selection(KINDS, "Waste", help="Empty: all kinds.")
    date = fields.Date("Usual day", required=True)
    operation = fields.Selection(
        [("move", "Moved to another day"), ("none", "No collection"), ("keep", "As usual")],
        required=True,
        default="move",
    )
    date_moved = fields.Date("Moved to")

    _day_uniq = models.UniqueIndex(
        "(service_id, date, COALESCE(waste_kind, ''))",
        "This day already has its row.",
    )
    _moved_near = models.Constraint(
        f"CHECK(CASE WHEN operation = 'move' THEN date_moved IS NOT NULL AND date_moved != date "
        f"AND ABS(date_moved - date) <= {SHIFT_DAYS_MAX} ELSE date_moved IS NULL END)",
        "A moved collection has its new day, three days away at most; others have none.",
    )

    @api.constrains("date", "date_moved", "operation", "waste_kind", "service_id")
    def _check_somebody_works(self):
        """A collection is not moved to a day on which nobody collects."""
        near = self.search(
            [
                ("service_id", "in", self.service_id.ids),
                (
                    "date",
                    "in",
                    self.filtered("date_moved").mapped("date_moved") + self.mapped("date"),
                ),
                ("operation", "=", "none"),
            ]
        )
        moved = self | self.search(
            [("service_id", "in", self.service_id.ids), ("date_moved", "in", self.mapped("date"))]
        )
        closed = {(row.service_id, row.waste_kind, row.date) for row in near}
        for row in moved.filtered("date_moved"):
            kinds = {row.waste_kind, False} if row.waste_kind else {False}
            if any((row.service_id, kind, row.date_moved) in closed for kind in kinds):
                raise ValidationError(
                    self.env._(
                        "Nobody collects on %(day)s: choose another day for %(usual)s.",
                        day=row.date_moved.strftime("%d/%m/%Y"),
                        usual=row.date.strftime("%d/%m/%Y"),
                    )
                )

    @api.onchange("operation")
    def _onchange_operation(self):
        if self.operation != "move":
            self.date_moved = False

    @api.model
    def _find_shifts(self, rounds, first, last):
        """Of each round, dict of a usual day -> the day it is moved to, or None; one query.

        A row for one kind of waste wins over the row for all.
        """
        margin = timedelta(days=SHIFT_DAYS_MAX)
        rows = self.search_fetch(
            [
                ("service_id", "in", rounds.service_id.ids),
                ("date", ">=", first - margin),
                ("date", "<=", last + margin),
            ],
            ["service_id", "waste_kind", "date", "date_moved", "operation"],
        )
        known = defaultdict(dict)
        for row in rows.sorted(lambda row: bool(row.waste_kind)):
            day = row.date if row.operation == "keep" else row.date_moved or None
            known[row.service_id, row.waste_kind][row.date] = day
        return {
            each: {
                **known[each.service_id, False],
                **known[each.service_id, each.waste_kind],
            }
            for each in rounds
        }
