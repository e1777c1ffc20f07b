import base64
import binascii
import re
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import clean_context

CODE_MAX = 8
SMALL_WORDS = {
    "a",
    "au",
    "aux",
    "de",
    "des",
    "du",
    "en",
    "et",
    "la",
    "le",
    "les",
    "un",
    "une",
    "ma",
}


class ProcedureNewWizard(models.TransientModel):
    """Where the new procedure comes from; its name, its code, its service."""

    _name = "procedure.new.wizard"
    _description = "New procedure"

    source = fields.Selection(
        [
            ("template", "A template"),
            ("procedure", "Another procedure"),
            ("file", "A file"),
            ("empty", "Nothing"),
        ],
        required=True,
        default="template",
        string="Start from",
    )
    template_id = fields.Many2one("procedure.template")
    template_summary = fields.Char(related="template_id.summary", string="What it is")
    template_note = fields.Char(related="template_id.note")
    template_steps = fields.Char(related="template_id.step_names", string="Follow-up steps")
    procedure_id = fields.Many2one("procedure.procedure", string="Procedure to copy")
    file = fields.Binary(string="File (.json)", attachment=False)
    filename = fields.Char()
    place_ids = fields.One2many(
        "procedure.definition.place",
        "wizard_id",
        string="What the file names and does not exist here",
        compute="_compute_place_ids",
        store=True,
        readonly=False,
    )
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, string="Name of the procedure"
    )
    code = fields.Char(
        compute="_compute_code",
        store=True,
        readonly=False,
        help="Prefix of the numbers of requests, such as BAC. Proposed from the name.",
    )
    service_id = fields.Many2one(
        "territory.service",
        string="Service that answers",
        compute="_compute_service_id",
        store=True,
        readonly=False,
        help="May be chosen later.",
    )

    topic_id = fields.Many2one(
        "territory.topic",
        "Theme",
        compute="_compute_topic_id",
        store=True,
        readonly=False,
        help="The catalogue sorts by theme: without one, it is last.",
    )

    @api.depends("source", "template_id", "procedure_id")
    def _compute_topic_id(self):
        for wizard in self:
            if wizard.source == "template" and wizard.template_id:
                wizard.topic_id = wizard.template_id._find_topic()
            elif wizard.source == "procedure" and wizard.procedure_id:
                wizard.topic_id = wizard.procedure_id.topic_id
            else:
                wizard.topic_id = wizard.topic_id

    @api.depends("source", "template_id", "procedure_id", "file")
    def _compute_name(self):
        for wizard in self:
            if wizard.source == "template" and wizard.template_id:
                wizard.name = wizard.template_id.name
            elif wizard.source == "procedure" and wizard.procedure_id:
                wizard.name = self.env._("%s (copy)", wizard.procedure_id.name)
            elif wizard.source == "file" and wizard.file:
                wizard.name = wizard._peek().get("name") or wizard.name
            else:
                wizard.name = wizard.name

    @api.depends("source", "file")
    def _compute_place_ids(self):
        """What takes the place of each thing that the file names, and that is not known here."""
        Definition = self.env["procedure.definition"]
        for wizard in self:
            places = []
            if wizard.source == "file" and wizard.file:
                try:
                    data = Definition._load(wizard._get_content())
                except ValidationError:
                    data = {}
                places = Definition._prepare_places(data, only_unknown=True)
            wizard.place_ids = [fields.Command.clear(), *map(fields.Command.create, places)]

    @api.depends("name")
    def _compute_code(self):
        Procedure = self.env["procedure.procedure"]
        for wizard in self:
            code = wizard._propose_code()
            wizard.code = Procedure._get_free_code(code) if code else wizard.code

    @api.depends("source", "procedure_id")
    def _compute_service_id(self):
        for wizard in self:
            if wizard.source == "procedure" and wizard.procedure_id:
                wizard.service_id = wizard.procedure_id.service_id
            else:
                wizard.service_id = wizard.service_id

    def _propose_code(self):
        """The first word that says something, in plain capitals."""
        template = self.template_id
        if self.source == "template" and template and template.name == self.name:
            proposed = template._get_definition().get("code")
        elif self.source == "file" and self.file:
            proposed = self._peek().get("code")
        else:
            proposed = None
        if isinstance(proposed, str) and re.fullmatch(r"[A-Za-z0-9]{1,30}", proposed):
            return proposed.upper()
        plain = unicodedata.normalize("NFKD", self.name or "").encode("ascii", "ignore").decode()
        words = [word for word in re.findall(r"[a-z0-9]+", plain.lower()) if len(word) > 1]
        words = [word for word in words if word not in SMALL_WORDS]
        # « Demander un bac »: the verb says little.
        word = (words[1:] or words or [""])[0]
        return word[:CODE_MAX].upper()

    def _peek(self):
        """What the file says, before it is checked: for what is proposed only."""
        try:
            data = self.env["procedure.definition"]._load(self._get_content())
        except ValidationError:
            return {}
        words = data if isinstance(data, dict) else {}
        return {name: words[name] for name in ("name", "code") if isinstance(words.get(name), str)}

    def _get_content(self):
        try:
            return base64.b64decode(self.file or b"", validate=True)
        except binascii.Error as error:
            raise ValidationError(self.env._("This file cannot be read.")) from error

    def action_create_procedure(self):
        """Make the draft and open it."""
        self.ensure_one()
        self.env["procedure.procedure"]._check_manager()
        # What was proposed to the wizard is not for the records that it makes.
        self = self.with_env(self.env(context=clean_context(self.env.context)))
        vals = self._prepare_procedure()
        match self.source:
            case "template":
                procedure = self._create_from_template(vals)
            case "procedure":
                if not self.procedure_id:
                    raise UserError(self.env._("Choose the procedure to copy."))
                procedure = self.procedure_id._duplicate(vals)
            case "file":
                if not self.file:
                    raise UserError(self.env._("Choose the file to read."))
                Definition = self.env["procedure.definition"]
                choices = self.place_ids._get_choices()
                data = Definition._read_file(self._get_content(), choices)
                procedure = Definition._import(data, **vals)
            case _:
                procedure = self._create_empty(vals)
        return {
            "type": "ir.actions.act_window",
            "res_model": "procedure.procedure",
            "res_id": procedure.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _prepare_procedure(self):
        if not (self.name or "").strip():
            raise UserError(self.env._("Give the procedure a name."))
        code = (self.code or "").strip().upper()
        if not code:
            raise UserError(self.env._("Give the procedure a code, such as BAC."))
        free = self.env["procedure.procedure"]._get_free_code(code)
        if free != code:
            raise UserError(
                self.env._(
                    "The code “%(code)s” is already used. “%(free)s” is free.", code=code, free=free
                )
            )
        vals = {"name": self.name.strip(), "code": code}
        if self.service_id:
            vals["service_id"] = self.service_id.id
        if self.topic_id:
            vals["topic_id"] = self.topic_id.id
        return vals

    def _create_from_template(self, vals):
        if not self.template_id:
            raise UserError(self.env._("Choose a template."))
        return self.env["procedure.definition"]._import(self.template_id._get_definition(), **vals)

    def _create_empty(self, vals):
        """With a register entry of its own, and a first version of the form. What is the same for
        each procedure of ours is proposed; how long the data are kept is for somebody to say."""
        register = {
            "name": vals["name"],
            "purpose": self.env._("Answer the request of the person."),
            "legal_basis": "public_task",
            "person_categories": self.env._(
                "The persons who make the request, and those whom it concerns."
            ),
            "data_categories": self.env._(
                "Identity, contact details, answers to the questions of the form, documents given."
            ),
            "recipients": self.env._("The service that answers."),
            "security_measures": self.env._(
                "Access kept to the agents of the service, by personal account; encrypted "
                "exchanges; daily backups."
            ),
        }
        processing = self.env["procedure.definition"]._create_processing(register, vals["code"])
        procedure = self.env["procedure.procedure"].create({**vals, "processing_id": processing.id})
        self.env["procedure.version"].create({"procedure_id": procedure.id})
        return procedure
