from odoo import models
from odoo.fields import Domain

from ..pages.bounded import bound, rename_headings


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def _get_url(self):
        """Its author corrects it there; whoever reads it reads it there."""
        reader = self.env.context.get("reader") or self.env.user
        page = "contributions" if self._is_contributor(reader) else "a-relire"
        return f"{super()._get_url()}/my/{page}/{self.id}"

    def _get_list_url(self):
        return f"{super()._get_list_url()}/my/a-relire"

    def _get_page_url(self):
        revision_sudo = self.sudo()
        page = f"{revision_sudo.res_model}/{revision_sudo.res_id}"
        return f"{super()._get_page_url()}/my/contributions/page/{page}"

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------

    def _may_see(self, user):
        """Whether this person reads it on the site: one she may read, or a version that was
        published of a content to which she contributes."""
        self.ensure_one()
        if self.with_user(user).has_access("read"):
            return True
        content_sudo = self.sudo()._get_content()
        return bool(self.sudo().version and content_sudo and content_sudo._may_propose(user))

    def _is_written_in_page(self, user):
        """Whether she writes its text in the page: those who work for a town hall or the
        intercommunality. Delegates of an association have the form."""
        self.ensure_one()
        if not (user._is_internal() and self._is_contributor(user)):
            return False
        body = rename_headings(str(self.sudo().body or ""))
        return self._get_body_key(bound(body)) == self._get_body_key(body)

    def _get_away_names(self, user):
        """The absent colleagues in whose place this person reads it."""
        rows_sudo = self.sudo().validator_ids.filtered(lambda row: row._is_read_by(user))
        if user in rows_sudo.user_id:
            return ""
        return ", ".join(rows_sudo.user_id.mapped("name"))

    def _get_reading_services(self):
        """The services of those who read it, in superuser mode."""
        revision_sudo = self.sudo()
        rows_sudo = revision_sudo.validator_ids or revision_sudo._find_validators()
        services_sudo = rows_sudo.user_id.territory_service_ids
        halls_sudo = services_sudo.filtered(
            lambda service: (
                service.kind == "town_hall" and service.commune_ids & revision_sudo.commune_ids
            )
        )
        return halls_sudo or services_sudo.filtered(lambda service: service.kind != "town_hall")

    def _get_last_reason(self):
        """The last message of somebody who reads it, in superuser mode."""
        for message_sudo in self._get_words().sorted("id", reverse=True):
            users_sudo = message_sudo.author_id.with_context(active_test=False).user_ids
            if not any(self._is_contributor(user) for user in users_sudo):
                return message_sudo
        return self.env["mail.message"]

    def _get_words(self):
        """What people wrote to each other, in superuser mode."""
        return self.sudo().message_ids.filtered(lambda each: each.message_type == "comment")

    # ------------------------------------------------------------
    # What was seen of it
    # ------------------------------------------------------------

    def _get_clashes(self):
        """Names of the fields that were published meanwhile, and that it changes too."""
        content_sudo, revision_sudo = self._get_content().sudo(), self.sudo()
        if not content_sudo or revision_sudo.base_version == content_sudo.version:
            return []
        live = content_sudo._read_approval_values()
        return [
            name
            for name in revision_sudo._get_changed_names()
            if revision_sudo._clashes(name, live, content_sudo)
        ]

    def _get_versions(self, content):
        """What was published of this content, the last first, in superuser mode."""
        domain = self._pending_domain(content) & Domain("version", ">", 0)
        return self.sudo().search(domain, order="version desc", limit=100)

    def _find_image(self, key):
        """The file of an image of this revision, in superuser mode.

        :param key: name of the field, or SHA-1 of the image (of a line)
        """
        values = self.sudo().values or {}
        found = values.get(key)
        if isinstance(found, dict) and "file" in found:
            return self.sudo()._get_file(found)
        known = [values, self.sudo().base_values or {}]
        rows = [
            row
            for each in known
            for rows in each.values()
            if isinstance(rows, list)
            for row in rows
            if isinstance(row, dict)
        ]
        for each in (*known, *rows):
            for value in each.values():
                if isinstance(value, dict) and value.get("sum") == key and "file" in value:
                    return self.sudo()._get_file(value)
        return self.env["ir.attachment"].sudo()
