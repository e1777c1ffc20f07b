from lxml import html

from odoo import Command
from odoo.tests import HttpCase

from odoo.addons.territory_base.tests.common import TerritoryCase


class CommuneCase(TerritoryCase):
    """Valmont, whose page is open and full; Clairval, which has not begun."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.module.module"]._load_module_terms(
            ["territory_base", "website_parts", "website_territory_theme", "website_commune"],
            ["fr_FR"],
        )
        cls.env = cls.env(context=dict(cls.env.context, lang="fr_FR"))
        cls.commune = cls.commune.with_env(cls.env)
        cls.other_commune = cls.other_commune.with_env(cls.env)
        cls.commune.write(
            {
                "page_state": "open",
                "population": 1256,
                "latitude": 48.9,
                "longitude": 5.2,
                "former_ids": [Command.create({"name": "Vieux-Bourg", "insee_code": "99011"})],
            }
        )
        cls.publish(
            street="1 place Haute",
            phone="03 00 00 00 09",
            week_opening_ids=[
                Command.create({"weekday": "3", "hour_from": 9, "hour_to": 13}),
                Command.create({"weekday": "4", "hour_from": 16, "hour_to": 19}),
            ],
            exception_ids=[Command.create({"date_start": "2026-12-24", "note": "Noël"})],
            tagline="Au bord de l’eau",
            body="<p>Un lavoir de 1832.</p>",
            water="Fuite, jour et nuit : 03 00 00 00 50\nAnalyse conforme",
            practical="Clé du cimetière : à la mairie",
            panneaupocket_url="https://app.panneaupocket.com/ville/1",
            member_ids=[Command.create({"name": "Ada Maire", "function": "Maire"})],
            room_ids=[Command.create({"name": "Foyer rural", "capacity": 80})],
            link_ids=[Command.create({"name": "Le bulletin", "url": "https://exemple.fr/b"})],
        )
        cls.make_page(name="L'histoire", body="<p>Il était…</p>")
        cls.page = cls.commune.page_ids
        cls.shared = cls.env["commune.shared.block"].create(
            {"name": "Collecte", "body": "<p>Le mardi.</p>"}
        )

    @classmethod
    def publish(cls, commune=None, **values):
        """What its readers accepted."""
        (commune or cls.commune)._publish_as("test", values)

    @classmethod
    def make_page(cls, commune=None, **values):
        fixed = {"commune_id": (commune or cls.commune).id}
        return cls.env["commune.page"]._create_as("test", values, fixed)

    def blocks(self, commune=None, user=None):
        """{key of a block that shows: its text as it is drawn}, without any route."""
        commune = commune or self.commune
        commune = commune.with_user(user or self.env.ref("base.public_user"))
        commune = commune.with_context(lang="fr_FR")
        website = commune.env.ref("website.default_website")
        drawn = {}
        for shown in commune._get_page_blocks():
            values = {"commune": commune, "website": website, "shown": shown}
            part = commune.env["ir.qweb"]._render(
                shown.block.template, {**values, "values": shown.values}
            )
            text = html.fromstring(f"<div>{part}</div>").text_content()
            drawn[shown.key] = " ".join(text.split())
        return drawn


class CommuneHttpCase(CommuneCase, HttpCase):
    def get(self, path, status=200, **kwargs):
        response = self.url_open(path, allow_redirects=False, **kwargs)
        self.assertEqual(response.status_code, status, path)
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            response.tree = html.fromstring(response.content)
        return response

    def text(self, response):
        return " ".join(response.tree.xpath("//main")[0].text_content().split())
