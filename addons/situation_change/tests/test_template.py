import re

from odoo.tests import TransactionCase, tagged

from odoo.addons.territory_base.tools import normalize

from ..models.procedure_procedure import REPORTS

# A home that is left, or a new one, in the words of any file; a question about a place ("adresse
# du branchement") is not one.
NEW_HOME = re.compile(
    r"\b(nouvelle adresse|changements? d.adresse|adresse que vous quittez|apres votre depart"
    r"|demenag\w*)"
)


@tagged("post_install", "-at_install")
class TestTemplate(TransactionCase):
    """One difference, one place: a request that asks where one lives now makes a change."""

    def _ask_for_a_new_home(self):
        templates = self.env["procedure.template"].with_context(active_test=False).search([])
        return [template for template in templates if NEW_HOME.search(normalize(template.content))]

    def test_no_template_asks_for_a_new_home_without_making_a_change(self):
        asking = self._ask_for_a_new_home()
        self.assertLessEqual(
            {"situation_foyer", "situation_organisme"}, {each.code for each in asking}
        )
        others = [
            template.code
            for template in asking
            if template._get_definition().get("kind") not in REPORTS
        ]
        self.assertEqual(others, [])

    def test_who_looks_for_a_change_of_address_finds_the_report(self):
        found = self.env["procedure.template"].name_search("adresse")
        names = {self.env["procedure.template"].browse(each[0]).code for each in found}
        self.assertIn("situation_foyer", names)
