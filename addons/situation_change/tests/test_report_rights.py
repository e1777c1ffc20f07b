from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SituationCase


@tagged("post_install", "-at_install")
class TestReportRights(SituationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._report(cls, "phone", new_phone="03 29 55 55 55")
        cls.line = cls.request.change_id.line_ids

    def test_who_answers_decides_and_nobody_else(self):
        # They read the file, by another request.
        other = self.env["territory.service"].create(
            {"name": "Autre", "code": "test_other", "reads_family_file": True}
        )
        reader = self._new_staff("agent.lecteur", "agent")
        reader.function = "Agente"
        other.user_ids = reader.ids
        self._open_file_to(self.service | self.town_hall | other)
        self.assertReads(reader, self.line)
        for user in (
            *(self.camille | self.robin | self.sacha | self.stranger),
            *(self.agent | self.secretary | self.communication | self.dpo | reader),
        ):
            with self.subTest(user.login):
                for act, words in (("action_accept", ()), ("action_refuse", ("Non",))):
                    with self.assertRaises(AccessError):
                        getattr(self.line.with_user(user), act)(*words)
        self.assertEqual(self.line.state, "proposed")
        self.line.with_user(self.manager).action_accept()
        self.assertEqual(self.request.state, "accepted")

    def test_lines_are_shown_to_those_who_read_the_file(self):
        self.assertEqual(self.request.with_user(self.family_agent).change_line_ids, self.line)
        self.request.consulted_service_ids = self.service
        self.assertReads(self.agent, self.request)
        self.assertFalse(self.request.with_user(self.agent).change_line_ids)
        for user in self.camille | self.sacha:
            for name in ("change_id", "change_line_ids"):
                with self.subTest(user.login, name=name), self.assertRaises(AccessError):
                    self.request.with_user(user).read([name])

    def test_the_other_adult_and_the_other_parent_read_neither(self):
        for user in self.robin | self.sacha | self.stranger:
            for record in (self.request, self.request.change_id, self.line):
                self.assertReadsNot(user, record)
        self.assertReads(self.camille, self.request)

    def test_nobody_writes_the_link(self):
        with self.assertRaises(AccessError):
            self.request.with_user(self.family_agent).change_id = False
