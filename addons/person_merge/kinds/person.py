from odoo.fields import Domain
from odoo.tools import format_date

from .base import SheetKind


class PersonKind(SheetKind):
    """An adult. Sheets of a child are joined on its authority."""

    twins = (
        ("household.membership", "person_id", "household_id", None),
        ("parental.authority", "holder_id", "child_id", ("declared", "verified")),
        ("partner.delegate", "person_id", "organisation_id", ("asked", "active")),
    )
    filled = (
        "birth_name",
        "birthdate",
        "birthplace",
        "birth_insee",
        "birth_country_id",
        *SheetKind.filled,
    )

    def list_twins(self, env):
        return (*self.twins, *env["res.partner"]._list_held_once())

    def is_of(self, sheet):
        return sheet.kind == "person" and not sheet.is_minor

    def is_listed(self, sheet):
        return sheet.kind == "person"

    def find_all(self, env):
        groups = env["res.partner"]._read_group(
            Domain("identity_key", "!=", False), ["identity_key"], having=[("__count", ">", 1)]
        )
        return env["res.partner"].search(Domain("identity_key", "in", [key for (key,) in groups]))

    def find_similar(self, sheets):
        keys = [key for key in sheets.mapped("identity_key") if key]
        twins = sheets.search(Domain("identity_key", "in", keys)).grouped("identity_key")
        return {sheet: twins.get(sheet.identity_key, sheet) - sheet for sheet in sheets}

    def get_problem(self, kept, merged, is_manager):
        env, users = kept.env, (kept | merged).user_ids
        if any(not each.share for each in users):
            return env._("The sheet of a colleague is not merged here.")
        if users.partner_id == merged:
            return env._("The account is that of the other sheet: keep that one instead.")
        if is_manager:
            return ""
        if kept.identity_key != merged.identity_key:
            return env._("The names or the birth dates differ: the manager merges them.")
        if len(users.partner_id) == 2:
            return env._("Both have an account: the manager merges them, once both were called.")
        return ""

    def describe(self, sheet):
        env = sheet.env
        households = sheet._get_current_households()
        return [
            (env._("Birth date"), format_date(env, sheet.birthdate) if sheet.birthdate else ""),
            (env._("Telephone"), sheet.phone or ""),
            (env._("E-mail"), sheet.email or ""),
            (env._("Address"), sheet._current_dwelling().display_name or ""),
            (env._("Household"), ", ".join(households.mapped("name"))),
            (env._("Account"), env._("Yes") if sheet.user_ids else env._("No")),
        ]
