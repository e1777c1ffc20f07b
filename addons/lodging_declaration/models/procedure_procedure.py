from odoo import api, fields, models

FURNISHED, NUMBER, ROOMS, OTHER = KINDS = (
    "lodging_furnished",
    "lodging_number",
    "lodging_rooms",
    "lodging_other",
)
# Kinds of procedures by the mode in which they take a declaration.
MODES = {FURNISHED: "cerfa", NUMBER: "national"}
# What each kind reads in the answers, besides the address and the number of persons.
KEYS = {
    FURNISHED: {
        "lodging_main_home": "selection",
        "lodging_rooms": "integer",
        "lodging_beds": "integer",
        "lodging_persons": "integer",
        "lodging_periods": "text",
    },
    NUMBER: {"lodging_number": "lodging_number"},
    ROOMS: {
        "lodging_rooms": "integer",
        "lodging_persons": "integer",
        "lodging_periods": "text",
    },
    OTHER: {"lodging_persons": "integer"},
}


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[
            (FURNISHED, "Furnished lodging: our form"),
            (NUMBER, "Furnished lodging: number of the national site"),
            (ROOMS, "Guest rooms"),
            (OTHER, "Other lodging"),
        ],
        ondelete=dict.fromkeys(KINDS, "set generic"),
    )

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind in KINDS:
            keys = {**keys, "lodging_address": "address", **KEYS[kind]}
        return keys

    def _is_open(self, day=None):
        """One way at a time of declaring a furnished lodging."""
        return super()._is_open(day) and self._is_way_of(day)

    def _is_way_of(self, day=None):
        """Whether the mode in force on this day (today by default) takes declarations by it."""
        self.ensure_one()
        if self.kind not in MODES:
            return True
        mode_sudo = self.env["lodging.mode"].sudo()._find_on(day)
        return (mode_sudo.mode or "cerfa") == MODES[self.kind]

    def _is_answered_at_once(self):
        """By a numbered receipt."""
        return super()._is_answered_at_once() or self.kind in KINDS
