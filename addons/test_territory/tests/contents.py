"""The people of the contents, and what they wrote: sheets, pages of communes, proposals."""

import base64
from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.territory_base import clock

from .common import PIXEL, PeopleCommon

PHOTO = base64.b64encode(PIXEL)
LINES = {
    "member_ids": [Command.create({"name": "Ada Maire", "function": "Maire"})],
    "room_ids": [
        Command.create({"name": "Foyer", "photo": PHOTO, "photo_alt": "Une salle"}),
    ],
    "link_ids": [Command.create({"name": "Bulletin", "url": "https://exemple.test/b"})],
    "block_ids": [Command.create({"code": "water"})],
}
WORDS = {"tagline": "Au bord de l’eau", "body": "<p>Un lavoir.</p>", "water": "Fuite : 3"}


class ContentsCommon(PeopleCommon):
    """`commune` has an open page, `other_commune` has closed its own again; one association keeps
    `sheet` (in `commune`) and `gone_sheet`, off the site; a company keeps `company_sheet`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_keepers()
        cls._make_readers()
        cls._make_communes()
        cls._make_sheets()
        cls._make_revisions()
        cls._make_surroundings()
        cls.env.flush_all()
        cls.env.invalidate_all()

    # ------------------------------------------------------------------ people

    @classmethod
    def _make_staff(cls):
        cls.users = {"visitor": cls.env.ref("base.public_user")}
        cls._new_staff(
            ("secretary", "secretary", [cls.town_hall]),
            ("town_hall_colleague", "secretary", [cls.town_hall]),
            ("other_secretary", "secretary", [cls.other_town_hall]),
            ("secretary_of_both", "secretary", [cls.town_hall, cls.other_town_hall]),
            ("agent", "agent", [cls.waste]),
            ("communication", "communication", None),
            ("reader", "agent", [cls.roads]),
            ("other_reader", "agent", [cls.roads]),
            ("absent_reader", "agent", [cls.roads]),
            ("replacement", "agent", [cls.advice]),
            ("former_replacement", "agent", [cls.advice]),
            ("last_reader", "communication", None),
            ("manager", "manager", None),
            ("dpo", "dpo", None),
        )
        cls.users["administrator"] = new_test_user(
            cls.env, "matrix_administrator", "base.group_system,base.group_allow_export"
        )
        # Core's test users of the same initial share an address: two accounts of one person.
        for user in list(cls.users.values())[1:]:
            user.email = f"{user.login}@exemple.test"

    @classmethod
    def _make_keepers(cls):
        cls._resident("resident")
        Delegate = cls.env["partner.delegate"]
        organisations = cls.env["res.partner"].create(
            [
                {"kind": kind, "company_type": "company", "name": name}
                for kind, name in (
                    ("association", "Les Amis du Lavoir"),
                    ("association", "Les Pêcheurs"),
                    ("company", "Le Fournil"),
                )
            ]
        )
        cls.association, cls.other_association, cls.company = organisations
        for persona, organisation in (
            ("delegate", cls.association),
            ("second_delegate", cls.association),
            ("former_delegate", cls.association),
            ("other_delegate", cls.other_association),
            ("company_delegate", cls.company),
        ):
            delegation = Delegate._ask(organisation, cls._resident(persona))
            delegation.action_accept()
            if persona == "former_delegate":
                delegation.action_end()
        # She has asked, and nobody has answered.
        Delegate._ask(cls.association, cls._resident("asking_delegate"))

    @classmethod
    def _make_readers(cls):
        """`reader` and `absent_reader` read sheets and communes of `commune`, `other_reader` those
        of `other_commune`; what is left (local pages) is for `last_reader`."""
        cls.env["content.validator"].search([]).unlink()
        Type = cls.env["content.type"]
        cls.type = Type._get_of("directory.entry").sudo(False)
        kinds = cls.type | Type._get_of("territory.commune").sudo(False)
        Type._get_of("territory.commune").allow_urgent = True
        rows = cls.env["content.validator"].create(
            [
                {
                    "user_id": cls.users[persona].id,
                    "type_ids": [Command.set(kinds.ids)],
                    "commune_ids": [Command.set(commune.ids)],
                }
                for persona, commune in (
                    ("reader", cls.commune),
                    ("absent_reader", cls.commune),
                    ("other_reader", cls.other_commune),
                )
            ]
            + [{"user_id": cls.users["last_reader"].id, "is_fallback": True}]
        )
        cls.validator = rows[0]
        today = clock.today()
        cls.absence, _over = cls.env["content.absence"].create(
            [
                {
                    "user_id": cls.users["absent_reader"].id,
                    "delegate_id": cls.users[persona].id,
                    "date_start": today - timedelta(days=days),
                    "date_end": today - timedelta(days=days - 3),
                }
                for persona, days in (("replacement", 1), ("former_replacement", 40))
            ]
        )

    # ------------------------------------------------------------------ what is published

    @classmethod
    def _make_communes(cls):
        Page = cls.env["commune.page"]
        cls.pages = {}
        for commune in (cls.commune, cls.other_commune):
            commune.page_state = "open"
            commune._publish_as(
                "essai",
                {
                    **WORDS,
                    **LINES,
                    "photo": PHOTO,
                    "photo_alt": "Le lavoir",
                    "phone": "03 00 00 00 09",
                    "week_opening_ids": [
                        Command.create({"weekday": "3", "hour_from": 9, "hour_to": 13})
                    ],
                },
            )
            cls.pages[commune] = Page._create_as(
                "essai", {"name": "L’histoire", "body": "<p>x</p>"}, {"commune_id": commune.id}
            )
        cls.page = cls.pages[cls.commune]
        cls.closed_page = cls.pages[cls.other_commune]
        cls.gone_page = Page._create_as("essai", {"name": "Ôtée"}, {"commune_id": cls.commune.id})
        cls.gone_page._publish_as("essai", {}, is_online=False)
        cls.media = cls._show_picture(cls.page)
        cls.gone_media = cls._show_picture(cls.gone_page, is_online=False)
        cls.closed_media = cls._show_picture(cls.closed_page)
        cls.other_commune.page_state = "closed"

    @classmethod
    def _show_picture(cls, content, is_online=True):
        """A picture in the text of a content, as a publication puts it there."""
        media = (
            content.sudo()
            ._as_publication()
            .env["ir.attachment"]
            .create(
                {
                    "name": "mur.png",
                    "raw": PIXEL,
                    "res_model": content._name,
                    "res_id": content.id,
                }
            )
        )
        body = f'<p><img src="/web/image/{media.id}" alt="Un mur"></p>'
        content._publish_as("essai", {"body": body}, is_online)
        return media.with_env(cls.env)

    @classmethod
    def _make_sheets(cls):
        Category = cls.env["directory.category"]
        cls.category = Category.create({"name": "Essais", "code": "matrice"})
        cls.hint = cls.env["directory.category.hint"].create(
            {"category_id": cls.category.id, "field": "summary", "name": "Quoi ?"}
        )
        cls.facet = cls.env["directory.facet"].create({"name": "Pain", "code": "matrice-pain"})
        lines = {
            "opening_ids": [Command.create({"weekday": "1", "hour_from": 9, "hour_to": 12})],
            "photo_ids": [Command.create({"image": PHOTO, "alt": "Le four"})],
            "link_ids": [Command.create({"name": "Site", "url": "https://exemple.test"})],
        }
        cls.sheet, cls.gone_sheet, cls.company_sheet, cls.free_sheet = (
            cls.env["directory.entry"]._create_as(
                "essai",
                {
                    "name": name,
                    "category_id": cls.category.id,
                    "commune_ids": [Command.set(commune.ids)],
                    "photo": PHOTO,
                    "photo_alt": "La façade",
                    **lines,
                },
                {"owner_id": owner.id},
            )
            for name, commune, owner in (
                ("Lavoir", cls.commune, cls.association),
                ("Ancien lavoir", cls.commune, cls.association),
                ("Fournil", cls.other_commune, cls.company),
                ("Étang", cls.commune, cls.env["res.partner"]),
            )
        )
        cls.gone_sheet._publish_as("essai", {}, is_online=False)

    # ------------------------------------------------------------------ what is proposed

    @classmethod
    def _propose(cls, persona, content, **values):
        revision = content.with_user(cls.users[persona])._propose()
        revision._change(values)
        return revision

    @classmethod
    def _send(cls, persona, content, **values):
        revision = cls._propose(persona, content, **values)
        revision.action_submit()
        return revision.with_env(cls.env)

    @classmethod
    def _make_revisions(cls):
        cls.published = cls.env["content.revision"].search(
            [("res_model", "=", "directory.entry"), ("res_id", "=", cls.sheet.id)]
        )
        cls.sheet_proposal = cls._send(
            "delegate", cls.sheet, phone="03 00 00 00 01", photo=PIXEL, photo_alt="Le mur"
        )
        cls.sheet_proposal.with_user(cls.users["delegate"]).action_comment("Bonjour")
        cls.message = cls.sheet_proposal.message_ids.filtered(
            lambda each: "Bonjour" in str(each.body)
        )
        cls.task = cls.sheet_proposal.activity_ids[:1]
        cls.proposal_file = cls.env["ir.attachment"].search(
            [("res_model", "=", "content.revision"), ("res_id", "=", cls.sheet_proposal.id)],
            limit=1,
        )
        cls.sheet_draft = cls._propose("delegate", cls.gone_sheet, phone="03 00 00 00 02")
        cls.draft_file = cls.env["ir.attachment"].search(
            [("res_model", "=", "content.revision"), ("res_id", "=", cls.sheet_draft.id)],
            limit=1,
        )
        cls.to_correct = cls._send("company_delegate", cls.company_sheet, phone="03 00 00 00 03")
        cls.to_correct.with_user(cls.users["other_reader"]).action_ask_changes("Quel numéro ?")
        cls.urgent = cls._propose("secretary", cls.commune, tagline="Au bord de la rivière")
        cls.urgent.action_publish_urgent("Demain")
        cls.hall_proposal = cls._send("secretary", cls.commune, tagline="Sur la rive")
        cls.hall_draft = cls._propose("secretary", cls.page, name="Notre histoire")
        cls.other_hall_draft = cls._propose("other_secretary", cls.other_commune, tagline="x")
        cls.page_proposal = cls._send("secretary", cls.gone_page, name="Remise")
        cls.staff_draft = cls._propose("agent", cls.free_sheet, phone="03 00 00 00 04")

    @classmethod
    def _make_surroundings(cls):
        """What people say of contents, what is asked about them, what the staff keeps for them."""
        cls.claim = cls.env["directory.claim"].browse(
            cls.env["directory.claim"]
            .with_user(cls.users["other_delegate"])
            ._ask(cls.free_sheet, cls.other_association, "C’est à nous")
            .id
        )
        cls.claim.answer = "Demandez à la mairie"
        cls.report = cls.env["content.report"]._file(cls.sheet, "phone", "Il a changé").sudo(False)
        cls.campaign = cls.env["content.review.campaign"].create(
            {"name": "Hiver", "date_start": "2026-01-01", "date_end": "2026-12-31"}
        )
        cls.review = cls.env["content.review"]._make(cls.sheet, cls.campaign).sudo(False)
        cls.link = cls.env["content.link"].create(
            {
                "name": "Lavoir",
                "type_id": cls.type.id,
                "res_id": cls.sheet.id,
                "field_name": "url",
                "commune_ids": [Command.set(cls.commune.ids)],
                "url": "https://exemple.test",
                "host": "exemple.test",
            }
        )
        cls.host = cls.env["content.link.host"].create({"name": "exemple.test"})
        cls.shared = cls.env["commune.shared.block"].create({"name": "Bacs", "body": "<p>x</p>"})
        cls.synonym = cls.env["territory.search.synonym"].create({"name": "zouave"})
        cls.elsewhere = cls.env["territory.search.elsewhere"].create(
            {"name": "Zouave", "words": "zouave", "answer": "Demandez."}
        )
        cls.question = cls.env["search.question"].create({"name": "Un zouave ?", "answer": "Non."})
        cls.env["territory.search.miss"]._keep("zouave turlututu")
        cls.miss = cls.env["territory.search.miss"].search([], order="id desc", limit=1)
        cls.document = cls.env["territory.search.document"].search([], limit=1)
        cls.word = cls.env["territory.search.word"].search([], limit=1)
        cls.change = cls.env["website.page.change"].create({})
