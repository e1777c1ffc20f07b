from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class ContentRevisionReading(models.AbstractModel):
    """What a reader does, and what a secretary does when it cannot wait."""

    _name = "content.revision.reading"
    _description = "Proposed change: what a reader does"

    def action_ask_changes(self, message):
        self.ensure_one()
        self._lock()
        self._check_reader("submitted")
        if not (message or "").strip():
            raise UserError(self.env._("Say what is to be corrected: its author reads it."))
        self._post(message)
        self._set({"state": "changes_asked"})
        self._end_tasks()
        self._tell_authors("content_approval.mail_changes_asked")

    def action_publish(self, mark=""):
        """Accept it: from now on everybody reads it.

        :param mark: of what she has read (field `mark`); nothing else is accepted
        :raise RevisionConflict: the page has changed since, at the same place
        """
        self.ensure_one()
        self._lock()
        self._check_reader("submitted")
        if mark != self._get_mark():
            raise UserError(
                self.env._(
                    "This change was corrected since you opened it, or was not opened: read what "
                    "it is now, then accept it."
                )
            )
        self._rebase()
        self._check_publishable()
        self._apply({"published_by_id": self.env.uid})
        self._tell_authors("content_approval.mail_published")

    def action_publish_urgent(self, reason):
        """Published at once by a secretary, where the kind of content allows it; read afterwards.

        :param reason: why it cannot wait, kept with the revision
        """
        self.ensure_one()
        self._lock()
        self._check_editable()
        self._follow_content()
        if not self._may_publish_urgent(self.env.user):
            raise AccessError(self.env._("This change waits to be read."))
        if not (reason or "").strip():
            raise UserError(self.env._("Write why it cannot wait: it is read afterwards."))
        self._rebase()
        self._check_publishable()
        self._post(reason)
        self._claim_author()
        self._apply({"published_by_id": self.env.uid, "is_urgent": True})
        self._set({"validator_ids": [Command.set(self._find_validators().ids)]})
        self._tell_readers(self.sudo().validator_ids, "content_approval.mail_urgent")

    def _may_publish_urgent(self, user):
        """A secretary, for the communes that she looks after, where the configuration says so."""
        self.ensure_one()
        revision_sudo = self.sudo()
        type_sudo = revision_sudo.type_id
        allowed = {"update": type_sudo.allow_urgent, "create": type_sudo.allow_urgent_new}
        return bool(
            allowed.get(revision_sudo.kind)
            and user.has_group("territory_base.territory_group_secretary")
            and revision_sudo.commune_ids
            and revision_sudo.commune_ids <= user.sudo().territory_commune_ids
        )

    def action_review(self):
        """An urgent change, read afterwards: it is right."""
        self.ensure_one()
        self._lock()
        self._check_review()
        self._set({"reviewed_by_id": self.env.uid, "date_reviewed": fields.Datetime.now()})
        self._end_tasks()

    def action_revert(self, message):
        """An urgent change, read afterwards: the version before it comes back at once."""
        self.ensure_one()
        self._lock()
        self._check_review()
        if self.sudo().kind == "remove" and self._get_content().sudo().is_online:
            raise UserError(self.env._("This page is online again already."))
        if not (message or "").strip():
            raise UserError(self.env._("Say what is to be corrected: its author reads it."))
        before_sudo = self._get_version_before()
        if not before_sudo and self.sudo().kind == "create":
            return self._revert_new(message)
        if not before_sudo:
            raise UserError(self.env._("There is no earlier version of this page."))
        if before_sudo.author_id and not self.env.user._filter_foreign_to(before_sudo):
            raise AccessError(self.env._("The earlier version is yours: somebody else reads this."))
        self._post(message)
        self._set({"reviewed_by_id": self.env.uid, "date_reviewed": fields.Datetime.now()})
        revision = self._copy_of(before_sudo)
        revision._apply(
            {"published_by_id": self.env.uid}
            if before_sudo.author_id
            else {"published_by_id": self.env.uid, "origin": before_sudo.origin}
        )
        self._end_tasks()
        self._tell_authors("content_approval.mail_changes_asked")
        if self.sudo().kind == "remove":
            revision._tell_keepers("content_approval.mail_put_back")
        return None

    def _revert_new(self, message):
        """A new page that should not have been published leaves the site."""
        content = self._get_content()
        if content.sudo().version != self.sudo().version:
            raise UserError(
                self.env._(
                    "Another version of this page was accepted since: if nobody should see it, "
                    "take it off the site."
                )
            )
        self._take_offline(content, message.strip())
        self._set({"reviewed_by_id": self.env.uid, "date_reviewed": fields.Datetime.now()})
        self._end_tasks()

    def _get_version_before(self):
        """The last version before this one that somebody had read, in superuser mode."""
        self.ensure_one()
        revision_sudo = self.sudo()
        content = self._get_content()
        earlier = revision_sudo.search(
            self._pending_domain(content)
            & Domain("version", ">", 0)
            & Domain("version", "<", revision_sudo.version)
            & (Domain("is_urgent", "=", False) | Domain("reviewed_by_id", "!=", False)),
            order="version desc",
            limit=1,
        )
        return earlier
