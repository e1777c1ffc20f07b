from odoo import Command
from odoo.tests import TransactionCase


class DirectoryMakers:
    """Two villages, categories of two levels, and a factory of sheets."""

    @classmethod
    def _make_directory(cls):
        cls.Entry = cls.env["directory.entry"]
        # Only what a test makes is counted.
        cls.Entry.search([]).is_online = False
        Commune = cls.env["territory.commune"]
        cls.valmont = Commune.create(
            {"name": "Valmont-Test", "insee_code": "99011", "zip": "99100"}
        )
        cls.clairval = Commune.create(
            {"name": "Clairval-Test", "insee_code": "99012", "zip": "99200"}
        )
        cls.shops = cls._category("Boutiques", "t-boutiques", schema_type="Store")
        cls.bakeries = cls._category("Fournils", "t-fournils", parent_id=cls.shops.id)
        cls.clubs = cls._category("Cercles", "t-cercles", schema_type="NGO")
        cls.parcels = cls._facet("Paquets", "t-paquets", cls.shops)
        cls.youth = cls._facet("Jeunesse", "t-jeunesse", cls.clubs)
        cls.audience = cls.env["territory.audience"].create({"name": "Cyclistes", "code": "t-velo"})

    @classmethod
    def _category(cls, name, code, **vals):
        return cls.env["directory.category"].create({"name": name, "code": code, **vals})

    @classmethod
    def _facet(cls, name, code, categories):
        return cls.env["directory.facet"].create(
            {"name": name, "code": code, "category_ids": [Command.set(categories.ids)]}
        )

    @classmethod
    def _sheet(cls, name, **vals):
        vals = {
            "category_id": cls.shops.id,
            "commune_ids": [Command.set(cls.valmont.ids)],
            "is_online": True,
            **vals,
        }
        return cls.Entry.create({"name": name, **vals})

    @classmethod
    def _week(cls, *rows):
        """(day from Monday, opening, closing)"""
        return [
            Command.create({"weekday": str(day), "hour_from": start, "hour_to": end})
            for day, start, end in rows
        ]


class DirectoryCase(DirectoryMakers, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_directory()
