from odoo import Command

from .common import AllotmentCommon

CHILD = {"firstname": "Zoé", "lastname": "Martin", "birthdate": "2020-02-01"}


class TestJoinChild(AllotmentCommon):
    """Two parents declared the same child: once joined, each request is about the common sheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.camille.partner_id._declare_child(CHILD)
        cls.common = cls.dominique.partner_id._declare_child(CHILD)
        cls.canteen = cls._procedure(
            "Cantine", "CANT", cls.school, fields=[{"key": "wish", "type": "char", "label": "Vœu"}]
        )

    @classmethod
    def _allotment_form(cls):
        return [
            *super()._allotment_form(),
            {"key": "gardener", "type": "children", "label": "Qui jardine"},
            {"key": "helpers", "type": "block", "label": "Aide"},
            {"key": "helper", "type": "children", "label": "Qui", "block_key": "helpers"},
        ]

    def setUp(self):
        super().setUp()
        child = str(self.own.id)
        self.request = self._ask(answers={"gardener": [child], "helpers.0.helper": [child]})
        self.theirs = self._submit(
            self.dominique,
            procedure=self.canteen,
            answers={"wish": "x"},
            files={},
            subjects=self.common,
        )
        self.own._join_child(self.common)

    def test_subjects_answers_and_index_are_of_the_common_sheet(self):
        answers = self.request.answers
        self.assertEqual(self.request.subject_ids, self.common)
        chosen = [{"id": self.common.id, "label": self.own.display_name}]
        self.assertEqual(answers["gardener"], chosen)
        self.assertEqual(answers["helpers"], [{"helper": chosen}])
        links = self.request.answer_ids.filtered("res_id")
        self.assertEqual(set(links.mapped("res_model")), {"res.partner"})
        self.assertEqual(set(links.mapped("res_id")), {self.common.id})

    def test_services_of_the_requests_read_the_common_sheet(self):
        for user in (self.agent, self.school_agent):
            self.assertTrue(self.common.with_user(user).has_access("read"))
            self.assertFalse(self.own.with_user(user).has_access("read"))
        self.assertFalse(self.common.with_user(self.secretary).has_access("read"))

    def test_nobody_more_reads_a_request(self):
        readers = {
            self.request: (self.camille, self.agent, self.manager),
            self.theirs: (self.dominique, self.school_agent, self.manager),
        }
        for request, allowed in readers.items():
            for user in (
                self.camille,
                self.dominique,
                self.agent,
                self.school_agent,
                self.secretary,
                self.manager,
            ):
                can = request.with_user(user).has_access("read")
                self.assertEqual(can, user in allowed, (request.number, user.login))

    def test_an_answer_alone_follows_too(self):
        self.request.subject_ids = False
        other = self.dominique.partner_id._declare_child({**CHILD, "firstname": "Ida"})
        self.common._join_child(other)
        self.assertEqual(self.request.answers["gardener"][0]["id"], other.id)

    def test_a_child_named_twice_is_named_once(self):
        self.request.subject_ids = [Command.set((self.own | self.common).ids)]
        self.own._join_child(self.common)
        self.assertEqual(self.request.subject_ids, self.common)
