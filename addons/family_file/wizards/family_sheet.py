from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from odoo.addons.territory_base.locks import lock_or_replay

from ..models.family_custody import RHYTHM_FIELDS

QUOTIENT_FIELDS = ("fund", "number", "quotient", "date_end")


class FamilySheet(models.TransientModel):
    """What a parent says of her children at the counter, by phone, on paper, in one window that
    shows what she said before. It is hers, as if she had typed it."""

    _name = "family.sheet"
    _description = "What a parent says of her children"

    parent_id = fields.Many2one("res.partner", "Said by", required=True, readonly=True)
    channel = fields.Selection(
        [("counter", "At the counter, by phone"), ("paper", "On paper")],
        "How it came",
        required=True,
        default="counter",
    )
    child_ids = fields.One2many("family.sheet.child", "sheet_id", "Weeks with her")
    contact_ids = fields.One2many("family.sheet.contact", "sheet_id", "Who fetches them")
    consent_ids = fields.One2many("family.sheet.consent", "sheet_id", "Consents")
    told = fields.Selection(
        [("yes", "Yes"), ("no", "No: the highest tariff applies")], "Does she tell her quotient?"
    )
    fund = fields.Selection([("caf", "CAF"), ("msa", "MSA")])
    number = fields.Char("Number of the CAF or of the MSA")
    # Typed as on the site, and read by the same method.
    quotient = fields.Char()
    date_end = fields.Date("Valid until")
    is_exact = fields.Boolean("She says that all of it is exact")

    @api.depends("parent_id")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._("Family of %(name)s", name=sheet.parent_id.name)

    @api.model
    def _open_for(self, parent):
        """The window, with what stands today.

        :raise AccessError: the user does not read the file of this parent
        :raise UserError: she answers for no child whose file the user reads
        """
        parent._check_file_read_by_user()
        children = self._list_children(parent)
        if not children:
            raise UserError(
                self.env._("No child of %(name)s is known: declare one first.", name=parent.name)
            )
        sheet = self.create(
            {
                "parent_id": parent.id,
                "child_ids": self._prepare_children(parent, children),
                "contact_ids": self._prepare_contacts(parent, children),
                "consent_ids": self._prepare_consents(parent, children),
                **self._prepare_quotient(parent),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": sheet.display_name,
            "res_model": self._name,
            "res_id": sheet.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _list_children(self, parent):
        children = parent._children_i_may_act_for()
        return children.filtered(lambda child: child._is_file_read_by_user())

    @api.model
    def _prepare_children(self, parent, children):
        commands = []
        for child in children:
            said_sudo = self.env["family.custody"]._find_said(child, parent)
            said = {name: said_sudo[name] for name in RHYTHM_FIELDS} if said_sudo else {}
            commands.append(Command.create({"child_id": child.id, **said}))
        return commands

    @api.model
    def _prepare_contacts(self, parent, children):
        rows = self.env["family.contact"]._list_named(parent, children)
        return [
            Command.create(
                {
                    "known_ids": [Command.set(same.ids)],
                    "child_ids": [Command.set(same.child_id.ids)],
                    "may_fetch": any(same.mapped("may_fetch")),
                    "call_rank": max(same.mapped("call_rank")),
                    "date_end": same[:1].date_end,
                    **{name: same[:1][name] for name in ("name", "link", "phone")},
                }
            )
            for same in rows
        ]

    @api.model
    def _prepare_consents(self, parent, children):
        Consent = self.env["privacy.consent"]
        commands = []
        for text in self.env["privacy.consent.text"].search([("about", "=", "child")]):
            for child in children.filtered(text._is_asked_about):
                standing_sudo = Consent._get_standing(text, child, parent)
                values = {"child_id": child.id, "text_id": text.id, "answer": standing_sudo.answer}
                commands.append(Command.create(values))
        return commands

    @api.model
    def _prepare_quotient(self, parent):
        known = self.env["family.quotient"].search(
            [("is_current", "=", True), ("person_id", "=", parent.id)], limit=1
        )
        if not known:
            return {}
        if known.is_untold:
            return {"told": "no"}
        return {
            "told": "yes",
            **{name: known[name] for name in QUOTIENT_FIELDS},
            "quotient": str(known.quotient),
        }

    # ------------------------------------------------------------
    # Saying it
    # ------------------------------------------------------------

    def action_say(self):
        """:raise ValidationError: one sentence for each thing that is wrong; nothing is kept"""
        self.ensure_one()
        lock_or_replay(self)
        self.parent_id._check_file_read_by_user()
        named = self.child_ids.child_id | self.consent_ids.child_id | self.contact_ids.child_ids
        if named - self._list_children(self.parent_id):
            raise AccessError(self.env._("You cannot say anything about this child."))
        quotient, errors = self._read_quotient()
        for lines in (self.child_ids, self.contact_ids, self.consent_ids):
            errors += lines._list_errors()
        if errors:
            raise ValidationError("\n".join(dict.fromkeys(errors)))
        self.child_ids._say()
        self.contact_ids._say()
        self._withdraw_those_taken_away()
        self.consent_ids._say()
        if quotient:
            self.env["family.quotient"]._say(self.parent_id, quotient)
        if self.is_exact:
            self.parent_id._confirm_family()
        return self.parent_id._open_sheet()

    def _read_quotient(self):
        if not self.told:
            return {}, []
        typed = {name: self[name] for name in QUOTIENT_FIELDS} | {"is_untold": self.told == "no"}
        return typed, list(self.env["family.quotient"]._read_typed(typed)[1].values())

    def _withdraw_those_taken_away(self):
        """A line that is taken away of the list is somebody who may fetch nobody any more."""
        children = self._list_children(self.parent_id)
        rows = self.env["family.contact"]
        for same in rows._list_named(self.parent_id, children):
            rows |= same
        (rows - self.contact_ids.said_ids)._withdraw()
