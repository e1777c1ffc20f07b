"""Places and staff for the tests of the addons above."""

from odoo import Command

from .common import KeepingCase
from .users import new_test_users

# No mail about their accounts among those that the tests read.
UNINVITED = {"no_reset_password": True}


class StaffCase(KeepingCase):
    """Makes communes, services and their staff, by a word each."""

    @classmethod
    def _commune(cls, name, insee, zip_code):
        return cls.env["territory.commune"].create(
            {"name": name, "insee_code": insee, "zip": zip_code}
        )

    @classmethod
    def _service(cls, name, code, kind="epci", commune_ids=(), **vals):
        return cls.env["territory.service"].create(
            {
                "name": name,
                "code": f"test_{code}",
                "kind": kind,
                "commune_ids": [Command.set(commune_ids)],
                **vals,
            }
        )

    @classmethod
    def _staff(cls, login, group, service=None):
        return cls._all_staff((login, group, service))[0]

    @classmethod
    def _all_staff(cls, *people):
        """A list of the users of these (login, group, service or None)."""
        # With a title: nobody decides without (CRPA L212-1).
        users = new_test_users(
            cls.env,
            [
                (login, f"territory_base.territory_group_{group}")
                for login, group, _service in people
            ],
            context=UNINVITED,
            function="Agent",
        )
        for user, (_login, _group, service) in zip(users, people, strict=True):
            if service:
                service.user_ids += user
        return users
