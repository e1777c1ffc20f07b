import re

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..exceptions import DraftBegun, RevisionConflict

MEDIA = re.compile(r"(/web/(?:image|content)/)(\d+)")


class ContentRevisionPublication(models.AbstractModel):
    """From a revision to the live content: the one place where it changes."""

    _name = "content.revision.publication"
    _description = "Proposed change: publication"

    # ------------------------------------------------------------
    # Meanwhile
    # ------------------------------------------------------------

    def _rebase(self):
        """What was published since it was begun, and that it does not touch, is taken over.

        :raise RevisionConflict: it changes what was changed since
        """
        content_sudo = self._get_content().sudo()
        revision_sudo = self.sudo()
        if not content_sudo or revision_sudo.base_version == content_sudo.version:
            return
        changed = revision_sudo._get_changed_names()
        live = content_sudo._read_approval_values()
        clashes = [name for name in changed if revision_sudo._clashes(name, live, content_sudo)]
        if clashes:
            raise RevisionConflict(
                self.env._(
                    "This page was changed meanwhile, at the same place: %(fields)s. "
                    "Nothing is lost. Compare both, then send again.",
                    fields=", ".join(self._get_label(name) for name in clashes),
                ),
                clashes,
            )
        self._move_to_live(changed)

    def _clashes(self, name, live, content_sudo):
        if name == "body":
            now = self._get_body_key(content_sudo.body)
            return now not in (self._get_body_key(self.base_body), self._get_body_key(self.body))
        now = self._get_key(live.get(name))
        return now not in (
            self._get_key((self.base_values or {}).get(name)),
            self._get_key((self.values or {}).get(name)),
        )

    def _move_to_live(self, changed):
        """It starts from the content of today; `changed` is what it changes of it."""
        content_sudo, revision_sudo = self._get_content().sudo(), self.sudo()
        mine, body = revision_sudo.values, revision_sudo.body
        self._start_from(content_sudo)
        values = {**revision_sudo.values, **{n: mine[n] for n in changed if n != "body"}}
        self._set({"values": values, **({"body": body} if "body" in changed else {})})

    # ------------------------------------------------------------
    # Published
    # ------------------------------------------------------------

    def _apply(self, log):
        """The one place where a live content changes.

        :param log: who accepted it, and how
        """
        self.ensure_one()
        revision_sudo = self.sudo()
        names = revision_sudo._get_changed_names()
        content_sudo = revision_sudo._write_content(self._get_content().sudo())
        self._archive_before(content_sudo)
        self._set(
            {
                **log,
                "state": "published",
                "res_id": content_sudo.id,
                "name": content_sudo.display_name,
                "version": content_sudo.version,
                "date_published": content_sudo.date_published,
            }
        )
        self._end_tasks()
        content_sudo._on_published(revision_sudo, names)
        self._follow_published(content_sudo)
        return content_sudo

    @api.model
    def _archive_before(self, content_sudo):
        """Written at once: two revisions of a content are never published, even for a moment."""
        before_sudo = self.sudo().search(
            self._pending_domain(content_sudo) & Domain("state", "=", "published")
        )
        before_sudo._set({"state": "archived"})
        before_sudo.flush_recordset()

    @api.model
    def _mark_online(self, content_sudo, is_online):
        """A new version of the content, in a publication."""
        content_sudo.write(
            {
                "is_online": is_online,
                "version": content_sudo.version + 1,
                "date_published": fields.Datetime.now(),
            }
        )
        # What is computed of it, a smaller picture, is written while the guard is open.
        content_sudo.flush_recordset()
        self._show_media(content_sudo)

    def _write_content(self, content_sudo):
        """The live content, written; made if it did not exist."""
        Model_sudo = self._get_model().sudo()._as_publication()
        # A new one gets all of them: what is left out would get somebody's default.
        names = None if content_sudo else [*Model_sudo._get_approval_fields(), "body"]
        values = self._prepare_live_values(content_sudo, names)
        if not content_sudo:
            content_sudo = Model_sudo.create({**Model_sudo._prepare_new_content(self), **values})
        else:
            content_sudo = content_sudo.with_env(Model_sudo.env)
            if self.kind != "remove":
                content_sudo._apply_approval_values(values)
        if "body" in values:
            content_sudo.body = self._copy_media(self.body, content_sudo, public=True)
        self._mark_online(content_sudo, self.kind != "remove")
        return content_sudo.with_env(self.env)

    @api.model
    def _show_media(self, content_sudo):
        """Everybody is served the files of the text that is shown, and no other ones."""
        numbers = {int(number) for _way, number in MEDIA.findall(str(content_sudo.body or ""))}
        files_sudo = self.env["ir.attachment"].sudo().with_env(content_sudo.env)
        files_sudo = files_sudo.search(
            Domain("res_model", "=", content_sudo._name)
            & Domain("res_id", "=", content_sudo.id)
            & Domain("res_field", "=", False)
        )
        is_shown = content_sudo._shows_images()
        shown_sudo = files_sudo.filtered(lambda each: is_shown and each.id in numbers)
        shown_sudo.filtered(lambda each: not each.public).public = True
        (files_sudo - shown_sudo).filtered("public").public = False

    def _copy_media(self, body, target, public):
        """The text with copies of its files that belong to `target`: those of a revision are
        private to it, those of the live content are everybody's."""
        Attachment_sudo = self.env["ir.attachment"].sudo()
        if target._name != self._name:
            Attachment_sudo = Attachment_sudo.with_env(target.env)
        copies = {}

        def copy(match):
            number = int(match[2])
            if number not in copies:
                source_sudo = Attachment_sudo.browse(number).exists()
                copies[number] = number
                if self._owns_media(source_sudo) and (target._name, target.id) != (
                    source_sudo.res_model,
                    source_sudo.res_id,
                ):
                    copies[number] = Attachment_sudo.create(
                        {
                            "name": source_sudo.name,
                            "raw": source_sudo.raw,
                            "mimetype": source_sudo.mimetype,
                            "res_model": target._name,
                            "res_id": target.id,
                            "public": public,
                        }
                    ).id
            return f"{match[1]}{copies[number]}"

        return MEDIA.sub(copy, str(body or "")) or False

    def _owns_media(self, attachment_sudo):
        """A file of this revision, or of a published one of the same content."""
        if attachment_sudo.res_model != self._name:
            return False
        owner_sudo = self.sudo().browse(attachment_sudo.res_id).exists()
        mine_sudo = self.sudo()
        return owner_sudo == mine_sudo or bool(
            owner_sudo.version
            and (owner_sudo.res_model, owner_sudo.res_id) == (mine_sudo.res_model, mine_sudo.res_id)
        )

    @api.model
    def _publish_import(self, content, origin, values, is_online):
        """See `content.approval.mixin`: what the territory's data bring."""
        content_sudo = content.sudo()._as_publication()
        if values:
            content_sudo._apply_approval_values(values)
        self._mark_online(content_sudo, is_online)
        self._archive_before(content_sudo)
        revision = self._make(
            {
                "name": content_sudo.display_name,
                "type_id": self.env["content.type"]._get_id(content._name),
                "res_id": content.id,
                "commune_ids": [Command.set(content_sudo._get_approval_communes().ids)],
            }
        )
        revision._start_from(content.sudo())
        revision._set(
            {
                "state": "published",
                "origin": origin,
                "version": content_sudo.version,
                "date_published": content_sudo.date_published,
            }
        )
        self._follow_published(content_sudo)
        return revision

    # ------------------------------------------------------------
    # History
    # ------------------------------------------------------------

    def action_restore(self):
        """A draft with the values of this earlier version, to be read as any change is.

        :raise AccessError: she does not contribute to this content
        :return: `content.revision`
        """
        self.ensure_one()
        revision_sudo = self.sudo()
        if not revision_sudo.version:
            raise UserError(self.env._("This was never published."))
        draft = self._begin(self._get_content())
        if not draft._is_untouched():
            raise DraftBegun(
                self.env._(
                    "A change of this page is begun already, and this version would replace what "
                    "is written in it: send it or give it up first, then propose this version."
                ),
                draft,
            )
        draft._fill_from(revision_sudo)
        return draft

    def _copy_of(self, source_sudo, is_filled=True):
        """A revision of the live content with the values of another one, published at once: its
        author may have begun a draft, which this is not.

        :param is_filled: False: as the live content is
        """
        content_sudo = source_sudo._get_content().sudo()
        revision = self._make(
            {
                "name": source_sudo.name,
                "type_id": source_sudo.type_id.id,
                "res_id": source_sudo.res_id,
                "state": "changes_asked",
                "author_id": source_sudo.author_id.id,
                "organisation_id": source_sudo.organisation_id.id,
                "service_id": source_sudo.service_id.id,
                "commune_ids": [Command.set(source_sudo.commune_ids.ids)],
            }
        )
        revision._start_from(content_sudo)
        if is_filled:
            revision._fill_from(source_sudo)
        else:
            revision._set({"restored_id": source_sudo.id})
        return revision

    def _fill_from(self, source_sudo):
        """Its values and its files; lines that are still there are changed, not made again.

        What it does not know, fields and columns opened since, stays as it is online.
        """
        self.ensure_one()
        Model = self._get_model()
        values = dict(self.sudo().values or {})
        for name in Model._get_approval_fields():
            if name not in (source_sudo.values or {}):
                continue
            value = source_sudo.values[name]
            if Model._fields[name].type == "one2many":
                now = {row["id"]: row for row in values.get(name) or [] if row.get("id")}
                value = [
                    {**now.get(row.get("id"), {}), **self._take_files(row, source_sudo)}
                    for row in value or []
                ]
            values[name] = self._take_file(value, source_sudo)
        self._set(
            {
                "values": values,
                "body": self._copy_media(source_sudo.body, self, public=False),
                "restored_id": source_sudo.id,
            }
        )

    def _take_files(self, row, source_sudo):
        return {name: self._take_file(value, source_sudo) for name, value in row.items()}

    def _take_file(self, value, source_sudo):
        if not isinstance(value, dict) or "file" not in value:
            return value
        file_sudo = source_sudo._get_file(value)
        return self._keep_image(file_sudo.name, file_sudo.raw, file_sudo.mimetype)
