from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class WasteContainer(models.Model):
    _name = "waste.container"
    _description = "Waste bin"
    _order = "number, id"
    _rec_name = "number"

    number = fields.Char(
        required=True,
        copy=False,
        default="",
        help="The number engraved on the bin. Left empty: the next number of the register.",
    )
    volume = fields.Integer("Volume (litres)", required=True, aggregator=None)
    state = fields.Selection(
        [
            ("stock", "In stock"),
            ("to_deliver", "To deliver"),
            ("delivered", "Delivered"),
            ("returned", "Returned"),
            ("stolen", "Stolen"),
            ("broken", "Broken"),
        ],
        required=True,
        default="stock",
        index=True,
    )
    service_id = fields.Many2one(
        "territory.service",
        "Waste service",
        required=True,
        index=True,
        default=lambda self: self._default_service_id(),
    )
    dwelling_id = fields.Many2one("territory.dwelling", "Address", index="btree_not_null")
    commune_id = fields.Many2one(related="dwelling_id.commune_id", store=True, index=True)
    date_delivered = fields.Date("Delivered on")
    date_returned = fields.Date("Taken back on")
    date_left = fields.Date(
        "Household left on",
        help="Somebody who was known at this address has moved since, and the bin is still there.",
    )
    request_id = fields.Many2one("procedure.request", "Last request", index="btree_not_null")
    move_ids = fields.One2many("waste.container.move", "container_id", "History")

    _number_uniq = models.Constraint("UNIQUE(number)", "This bin number already exists.")
    _volume_positive = models.Constraint("CHECK(volume > 0)", "A volume is more than 0 litre.")
    _dwelling_required = models.Constraint(
        "CHECK(state NOT IN ('to_deliver', 'delivered') OR dwelling_id IS NOT NULL)",
        "A bin that is delivered, or to deliver, has an address.",
    )
    _stock_idx = models.Index("(service_id, volume, id) WHERE state = 'stock'")

    def _default_service_id(self):
        """The user's own service when she has one that handles bins."""
        return (self.env.user.territory_service_ids & self._waste_services())[:1]

    @api.model_create_multi
    def create(self, vals_list):
        containers = super().create(
            [
                {**vals, "number": (vals.get("number") or "").strip() or self._next_number()}
                for vals in vals_list
            ]
        )
        containers._check_links()
        return containers

    @api.model
    def _find_at(self, dwellings):
        """Those that are at these addresses."""
        return self.search([("dwelling_id", "in", dwellings.ids), ("state", "=", "delivered")])

    def write(self, vals):
        if "dwelling_id" in vals:
            # Whoever left lived at the former address.
            vals = {"date_left": False, **vals}
        result = super().write(vals)
        if {"dwelling_id", "request_id"} & set(vals):
            self._check_links()
        return result

    def _check_links(self):
        """A bin is put at an address and linked to a request that its author may read: the name
        of a many2one says an address to whoever writes its number."""
        if not self.env.su:
            self.dwelling_id.check_access("read")
            self.request_id.check_access("read")

    def action_restock(self):
        """The bin that came back is clean and may be given again."""
        self.check_access("write")
        wrong = self.filtered(lambda container: container.state not in ("returned", "broken"))
        if wrong:
            raise UserError(
                self.env._(
                    "Only a bin that was taken back can return to stock: %(numbers)s.",
                    numbers=", ".join(wrong.mapped("number")),
                )
            )
        self.write({"state": "stock", "dwelling_id": False, "request_id": False})

    @api.model
    def _next_number(self):
        return self.env["ir.sequence"].sudo().next_by_code("waste.container")

    @api.model
    def _waste_services(self):
        """Services that lead a procedure about bins."""
        procedures_sudo = (
            self.env["procedure.procedure"].sudo().search([("kind", "=", "waste_container")])
        )
        return procedures_sudo.service_id

    @api.model
    def _reserve(self, service, volume):
        """A bin of this volume taken from the stock, or a new one when the stock has none.

        SKIP LOCKED: two agents who accept at the same time never get the same bin.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM waste_container
                    WHERE state = 'stock' AND service_id = %s AND volume = %s
                 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED""",
                service.id,
                volume,
            )
        )
        if rows:
            return self.browse(rows[0])
        return self.create({"volume": volume, "service_id": service.id})
