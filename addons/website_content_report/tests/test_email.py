from odoo.tests import BaseCase

from odoo.addons.website_parts.tools.email import EMAIL_MAX, read_email

LONG = "a" * EMAIL_MAX + "@exemple.fr"


class TestEmail(BaseCase):
    """What is typed in a form open to anybody becomes one address, or none."""

    def test_one_address_as_people_type_it(self):
        for typed in ("claire@exemple.fr", " Claire@Exemple.fr ", "c.l-a+ire@mail.exemple.fr"):
            self.assertIn("@", read_email(typed))
        self.assertEqual(read_email(" Claire@Exemple.fr "), "claire@exemple.fr")

    def test_nothing_else(self):
        wrong = ("", None, "claire", "@exemple.fr", "claire@exemple", "a@x.fr,b@x.fr", "a@x.fr b")
        for typed in (*wrong, "Claire <c@x.fr>", "a@x.fr\nBcc: b@x.fr", "é@x.fr", LONG):
            self.assertFalse(read_email(typed), typed)
