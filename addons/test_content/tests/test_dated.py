from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.website_content_approval.pages.form import ContributionForm
from odoo.addons.website_content_report.controllers.common import get_words
from odoo.addons.website_parts.tools.web import Posted

from .common import ContentCase

# At seven in the evening, in winter.
END = "2026-12-12 18:00:00"


@tagged("post_install", "-at_install")
class TestDated(ContentCase):
    """What has an hour, an end, or cannot wait: events and notices."""

    def new(self, user=None):
        Revision = self.env["content.revision"].with_user(user or self.secretary)
        with patch.object(
            type(self.env["wash.house"]), "_may_propose_new", lambda *args, **kwargs: True
        ):
            draft = Revision._begin_new("wash.house", communes=self.commune)
        draft._change({"name": "Lavoir du Haut"})
        return draft

    # A day and an hour

    def test_a_day_and_an_hour_as_people_write_them(self):
        draft = self._draft()
        for typed in (
            "12/12/2026 à 19 h",
            "12/12/2026 19h00",
            "12.12.2026, 19:00",
            "12 décembre 2026 à 19 h 00",
        ):
            draft._change({"closed_at": False})
            form = ContributionForm(draft, Posted({"_shown": "closed_at", "closed_at": typed}))
            form.keep()
            self.assertEqual((form.errors, draft.sudo().values["closed_at"]), ({}, END), typed)
        (item,) = ContributionForm(draft).get_items(["closed_at"])
        self.assertEqual(item["value"].split()[::2], ["12/12/2026", "19"])
        (change,) = [each for each in draft._get_difference() if each["name"] == "closed_at"]
        self.assertIn("19\xa0h", change["after"][0][1])
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertEqual(self.house.closed_at, datetime(2026, 12, 12, 18))

    def test_what_is_no_day_or_no_hour_is_told(self):
        draft = self._draft()
        for typed in ("12/12/2026", "19 h", "31/02/2026 à 19 h", "12/12/2026 à 25 h", "demain"):
            form = ContributionForm(draft, Posted({"_shown": "closed_at", "closed_at": typed}))
            form.keep()
            self.assertIn("closed_at", form.errors, typed)
            (item,) = form.get_items(["closed_at"])
            self.assertEqual(item["value"], typed)
        for value in ("hier", "2026-13-01 00:00:00", 5, ["x"]):
            with self.assertRaises(ValidationError):
                draft._change({"closed_at": value})

    # Until a day

    def test_it_leaves_the_site_by_itself(self):
        self.house._publish_as("data", {"closed_at": END})
        House, cache = self.env["wash.house"], self.env["website.page.cache"]
        with freeze_time("2026-12-12 17:59:00"):
            self.assertTrue(self.house._is_shown())
            drawing = cache._begin_drawing()
            self.house._keep_page_until()
            cache._end_drawing()
            self.assertEqual(drawing.end, datetime(2026, 12, 12, 18), "the page that is kept")
            self.env["content.revision"]._cron_end_shown()
            self.assertTrue(self.house.is_online)
        with freeze_time("2026-12-12 18:00:00"):
            self.assertFalse(self.house._is_shown())
            self.assertNotIn(self.house, House.search(House._get_shown_domain()))
            self.assertFalse(self.house._shows_images())
            self.env["content.revision"]._cron_end_shown()
            self.assertFalse(self.house.is_online)
            version = self.house.version
            self.env["content.revision"]._cron_end_shown()
            self.assertEqual(self.house.version, version, "once")
            self.assertFalse(self.house._may_put_back(self.reader))
            draft = self._draft(closed_at="2027-01-12 18:00:00")
            draft.action_submit()
            accept(self._as(draft, self.reader))
            self.assertTrue(self.house._is_shown())

    def test_it_is_shown_until_the_end_of_its_last_day(self):
        House = type(self.env["wash.house"])
        self.house._publish_as("data", {"built_on": "2026-12-12"})
        with patch.object(House, "_shown_until", "built_on"):
            for moment, is_shown in (("2026-12-12 22:59:00", True), ("2026-12-12 23:01:00", False)):
                with freeze_time(moment):
                    self.assertEqual(self.house._is_shown(), is_shown, moment)
            self.house._publish_as("data", {"built_on": False})
            self.assertTrue(self.house._is_shown(), "no end")

    # At once

    def test_a_new_page_that_cannot_wait(self):
        draft = self.new()
        self.type.allow_urgent = True
        with self.assertRaises(AccessError):
            draft.action_publish_urgent("Un mur est tombé.")
        self.type.allow_urgent_new = True
        draft.action_publish_urgent("Un mur est tombé.")
        house = draft._get_content()
        self.assertTrue(house.is_online)
        self.assertTrue(self._as(draft, self.reader).is_mine_to_read)
        self._as(draft, self.reader).action_review()
        self.assertEqual(draft.reviewed_by_id, self.reader)
        for user in (self.manager, self.agent):
            other = self.new(user)
            with self.assertRaises(AccessError):
                other.action_publish_urgent("Vite.")

    def test_a_new_page_that_is_wrong_leaves_the_site(self):
        self.type.allow_urgent_new = True
        draft = self.new()
        draft.action_publish_urgent("Vite.")
        house = draft._get_content()
        with self.assertRaises(UserError):
            self._as(draft, self.reader).action_revert(" ")
        self.assertTrue(draft.sudo().activity_ids)
        self._as(draft, self.reader).action_revert("Ce n’est pas urgent.")
        self.assertFalse(draft.sudo().activity_ids)
        self.assertFalse(house.is_online)
        self.assertEqual(draft.reviewed_by_id, self.reader)

    def test_a_new_page_that_somebody_accepted_since_stays(self):
        self.type.allow_urgent_new = True
        draft = self.new()
        draft.action_publish_urgent("Vite.")
        house = draft._get_content()
        change = house.with_user(self.secretary)._propose()
        change._change({"story": "En pierre."})
        change.action_submit()
        accept(self._as(change, self.reader))
        with self.assertRaisesRegex(UserError, "accepted since"):
            self._as(draft, self.reader).action_revert("Non.")
        self.assertTrue(house.is_online)

    # Said by readers

    def test_each_kind_has_its_own_topics(self):
        self.assertEqual(self.house._get_report_topics()[-1], "other")
        House = type(self.env["wash.house"])
        with patch.object(House, "_get_report_topics", lambda content: ["closed", "other"]):
            Report = self.env["content.report"]
            self.assertEqual([*get_words(self.env, self.house)], ["closed", "other"])
            with self.assertRaises(UserError):
                Report._file(self.house, "phone", "03 29 00 00 00")
            self.assertTrue(Report._file(self.house, "closed", ""))
