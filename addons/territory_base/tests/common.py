import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest import TestCase

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase

from .users import new_test_users


@contextmanager
def folder_of(**files):
    """A folder of CSV or JSON files, named by keyword."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            suffix = "json" if data.startswith((b"[", b"{")) else "csv"
            (Path(folder) / f"{name}.{suffix}").write_bytes(data)
        yield folder


class KeepingCase(TransactionCase):
    @classmethod
    def _as_data(cls, record):
        """As the territory's data write it: where communes have pages, the details of a town hall
        change by proposals only."""
        return record._as_publication() if hasattr(record, "_as_publication") else record

    @contextmanager
    def assertRaisesKeeping(self, error, words=""):
        """`assertRaises`, after which what was written before the refusal is still there.

        Odoo's own opens a savepoint and undoes it all: "nothing was changed" is then true of a
        check that comes too late, or of a savepoint that is missing.
        """
        self.env.flush_all()
        if issubclass(error, AccessError):
            self.env.cr.clear()  # As Odoo does: what is in the cache is not checked again.
        with TestCase.assertRaisesRegex(self, error, words) as caught:
            yield caught
        self.env.flush_all()
        self.env.invalidate_all()

    def assertCostsNoMore(self, few, many):
        """The queries of each page with many rows, held against those with few."""
        for fewer, more in zip(few, many, strict=True):
            self.assertLessEqual(more, fewer, f"{few} with few, {many} with many")


class TerritoryCase(KeepingCase):
    """Two communes, three services, the staff's personas and two residents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, lang="en_US"))
        cls.env["res.lang"]._activate_lang("fr_FR")
        Commune = cls.env["territory.commune"]
        cls.commune = Commune.create({"name": "Valmont", "insee_code": "99001", "zip": "99100"})
        cls.other_commune = Commune.create(
            {"name": "Clairval", "insee_code": "99002", "zip": "99200"}
        )
        (
            cls.agent,
            cls.other_agent,
            cls.secretary,
            cls.communication,
            cls.manager,
            cls.dpo,
            cls.technician,
        ) = new_test_users(
            cls.env,
            [
                ("agent.un", "territory_base.territory_group_agent"),
                ("agent.deux", "territory_base.territory_group_agent"),
                ("secretaire.valmont", "territory_base.territory_group_secretary"),
                ("communication.test", "territory_base.territory_group_communication"),
                ("responsable.test", "territory_base.territory_group_manager"),
                ("dpo.test", "territory_base.territory_group_dpo"),
                ("technicien.test", "base.group_system"),
            ],
        )
        Service = cls.env["territory.service"]
        cls.service = Service.create(
            {"name": "Déchets", "code": "test_waste", "user_ids": cls.agent.ids}
        )
        cls.other_service = Service.create(
            {"name": "Enfance", "code": "test_family", "user_ids": cls.other_agent.ids}
        )
        cls.town_hall = Service.create(
            {
                "name": "Mairie de Valmont",
                "code": "test_town_hall",
                "kind": "town_hall",
                "commune_ids": cls.commune.ids,
                "user_ids": cls.secretary.ids,
            }
        )
        cls.resident, cls.other_resident = cls._new_residents(
            ("resident.un", "Camille Zyxwelle"), ("resident.deux", "Dominique Qwertane")
        )
        cls.person = cls.resident.partner_id
        cls.other_person = cls.other_resident.partner_id

    @classmethod
    def _new_staff(cls, login, group):
        return new_test_users(cls.env, [(login, f"territory_base.territory_group_{group}")])[0]

    @classmethod
    def _new_resident(cls, login, name):
        return cls._new_residents((login, name))[0]

    @classmethod
    def _new_residents(cls, *people):
        """:param people: (login, name, values of her own if any)"""
        return new_test_users(
            cls.env,
            [
                (
                    login,
                    "base.group_portal",
                    {"name": name, "email": f"{login}@example.org"} | dict(*own),
                )
                for login, name, *own in people
            ],
            context={"no_reset_password": True},
        )

    def staff_without_right(self):
        """Who may not read the person of a request of another service."""
        return self.other_agent | self.secretary | self.communication | self.dpo
