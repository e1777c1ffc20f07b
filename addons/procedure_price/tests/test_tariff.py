from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import PriceCommon


@tagged("post_install", "-at_install")
class TestTariff(PriceCommon):
    def test_a_bad_tariff_is_said_in_french(self):
        kinds = [{"name": "Habitant", "residence": "territory"}]
        fee = {"basis": "once", "label": "Frais", "cents": 100}
        evening = self._hall_tariffs()[0]
        cases = (
            ([{**evening, "key": "gone"}], "n'est plus dans le formulaire"),
            ([{**evening, "value": "gone"}], "choix n'existe plus"),
            ([{"basis": "quantity", "key": "when"}], "n'est pas un nombre"),
            ([{"basis": "rows", "key": "plates"}], "n'est pas un bloc"),
            ([{"basis": "once", "cents": 100}], "n'a pas de texte"),
            ([{**fee, "who": "gone"}], "type de demandeur n'existe plus"),
            ([{**fee, "when_key": "gone"}], "dépend d'une question"),
            ([{**fee, "cents": 10**9}], "un million"),
            ([{**fee, "basis": "formula", "formula": "plates *"}], "pas lisible"),
            ([{**fee, "basis": "formula", "formula": "if(is(when, noon), 1, 2)"}], "noon"),
            ([evening, evening], "a deux prix"),
            ([{**evening, "who": "habitant"}], "aucun de ces types"),
        )
        for rank, (tariffs, words) in enumerate(cases):
            procedure = self._priced("Essai", f"TARIF{rank}", tariffs, kinds, publish=False)
            with self.assertRaises(ValidationError) as refused:
                procedure.with_context(lang="fr_FR").action_publish()
            self.assertIn(words, str(refused.exception).replace("’", "'"), tariffs)

    def test_a_sum_of_amounts_is_said_in_euros(self):
        asked = [
            {"key": "rent", "type": "amount", "label": "Loyer"},
            {"key": "months", "type": "integer", "label": "Mois"},
            {"key": "year", "type": "computed", "label": "Année", "formula": "rent * months"},
            {"key": "days", "type": "computed", "label": "Jours", "formula": "months * 30"},
        ]
        procedure = self._procedure("Loyers", "LOYERS", self.waste, fields=asked, publish=False)
        *_others, year, days = procedure._get_draft().field_ids.sorted()
        self.assertEqual(year._format_answer(24.5).replace("\xa0", " "), "24,50 €")
        self.assertEqual(days._format_answer(30), "30")

    def test_a_calculation_is_not_read(self):
        tariff = self.hall.action_new_version().tariff_ids[:1]
        tariff.write({"basis": "formula", "formula": "if(plates > 50, 1, 2)", "label": "Repas"})
        tariff.write({"when_key": "when", "when_value": "day"})
        sentence = tariff.with_context(lang="fr_FR")._get_sentence().replace("\xa0", " ")
        self.assertEqual(
            sentence, "Repas : calculé d’après vos réponses, si « Moment » est « Journée »"
        )

    def test_a_published_tariff_is_frozen(self):
        tariff = self.hall.version_id.tariff_ids[:1].with_user(self.manager)
        for act in (
            lambda: tariff.write({"cents": 1}),
            lambda: tariff.unlink(),
            lambda: tariff.copy(),
            lambda: tariff.create({"version_id": tariff.version_id.id, "basis": "once"}),
        ):
            with self.assertRaises(UserError):
                act()

    def test_a_new_version_and_a_file_carry_it(self):
        kinds = [{"name": "Habitant", "residence": "territory", "applicant": "person"}]
        tariffs = [
            *self._hall_tariffs(),
            {"basis": "once", "label": "Remise", "amount": "− 10,50", "who": "habitant"},
            {
                "basis": "once",
                "label": "Ménage",
                "cents": 3000,
                "when_key": "when",
                "when_value": "evening",
            },
            {"basis": "formula", "label": "Couverts", "formula": "if(plates > 50, 20, 5)"},
        ]
        hall = self._priced("Salle bis", "BIS", tariffs, kinds)
        version = hall.action_new_version()
        plain = hall.version_id.tariff_ids.sorted()._to_pricing()
        self.assertEqual(version.tariff_ids.sorted()._to_pricing(), plain)
        self.assertEqual(version.tariff_who_ids.key, "habitant")
        Definition = self.env["procedure.definition"]
        data = Definition._export(hall, hall.version_id)
        self.assertEqual(data["prices"][5]["cents"], -1050)
        self.assertNotIn("payfip_number", data)
        read = Definition._read_file(Definition._write_file(data))
        made = Definition._import(read, code="TER", service_id=self.waste.id)
        self.assertEqual(made.version_ids.tariff_ids.sorted()._to_pricing(), plain)
        self.assertEqual(made.version_ids.tariff_who_ids.residence, "territory")

    def test_a_file_with_a_bad_price_is_refused_with_its_place(self):
        Definition = self.env["procedure.definition"]
        data = Definition._export(self.hall, self.hall.version_id)
        data["prices"][1]["cents"] = "150,00"
        with self.assertRaises(ValidationError) as refused:
            Definition.with_context(lang="fr_FR")._read_file(Definition._write_file(data))
        self.assertIn("prix 2", str(refused.exception))
