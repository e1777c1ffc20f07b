"""Public methods that our addons define, and what calling them on a foreign record says."""

import inspect
import json
from functools import cache

from odoo.modules import get_module_path

from .named_records import Targets

OURS = get_module_path("test_territory").rpartition("/")[0]
# Of every model: other sweeps try its methods.
BASE = "odoo.addons.core_doors.models.base"
# The words of a transition, of a window on several records.
CONTEXTS = (
    {},
    {"reason_action": "accept"},
    {"reason_action": "refuse", "bulk_action": "take"},
)
GIVEN = {
    "after_id": False,
    "base": {},
    "changes": {},
    "due": "2099-01-01",
    "field_type": "char",
    "fnames": ["display_name"],
    "items": [{"label": "Un justificatif", "reason": "Illisible"}],
    "removed": {},
    "vals": {},
}


def find_own_methods(Model):
    """Names of what a remote call reaches on its records, and that our addons (re)define."""
    for name in dir(Model):
        method = getattr(Model, name, None)
        if name.startswith("_") or not inspect.isfunction(method):
            continue
        if getattr(method, "_api_private", False) or getattr(method, "_api_model", False):
            continue
        if any(is_own(base) and name in vars(base) for base in Model.__mro__):
            yield name


@cache
def is_own(definition):
    """Whether this class of a model is written in an addon of ours."""
    package, _dot, rest = definition.__module__.partition("addons.")
    if package != "odoo." or definition.__module__ == BASE:
        return False
    return (get_module_path(rest.partition(".")[0]) or "").startswith(OURS)


class ForeignTargets(Targets):
    """With the words of the people that a record is about."""

    def _get_words(self, record):
        words = super()._get_words(record)
        for field in record._fields.values():
            if (
                field.type == "many2one"
                and field.store
                and field.comodel_name
                in (
                    "res.partner",
                    "procedure.request",
                )
            ):
                named = record.with_user(1)[field.name]
                if named and not named.with_user(self.user).has_access("read"):
                    words |= super()._get_words(named)
        return words


def call(record, name):
    """What each call of this method answers, or says when it refuses."""
    method = getattr(type(record), name)
    parameters = list(inspect.signature(method).parameters.values())[1:]
    given = {
        each.name: GIVEN.get(each.name, "x")
        for each in parameters
        if each.default is each.empty
        and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
    }
    if "user_id" in given:
        given["user_id"] = record.env.uid
    for context in CONTEXTS:
        yield lambda context=context: getattr(record.with_context(**context), name)(**given)


def tell(answer):
    if hasattr(answer, "_fields"):
        if not answer.sudo(False).has_access("read"):
            return ""
        answer = answer.sudo(False).read(["display_name"])
    return json.dumps(answer, default=str, ensure_ascii=False)
