from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.website_parts.tools.web import not_cached, text, typed

from .household_form import BOTH, HouseholdForm

SAVED = "/my/account?fait=telephone"


class ContactDetails(CustomerPortal):
    """Core's form shows an e-mail and an address that it may not change, and needs a script."""

    @http.route(**BOTH)
    def account(self, fait="", **kwargs):
        person = request.env.user.partner_id
        if not person.kind:
            return super().account(**kwargs)
        form, values, errors, notice = HouseholdForm(), {"phone": person.sudo().phone}, {}, ""
        if form._is_sent():
            values = {"phone": typed("phone", 50)}
            notice = form._try(self._save_phone, person, values["phone"], errors)
            if not errors and not notice:
                return request.redirect(SAVED, code=303)
        else:
            notices = {
                "telephone": request.env._("Your phone number is saved."),
                "courriel": request.env._(
                    "Your e-mail address is changed. You sign in with: %(login)s",
                    login=request.env.user.sudo().login,
                ),
            }
            notice = notices.get(text(fait, 20), "")
        title = request.env._("How we reach you")
        item = form._item(
            "phone",
            request.env._("Phone"),
            errors,
            values,
            type="tel",
            width="et-w2",
            autocomplete="tel",
            help=request.env._("Example: 06 39 98 00 00"),
        )
        response = request.render(
            "website_household.my_contact",
            {
                "person": person.sudo(),
                "address": person._current_dwelling().sudo().display_name,
                "field": item,
                "errors": [(item["id"], f"{item['label']}\xa0: {item['error']}")] if errors else [],
                "notice": notice,
                "heading": title,
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
                "crumbs": [("/my", request.env._("My space"))],
            },
            status=422 if errors else 200,
        )
        return not_cached(response)

    def _save_phone(self, person, phone, errors):
        _person, feedback = self._create_or_update_address(person, phone=phone)
        if feedback.get("messages"):
            errors["phone"] = feedback["messages"][0]
