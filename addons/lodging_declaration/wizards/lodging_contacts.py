import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base.tools import format_phone


class LodgingContacts(models.TransientModel):
    """Whom to write to about the tourist tax (CGCT, L2333-26 and following)."""

    _name = "lodging.contacts"
    _description = "List of contacts of the lodgings"

    commune_ids = fields.Many2many("territory.commune", string="Communes", help="Empty: all.")
    kind = fields.Selection(
        lambda self: (
            self.env["lodging.declaration"]._fields["kind"]._description_selection(self.env)
        ),
        "Lodging",
        help="Empty: all.",
    )
    file = fields.Binary(readonly=True, attachment=False)

    def action_export(self):
        self.ensure_one()
        declarations = self._get_declarations()
        columns = self._get_columns()
        title = self.env._("Contacts of the lodgings")
        rows = [[value(each) or None for _label, value in columns] for each in declarations]
        workbook = self.env["public.guard"]._xlsx(
            [(title, [label for label, _value in columns], rows)]
        )
        self.file = base64.b64encode(workbook)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{title}.xlsx?download=true",
            "target": "download",
        }

    def _get_declarations(self):
        """In force, by commune and address; as the user, who gets those that she reads."""
        domain = [("state", "=", "live")]
        if self.commune_ids:
            domain.append(("commune_id", "in", self.commune_ids.ids))
        if self.kind:
            domain.append(("kind", "=", self.kind))
        declarations = self.env["lodging.declaration"].search(domain)
        if not declarations:
            raise UserError(self.env._("No declaration is in force there: choose other communes."))
        return declarations.sorted(
            lambda each: (each.commune_id.name, each.dwelling_id.display_name, each.id)
        )

    def _get_columns(self):
        """List of (label, function of a declaration)."""
        return [
            (self.env._("Commune"), lambda each: each.commune_id.name),
            (self.env._("Address"), lambda each: each.dwelling_id.street),
            (self.env._("Floor, building"), lambda each: each.dwelling_id.street2),
            (self.env._("Lodging"), lambda each: each._get_kind_words()),
            (self.env._("Registration number"), lambda each: each.registration_number),
            (self.env._("Receipt"), lambda each: each.number),
            (self.env._("Declared on"), lambda each: each.date_start),
            (self.env._("Rooms"), lambda each: each.rooms),
            (self.env._("Persons at most"), lambda each: each.persons),
            (self.env._("Classification"), lambda each: each.ranking),
            (
                self.env._("Wants to be in the directory"),
                lambda each: self.env._("Yes") if each.wants_directory else None,
            ),
            (self.env._("Declarant"), lambda each: each.declarant_name),
            (self.env._("SIREN or SIRET"), lambda each: each.declarant_siret),
            (self.env._("Home address"), lambda each: each.declarant_address),
            (self.env._("E-mail"), lambda each: each.declarant_email),
            (
                self.env._("Phone"),
                lambda each: format_phone(each.declarant_phone or "").replace("\xa0", " "),
            ),
        ]
