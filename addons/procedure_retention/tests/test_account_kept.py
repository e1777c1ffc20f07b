from freezegun import freeze_time

from odoo.tests import tagged

from .common import RetentionCommon

FIRST, SECOND, END = "2029-11-01", "2029-12-02", "2030-01-05"


@tagged("post_install", "-at_install")
class TestAccountKept(RetentionCommon):
    """What requests do to the accounts and the persons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "accueil@exemple.test"
        cls.dpo.email = "officer@exemple.test"
        for name in ("account", "person"):
            cls._turn_on(cls.env.ref(f"household_retention.retention_{name}"))
        cls.env.cr.execute(
            "UPDATE res_users SET create_date = '2026-12-31' WHERE id IN %s",
            [tuple((cls.camille | cls.dominique).ids)],
        )
        cls.env.invalidate_all()

    def _all(self, *days):
        for day in days:
            self._run(day)

    def test_an_undecided_request_keeps_the_account(self):
        request = self._submit()
        person = self.camille.partner_id
        self._all(FIRST, SECOND, END)
        self.assertTrue(self.camille.exists().active)
        self.assertFalse(self.dominique.exists())
        self._finish(request, "2030-01-06")
        self._all("2030-01-07", "2030-02-07", "2030-03-10", "2030-03-11")
        self.assertFalse(self.camille.exists())
        self.assertTrue(person.exists(), "her request still names her")
        self.assertEqual(request.applicant_id, person)
        # Its own end, a year after: warned of at her address, then both go.
        self._all("2030-11-10", "2030-12-12", "2031-01-12", "2031-01-13")
        self.assertTrue(request.date_anonymised)
        self.assertFalse(person.exists())

    def test_a_held_request_keeps_it_too(self):
        request = self._finish(self._submit())
        self.env["procedure.request.hold"].with_user(self.dpo)._set(request.number, "appeal", "x")
        self._all(FIRST, SECOND, END)
        self.assertTrue(self.camille.exists().active)

    def test_an_answer_keeps_the_person_that_it_names(self):
        person = self.dominique.partner_id
        request = self._submit()
        self.assertFalse(person._filter_named())
        values = {"request_id": request.id, "key": "people"}
        self.env["procedure.answer"].create(
            {**values, "res_model": person._name, "res_id": person.id}
        )
        self.assertEqual(person._filter_named(), person)

    def test_the_dry_run_lists_what_has_its_own_job(self):
        with freeze_time("2026-11-01"):
            self.rule.with_user(self.dpo).action_preview()
        lines = self.env["privacy.retention.preview"].with_user(self.dpo).search([])
        own = lines.filtered(lambda line: line.outcome == "own")
        self.assertGreaterEqual(len(own), 5)
        self.assertTrue(all(own.mapped("delay")))
