from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import bank_holidays, clock

from ..tools.shifts import SUNDAY, propose_shifts


class WasteHolidayProposal(models.TransientModel):
    """The public holidays of a year, each with what the lorries do; nothing is written before."""

    _name = "waste.holiday.proposal"
    _inherit = "waste.service.mixin"
    _description = "Public holidays of a year"

    year = fields.Integer(required=True, default=lambda self: self._default_year())
    operation = fields.Selection(
        [
            ("week", "This day and the rest of its week, each a day later"),
            ("next", "This day only, a day later"),
            ("none", "No collection"),
            ("keep", "As usual"),
        ],
        "On a public holiday",
        required=True,
        default="week",
    )
    line_ids = fields.One2many(
        "waste.holiday.proposal.line",
        "proposal_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _default_year(self):
        """Calendars are printed in autumn."""
        today = clock.today()
        return today.year + (today.month >= 9)

    @api.depends("year", "operation")
    def _compute_line_ids(self):
        """Nobody collects on Sundays: those holidays change nothing."""
        for proposal in self:
            known = 2000 <= (proposal.year or 0) <= 2100
            proposal.line_ids = [fields.Command.clear()] + [
                fields.Command.create({"date": day, "name": name, "operation": proposal.operation})
                for day, name in (bank_holidays.list_days(proposal.year) if known else [])
                if day.weekday() != SUNDAY
            ]

    def action_apply(self):
        """Write them; a day that already has its row keeps it."""
        self.ensure_one()
        Shift = self.env["waste.round.shift"]
        Shift.check_access("create")
        if not 2000 <= self.year <= 2100:
            raise UserError(self.env._("Write a year, such as 2027."))
        proposed = self._prepare_shifts()
        known = Shift.search(
            [
                ("service_id", "=", self.service_id.id),
                ("waste_kind", "=", False),
                ("date", "in", list(proposed)),
            ]
        )
        for shift in known:
            del proposed[shift.date]
        Shift.create(list(proposed.values()))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "waste_round.waste_round_shift_action"
        )
        return {
            **action,
            "domain": [("date", ">=", f"{self.year}-01-01"), ("date", "<=", f"{self.year}-12-31")],
        }

    def _prepare_shifts(self):
        """Dict of a day -> values of its row, in the order of the year: the first one to speak of
        a day is heard."""
        around = (self.year, self.year + 1)
        off = {day for year in around for day, _name in bank_holidays.list_days(year)}
        off -= set(self.line_ids.filtered(lambda line: line.operation == "keep").mapped("date"))
        proposed = {}
        for line in self.line_ids.sorted("date"):
            if line.operation == "keep":
                continue
            for day, moved in propose_shifts(line.date, line.operation, off):
                proposed.setdefault(
                    day,
                    {
                        "name": line.name,
                        "service_id": self.service_id.id,
                        "date": day,
                        "operation": "move" if moved else "none",
                        "date_moved": moved,
                    },
                )
        return proposed
