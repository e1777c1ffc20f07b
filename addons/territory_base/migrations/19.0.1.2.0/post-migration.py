from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

DETAILS = ("street", "phone", "email", "opening_hours")


def migrate(cr, version):
    """The details of a town hall go from its commune to its service, those of the reception from
    the company; what is there already stays, what was typed as hours is kept as the remark."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "fr_FR", "active_test": False})
    _move_communes(env)
    _move_companies(env)


def _read(env, table, names):
    columns = SQL(", ").join(map(SQL.identifier, ("id", *names)))
    return env.execute_query(SQL("SELECT %s FROM %s", columns, SQL.identifier(table)))


def _drop(env, table, names):
    for name in names:
        env.cr.execute(
            SQL("ALTER TABLE %s DROP COLUMN %s", SQL.identifier(table), SQL.identifier(name))
        )


def _move_communes(env):
    if not column_exists(env.cr, "territory_commune", "opening_hours"):
        return
    Service = env["territory.service"]
    for commune_id, *details in _read(env, "territory_commune", DETAILS):
        if not any(details):
            continue
        commune = env["territory.commune"].browse(commune_id)
        town_hall = commune.town_hall_id or Service.search(
            [("code", "=", commune._get_town_hall_code())]
        )
        if not town_hall:
            town_hall = Service.create(
                {
                    "code": commune._get_town_hall_code(),
                    "name": f"Mairie de {commune.name}",
                    "kind": "town_hall",
                    "commune_ids": commune.ids,
                    "zip": commune.zip,
                    "city": commune.name,
                    "active": commune.active,
                }
            )
        _fill(town_hall, dict(zip(DETAILS, details, strict=True)))
    _drop(env, "territory_commune", DETAILS)


def _move_companies(env):
    if not column_exists(env.cr, "res_company", "opening_hours"):
        return
    for company_id, hours in _read(env, "res_company", ("opening_hours",)):
        if hours:
            service = env["res.company"].browse(company_id)._get_reception_service()
            _fill(service, {"opening_hours": hours})
    _drop(env, "res_company", ("opening_hours",))


def _fill(service, details):
    details["opening_note"] = details.pop("opening_hours")
    service.write({name: value for name, value in details.items() if value and not service[name]})
