import base64
import json

from freezegun import freeze_time

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.procedure_list.field_types import LIST_TYPE
from odoo.addons.procedure_list.tests.common import TODAY, ListCommon
from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import Posted, Visit
from odoo.addons.website_procedure.tests.page_case import FormPageCase
from odoo.addons.website_procedure_blank.pages.blank_page import BlankPage


class ListForms(ListCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._procedure("Signaler une rue", "NID", cls.waste, cls._street_form())

    @classmethod
    def _lengthen(cls, count=1000):
        cls.env["procedure.list.row"].create(
            [
                {
                    "list_id": cls.streets.id,
                    "value": f"r{number}",
                    "label": f"Rue {number}",
                    "commune_id": cls.vaubecourt.id,
                    "sequence": 10 + number,
                }
                for number in range(count)
            ]
        )


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestListQuestion(FormPageCase, ListForms):
    """The question of `procedure_list` in the builder, on the site and on paper, where nothing is
    known of lists."""

    def test_a_short_list_unfolds_and_says_what_each_row_depends_on(self):
        page = self.draw(self.open(self.report))
        (select,) = page.tree.xpath("//select[@name='street']")
        labels = [option.text for option in select]
        self.assertIn("Rue Haute (Revigny-sur-Ornain)", labels)
        self.assertEqual(
            (select.get("data-source"), select.get("data-above")),
            (f"/demarches/{self.report.slug}/choix/street", "place"),
        )
        page = self.draw(self.open(self.report, place="Vaubecourt", street="Rue du Moulin"))
        (select,) = page.tree.xpath("//select[@name='street']")
        self.assertEqual([option.get("value") for option in select], ["", "haute-v", "moulin"])
        self.assertEqual(
            [option.get("value") for option in select if option.get("selected")], ["moulin"]
        )

    def test_a_thousand_rows_without_script(self):
        """Typed on one line, proposed by the browser; mistyped, proposed by the page."""
        self._lengthen()
        typed = {"place": "Vaubecourt", "street": "Rue du Mouln"}
        page = self.open(self.report, **typed)
        shown = self.draw(page)
        self.assertFalse(
            shown.tree.xpath(
                "//*[@type='radio' or @type='checkbox' or self::select][@name='street']"
            )
        )
        (line,) = shown.tree.xpath("//input[@name='street']")
        proposed = shown.tree.xpath(f"//datalist[@id='{line.get('list')}']/option/@value")
        self.assertEqual(len(proposed), 1002)
        (button,) = shown.tree.xpath("//button[@name='_take'][contains(@value, 'Moulin')]")
        self.assertEqual(button.get("value"), "street=Rue du Moulin")
        page = self.open(self.report, **typed, _take=button.get("value"))
        self.assertNotIn("street", page.errors)
        (line,) = self.draw(page).tree.xpath("//input[@name='street']")
        self.assertEqual(line.get("value"), "Rue du Moulin")

    def test_who_mistypes_again_and_again_is_proposed_nothing_any_more(self):
        """Refused posts count too: the page comes back, with its sentence and what was typed."""
        self._lengthen(80)
        self.patch(self.registry["public.guard"], "_hit", self._refuse)
        page = self.open(self.report, place="Vaubecourt", street="Rue du Mouln")
        self.assertIn("street", page.errors)
        shown = self.draw(page)
        self.assertFalse(shown.tree.xpath("//button[@name='_take'][contains(@value, 'Moulin')]"))
        (line,) = shown.tree.xpath("//input[@name='street']")
        self.assertEqual(line.get("value"), "Rue du Mouln")

    def _refuse(self, purpose, *args, **values):
        if purpose == "procedure.near":
            raise TooManyRequests("non")

    def test_a_thousand_rows_are_drawn_in_few_queries(self):
        self._lengthen()
        self.draw(self.open(self.report, place="Vaubecourt"))
        self.env.flush_all()
        self.env.invalidate_all()
        page = self.open(self.report)
        self.env.flush_all()
        with self.assertQueryCount(12):
            self.assertTrue(page.sections)

    def test_too_many_are_not_carried_by_the_page(self):
        self._lengthen(1600)
        shown = self.draw(self.open(self.report))
        (line,) = shown.tree.xpath("//input[@name='street']")
        self.assertFalse(shown.tree.xpath(f"//datalist[@id='{line.get('list')}']/option"))
        page = self.open(self.report, place="Vaubecourt", street="Rue 1599")
        self.assertNotIn("street", page.errors)

    def test_words_of_a_row_to_be_specified_and_conditions_follow_what_is_typed(self):
        self._lengthen(80)
        vals = {"list_id": self.streets.id, "value": "other", "label": "Autre", "is_free": True}
        self.env["procedure.list.row"].create(vals)
        shown = {"key": "why", "type": "char", "label": "Pourquoi"}
        shown["condition_ids"] = [
            Command.create({"key": "street", "operator": "=", "value": "moulin"})
        ]
        asked = self._procedure("Autre rue", "AUTR", self.waste, [*self._street_form(), shown])
        page = self.open(asked, place="Vaubecourt", street="Autre")
        items = {item["name"]: item for part in page.sections for item in part["fields"]}
        words = items["street.other"]
        self.assertEqual(words["error"], "Précisez votre réponse en quelques mots.")
        self.assertFalse(items["street"]["error"])
        self.assertEqual(words["conditions"], [["all", [["street", "in", ["other", "Autre"]]]]])
        (condition,) = items["why"]["conditions"]
        self.assertEqual(condition, ["all", [["street", "=", ["moulin", "Rue du Moulin"]]]])

    def test_on_paper_a_short_list_is_printed_and_a_long_one_says_where_it_is(self):
        self.streets.where_to_find = "La liste des rues est en mairie."
        item = self._draw_paper()
        self.assertEqual((item["paper"], len(item["choices"])), ("boxes", 4))
        self.assertFalse(item.get("help"))
        self._lengthen(100)
        item = self._draw_paper()
        self.assertEqual((item["paper"], item["lines"]), ("lines", 1))
        self.assertEqual(item["help"], "La liste des rues est en mairie.")

    def _draw_paper(self):
        env = self.env(user=self.env.ref("base.public_user").id, context={"lang": "fr_FR"})
        page = BlankPage(self.report.with_env(env).sudo(), Visit(env, Posted({})))
        items = [item for section in page.sections for item in section["fields"]]
        (item,) = [each for each in items if each["name"] == "street"]
        return item

    def test_the_builder_proposes_the_lists_and_their_rows(self):
        draft = self.report.with_user(self.manager).action_new_version()
        question = draft.field_ids[1]
        (setting,) = question._get_builder_types()[LIST_TYPE.code]["record_settings"]
        self.assertIn(str(self.streets.id), [each["code"] for each in setting["options"]])
        named = {
            row["value"]: row["label"] for row in question._get_builder_field()["named_choices"]
        }
        self.assertEqual(named["moulin"], "Rue du Moulin (Vaubecourt)")
        other = self._list("Chemins", "paths", [("a", "Chemin A", None)])
        question.builder_save({"list_id": str(other.id)}, {})
        self.assertEqual(question.list_id, other)
        (sentence,) = draft.with_context(lang="fr_FR")._get_difference(self.report.version_id)
        self.assertIn("Liste partagée", sentence)
        self.assertIn("Chemins", sentence)

    def test_a_question_copied_or_put_back_keeps_its_list(self):
        draft = self.report.with_user(self.manager).action_new_version()
        copied = draft.builder_duplicate(draft.field_ids[1].id)["field_id"]
        self.assertEqual(self.env["procedure.field"].browse(copied).list_id, self.streets)
        removed = draft.builder_delete(copied)["removed"]
        restored = draft.builder_restore(json.loads(json.dumps(removed)))["field_id"]
        self.assertEqual(self.env["procedure.field"].browse(restored).list_id, self.streets)

    def test_a_file_names_it_by_its_code(self):
        data = self.env["procedure.definition"]._export(self.report, self.report.version_id)
        self.assertEqual(data["fields"][1]["list"], "streets")


@tagged("post_install", "-at_install")
class TestListChoices(ListForms, HttpCase):
    def test_the_script_asks_what_goes_with_another_answer(self):
        url = f"/demarches/{self.report.slug}/choix"
        self.assertEqual(
            self.url_open(f"{url}/street?dans=Revigny-sur-Ornain").json(),
            [["haute-r", "Rue Haute"], ["gare", "Rue de la Gare"]],
        )
        self.assertEqual(len(self.url_open(f"{url}/street?dans=Paris").json()), 4)
        for wrong in ("place", "nothing", "street/x"):
            self.assertEqual(self.url_open(f"{url}/{wrong}").status_code, 404)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestListFile(ListForms):
    """A file of a procedure, on another platform, where lists have other codes."""

    def _prepare(self):
        Definition = self.env["procedure.definition"].with_user(self.manager)
        data = Definition._export(self.report, self.report.version_id)
        self.streets.code = "voies"
        paths = self._list("Chemins", "paths", [("a", "Chemin A", None)])
        return base64.b64encode(Definition._write_file(data)), paths

    def _get_place(self, wizard):
        (place,) = wizard.place_ids.filtered(lambda each: each.code == "streets")
        self.assertEqual((place.model, place.where), ("procedure.list", "Rue"))
        return place

    def test_a_new_procedure_asks_which_list_takes_its_place(self):
        content, paths = self._prepare()
        wizards = self.env["procedure.new.wizard"].with_user(self.manager)
        wizard = wizards.create({"source": "file", "file": content, "code": "RUE"})
        self.assertEqual((wizard.name, len(wizard.place_ids)), ("Signaler une rue", 1))
        self._get_place(wizard).record = f"procedure.list,{paths.id}"
        action = wizard.action_create_procedure()
        made = self.env["procedure.procedure"].browse(action["res_id"])
        self.assertEqual(made.version_ids.field_ids[1].list_id, paths)

    def test_a_new_procedure_may_do_without(self):
        content, _paths = self._prepare()
        wizards = self.env["procedure.new.wizard"].with_user(self.manager)
        wizard = wizards.create({"source": "file", "file": content, "code": "RUE"})
        action = wizard.action_create_procedure()
        made = self.env["procedure.procedure"].browse(action["res_id"])
        self.assertFalse(made.version_ids.field_ids[1].list_id)
        problems = made.version_ids.with_context(lang="fr_FR")._get_problems()
        self.assertIn("choisissez sa liste partagée", "".join(problems))

    def test_the_next_draft_asks_which_list_takes_its_place(self):
        content, paths = self._prepare()
        wizards = self.env["procedure.draft.file"].with_user(self.manager)
        wizard = wizards.with_context(lang="fr_FR").create(
            {"procedure_id": self.report.id, "file": content}
        )
        wizard.action_read()
        place = self._get_place(wizard)
        self.assertFalse(place.record)
        place.record = f"procedure.list,{paths.id}"
        wizard.action_read()
        self.assertIn("«\xa0Rues\xa0» à «\xa0Chemins\xa0»", wizard.report)
        wizard.action_apply()
        self.assertEqual(self.report._get_draft().field_ids[1].list_id, paths)
