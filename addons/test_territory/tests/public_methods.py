"""Methods that a remote call reaches, and that name somebody's file, message or contact."""

import csv
import inspect
import re
from pathlib import Path

from odoo.exceptions import AccessError

from .method_calls import OWN_FILE

RETURNED, REFUSED = "returned", AccessError.__name__
# Refused to everybody who is tried, whatever it is given.
NEVER = {
    "message_mail_with_source": "core keeps outgoing mails for the administrator",
    "message_process": "of the mail server",
}
# Another answer than a result or a refused right.
OTHERWISE = {
    ("message_subscribe", "UserError"): "core: a discussion has members, nobody follows it",
    ("post_message", "UserError"): "core: a message that waits is its author's",
}
NAMING = re.compile(r"attachment|message|partner|follower")
CLASSIFIED = Path(__file__).with_name("public_methods.csv")


def find_public_methods(env):
    """{(where it is defined, its name): (a model that has it, its parameters)}, each once."""
    found = {}
    for model in sorted(env.registry):
        Model = env.registry[model]
        for name in dir(Model):
            method = getattr(Model, name, None)
            if name.startswith("_") or not inspect.isfunction(method):
                continue
            owner, function = _get_first(Model, name)
            if getattr(method, "_api_private", False) or function is None:
                continue
            names = [each for each in inspect.signature(function).parameters if each != "self"]
            if any(NAMING.search(each) for each in (name, *names)):
                found.setdefault((owner, name), (model, names))
    return found


def _get_first(Model, name):
    """Where core, or we, define it first: overrides often hide its parameters behind `**kwargs`."""
    owner, function = None, None
    for base in Model.__mro__:
        if name in vars(base) and inspect.isfunction(vars(base)[name]):
            owner, function = base, vars(base)[name]
    return getattr(owner, "_name", None) or getattr(owner, "__name__", ""), function


def read_classified():
    with CLASSIFIED.open(encoding="utf-8") as file:
        return {(row["model"], row["method"]): row for row in csv.DictReader(file)}


def find_unproven(outcomes):
    """Methods of which the sweep says nothing: the call fails for another reason than a right.

    :param outcomes: {(owner, name): {what was foreign in the call: Counter of how it ended}}
    """
    found, seen = [], set()
    for (owner, name), counted in outcomes.items():
        method = f"{owner}.{name}"
        is_closed = name in NEVER
        seen |= {(name, error) for each in counted.values() for error in each}
        if RETURNED not in counted[()] and not is_closed:
            found.append(f"{method} never returns: wrong arguments?")
        if is_closed and any(RETURNED in each for each in counted.values()):
            found.append(f"{method} returns: no longer true of NEVER")
        for given, each in counted.items():
            for error in each.keys() - {RETURNED, REFUSED}:
                if (name, error) not in OTHERWISE:
                    found.append(f"{method} with {given or 'what is hers'}: {error}")
        if (OWN_FILE,) in counted and not is_closed:
            if RETURNED not in counted[OWN_FILE,]:
                found.append(f"{method} with {OWN_FILE}: never returns")
            if set(counted["attachment_ids",]) != {REFUSED}:
                found.append(f"{method} with attachment_ids: {dict(counted['attachment_ids',])}")
    gone = {name for name in NEVER if name not in {name for name, _error in seen}}
    gone |= set(OTHERWISE) - seen
    return found + [f"no longer true: {each}" for each in sorted(map(str, gone))]
