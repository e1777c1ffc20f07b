"""Methods that a remote call reaches, and that name somebody's file, message or contact."""

import inspect
import re

from odoo.exceptions import AccessError

from odoo.addons.core_doors.tests.core_list import get_addon

from .method_calls import OWN_FILE

RETURNED, REFUSED = "returned", AccessError.__name__
# Refused to everybody who is tried, whatever it is given.
NEVER = {
    "send_mail": "by what happens, in superuser mode",
    "send_mail_batch": "same",
    "process_email_queue": "core keeps outgoing mails for the administrator",
    "message_mail_with_source": "core keeps outgoing mails for the administrator",
    "message_process": "of the mail server",
}
# Another answer than a result or a refused right.
OTHERWISE = {
    ("message_subscribe", "UserError"): "core: a discussion has members, nobody follows it",
    ("post_message", "UserError"): "core: a message that waits is its author's",
}
NAMING = re.compile(r"attachment|message|partner|follower|recipient|^(res|email)_ids?$")


def find_public_methods(registry):
    """{(where it is defined, its name): the addon that defines it}

    :param registry: {name of a model: its class}
    """
    found = {}
    for model in sorted(registry):
        Model = registry[model]
        for name in dir(Model):
            method = getattr(Model, name, None)
            if name.startswith("_") or getattr(method, "_api_private", False):
                continue
            first, names = _get_definitions(Model, name)
            if first and any(NAMING.search(each) for each in (name, *names)):
                owner = getattr(first, "_name", None) or first.__name__
                found[owner, name] = get_addon(first)
    return found


def _get_definitions(Model, name):
    """Where core, or we, define it first; and the parameters of all its definitions: some hide
    theirs behind `**kwargs`, some add to those that they extend."""
    first, names = None, {}
    for base in Model.__mro__:
        # A remote call reaches methods of the class too.
        function = getattr(vars(base).get(name), "__func__", vars(base).get(name))
        if inspect.isfunction(function):
            first = base
            names |= dict.fromkeys(inspect.signature(function).parameters)
    return first, [each for each in names if each not in ("self", "cls")]


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
