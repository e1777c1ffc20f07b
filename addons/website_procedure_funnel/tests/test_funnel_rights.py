from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.procedure_builder.tests.common import BuilderCommon


@tagged("post_install", "-at_install")
class TestFunnelRights(BuilderCommon):
    """Who reads where people stop: words, none about fewer than five of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._procedure(
            "Longue",
            "LONGUE",
            cls.waste,
            fields=[
                {"key": "p1", "type": "page", "label": "Vos enfants"},
                {"key": "name", "type": "char", "label": "Prénom", "required": True},
                {"key": "p2", "type": "page", "label": "Le détail"},
                {"key": "what", "type": "char", "label": "Quoi", "required": True},
            ],
        )
        cls.version = cls.form.version_id
        cls.Mark = cls.env["procedure.form.mark"]
        cls.Count = cls.env["procedure.form.count"]

    def _mark(self, number, *marks):
        for _each in range(number):
            full = [(*mark, "", "")[:4] for mark in marks]
            self.assertTrue(self.Mark._add(self.version, full))

    def _count(self):
        self.Mark._cron_count()
        self.env.invalidate_all()

    def _read(self):
        return self.version.with_user(self.manager).builder_get_stops()

    def test_in_words_divided_by_those_who_saw_the_page(self):
        self._mark(40, ("opened", "p1", ""))
        self._mark(28, ("passed", "p1", ""))
        # The second page is for some.
        self._mark(10, ("opened", "p2", ""))
        self._mark(8, ("refused", "p1", "name"))
        self._mark(2, ("refused", "p2", "what"))
        self._mark(9, ("passed", "p2", ""), ("sent", "", ""))
        self._count()
        stops = self._read()
        self.assertEqual(stops["summary"], ["About 40 people opened this form, about 5 sent it."])
        first, second = stops["pages"]
        self.assertEqual(first["sentence"], "About 10 people out of about 40 stopped here.")
        self.assertEqual(first["share"], 25)
        self.assertEqual(
            first["questions"],
            [
                {
                    "key": "name",
                    "label": "Prénom",
                    "errors": [],
                    "sentence": "About 5 people out of about 40 were stopped by this question.",
                    "share": 12,
                }
            ],
        )
        self.assertEqual(second["sentence"], "Fewer than 5 people out of about 10 stopped here.")
        self.assertEqual(second["share"], 0)
        self.assertEqual(
            second["questions"][0]["sentence"], "Fewer than 5 people were stopped by this question."
        )

    def test_why_a_question_stopped_them(self):
        self._mark(30, ("opened", "p1", ""))
        self._mark(16, ("refused", "p1", "name"))
        self._mark(12, ("error", "p1", "name", "missing"))
        self._mark(3, ("error", "p1", "name", "too_long"))
        self._mark(6, ("error", "p1", "name", "of an addon that went"))
        self._count()
        (question,) = self._read()["pages"][0]["questions"]
        self.assertEqual(
            question["errors"],
            [
                "No answer: about 10 people.",
                "Another reason: about 5 people.",
                "Too long: fewer than 5 people.",
            ],
        )
        # Beside the question, on the screen of the draft that follows too.
        draft = self.form.action_new_version()
        for version in self.version | draft:
            loaded = version.with_user(self.manager).builder_load()["stops"]
            self.assertEqual(loaded, {"name": [question["sentence"], *question["errors"]]})

    def test_the_middle_time_and_the_phones(self):
        self._mark(30, ("opened", "p1", ""))
        self._mark(21, ("device", "", "", "phone"))
        self._mark(9, ("device", "", "", "computer"))
        self._mark(4, ("minutes", "", "", "2"))
        self._mark(4, ("minutes", "", "", "10"))
        self._mark(1, ("minutes", "", "", "more"))
        self._count()
        self.assertEqual(
            self._read()["summary"][1:],
            [
                "From opening to sending, half of them took 10 minutes or less.",
                "On a phone: about 20 people out of about 30.",
            ],
        )
        self._mark(12, ("minutes", "", "", "more"))
        self._count()
        self.assertEqual(
            self._read()["summary"][1],
            "From opening to sending, half of them took more than 120 minutes.",
        )

    def test_neither_time_nor_phone_of_fewer_than_five(self):
        self._mark(4, ("device", "", "", "phone"))
        self._mark(4, ("minutes", "", "", "2"))
        self._mark(9, ("opened", "p1", ""))
        self._count()
        self.assertEqual(len(self._read()["summary"]), 1)
        self._mark(5, ("device", "", "", "computer"))
        self._mark(5, ("opened", "p1", ""))
        self._count()
        self.assertEqual(
            self._read()["summary"][1:], ["On a phone: fewer than 5 people out of about 5."]
        )

    def test_what_is_left_of_old_weeks_tells_no_time_of_two_people(self):
        week = {"version_id": self.version.id, "week": "2026-11-23"}
        place = {"page_key": "", "field_key": "", "kind": "minutes", "code": "10"}
        self.Count.create({**week, **place, "number": 4})
        self.assertEqual(len(self._read()["summary"]), 1)

    def test_the_time_of_one_person_moves_no_word(self):
        self._mark(5, ("opened", "p1", ""), ("minutes", "", "", "2"))
        self._count()
        before = self._read()["summary"]
        self.assertIn("half of them took 2 minutes or less", before[1])
        self._mark(4, ("opened", "p1", ""), ("minutes", "", "", "90"))
        self._mark(1, ("opened", "p1", ""))
        self._count()
        self.assertEqual(self._read()["summary"][1], before[1], "waits for a fifth")
        self._mark(2, ("minutes", "", "", "90"))
        self._count()
        self.assertIn("half of them took 90 minutes or less", self._read()["summary"][1])

    def test_two_pages_read_side_by_side_tell_of_no_three_people(self):
        self._mark(20, ("opened", "p1", ""))
        self._mark(17, ("passed", "p1", ""), ("opened", "p2", ""))
        self._mark(11, ("passed", "p2", ""))
        self._mark(6, ("refused", "p2", "what"))
        self._count()
        before = self._read()
        first, second = before["pages"]
        self.assertEqual(first["sentence"], "Fewer than 5 people out of about 20 stopped here.")
        self.assertEqual(second["sentence"], "About 5 people out of about 15 stopped here.")
        # Five people open the form again, of whom one goes further.
        self._mark(5, ("opened", "p1", ""), ("passed", "p1", ""))
        self._mark(1, ("opened", "p2", ""), ("refused", "p2", "what"), ("sent", "", ""))
        self._count()
        self.assertEqual(self._read()["pages"][1], second, "one person more moves no word")

    def test_nothing_moves_until_five_people_opened_the_form(self):
        self._mark(4, ("opened", "p1", ""), ("passed", "p1", ""))
        self._count()
        self.assertFalse(self.Count.search([("version_id", "=", self.version.id)]))
        self._mark(1, ("opened", "p1", ""))
        self._count()
        counts = self.Count.search([("version_id", "=", self.version.id)])
        self.assertEqual({count.kind: count.number for count in counts}, {"opened": 5, "passed": 4})
        self.assertFalse(self.Mark.search([("version_id", "=", self.version.id)]))
        before = self._read()
        self._mark(1, ("opened", "p1", ""), ("refused", "p1", "name"))
        self._count()
        self.assertEqual(self._read(), before, "one person more moves no word")
        self._mark(4, ("opened", "p1", ""))
        self._count()
        opened = counts.filtered(lambda each: each.kind == "opened")
        self.assertEqual(sum(opened.mapped("number")), 10)

    def test_nothing_joins_a_count_to_a_person_or_to_a_minute(self):
        stored = {"id", "version_id", "week", "page_key", "field_key", "code", "kind", "number"}
        for model in (self.Mark, self.Count):
            columns = {name for name, field in model._fields.items() if field.store}
            self.assertLessEqual(columns, stored)
        self._mark(1, ("opened", "p1", ""))
        self.assertEqual(self.Mark.search([], limit=1, order="id desc").week.weekday(), 0)

    def test_what_waits_is_in_no_order_after_the_night(self):
        """Else the third time that is kept would be that of the third request."""
        came = ["2", "5", "10", "15"]
        for minutes in came:
            self._mark(1, ("opened", "p1", ""), ("minutes", "", "", minutes))
        former = self.Mark.search([("version_id", "=", self.version.id)])
        orders = set()
        for seed in (0.1, 0.2, 0.3):
            self.env.cr.execute("SELECT setseed(%s)", [seed])
            self._count()
            waiting = self.Mark.search([("version_id", "=", self.version.id)], order="id")
            orders.add(tuple(waiting.filtered(lambda mark: mark.kind == "minutes").mapped("code")))
            self.assertEqual(len(waiting), 8, "nothing of it is lost")
        self.assertFalse(former.exists())
        self.assertGreater(len(orders), 1)
        self.assertEqual({tuple(sorted(order)) for order in orders}, {tuple(sorted(came))})

    def test_after_25_months_it_goes(self):
        self._mark(5, ("opened", "p1", ""))
        self._count()
        with freeze_time(fields.Datetime.now() + timedelta(days=800)):
            self._count()
        self.assertFalse(self.Count.search([("version_id", "=", self.version.id)]))

    def test_of_a_draft_the_version_that_it_follows(self):
        self._mark(5, ("opened", "p1", ""))
        self._count()
        draft = self.form.action_new_version()
        stops = draft.with_user(self.manager).builder_get_stops()
        self.assertEqual(stops["pages"][0]["label"], "Vos enfants")

    def test_the_manager_and_the_administrator_read_words_and_nobody_the_rows(self):
        self._mark(5, ("opened", "p1", ""))
        self._mark(1, ("opened", "p2", ""))
        self._count()
        administrator = self.env.ref("base.user_admin")
        public = self.env.ref("base.public_user")
        for user in self.manager | administrator:
            self.assertTrue(self.version.with_user(user).builder_get_stops()["pages"])
        others = self.agent | self.secretary | self.communication | self.dpo | self.camille | public
        for user in others:
            with self.assertRaises(AccessError):
                self.version.with_user(user).builder_get_stops()
            with self.assertRaises(AccessError):
                self.version.with_user(user).builder_load()
        for user in others | self.manager | administrator:
            for model in (self.Mark, self.Count):
                with self.assertRaises(AccessError):
                    model.with_user(user).search([])
                with self.assertRaises(AccessError):
                    model.with_user(user)._read_group([], ["page_key"], ["__count"])
                with self.assertRaises(AccessError):
                    model.with_user(user).formatted_read_group([], ["kind"], ["__count"])
                for mode in ("write", "create", "unlink"):
                    self.assertFalse(model.with_user(user).has_access(mode))
