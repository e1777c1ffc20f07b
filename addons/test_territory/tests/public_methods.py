"""Methods that a remote call reaches, and that name somebody's file, message or contact."""

import csv
import inspect
import re
from pathlib import Path

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
