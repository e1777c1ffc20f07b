import base64
import importlib.util
import json
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.website_content_approval.pages.form import ContributionForm
from odoo.addons.website_parts.tests.common import photo
from odoo.addons.website_parts.tools.web import Posted

from ..models.directory_entry_approval import CENTRE
from .common import DirectoryMakers


class ProposalMakers(DirectoryMakers):
    """A bakery kept by a company, for which Camille acts; a club that nobody keeps."""

    @classmethod
    def _make_proposals(cls):
        cls._make_directory()
        for user in cls.agent | cls.other_agent | cls.secretary | cls.communication | cls.manager:
            user.email = f"{user.login}@exemple.test"
        cls.reader = cls.communication
        cls.row = cls.env["content.validator"].create({"user_id": cls.reader.id})
        cls.company, cls.rival = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "company_type": "company",
                    "kind": "company",
                    "phone": "03 99 99 99 99",
                    "street": "99 rue Cachée",
                }
                for name in ("Fournil Essai SARL", "Pains Rivaux SARL")
            ]
        )
        cls._let_act(cls.camille, cls.company)
        cls._let_act(cls.sacha, cls.rival)
        cls.secretary.territory_commune_ids = cls.valmont
        cls.secretary.territory_service_ids.filtered(
            lambda service: service.kind == "town_hall"
        ).commune_ids = cls.valmont
        cls.baker = cls._sheet("Le Fournil d’Essai", owner_id=cls.company.id, summary="Du pain.")
        cls.club = cls._sheet("Les Marcheurs d’Essai", category_id=cls.clubs.id)

    @classmethod
    def _let_act(cls, user, organisation):
        delegate = cls.env["partner.delegate"]._ask(organisation, user.partner_id)
        delegate.write({"state": "active"})
        return delegate

    def _accept(self, draft, **values):
        if values:
            draft._change(values)
        draft.action_submit()
        accept(draft.with_user(self.reader))
        return draft._get_content().sudo()


@tagged("post_install", "-at_install")
class TestDirectoryProposal(ProposalMakers, HouseholdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_proposals()

    def test_a_company_keeps_its_sheet(self):
        draft = self.baker.with_user(self.camille)._propose()
        draft._change(
            {
                "summary": "Pain au levain.",
                "opening_ids": [{"weekday": "4", "hour_from": "9", "hour_to": "12"}],
                "photo": photo(side=400),
                "photo_alt": "La vitrine",
                "link_ids": [{"name": "La fête", "url": "https://fete.exemple.test"}],
            }
        )
        self.assertEqual(self.baker.summary, "Du pain.", "Nobody has accepted it")
        self._accept(draft)
        self.assertEqual(self.baker.summary, "Pain au levain.")
        self.assertEqual(self.baker.opening_ids.hour_to, 12)
        self.assertEqual(self.baker.version, 2)
        small = base64.b64decode(self.baker.photo_small)
        self.assertTrue(small)
        self.assertLess(len(small), len(base64.b64decode(self.baker.photo)))

    def test_hours_are_compared_as_people_read_them(self):
        draft = self.baker.with_user(self.camille)._propose()
        draft._change(
            {
                "opening_ids": [
                    {"weekday": "4", "hour_from": "9", "hour_to": "12.5"},
                    {"date_start": "2030-12-24", "note": "Réveillon"},
                ]
            }
        )
        (change,) = draft._get_difference()
        week, closed = change["rows"]
        self.assertEqual(week["after"], "9\xa0h – 12\xa0h\xa030")
        self.assertIn("(Réveillon)", closed["after"])

    def test_a_new_photo_has_its_small_copy(self):
        first = self._accept(
            self.baker.with_user(self.camille)._propose(), photo=photo("red"), photo_alt="Rouge"
        ).photo_small
        self.env.invalidate_all()
        self._accept(
            self.baker.with_user(self.camille)._propose(), photo=photo("blue"), photo_alt="Bleu"
        )
        self.env.invalidate_all()
        self.assertNotEqual(self.baker.photo_small, first)

    def test_who_contributes_to_which_sheet(self):
        for user, sheet, may in (
            (self.camille, self.baker, True),
            (self.camille, self.club, False),
            (self.sacha, self.baker, False),
            (self.stranger, self.baker, False),
            (self.secretary, self.club, True),
            (self.agent, self.club, True),
            (self.communication, self.club, True),
            (self.dpo, self.club, False),
        ):
            sheet = sheet.with_user(user)
            if may:
                self.assertTrue(sheet._propose(), f"{user.login} {sheet.id}")
            else:
                with self.assertRaises(AccessError, msg=f"{user.login} {sheet.id}"):
                    sheet._propose()
        elsewhere = self._sheet("Ailleurs", commune_ids=self.clairval.ids)
        with self.assertRaises(AccessError):
            elsewhere.with_user(self.secretary)._propose()

    def test_a_new_sheet_belongs_to_who_proposes_it_and_copies_nothing(self):
        draft = self.env["content.revision"].with_user(self.camille)
        draft = draft._begin_new("directory.entry", self.company, self.valmont)
        with self.assertRaises(ContentErrors) as caught:
            draft.action_submit()
        self.assertLessEqual({"name", "category_id"}, set(caught.exception.errors))
        sheet = self._accept(
            draft, name="Dépôt de pain", category_id=self.bakeries.id, commune_ids=self.valmont.ids
        )
        self.assertEqual(sheet.owner_id, self.company)
        self.assertTrue(sheet.is_online)
        self.assertEqual(sheet.slug, "depot-de-pain")
        self.assertFalse(sheet.phone or sheet.street or sheet.email)

    def test_who_proposes_a_new_sheet(self):
        begin = lambda user, organisation=None: (  # noqa: E731
            self.env["content.revision"]
            .with_user(user)
            ._begin_new("directory.entry", organisation, self.valmont)
        )
        for user in (self.camille, self.secretary, self.agent, self.communication):
            self.assertTrue(begin(user), user.login)
        for user in (self.stranger, self.dpo):
            with self.assertRaises(AccessError, msg=user.login):
                begin(user)
        with self.assertRaises(AccessError):
            begin(self.camille, self.rival)

    def test_what_is_wrong_is_told_beside_its_field(self):
        draft = self.baker.with_user(self.camille)._propose()
        for values in (
            {"summary": "x" * 161},
            {"url": "javascript:alert(1)"},
            {"video_url": "https://"},
            {"video_url": "https://evil.test\\@youtube.com/watch?v=abc"},
            {"latitude": "1e9"},
            {"link_ids": [{"name": "Sans adresse"}]},
            {"link_ids": [{"name": "x", "url": "data:text/html,x"}]},
            {"opening_ids": [{"hour_from": "9", "hour_to": "12"}]},
            {"opening_ids": [{"weekday": "1", "date_start": "2026-12-01"}]},
            {"opening_ids": [{"weekday": "1", "hour_from": "12", "hour_to": "9"}]},
            {"opening_ids": [{"date_start": "2026-12-02", "date_end": "2026-12-01"}]},
            {"photo_ids": [{"image": photo()}]},
            {"photo_ids": [{"alt": "Rien"}]},
        ):
            with self.assertRaises(ContentErrors, msg=str(values)[:60]) as caught:
                draft._change(values)
            self.assertEqual(set(caught.exception.errors), set(values))

    def test_a_sheet_that_waits_goes_on_the_site_as_it_is(self):
        """A file brought it, nobody has accepted it yet."""
        waiting = self._sheet("En attente", is_online=False)
        draft = waiting.with_user(self.secretary)._propose()
        self.assertTrue(self._accept(draft).is_online)
        draft = waiting.with_user(self.secretary)._propose()
        with self.assertRaises(UserError):
            draft.action_submit()

    def test_what_was_accepted_is_confirmed(self):
        self._accept(self.baker.with_user(self.camille)._propose(), phone="03 99 00 00 09")
        self.assertEqual(self.baker.confirmed_fields, ["phone"])
        for user in self.manager | self.env.ref("base.user_root"):
            with self.assertRaises(AccessError):
                self.baker.with_user(user).write({"confirmed_fields": []})
        self._publish(self.baker, summary="D’un fichier")
        self.assertEqual(self.baker.confirmed_fields, ["phone"])

    def test_the_form_asks_what_its_category_asks(self):
        Hint = self.env["directory.category.hint"]
        Hint.create({"category_id": self.shops.id, "field": "summary", "name": "Que vend-on ?"})
        for draft, asks in (
            (self.baker.with_user(self.camille)._propose(), True),
            (
                self.env["content.revision"]
                .with_user(self.camille)
                ._begin_new("directory.entry", self.company),
                False,
            ),
        ):
            items = [
                item
                for section in ContributionForm(draft).get_sections()
                for item in section["items"]
            ]
            (summary,) = (item for item in items if item["name"] == "summary")
            self.assertEqual("Que vend-on ?" in summary["help"], asks)
            (choice,) = (item for item in items if item["name"] == "category_id")
            self.assertIn((str(self.bakeries.id), "Boutiques › Fournils"), choice["choices"])

    def test_the_preview_shows_what_is_proposed_and_never_the_organisation(self):
        draft = self.baker.with_user(self.camille)._propose()
        draft._change({"summary": "Pas encore.", "photo": photo(), "photo_alt": "La vitrine"})
        preview = draft._get_preview()
        drawn = str(
            self.env["ir.qweb"]._render(
                preview._get_preview_template(),
                {
                    "content": preview,
                    "is_preview": True,
                    "website": self.env["website"].search([], limit=1),
                },
            )
        )
        self.assertIn("Pas encore.", drawn)
        self.assertIn(f"/contributions/{draft.id}/photo", drawn)
        self.assertNotIn("<h1", drawn)
        for words in ("SARL", "99 99 99", "rue Cachée"):
            self.assertNotIn(words, drawn)

    def test_a_sheet_of_before_gets_its_first_version(self):
        before, archived = self._sheet("Avant"), self._sheet("Archivée")
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM content_revision WHERE res_model = 'directory.entry' AND res_id IN %s",
            [tuple((before + archived).ids)],
        )
        self.env.cr.execute(
            "UPDATE directory_entry SET version = 0, active = (id = %s) WHERE id IN %s",
            [before.id, tuple((before + archived).ids)],
        )
        self.env.invalidate_all()
        path = Path(__file__).parents[1] / "migrations/19.0.1.1.0/post-migration.py"
        spec = importlib.util.spec_from_file_location("post_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((before.version, before.is_online), (1, True))
        self.assertEqual((archived.active, archived.is_online), (True, False))
        self._accept(archived.with_user(self.agent)._propose())
        self.assertTrue(archived.is_online)

    def test_days_of_the_week_are_seven_inputs_and_closings_lines(self):
        draft = self.baker.with_user(self.camille)._propose()
        draft._change({"opening_ids": [{"weekday": "4", "hour_from": "9", "hour_to": "12"}]})
        name = "opening_ids"
        (item,) = ContributionForm(draft).get_items([name])
        self.assertEqual([day["value"] for day in item["days"]], [""] * 4 + ["9 h – 12 h", "", ""])
        self.assertEqual(item["rows"], [], "no closing yet")
        typed = {
            "_shown": name,
            f"{name}.day.4": "9 h – 12 h",
            f"{name}.day.5": "8h-midi (pain seulement)",
            f"{name}._row": "1",
            f"{name}.0.date_start": "24/12/2026",
            f"{name}.0.note": "Noël",
        }
        form = ContributionForm(draft, Posted(typed))
        form.keep()
        self.assertEqual(form.errors, {})
        self._accept(draft)
        lines = self.baker.opening_ids
        self.assertEqual(
            [(line.weekday, line.hour_from, line.hour_to, line.note) for line in lines],
            [
                (False, 0, 0, "Noël"),
                ("4", 9, 12, False),
                ("5", 8, 12, "pain seulement"),
            ],
        )
        # Changed, not made again.
        again = self.baker.with_user(self.camille)._propose()
        (item,) = ContributionForm(again).get_items([name])
        typed[f"{name}.0._id"] = str(item["rows"][0]["id"])
        ContributionForm(again, Posted({**typed, f"{name}.day.5": ""})).keep()
        self._accept(again)
        self.assertEqual(self.baker.opening_ids, lines[:2])

    def test_its_place_is_the_middle_of_its_commune_or_what_is_put_on_the_map(self):
        self.valmont.write({"latitude": 48.9, "longitude": 5.2})
        draft = self.baker.with_user(self.camille)._propose()
        typed = {"_shown": ["latitude", "longitude"], "latitude": "48,95", "longitude": "5,31"}

        def keep(**more):
            form = ContributionForm(draft, Posted({**typed, **more}))
            form.keep()
            self.assertEqual(form.errors, {})
            return [draft.sudo().values[name] for name in ("latitude", "longitude")]

        self.assertEqual(keep(), [48.95, 5.31])
        chosen = {CENTRE: "1", "commune_ids": str(self.valmont.id)}
        self.assertEqual(keep(**chosen), [48.9, 5.2])
        for commune in (str(self.clairval.id), "0", "x", ""):
            self.assertEqual(keep(**{**chosen, "commune_ids": commune}), [48.95, 5.31], commune)
        (item,) = ContributionForm(draft).get_items(["latitude"])
        self.assertTrue(item["point"])
        self.assertIn(self.valmont, [ground[2] for ground in item["frame"].grounds])

    def test_a_new_sheet_begins_with_the_lines_of_its_category(self):
        self.clubs.lines = "Ce que nous faisons :\n\nQuand :\n"
        self.shops.lines = "Autre :"
        Revision = self.env["content.revision"].with_user(self.camille)
        draft = Revision._begin_new("directory.entry", self.company)
        draft._change({"category_id": str(self.clubs.id)})
        category, item = ContributionForm(draft).get_items(["category_id", "body"])
        self.assertEqual(item["value"], "Ce que nous faisons :\n\nQuand :")
        self.assertEqual(json.loads(category["lines"])[str(self.clubs.id)], item["value"])
        for written, kept in (
            (item["value"], ""),
            ("Ce que nous faisons : du pain\n\nQuand :", "<p>Ce que nous faisons : du pain</p>"),
            (
                "Ce que nous faisons :\n\nDu pain.\n\nQuand :",
                "<p>Ce que nous faisons :</p><p>Du pain.</p>",
            ),
            ("Ce que nous faisons :\n\nQuand :\n\nSamedi", "<p>Quand :</p><p>Samedi</p>"),
            ("Samedi\n\nAutre :", "<p>Samedi</p><p>Autre :</p>"),
            ("Du pain", "<p>Du pain</p>"),
        ):
            ContributionForm(draft, Posted({"_shown": "body", "body": written})).keep()
            self.assertEqual(str(draft.body or ""), kept)
        (item,) = ContributionForm(draft).get_items(["body"])
        self.assertEqual(item["value"], "Du pain")
        known = self.baker.with_user(self.camille)._propose()
        (item,) = ContributionForm(known).get_items(["category_id"])
        self.assertNotIn("lines", item, "of a sheet that is there, nothing begins again")

    def test_lines_to_complete_are_checked_as_any_text(self):
        self.clubs.lines, self.shops.lines = "Quand :", "Autre :"
        Revision = self.env["content.revision"].with_user(self.camille)
        draft = Revision._begin_new("directory.entry", self.company)
        draft._change({"category_id": str(self.clubs.id)})

        def keep(body, **more):
            typed = {"_shown": ["body"], "body": body, **more}
            form = ContributionForm(draft, Posted(typed))
            form.keep()
            return form.errors

        self.assertIn("body", keep("x" * 20_001 + "\n\nQuand :"))
        self.assertEqual(keep("Du pain\n\nAutre :", category_id=str(self.bakeries.id)), {})
        self.assertEqual(draft.body, "<p>Du pain</p>", "of the category that is chosen with it")
        draft.sudo().body = built = "<h2>Du pain</h2>"
        self.assertEqual(keep("Rien\n\nQuand :"), {})
        self.assertEqual(draft.body, built, "what the page's builder made stays")

    def test_only_what_places_of_its_kind_offer_is_asked(self):
        Facet = self.env["directory.facet"]
        every, bread, clubs = Facet.create(
            [
                {"name": "Partout", "code": "t-partout"},
                {"name": "Pain", "code": "t-pain", "category_ids": self.baker.category_id.ids},
                {"name": "Licence", "code": "t-licence", "category_ids": self.clubs.ids},
            ]
        )
        draft = self.baker.with_user(self.camille)._propose()

        def asked():
            (item,) = ContributionForm(draft).get_items(["facet_ids"])
            return {int(number) for number, _name in item["choices"]} & {
                *(every | bread | clubs).ids
            }

        self.assertEqual(asked(), {every.id, bread.id})
        draft._change({"facet_ids": [str(clubs.id)]})
        self.assertEqual(asked(), {every.id, bread.id, clubs.id}, "what is ticked may be unticked")
        draft._change({"facet_ids": [], "category_id": str(self.clubs.id)})
        self.assertEqual(asked(), {every.id, clubs.id})
