from odoo import api, fields, models

from odoo.addons.territory_base import clock

from .procedure_commune import CLOSED, ONLINE, WAITING


class ProcedureProcedure(models.Model):
    """Where the town hall answers, each commune says how it is asked there."""

    _inherit = "procedure.procedure"

    is_opened_by_communes = fields.Boolean(
        "Each town hall opens it",
        tracking=True,
        help="Its people ask online once their town hall has opened it. Unticked: everywhere, but "
        "where a town hall takes it otherwise.",
    )
    commune_row_ids = fields.One2many(
        "procedure.commune", "procedure_id", "In each commune", copy=False
    )
    online_count = fields.Integer("Communes online", compute="_compute_online_count")

    @api.depends("commune_row_ids.mode", "commune_row_ids.date_open", "commune_row_ids.date_close")
    def _compute_online_count(self):
        for procedure in self:
            rows = procedure.commune_row_ids
            procedure.online_count = len(rows.filtered(lambda row: row._get_way() == ONLINE))

    def action_open_communes(self):
        """Its communes, each with what it says."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "procedure.commune",
            "view_mode": "list,form",
            "domain": [("procedure_id", "=", self.id)],
            "context": {"default_procedure_id": self.id},
        }

    def action_open_everywhere(self):
        """In all communes at once, but where the town hall has chosen otherwise."""
        self._check_manager()
        for procedure in self:
            communes = procedure._get_hall_communes()
            procedure._make_commune_rows(communes)
            rows = procedure.commune_row_ids.filtered(
                lambda row, communes=communes: row.mode == WAITING and row.commune_id in communes
            )
            rows.action_open()

    def _get_hall_communes(self):
        """The communes concerned that have a town hall here."""
        self.ensure_one()
        return self._get_said_communes().filtered("town_hall_id")

    def _get_said_communes(self):
        """All those that it is for, online or not."""
        return self.commune_ids or self.env["territory.commune"].search([("active", "=", True)])

    def _make_commune_rows(self, communes):
        """What is missing, not decided yet: the caller is checked, the rows say nothing."""
        Row_sudo = self.env["procedure.commune"].sudo()
        known = {
            (row.procedure_id.id, row.commune_id.id)
            for row in Row_sudo.search(
                [("procedure_id", "in", self.ids), ("commune_id", "in", communes.ids)]
            )
        }
        Row_sudo.create(
            [
                {"procedure_id": procedure.id, "commune_id": commune.id}
                for procedure in self
                for commune in communes
                if (procedure.id, commune.id) not in known
                and (not procedure.commune_ids or commune in procedure.commune_ids)
            ]
        )
        self.invalidate_recordset(["commune_row_ids"])

    # ------------------------------------------------------------
    # What applies where: said to everybody, hence read in superuser mode
    # ------------------------------------------------------------

    def _get_commune_row(self, commune):
        """What this commune says of it; empty when it says nothing. In superuser mode."""
        self.ensure_one()
        rows_sudo = self.sudo().commune_row_ids if self.is_communal and commune else ()
        found_sudo = [row for row in rows_sudo if row.commune_id == commune._origin]
        return found_sudo[0] if found_sudo else self.env["procedure.commune"]

    def _get_way_in(self, commune, day=None):
        """How the people of this commune ask for it: see `procedure.commune._get_way`."""
        row = self._get_commune_row(commune)
        if row and (row.mode != WAITING or self.is_opened_by_communes):
            return row._get_way(day)
        return CLOSED if self.is_communal and self.is_opened_by_communes else ONLINE

    def _get_service(self, commune):
        """The service that the commune has chosen among its own."""
        chosen_sudo = self._get_commune_row(commune).service_id.filtered(
            lambda service: service.active and commune._origin in service.commune_ids
        )
        return chosen_sudo.sudo(self.env.su) or super()._get_service(commune)

    def _get_concerned_communes(self):
        """Without those that take it otherwise."""
        concerned = super()._get_concerned_communes()
        if not self._is_said_by_communes():
            return concerned
        communes = concerned or self._get_said_communes()
        return communes.filtered(lambda commune: self._get_way_in(commune) == ONLINE)

    def _concerns_everybody(self):
        return super()._concerns_everybody() and not self._is_said_by_communes()

    def _is_said_by_communes(self):
        """Whether it is not the same everywhere."""
        self.ensure_one()
        return self.is_communal and (
            self.is_opened_by_communes
            or any(row.mode != WAITING for row in self.sudo().commune_row_ids)
        )

    def _tell_way(self, commune, day=None):
        """A whole sentence: how its people ask for it."""
        self.ensure_one()
        row = self._get_commune_row(commune)
        way = self._get_way_in(commune, day)
        hall = commune.town_hall_id._get_name_said(is_first=True) or commune.name
        if way == ONLINE:
            return self.env._("%(hall)s takes this request online.", hall=hall)
        if way != CLOSED:
            return row.direct_text or self.env._(
                "%(hall)s takes this request by phone or at its desk, not online.", hall=hall
            )
        day = day or clock.today()
        if row.mode == ONLINE and row.date_open and day < row.date_open:
            return self.env._(
                "%(hall)s takes this request online from %(date)s.",
                hall=hall,
                date=row.date_open.strftime("%d/%m/%Y"),
            )
        if row.mode == ONLINE:
            return self.env._(
                "%(hall)s took this request online until %(date)s.",
                hall=hall,
                date=row.date_close.strftime("%d/%m/%Y"),
            )
        return self.env._("%(hall)s does not take this request online.", hall=hall)

    def _tell_refusal(self, commune, day=None):
        """Why the form does not take it there, and whom to call."""
        sentence = self._tell_way(commune, day)
        phone = self._get_commune_row(commune)._get_phone() if self else ""
        phone = phone or commune.phone
        if not phone:
            return sentence
        call = self.env._("Call: %(phone)s.", phone=phone)
        return f"{sentence} {call}"
