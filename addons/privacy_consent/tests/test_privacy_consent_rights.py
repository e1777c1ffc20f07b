from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ConsentCase

OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestPrivacyConsentRights(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consent = cls.Consent.with_user(cls.camille)._answer(
            cls.outings.with_user(cls.camille), cls.child.with_user(cls.camille), "yes"
        )
        cls.consent = cls.consent.with_env(cls.env)

    def test_a_parent_reads_her_own_answers_and_never_the_other_parent_s(self):
        self.assertReads(self.camille, self.consent)
        self._second_holder(state="verified")
        for user in (self.sacha, self.stranger):
            self.assertReadsNot(user, self.consent)

    def test_the_service_that_reads_the_file_reads_the_answers(self):
        self.assertReadsNot(self.family_agent, self.consent)
        self._open_file_to(self.service)
        self.assertReadsNot(self.agent, self.consent)
        self._open_file_to(self.other_service)
        self.assertReads(self.family_agent, self.consent)
        self.assertReads(self.manager, self.consent)

    def test_nobody_writes_an_answer(self):
        for user in (
            self.camille,
            self.family_agent,
            self.manager,
            self.env.ref("base.user_admin"),
        ):
            for operation in ("write", "create", "unlink"):
                with self.subTest(user.login, operation=operation):
                    self.assertFalse(self.consent.with_user(user).has_access(operation))
                    version = self.consent.version_id.with_user(user)
                    self.assertFalse(version.has_access(operation))

    def test_who_writes_what_is_asked(self):
        for user, expected in (
            (self.family_agent, "rwc"),
            (self.agent, "r"),
            (self.manager, "rwc"),
            (self.camille, "r"),
            (self.env.ref("base.public_user"), ""),
        ):
            for operation in OPERATIONS:
                with self.subTest(user.login, operation=operation):
                    self.assertEqual(
                        self.photos.with_user(user).has_access(operation), operation[0] in expected
                    )

    def test_a_text_is_given_to_no_other_service(self):
        with self.assertRaises(AccessError):
            self.photos.with_user(self.family_agent).service_id = self.service

    def test_the_words_written_by_an_agent_are_a_version(self):
        self.outings.with_user(self.family_agent).body = "Sorties à vélo."
        self.assertEqual(set(self.outings.version_ids.mapped("number")), {1, 2})

    def test_a_service_that_reads_no_answer_asks_nothing(self):
        own = self.photos.copy({"code": "own", "service_id": self.service.id})
        with self.assertRaises(AccessError):
            own.with_user(self.agent).is_asked = True
        with self.assertRaises(AccessError):
            own.with_user(self.agent).copy({"code": "next"})
