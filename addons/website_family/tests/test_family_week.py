from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.family_booking.tests.common import MONDAY

from ..pages.family_day import FamilyDay, Wishes
from ..pages.family_month import FamilyMonth
from ..pages.family_week import FamilyWeek
from .week_case import WEEK, WeekCase

# Of what a page reads, whatever the number of days and children.
QUERIES = 20


@tagged("post_install", "-at_install")
class TestFamilyWeek(WeekCase):
    """What a parent reads of her week, and what one press on a day does. Without HTTP."""

    def week(self, user, wanted=WEEK):
        return FamilyWeek(*self.parent(user), wanted).get_values()

    def monday_of(self, user):
        return next(row for row in self.week(user)["rows"] if row["day"] == MONDAY)

    def rows_of(self, user, child):
        [cell] = [each for each in self.monday_of(user)["cells"] if each["child"] == child.id]
        return cell["rows"]

    def day(self, user, day=MONDAY):
        return FamilyDay(*self.parent(user), day)

    def wish(self, page, *children, shown=None, **values):
        """What the page would send with the boxes of these children ticked."""
        keys = {
            f"{each.child.id}-{each.session.id}": each.state in ("booked", "waiting", "offered")
            for each in page.days.choices
        }
        ticked = {f"{child.id}-{self.monday.id}" for child in children}
        return Wishes(ticked, keys if shown is None else shown, **values)

    def state(self, child, session=None):
        domain = [("child_id", "=", child.id), ("state", "!=", "ended")]
        return self.Booking.search(
            [*domain, ("session_id", "=", (session or self.monday).id)]
        ).state

    # The week

    def test_the_week_says_until_when_once_by_activity(self):
        notes = [note["text"] for note in self.monday_of(self.camille)["notes"]]
        self.assertEqual(notes, ["Cantine\xa0: jusqu’à jeudi 3 décembre, 12\xa0h"])
        self.book(self.camille, self.lou)
        with freeze_time("2026-12-03 12:00:00"):
            notes = [note["text"] for note in self.monday_of(self.camille)["notes"]]
        self.assertEqual(notes, ["Cantine\xa0: ne change plus depuis 12\xa0h"])

    def test_who_waits_reads_her_rank(self):
        self.fill()
        self.book(self.camille, self.noe)
        [row] = self.rows_of(self.camille, self.noe)
        self.assertEqual(row["tag"]["label"], "Liste d’attente")
        self.assertEqual(row["note"], "1er sur la liste")

    def test_a_kept_place_is_told_on_top_of_any_week(self):
        _parent, theirs = self.fill()
        self.book(self.camille, self.noe)
        self.cancel(_parent, theirs[0])
        [offer] = self.week(self.camille, "2026-W48")["offers"]
        self.assertEqual(offer["title"], "Une place pour Noé")
        self.assertEqual(offer["until"], "vendredi, 1\xa0h")
        self.assertIn("lundi 7 décembre", offer["days"])

    def test_a_place_on_a_day_of_the_other_parent_is_for_him_to_take(self):
        parent, theirs = self.fill()
        self.book(self.camille, self.lou)
        self.cancel(parent, theirs[0])
        self.say_weeks(self.camille, self.lou, rhythm="odd")
        self.assertFalse(self.week(self.camille)["offers"])
        self.assertTrue(self.week(self.sacha)["offers"])

    def test_the_other_parent_reads_what_is_booked_not_by_whom(self):
        self.book(self.camille, self.lou, self.noe)
        week = self.week(self.sacha)
        self.assertEqual([column["name"] for column in week["columns"]], ["Lou"])
        self.assertEqual(self.rows_of(self.sacha, self.lou), self.rows_of(self.camille, self.lou))
        for told in ("Camille", "Duchêne", "Noé"):
            self.assertNotIn(told, str(week))

    def test_her_own_words_say_whose_week_it_is(self):
        self.say_weeks(self.camille, self.lou, rhythm="odd")
        week = self.week(self.camille)
        self.assertIn("Lou\xa0: semaine chez l’autre parent", week["custody"])
        self.assertEqual(week["said"], [self.lou.id])
        # He said nothing: nothing is told of her words.
        self.assertEqual(self.week(self.sacha)["custody"], [])
        self.assertTrue(self.monday_of(self.sacha)["may_change"])

    def test_a_day_of_the_other_parent_is_read_and_does_not_change(self):
        self.book(self.sacha, self.lou)
        self.say_weeks(self.camille, self.lou, rhythm="odd")
        self.assertEqual(len(self.rows_of(self.camille, self.lou)), 1)
        page = self.day(self.camille)
        [block] = [b for b in page.get_values()["children"] if b["id"] == self.lou.id]
        self.assertTrue(block["is_away"])
        self.assertFalse(block["may_change"])
        answer = page.change(self.wish(page))
        self.assertIn("pas un de vos jours", " ".join(answer.errors.values()))
        self.assertEqual(self.state(self.lou), "booked")

    def test_a_closed_day_says_why(self):
        self._close("Journée pédagogique", MONDAY, self.hall)
        row = self.monday_of(self.camille)
        self.assertIn("Journée pédagogique", row["notes"][0]["text"])
        self.assertEqual(row["closing"], "Journée pédagogique")
        self.assertFalse(row["may_change"])

    def test_a_far_week_is_this_one(self):
        for wanted in ("9999-W52", "0001-W01", "2026-W54", "x"):
            self.assertEqual(self.week(self.camille, wanted)["week"], "2026-W48")
        with freeze_time("2026-11-28 12:00:00"):
            self.assertEqual(self.week(self.camille, "")["week"], "2026-W49", "on a week-end")

    def test_the_month_has_its_days_in_words(self):
        self.book(self.camille, self.lou)
        parent, children = self.parent(self.camille)
        month = FamilyMonth(parent, children, date(2026, 12, 1)).get_values()["month"]
        self.assertEqual(month["title"], "Décembre")
        days = {day["iso"]: day for line in month["weeks"] for day in line["days"]}
        self.assertEqual(days["2026-12-07"]["lines"], [{"name": "Lou", "words": "cantine"}])
        self.assertEqual(days["2026-12-25"]["closing"], "Noël")
        self.assertIn("Noël", month["holidays"][0])

    def test_a_month_costs_twenty_queries_at_most_whatever_the_family(self):
        self.book(self.camille, self.lou, self.noe)
        costs = {page: self.count(page, wanted) for page, wanted in self.pages()}
        self.assertLessEqual(max(costs.values()), QUERIES, costs)
        for rank in range(4):
            self._declare_as(self.camille, f"Enfant{'ABCD'[rank]}", "Duchêne", "2019-03-02")
        again = {page: self.count(page, wanted) for page, wanted in self.pages()}
        self.assertCostsNoMore(costs.values(), again.values())

    def pages(self):
        return (FamilyWeek, WEEK), (FamilyMonth, date(2026, 12, 1))

    def count(self, page, wanted):
        """Nothing is read yet but who she is and her children, as on any page of her space."""
        page(*self.parent(self.camille), wanted).get_values()
        self.env.invalidate_all()
        parent, children = self.parent(self.camille)
        children.mapped("firstname")
        before = self.cr.sql_log_count
        page(parent, children, wanted).get_values()
        return self.cr.sql_log_count - before

    # A day

    def test_two_children_are_booked_in_one_press_and_pressed_twice_is_once(self):
        page = self.day(self.camille)
        wishes = self.wish(page, self.lou, self.noe)
        for _press in range(2):
            answer = self.day(self.camille).change(wishes)
            self.assertFalse(answer.errors or answer.short)
        self.assertEqual((self.state(self.lou), self.state(self.noe)), ("booked", "booked"))
        self.assertEqual(self.Booking.search_count([("session_id", "=", self.monday.id)]), 2)

    def test_what_the_other_parent_did_meanwhile_is_not_put_back(self):
        """She opened the page while nothing was booked, and ticks Noé alone."""
        page = self.day(self.camille)
        wishes = self.wish(page, self.noe)
        self.book(self.sacha, self.lou)
        self.day(self.camille).change(wishes)
        self.assertEqual((self.state(self.lou), self.state(self.noe)), ("booked", "booked"))

    def test_noe_does_as_lou(self):
        page = self.day(self.camille)
        self.day(self.camille).change(self.wish(page, self.lou, same={str(self.noe.id)}))
        self.assertEqual((self.state(self.lou), self.state(self.noe)), ("booked", "booked"))

    def test_brothers_and_sisters_who_do_not_all_fit_are_asked_first(self):
        parent, theirs = self.fill()
        self.cancel(parent, theirs[0])
        page = self.day(self.camille)
        wishes = self.wish(page, self.lou, self.noe)
        answer = page.change(wishes)
        [short] = answer.short
        self.assertEqual(short["label"], "Réserver pour Lou, Noé en liste d’attente")
        self.assertFalse(self.state(self.lou) or self.state(self.noe), "nothing is written")
        self.day(self.camille).change(wishes, "book")
        self.assertEqual((self.state(self.lou), self.state(self.noe)), ("booked", "waiting"))
        self.assertIn("Noé est en liste d’attente", self.day(self.camille).tell_done())

    def test_all_wait_when_they_prefer_to_be_together(self):
        parent, theirs = self.fill()
        self.cancel(parent, theirs[0])
        page = self.day(self.camille)
        page.change(self.wish(page, self.lou, self.noe), "wait")
        self.assertEqual(self.state(self.lou), self.state(self.noe))
        self.assertNotEqual(self.state(self.lou), "booked")

    def test_too_late_is_told_beside_the_tick_and_nothing_is_done(self):
        page = self.day(self.camille)
        wishes = self.wish(page, self.lou, self.noe)
        with freeze_time("2026-12-03 11:01:00"):
            page = self.day(self.camille)
            answer = page.change(wishes)
            values = page.get_values(wishes, answer.errors)
            self.assertEqual(len(page.list_errors(values)), 2)
        self.assertFalse(self.state(self.lou))

    # The weeks after

    def test_the_same_for_the_weeks_after_told_session_by_session(self):
        self._close("Journée pédagogique", "2026-12-14", self.hall)
        page = self.day(self.camille)
        answer = page.change(self.wish(page, self.lou, until=date(2027, 1, 11)))
        told = page.tell(answer)
        self.assertEqual(told["counts"], ["Réservé\xa0: 3", "Inchangé\xa0: 1"])
        self.assertEqual(
            [day["title"] for day in told["days"]],
            ["Lundi 7 décembre", "Lundi 14 décembre", "Lundi 4 janvier", "Lundi 11 janvier"],
        )
        self.assertIn("Journée pédagogique", told["days"][1]["lines"][0]["told"])

    def test_weeks_of_the_other_parent_are_left_out_and_told(self):
        self.say_weeks(self.camille, self.lou, rhythm="even")
        page = self.day(self.camille)
        answer = page.change(self.wish(page, self.lou, until=date(2026, 12, 14)))
        told = page.tell(answer)
        self.assertEqual(told["counts"], ["Réservé\xa0: 1", "Inchangé\xa0: 1"])
        self.assertEqual(told["days"][1]["lines"][0]["told"], "chez l’autre parent")

    def test_a_day_that_is_cancelled_is_cancelled_for_the_weeks_after(self):
        later = self._find(self.noon, date(2026, 12, 14))
        self.book(self.camille, self.lou)
        self.book(self.camille, self.lou, session=later)
        page = self.day(self.camille)
        page.change(self.wish(page, until=date(2026, 12, 18)))
        self.assertFalse(self.state(self.lou) or self.state(self.lou, later))

    # Absences

    def test_one_press_says_an_absence_another_takes_it_back(self):
        self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 06:00:00"):
            for _press in range(2):
                self.assertTrue(self.day(self.camille).say_absent(self.lou))
            self.assertEqual(self.state(self.lou), "absent")
            [row] = self.rows_of(self.camille, self.lou)
            self.assertEqual(row["tag"]["label"], "Absence notée")
            self.assertTrue(self.day(self.sacha).take_back(self.lou), "the other parent too")
            self.assertEqual(self.state(self.lou), "booked")

    def test_an_absence_is_proposed_where_nothing_can_be_cancelled(self):
        self.book(self.camille, self.lou)
        self.assertNotIn("absence_url", self.monday_of(self.camille))
        with freeze_time("2026-12-04 12:00:00"):
            self.assertIn("absence_url", self.monday_of(self.camille))
            self.assertEqual(len(self.day(self.camille).get_values()["absences"]), 1)

    def test_after_the_hour_she_is_told_whom_to_call(self):
        self.hall_site.phone = "03 53 01 00 21"
        self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 09:00:00"):
            row = self.monday_of(self.camille)
            self.assertFalse(row["buttons"])
            self.assertIn("03 53 01 00 21", [note["phone"] for note in row["notes"]])
            self.assertFalse(self.day(self.camille).say_absent(self.lou))
