from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import WebsiteProcedureCommon


@tagged("post_install", "-at_install")
class TestSlug(WebsiteProcedureCommon):
    """The address of a procedure: what is typed there leads to its page, or is refused."""

    def test_an_address_that_leads_elsewhere_is_refused(self):
        procedure = self.procedure.with_user(self.manager)
        former = procedure.slug
        for slug in (
            "//exemple.test",
            "\\exemple.test",
            "../mentions-legales",
            "bac?x=1",
            "bac#x",
            "un bac",
            "Bac",
            "déchets",
            "a\r\nX: 1",
            "-",
            "",
            False,
        ):
            with self.subTest(slug), self.assertRaises(ValidationError):
                procedure.slug = slug
        self.assertEqual(self.get(f"/demarches/{former}").status_code, 200)
