from odoo import api, fields, models
from odoo.exceptions import UserError

# What an answer was given to: other words are another version.
WORDS = {"name", "body"}
# What an answer means.
MEANING = {"kind", "about"}


class PrivacyConsentText(models.Model):
    """What is asked. Its words are those of its last version: an answer keeps the ones that were
    read (GDPR art. 7: the controller shows what was consented to)."""

    _name = "privacy.consent.text"
    _inherit = "territory.owner.mixin"
    _description = "What is asked"
    _order = "sequence, id"

    name = fields.Char("Question", required=True, help="As it is asked, in one sentence.")
    body = fields.Text("What is agreed to", required=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_asked = fields.Boolean(
        "Asked to families", copy=False, help="Until then it is a draft that the staff alone reads."
    )
    keeps_answers = fields.Boolean(
        "Only the spelling changes",
        copy=False,
        help="Those who agreed to the words before are not asked again.",
    )
    kind = fields.Selection(
        [("consent", "A consent, which may be withdrawn"), ("reading", "Rules that were read")],
        required=True,
        default="consent",
    )
    about = fields.Selection(
        [("child", "For a child"), ("adult", "For oneself")], required=True, default="child"
    )
    age_from = fields.Integer(
        "Asked from the age of",
        help="In years, such as 8 to go home alone. 0: whatever the age of the child.",
    )
    each_holder = fields.Boolean(
        "Every parent must agree",
        help="Else one is enough. One who refuses is heard in any case.",
    )
    service_id = fields.Many2one(
        "territory.service",
        required=True,
        index=True,
        default=lambda self: self.env.user.territory_service_ids[:1].id,
    )
    version_ids = fields.One2many("privacy.consent.version", "text_id", "Versions")

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is used by another text.")
    _each_of_a_child = models.Constraint(
        "CHECK(about = 'child' OR NOT each_holder)", "An adult answers for herself alone."
    )

    _age_of_a_child = models.Constraint(
        "CHECK(age_from BETWEEN 0 AND 17 AND (about = 'child' OR age_from = 0))",
        "The age from which it is asked is that of a child: from 0 to 17.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        texts = super().create(vals_list)
        texts._keep_words()
        return texts

    def write(self, vals):
        changed = self.filtered(
            lambda text: any(text[name] != vals[name] for name in MEANING & vals.keys())
        )
        changed._check_not_answered()
        result = super().write(vals)
        if WORDS & vals.keys():
            self._keep_words()
        return result

    def _check_not_answered(self):
        if self.env["privacy.consent"].sudo().search_count([("text_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Families have answered it: archive this question, and write another.")
            )

    def _keep_words(self):
        """Words that were shown are never written over: somebody may be answering them."""
        Version_sudo = self.env["privacy.consent.version"].sudo()
        for text in self:
            last_sudo = text._get_version().sudo()
            words = {name: text[name] for name in WORDS}
            if last_sudo and all(last_sudo[name] == words[name] for name in WORDS):
                continue
            number = (last_sudo.number or 0) + 1
            Version_sudo.create(
                {
                    **words,
                    "text_id": text.id,
                    "number": number,
                    "keeps_answers": number > 1 and text.keeps_answers,
                }
            )
        # Said of one change, never of the next one.
        self.filtered("keeps_answers").keeps_answers = False

    def _is_asked_about(self, person):
        """Whether it is asked, and this person old enough."""
        self.ensure_one()
        return self.is_asked and (not self.age_from or person.sudo().age >= self.age_from)

    def _get_version(self):
        """The words of today."""
        return self._get_versions_alike()[:1]

    def _get_versions_alike(self):
        """The words of today, and those before that said the same otherwise spelt."""
        self.ensure_one()
        versions = self.version_ids.sorted("number", reverse=True)
        for count, version in enumerate(versions, 1):
            if not version.keeps_answers:
                return versions[:count]
        return versions
