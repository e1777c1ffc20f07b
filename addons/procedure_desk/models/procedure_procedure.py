from odoo import api, fields, models
from odoo.fields import Domain


class ProcedureProcedure(models.Model):
    """From a procedure to its requests; who of the staff enters one."""

    _inherit = "procedure.procedure"

    request_count = fields.Integer(compute="_compute_request_count")

    def _compute_request_count(self):
        counts = dict(
            self.env["procedure.request"]._read_group(
                [("procedure_id", "in", self.ids)], ["procedure_id"], ["__count"]
            )
            if self.env["procedure.request"].has_access("read")
            else []
        )
        for procedure in self:
            procedure.request_count = counts.get(procedure, 0)

    def action_open_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "procedure_desk.procedure_request_action"
        )
        action["domain"] = [("procedure_id", "=", self.id)]
        action["context"] = {"default_procedure_id": self.id}
        action["display_name"] = self.name
        return action

    @api.model
    def _get_entered_domain(self, user):
        """The procedures whose requests this member of staff may enter for somebody."""
        published = Domain("state", "=", "published") & Domain("kind", "!=", "external")
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return published
        if not user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        ):
            return Domain.FALSE
        entered = self._get_answered_domain(user)
        if self._is_at_town_hall(user):
            entered |= Domain("service_id.kind", "=", "epci")
        return published & entered

    @api.model
    def _get_answered_domain(self, user):
        """The procedures that her own services answer."""
        services_sudo = user.sudo().territory_service_ids
        answered = Domain("service_id", "in", services_sudo.ids)
        answered |= Domain("local_service_ids", "in", services_sudo.ids)
        if "town_hall" in services_sudo.mapped("kind"):
            answered |= Domain("is_communal", "=", True)
        return answered

    @api.model
    def _is_at_town_hall(self, user):
        """A secretary in her town hall: who comes to her counter, or calls, may ask something of a
        service of the EPCI, and she enters it for her."""
        services_sudo = user.sudo().territory_service_ids
        is_secretary = user.has_group("territory_base.territory_group_secretary")
        return is_secretary and "town_hall" in services_sudo.mapped("kind")

    def _is_entered_by(self, user):
        self.ensure_one()
        return bool(self.sudo().filtered_domain(self._get_entered_domain(user)))

    def _is_entered_for_others(self, user):
        """Whether another service answers what this user enters: at her counter or by phone."""
        self.ensure_one()
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return False
        return not self.sudo().filtered_domain(self._get_answered_domain(user))
