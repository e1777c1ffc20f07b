from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.territory_base import clock


class WasteContainerMove(models.Model):
    """One stop of the round: a bin to deliver at an address or to take back from it."""

    _name = "waste.container.move"
    _description = "Delivery or collection of a bin"
    _order = "date_planned, commune_id, dwelling_id, id"

    container_id = fields.Many2one(
        "waste.container", "Bin", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("deliver", "Deliver"), ("take_back", "Take back")], required=True, default="deliver"
    )
    dwelling_id = fields.Many2one("territory.dwelling", "Address", required=True, index=True)
    commune_id = fields.Many2one(related="dwelling_id.commune_id", store=True, index=True)
    service_id = fields.Many2one(related="container_id.service_id", store=True, index=True)
    volume = fields.Integer(related="container_id.volume")
    request_id = fields.Many2one("procedure.request", index="btree_not_null")
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="todo",
        index=True,
    )
    date_planned = fields.Date("Planned on", index="btree_not_null")
    date_done = fields.Date("Done on", index="btree_not_null")
    contact_name = fields.Char("Contact", compute="_compute_contact")
    contact_phone = fields.Char("Phone", compute="_compute_contact")

    _request_uniq = models.UniqueIndex(
        "(request_id, kind) WHERE request_id IS NOT NULL AND state != 'cancelled'",
        "This request already has such a delivery or collection.",
    )
    _done_dated = models.Constraint(
        "CHECK(state != 'done' OR date_done IS NOT NULL)",
        "A delivery or a collection that is done has a date.",
    )

    @api.depends("kind", "container_id.number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for move in self:
            move.display_name = f"{kinds.get(move.kind, '')} {move.container_id.number or ''}"

    @api.depends("request_id")
    def _compute_contact(self):
        for move in self:
            move.contact_name = move.request_id.applicant_name
            move.contact_phone = move.request_id.applicant_phone

    def action_done(self):
        """Done today."""
        self._finish(clock.today())

    def _plan(self, day):
        """Put on the round of this day, and tell the applicants."""
        self._check_todo()
        day = fields.Date.to_date(day)
        moves_sudo = self.sudo().filtered(lambda move: move.date_planned != day)
        moves_sudo.date_planned = day
        for request_sudo in moves_sudo.request_id:
            request_sudo._set_container_stage("planned")
            request_sudo._tell_container_day(
                moves_sudo.filtered(lambda move, request=request_sudo: move.request_id == request)
            )

    def _finish(self, day):
        """The bin changed hands: from this day the household has it, or no longer has it."""
        self._check_todo()
        if day > clock.today():
            raise UserError(self.env._("A delivery or a collection cannot be done in the future."))
        for move_sudo in self.sudo():
            move_sudo.write({"state": "done", "date_done": day})
            move_sudo.container_id.write(move_sudo._prepare_container_values(day))
        for request_sudo in self.sudo().request_id:
            if "todo" not in request_sudo.container_move_ids.mapped("state"):
                request_sudo._set_container_stage("done")

    def _cancel(self):
        """The decision is looked at again before the lorry left: a reserved bin is free."""
        for move in self.filtered(lambda move: move.state == "todo"):
            move.state = "cancelled"
            if move.kind == "deliver":
                move.container_id.write(
                    {"state": "stock", "dwelling_id": False, "request_id": False}
                )

    def _check_todo(self):
        """Who reads a stop of the round handles it: agents of its service, managers."""
        self.check_access("read")
        if any(move.state != "todo" for move in self):
            raise UserError(self.env._("Choose deliveries and collections that are still to do."))

    def _get_day_sentence(self):
        self.ensure_one()
        values = {
            "number": self.container_id.number,
            "volume": self.volume,
            "day": format_date(self.env, self.date_planned),
            "address": self.dwelling_id.display_name,
        }
        if self.kind == "deliver":
            return self.env._(
                "Your %(volume)s-litre bin (no. %(number)s) will be delivered on %(day)s: "
                "%(address)s.",
                **values,
            )
        sentence = self.env._(
            "We will take back the bin no. %(number)s on %(day)s: %(address)s. "
            "Please leave it empty at the edge of the road.",
            **values,
        )
        fee = self.request_id.procedure_id.dirty_fee
        if not fee:
            return sentence
        dirty = self.env._("A bin given back dirty is billed €%(fee)s.", fee=fee)
        return f"{sentence} {dirty}"

    def _get_answer(self, key):
        return (self.request_id.answers or {}).get(key)

    def _prepare_container_values(self, day):
        self.ensure_one()
        if self.kind == "deliver":
            return {"state": "delivered", "date_delivered": day, "date_returned": False}
        broken = self.request_id.waste_request == "broken"
        return {
            "state": "broken" if broken else "returned",
            "date_returned": day,
            "dwelling_id": False,
        }
