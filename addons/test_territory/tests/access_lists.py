"""What the access lists of each model of ours give to the groups of each persona."""

from collections import defaultdict

from .inventory import ADDONS
from .matrix import NOTHING

OPERATIONS = {"R": "read", "W": "write", "C": "create", "D": "unlink"}
GROUPS = {
    "visitor": "base.group_public",
    "resident": "base.group_portal",
    "agent": "territory_base.territory_group_agent",
    "secretary": "territory_base.territory_group_secretary",
    "communication": "territory_base.territory_group_communication",
    "dpo": "territory_base.territory_group_dpo",
    "manager": "territory_base.territory_group_manager",
    "administrator": "base.group_system",
}


def is_ours(addon):
    return (ADDONS / addon).is_dir() and not addon.startswith("test_")


def find_own_models(env):
    """:return: {name: the addon that made it}"""
    return {
        name: model._original_module
        for name, model in env.registry.items()
        if not model._abstract and is_ours(model._original_module)
    }


def find_given(env):
    """:return: {(model, letters of each persona…): the addon that made it}"""
    given = defaultdict(set)
    for line in env["ir.model.access"].sudo().search([]):
        for letter, operation in OPERATIONS.items():
            if line[f"perm_{operation}"]:
                given[line.model_id.model, letter].add(line.group_id.id)
    # A line without a group is everybody's.
    groups = [{False, *env.ref(name).all_implied_ids.ids} for name in GROUPS.values()]
    return {
        (model, *(_get_letters(given, model, each) for each in groups)): addon
        for model, addon in find_own_models(env).items()
    }


def _get_letters(given, model, groups):
    return "".join(each for each in OPERATIONS if given[model, each] & groups) or NOTHING
