import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import format_phone


class WasteContainerSheet(models.TransientModel):
    """The sheet that leaves with the lorry, and the one that goes to the billing department."""

    _name = "waste.container.sheet"
    _description = "Round sheet and billing file"

    kind = fields.Selection(
        [("round", "Round of a day"), ("billing", "Openings and closings of a month")],
        "Sheet",
        required=True,
        default="round",
    )
    date = fields.Date(
        "Day",
        required=True,
        default=lambda self: clock.today(),
        help="For a month: any day of this month.",
    )
    commune_ids = fields.Many2many("territory.commune", string="Communes", help="Empty: all.")
    file = fields.Binary(readonly=True, attachment=False)

    def action_export(self):
        self.ensure_one()
        moves = self._get_moves()
        columns = self._get_columns()
        workbook = self.env["public.guard"]._xlsx(
            [
                (
                    self._get_title(),
                    [label for label, _value in columns],
                    [[show(value(move)) for _label, value in columns] for move in moves],
                )
            ]
        )
        self.file = base64.b64encode(workbook)
        if self.kind == "billing":
            moves.sudo().request_id._set_container_stage("billed")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self._get_title()}.xlsx"
            "?download=true",
            "target": "download",
        }

    def action_print(self):
        self.ensure_one()
        return self.env.ref("waste_collection.waste_container_move_report").report_action(
            self._get_moves(), config=False
        )

    def _get_moves(self):
        """By commune and address; as the user, who gets the bins of her own services."""
        if self.kind == "round":
            domain = [("state", "=", "todo"), ("date_planned", "=", self.date)]
        else:
            first, last = date_utils.get_month(self.date)
            domain = [
                ("state", "=", "done"),
                ("date_done", ">=", first),
                ("date_done", "<=", last),
            ]
        if self.commune_ids:
            domain.append(("commune_id", "in", self.commune_ids.ids))
        moves = self.env["waste.container.move"].search(domain)
        if not moves:
            raise UserError(self._get_empty_sentence())
        return moves.sorted(
            lambda move: (move.commune_id.name, move.dwelling_id.display_name, move.id)
        )

    def _get_empty_sentence(self):
        waiting = 0
        if self.kind == "round":
            waiting = self.env["waste.container.move"].search_count(
                [("state", "=", "todo"), ("date_planned", "=", False)]
            )
        if not waiting:
            return self.env._("There is nothing on this sheet: choose another day.")
        return self.env._(
            "Nothing is planned on this day, and %(count)s stops have no day yet: tick them in the "
            "list of rounds, then choose “Plan or record a day”.",
            count=waiting,
        )

    def _get_title(self):
        if self.kind == "round":
            return self.env._("Round of %(day)s", day=self.date.strftime("%d-%m-%Y"))
        return self.env._("Bins of %(month)s", month=self.date.strftime("%m-%Y"))

    def _get_columns(self):
        """List of (label, function of a move)."""
        kinds = dict(
            self.env["waste.container.move"]._fields["kind"]._description_selection(self.env)
        )
        reasons = dict(
            self.env["procedure.request"]._fields["waste_request"]._description_selection(self.env)
        )
        columns = [
            (self.env._("Commune"), lambda move: move.commune_id.name),
            (self.env._("Address"), lambda move: move.dwelling_id.street),
            (self.env._("Floor, building"), lambda move: move.dwelling_id.street2),
            (self.env._("To do"), lambda move: kinds[move.kind]),
            (self.env._("Bin"), lambda move: move.container_id.number),
            (self.env._("Litres"), lambda move: move.volume),
            (self.env._("Name"), lambda move: move.contact_name),
            (
                self.env._("Phone"),
                lambda move: format_phone(move.contact_phone or "").replace("\xa0", " "),
            ),
            (self.env._("Request"), lambda move: move.request_id.number),
        ]
        if self.kind == "round":
            return columns + [
                (self.env._("Place, access"), lambda move: move._get_answer("delivery_note")),
            ]
        statuses = {
            "owner": self.env._("Owner"),
            "tenant": self.env._("Tenant"),
            "free": self.env._("Housed free of charge"),
        }
        columns.insert(1, (self.env._("Postcode"), lambda move: move.commune_id.zip))
        return columns + [
            (self.env._("E-mail"), lambda move: move.request_id.applicant_email),
            (
                self.env._("Owner or tenant"),
                lambda move: statuses.get(move._get_answer("occupant_status")),
            ),
            (
                self.env._("Direct debit"),
                lambda move: self.env._("Yes") if move._get_answer("direct_debit") else None,
            ),
            (self.env._("Reason"), lambda move: reasons.get(move.request_id.waste_request)),
            (self.env._("Date"), lambda move: move.date_done),
            (self.env._("Persons"), lambda move: move._get_answer("household_size")),
            (self.env._("Address of the last bill"), lambda move: move._get_answer("next_address")),
        ]


def show(value):
    """A field without value is False: a French spreadsheet would say FAUX."""
    return None if value is False or value == "" else value
