import json
from pathlib import Path
from typing import NamedTuple

from odoo import api, fields, models

FOLDER = Path(__file__).parents[1] / "templates"


class Hint(NamedTuple):
    """For whoever chooses a template. `topic`: the code of the theme that is proposed, where this
    territory has it. `note`: what tells it from another one, in a sentence of the staff."""

    topic: str = ""
    note: str = ""


class ProcedureTemplate(models.Model):
    """A procedure ready to be adapted. The rows come from the files of `_get_folders()`."""

    _name = "procedure.template"
    _description = "Procedure template"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "summary"]

    name = fields.Char(required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    addon = fields.Char(readonly=True, help="Name of the addon whose file it is.")
    sequence = fields.Integer(readonly=True)
    active = fields.Boolean(default=True)
    summary = fields.Char(readonly=True)
    question_count = fields.Integer(string="Questions", readonly=True)
    step_names = fields.Char(string="Steps", readonly=True)
    content = fields.Text(required=True, readonly=True)
    note = fields.Char("Good to know", compute="_compute_note")

    _code_uniq = models.Constraint("UNIQUE(code)", "This template already exists.")

    @api.depends("name", "question_count")
    def _compute_display_name(self):
        for template in self:
            template.display_name = self.env._(
                "%(name)s (%(count)s questions)",
                name=template.name,
                count=template.question_count,
            )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_note(self):
        hints = self._get_hints()
        for template in self:
            template.note = hints.get(template.code, Hint()).note

    @api.model
    def _get_hints(self):
        """Hook: dict code of a template -> `Hint`. Extended, with `super()`, by the addon that
        brings the template."""
        hall = self.env._(
            "Without calendar: somebody looks whether the hall is free. Where people choose among "
            "free days, take the template with the calendar of the rooms."
        )
        return {
            "03_location_salle": Hint("vie-locale", hall),
            "04_raccordement_eau": Hint("eau"),
            "05_annonce_evenement": Hint("vie-locale"),
            "06_subvention_association": Hint("vie-locale"),
            "07_inscription_scolaire": Hint("enfance"),
            "08_centre_loisirs": Hint("enfance"),
            "11_raccordement_assainissement": Hint("eau"),
        }

    def _find_topic(self):
        """The theme that is proposed; none where this territory has others."""
        code = self._get_hints().get(self.code, Hint()).topic
        Topic = self.env["territory.topic"]
        return Topic.search([("code", "=", code)]) if code else Topic

    def action_use(self):
        """Open the wizard with this template chosen."""
        self.ensure_one()
        action = self.env["procedure.procedure"].action_new_procedure()
        action["context"] = {"default_source": "template", "default_template_id": self.id}
        return action

    def _get_definition(self):
        self.ensure_one()
        return self.env["procedure.definition"]._read_file(self.content.encode())

    @api.model
    def _get_folders(self):
        """Where files of templates are: dict name of an addon -> `Path` of its folder.

        In superuser mode, when an addon is updated. Extended, with `super()`, by a service addon,
        whose data call `_load_files` too (`<function model="procedure.template"
        name="_load_files" />`): the names of its files are theirs alone.
        """
        return {"procedure_template": FOLDER}

    @api.model
    def _load_files(self):
        """One row per file, at each update of an addon that brings some."""
        folders = self._get_folders()
        files = [
            (addon, path)
            for addon, folder in folders.items()
            for path in sorted(folder.glob("*.json"))
        ]
        # While Odoo loads, those of the addons to come keep theirs.
        modules_sudo = self.env["ir.module.module"].sudo()
        modules_sudo = modules_sudo.search(
            [("state", "in", ("installed", "to upgrade", "to install"))]
        )
        to_come = set(modules_sudo.mapped("name")) - set(folders)
        rows = self.with_context(active_test=False).search([("addon", "not in", list(to_come))])
        known = {row.code: row for row in rows}
        for index, (addon, path) in enumerate(files):
            content = path.read_text()
            data = json.loads(content)
            vals = {
                "name": data["name"],
                "code": path.stem,
                "addon": addon,
                "sequence": index,
                "summary": data.get("summary"),
                "question_count": self._count_questions(data.get("fields", ())),
                "step_names": ", ".join(step["name"] for step in data.get("steps", ())),
                "content": content,
            }
            row = known.pop(path.stem, None)
            if row:
                row.write(vals)
            else:
                self.create(vals)
        for row in known.values():
            row.unlink()

    @api.model
    def _count_questions(self, rows):
        get_type = self.env["procedure.field.types"]._get_type
        return sum(
            (get_type(row["type"]).holds in ("answer", "files"))
            + self._count_questions(row.get("fields", ()))
            for row in rows
        )
