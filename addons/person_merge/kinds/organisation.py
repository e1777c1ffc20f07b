from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.partner_household.models.res_partner import ORGANISATION_KINDS
from odoo.addons.territory_base.tools import make_normalized_sql, normalize

from .base import OccupantKind

SIREN = 9


class OrganisationKind(OccupantKind):
    """The signs of one organisation: its number, or its name and commune. Two SIRET of one SIREN
    are two places of work."""

    twins = (
        ("partner.delegate", "organisation_id", "person_id", ("asked", "active")),
        OccupantKind.occupancy,
    )
    filled = ("company_registry", "rna", *OccupantKind.filled)

    def is_of(self, sheet):
        return sheet._is_organisation()

    def find_all(self, env):
        return env["res.partner"].search(Domain("kind", "in", ORGANISATION_KINDS))

    def find_similar(self, sheets):
        everybody = sheets | sheets.search(self._get_near_domain(sheets))
        names = everybody.grouped(lambda each: normalize(each.name or ""))
        numbers = everybody.grouped(lambda each: (each.company_registry or "")[:SIREN])
        associations = everybody.grouped(lambda each: each.rna or "")
        similar = {}
        for sheet in sheets:
            near = names.get(normalize(sheet.name or ""), sheet)
            if sheet.company_registry:
                near |= numbers.get(sheet.company_registry[:SIREN], sheet)
            if sheet.rna:
                near |= associations.get(sheet.rna, sheet)
            similar[sheet] = (near - sheet).filtered(
                lambda each, sheet=sheet: (
                    self._have_one_number(each, sheet) or self._have_one_name(each, sheet)
                )
            )
        return similar

    def _get_near_domain(self, sheets):
        """Those that may bear the number or the name of one of these, and not all that are
        known."""
        values = {
            "names": sheets.mapped("name"),
            "numbers": [each[:SIREN] for each in sheets.mapped("company_registry") if each],
            "associations": [each for each in sheets.mapped("rna") if each],
        }

        def to_sql(model, alias, query):
            read = {
                name: model._field_to_sql(alias, name, query)
                for name in ("name", "company_registry", "rna")
            }
            return SQL(
                """(%(rna)s = ANY(%(associations)s)
                    OR left(%(company_registry)s, %(digits)s) = ANY(%(numbers)s)
                    OR %(plain)s IN (SELECT %(one)s FROM unnest(%(names)s) AS one))""",
                digits=SIREN,
                plain=make_normalized_sql(model.env, read["name"]),
                one=make_normalized_sql(model.env, SQL("one")),
                **read,
                **values,
            )

        return Domain("kind", "in", ORGANISATION_KINDS) & Domain.custom(to_sql=to_sql)

    def _have_one_number(self, one, two):
        if one.rna and one.rna == two.rna:
            return True
        short, long = sorted((one.company_registry or "", two.company_registry or ""), key=len)
        return bool(short) and (short == long or (len(short) == SIREN and long.startswith(short)))

    def _have_one_name(self, one, two):
        """Two numbers of one kind that differ say that they are two."""
        for number in ("rna", "company_registry"):
            if one[number] and two[number] and not self._have_one_number(one, two):
                return False
        communes = [each.commune_id or each._current_dwelling().commune_id for each in (one, two)]
        return normalize(one.name or "") == normalize(two.name or "") and bool(
            communes[0] and communes[0] == communes[1]
        )

    def get_problem(self, kept, merged, is_manager):
        env = kept.env
        if env["res.company"].search_count([("partner_id", "in", (kept | merged).ids)], limit=1):
            return env._("The sheet of the intercommunality itself is not merged.")
        if is_manager:
            return ""
        if merged not in self.find_similar(kept)[kept]:
            return env._(
                "Neither the same number nor the same name and commune: the manager merges them."
            )
        acting = [each._get_current_delegates() for each in (kept, merged)]
        if all(acting) and not acting[0] & acting[1] and not self._have_one_number(kept, merged):
            return env._(
                "Others act for each of them, and no number says that it is one: the manager "
                "merges them, once both were called."
            )
        return ""

    def describe(self, sheet):
        env = sheet.env
        return [
            (env._("SIREN or SIRET"), sheet.company_registry or ""),
            (env._("RNA number"), sheet.rna or ""),
            (env._("Telephone"), sheet.phone or ""),
            (env._("E-mail"), sheet.email or ""),
            (env._("Address"), self._get_address(sheet)),
            (env._("Acts for it"), ", ".join(sheet._get_current_delegates().mapped("name"))),
        ]
