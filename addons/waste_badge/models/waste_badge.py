from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_tell


class WasteBadge(models.Model):
    """A badge or a key of the recycling centre. It names no person: an address and a request."""

    _name = "waste.badge"
    _description = "Badge of the recycling centre"
    _order = "date_issued desc, id desc"
    _rec_name = "number"

    number = fields.Char(required=True, index=True)
    service_id = fields.Many2one(
        "territory.service",
        "Waste service",
        required=True,
        index=True,
        default=lambda self: self._default_service_id(),
    )
    dwelling_id = fields.Many2one("territory.dwelling", "Address", index="btree_not_null")
    commune_id = fields.Many2one(related="dwelling_id.commune_id", store=True, index=True)
    request_id = fields.Many2one("procedure.request", index="btree_not_null")
    state = fields.Selection(
        [("live", "Live"), ("blocked", "Blocked"), ("returned", "Given back")],
        required=True,
        default="live",
        index=True,
    )
    date_issued = fields.Date("Given on", required=True, default=lambda self: clock.today())
    date_ended = fields.Date("Blocked or given back on")
    replaced_by_id = fields.Many2one("waste.badge", "Replaced by", index="btree_not_null")

    _live_uniq = models.UniqueIndex(
        "(number) WHERE state = 'live'", "Another live badge has this number."
    )
    _request_uniq = models.UniqueIndex(
        "(request_id) WHERE request_id IS NOT NULL", "This request already has its badge."
    )
    _ended_dated = models.Constraint(
        "CHECK((state = 'live') = (date_ended IS NULL))",
        "A badge that is no longer live says since when.",
    )

    @api.model
    def _default_service_id(self):
        services_sudo = self.env.user.sudo().territory_service_ids
        return services_sudo.filtered("reads_dwelling")[:1].id

    @api.model_create_multi
    def create(self, vals_list):
        badges = super().create(
            [{**vals, "number": tidy(vals.get("number"))} for vals in vals_list]
        )
        badges._check_links()
        return badges

    def write(self, vals):
        if "number" in vals:
            vals = {**vals, "number": tidy(vals["number"])}
        result = super().write(vals)
        if {"dwelling_id", "request_id"} & set(vals):
            self._check_links()
        return result

    def _check_links(self):
        """The name of a many2one says an address to whoever writes its number."""
        if not self.env.su:
            self.dwelling_id.check_access("read")
            self.request_id.check_access("read")

    def action_block(self):
        """Lost or stolen: it opens the gate no more."""
        self._end("blocked")

    def action_give_back(self):
        self._end("returned")

    def _end(self, state):
        """Who reads a badge ends it: agents of its service, managers. Never live again."""
        self.check_access("read")
        lock_or_tell(self)
        self.invalidate_recordset(["state"])
        if any(badge.state != "live" for badge in self):
            raise UserError(self.env._("Choose badges that are live."))
        self.sudo().write({"state": state, "date_ended": clock.today()})
        # Its number is free: a badge that takes it is inserted before what is not written yet.
        self.flush_recordset()

    @api.model
    def _find_live(self, number):
        number = tidy(number)
        return self.search([("number", "=", number), ("state", "=", "live")]) if number else self


def tidy(number):
    """As it is engraved, however it is typed: “b 00-12 ” -> “B00-12”."""
    return "".join((number or "").split()).upper()
