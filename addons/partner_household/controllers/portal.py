from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PersonPortal(CustomerPortal):
    def _create_or_update_address(self, partner_sudo, callback="/my", **form_data):
        """Core lets an account rewrite its name and address, and open contacts under it.

        An identity is checked and an address belongs to the household: only the phone changes
        here, the rest is proposed on the household's page.
        """
        person = request.env.user.partner_id
        if not person.kind:
            return super()._create_or_update_address(partner_sudo, callback=callback, **form_data)
        contact, errors = request.env["identity.check"]._check_contact(
            {"email": person.email, "phone": form_data.get("phone")}
        )
        if "phone" in errors:
            return person, {"invalid_fields": ["phone"], "messages": [errors["phone"]]}
        person.sudo().phone = contact.get("phone")
        return person, {"redirectUrl": callback if callback.startswith("/my") else "/my"}
