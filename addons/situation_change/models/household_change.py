import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.filing import Filing

from .procedure_procedure import EVENT

_logger = logging.getLogger(__name__)

CORRECTION = "correction"
# From these an agent decides; once it is asked for something, the applicant answers first.
DECIDABLE = ("submitted", "in_review", "waiting_list")


class HouseholdChange(models.Model):
    _inherit = "household.change"

    request_ids = fields.One2many("procedure.request", "change_id", groups="base.group_user")

    def _get_request(self):
        """The request that reported it, in superuser mode; none where no procedure is open."""
        return self.env["procedure.request"].sudo().search([("change_id", "=", self.id)], limit=1)

    @api.model
    def _propose(self, subject, requester, values, **more):
        """What is corrected on a page is a report too: it has a number, an acknowledgment and its
        place among what the service has to do."""
        change = super()._propose(subject, requester, values, **more)
        if not change._get_request():
            change._report()
        return change

    def _report(self):
        """Files the request of a change that a page proposed."""
        self.ensure_one()
        change_sudo = self.sudo()
        subject, requester = change_sudo.subject_id, change_sudo.requester_id
        procedure_sudo = self.env["procedure.procedure"]._find_report(subject)
        if not procedure_sudo:
            return
        titles = dict.fromkeys(line._get_title() for line in change_sudo.line_ids)
        filing = Filing(
            procedure=procedure_sudo.sudo(self.env.su),
            answers={EVENT: CORRECTION, "correction": ", ".join(titles)},
            applicant=requester.sudo(self.env.su),
            acting_for=subject.sudo(self.env.su) if subject._is_organisation() else None,
        )
        try:
            with self.env.cr.savepoint():
                self.env["procedure.request"]._submit(filing).change_id = change_sudo
        except UserError as refused:
            # Its form asks for more than a page can answer: the change waits without a number.
            _logger.warning("A correction has no request: %s", refused)

    def _check_decider(self):
        """Once it is a request, those who answer it; the same for each of its lines."""
        result = super()._check_decider()
        # In superuser mode it is what follows the decision on the request itself.
        for change in self.browse() if self.env.su else self:
            request = change._get_request().sudo(False)
            if request:
                request._check_actor("agent")
                request._check_author()
                if request.sudo().state not in DECIDABLE:
                    raise UserError(request._get_too_late_sentence())
        return result

    def _take_back(self):
        """Its request is cancelled, which takes it back."""
        filed = self.filtered(lambda change: change._get_request())
        for change in filed:
            change._get_request()._cancel(by=self.env.user.partner_id)
        return super(HouseholdChange, self - filed)._take_back()

    def _may_be_taken_back(self):
        """Not once a part of it is done: its request is no longer cancelled."""
        is_begun = "accepted" in self.line_ids.mapped("state") and self._get_request()
        return not is_begun and super()._may_be_taken_back()

    def _on_decided(self):
        """The answer to the request tells who asked."""
        request_sudo = self._get_request()
        if not request_sudo:
            return super()._on_decided()
        return request_sudo._on_change_decided()
