from odoo.addons.lodging_declaration.models.procedure_request import KIND_OF
from odoo.addons.partner_household.tools import address_key


class LodgingPage:
    """Part of the page of a form that declares a lodging."""

    def _prepare_information(self, field, name, values):
        """The way to the national site, where the form sends there first."""
        items = super()._prepare_information(field, name, values)
        if field.key == "i_national":
            url = self.env["lodging.mode"].sudo()._find_on().url
            label = self.env._("Go to the national site")
            link = {**values, "label": label, "help": None, "url": url}
            items += [self._item(name, **link, widget="link")] if url else []
        return items

    @property
    def reminders(self):
        """Before it is sent: which declaration of hers it ends."""
        reminders = super().reminders
        former_sudo = self._find_former()
        if former_sudo:
            reminders = [
                *reminders,
                self.env._(
                    "You have declared a lodging at this address, number %(number)s: this "
                    "declaration takes its place. For another lodging, write its floor or its "
                    "building with the address.",
                    number=former_sudo.number,
                ),
            ]
        return reminders

    def _find_former(self):
        """In superuser mode: hers only."""
        declarations_sudo = self.env["lodging.declaration"].sudo()
        street = self.raw.get("lodging_address.street")
        if not self.partner or not isinstance(street, str):
            return declarations_sudo
        organisation, _children = self.get_acting()
        declarant = organisation or self.partner
        # Whatever was posted.
        if declarant not in self._get_acting_partners() | self.partner:
            return declarations_sudo
        typed = address_key(street, self.raw.get("lodging_address.street2") or "")
        live_sudo = declarations_sudo.search(
            [
                ("declarant_id", "=", declarant.id),
                ("kind", "=", KIND_OF[self.procedure.kind]),
                ("state", "=", "live"),
            ]
        )
        return live_sudo.filtered(lambda each: each.dwelling_id.address_key == typed)[:1]
