from odoo import Command
from odoo.tests import tagged

from odoo.addons.procedure_price.tests.common import PriceCommon
from odoo.addons.website_parts.tests.common import PageCase

# Of the presentation, of the form, and of what is read again before it is sent.
QUERIES = (40, 45, 75)


@tagged("post_install", "-at_install")
class TestPriceBudget(PriceCommon, PageCase):
    """A price costs no query by line, by tariff nor by kind of applicant."""

    def _make(self, count):
        """A question of `count` choices, each with its price for everybody and for one kind."""
        procedure = self._procedure(
            f"Matériel {count}",
            f"PRIX{count}",
            self.waste,
            fields=[
                {
                    "key": "more",
                    "type": "multi_selection",
                    "label": "Avec",
                    "option_ids": self._choices(*((f"o{n}", f"Objet {n}") for n in range(count))),
                }
            ],
            publish=False,
            slug=f"materiel-{count}",
        )
        kinds = [{"key": f"k{n}", "name": f"Genre {n}"} for n in range(count)]
        amounts = [
            {"basis": "choice", "key": "more", "value": f"o{n}", "cents": 100 + n, "who": who}
            for n in range(count)
            for who in (False, f"k{n}")
        ]
        procedure._get_draft().write(
            {
                "tariff_who_ids": [Command.create({**kind, "applicant": "any"}) for kind in kinds],
                "tariff_ids": [Command.create(each) for each in amounts],
            }
        )
        procedure.action_publish()
        return f"/demarches/{procedure.slug}"

    def _count(self, count):
        path = self._make(count)
        form = f"{path}/formulaire"
        chosen = [("more", f"o{number}") for number in range(count)]
        typed = [*self.hidden(self.get(form)).items(), *chosen, ("_action", "check")]
        answer = self.post(form, typed)
        self.assertEqual(answer.status_code, 303, self.errors(answer))
        page = self.get(answer.headers["Location"])
        rows = page.tree.xpath("//*[contains(@class, 'et-price')]//tr[td]")
        self.assertEqual(len(rows), count + 1, "each line, and the total")
        return [self.count_queries(each) for each in (path, form, answer.headers["Location"])]

    def test_ten_times_the_lines_cost_no_more(self):
        self.sign_in(self.camille)
        few, many = self._count(3), self._count(30)
        self.assertCostsNoMore(few, many)
        for count, most in zip(many, QUERIES, strict=True):
            self.assertLess(count, most)
