from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ListCommon

READERS = ("agent", "secretary", "dpo", "manager", "administrator")
WRITERS = ("manager", "administrator")
OTHERS = ("visitor", "camille", "communication")


@tagged("post_install", "-at_install")
class TestListRights(ListCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.env.ref("base.user_admin")
        cls.visitor = cls.env.ref("base.public_user")

    def test_who_reads_and_who_writes(self):
        for name in (*READERS, *OTHERS):
            for record in (self.streets, self.streets.row_ids[:1]):
                self.env.invalidate_all()
                mine = record.with_user(getattr(self, name))
                with self.subTest(f"{name}, {record._name}"):
                    self.assertEqual(mine.has_access("read"), name in READERS)
                    for operation in ("write", "create", "unlink"):
                        self.assertEqual(mine.has_access(operation), name in WRITERS)

    def test_a_visitor_reads_of_a_question_what_her_form_offers_only(self):
        asked = self._procedure("Signaler", "SIGN", self.waste, self._street_form())
        question = asked.version_id.field_ids[1].with_user(self.visitor)
        self.assertEqual(len(question._get_record_choices(self.env["res.partner"])), 4)
        with self.assertRaises(AccessError):
            question.read(["list_id"])
        with self.assertRaises(AccessError):
            self.streets.with_user(self.visitor).action_load()
