from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolKept(SchoolCase):
    """Camille alone declared Zoé, who goes to school; she closes her account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe = cls._declare_as(cls.camille, "Zoé", "Duchêne", "2018-05-05")
        cls.zoe.reader_service_ids += cls.other_service

    def close_account(self):
        person = self.camille.partner_id
        self.camille.unlink()
        person.account_closed_on = "2026-11-25"
        person._end_unkept()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(person.exists())

    def test_the_pupil_stays_in_its_school(self):
        pupil = self.register(child=self.zoe)
        self.close_account()
        self.assertTrue(pupil.exists(), "gone with the account of its only parent")
        self.assertTrue(self.zoe.active, "who goes to school is not put aside")
        self.assertReads(self.head, pupil)
        pupil._send()
        following = self.register(child=self.zoe, year=self.next_year, level=self.levels["CM2"])
        self.assertEqual(following.child_id, self.zoe)

    def test_registered_for_the_next_year_already(self):
        self.register(child=self.zoe, year=self.next_year)
        self.close_account()
        self.assertTrue(self.zoe.active)

    def test_who_left_is_put_aside_while_its_row_is_kept(self):
        pupil = self.register(child=self.zoe)
        pupil._leave()
        self.close_account()
        self.assertEqual((pupil.state, self.zoe.active), ("left", False))
        self.assertEqual(pupil.lastname, "Duchêne")

    def test_a_year_that_is_over_keeps_nobody_in_view(self):
        pupil = self.register(child=self.zoe)
        with freeze_time("2027-07-04"):
            self.close_account()
        self.assertEqual((pupil.exists(), self.zoe.active), (pupil, False))

    def test_who_never_went_to_school_goes_with_the_account(self):
        self.close_account()
        self.assertFalse(self.zoe.exists())

    def test_the_job_says_why_a_sheet_stays(self):
        self.register(child=self.zoe)
        rule = self.env.ref("household_retention.retention_person")
        kept = (self.zoe | self.child)._get_retention_kept(rule)
        self.assertIn("school", kept[self.zoe])
        self.assertNotIn("school", kept.get(self.child, ""))


@tagged("post_install", "-at_install")
class TestSchoolReaders(SchoolCase):
    """The service that registered a pupil goes on reading its file."""

    def forget_requests(self):
        """As when the request that made the service read the child is anonymised."""
        self.child._refresh_reader_services()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_without_a_row_nothing_is_read_any_more(self):
        self.forget_requests()
        self.assertFalse(self.child.reader_service_ids)

    def test_once_the_request_is_anonymised(self):
        pupil = self.register()
        self.assertEqual(pupil.service_id, self.other_service)
        self.forget_requests()
        self.assertReads(self.family_agent, pupil)
        self.assertReads(self.family_agent, self.child)
        pupil.with_user(self.family_agent)._send()
        following = self.register(year=self.next_year, level=self.levels["CM2"])
        self.assertEqual(following.service_id, self.other_service)
        self.assertReadsNot(self.agent, pupil)

    def test_of_who_has_no_service_the_one_that_reads_the_file_is_kept(self):
        pupil = self.register(self.manager)
        self.assertEqual(pupil.service_id, self.other_service)
        self.child.reader_service_ids = False
        other = self.register(self.manager, year=self.next_year, level=self.levels["CM2"])
        self.assertFalse(other.service_id)

    def test_it_reads_no_longer_than_the_row(self):
        pupil = self.register()
        self.forget_requests()
        pupil.unlink()
        self.assertFalse(self.child.reader_service_ids)

    def test_a_sheet_that_is_joined_brings_its_readers(self):
        self.other_authority.state = "ended"
        own = self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")
        own.reader_service_ids += self.other_service
        pupil = self.register(child=own)
        self.forget_requests()
        self.assertFalse(self.child.reader_service_ids)
        own._join_child(self.child)
        self.assertEqual(pupil.child_id, self.child)
        self.assertReads(self.family_agent, self.child)
        self.assertFalse(own.reader_service_ids)

    def test_who_goes_up_is_read_by_the_same_service(self):
        pupil = self.register()
        pupil._send()
        pupil._admit()
        climb = self.env["school.climb"].with_user(self.family_agent)
        climb = climb.create({"year_id": self.year.id})
        climb.action_propose()
        climb.action_apply()
        row = self.Pupil.search([("year_id", "=", self.next_year.id)])
        self.assertEqual(row.service_id, self.other_service)
        self.forget_requests()
        self.assertReads(self.family_agent, row)

    def test_a_parent_does_not_read_which_service_it_was(self):
        """That of a town hall says where the other parent lives."""
        pupil = self.register().with_user(self.sacha)
        self.assertTrue(pupil.school_id)
        with self.assertRaises(AccessError):
            pupil.read(["service_id"])
        self.assertNotIn("service_id", pupil.read()[0])
