from odoo import models

from .content_report import TOPICS


class ContentApprovalMixin(models.AbstractModel):
    _inherit = "content.approval.mixin"

    def _get_report_topics(self):
        """What may be wrong on such a page: codes of `content.report.topic`, in their order.

        An addon that adds a topic by `selection_add` names it here for its own kind.
        """
        return [code for code, _words in TOPICS]

    def _get_error_url(self):
        """Where a reader says what is wrong on this page; empty where she does not."""
        self.ensure_one()
        content_sudo = self.sudo()
        if not (content_sudo._is_shown() and content_sudo._get_content_url()):
            return ""
        return f"/signaler-une-erreur/{self._name}/{self.id}"

    def _get_keeper_name(self):
        """Who keeps this page, as its readers are told: never a person."""
        self.ensure_one()
        content_sudo = self.sudo()
        if content_sudo._get_approval_organisations():
            return content_sudo.display_name
        Service_sudo = self.env["territory.service"].sudo()
        communes_sudo = content_sudo._get_approval_communes()
        halls_sudo = Service_sudo.search(
            [("kind", "=", "town_hall"), ("commune_ids", "in", communes_sudo.ids)], limit=3
        )
        return ", ".join(halls_sudo.mapped("name")) or self.env.company.name
