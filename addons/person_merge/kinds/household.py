from odoo.fields import Domain

from odoo.addons.territory_base.tools import normalize

from .base import OccupantKind


class HouseholdKind(OccupantKind):
    """The signs of one home: the same adults; or the same main dwelling today, and an adult or a
    family name in common. A child in common is none: it may live at each of its parents'."""

    twins = (
        ("household.membership", "household_id", "person_id", None),
        OccupantKind.occupancy,
    )

    def is_of(self, sheet):
        return sheet.kind == "household"

    def find_all(self, env):
        persons = env["household.membership"]._read_group(
            self._get_adult_domain(env),
            ["person_id"],
            ["household_id:recordset"],
            having=[("household_id:count_distinct", ">", 1)],
        )
        dwellings = env["dwelling.occupancy"]._read_group(
            self._get_home_domain(env),
            ["dwelling_id"],
            ["occupant_id:recordset"],
            having=[("occupant_id:count_distinct", ">", 1)],
        )
        found = env["res.partner"].union(*(each for _key, each in (*persons, *dwellings)))
        return found.filtered("active")

    def find_similar(self, sheets):
        env = sheets.env
        living, homes = self._get_adult_domain(env), self._get_home_domain(env)
        Membership, Occupancy = env["household.membership"], env["dwelling.occupancy"]
        persons = Membership.search(living & Domain("household_id", "in", sheets.ids)).person_id
        dwellings = Occupancy.search(homes & Domain("occupant_id", "in", sheets.ids)).dwelling_id
        near = sheets | (
            Membership.search(living & Domain("person_id", "in", persons.ids)).household_id
            | Occupancy.search(homes & Domain("dwelling_id", "in", dwellings.ids)).occupant_id
        ).filtered("active")
        adults = dict(
            Membership._read_group(
                living & Domain("household_id", "in", near.ids),
                ["household_id"],
                ["person_id:recordset"],
            )
        )
        places = dict(
            Occupancy._read_group(
                homes & Domain("occupant_id", "in", near.ids),
                ["occupant_id"],
                ["dwelling_id:recordset"],
            )
        )

        def are_one(one, two):
            hers, theirs = (adults.get(each, env["res.partner"]) for each in (one, two))
            if hers and hers == theirs:
                return True
            nowhere = env["territory.dwelling"]
            return bool(places.get(one, nowhere) & places.get(two, nowhere)) and bool(
                hers & theirs or self._get_names(hers) & self._get_names(theirs)
            )

        return {
            sheet: near.filtered(lambda each, sheet=sheet: each != sheet and are_one(sheet, each))
            for sheet in sheets
        }

    def _get_adult_domain(self, env):
        return env["household.membership"]._current_domain() & Domain("role", "=", "adult")

    def _get_home_domain(self, env):
        return (
            env["dwelling.occupancy"]._current_domain()
            & Domain("dwelling_id.kind", "=", "main")
            & Domain("occupant_id.kind", "=", "household")
        )

    def _get_names(self, persons):
        return {normalize(name) for name in persons.mapped("lastname") if name}

    def get_problem(self, kept, merged, is_manager):
        env = kept.env
        hers, theirs = (each._get_current_members("adult") for each in (kept, merged))
        is_similar = merged in self.find_similar(kept)[kept]
        children = kept._get_current_members("child") & merged._get_current_members("child")
        if not is_similar and not hers & theirs and children:
            return env._(
                "Only a child lives in both: each of its parents has a household, they are not "
                "merged."
            )
        if is_manager:
            return ""
        if not is_similar:
            return env._(
                "Neither the same adults nor the same dwelling and name: the manager merges them."
            )
        if not hers & theirs and hers.user_ids and theirs.user_ids:
            return env._(
                "Somebody has an account in each of them: the manager merges them, once both were "
                "called."
            )
        return ""

    def describe(self, sheet):
        env = sheet.env
        members = [
            (env._("Adults"), sheet._get_current_members("adult")),
            (env._("Children"), sheet._get_current_members("child")),
            (env._("Others"), sheet._get_current_members("other")),
        ]
        return [
            *((what, ", ".join(persons.mapped("name"))) for what, persons in members),
            (env._("Address"), self._get_address(sheet)),
        ]
