"""Users for tests, made together."""

from unittest.mock import patch

from odoo import Command

from odoo.addons.base.models.avatar_mixin import AvatarMixin

# A picture of the initials in five sizes: a third of what it takes to make one of the staff.
NO_PICTURE = patch.object(AvatarMixin, "_avatar_generate_svg", lambda _record: False)


def new_test_users(env, people, context=None, **vals):
    """A list of the users of these (login, groups by xml id, values of her own if any), as Odoo's
    `new_test_user` makes each.

    One creation for all: one by one, users took a seventh of the time of all tests.
    """
    values = [
        {
            "login": login,
            "name": f"{login} ({groups})",
            "password": login.ljust(8, "x"),
            "email": f"{login[0]}.{login[0]}@example.com",
            "group_ids": [Command.set([env.ref(name).id for name in groups.split(",")])],
            **vals,
            **dict(*own),
        }
        for login, groups, *own in people
    ]
    with NO_PICTURE:
        users = env["res.users"].with_context(**(context or {})).create(values)
    # Each by itself: read together, they would hide queries from the tests that count them.
    return [users.browse(user.id) for user in users]
