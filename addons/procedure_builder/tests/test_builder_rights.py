from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BuilderCommon

REFUSED = ("agent", "secretary", "communication", "dpo", "camille", "visitor")


@tagged("post_install", "-at_install")
class TestRights(BuilderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls.env.ref("base.public_user")

    def _doors(self, user):
        """Every public method of this addon."""
        draft, published = self.draft.with_user(user), self.published.with_user(user)
        note = self._field("note")
        field = note.with_user(user)
        removed = {"after_id": False, "fields": [note._get_builder_snapshot()]}
        removed["fields"][0]["key"] = "again"
        return {
            "builder_load": draft.builder_load,
            "builder_load, published": published.builder_load,
            "builder_refresh": draft.builder_refresh,
            "builder_refresh, published": published.builder_refresh,
            "builder_new_version": published.builder_new_version,
            "builder_get_difference": draft.builder_get_difference,
            "builder_get_history": draft.builder_get_history,
            "builder_add": lambda: draft.builder_add("char"),
            "builder_move": lambda: draft.builder_move(note.id, False),
            "builder_duplicate": lambda: draft.builder_duplicate(note.id),
            "builder_restore": lambda: draft.builder_restore(removed),
            "builder_save": lambda: field.builder_save({"help": "x"}, {}),
            "builder_try": lambda: field.builder_try("x"),
            "action_review_publication": self.procedure.with_user(user).action_review_publication,
            "action_review_publication, version": draft.action_review_publication,
            "action_open_builder": draft.action_open_builder,
            "action_open_draft": self.procedure.with_user(user).action_open_draft,
            "builder_delete": lambda: draft.builder_delete(note.id),
            "builder_publish": lambda: draft.builder_publish(
                self.draft.builder_get_difference()["stamp"]
            ),
        }

    def test_every_public_method_is_here(self):
        names = {name.split(",")[0] for name in self._doors(self.manager)}
        for model in ("procedure.version", "procedure.field", "procedure.procedure"):
            for name in dir(self.env[model]):
                # An addon that adds its own tries them in its tests.
                method = getattr(type(self.env[model]), name, None)
                is_ours = "procedure_builder." in (getattr(method, "__module__", "") or "")
                if name.startswith("builder_") and is_ours:
                    self.assertIn(name, names)

    def test_only_the_manager_and_the_administrator_build(self):
        for user in (self.env.ref("base.user_admin"), self.manager):
            for name, door in self._doors(user).items():
                with self.subTest(f"{user.login}, {name}"), self.env.cr.savepoint() as savepoint:
                    door()
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_nobody_else(self):
        before = self.draft._get_builder_stamp()
        for persona in REFUSED:
            for name, door in self._doors(getattr(self, persona)).items():
                self.env.invalidate_all()
                with self.subTest(f"{persona}, {name}"), self.assertRaisesKeeping(AccessError):
                    door()
        self.assertEqual(self.draft._get_builder_stamp(), before)
