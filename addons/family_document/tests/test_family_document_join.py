from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestFamilyDocumentJoin(DocumentCase):
    """Each parent declared Lou; the service joins the two sheets."""

    def setUp(self):
        super().setUp()
        self.other_authority.unlink()
        self.own = self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")
        self.assertNotEqual(self.own, self.child)

    def join(self):
        self._open_file_to(self.other_service)
        (self.own | self.sacha.partner_id).reader_service_ids += self.other_service
        authority = self.own.authority_ids.with_user(self.family_agent)
        authority.action_join(self.child.id, "Livret de famille vu")
        self.env.invalidate_all()

    def test_papers_follow_and_stay_of_whoever_gave_them(self):
        hers, his = self.give(self.camille), self.give(self.sacha, children=self.own)
        self.join()
        self.assertEqual((hers | his).child_id, self.child)
        self.assertEqual((hers.stands, his.stands), (True, True))
        for user, own in ((self.camille, hers), (self.sacha, his)):
            parent = user.partner_id
            self.assertEqual(self.Document._list_for(parent, self.child), own)
            self.assertEqual(self.lacks(self.child, user), {})

    def test_what_one_gave_is_missing_for_neither(self):
        self.give(self.sacha, children=self.own)
        self.assertEqual(self.lacks(self.child, self.camille)["Lou"][0][0], "Assurance scolaire")
        self.join()
        self.assertEqual(self.lacks(self.child, self.camille), {})
        self.assertFalse(self.Document._list_for(self.camille.partner_id, self.child))

    def test_of_two_of_one_parent_the_last_stands(self):
        self._second_holder(state="verified")
        first = self.give(self.sacha)
        last = self.give(self.sacha, children=self.own, content=b"newer")
        self.join()
        self.assertEqual((first.is_current, last.is_current), (False, True))
        self.assertEqual(last.child_id, self.child)

    def test_the_service_reads_the_common_sheet(self):
        self.give(self.sacha, children=self.own)
        self.join()
        self.assertIn(self.other_service, self.child.reader_service_ids)
        self.assertFalse(self.own.reader_service_ids)
