from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import ProcedureCommon

LIMITS = ("min_value", "max_value", "min_length", "max_length")


@tagged("post_install", "-at_install")
class TestLimits(ProcedureCommon):
    """A limit of 0 is a limit; no limit is none."""

    def _draft(self, **settings):
        """The manager's second version, with these settings of the number of persons."""
        draft = self.procedure.with_user(self.manager).action_new_version()
        field = draft.field_ids.filtered(lambda each: each.key == "persons")
        field.write(settings)
        self.env.flush_all()
        self.env.invalidate_all()
        return draft, field

    def _refused(self, persons):
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit(answers=self._answers(persons=persons))
        return caught.exception.errors["persons"]

    def _exported(self, field):
        names = ["min_value", "max_value"]
        return field.with_user(self.env.ref("base.user_admin")).export_data(names)["datas"]

    def test_a_minimum_of_zero_refuses_a_negative_number(self):
        draft, _field = self._draft(min_value=0)
        draft.action_publish()
        self.assertIn("minimum", self._refused("-1"))
        self.assertTrue(self._submit(answers=self._answers(persons="0")))

    def test_without_minimum_a_negative_number_passes(self):
        draft, _field = self._draft(min_value=False)
        draft.action_publish()
        self.assertTrue(self._submit(answers=self._answers(persons="-1")))

    def test_a_maximum_of_zero_refuses_one(self):
        draft, _field = self._draft(min_value=-5, max_value=0)
        draft.action_publish()
        self.assertIn("maximum", self._refused("1"))
        self.assertIn("minimum", self._refused("-6"))
        self.assertTrue(self._submit(answers=self._answers(persons="-5")))

    def test_empty_and_zero_are_told_apart_by_all_who_read(self):
        draft, field = self._draft(min_value=0, max_value=False)
        self.assertEqual((field.min_value, field.max_value), (0, None))
        (read,) = field.read(["min_value", "max_value"])
        self.assertEqual((read["min_value"], read["max_value"]), (0, False))
        self.assertIsNot(read["min_value"], False)
        self.assertEqual(self._exported(field), [[0, ""]])
        own = [("id", "in", draft.field_ids.ids), ("key", "in", ("persons", "note"))]
        Field = self.env["procedure.field"]
        self.assertEqual(Field.search([*own, ("min_value", "=", 0)]), field)
        self.assertEqual(Field.search([*own, ("min_value", "=", False)]).key, "note")
        draft.action_publish()
        again = self.procedure.with_user(self.manager).action_new_version()
        copy = again.field_ids.filtered(lambda each: each.key == "persons")
        self.assertEqual((copy.min_value, copy.max_value), (0, None))
        copy.min_value = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIsNone(copy.min_value)

    def test_a_minimum_above_the_maximum_is_said(self):
        for low, high in ((1, 0), (0, -1), (21, 20)):
            draft, _field = self._draft(min_value=low, max_value=high)
            self.assertEqual(
                draft._get_problems(), ["“Nombre de personnes”: the minimum is above the maximum."]
            )
        draft, _field = self._draft(min_value=0, max_value=0)
        self.assertFalse(draft._get_problems())

    def test_what_was_stored_before_keeps_its_meaning(self):
        """0 was no limit: a form already published goes on accepting what it accepted."""
        field = self.procedure.version_id.field_ids.filtered(lambda each: each.key == "persons")
        self.env.cr.execute(
            "UPDATE procedure_field SET min_value = 0, max_value = 20, min_length = 0, "
            "max_length = 0 WHERE id = %s",
            [field.id],
        )
        path = file_path("procedure/migrations/19.0.1.2.0/pre-migration.py")
        load_script(path, "pre_migration_limits").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual([field[name] for name in LIMITS], [None, 20, None, None])
        self.assertTrue(self._submit(answers=self._answers(persons="-1")))
