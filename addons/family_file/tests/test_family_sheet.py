from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import FamilyCase


@tagged("post_install", "-at_install")
class TestFamilySheet(FamilyCase):
    """Camille sends a sheet of paper; the agent of childhood types it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.camille.partner_id
        cls.outings = cls.env["privacy.consent.text"].create(
            {
                "name": "Sorties à pied",
                "code": "outings",
                "body": "À pied dans la commune.",
                "service_id": cls.other_service.id,
                "is_asked": True,
            }
        )
        cls.rules = cls.outings.copy(
            {"name": "Règlement", "code": "rules", "kind": "reading", "is_asked": True}
        )

    def setUp(self):
        super().setUp()
        self._open_file_to(self.other_service)

    def open(self, user=None):
        action = self.parent.with_user(user or self.family_agent).action_open_family_sheet()
        return (
            self.env["family.sheet"].with_user(user or self.family_agent).browse(action["res_id"])
        )

    def find(self, model, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env[model].search([*domain, ("is_current", "=", True)])

    def test_what_the_paper_says_is_what_she_says(self):
        sheet = self.open()
        with Form(sheet) as form:
            form.channel = "paper"
            with form.child_ids.edit(0) as line:
                self.assertEqual(line.child_id.id, self.child.id)
                line.rhythm = "even"
            with form.contact_ids.new() as line:
                line.name, line.link, line.phone = "Mireille", "grand-mère", "06 39 98 00 11"
                line.may_fetch, line.call_rank = True, 1
            for position, text in enumerate((self.outings, self.rules)):
                with form.consent_ids.edit(position) as line:
                    self.assertEqual(line.text_id.id, text.id)
                    line.answer = "yes"
            form.told, form.quotient, form.fund = "yes", "780", "caf"
            form.is_exact = True
        sheet.action_say()
        weeks = self.find("family.custody", child_id=self.child.id, parent_id=self.parent.id)
        self.assertEqual((weeks.rhythm, weeks.holidays), ("even", "same"))
        contact = self.find("family.contact", parent_id=self.parent.id)
        self.assertEqual(
            (contact.name, contact.may_fetch, contact.call_rank), ("Mireille", True, 1)
        )
        quotient = self.find("family.quotient", person_id=self.parent.id)
        self.assertEqual((quotient.quotient, quotient.fund), (780, "caf"))
        answers = self.env["privacy.consent"].search([("person_id", "=", self.child.id)])
        self.assertEqual(set(answers.mapped("channel")), {"paper"})
        self.assertEqual(answers.author_id, self.parent)
        self.assertEqual(answers.user_id, self.family_agent)
        self.assertEqual(self.parent.family_confirmed_on.isoformat(), "2026-11-25")
        for row in (weeks, contact, quotient):
            self.assertReads(self.camille, row)

    def test_the_window_shows_what_stands_and_saving_it_changes_nothing(self):
        said = self.say_weeks(self.camille, rhythm="odd")
        named = self.name(self.camille)
        told = self.tell(self.camille, quotient=780)
        sheet = self.open()
        self.assertEqual(sheet.child_ids.rhythm, "odd")
        self.assertEqual(sheet.contact_ids.name, named.name)
        self.assertEqual(sheet.quotient, "780")
        sheet.action_say()
        self.assertEqual(self.find("family.custody", parent_id=self.parent.id), said)
        self.assertEqual(self.find("family.contact", parent_id=self.parent.id), named)
        self.assertEqual(self.find("family.quotient", person_id=self.parent.id), told)
        self.assertFalse(self.env["privacy.consent"].search([("person_id", "=", self.child.id)]))

    def test_a_line_taken_away_is_somebody_who_fetches_no_more(self):
        self.name(self.camille)
        other = self.name(self.camille, name="Paul Martin")
        sheet = self.open()
        sheet.contact_ids.filtered(lambda line: line.name == "Paul Martin").unlink()
        sheet.contact_ids.create({"sheet_id": sheet.id})
        sheet.action_say()
        self.assertFalse(other.exists().is_current)
        self.assertEqual(
            self.find("family.contact", parent_id=self.parent.id).name, "Mireille Duchêne"
        )

    def test_every_fault_is_said_at_once_and_nothing_is_kept(self):
        sheet = self.open()
        sheet.write(
            {
                "told": "yes",
                "quotient": "beaucoup",
                "child_ids": [Command.update(sheet.child_ids.id, {"rhythm": "every_other"})],
                "contact_ids": [Command.create({"name": "Mireille", "link": "grand-mère"})],
            }
        )
        sheet.consent_ids.filtered(lambda line: line.text_id == self.rules).answer = "no"
        with self.assertRaises(ValidationError) as caught:
            sheet.action_say()
        # Weeks, phone, what she does, rules, quotient.
        self.assertEqual(len(str(caught.exception).splitlines()), 5)
        self.assertFalse(self.find("family.contact", parent_id=self.parent.id))

    def test_it_opens_for_who_reads_the_file_alone(self):
        for user in (self.agent, self.communication, self.camille, self.sacha, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.parent.with_user(user).action_open_family_sheet()
        with self.assertRaises(UserError):
            stranger = self.stranger.partner_id
            stranger._refresh_reader_services()
            stranger.with_user(self.manager).action_open_family_sheet()

    def test_a_child_that_is_not_hers_is_refused(self):
        sheet = self.open()
        with self.assertRaises(AccessError):
            sheet.child_ids.child_id = self.stranger.partner_id
        adult = self.camille.partner_id
        sheet.child_ids.child_id = adult.with_user(self.family_agent)
        with self.assertRaises(AccessError):
            sheet.action_say()

    def test_what_is_being_typed_is_read_by_who_types_it(self):
        sheet = self.open()
        for line in (sheet, sheet.child_ids, sheet.consent_ids):
            self.assertReads(self.family_agent, line[:1])
            self.assertReadsNot(self.manager, line[:1])
