from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.tests.common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestLetterRights(ProcedureCommon, HttpCase):
    """Who reads a letter: the services of its request; the applicant with its message."""

    def setUp(self):
        super().setUp()
        self.env = self.env(context={**self.env.context, "force_report_rendering": True})
        self.procedure.consulted_service_ids = self.school
        self.request = self._submit()
        self.letter = self.request.letter_ids
        self.letter.sudo()._draw()
        self.readers = self.agent | self.colleague | self.school_agent | self.manager
        self.others = (
            self.camille
            | self.dominique
            | self.secretary
            | self.other_secretary
            | self.communication
            | self.dpo
        )

    def test_by_remote_call(self):
        for user in self.readers:
            self.env.invalidate_all()
            self.assertEqual(self.letter.with_user(user).name, "Accusé de réception")
            self.assertTrue(self.letter.with_user(user)._get_content_for(user)["content"])
            self.assertIn(self.letter, self.env["procedure.letter"].with_user(user).search([]))
        for user in self.others:
            with self.subTest(user.login):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    self.letter.with_user(user).read(["name"])
                with self.assertRaises(AccessError):
                    self.letter.with_user(user).action_open()
                with self.assertRaises(AccessError):
                    self.letter._get_content_for(user)
                Letter = self.env["procedure.letter"].with_user(user)
                if Letter.has_access("read"):
                    self.assertFalse(Letter.search([]))
                else:
                    with self.assertRaises(AccessError):
                        Letter.search([])
                with self.assertRaises(AccessError):
                    self.request.with_user(user).read(["letter_ids"])

    def test_who_opens_a_letter_that_is_not_drawn_yet(self):
        """It is drawn for its readers, and for nobody else."""
        letter = self._submit(user=self.dominique).letter_ids
        for user in self.others - self.dominique:
            with self.subTest(user.login), self.assertRaises(AccessError):
                letter.with_user(user).action_open()
        self.assertFalse(letter.sha256)
        action = letter.with_user(self.school_agent).action_open()
        self.assertEqual(action["url"], f"/procedure/letter/{letter.id}")
        self.assertTrue(letter.sha256)

    def test_who_tries_again(self):
        letter = self._submit(user=self.dominique).letter_ids
        letter.sudo().tries = 20
        # A consulted service reads, and does nothing to what leaves.
        for user in self.others | self.school_agent:
            with self.subTest(user.login), self.assertRaises(AccessError):
                letter.with_user(user).action_retry()
        self.assertFalse(letter.sha256)
        letter.with_user(self.colleague).action_retry()
        self.assertTrue(letter.sha256)

    def test_the_file_is_not_changed_behind(self):
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "procedure.letter"),
                    ("res_field", "=", "file"),
                    ("res_id", "=", self.letter.id),
                ]
            )
        )
        self.assertEqual(len(attachment), 1)
        for user in self.readers | self.others:
            with self.subTest(user.login), self.assertRaises(AccessError):
                attachment.with_user(user).write({"raw": b"x"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                attachment.with_user(user).unlink()
        for user in self.others - self.camille:
            with self.subTest(user.login), self.assertRaises(AccessError):
                attachment.with_user(user).read(["raw"])

    def test_by_the_page(self):
        password = "a-long-password-of-this-test"
        pages = (
            f"/procedure/letter/{self.letter.id}",
            f"/web/content/procedure.letter/{self.letter.id}/file",
            f"/report/pdf/procedure_letter.letter/{self.letter.id}",
        )
        expected = {self.agent: True, self.school_agent: True}
        for user in (self.agent, self.school_agent, self.secretary, self.dominique, self.camille):
            user.password = password
            self.authenticate(user.login, password)
            for page in pages:
                with self.subTest(page, user=user.login), mute_logger("odoo.http"):
                    response = self.url_open(page)
                    self.assertEqual(response.status_code == 200, expected.get(user, False))
                    self.assertNotEqual(response.status_code, 500)
        self.authenticate(None, None)
        for page in pages:
            self.assertNotIn(b"%PDF", self.url_open(page).content[:10])

    def test_a_letter_guessed_is_a_letter_that_does_not_exist(self):
        self.secretary.password = "a-long-password-of-this-test"
        self.authenticate(self.secretary.login, "a-long-password-of-this-test")
        refused = self.url_open(f"/procedure/letter/{self.letter.id}")
        self.assertEqual(refused.status_code, 404)
        for absent in ("99999999", "0", "9" * 30):
            self.assertEqual(self.url_open(f"/procedure/letter/{absent}").status_code, 404)

    def test_the_file_of_the_message_is_read_by_its_checked_route_only(self):
        """The page of the request serves it to the applicant; nobody guesses its number."""
        message = self.request._get_messages_for_applicant()
        attachment = message.attachment_ids
        self.assertEqual(attachment.raw, self.letter._get_bytes())
        for user in self.others:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env.invalidate_all()
                attachment.with_user(user).read(["raw"])
