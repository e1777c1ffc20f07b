from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PriceCommon

# Persona: what she reads.
READS = {
    "visitor": "",
    "camille": "",
    "dominique": "",
    "agent": "tariff who line",
    "school_agent": "tariff who",
    "secretary": "tariff who",
    "communication": "",
    "dpo": "tariff who",
    "manager": "tariff who line",
    "administrator": "tariff who line",
}
WRITES = {"manager": "tariff who", "administrator": "tariff who"}


@tagged("post_install", "-at_install")
class TestPriceRights(PriceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.env.ref("base.user_admin")
        cls.visitor = cls.env.ref("base.public_user")
        kinds = [{"name": "Habitant", "residence": "territory"}]
        draft = cls._priced("Salle bis", "BIS", kinds=kinds, publish=False)._get_draft()
        cls.records = {
            "tariff": draft.tariff_ids,
            "who": draft.tariff_who_ids,
            "line": cls._submit(procedure=cls.hall, answers={"when": "day"}, files={})
            .sudo()
            .price_line_ids,
        }

    def test_who_reads_and_who_writes(self):
        for persona in READS:
            for name, records in self.records.items():
                self.env.invalidate_all()
                records = records.with_user(getattr(self, persona))
                with self.subTest(f"{persona}, {name}"):
                    self.assertEqual(records.has_access("read"), name in READS[persona].split())
                    for right in ("write", "create", "unlink"):
                        may = name in WRITES.get(persona, "").split()
                        self.assertEqual(records.has_access(right), may, right)

    def test_the_applicant_reads_her_price_and_no_row(self):
        request = self.records["line"].request_id.with_user(self.camille)
        self.assertEqual(request.price_label.replace("\xa0", " "), "150,00 €")
        with self.assertRaises(AccessError):
            request.read(["price_line_ids"])
        with self.assertRaises(AccessError):
            request.with_user(self.dominique).read(["price_label"])
