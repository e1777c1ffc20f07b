from odoo import http
from odoo.tests import HttpCase, tagged

from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestPortal(HouseholdCase, HttpCase):
    def _submit(self, **values):
        return self.url_open(
            "/my/address/submit",
            data={"csrf_token": http.Request.csrf_token(self), **values},
        )

    def test_core_address_form_changes_the_phone_only(self):
        self.authenticate("camille.test", "camille.test")
        me = self.camille.partner_id
        values = {
            "partner_id": me.id,
            "name": "Autre Nom",
            "email": "autre@example.org",
            "street": "1 rue Neuve",
            "city": "Ailleurs",
            "phone": "06 39 98 00 99",
            "verify_address_values": "",
        }
        self.assertEqual(self._submit(**values).status_code, 200)
        self.assertEqual(
            (me.name, me.email, me.street, me.phone),
            ("Camille Duchêne", "camille.test@example.org", False, "06 39 98 00 99"),
        )
        self._submit(**{**values, "phone": "<b>"})
        self.assertEqual(me.phone, "06 39 98 00 99")

    def test_core_address_form_creates_no_contact_and_touches_nobody_else(self):
        self.authenticate("camille.test", "camille.test")
        count = self.env["res.partner"].search_count([])
        self._submit(name="Enfant", address_type="delivery", phone="06 39 98 00 98")
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        for partner in self.sacha.partner_id | self.child:
            self._submit(partner_id=partner.id, name="Pris", phone="06 39 98 00 97")
            self.assertNotEqual(partner.name, "Pris")
            self.assertFalse(partner.phone)

    def test_portal_home_opens_for_a_resident(self):
        self.authenticate("camille.test", "camille.test")
        self.assertEqual(self.url_open("/my").status_code, 200)
