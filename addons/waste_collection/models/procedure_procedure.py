from odoo import api, fields, models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[("waste_container", "Waste bin")],
        ondelete={"waste_container": "set generic"},
    )
    infant_persons = fields.Integer(
        "A child under 3 counts for (persons)",
        default=1,
        help="For the volume of the bin: 0, not counted; 1, as everybody; 2, as two persons.",
    )
    dirty_fee = fields.Integer(
        "Bin given back dirty (euros)",
        help="Told to the person who gives a bin back. 0: nothing is said.",
    )

    _infant_persons_known = models.Constraint(
        "CHECK(infant_persons BETWEEN 0 AND 5)", "A child counts for 0 to 5 persons."
    )
    _dirty_fee_positive = models.Constraint("CHECK(dirty_fee >= 0)", "A fee is not negative.")

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind == "waste_container":
            keys = {
                **keys,
                "waste_request": "selection",
                "dwelling_kind": "selection",
                "address": "address",
                "new_address": "address",
                "household_size": "integer",
                "occupant_status": "selection",
                "date_in": "date",
                "date_out": "date",
                "container_number": "char",
            }
        return keys
