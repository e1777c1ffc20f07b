import base64
import hashlib
import json
import re

from lxml import html

from odoo import Command, api, models
from odoo.fields import Domain

from .content_revision_text import LINE_END


class ContentRevisionValues(models.AbstractModel):
    """What is proposed, as JSON: the words of the ORM, but

    - an image is `{"sum": SHA-1, "file": id of a file of the revision}`, or False;
    - a One2many is a list of lines, each a dict with its `id` when the live line exists.
    """

    _name = "content.revision.values"
    _description = "Proposed change: values"

    # ------------------------------------------------------------
    # From the live content
    # ------------------------------------------------------------

    @api.model
    def _serialize(self, record, name, options):
        field = record._fields[name]
        value = record[name]
        if field.type == "one2many":
            return [
                {
                    "id": line._origin.id,
                    **{each: self._serialize(line, each, {}) for each in options["lines"]},
                }
                for line in value
            ]
        if field.type == "binary":
            content = value and base64.b64decode(value)
            return bool(content) and {"sum": hashlib.sha1(content).hexdigest()}  # noqa: S324
        if field.type == "many2many":
            return sorted(value.ids)
        if field.type == "many2one":
            return value.id
        if field.type in ("date", "datetime"):
            return field.to_string(value) if value else False
        if field.type == "text" and value:
            return LINE_END.sub("\n", value)
        return value or (0 if field.type in ("integer", "float", "monetary") else False)

    def _take_live(self, content):
        """The values of the content, its images kept with the revision: what is replaced can be
        compared, and brought back."""
        self.ensure_one()
        values = content._read_approval_values()
        for name, options in content._get_approval_fields().items():
            field = content._fields[name]
            if field.type == "binary" and values[name]:
                values[name] = self._keep_image(name, base64.b64decode(content[name]))
            for line in values[name] if field.type == "one2many" else ():
                record = content[name].browse(line["id"])
                for each in options["lines"]:
                    if record._fields[each].type == "binary" and line[each]:
                        line[each] = self._keep_image(each, base64.b64decode(record[each]))
        return values

    def _keep_image(self, name, content, mimetype=None):
        """A file that only those who read the revision see."""
        self.ensure_one()
        digest = hashlib.sha1(content).hexdigest()  # noqa: S324
        attachment_sudo = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{name}-{digest[:8]}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    **({"mimetype": mimetype} if mimetype else {}),
                }
            )
        )
        return {"sum": digest, "file": attachment_sudo.id}

    # ------------------------------------------------------------
    # To the live content, or to its preview
    # ------------------------------------------------------------

    def _prepare_live_values(self, content, names=None):
        """Values for `write` or `new` on the content.

        :param names: only these fields; by default those that the revision changes
        """
        self.ensure_one()
        revision_sudo = self.sudo()
        Model = self._get_model()
        options = Model._get_approval_fields()
        values = {}
        for name in revision_sudo._get_changed_names() if names is None else names:
            if name == "body":
                values["body"] = revision_sudo.body
                continue
            if content and name not in revision_sudo.values:
                # Opened since it was begun: as it is online.
                continue
            field, value = Model._fields[name], revision_sudo.values.get(name, False)
            if field.type == "one2many":
                lines_sudo = content.sudo()[name]
                values[name] = revision_sudo._prepare_lines(
                    lines_sudo, value, options[name]["lines"]
                )
            else:
                values[name] = revision_sudo._deserialize(field, value)
        return values

    def _prepare_lines(self, lines, wanted, names):
        commands, kept = [], set()
        for row in wanted or []:
            vals = {
                name: self._deserialize(lines._fields[name], row.get(name, False)) for name in names
            }
            if row.get("id") in lines.ids:
                kept.add(row["id"])
                # A column that was opened since: as it is online.
                vals = {name: value for name, value in vals.items() if name in row}
                commands.append(Command.update(row["id"], vals))
            else:
                commands.append(Command.create(vals))
        return [Command.delete(line.id) for line in lines if line.id not in kept] + commands

    def _deserialize(self, field, value):
        if field.type == "binary":
            return value and base64.b64encode(self._get_file(value).raw or b"")
        if field.type == "many2many":
            return [Command.set(value or [])]
        return value

    def _get_file(self, value):
        """The file of an image of this revision."""
        return self._get_own_files().filtered(lambda each: each.id == value["file"])

    def _get_own_files(self):
        """The files of this revision, in superuser mode."""
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return self.env["ir.attachment"].sudo().search(domain)

    @api.model
    def _find_files(self, value):
        """Numbers of the files that these values name."""
        if isinstance(value, dict):
            if "sum" in value:
                return {value["file"]} if "file" in value else set()
            value = list(value.values())
        return set().union(*map(self._find_files, value)) if isinstance(value, list) else set()

    def _forget_files(self, numbers):
        """What a contributor replaced before anybody read it."""
        self._get_own_files().filtered(lambda each: each.id in numbers).unlink()

    def _get_preview(self):
        """The content as it will be once published: a record that exists in memory only."""
        self.ensure_one()
        content_sudo = self._get_content().sudo()
        Model_sudo = self._get_model().sudo().with_context(content_revision_id=self.id)
        names = [*Model_sudo._get_approval_fields(), "body"]
        revision_sudo = self.sudo()
        values = revision_sudo._prepare_live_values(content_sudo, names)
        for name in values:
            if Model_sudo._fields[name].type == "one2many":
                # Drawn a second time, the record in memory already holds its lines.
                values[name] = [Command.clear(), *values[name]]
        if not content_sudo:
            values |= Model_sudo._prepare_new_content(revision_sudo)
        return Model_sudo.new(values, origin=content_sudo or None)

    # ------------------------------------------------------------
    # What changes
    # ------------------------------------------------------------

    def _get_changed_names(self):
        """The open fields, in their order, whose value the revision changes; `body` last."""
        self.ensure_one()
        revision_sudo = self.sudo()
        values, base = revision_sudo.values or {}, revision_sudo.base_values or {}
        names = [
            name
            for name in self._get_model()._get_approval_fields()
            if self._get_key(values.get(name)) != self._get_key(base.get(name))
        ]
        if self._get_body_key(revision_sudo.body) != self._get_body_key(revision_sudo.base_body):
            names.append("body")
        return names

    @api.model
    def _get_key(self, value):
        """Two values with the same key are the same for a reader."""
        if isinstance(value, dict):
            if "sum" in value:
                return value["sum"]
            return {name: self._get_key(each) for name, each in value.items() if name != "id"}
        if isinstance(value, list):
            return [self._get_key(each) for each in value]
        return value or False

    @api.model
    def _get_body_key(self, body):
        """The builder writes the same text with other spaces between its blocks."""
        if not body or not str(body).strip():
            return ""
        root = html.fragment_fromstring(str(body), create_parent=True)
        if not root.text_content().strip() and not root.xpath(".//img|.//iframe|.//hr"):
            return ""
        for element in root.iter():
            element.text = re.sub(r"\s+", " ", element.text or "").strip()
            element.tail = re.sub(r"\s+", " ", element.tail or "").strip()
        return html.tostring(root, encoding="unicode")

    def _get_mark(self):
        """Changes with what is typed in it: two tabs, two delegates of one association, what was
        corrected while somebody read it."""
        self.ensure_one()
        revision_sudo = self.sudo()
        kept = json.dumps(revision_sudo.values, sort_keys=True) + str(revision_sudo.body or "")
        return hashlib.sha256(kept.encode()).hexdigest()[:16]

    @api.model
    def _pending_domain(self, content):
        return Domain("res_model", "=", content._name) & Domain("res_id", "in", content.ids)
