from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock

OPENED = ("arrival", "other_premises", "move")
LEFT = ("departure", "move")
# The address is left with another bin or with none. A broken or stolen one is replaced there by
# a bin of its volume: who lives there loses nothing.
LEAVING = ("size_change", *LEFT)


class ProcedureRequestDwelling(models.AbstractModel):
    """Who lives at the address of a bin, and what the request changes of it."""

    _name = "procedure.request.dwelling"
    _description = "Dwelling of a bin request"

    # ------------------------------------------------------------
    # A bin leaves an address
    # ------------------------------------------------------------

    def _filtered_stranger(self):
        """Those by which a bin would leave an address where nobody knows that its household, or
        its organisation, lives today. Without account nobody is known."""
        leaving_sudo = self.sudo().filtered(
            lambda request: request.waste_request in LEAVING and not request.no_container_back
        )
        Occupancy_sudo = self.env["dwelling.occupancy"].sudo()
        domain = Domain("dwelling_id", "in", leaving_sudo.dwelling_id.ids)
        homes = {
            (occupancy.dwelling_id, occupancy.occupant_id)
            for occupancy in Occupancy_sudo.search(
                domain & Occupancy_sudo._current_domain()
            )._filtered_trusted()
        }
        strangers_sudo = leaving_sudo.filtered(
            lambda request: (request.dwelling_id, request._get_occupant()) not in homes
        )
        return self.browse(strangers_sudo.ids)

    def _get_occupant(self):
        self.ensure_one()
        return self.acting_for_id or self.household_id

    def _get_stranger_sentence(self):
        return self.env._(
            "The applicant is not known at this address, and its bin would leave: check who "
            "lives there"
        )

    def _get_leaving_problems(self):
        if not self._filtered_stranger() or (self.sudo().leaving_reason or "").strip():
            return []
        return [
            self.env._(
                "The applicant is not known at this address: say why the bin may leave it, for "
                "example “lease shown at the counter”."
            )
        ]

    def _log_leaving(self):
        """The agent's reason, in the history and for the staff only."""
        if self._filtered_stranger():
            self._message_log(
                body=self.env._(
                    "The applicant is not known at this address. The bin leaves it because: "
                    "%(reason)s",
                    reason=self.sudo().leaving_reason.strip(),
                )
            )

    # ------------------------------------------------------------
    # Who lives there
    # ------------------------------------------------------------

    def _update_occupancy(self):
        """Who lives where, from the dates of the request. Without account nobody is known."""
        self.ensure_one()
        if self.waste_request in OPENED:
            (self.new_dwelling_id or self.dwelling_id).kind = self._get_dwelling_kind()
        occupant = self._get_occupant()
        if not occupant:
            return
        answers = self.answers or {}
        if self.waste_request in LEFT:
            self._close_occupancy(occupant, fields.Date.to_date(answers.get("date_out")))
        if self.waste_request in OPENED:
            self._open_occupancy(occupant, fields.Date.to_date(answers.get("date_in")))

    def _close_occupancy(self, occupant, day):
        """At the day of the departure, or of the arrival when it was said to be later."""
        day = day or clock.today()
        for occupancy in self.dwelling_id.occupancy_ids.filtered(
            lambda occupancy: (
                occupancy.occupant_id == occupant
                and (not occupancy.date_end or occupancy.date_end > day)
            )
        ):
            occupancy.date_end = max(day, occupancy.date_start or day)

    def _open_occupancy(self, occupant, day):
        dwelling = self.new_dwelling_id or self.dwelling_id
        day = day or clock.today()
        known = dwelling.occupancy_ids.filtered(
            lambda occupancy: (
                occupancy.occupant_id == occupant
                and (not occupancy.date_end or occupancy.date_end >= day)
            )
        )
        status = (self.answers or {}).get("occupant_status")
        role = status if status in ("owner", "tenant") else "other"
        if known:
            # What sign-up wrote down is a guess beside an arrival that was checked.
            known[:1].write({"role": role, "date_start": day, "state": "verified"})
            return
        self.env["dwelling.occupancy"].create(
            {
                "dwelling_id": dwelling.id,
                "occupant_id": occupant.id,
                "role": role,
                "date_start": day,
            }
        )
