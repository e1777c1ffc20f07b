import io

from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.website_commune.tests.common import CommuneCase
from odoo.addons.website_content_approval.pages.form import ContributionForm
from odoo.addons.website_parts.tools.web import Posted


@tagged("post_install", "-at_install")
class TestCommuneContribution(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.module.module"]._load_module_terms(
            ["website_content_approval", "website_commune_contribution"], ["fr_FR"]
        )
        cls.secretary.territory_commune_ids = cls.commune
        cls.secretary.lang = "fr_FR"
        cls.env["content.validator"].create({"user_id": cls.communication.id})
        cls.draft = cls.commune.with_user(cls.secretary).with_context(lang="fr_FR")._propose()

    def draw(self, revision):
        """What people will read, as the page beside the form shows it."""
        content = revision._get_preview()
        website = self.env.ref("website.default_website")
        values = {"content": content, "website": website, "is_preview": True}
        drawn = self.env["ir.qweb"]._render(content._get_preview_template(), values)
        return html.fromstring(f"<div>{drawn}</div>")

    def words(self, revision):
        return " ".join(self.draw(revision).text_content().split())

    def posted(self, name, *rows, **more):
        values = {"_shown": name, **more}
        for place, row in enumerate(rows):
            values |= {f"{name}.{place}.{key}": value for key, value in row.items()}
        form = [(key, value) for key, value in values.items()]
        return Posted(form + [(f"{name}._row", "1") for _row in rows])

    def test_a_secretary_finds_her_commune_and_its_pages_only(self):
        for model, mine, other in (
            ("territory.commune", self.commune, self.other_commune),
            (
                "commune.page",
                self.page,
                self.make_page(self.other_commune, name="Ailleurs"),
            ),
        ):
            Model = self.env[model]
            domain = Model._get_contributed_domain(self.env["res.partner"], self.commune)
            self.assertEqual(Model.search(domain), mine)
            self.assertTrue(mine._may_propose(self.secretary))
            self.assertFalse(self.env[model].search(domain) & (other or Model))

    def test_the_photo_of_a_room_asks_for_its_words(self):
        stream = io.BytesIO()
        Image.new("RGB", (60, 40), "green").save(stream, "PNG")
        room = {"id": False, "name": "Foyer", "photo": stream.getvalue()}
        self.draft._change({"room_ids": [room]})
        with self.assertRaises(ContentErrors) as refused:
            self.draft.action_submit()
        self.assertIn("ce que montre la photo", refused.exception.errors["room_ids"])
        kept = self.draft.sudo().values["room_ids"][0]
        self.draft._change({"room_ids": [{**kept, "photo_alt": "La salle, ses tables"}]})
        self.draft.action_submit()
        self.assertEqual(self.draft.state, "submitted")

    def test_a_folded_part_of_the_form_says_what_it_holds(self):
        sections = {each["title"]: each for each in ContributionForm(self.draft).get_sections()}
        told = sections[self.commune._get_block_types()["town_hall"].title]["told"]
        self.assertIn("téléphone", told.lower())
        self.assertTrue(all(each["told"] for title, each in sections.items() if title))

    def test_nobody_proposes_a_commune_more(self):
        for user in (self.secretary, self.communication, self.manager):
            with self.assertRaises(AccessError):
                self.env["content.revision"].with_user(user)._begin_new("territory.commune")
        self.assertTrue(self.env["commune.page"]._may_propose_new(self.secretary))

    def test_people_will_read_what_is_proposed(self):
        self.draft._change({"tagline": "Deux moulins", "water": "Analyse : conforme hier"})
        words = self.words(self.draft)
        for told in ("Deux moulins", "Conforme hier", "Ada Maire", "Un lavoir de 1832"):
            self.assertIn(told, words)
        self.assertNotIn("Collecte", words, "What the intercommunality writes is none of it")
        drawing = self.draw(self.draft).xpath("//img/@src")[0]
        self.assertEqual(drawing, f"{self.commune._get_content_url()}/village.svg")
        page = self.page.with_user(self.secretary)._propose()
        page._change({"body": "<p>Il était deux fois.</p>"})
        self.assertIn("Il était deux fois.", self.words(page))

    def test_lines_keep_the_order_in_which_they_were_typed(self):
        member = self.commune.member_ids
        form = ContributionForm(
            self.draft,
            self.posted(
                "member_ids",
                {"_id": str(member.id), "name": "Ada Maire", "function": "Maire"},
                {"name": "Zoé Berne", "function": "Adjointe"},
                {"name": "Anne Colle"},
                {"name": "", "function": " "},
            ),
        )
        form.keep()
        self.assertEqual(form.errors, {})
        rows = self.draft.sudo().values["member_ids"]
        self.assertEqual([row["name"] for row in rows], ["Ada Maire", "Zoé Berne", "Anne Colle"])
        ranks = [row["sequence"] for row in rows]
        self.assertEqual(ranks, sorted(set(ranks)))
        self.assertEqual(rows[0]["sequence"], member.sequence)
        shown = [item for part in form.get_sections() for item in part["items"]]
        names = [
            cell["name"] for item in shown for row in item.get("rows", ()) for cell in row["cells"]
        ]
        self.assertFalse([name for name in names if name.endswith(".sequence")])

    def test_what_did_not_move_is_no_change(self):
        member = self.commune.member_ids
        row = {"_id": str(member.id), "name": "Ada Maire", "function": "Maire"}
        ContributionForm(self.draft, self.posted("member_ids", row)).keep()
        self.assertEqual(self.draft._get_changed_names(), [])
        self.draft._change({"member_ids": [{"id": member.id, "function": "Mairesse"}]})
        (change,) = self.draft._get_difference()
        self.assertEqual(change["rows"][0]["label"], "Ada Maire", "the name, not the rank")

    def _post_week(self, **hours):
        """The seven days as the page shows them, some of them written again."""
        form = ContributionForm(self.draft)
        (item,) = form.get_items(["week_opening_ids"])
        days = {day["name"]: day["value"] for day in item["days"]}
        self.assertEqual(len(days), 7)
        days |= {f"week_opening_ids.day.{day[1:]}": typed for day, typed in hours.items()}
        form = ContributionForm(self.draft, self.posted("week_opening_ids", **days))
        form.keep()
        return form

    def _get_week(self):
        rows = self.draft.sudo().values["week_opening_ids"]
        return sorted((row["weekday"], row["hour_from"], row["hour_to"]) for row in rows)

    def test_hours_are_written_day_by_day(self):
        week = self._get_week()
        self.assertTrue(week)
        self.assertFalse(self._post_week().errors)
        self.assertEqual(self.draft._get_changed_names(), [], "read again as it was shown")
        free = next(day for day in "0123456" if day not in {row[0] for row in week})
        self._post_week(**{f"d{free}": "14h-17h30 et de 9 h à 11 h 30"})
        self.assertEqual(self._get_week(), sorted([*week, (free, 9, 11.5), (free, 14, 17.5)]))
        self._post_week(**{f"d{free}": "fermé"})
        self.assertEqual(self._get_week(), week)

    def test_a_day_that_is_wrong_stays_as_it_was_typed_and_the_others_are_kept(self):
        week = self._get_week()
        day = week[0][0]
        free = next(day for day in "0123456" if day not in {row[0] for row in week})
        for typed, words in (("le matin", "comme ceci"), ("17h-9h", "fermeture")):
            form = self._post_week(**{f"d{day}": typed, f"d{free}": "8 h – 9 h"})
            self.assertEqual(list(form.errors), [f"week_opening_ids.day.{day}"])
            self.assertIn(words, form.errors[f"week_opening_ids.day.{day}"])
            self.assertEqual(self._get_week(), sorted([*week, (free, 8, 9)]))
            (item,) = form.get_items(["week_opening_ids"])
            shown = {each["name"]: each["value"] for each in item["days"]}
            self.assertEqual(shown[f"week_opening_ids.day.{day}"], typed)
            self.assertEqual(form.list_errors()[0][0], f"f-week_opening_ids-day-{day}")

    def _get_order(self, **typed):
        """(place, title, rank, is_hidden) as the form shows them, or once this was typed."""
        if typed:
            values = {"_shown": "block_ids"} | {
                f"block_ids.{name.replace('__', '.', 1)}": value for name, value in typed.items()
            }
            form = ContributionForm(self.draft, Posted(values))
            form.keep()
            self.assertEqual(form.errors, {})
        (item,) = ContributionForm(self.draft).get_items(["block_ids"])
        return [[row["part"].key for row in group["rows"]] for group in item["groups"]]

    def _get_arranged(self):
        return [
            (row["code"] or row["shared_id"], row["is_hidden"])
            for row in self.draft.sudo().values["block_ids"]
        ]

    def test_parts_of_the_page_are_put_in_order(self):
        main, side = self._get_order()
        self.assertEqual((main[0], side[-1]), ("town_hall", "links"))
        self.assertIn(f"shared-{self.shared.id}", side)
        third = main[2]
        moved, _side = self._get_order(**{f"rank__{third}": "1"})
        self.assertEqual(moved, [third, *(key for key in main if key != third)])
        self.assertEqual(self._get_arranged(), [(third, False)], "the others stand as usual")
        moved, _side = self._get_order(**{f"rank__{main[0]}": "3"})
        self.assertEqual(moved[:3], [third, main[1], main[0]])
        # Back where it was: nothing is arranged any more.
        again, _side = self._get_order(
            **{f"rank__{key}": str(rank) for rank, key in enumerate(main, 1)}
        )
        self.assertEqual(again, main)
        self.assertEqual(self.draft._get_changed_names(), [])

    def _get_title(self, code):
        return self.draft._get_preview()._get_block_types()[code].title

    def test_a_part_is_hidden_and_shown_again(self):
        main, side = self._get_order()
        hidden, shared = main[1], f"shared-{self.shared.id}"
        typed = {f"hide__{hidden}": "1", f"hide__{shared}": "1"}
        now, beside = self._get_order(**typed)
        self.assertEqual((now[-1], beside[-1]), (hidden, shared), "the last of the list")
        self.assertEqual(self._get_arranged(), [(hidden, True), (self.shared.id, True)])
        shown = {each.key for each in self.draft._get_preview()._get_page_blocks()}
        self.assertFalse({hidden, shared} & shown)
        (change,) = self.draft._get_difference()
        told = {row["label"]: row["after"] for row in change["rows"]}
        titles = [self._get_title(hidden), self.shared.name]
        self.assertEqual(told, dict.fromkeys(titles, "Caché"), "who reads sees what goes")
        self.assertEqual(self._get_order(rank__links="1"), [main, side], "at its usual place")

    def test_a_rank_that_is_no_number_is_shown_again(self):
        posted = Posted({"_shown": "block_ids", "block_ids.rank.body": "haut"})
        form = ContributionForm(self.draft, posted)
        form.keep()
        self.assertEqual(list(form.errors), ["block_ids"])
        (item,) = form.get_items(["block_ids"])
        (row,) = [row for row in item["groups"][0]["rows"] if row["part"].key == "body"]
        self.assertEqual(row["rank"]["value"], "haut")
        self.assertEqual(self.draft._get_changed_names(), [])

    def test_each_field_is_asked_under_the_title_of_its_part(self):
        titles = [part["title"] for part in ContributionForm(self.draft).get_sections()]
        for title in ("L’eau", "Vos élus", "Salles à louer", "Liens"):
            self.assertIn(title, titles)

    def test_a_page_that_had_not_begun_is_on_trial_once_something_is_accepted(self):
        closed = self.other_commune
        self.assertEqual(closed.page_state, "closed")
        self.secretary.territory_commune_ids |= closed
        draft = closed.with_user(self.secretary)._propose()
        draft._change({"tagline": "Sur la colline"})
        self.assertIn("Sur la colline", self.words(draft))
        draft.action_submit()
        self.assertEqual(closed.page_state, "closed", "sent is not accepted")
        accept(draft.with_user(self.communication))
        self.assertEqual(closed.page_state, "pilot")
        self.assertEqual(self.commune.page_state, "open")

    def test_what_is_taken_off_the_site_is_read_no_more_and_comes_back_as_it_was(self):
        self.draft._change({"tagline": "Deux moulins"})
        self.draft.action_submit()
        accept(self.draft.with_user(self.communication))
        commune = self.commune.with_user(self.communication)
        commune.action_take_offline("Une photo d’enfant.")
        self.assertFalse(self.commune.is_online)
        own = {shown.key for shown in self.commune._get_page_blocks() if shown.block.is_own}
        self.assertFalse(own)
        self.assertNotIn("Deux moulins", self.commune._get_summary())
        self.assertFalse(self.page._is_shown())
        with self.assertRaises(ValidationError):
            self.commune.with_user(self.manager).page_state = "open"
        commune.action_put_back()
        self.assertEqual((self.commune.page_state, self.commune.is_online), ("open", True))
        self.assertIn("Deux moulins", self.commune._get_summary())

    def test_an_address_as_people_write_it(self):
        name = "panneaupocket_url"
        posted = self.posted("link_ids", {"name": "Les cars", "url": "www.exemple.fr/cars"})
        posted = Posted(
            [*posted.form.items(multi=True), ("_shown", name), (name, "app.exemple.fr/ville")]
        )
        form = ContributionForm(self.draft, posted)
        form.keep()
        self.assertEqual(form.errors, {})
        values = self.draft.sudo().values
        self.assertEqual(values[name], "https://app.exemple.fr/ville")
        self.assertEqual(values["link_ids"][0]["url"], "https://www.exemple.fr/cars")
        for wrong in ("PanneauPocket, Chaumont", "javascript:alert(1)", "ftp://exemple.fr"):
            form = ContributionForm(self.draft, Posted({"_shown": name, name: wrong}))
            form.keep()
            self.assertEqual(list(form.errors), [name], wrong)

    def test_a_room_without_name_is_told_where_it_is_typed(self):
        posted = self.posted("room_ids", {"name": "Salle du Lavoir"}, {"capacity": "80"})
        form = ContributionForm(self.draft, posted)
        form.keep()
        self.assertFalse(form.errors, "a draft may wait")
        with self.assertRaises(ContentErrors) as caught:
            self.draft.action_submit("")
        self.assertEqual(
            caught.exception.errors, {"room_ids": "Ligne 2\xa0: il manque «\xa0Nom\xa0»."}
        )
        form.errors |= caught.exception.errors
        (opened,) = [each for each in form.get_sections() if each["is_open"]]
        self.assertIn("room_ids", [item["name"] for item in opened["items"]])
