from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import WasteCommon

NEW_KEYS = {"infants", "direct_debit", "bank_details"}


@tagged("post_install", "-at_install")
class TestWasteProposal(WasteCommon):
    """A form published before these questions keeps its own: its next version is ready to read."""

    def setUp(self):
        super().setUp()
        added = self.procedure.version_id.field_ids.filtered(lambda field: field.key in NEW_KEYS)
        names = ("infants", "direct_debit", "bank_details")
        kinds = ("field", "condition")
        self.env["ir.model.data"].search(
            [
                ("module", "=", "waste_collection"),
                ("name", "in", [f"procedure_bin_{k}_{n}" for k in kinds for n in names]),
            ]
        ).unlink()
        self.env.cr.execute("DELETE FROM procedure_field WHERE id IN %s", [tuple(added.ids)])
        self.env.invalidate_all()
        self.published = self.procedure.version_id

    def _migrate(self):
        path = file_path("waste_collection/migrations/19.0.1.4.0/post-migration.py")
        load_script(path, "post_migration_proposal").migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()

    def _keys(self, version):
        return set(version.field_ids.mapped("key"))

    def test_the_next_version_is_ready_and_the_published_one_is_not_touched(self):
        before = self._keys(self.published)
        self.assertFalse(before & NEW_KEYS)
        self.assertFalse(self.procedure.with_user(self.manager).proposal)
        self._migrate()
        self.assertEqual(self.procedure.version_id, self.published)
        self.assertEqual(self._keys(self.published), before)
        draft = self.procedure._get_draft()
        self.assertEqual(self._keys(draft), before | NEW_KEYS)
        self.assertFalse(draft._get_problems())
        self.assertIn("RIB", self.procedure.with_user(self.manager).proposal)
        # Played again, nothing more.
        self._migrate()
        self.assertEqual(self.procedure._get_draft(), draft)
        self.assertEqual(len(self.procedure.version_ids), 2)
        self.procedure.with_user(self.manager).action_publish()
        self.assertEqual(self.procedure.version_id, draft)
        self.assertFalse(self.procedure.proposal, "nothing is proposed once it is published")
        self._migrate()
        self.assertFalse(self.procedure._get_draft())

    def test_a_draft_that_somebody_began_takes_them_and_says_so(self):
        draft = self.procedure.with_user(self.manager).action_new_version()
        draft.field_ids[:1].label = "Titre à elle"
        self._migrate()
        self.assertEqual(self.procedure._get_draft(), draft)
        self.assertEqual(draft.field_ids[:1].label, "Titre à elle")
        self.assertTrue(self._keys(draft) >= NEW_KEYS)
        self.assertTrue(self.procedure.proposal)

    def test_a_draft_that_has_one_of_them_is_left_alone(self):
        draft = self.procedure.with_user(self.manager).action_new_version()
        self.env["procedure.field"].with_user(self.manager).create(
            {"version_id": draft.id, "key": "infants", "type": "integer", "label": "À elle"}
        )
        self._migrate()
        self.assertEqual(self._keys(draft) & NEW_KEYS, {"infants"})
        self.assertFalse(self.procedure.proposal)


@tagged("post_install", "-at_install")
class TestWasteBankDetails(WasteCommon):
    """Bank details were asked even when direct debit was refused."""

    def setUp(self):
        super().setUp()
        self.published = self.procedure.version_id
        self._condition(self.published).sudo().flush_recordset()
        self.env.cr.execute(
            "UPDATE procedure_field_condition SET operator = 'set', value = NULL WHERE id = %s",
            [self._condition(self.published).id],
        )
        self.env.invalidate_all()

    def _condition(self, version):
        return version.field_ids.filtered(lambda field: field.key == "bank_details").condition_ids

    def _migrate(self):
        path = file_path("waste_collection/migrations/19.0.1.6.0/post-migration.py")
        load_script(path, "post_migration_bank_details").migrate(self.env.cr, "19.0.1.5.0")
        self.env.invalidate_all()

    def test_the_next_version_asks_only_who_says_yes(self):
        self._migrate()
        self.assertEqual(
            self._condition(self.published).operator, "set", "published: never changed"
        )
        draft = self.procedure._get_draft()
        condition = self._condition(draft)
        self.assertEqual((condition.operator, condition.value), ("=", "1"))
        self.assertIn("RIB", draft.proposal)
        self._migrate()
        self.procedure.with_user(self.manager).action_publish()
        self._migrate()
        self.assertFalse(self.procedure._get_draft(), "nothing more to say")
        self._submit("arrival", direct_debit="0")

    def test_a_draft_is_mended_where_it_is(self):
        draft = self.procedure.with_user(self.manager).action_new_version()
        self._migrate()
        self.assertEqual(self.procedure._get_draft(), draft)
        self.assertEqual(self._condition(draft).operator, "=")
        self.assertFalse(draft.proposal)

    def test_what_the_administrator_had_set_goes_to_the_procedure(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("waste_collection.infant_persons", "2")
        parameters.set_param("waste_collection.dirty_fee", "50")
        self._migrate()
        self.assertEqual((self.procedure.infant_persons, self.procedure.dirty_fee), (2, 50))
        self.assertFalse(parameters.get_param("waste_collection.dirty_fee"))
