from odoo import Command, api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class ContentRevisionPlace(models.AbstractModel):
    """A content that moves to another commune, or to another owner, while a change of it waits."""

    _name = "content.revision.place"
    _description = "Proposed change: where its content is"

    def _follow_content(self):
        """Its readers are looked for where the content is now.

        :return: those that have moved, in superuser mode
        """
        moved_sudo = self.sudo().browse()
        for revision_sudo in self.sudo():
            content_sudo = revision_sudo._get_content().sudo()
            communes_sudo = content_sudo._get_approval_communes()
            if content_sudo and communes_sudo != revision_sudo.commune_ids:
                revision_sudo._set({"commune_ids": [Command.set(communes_sudo.ids)]})
                moved_sudo |= revision_sudo
        return moved_sudo

    @api.model
    def _follow_published(self, content):
        """A content is published: what waits on it is read by those of where it is now."""
        domain = Domain("state", "in", ("submitted", "changes_asked"))
        domain |= Domain("is_urgent", "=", True) & Domain("reviewed_by_id", "=", False)
        waiting_sudo = self.sudo().search(self._pending_domain(content) & domain)
        if waiting_sudo._follow_content():
            self._assign_pending()

    def _check_still_contributes(self):
        """:raise AccessError: the content is kept by others since this was begun"""
        self.ensure_one()
        content = self._get_content()
        if content and not content._may_propose(self.env.user):
            raise AccessError(self.env._("You do not contribute to this page."))

    def _end_tasks_of_others(self):
        """Who reads it no more has nothing to do with it."""
        for revision_sudo in self.sudo():
            revision_sudo.activity_ids.filtered(
                lambda task, revision=revision_sudo: not revision._is_reader(task.user_id)
            ).unlink()
