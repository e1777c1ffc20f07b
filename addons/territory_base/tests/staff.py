"""Places and staff for the tests of the addons above."""

from odoo import Command
from odoo.tests import new_test_user

from .common import KeepingCase

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
        # With a title: nobody decides without (CRPA L212-1).
        user = new_test_user(
            cls.env,
            login,
            f"territory_base.territory_group_{group}",
            context=UNINVITED,
            function="Agent",
        )
        if service:
            service.user_ids += user
        return user
