from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure_price.tests.common import PriceCommon


@tagged("post_install", "-at_install")
class TestPriceBuilder(PriceCommon):
    """The window of the prices: no developer, one press to store all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fields = [
            *cls._hall_fields(),
            {"key": "sure", "type": "boolean", "label": "Ménage"},
        ]
        plain = cls._procedure("Salle nue", "NUE", cls.waste, fields=fields, publish=False)
        cls.draft = plain._get_draft().with_user(cls.manager).with_context(lang="fr_FR")

    def _save(self, **values):
        window = self.draft.builder_get_prices()
        values = {**{name: window[name] for name in ("kinds", "amounts", "lines")}, **values}
        return self.draft.builder_save_prices(values, window["stamp"])

    def test_every_answer_that_may_have_a_price_has_its_box(self):
        cells = {cell["id"]: cell["label"] for cell in self.draft.builder_get_prices()["cells"]}
        self.assertEqual(cells["choice|when|evening"], "Soirée")
        self.assertEqual(cells["quantity|plates|"], "Chaque unité")
        self.assertEqual(cells["rows|rows|"], "Chaque ligne")
        self.assertEqual(cells["quantity|rows.seats|"], "Chaque unité")
        self.assertEqual(cells["choice|sure|1"], "Oui")

    def test_what_is_typed_is_stored_and_published(self):
        kind = {"key": "habitant", "name": "Habitant", "residence": "territory", "applicant": "any"}
        line = {"basis": "once", "label": "Remise", "amount": "-10", "who": "habitant"}
        case = {
            "basis": "once",
            "label": "Ménage",
            "amount": "30",
            "when_key": "when",
            "when_value": "evening",
        }
        saved = self._save(
            kinds=[kind, {"name": " "}],
            amounts={
                "choice|when|evening": {"": "200,00", "habitant": "150"},
                "choice|gone|x": {"": "1"},
                "choice|more|dishes": {"": "40 €", "gone": "3"},
            },
            lines=[line, case, {"label": "", "amount": ""}],
        )
        self.assertEqual(saved["errors"], [])
        self.assertEqual(saved["state"]["prices"], 5)
        self.assertEqual(saved["state"]["problems"], [])
        again = self.draft.builder_get_prices()
        self.assertEqual(
            again["amounts"]["choice|when|evening"], {"": "200,00", "habitant": "150,00"}
        )
        self.assertEqual([each["label"] for each in again["lines"]], ["Remise", "Ménage"])
        self.assertEqual(self._save()["errors"], [])
        self.assertEqual(self.draft.builder_get_prices(), again)
        procedure = self.draft.procedure_id.sudo()
        procedure.action_publish()
        self.camille.partner_id.city = "Nancy"
        self.assertEqual(self._book(procedure).price_cents, 23000)

    def test_opening_and_saving_changes_nothing(self):
        """Whatever a file or a model brought: conditions, other operators, “no”, own words."""
        self._save(kinds=[{"key": "h", "name": "Habitant", "residence": "territory"}])
        case = {"when_key": "when", "when_value": "evening"}
        evening = {"basis": "choice", "key": "when", "value": "evening"}
        tariffs = [
            {"basis": "once", "label": "Frais", "cents": 100, "who": "gone"},
            {**evening, "cents": 20000, "label": "Le soir"},
            {**evening, "cents": 1, "who": "h", **case},
            {**evening, "cents": 2},
            {"basis": "choice", "key": "sure", "value": "0", "cents": 3000},
            {"basis": "choice", "key": "gone", "value": "x", "cents": 5},
            {"basis": "quantity", "key": "plates", "cents": 25, **case, "when_operator": "!="},
            {"basis": "rows", "key": "rows", "cents": 5, **case, "when_operator": "in"},
            {"basis": "once", "label": "Remise", "cents": -5, **case},
            {"basis": "once", "label": "Nuit", "cents": 5, **case, "when_operator": "!="},
            {
                "basis": "formula",
                "label": "Calcul",
                "formula": "plates * 2",
                "when_key": "plates",
                "when_operator": ">",
                "when_value": "50",
            },
        ]
        self.draft.tariff_ids = [
            Command.create({**each, "sequence": n}) for n, each in enumerate(tariffs)
        ]
        self.draft.tariff_ids[1].update_field_translations("label", {"en_US": "In the evening"})
        before = self.draft.tariff_ids.sorted()
        plain, facts = before._to_pricing(), self.draft._get_price_facts()
        self.assertEqual(self._save()["errors"], [])
        self.assertEqual(self.draft.tariff_ids.sorted(), before)
        self.assertEqual(before._to_pricing(), plain)
        self.assertEqual(self.draft._get_price_facts(), facts)
        self.assertEqual(before[1].with_context(lang="en_US").label, "In the evening")
        before[9].when_operator = "="
        self.assertNotEqual(self.draft._get_price_facts(), facts)
        # What is only listed goes when it is told to.
        kept = [each["id"] for each in self.draft.builder_get_prices()["kept"]]
        self.assertEqual(kept, [before[index].id for index in (0, 2, 3, 4, 5, 6, 7, 10)])
        self._save(kept=kept[1:])
        self.assertEqual(self.draft.tariff_ids.sorted(), before - before.browse(kept[0]))

    def test_a_wrong_amount_stores_nothing(self):
        saved = self._save(amounts={"choice|when|day": {"": "beaucoup"}})
        self.assertIn("Journée", saved["errors"][0])
        self.assertFalse(self.draft.tariff_ids)

    def test_somebody_else_meanwhile(self):
        window = self.draft.builder_get_prices()
        self._save(amounts={"choice|when|day": {"": "10"}})
        with self.assertRaises(UserError):
            self.draft.builder_save_prices(
                {"kinds": [], "amounts": {}, "lines": []}, window["stamp"]
            )

    def test_only_who_builds_forms(self):
        for user in (self.agent, self.secretary, self.camille):
            with self.assertRaises(AccessError):
                self.draft.with_user(user).builder_get_prices()
        published = self.hall.version_id.with_user(self.manager)
        window = published.builder_get_prices()
        with self.assertRaises(UserError):
            published.builder_save_prices(window, window["stamp"])

    def test_prices_follow_the_words_of_a_draft(self):
        formula = "if(is(when, evening), sum(rows.seats) * 2, 5)"
        self._save(
            amounts={"choice|when|evening": {"": "200"}, "quantity|rows.seats|": {"": "1"}},
            lines=[{"basis": "formula", "label": "Calcul", "formula": formula}],
        )
        question = self.draft.field_ids.filtered(lambda field: field.key == "when")
        question.builder_save({"choices": ["Soir", "Journée"]}, {})
        question.builder_save({"key": "moment"}, {})
        block = self.draft.field_ids.filtered(lambda field: field.key == "rows")
        block.builder_save({"key": "tables"}, {})
        self.assertEqual(
            [(tariff.key, tariff.value) for tariff in self.draft.tariff_ids.sorted()],
            [
                ("moment", question.option_ids.sorted()[0].value),
                ("tables.seats", ""),
                (False, False),
            ],
        )
        self.assertEqual(
            self.draft.tariff_ids.sorted()[-1].formula,
            "if(is(moment, soir), sum(tables.seats) * 2, 5)",
        )
        self.assertEqual(self.draft._get_builder_state()["problems"], [])

    def test_a_difference_in_words(self):
        version = self.hall.action_new_version().with_user(self.manager)
        version = version.with_context(lang="fr_FR")
        stamp = version._get_builder_stamp()
        window = version.builder_get_prices()
        window["amounts"]["choice|when|evening"] = {"": "230"}
        window["kinds"] = [{"key": "h", "name": "Habitant", "residence": "territory"}]
        version.builder_save_prices(window, window["stamp"])
        self.assertNotEqual(version._get_builder_stamp(), stamp)
        sentences = version.builder_get_difference()["sentences"]
        told = [sentence.replace("\xa0", " ") for sentence in sentences]
        self.assertEqual(
            told,
            [
                "Type de demandeur « Habitant » ajouté",
                "Prix ajouté : Soirée : 230,00 €",
                "Prix supprimé : Soirée : 200,00 €",
            ],
        )

    def test_trying_says_what_each_of_them_pays(self):
        kinds = [{"name": "Habitant", "residence": "territory"}]
        tariffs = [
            {"basis": "choice", "key": "when", "value": "evening", "cents": 20000},
            {"basis": "choice", "key": "when", "value": "evening", "cents": 100, "who": "habitant"},
        ]
        hall = self._priced("Salle ter", "TER", tariffs, kinds)
        tried = hall.version_id._get_prices_tried({"when": "evening"})
        self.assertEqual(
            [f"{title} {rows[-1][1]}".replace("\xa0", " ") for title, rows in tried],
            ["Le prix : Habitant 1,00 €", "Le prix : les autres 200,00 €"],
        )
