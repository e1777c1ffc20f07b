import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate, html2plaintext, remove_accents
from odoo.tools.mail import html_to_inner_content

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day
from odoo.addons.territory_base.tools import put_on_one_line

_lt = LazyTranslate(__name__)

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LINES = re.compile(r"\s*[\r\n]+\s*")
ANSWER = "reponse."
# What may be put in a text: the words between the braces, and what they give. Nothing else is
# known, and nothing is executed.
MERGE_FIELDS = {
    "numero": _lt("number of the request"),
    "demarche": _lt("name of the procedure"),
    "demandeur": _lt("name of the applicant"),
    "personnes": _lt("persons concerned"),
    "objet": _lt("what the request is about"),
    "commune": _lt("commune of the request"),
    "saison": _lt("season of the request"),
    "date": _lt("today"),
    "date_depot": _lt("day when the request was received"),
    "date_limite": _lt("day by which what is missing is expected"),
    "motif": _lt("reasons of the decision"),
    "conditions": _lt("conditions of the decision"),
    "etape": _lt("step of the request"),
    "service": _lt("name of the service"),
    "adresse": _lt("address of the service"),
    "telephone": _lt("phone of the service"),
    "courriel": _lt("e-mail of the service"),
    "agent": _lt("agent in charge of the request"),
    "lien": _lt("address of the page where the request is followed"),
}
# For a view that knows `procedure_id` and `service_id`, after its kind.
FITTING = (
    "'|', ('procedure_ids', '=', False), ('procedure_ids', 'in', procedure_id), "
    "'|', ('service_id', '=', False), ('service_id', '=', service_id)"
)


class ProcedureLetterTemplate(models.Model):
    """The words of an answer, written once by the service, with fields that each request fills."""

    _name = "procedure.letter.template"
    _description = "Answer template"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("decision", "Words of a decision"),
            ("completion", "Words of a request for more"),
            ("step", "What a step sends"),
        ],
        required=True,
        default="decision",
    )
    acts = fields.Selection(
        [
            ("accept", "Accept"),
            ("refuse", "Refuse"),
            ("waiting_list", "Put on the waiting list"),
            ("drop", "Close without decision"),
            ("refuse_document", "Say what is wrong with a document"),
        ],
        string="Offered to",
        help="Empty: to all the decisions.",
    )
    procedure_ids = fields.Many2many("procedure.procedure", help="Empty: all procedures.")
    service_id = fields.Many2one(
        "territory.service", help="Empty: all services.", ondelete="restrict"
    )
    subject = fields.Char(help="Subject of the mail and of the letter of a step.")
    body = fields.Html(
        string="Text",
        required=True,
        strip_style=True,
        strip_classes=True,
    )
    # What the widget of the text offers; never a value.
    merge_field = fields.Selection(selection="_get_merge_field_choices", store=False)
    tried_on = fields.Datetime(readonly=True, copy=False)
    tried_by_id = fields.Many2one("res.users", string="Tried by", readonly=True, copy=False)

    @api.depends("name", "tried_on")
    def _compute_display_name(self):
        for template in self:
            template.display_name = (
                template.name
                if template.tried_on or not template.name
                else self.env._("%(name)s (never tried)", name=template.name)
            )

    @api.model
    def _get_merge_fields(self):
        """Hook: what may be put in a text, besides the answers. `super()` and yours, whose values
        `_get_merge_values` gives.

        :return: dict: the words between the braces, in lower case without accents → what they give
        """
        return {name: self.env._(label) for name, label in MERGE_FIELDS.items()}

    @api.model
    def _get_merge_field_choices(self):
        """The closed list, then the questions of the published forms."""
        choices = [
            (name, "{{%s}}: %s" % (name, label)) for name, label in self._get_merge_fields().items()
        ]
        fields_sudo = (
            self.env["procedure.field"]
            .sudo()
            .search([("version_id.state", "=", "published")], order="key, id desc")
        )
        labels = {field.key: field.label for field in fields_sudo if self._is_read_in_text(field)}
        return choices + [
            (f"{ANSWER}{key}", "{{%s%s}}: %s" % (ANSWER, key, label))
            for key, label in labels.items()
        ]

    @api.model
    def _is_read_in_text(self, field):
        """Whether its answer is read in a text: not the rows of a block, nor a file."""
        return field._get_type().holds in ("answer", "result")

    @api.constrains("subject", "body", "procedure_ids")
    def _check_merge_fields(self):
        for template in self:
            text = f"{template.subject or ''}\n{html_to_inner_content(template.body or '')}"
            if any("<" in name for name in FIELD.findall(template.body or "")):
                raise ValidationError(
                    self.env._(
                        "A field is cut by a change of style inside its braces. "
                        "Write it again at one go."
                    )
                )
            # As an address is written once cleaned: an answer must not choose where a link leads.
            if "%7b%7b" in (template.body or "").lower():
                raise ValidationError(
                    self.env._("A field cannot be the address of a link: write it as text.")
                )
            for name in FIELD.findall(text):
                template._check_merge_field(name)
            if "{{" in FIELD.sub("", text) or "}}" in FIELD.sub("", text):
                raise ValidationError(
                    self.env._("A field is written {{numero}}: two braces on each side.")
                )

    def _check_merge_field(self, name):
        self.ensure_one()
        known = self._normalise(name)
        if known in self._get_merge_fields():
            return
        if known.startswith(ANSWER):
            key = known.removeprefix(ANSWER)
            domain = [("key", "=", key)]
            if self.procedure_ids:
                domain.append(("version_id.procedure_id", "in", self.procedure_ids.ids))
            found_sudo = self.env["procedure.field"].sudo().search(domain).version_id.procedure_id
            if found_sudo and not self.procedure_ids - found_sudo:
                return
            procedures = (self.procedure_ids - found_sudo).mapped("name")
            raise ValidationError(
                self.env._(
                    "The field {{%(name)s}} is no question of the form “%(procedures)s”. "
                    "Choose a field from the list.",
                    name=name,
                    procedures=", ".join(procedures),
                )
                if procedures
                else self.env._(
                    "The field {{%(name)s}} is no question of any form. "
                    "Choose a field from the list.",
                    name=name,
                )
            )
        raise ValidationError(
            self.env._(
                "The field {{%(name)s}} does not exist. Choose a field from the list.", name=name
            )
        )

    @api.model
    def _normalise(self, name):
        return remove_accents(name).strip().lower()

    def write(self, vals):
        """Words that changed are to be tried again."""
        if {"subject", "body"} & set(vals):
            vals = {**vals, "tried_on": False, "tried_by_id": False}
        return super().write(vals)

    def _mark_tried(self):
        self.sudo().write({"tried_on": fields.Datetime.now(), "tried_by_id": self.env.uid})

    # ------------------------------------------------------------
    # Filling
    # ------------------------------------------------------------

    def _render(self, request, **values):
        """(subject, body in HTML) for this request, which the caller may read.

        :param values: what is not on the request yet: `motif`, `conditions`, `date_limite`
        """
        self.ensure_one()
        template_sudo = self.sudo()
        filled = {**self._get_merge_values(request), **values}
        answers = None

        def fill(match):
            nonlocal answers
            name = self._normalise(match[1])
            if name.startswith(ANSWER):
                if answers is None:
                    answers = self._get_answers(request)
                return answers.get(name.removeprefix(ANSWER)) or self.env._("(no answer)")
            return str(filled.get(name) or "")

        def fill_html(match):
            return str(escape(fill(match)).replace("\n", Markup("<br/>")))

        subject = FIELD.sub(fill, template_sudo.subject or template_sudo.name)
        # Mail servers refuse a subject of several lines.
        subject = LINES.sub(" ", subject)
        return subject, Markup(FIELD.sub(fill_html, template_sudo.body or ""))

    def _render_text(self, request, **values):
        """In plain words, for a field of text that the agent goes on writing."""
        # As a browser: the lines of the source are none of the text's.
        html = put_on_one_line(self._render(request, **values)[1])
        return html2plaintext(html).strip()

    def _get_merge_values(self, request):
        """Hook: what the fields of `_get_merge_fields` give for this request, which the caller may
        read. Not in superuser mode: `request.sudo()` is yours to take.

        :return: dict: name → text, or an empty value
        """
        request_sudo = request.sudo()
        service_sudo = request_sudo.service_id
        decision_sudo = request_sudo.decision_ids.filtered("active")[:1]
        dates_due = [item["date_due"] for item in request_sudo._get_asked_items()]
        persons = request_sudo.acting_for_id | request_sudo.subject_ids
        address = " ".join(filter(None, (service_sudo.zip, service_sudo.city)))
        received_on = clock.local_time(request_sudo.date_submitted)
        return {
            "numero": request_sudo.number,
            "demarche": request_sudo.procedure_id.name,
            "demandeur": request_sudo.applicant_name,
            "personnes": ", ".join(persons.mapped("name")),
            "objet": self._say_facts(request_sudo._get_decided_facts(decision_sudo.kind)),
            "commune": request_sudo.commune_id.name,
            "saison": request_sudo.season,
            "date": self._format(request, clock.today()),
            "date_depot": self._format(request, received_on.date()),
            "date_limite": self._format(request, min(filter(None, dates_due), default=None)),
            "motif": decision_sudo.reasons,
            "conditions": decision_sudo.conditions,
            "etape": request_sudo._get_step_words(request_sudo.step_id)[0],
            "service": service_sudo.name,
            "adresse": ", ".join(filter(None, (service_sudo.street, address))),
            "telephone": service_sudo.phone,
            "courriel": service_sudo.email,
            "agent": request_sudo.user_id.name,
            "lien": request_sudo._get_url(),
        }

    @api.model
    def _say_facts(self, facts):
        return "\n".join(
            self.env._("%(label)s: %(text)s", label=label, text=text) for label, text in facts
        )

    @api.model
    def _format(self, request, day):
        lang = request._get_mail_lang()
        return day and say_day(self.env, day, "d MMMM yyyy", lang)

    @api.model
    def _get_answers(self, request):
        """Answers as they are read, by key; the lines of one key together."""
        answers = {}
        for _section, rows in request.sudo()._get_answer_sections():
            for _label, shown, key in rows:
                answers[key] = "\n".join(filter(None, (answers.get(key), str(shown))))
        return answers

    # ------------------------------------------------------------
    # Trying
    # ------------------------------------------------------------

    def action_try(self):
        """See it filled by a real request, before it serves."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try “%(name)s”", name=self.name),
            "res_model": "procedure.letter.trial",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_template_id": self.id, "dialog_size": "large"},
        }
