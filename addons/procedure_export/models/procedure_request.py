from odoo import api, models

from ..tools.request_table import Fixed


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def action_export(self):
        """Those that are ticked, else all those that the filters of the list show."""
        if not self:
            domain = self.env.context.get("active_domain") or []
        elif len(self) >= self._get_selection_limit() and self.env.context.get("active_domain"):
            # More are ticked than the client names.
            domain = self.env.context["active_domain"]
        else:
            domain = [("id", "in", self.ids)]
        self.check_access("read")
        wizard = self.env["procedure.export.wizard"].create({"domain": repr(list(domain))})
        return wizard._get_action()

    @api.model
    def _get_selection_limit(self):
        """How many identifiers the client sends at most: a parameter of core."""
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        return int(parameters_sudo.get_param("web.active_ids_limit", "20000"))

    @api.model
    def _get_export_columns(self, procedure):
        """What may be exported of this procedure: list of (key, title)."""
        fixed = [(key, column.label) for key, column in self._get_fixed_export_columns().items()]
        return fixed + procedure._get_export_columns()

    @api.model
    def _get_fixed_export_columns(self):
        """Hook: what every request has, as dict key -> `Fixed`. Keys begin with @,
        which no key of a question does."""
        return {
            "@number": Fixed(self.env._("Number"), "number"),
            "@state": Fixed(self.env._("State"), "state"),
            "@step": Fixed(self.env._("Step"), "step_id"),
            "@submitted": Fixed(self.env._("Received on"), "date_submitted"),
            "@due": Fixed(self.env._("Due on"), "date_due"),
            "@lacking": Fixed(self.env._("Still missing"), "lacking_label"),
            "@channel": Fixed(self.env._("Channel"), "channel"),
            "@season": Fixed(self.env._("Season"), "season"),
            "@applicant": Fixed(self.env._("Applicant"), "applicant_name"),
            "@email": Fixed(self.env._("E-mail"), "applicant_email"),
            "@phone": Fixed(self.env._("Phone"), "applicant_phone"),
            "@street": Fixed(self.env._("Street"), "contact_street"),
            "@zip": Fixed(self.env._("Postcode"), "contact_zip"),
            "@city": Fixed(self.env._("Town"), "contact_city"),
            "@acting_for": Fixed(self.env._("On behalf of"), "acting_for_id"),
            "@subjects": Fixed(self.env._("Persons concerned"), "subject_ids"),
            "@commune": Fixed(self.env._("Commune"), "commune_id"),
            "@service": Fixed(self.env._("Service"), "service_id"),
            "@agent": Fixed(self.env._("Agent"), "user_id"),
        }
