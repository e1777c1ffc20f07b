from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base.locks import lock_or_replay

# What took it off, in the log.
ENDED = "end"


class ContentRevisionOffline(models.AbstractModel):
    """Off the site at once, and back: see `content.approval.mixin`, which says who may."""

    _name = "content.revision.offline"
    _description = "Proposed change: off the site at once"

    @api.model
    def _take_offline(self, content, reason):
        """An urgent removal, that another one reads."""
        user = self.env.user
        content_sudo = content.sudo()
        # Two readers press at once: the second one waits, and finds it off the site.
        lock_or_replay(content_sudo)
        content_sudo.invalidate_recordset(["is_online"])
        if not content_sudo.is_online:
            raise UserError(self.env._("This page is not online."))
        removal = self._make(
            {
                "name": content_sudo.display_name,
                "type_id": self.env["content.type"]._get_id(content._name),
                "res_id": content.id,
                "kind": "remove",
                "state": "changes_asked",
                "author_id": user.id,
                "commune_ids": [Command.set(content_sudo._get_approval_communes().ids)],
            }
        )
        removal._start_from(content_sudo)
        removal._post(reason)
        removal._apply({"published_by_id": user.id, "is_urgent": True})
        removal._set({"validator_ids": [Command.set(removal._find_validators().ids)]})
        removal._tell_readers(removal.sudo().validator_ids, "content_approval.mail_urgent")
        removal._tell_keepers("content_approval.mail_taken_offline")

    @api.model
    def _put_back(self, content):
        """The live content as it is, off the site: a version of those who wrote it last."""
        content_sudo = content.sudo()
        lock_or_replay(content_sudo)
        content_sudo.invalidate_recordset(["is_online"])
        if content_sudo.is_online:
            raise UserError(self.env._("This page is online again already."))
        removal_sudo = self._find_removal(content)
        before_sudo = removal_sudo and removal_sudo._get_shown_before()
        if not before_sudo:
            raise UserError(
                self.env._("It was taken off by those who publish it: they propose it again.")
            )
        if not self.env.user._filter_foreign_to(before_sudo):
            raise AccessError(self.env._("What comes back is yours: somebody else puts it back."))
        revision = self._copy_of(before_sudo, is_filled=False)
        revision._apply(
            {
                "published_by_id": self.env.uid,
                "origin": not before_sudo.author_id and before_sudo.origin,
            }
        )
        revision._tell_keepers("content_approval.mail_put_back")

    @api.model
    def _cron_end_shown(self):
        """What was shown until a day leaves the site: index, site map and kept pages follow."""
        for type_sudo in self.env["content.type"].sudo().search([], limit=100):
            Model_sudo = self.env.get(type_sudo.model)
            if Model_sudo is None or not Model_sudo._shown_until:
                continue
            Model_sudo = Model_sudo.sudo()
            ended_sudo = Model_sudo.search(
                Domain("is_online", "=", True) & Model_sudo._ended_domain(), limit=1000
            )
            for content_sudo in ended_sudo:
                content_sudo._publish_as(ENDED, {}, is_online=False)

    @api.model
    def _find_removal(self, content):
        """The act that took it off the site at once, if nobody has published it since, in
        superuser mode; what the data of the territory bring does not count."""
        last_sudo = self._find_published(content, Domain("origin", "=", False))
        return last_sudo.filtered(lambda each: each.kind == "remove" and each.is_urgent)

    def _get_shown_before(self):
        """What everybody read before this removal."""
        self.ensure_one()
        earlier = Domain("version", "<", self.sudo().version) & Domain("kind", "!=", "remove")
        return self._find_published(self._get_content(), earlier)

    @api.model
    def _find_published(self, content, domain):
        domain &= self._pending_domain(content) & Domain("version", ">", 0)
        return self.sudo().search(domain, order="version desc", limit=1)

    def _tell_keepers(self, template):
        """Those who publish the content: who wrote what was online, and its keepers."""
        self.ensure_one()
        content_sudo = self._get_content().sudo()
        before_sudo = self._get_shown_before()
        authors_sudo = (before_sudo.author_id | before_sudo.editor_ids).filtered("active")
        authors_sudo = authors_sudo.filtered(content_sudo._may_propose)
        for user in (content_sudo._get_keepers() | authors_sudo) - self.env.user:
            self._send(template, user)
