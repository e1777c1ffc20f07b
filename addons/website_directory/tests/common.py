from odoo import Command
from odoo.tests import TransactionCase


class DirectoryMakers:
    """Two villages, categories of two levels, and a factory of sheets."""

    @classmethod
    def _make_directory(cls):
        cls.Entry = cls.env["directory.entry"]
        # Only what a test makes is counted.
        cls._take_off(cls.Entry.search([("is_online", "=", True)]))
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
        """On the site, unless it is said otherwise."""
        vals = {
            "category_id": cls.shops.id,
            "commune_ids": [Command.set(cls.valmont.ids)],
            "name": name,
            **vals,
        }
        if vals.pop("is_online", True):
            return cls.Entry._create_as("test", vals)
        return cls.Entry.sudo()._as_publication().create(vals).with_env(cls.env)

    @classmethod
    def _many(cls, name, count, **vals):
        """At once: what a list holds, not how it came there."""
        Entry_sudo = cls.Entry.sudo()._as_publication()
        return Entry_sudo.create(
            [
                {
                    "name": f"{name} {rank:02}",
                    "category_id": cls.shops.id,
                    "is_online": True,
                    "version": 1,
                    **vals,
                }
                for rank in range(count)
            ]
        ).with_env(cls.env)

    @classmethod
    def _publish(cls, sheet, **vals):
        sheet._publish_as("test", vals)

    @classmethod
    def _take_off(cls, sheets):
        for sheet in sheets:
            sheet._publish_as("test", {}, is_online=False)

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
