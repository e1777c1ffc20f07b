from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.partner_household.models.res_partner import ORGANISATION_KINDS

from ..models.procedure_procedure import ORGANISATION


class SituationChangeLinking(models.TransientModel):
    """The file that a report is about, as an agent finds it."""

    _name = "situation.change.linking"
    _description = "Window that links a report of change to a file"

    request_id = fields.Many2one(
        "procedure.request",
        required=True,
        readonly=True,
        default=lambda self: self._get_request(),
    )
    is_organisation = fields.Boolean(compute="_compute_is_organisation")
    person_id = fields.Many2one(
        "res.partner",
        "Who reports it",
        domain=[("kind", "=", "person"), ("is_minor", "=", False)],
        help="The adult who said it, among the persons that you read: the household is hers.",
    )
    organisation_id = fields.Many2one("res.partner", domain=[("kind", "in", ORGANISATION_KINDS)])
    lacks_children = fields.Boolean(compute="_compute_lacks_children")
    known_child_ids = fields.Many2many("res.partner", compute="_compute_known_child_ids")
    child_ids = fields.Many2many(
        "res.partner",
        string="Which children",
        domain="[('id', 'in', known_child_ids)]",
        help="Those for whom this adult acts, among the persons that you read.",
    )

    @api.model
    def _get_request(self):
        """The one that is open; nothing of one that she does not read."""
        request_id = self.env.context.get("active_id") or 0
        return self.env["procedure.request"].search([("id", "=", request_id)])

    @api.constrains("request_id")
    def _check_request_id(self):
        self.request_id.sudo(False).check_access("read")

    @api.depends("request_id")
    def _compute_is_organisation(self):
        for linking in self:
            kind = linking.request_id.sudo().procedure_id.kind
            linking.is_organisation = kind == ORGANISATION

    @api.depends("request_id")
    def _compute_lacks_children(self):
        for linking in self:
            request = linking.request_id._filtered_access("read")
            linking.lacks_children = bool(request) and request.sudo()._lacks_children()

    @api.depends("person_id")
    def _compute_known_child_ids(self):
        for linking in self:
            person = linking.person_id._filtered_access("read")
            children = person._children_i_may_act_for() if person else person
            linking.known_child_ids = children._filtered_access("read")

    def action_link(self):
        self.ensure_one()
        chosen = self.organisation_id if self.is_organisation else self.person_id
        if not chosen:
            raise UserError(self.env._("Choose whose file it is."))
        chosen._check_file_read_by_user()
        if self.is_organisation:
            applicant = self.request_id.applicant_id
            speaks = applicant and applicant in chosen._get_speakers()
            return self.request_id._link_file(chosen, applicant if speaks else chosen)
        household = chosen._current_household()
        if not household:
            raise UserError(
                self.env._(
                    "We do not know where %(name)s lives: open the file of the household first.",
                    name=chosen.name,
                )
            )
        if self.lacks_children and self.known_child_ids and not self.child_ids:
            raise UserError(self.env._("Choose the children of whom she speaks."))
        return self.request_id._link_file(household, chosen, self.child_ids)
