from odoo import api, fields, models
from odoo.exceptions import UserError


class HouseholdChangeLine(models.Model):
    _name = "household.change.line"
    _description = "Line of a proposed change"
    _order = "change_id, id"

    change_id = fields.Many2one(
        "household.change", required=True, index=True, readonly=True, ondelete="cascade"
    )
    person_id = fields.Many2one("res.partner", readonly=True, index=True, ondelete="cascade")
    field_key = fields.Char(required=True, readonly=True)
    label = fields.Char(compute="_compute_label")
    old_text = fields.Char("Before", readonly=True)
    new_text = fields.Char("After", readonly=True)
    new_value = fields.Json(readonly=True)
    date_from = fields.Date("From", compute="_compute_date_from")
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
    )
    reason = fields.Text(readonly=True)

    @api.depends("field_key")
    @api.depends_context("lang")
    def _compute_label(self):
        labels = {
            "address": self.env._("Address"),
            "arrival": self.env._("Arrival in the household"),
            "departure": self.env._("Departure from the household"),
        }
        Partner = self.env["res.partner"]
        for line in self:
            key = line.field_key
            line.label = labels.get(key) or Partner._fields[key]._description_string(self.env)

    @api.depends("new_value")
    def _compute_date_from(self):
        """The day that was typed: accepting applies the change as of that day."""
        for line in self:
            value = line.new_value
            day = value.get("date") if isinstance(value, dict) else False
            line.date_from = fields.Date.to_date(day)

    def action_accept(self):
        self._check_proposed()
        for line_sudo in self.sudo():
            line_sudo._apply()
        self.sudo().write({"state": "accepted"})
        self.sudo().change_id._close_if_decided()

    def action_refuse(self, reason):
        self._check_proposed()
        if not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why."))
        self.sudo().write({"state": "refused", "reason": reason})
        self.sudo().change_id._close_if_decided()

    def _check_proposed(self):
        self.sudo().change_id.sudo(self.env.su)._check_decider()
        if any(line_sudo.state != "proposed" for line_sudo in self.sudo()):
            raise UserError(self.env._("A colleague already decided on this line."))

    def _apply(self):
        """In superuser mode, after the check. The value is typed, not the text shown."""
        self.ensure_one()
        household, value = self.change_id.household_id, self.new_value
        if self.field_key == "address":
            self._apply_address(household, value)
        elif self.field_key == "arrival":
            self._apply_arrival(household, value)
        elif self.field_key == "departure":
            self._apply_departure(household, value)
        else:
            self.person_id.write({self.field_key: value})

    def _apply_address(self, household, value):
        commune = self.env["territory.commune"].browse(value["commune_id"])
        dwelling = self.env["territory.dwelling"]._find_or_create(
            value["street"], value["street2"], commune
        )
        household._occupy(dwelling, fields.Date.to_date(value["date"]))

    def _apply_arrival(self, household, value):
        requester = self.change_id.requester_id
        values = dict(value)
        role = values.pop("role")
        if role == "child":
            requester._declare_child(values)
            return
        person = self.env["res.partner"].create(
            {**values, "kind": "person", "declarant_id": requester.id}
        )
        self.env["household.membership"].create(
            {"household_id": household.id, "person_id": person.id, "role": role}
        )

    def _apply_departure(self, household, value):
        day = fields.Date.to_date(value["date"])
        membership = self.env["household.membership"].search(
            [
                ("household_id", "=", household.id),
                ("person_id", "=", self.person_id.id),
                ("date_end", "=", False),
            ]
        )
        membership.date_end = max(membership.date_start or day, day)
