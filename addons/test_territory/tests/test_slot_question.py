from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.procedure_slot.tests.common import NINE, NOW, TWENTY_PAST, SlotCommon
from odoo.addons.website_parts.tools.web import Posted, Visit
from odoo.addons.website_procedure.tests.page_case import FormPageCase
from odoo.addons.website_procedure_blank.pages.blank_page import BlankPage


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotQuestion(FormPageCase, SlotCommon):
    """The question of `procedure_slot` in the builder, on the site and on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        slot = {"key": "slot", "type": "slot", "label": "Rendez-vous", "required": True}
        fields = [
            {"key": "why", "type": "text", "label": "Motif"},
            {**slot, "slot_calendar_id": cls.calendar.id},
        ]
        cls.meeting = cls._procedure("Refaire sa carte", "CARTE", cls.waste, fields)

    def _draft_question(self, key):
        draft = self.meeting.with_user(self.manager).action_new_version()
        return draft.field_ids.filtered(lambda each: each.key == key)

    def test_the_builder_proposes_the_calendars(self):
        question = self._draft_question("slot")
        (setting,) = question._get_builder_types()[SLOT_TYPE.code]["record_settings"]
        self.assertIn(str(self.calendar.id), [each["code"] for each in setting["options"]])
        self.assertEqual(question._get_builder_values()["slot_calendar_id"], str(self.calendar.id))
        other = self._calendar(name="Autre")
        nothing = other.browse()
        for value, kept in ((str(other.id), other), ("0", nothing), ("", nothing)):
            saved = question.builder_save({"slot_calendar_id": value}, {})
            self.assertFalse(saved["errors"] or saved["conflicts"])
            self.assertEqual(question.slot_calendar_id, kept)

    def test_other_questions_have_no_calendar_to_choose(self):
        values = self._draft_question("why")._get_builder_values()
        self.assertNotIn("slot_calendar_id", values)

    def test_the_site_offers_what_is_free(self):
        self.calendar._take(NINE, self._submit())
        page = self.open(self.meeting, self.camille)
        shown = self.draw(page).text
        self.assertNotIn("9\xa0h\xa000", shown)
        self.assertIn("9\xa0h\xa020", shown)

    def test_one_that_went_meanwhile_is_said_beside_it_and_nothing_typed_is_lost(self):
        typed = {"why": "Perdue dans le train", "slot": str(SLOT_TYPE.to_id(TWENTY_PAST))}
        page = self.open(self.meeting, self.camille, **typed)
        self.assertNotIn("slot", page.errors)
        # Its quarter of an hour has passed, and somebody else was quicker.
        self.calendar.booking_ids.unlink()
        self.calendar._take(TWENTY_PAST, self._submit(self.dominique))
        page = self.open(self.meeting, self.camille, **typed)
        self.assertEqual(
            page.errors["slot"], "Ce créneau vient d’être pris. Choisissez-en un autre."
        )
        self.assertIn("Perdue dans le train", self.draw(page).text)

    def test_on_paper_it_is_agreed_later(self):
        env = self.env(user=self.env.ref("base.public_user").id, context={"lang": "fr_FR"})
        page = BlankPage(self.meeting.with_env(env).sudo(), Visit(env, Posted({})))
        items = [item for section in page.sections for item in section["fields"]]
        (item,) = [each for each in items if each["name"] == "slot"]
        self.assertEqual((item["paper"], item["lines"]), ("lines", 1))
        self.assertIn("convenir avec le service", item["help"])
        self.assertFalse(item["choices"])
