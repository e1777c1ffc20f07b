from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.content_review.models.content_approval_mixin import CONTEXT_KEY

from .common import ContentCase


class ReviewCase(ContentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = date(2026, 11, 25)
        cls.env["mail.mail"].search([]).unlink()
        # Of other addons: their contents are not of these tests.
        cls.campaign = cls.env["content.review.campaign"].create(
            {
                "name": "Second semestre",
                "date_start": "2026-11-01",
                "date_end": "2027-01-31",
                "type_ids": cls.type.ids,
            }
        )
        cls._make_old(cls.house)

    @classmethod
    def _make_old(cls, house):
        house.sudo()._as_publication().write({"date_published": "2026-01-10 10:00:00"})

    def _asked(self):
        self.campaign.action_start()
        self.campaign._cron_run()
        return self.campaign.review_ids

    def _token(self, review, user):
        return review._get_link(user).rpartition("/")[2]

    def _told(self):
        mails = self.env["mail.mail"].search([])
        told = [(mail.email_to, str(mail.body_html)) for mail in mails]
        mails.unlink()
        return told


@tagged("post_install", "-at_install")
class TestReview(ReviewCase):
    def test_who_keeps_an_old_page_is_asked_once_then_once_more(self):
        review = self._asked()
        self.assertEqual(review.name, "Lavoir du Moulin")
        self.assertEqual(review.user_ids, self.camille | self.sacha)
        told = self._told()
        self.assertEqual(
            {to for to, _body in told},
            {self.camille.email_formatted, self.sacha.email_formatted},
        )
        self.assertNotEqual(*[body for _to, body in told], "Each has a link of her own")
        self.campaign._cron_run()
        self.assertFalse(self._told())
        with freeze_time("2026-12-20"):
            self.campaign._cron_run()
            self.assertEqual(len(self._told()), 2)
            self.campaign._cron_run()
            self.assertFalse(self._told())
        with freeze_time("2027-02-01"):
            self.campaign._cron_run()
        self.assertEqual((self.campaign.state, review.state), ("over", "silent"))

    def test_two_presses_at_once_are_played_one_after_the_other(self):
        review = self._asked()
        lock = "odoo.addons.content_review.models.content_review.lock_or_replay"
        busy = patch(lock, side_effect=ConcurrencyError("busy"))
        with busy, self.assertRaises(ConcurrencyError):
            review._confirm(self.camille)

    def test_a_campaign_begins_once_by_who_decides_of_it(self):
        for user in (self.agent, self.secretary, self.dpo, self.camille):
            for act in ("action_start", "action_end"):
                with self.subTest(user=user.login, act=act), self.assertRaises(AccessError):
                    getattr(self.campaign.with_user(user), act)()
        self.campaign.with_user(self.manager).action_start()
        with self.assertRaisesRegex(UserError, "begun already"):
            self.campaign.with_user(self.manager).action_start()

    def test_the_figures_are_told_by_category(self):
        self.house._publish_as("test", {"water": "spring"})
        self._make_old(self.house)
        self.assertIn("Spring", self._asked().mapped("category"))

    def test_nobody_is_asked_outside_of_a_campaign_nor_about_what_is_fresh(self):
        self.campaign._cron_run()
        self.assertFalse(self.campaign.review_ids)
        self.house.with_user(self.camille)._confirm_now()
        self.assertFalse(self._asked())
        self.type.review_months = 12
        self._make_old(self.house)
        self.assertFalse(self.env["wash.house"].search(self.house._get_stale_domain(self.today)))

    def test_nobody_is_asked_too_early_nor_twice_nor_where_nobody_keeps_the_page(self):
        self.campaign.date_start = "2026-12-01"
        self.assertFalse(self._asked(), "Too early")
        self.campaign.write({"date_start": "2026-11-01", "commune_ids": self.other_commune.ids})
        self.campaign._cron_run()
        self.assertFalse(self.campaign.review_ids, "Elsewhere")
        self.campaign.commune_ids = self.commune

        def find_nobody(houses):
            return dict.fromkeys(houses, houses.env["res.users"])

        with patch.object(self.registry["wash.house"], "_get_all_keepers", find_nobody):
            self.campaign._cron_run()
        self.assertFalse(self.campaign.review_ids)
        self.campaign._cron_run()
        review = self.campaign.review_ids
        self._sent(self.camille)
        self.assertEqual(review.state, "correcting")
        self.campaign._cron_run()
        with freeze_time("2026-12-20"):
            self.campaign._cron_run()
        self.assertEqual(self.campaign.review_ids, review)
        self.assertFalse(review.date_reminded, "She has answered")

    def test_the_queries_of_a_campaign_do_not_grow_with_the_pages(self):
        counts = []
        for more in (2, 10):
            for rank in range(more):
                self._make_old(
                    self.env["wash.house"]._create_as(
                        "data",
                        {"name": f"Source {more} {rank}"},
                        fixed={"owner_id": self.association.id, "commune_id": self.commune.id},
                    )
                )
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(80):
                before = self.cr.sql_log_count
                found = [*self.campaign._list_askable(self.today)]
                counts.append(self.cr.sql_log_count - before)
            self.assertTrue(all(keepers == self.camille | self.sacha for _c, keepers in found))
        self.assertEqual(len(found), 13)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_ten_pages_at_once_and_the_rest_once_answered(self):
        for rank in range(12):
            house = self.env["wash.house"]._create_as(
                "data", {"name": f"Puits {rank}"}, fixed={"owner_id": self.association.id}
            )
            self._make_old(house)
        reviews = self._asked()
        self.assertEqual(len(reviews), 10)
        self.assertEqual(len(self._told()), 2, "One mail each")
        self.campaign._cron_run()
        self.assertEqual(len(self.campaign.review_ids), 10)
        for review in reviews:
            review._confirm(self.camille)
        self.campaign._cron_run()
        self.assertEqual(len(self.campaign.review_ids), 13)

    def test_a_confirmation_changes_the_date_and_nothing_else(self):
        before, lines = self._live()
        review = self._asked()
        review._confirm(self.camille, is_by_link=True)
        after, lines_after = self._live()
        self.assertEqual(after[0].pop("date_verified"), self.today)
        self.assertFalse(before[0].pop("date_verified"))
        self.assertEqual((before, lines), (after, lines_after))
        self.assertEqual(
            (review.state, review.answered_by_id, review.is_by_link),
            ("confirmed", self.camille, True),
        )
        with self.assertRaises(UserError):
            review._confirm(self.sacha)

    def test_the_date_is_written_by_nobody_otherwise(self):
        for user in (self.camille, self.secretary, self.manager, self.technician):
            house = self.house.with_user(user)
            for act in (
                lambda h: h.write({"date_verified": "2026-11-20"}),
                lambda h: h.sudo().write({"date_verified": "2026-11-20"}),
                lambda h: (
                    h.with_context(**{CONTEXT_KEY: True})
                    .sudo()
                    .write({"date_verified": "2026-11-20"})
                ),
                lambda h: h.sudo().web_save({"date_verified": "2026-11-20"}, {}),
            ):
                with self.assertRaises(AccessError):
                    act(house)
        self.assertFalse(self.house.date_verified)

    def test_the_door_of_a_confirmation_opens_no_other_field(self):
        seen = []

        origin = self.registry["wash.house"].write

        def write(house, vals):
            seen.append((house._is_publishing(), set(house._get_guarded_fields())))
            return origin(house, vals)

        self.patch(self.registry["wash.house"], "write", write)
        self.house._mark_verified()
        [(is_publishing, guarded)] = seen
        self.assertFalse(is_publishing)
        self.assertLessEqual({"name", "story", "body", "is_online", "version"}, guarded)
        self.assertNotIn("date_verified", guarded)

    def test_only_who_contributes_confirms(self):
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        for user in (self.stranger, self.resident, self.dpo, other):
            with self.assertRaises(AccessError):
                self.house.with_user(user)._confirm_now()
            review = self._asked() if not self.campaign.review_ids else self.campaign.review_ids
            with self.assertRaises(UserError):
                review._confirm(user)
        for user in (self.sacha, self.secretary, self.communication):
            self.house.with_user(user)._confirm_now()
        self.assertEqual(self.house.date_verified, self.today)

    def test_the_journal_is_written_by_nobody(self):
        review = self._asked()
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        for user in (self.secretary, self.agent, self.communication, self.manager, self.dpo):
            self.assertReads(user, review)
        self.assertReadsNot(other, review)
        for user in (self.stranger, self.camille, self.env.ref("base.public_user")):
            self.assertFalse(review.with_user(user).has_access("read"))
        for user in (self.secretary, self.communication, self.manager, self.technician):
            mine = review.with_user(user)
            for act in (
                lambda r: r.write({"state": "confirmed"}),
                lambda r: r.unlink(),
                lambda r: r.copy(),
                lambda r: r.read(["nonce"]),
            ):
                with self.assertRaises(AccessError):
                    act(mine)
        for user in (self.secretary, self.agent, self.dpo, self.camille):
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).action_end()
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).write({"name": "x"})
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.communication).write({"state": "over"})
        self.campaign.with_user(self.communication).action_end()
        self.assertEqual(self.campaign.state, "over")

    def test_a_correction_answers_and_its_publication_dates_the_page(self):
        review = self._asked()
        revision = self._sent(self.secretary)
        self.assertEqual((review.state, review.revision_id), ("correcting", revision))
        self.assertFalse(self.house.date_verified)
        accept(revision.with_user(self.reader))
        self.assertEqual(review.state, "corrected")
        self.assertEqual(self.house.date_verified, self.today)

    def test_an_ordinary_change_dates_nothing(self):
        self._published(self.secretary)
        self.assertFalse(self.house.date_verified, "One field was read, not the page")

    def test_a_withdrawal_is_read_as_any_change(self):
        review = self._asked()
        revision = (
            self.env["content.revision"]
            .with_user(self.camille)
            ._begin(self.house.with_user(self.camille), kind="remove")
        )
        revision.action_submit("Le lavoir est fermé.")
        self.assertEqual(review.state, "withdrawn")
        self.assertTrue(self.house.is_online)
        accept(revision.with_user(self.reader))
        self.assertFalse(self.house.is_online)
        self.assertEqual(review.state, "withdrawn")

    def test_a_new_page_was_checked_by_whom_wrote_it(self):
        Revision = self.env["content.revision"].with_user(self.camille)
        draft = Revision._begin_new("wash.house", communes=self.commune)
        draft._change({"name": "Fontaine", "story": "Au milieu de la place."})
        draft.action_submit()
        accept(draft.with_user(self.reader))
        self.assertEqual(draft._get_content().date_verified, self.today)

    def test_a_correction_or_withdrawal_that_is_given_up_is_no_answer(self):
        review = self._asked()
        revision = self._sent(self.secretary)
        revision.with_user(self.reader).action_ask_changes("Depuis quand ?")
        self.assertEqual(review.state, "correcting")
        revision.action_withdraw()
        self.assertAskedAgain(review)
        removal = (
            self.env["content.revision"]
            .with_user(self.camille)
            ._begin(self.house.with_user(self.camille), kind="remove")
        )
        removal.action_submit("Le lavoir est fermé.")
        self.assertEqual(review.state, "withdrawn")
        removal.action_withdraw()
        self.assertAskedAgain(review)
        review._confirm(self.camille, is_by_link=True)
        self.assertEqual(self.house.date_verified, self.today)

    def assertAskedAgain(self, review):  # noqa: N802
        values = review.state, review.answered_by_id, review.date_answered, review.revision_id
        self.assertEqual([bool(value) for value in values], [True, False, False, False])
        self.assertEqual(review.state, "asked")

    def test_what_is_given_up_after_its_campaign_asks_nobody(self):
        review = self._asked()
        revision = self._sent(self.secretary)
        self.campaign.action_end()
        revision.action_withdraw()
        self.assertEqual(review.state, "silent")

    def test_what_is_given_up_while_it_is_asked_again_is_asked_once(self):
        review = self._asked()
        revision = self._sent(self.secretary)
        self.env.flush_all()
        again = self.env["content.review"]._make(self.house)
        revision.action_withdraw()
        self.assertEqual((review.state, again.state), ("silent", "asked"))

    def test_the_figures_of_a_campaign(self):
        for rank in range(3):
            house = self.env["wash.house"]._create_as(
                "data", {"name": f"Puits {rank}"}, fixed={"owner_id": self.association.id}
            )
            self._make_old(house)
        reviews = self._asked()
        reviews[0]._confirm(self.camille)
        campaign = self.campaign
        self.assertEqual(
            (campaign.asked_count, campaign.confirmed_count, campaign.silent_count), (4, 1, 3)
        )
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        self.assertEqual(campaign.with_user(other).asked_count, 0)

    def test_what_is_kept_up_to_date_is_counted_and_what_data_brought_is_not(self):
        def figure():
            rows = self.env["content.type"]._list_kept_figures()
            mine = [row for row in rows if row.kind == self.type.name]
            return sum(row.online for row in mine), sum(row.kept for row in mine)

        online, kept = figure()
        self.assertEqual(kept, 0, "Data brought it, nobody looked at it")
        self._published()
        self.assertEqual(figure(), (online, 1))
        self.env["wash.house"]._create_as(
            "data", {"name": "Puits"}, fixed={"owner_id": self.association.id}
        )
        self.assertEqual(figure(), (online + 1, 1))
        well = self.env["wash.house"].search([("name", "=", "Puits")])
        well.with_user(self.camille)._confirm_now()
        self.assertEqual(figure(), (online + 1, 2))
        with freeze_time("2027-09-01"):
            self.assertEqual(figure(), (online + 1, 0), "Too long ago")

    def test_a_link_is_hers_signed_ends_and_serves_once(self):
        review = self._asked()
        token = self._token(review, self.camille)
        Review = self.env["content.review"].with_user(self.env.ref("base.public_user"))
        self.assertEqual(Review._find_by_token(token), (review, self.camille))
        for wrong in ("", "x", token[:-3], token + "x", "é"):
            self.assertFalse(Review._find_by_token(wrong)[0])
        with freeze_time("2027-03-01"):
            self.assertFalse(Review._find_by_token(token)[0])
        review.sudo().nonce = "autre"
        self.assertFalse(Review._find_by_token(token)[0])

    def test_who_no_more_acts_for_the_association_confirms_nothing(self):
        review = self._asked()
        delegates = self.env["partner.delegate"].search(
            [("person_id", "=", self.camille.partner_id.id)]
        )
        delegates.state = "ended"
        with self.assertRaises(UserError):
            review._confirm(self.camille, is_by_link=True)
        self.assertFalse(self.house.date_verified)
