"""A page kept for all visitors is drawn again when what it shows changes, whoever added it."""

import base64
import re
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from lxml import html

from odoo import Command, http
from odoo.sql_db import Cursor
from odoo.tests import tagged

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

from .common import PIXEL
from .own_methods import is_own
from .routes import find_routes

TABLE = re.compile(r'\b(?:from|join)\s+"?(\w+)"?', re.IGNORECASE)
# Their change empties a cache of the registry, hence the pages.
OF_THE_REGISTRY = {
    "ir.asset",
    "ir.attachment",
    "ir.config_parameter",
    "ir.model",
    "ir.model.access",
    "ir.model.data",
    "ir.model.fields",
    "ir.model.fields.selection",
    "ir.module.category",
    "ir.module.module",
    "ir.rule",
    "ir.ui.view",
    "res.groups",
    "res.groups.privilege",
    "res.lang",
    "website.page",
    "website.rewrite",
}
# Read on the way, shown to nobody.
NOT_SHOWN = {
    "res.users": "the public user, whose rights are asked",
    "website.page.change": "the changes themselves",
}
# Numbers of the past: what is shown of them may wait until midnight.
COUNTED = {
    "procedure.request": "the procedures most asked come first; usual delays",
    "procedure.decision": "usual delays",
}
# Kept by caches of others for a while: the walk with an account finds these, at least.
KEPT_BY_OTHERS = {
    "/communes/<string:slug>/village.svg",
    "/communes/carte.svg",
    "/contenu/<string:model>/<string:record_id>/<string:field>",
    "/dechets/calendrier/<string:slug>/<string:street>/collectes.ics",
    "/demarches/<string:slug>/formulaire.pdf",
}
WALK_MAX = 400


@tagged("post_install", "-at_install", "-standard", "sweep_routes")
class TestPageCache(WebsiteProcedureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        communes = cls.env["territory.commune"].search([("active", "=", True)])
        communes.page_state = "open"
        for commune in communes:
            cls.env["commune.page"]._create_as("test", {"name": "Plus"}, {"commune_id": commune.id})
        hall = cls._procedure(
            "Louer une salle",
            "SALLE",
            cls.env["territory.service"],
            is_communal=True,
            commune_ids=[Command.set((cls.vaubecourt | cls.revigny).ids)],
        )
        hall._make_commune_rows(hall.commune_ids)
        hall.commune_row_ids.action_open()
        cls.env["waste.round"].create(
            {
                "name": "Bacs du lundi",
                "date_start": "2026-01-01",
                "service_id": cls.waste.id,
                "street_ids": [
                    Command.create({"commune_id": commune.id, "street": "Rue Haute"})
                    for commune in communes[:2]
                ],
            }
        )
        category = cls.env["directory.category"].search([], limit=1)
        for name in ("Halle", "Fournil"):
            cls.env["directory.entry"]._create_as(
                "test",
                {
                    "name": name,
                    "photo": base64.b64encode(PIXEL),
                    "photo_alt": "Une façade",
                    "category_id": category.id,
                    "commune_ids": [Command.set(communes[:1].ids)],
                    "opening_ids": [
                        Command.create({"weekday": "1", "hour_from": 9, "hour_to": 12})
                    ],
                },
            )

    def _find_kept_pages(self):
        """An address of each route that is kept, found by links from the home page.

        :return: {route: address}
        """
        rules = {
            address: re.compile(re.sub(r"<[^>]+>", "[^/]+", address))
            for (address, _methods), rule in find_routes(self.env).items()
            if rule.endpoint.routing.get("page_cache")
        }
        found, links = {}, ["/"]
        for link in links:
            route = next((route for route in rules if rules[route].fullmatch(link)), None)
            if route in rules.keys() - found.keys():
                found[route] = link
                page = html.fromstring(self.url_open(link).content)
                paths = [re.split("[?#]", link)[0] for link in page.xpath("//a/@href")]
                links += [path for path in paths if path not in links]
        self.assertEqual(rules.keys() - found.keys(), set(), "no link leads there")
        return found

    def _read_tables(self, path):
        """The tables that the drawing of this page reads, with nothing remembered."""
        self.env.registry.clear_all_caches()
        asked = []
        execute = Cursor.execute

        def watch(cursor, query, *args, **kwargs):
            asked.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", watch):
            answer = self.url_open(path)
        self.assertIn("ETag", answer.headers, f"{path} is kept")
        return {table for query in asked for table in TABLE.findall(str(query))}

    def test_each_model_read_by_a_kept_page_empties_the_cache(self):
        shown = self.env["website.page.cache"]._get_shown_names()
        known = shown | OF_THE_REGISTRY | NOT_SHOWN.keys() | COUNTED.keys()
        models = {}
        for model in self.env.registry.values():
            if model._abstract:
                continue
            models.setdefault(model._table, set()).add(model._name)
            for field in model._fields.values():
                if field.type == "many2many" and field.store:
                    models.setdefault(field.relation, set()).add(model._name)
        forgotten = set()
        for path in self._find_kept_pages().values():
            for table in self._read_tables(path):
                names = models.get(table, set())
                if names and not names & known:
                    forgotten.add((table, path))
        self.assertFalse(forgotten, "name them in `_get_shown_models`")

    def _walk_open_routes(self):
        """An address of each of our routes that are open to everybody, found by links and images
        from the home page.

        :return: {route: answer}
        """
        rules = {
            address: re.compile(re.sub(r"<[^>]+>", "[^/]+", address))
            for (address, methods), rule in find_routes(self.env).items()
            if rule.endpoint.routing["auth"] == "public"
            and methods in ("GET", "all")
            and is_own(rule.endpoint.original_endpoint)
        }
        # The map is drawn where communes have a point.
        found, links = {}, ["/", "/communes/carte.svg"]
        for link in links:
            matches = [each for each in rules if rules[each].fullmatch(link.partition("?")[0])]
            # Of two, the one that says more of the address.
            route = min(matches, key=lambda each: each.count("<"), default=None)
            if not route or route in found or len(links) > WALK_MAX * len(rules):
                continue
            answer = self.url_open(link, allow_redirects=False)
            found[route] = answer
            near = [answer.headers.get("Location", "")]
            if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
                page = html.fromstring(answer.content)
                near += page.xpath("//a/@href | //img/@src | //link/@href")
            near = [urlsplit(urljoin(self.base_url() + link, each)) for each in near]
            paths = [each._replace(scheme="", netloc="", fragment="").geturl() for each in near]
            links += [path for path in dict.fromkeys(paths) if path and path not in links]
        return found

    def test_what_caches_of_others_keep_carries_no_session(self):
        """The next reader behind the same proxy would be her."""
        self.authenticate(self.camille.login, self.camille.login)
        # Each answer would renew her session, as the first one after three hours does.
        with patch.object(http, "SESSION_ROTATION_INTERVAL", -1):
            found = self._walk_open_routes()
        kept = {
            route
            for route, answer in found.items()
            if "public" in answer.headers.get("Cache-Control", "")
        }
        self.assertEqual(KEPT_BY_OTHERS - kept, set(), f"not met: {sorted(found)}")
        told = {route for route in kept if "Set-Cookie" in found[route].headers}
        self.assertEqual(told, set(), "answer with `for_everybody`")
