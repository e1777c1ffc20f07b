from odoo.http import request

from odoo.addons.website_content_approval.controllers.contribution_list import ContributionList


class ReportsInList(ContributionList):
    def _prepare_list_values(self, acting):
        received_sudo = request.env["content.report"]._find_received(request.env.user)
        waiting_sudo = received_sudo.filtered(lambda report: report.state == "new")
        return {
            **super()._prepare_list_values(acting),
            "reports_told": bool(received_sudo),
            "reports_waiting": len(waiting_sudo),
        }
