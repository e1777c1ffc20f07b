from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import get_lang

# What the register (GDPR art. 30.1) and the notice (art. 13) must say: publication waits for them.
MANDATORY_FIELDS = (
    "controller_id",
    "purpose",
    "legal_basis",
    "person_categories",
    "data_categories",
    "recipients",
    "transfers",
    "retention",
    "security_measures",
    "rights_contact",
    "dpo_contact",
)


class PrivacyProcessing(models.Model):
    """One row of the register (GDPR art. 30); the notice shown to people is made from it."""

    _name = "privacy.processing"
    _description = "Processing of personal data"
    _order = "name, id"
    # The notice is public.
    _names_what_is_read = True

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    controller_id = fields.Many2one(
        "res.partner",
        domain=[("kind", "=", False)],
        default=lambda self: self.env.company.partner_id,
        ondelete="restrict",
        help="The authority that decides: the intercommunality, or a commune.",
    )
    purpose = fields.Text(help="What the data are used for, as the person will read it.")
    legal_basis = fields.Selection(
        [
            ("public_task", "Public task (GDPR art. 6.1.e)"),
            ("legal_obligation", "Legal obligation (GDPR art. 6.1.c)"),
            ("consent", "Consent (GDPR art. 6.1.a)"),
            ("contract", "Contract (GDPR art. 6.1.b)"),
            ("vital_interest", "Vital interest (GDPR art. 6.1.d)"),
            ("legitimate_interest", "Legitimate interest (GDPR art. 6.1.f)"),
        ],
    )
    legal_reference = fields.Text(help="The law, regulation or deliberation.")
    person_categories = fields.Text(string="Persons concerned")
    data_categories = fields.Text(string="Data")
    mandatory_note = fields.Text(
        string="Mandatory answers", help="Which answers are needed, and what happens without them."
    )
    recipients = fields.Text(help="Who receives the data.")
    transfers = fields.Text(
        string="Transfers outside the European Union",
        default=lambda self: self._get_default_transfers(),
    )
    retention = fields.Text(help="How long the data are kept, and what becomes of them.")
    security_measures = fields.Text()
    rights_contact = fields.Text(
        string="Contact for rights",
        default=lambda self: self._get_default_rights_contact(),
        help="Where a person asks to see or correct the data: e-mail and postal address.",
    )
    dpo_contact = fields.Text(
        string="Data protection officer",
        help="Name and contact. Empty: that of the company's settings.",
    )
    is_complete = fields.Boolean(string="Complete", compute="_compute_is_complete", store=True)
    missing_text = fields.Char(string="To fill in", compute="_compute_missing_text")

    _code_uniq = models.Constraint("UNIQUE(code)", "This code already exists in the register.")

    # What is filled in is kept as a text, and published: in the language of the office, even where
    # it is written in none, as by the data of a module.

    @api.model
    def _in_office_language(self):
        return self.with_context(lang=get_lang(self.with_context(lang=None).env).code)

    @api.model
    def _get_default_transfers(self):
        return self._in_office_language().env._("None.")

    @api.model
    def _get_default_rights_contact(self):
        return self._in_office_language().env._(
            "Write to the data protection officer, or to the controller, by letter or e-mail. "
            "The answer comes within one month."
        )

    @api.depends(*MANDATORY_FIELDS)
    def _compute_is_complete(self):
        for processing in self:
            processing.is_complete = not processing._missing_items()

    @api.depends(*MANDATORY_FIELDS)
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for processing in self:
            processing.missing_text = ", ".join(processing._missing_items())

    @api.constrains("controller_id")
    def _check_controller(self):
        """Its name, address and telephone are published: never those of a person."""
        controllers_sudo = self.sudo().controller_id.with_context(active_test=False)
        if controllers_sudo.filtered(lambda partner: partner.kind or partner.user_ids):
            raise ValidationError(
                self.env._(
                    "Choose an authority as the controller, the intercommunality or a commune: "
                    "not a person or an organisation."
                )
            )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for processing, vals in zip(self, vals_list, strict=True):
            if "code" not in (default or {}):
                vals["code"] = f"{processing.code}-copy"
        return vals_list

    def _missing_items(self):
        """Return the labels of the mandatory items that are still empty."""
        self.ensure_one()
        labels = self.fields_get(MANDATORY_FIELDS, ["string"])
        return [labels[name]["string"] for name in MANDATORY_FIELDS if self._is_blank(name)]

    def _is_blank(self, name):
        value = self._get_dpo_text() if name == "dpo_contact" else self[name]
        return not (value.strip() if isinstance(value, str) else value)

    def _check_publishable(self):
        """Refuse to publish what asks for data under an incomplete entry."""
        for processing in self:
            missing = processing._missing_items()
            if missing:
                raise UserError(
                    self.env._(
                        "The register entry “%(name)s” is not complete. Fill in: %(items)s.",
                        name=processing.name,
                        items=", ".join(missing),
                    )
                )

    # Notice. It is public by law (art. 13), so visitors who have no right on the register read it.

    def _get_notice(self):
        """Return {label: text}, in the order of the page, without what is empty."""
        processing_sudo = self.sudo()
        lines = {
            self.env._("Who is responsible"): processing_sudo._get_controller_text(),
            self.env._("What for"): processing_sudo.purpose,
            self.env._("By what right"): processing_sudo._get_basis_text(),
            self.env._("Who is concerned"): processing_sudo.person_categories,
            self.env._("Which data"): processing_sudo.data_categories,
            self.env._("What you must answer"): processing_sudo.mandatory_note,
            self.env._("Who receives them"): processing_sudo.recipients,
            self.env._("Outside the European Union"): processing_sudo.transfers,
            self.env._("How long they are kept"): processing_sudo._get_retention_text(),
            self.env._("Your rights"): processing_sudo._get_rights_text(),
            self.env._("To use your rights"): processing_sudo.rights_contact,
            self.env._("Data protection officer"): processing_sudo._get_dpo_text(),
            self.env._("If we do not answer you well"): self.env._(
                "You may complain to the CNIL: www.cnil.fr or CNIL, 3 place de Fontenoy, "
                "TSA 80715, 75334 Paris Cedex 07."
            ),
        }
        return {label: text for label, text in lines.items() if text}

    def _get_notice_summary(self):
        """Return the short text that stays in sight on the form."""
        processing_sudo = self.sudo()
        return self.env._(
            "Your answers are used by: %(controller)s. You may see them and have them corrected.",
            controller=processing_sudo.controller_id.name or "",
        )

    def _get_retention_text(self):
        """Extended by the job that keeps what is promised."""
        return self.retention

    def _get_dpo_text(self):
        """Art. 13.1.b: the officer of this entry, else the one of the settings."""
        own = (self.dpo_contact or "").strip()
        return own or (self.env.company.sudo().dpo_contact or "").strip()

    def _get_controller_text(self):
        controller = self.controller_id
        if not controller:
            return ""
        address = controller._display_address(without_company=True).splitlines()
        parts = [controller.name, *address, controller.phone, controller.email]
        return ", ".join(part.strip() for part in parts if part and part.strip())

    def _get_basis_text(self):
        selection = dict(self._fields["legal_basis"]._description_selection(self.env))
        parts = [selection.get(self.legal_basis), self.legal_reference]
        return "\n".join(part for part in parts if part)

    def _get_rights_text(self):
        """Rights depend on the basis: art. 15.3, 17.3.b, 20.1 and 21.1 of the GDPR."""
        basis = self.legal_basis
        rights = [
            self.env._("see your data and receive a copy"),
            self.env._("have them corrected"),
            self.env._("have their use limited"),
        ]
        if basis in ("public_task", "legitimate_interest"):
            rights.append(self.env._("object to their use"))
        if basis in ("public_task", "legal_obligation"):
            rights.append(self.env._("have erased what no law obliges us to keep"))
        else:
            rights.append(self.env._("have them erased"))
        if basis in ("consent", "contract"):
            rights.append(self.env._("receive them in a file"))
        if basis == "consent":
            rights.append(self.env._("withdraw your consent at any time"))
        return self.env._("You may: %(rights)s.", rights=", ".join(rights))
