from odoo import api, models

from .. import families


class TerritoryDemoFamily(models.AbstractModel):
    _name = "territory.demo.family"
    _description = "Demo: what families said"

    @api.model
    def _build_family_files(self):
        service = self.env["territory.service"].search([("code", "=", families.SERVICE)])
        for values in families.TEXTS:
            text = self.env["privacy.consent.text"].create(
                {**values, "service_id": service.id, "is_asked": True}
            )
            self._keep(f"consent_{text.code}", text)
        for login, names, said in families.WEEKS:
            self._say_of_children("family.custody", login, names, said)
        for login, names, said in families.CONTACTS:
            self._say_of_children("family.contact", login, names, said)
        for login, said in families.QUOTIENTS:
            user = self._get(f"user_{login}")
            self.env["family.quotient"].with_user(user)._say(user.partner_id, said)
        for login, name, code, answer in families.ANSWERS:
            user = self._get(f"user_{login}")
            text = self._get(f"consent_{code}").with_user(user)
            for child in self._list_demo_children(user, (name,)):
                self.env["privacy.consent"].with_user(user)._answer(text, child, answer)

    @api.model
    def _list_demo_children(self, user, names):
        children = user.partner_id.with_user(user)._children_i_may_act_for()
        return children.filtered(lambda child: child.firstname in names)

    @api.model
    def _say_of_children(self, model, login, names, said):
        user = self._get(f"user_{login}")
        for child in self._list_demo_children(user, names):
            self.env[model].with_user(user)._say(child, user.partner_id.with_user(user), said)
