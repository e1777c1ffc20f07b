from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestFamilyDocumentRights(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls.give(cls.camille)
        adult = cls._kind("Quotient", about="adult", validity="months", months=12)
        cls.own = cls.give(cls.camille, adult, cls.child.browse())
        cls.rows = cls.paper | cls.own
        (cls.child | cls.camille.partner_id).reader_service_ids = False

    def test_nobody_reads_them_by_remote_calls_but_the_services_of_the_family(self):
        for user in (self.camille, self.sacha, self.stranger, self.agent, self.family_agent):
            for row in self.rows:
                self.assertFalse(row.with_user(user).has_access("read"), user.login)
        self._open_file_to(self.service)
        self._open_file_to(self.other_service)
        for row in self.rows:
            self.assertReads(self.family_agent, row)
            self.assertReads(self.manager, row)
            self.assertReadsNot(self.agent, row)
            for user in (self.camille, self.communication, self.env.ref("base.public_user")):
                self.assertFalse(row.with_user(user).has_access("read"), user.login)

    def test_nobody_writes_them_by_hand(self):
        self._open_file_to(self.other_service)
        admin = self.env.ref("base.user_admin")
        for user in (self.camille, self.family_agent, self.manager, admin):
            for operation in ("write", "create", "unlink"):
                with self.subTest(user.login, operation=operation):
                    self.assertFalse(self.paper.with_user(user).has_access(operation))

    def test_the_file_is_read_by_whoever_reads_the_paper(self):
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "family.document"), ("res_id", "=", self.paper.id)]
            + [("res_field", "=", "file")]
        )
        self.assertTrue(file)
        self._open_file_to(self.service)
        self._open_file_to(self.other_service)
        for user in (self.camille, self.sacha, self.stranger, self.agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                file.with_user(user).check_access("read")
        file.with_user(self.family_agent).check_access("read")

    def test_who_checks(self):
        refused = (self.camille, self.sacha, self.stranger, self.agent, self.family_agent)
        for user in (*refused, self.secretary, self.communication):
            for act in (lambda row: row.action_accept(), lambda row: row._refuse("Non")):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act(self.paper.with_user(user))
        self.assertEqual(self.paper.state, "given")
        self._open_file_to(self.other_service)
        self.rows.with_user(self.family_agent).action_accept()
        self.assertEqual(self.rows.mapped("state"), ["accepted"] * 2)

    def test_a_window_names_no_paper_that_is_not_read(self):
        Decision = self.env["family.document.decision"]
        for user in (self.agent, self.secretary, self.family_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                Decision.with_user(user).create({"document_id": self.paper.id})

    def test_a_parent_finds_what_she_gave_and_no_more(self):
        camille, sacha = self.camille.partner_id, self.sacha.partner_id
        self.assertEqual(self.Document._list_for(camille, self.child), self.rows)
        self.assertFalse(self.Document._list_for(sacha, self.child))
        self.assertEqual(self.Document._list_for(camille, self.child.browse()), self.own)
