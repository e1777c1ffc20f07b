from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentCase, upload


@tagged("post_install", "-at_install")
class TestFamilyDocument(DocumentCase):
    def setUp(self):
        super().setUp()
        self._open_file_to(self.other_service)

    def mails(self):
        return self.env["mail.mail"].search([("subject", "ilike", "Assurance scolaire")])

    def test_one_photo_for_two_children(self):
        rows = self.give(self.camille, children=self.child | self.zoe)
        self.assertEqual(rows.child_id, self.child | self.zoe)
        self.assertEqual(rows.mapped("state"), ["given"] * 2)
        self.assertEqual(rows.mapped("date_end"), [fields.Date.to_date("2027-08-31")] * 2)
        self.assertEqual([row._get_content()[0] for row in rows], [b"photo"] * 2)
        # Pressed twice.
        self.assertEqual(self.give(self.camille, children=self.child | self.zoe), rows)

    def test_what_nobody_checked_yet_gives_way(self):
        first = self.give(self.camille)
        second = self.give(self.camille, content=b"less blurred")
        self.assertEqual((first.is_current, second.is_current), (False, True))
        with self.assertRaisesRegex(UserError, "meanwhile"):
            first.with_user(self.family_agent).action_accept()

    def test_what_was_accepted_stays_until_the_next_one_is(self):
        first = self.give(self.camille)
        first.with_user(self.family_agent).action_accept()
        second = self.give(self.camille, content=b"next")
        self.assertEqual((first.is_current, first.checked_by_id), (True, self.family_agent))
        second.with_user(self.family_agent)._refuse("La photo est trop sombre.")
        self.assertEqual((first.is_current, second.is_current), (True, False))
        third = self.give(self.camille, content=b"clear")
        self.assertTrue(second.replaced_on)
        third.with_user(self.family_agent).action_accept()
        self.assertEqual((first.is_current, third.is_current), (False, True))
        self.assertEqual(first.state, "accepted")

    def test_a_refusal_is_told_with_its_reason(self):
        row = self.give(self.camille)
        checked = row.with_user(self.family_agent)
        with self.assertRaisesRegex(UserError, "Say why"):
            checked._refuse("  ")
        checked._refuse("Le nom de Lou n’y est pas.")
        mail = self.mails()
        self.assertEqual(mail.email_to, self.camille.partner_id.email_formatted)
        self.assertIn("Le nom de Lou n’y est pas.", mail.body_html)
        self.assertIn("/my/famille/papiers", mail.body_html)
        self.assertFalse(mail.model)

    def test_who_answers_no_more_for_the_child_is_told_nothing(self):
        row = self.give(self.camille)
        self.authority.state = "contested"
        self.assertFalse(row.stands)
        row.with_user(self.family_agent)._refuse("Illisible.")
        self.assertFalse(self.mails())

    def test_the_service_corrects_the_day(self):
        row = self.give(self.camille)
        wizard = (
            self.env["family.document.decision"]
            .with_user(self.family_agent)
            .with_context(default_document_id=row.id)
            .create({})
        )
        self.assertEqual(str(wizard.date_end), "2027-08-31")
        wizard.date_end = "2026-01-01"
        with self.assertRaisesRegex(UserError, "refuse it"):
            wizard.action_accept()
        wizard.date_end = "2027-06-30"
        wizard.action_accept()
        self.assertEqual((row.state, str(row.date_end)), ("accepted", "2027-06-30"))

    def test_who_gives_for_whom(self):
        adult = self._kind("Quotient", about="adult", validity="months", months=12)
        cases = (
            (self.sacha, self.insurance, self.zoe),
            (self.stranger, self.insurance, self.child),
            (self.stranger, adult, self.child.browse()),
            (self.agent, self.insurance, self.child),
        )
        for user, kind, children in cases:
            with self.subTest(user.login, kind=kind.name), self.assertRaises(AccessError):
                self.give(user, kind, children)
        row = self.give(self.camille, adult, self.child)
        self.assertFalse(row.child_id, "about herself, whatever was ticked")
        with self.assertRaisesRegex(UserError, "one child"):
            self.give(self.camille, children=self.child.browse())
        self.insurance.active = False
        with self.assertRaisesRegex(UserError, "no longer asked"):
            self.give(self.camille)

    def test_the_staff_gives_what_came_by_letter(self):
        camille = self.camille.partner_id
        args = (self.insurance, self.child, upload(name="lettre.pdf"))
        agent = self.Document.with_user(self.family_agent)
        self._open_file_to(self.other_service)
        row = agent._give(camille.with_user(self.family_agent), *args)
        self.assertEqual(row.parent_id, camille)
        self.family_agent.partner_id.birthdate = "1990-01-01"
        authority = self.env["parental.authority"]._declare(
            self.child, self.family_agent.partner_id
        )
        authority.state = "verified"
        with self.assertRaisesRegex(AccessError, "A colleague"):
            agent._give(camille.with_user(self.family_agent), *args)

    def test_nobody_checks_her_own(self):
        self.family_agent.partner_id.write({"kind": "person", "birthdate": "1990-01-01"})
        authority = self.env["parental.authority"]._declare(
            self.child, self.family_agent.partner_id
        )
        authority.write({"state": "verified", "date_start": "2026-01-01"})
        row = self.give(self.family_agent)
        self._open_file_to(self.other_service)
        with self.assertRaisesRegex(AccessError, "colleague"):
            row.with_user(self.family_agent).action_accept()
        other = self.give(self.camille)
        self._open_file_to(self.other_service)
        self.assertReadsNot(self.family_agent, other)
        with self.assertRaises(AccessError):
            other.with_user(self.family_agent).action_accept()

    def test_whom_it_is_given_to_reads_the_family(self):
        self.zoe.reader_service_ids = self.camille.partner_id.reader_service_ids = False
        row = self.give(self.camille, children=self.zoe)
        self.assertEqual(self.zoe.reader_service_ids, self.other_service)
        self.assertEqual(self.camille.partner_id.reader_service_ids, self.other_service)
        self.assertReads(self.family_agent, row)
        row.unlink()
        self.assertFalse(self.zoe.reader_service_ids)

    def test_its_last_day_is_a_whole_day(self):
        row = self.give(self.camille)
        for day, current in (("2027-08-31 21:30", True), ("2027-08-31 22:30", False)):
            with freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(row.is_current, current, day)

    def find_due(self, day):
        rule = self.env["privacy.retention"].search([("model_name", "=", "family.document")])
        self.assertEqual(rule.months, 24)
        with freeze_time(day):
            found = self.Document.search(self.Document._get_retention_domain(rule, day))
            return sorted(
                row.id for row, due in found._get_retention_dues(rule).items() if due < day
            )

    def test_it_goes_two_years_after_it_ended(self):
        day = fields.Date.to_date
        row = self.give(self.camille)
        self.assertEqual(self.find_due(day("2029-08-31")), [])
        self.assertEqual(self.find_due(day("2029-09-01")), [row.id])
        row.with_user(self.family_agent)._refuse("Illisible.")
        self.assertEqual(self.find_due(day("2028-11-25")), [])
        self.assertEqual(self.find_due(day("2028-11-26")), [row.id])
        endless = self._kind("Jugement", validity="none")
        kept = self.give(self.camille, endless)
        self.assertEqual(self.find_due(day("2034-01-01")), [row.id])
        self.assertEqual(self.find_due(day("2035-03-02")), [row.id, kept.id], "Lou is of age")

    def test_it_goes_with_the_authority(self):
        day = fields.Date.to_date("2026-11-25")
        row, hers = self.give(self.camille), self.give(self.sacha, content=b"his")
        self.authority.state = "contested"
        self.assertEqual(self.find_due(day), [], "it may be hers again")
        self.authority.state = "ended"
        self.assertEqual(self.find_due(day), [row.id])
        rule = self.env["privacy.retention"].search([("model_name", "=", "family.document")])
        row._end_retention(rule)
        self.assertFalse(row.exists())
        self.assertTrue(hers.exists())
