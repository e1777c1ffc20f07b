import re

from odoo import Command, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.territory_base.tools import decode_file


class DryRun(Exception):
    """What was made to be read is undone."""


class ProcedureDraftFile(models.TransientModel):
    """A file as the next draft of a procedure: read first, in words; then a draft like any other.

    Its form alone comes from the file. Steps, letters, templates and requests stay as they are.
    """

    _name = "procedure.draft.file"
    _inherit = "territory.file.load"
    _description = "File as the next draft"
    _load_action = "procedure_builder_file.procedure_draft_file_action"

    procedure_id = fields.Many2one("procedure.procedure", required=True, readonly=True)
    file = fields.Binary("File (.json)")
    service_id = fields.Many2one("territory.service", string="Service that answers")
    processing_id = fields.Many2one("privacy.processing", string="Entry of the register")
    file_service = fields.Char(string="Service, in the file", readonly=True)
    file_register = fields.Char(string="Entry of the register, in the file", readonly=True)
    place_ids = fields.One2many(
        "procedure.definition.place", "draft_file_id", string="Of the place"
    )
    report = fields.Text(string="What the draft would change")

    def _check_loader(self):
        self.procedure_id._check_manager()

    def _read_lines(self, content):
        """The plan: what the file says. The mistakes: sentences, each with its line where there is
        one."""
        data = self.env["procedure.definition"]._load(content)
        if not self.digest or self.digest != self._get_digest():
            self._propose_places(data)
        return data, self._find_mistakes(data)

    def _tell_mistakes(self, mistakes):
        return mistakes

    def _get_refusal(self, mistakes):
        return "\n".join(mistakes)

    def _tell_plan(self, data):
        """What the draft would change, in words."""
        return self._get_difference(data) or [self.env._("The form would not change.")]

    def _write_plan(self, data):
        """Make the draft and open it."""
        version = self._make_draft(data)
        changed = {
            name: self[name].id
            for name in ("service_id", "processing_id")
            if self[name] and self[name] != self.procedure_id[name]
        }
        if changed:
            self.procedure_id.write(changed)
        return version.action_open_builder()

    # ------------------------------------------------------------
    # Things of the place
    # ------------------------------------------------------------

    def _propose_places(self, data):
        """What the questions name, with what has the same code here; the service and the entry of
        the register stay those of the procedure."""
        Definition = self.env["procedure.definition"]
        asked = {"fields": data.get("fields") or []}
        register = data.get("register")
        self.write(
            {
                "service_id": self.procedure_id.service_id.id,
                "processing_id": self.procedure_id.processing_id.id,
                "file_service": str(data.get("service") or "")[:200],
                "file_register": str((isinstance(register, dict) and register.get("name")) or "")[
                    :200
                ],
                "place_ids": [
                    Command.clear(),
                    *(
                        Command.create(vals)
                        for vals in Definition._prepare_places(asked, only_unknown=False)
                    ),
                ],
            }
        )

    def _read(self, data):
        """The checked definition, its form alone, with what takes the place of what it names."""
        Definition = self.env["procedure.definition"]
        kept = {name: data[name] for name in ("format", "schema", "fields") if name in data}
        kept = Definition._replace_places(kept, self.place_ids._get_choices())
        # What every file says, and the procedure has already.
        kept.update(name=self.procedure_id.name, code=self.procedure_id.code)
        return Definition._check_loaded(kept)

    # ------------------------------------------------------------
    # What is refused, what would change
    # ------------------------------------------------------------

    def _find_mistakes(self, data):
        """Sentences, each with its line where there is one."""
        procedure = self.procedure_id
        if procedure._get_draft():
            return [
                self.env._(
                    "This procedure already has a draft: publish it or delete it before a file "
                    "takes its place."
                )
            ]
        try:
            checked = self._read(data)
        except ValidationError as error:
            return str(error).split("\n")
        if not checked.get("fields"):
            return [self.env._("This file has no question.")]
        known = {}
        for field in procedure.version_ids.sorted("number").field_ids:
            known[field.key] = field
        types = dict(self.env["procedure.field"]._fields["type"]._description_selection(self.env))
        rows = [row for top in checked["fields"] for row in (top, *top.get("fields", ()))]
        return [
            self.env._(
                "Line %(line)s, “%(label)s”: the key “%(key)s” is of the type “%(after)s” in the "
                "file, and “%(before)s” in version %(number)s. Give the question another key.",
                line=self._find_line(row["key"]),
                label=row.get("label") or row["key"],
                key=row["key"],
                after=types[row["type"]],
                before=types.get(known[row["key"]].type, known[row["key"]].type),
                number=known[row["key"]].version_id.number,
            )
            for row in rows
            if row["key"] in known and known[row["key"]].type != row["type"]
        ]

    def _find_line(self, key):
        """A question is defined before anything names it: the first line that says its key."""
        text = decode_file(self.file).decode("utf-8-sig", errors="replace")
        found = re.search(rf'"key"\s*:\s*"{re.escape(key)}"', text)
        return text.count("\n", 0, found.start()) + 1 if found else "?"

    def _get_difference(self, data):
        """In sentences: the draft is made, compared with the last version, and undone."""
        sentences = []
        last = self.procedure_id.version_ids.sorted("number")[-1:]
        try:
            with self.env.cr.savepoint():
                version = self._make_draft(data)
                sentences = version._get_difference(last) if last else []
                raise DryRun
        except DryRun:
            self.env.invalidate_all()
        except ValidationError as error:
            raise UserError(str(error)) from error
        return sentences

    def _make_draft(self, data):
        Definition = self.env["procedure.definition"]
        rows = Definition._prepare_fields(self._read(data))
        return self.env["procedure.version"].create(
            {
                "procedure_id": self.procedure_id.id,
                "field_ids": [
                    Command.create({**vals, "sequence": rank}) for rank, vals in enumerate(rows)
                ],
            }
        )
