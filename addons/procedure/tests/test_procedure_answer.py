from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestAnswer(ProcedureCommon):
    """What an answer designates, of any model: it stays as long as the answer does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._submit()

    def _person(self, **values):
        return self.env["res.partner"].create(
            {"firstname": "Zoé", "lastname": "Martin", "kind": "person", **values}
        )

    def _link(self, record):
        return self.env["procedure.answer"].create(
            {
                "request_id": self.request.id,
                "key": "any",
                "value_text": "Zoé",
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def _prepare_records(self):
        """One of each model that a type of this addon designates."""
        records = [
            self._person(),
            self._service("École du Bourg", "bourg", kind="school"),
            self._commune("Nubécourt", "55389", "55260"),
            self.env["territory.dwelling"].create(
                {"street": "9 rue Basse", "commune_id": self.revigny.id, "kind": "main"}
            ),
        ]
        self.assertLessEqual(
            {record._name for record in records},
            self.env["procedure.field.types"]._get_linked_models(),
        )
        return records

    def test_what_an_answer_designates_is_not_deleted(self):
        for record in self._prepare_records():
            with self.subTest(record._name):
                answer = self._link(record)
                with self.assertRaises(UserError) as caught:
                    record.with_context(lang="fr_FR").unlink()
                self.assertEqual(
                    str(caught.exception).replace("\xa0", " "),
                    "Suppression impossible : les réponses d’une demande nomment "
                    f"« {record.display_name} ».",
                )
                self.assertTrue(record.exists())
                answer.unlink()
                record.unlink()
                self.assertFalse(record.exists())

    def test_who_reads_no_request_deletes_nothing_that_it_names(self):
        service = self._service("École du Bourg", "bourg", kind="school")
        self._link(service)
        self.env["ir.model.access"].create(
            {
                "name": "service.dpo",
                "model_id": self.env["ir.model"]._get_id(service._name),
                "group_id": self.env.ref("territory_base.territory_group_dpo").id,
                "perm_read": True,
                "perm_unlink": True,
            }
        )
        with self.assertRaises(AccessError):
            self.env["procedure.answer"].with_user(self.dpo).search([])
        with self.assertRaisesRegex(UserError, service.name):
            service.with_user(self.dpo).unlink()

    def test_the_same_number_in_another_model_is_not_the_same_record(self):
        person = self._person()
        self._link(self.env["territory.dwelling"].browse(person.id))
        person.unlink()
        self.assertFalse(person.exists())

    def test_an_answer_follows_the_person_that_is_merged(self):
        person, other = self._person(), self._person()
        answer, elsewhere = self._link(person), self._link(self.school)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (person | other).ids, other, extra_checks=False
        )
        self.assertFalse(person.exists())
        self.assertEqual((answer.res_model, answer.res_id), ("res.partner", other.id))
        self.assertEqual(elsewhere.res_id, self.school.id)

    def test_without_the_model_the_words_stay(self):
        model = self.env["ir.model"].create({"name": "Parcelle", "model": "x_piece"})
        answer = self._link(self.env["x_piece"].create({"x_name": "A1"}))
        other = self._link(self.school)
        model.unlink()
        self.assertEqual((answer.value_text, answer.res_model, answer.res_id), ("Zoé", False, 0))
        self.assertEqual(other.res_id, self.school.id)

    def test_nothing_goes_without_being_asked(self):
        """PostgreSQL's cascade asks nobody."""
        for name in self.env["procedure.field.types"]._get_linked_models():
            for field in self.env[name]._fields.values():
                if field.type == "many2one" and field.store:
                    self.assertNotEqual(field.ondelete, "cascade", str(field))
