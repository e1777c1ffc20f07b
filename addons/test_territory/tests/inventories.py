"""What is in which list, and who decides what in it."""

from pathlib import Path

from odoo.addons.core_doors.tests import core_list
from odoo.addons.core_doors.tests.test_core_list import LIST as DOORS_LIST

from . import access_lists, outgoing, public_methods, routes
from .inventory import ADDONS, HERE, Inventory, is_reason

# They are not installed where the platform serves.
ASIDE = ("core_doors", "test_", "territory_demo")


def may_enter(who, row):
    """A route that is shut says how."""
    return who in routes.WHO and (who != "nobody" or row["why"].startswith("closed"))


def find_routes(env):
    return {
        (*key, rule.endpoint.routing["auth"]): routes.get_addon(rule)
        for key, rule in routes.find_routes(env).items()
    }


def find_outgoing(env):
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    places = outgoing.find_outgoing(installed.mapped("name"))
    return {(place,): place.partition("/")[0] for place in places}


def is_test(name, _row):
    """The file that shows which rows, and who is refused."""
    return Path(name).name.startswith("test_") and (ADDONS / name).is_file()


ROUTES = Inventory(
    "routes",
    ("route", "methods", "auth"),
    {"who": may_enter, "why": is_reason},
    find_routes,
    # What leads to a page that has no link (`test_crawl.py`).
    free=("led_by",),
)
OUTGOING = Inventory("outgoing", ("place",), {"why": is_reason}, find_outgoing)
METHODS = Inventory(
    "public_methods",
    ("model", "method"),
    {"tried": lambda tried, _row: tried in ("yes", "no"), "why": lambda why, _row: bool(why)},
    lambda env: public_methods.find_public_methods(env.registry),
)
# docs/rights.md shows them together.
MODELS = Inventory(
    "models", ("model", *access_lists.GROUPS), {"test": is_test}, access_lists.find_given
)
INVENTORIES = (ROUTES, OUTGOING, METHODS, MODELS)


def find_platform_addons(env):
    """Those of ours that serve, without what closes core, which has its own list."""
    return {name for name in core_list.find_own_addons(env) if not name.startswith(ASIDE)}


def make_files(env):
    """Every list as it is to be, that of what we take of core too, in which nobody decides."""
    files = {}
    for inventory in INVENTORIES:
        files |= inventory.make_files(env)
    for path, addons in (
        (DOORS_LIST, {"core_doors"}),
        (ROUTES.get_path(HERE).with_name("core.csv"), find_platform_addons(env)),
    ):
        files[path] = core_list.make_text(core_list.make_rows(env, addons))
    return files
