from odoo.tests import tagged

from odoo.addons.procedure_signature.tests.common import SignatureCommon
from odoo.addons.website_parts.tests.common import PageCase

# Of the page of the link, by the account that is asked.
QUERIES = 40


@tagged("post_install", "-at_install")
class TestSignatureBudget(SignatureCommon, PageCase):
    """What is signed costs no query by answer, nor by child."""

    def _count(self, number):
        children = self.lou
        for rank in range(1, number):
            child = {"firstname": f"Lou{chr(96 + rank)}", "lastname": "Durand", "kind": "person"}
            children |= self.lou.create({**child, "birthdate": "2019-05-02"})
        for child in children - self.lou:
            for parent in self.camille | self.dominique:
                authority = self.env["parental.authority"]._declare(child, parent.partner_id)
                authority._set_verified("Acte de naissance")
        keys = [f"q{rank}" for rank in range(number)]
        form = [
            {"key": "kids", "type": "children", "label": "Pour qui", "required": True},
            *({"key": key, "type": "char", "label": f"Question {key}"} for key in keys),
            {
                "key": "other",
                "type": "signature_parent",
                "label": "Signature de l’autre parent",
                "signature_keys": ",".join(["kids", *keys]),
            },
        ]
        procedure = self._procedure(
            f"Garderie {number}", f"GARDE{number}", self.waste, form, account_required=True
        )
        request = self._submit(
            procedure=procedure,
            files={},
            answers={
                "kids": [str(child.id) for child in children],
                **{key: f"Réponse {key}." for key in keys},
            },
        )
        path = request.sudo().signature_ids._get_link()
        page = self.get(path)
        shown = sum(f"Réponse {key}." in page.text for key in keys)
        self.assertEqual(shown, number, "each answer is on the page")
        return self.count_queries(path)

    def test_ten_times_the_answers_cost_no_more(self):
        self.sign_in(self.dominique)
        few, many = self._count(2), self._count(20)
        self.assertLessEqual(many, few)
        self.assertLess(many, QUERIES)
