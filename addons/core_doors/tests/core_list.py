"""What our addons take of core's inside: the methods that they override, the private ones that
they call, as core has them today. Compared with a recorded list, an update of Odoo tells by name
what to read again (readme/TECHNICAL.md)."""

import ast
import csv
import hashlib
import inspect
import io
import re
from pathlib import Path

import odoo.api
import odoo.fields
import odoo.http
import odoo.models
import odoo.sql_db
from odoo.modules import Manifest
from odoo.tools import file_path

COLUMNS = ("core", "use", "by", "signature", "source")
AUTHOR = "E-Territoire contributors"
# Odoo's own test case puts another one in its place: no two readings would agree.
REPLACED_BY_TESTS = {"_crypt_context"}
# Of what is no model; a class or a module.
PLACES = (
    odoo.http.Request,
    odoo.http.HTTPRequest,
    odoo.http.Session,
    odoo.sql_db.Cursor,
    odoo.sql_db.BaseCursor,
    odoo.fields.Field,
    odoo.fields.Char,
    odoo.fields.Selection,
    odoo.api.Environment,
)


def find_own_addons(env):
    """Names of the installed addons that are ours."""
    names = env["ir.module.module"].sudo().search([("state", "=", "installed")]).mapped("name")
    return {name for name in names if Manifest.for_addon(name).get("author") == AUTHOR}


def get_addon(thing):
    """The addon of a class or function; empty for the framework itself."""
    found = re.match(r"odoo\.addons\.(\w+)", thing.__module__)
    return found[1] if found else ""


def get_function(attribute):
    """The function as it is written, without what decorates it; None when it is none."""
    if isinstance(attribute, classmethod | staticmethod):
        attribute = attribute.__func__
    if isinstance(attribute, property):
        attribute = attribute.fget
    attribute = getattr(attribute, "original_endpoint", attribute)
    return inspect.unwrap(attribute) if inspect.isfunction(attribute) else None


def get_below(env):
    """{our addon: the addons that it depends on, near or far, and the framework}"""
    modules = env["ir.module.module"].sudo().search([("state", "=", "installed")])
    near = {each.name: set(each.dependencies_id.mapped("name")) for each in modules}

    def get_all(name):
        return near[name].union(*map(get_all, near[name]))

    return {name: get_all(name) | {""} for name in find_own_addons(env)}


def find_overrides(env, addons, below):
    """{function of core: addons among `addons` that override it}"""
    found = {}
    for model in env.registry.values():
        add_overrides(found, model.mro(), addons, below)
    for controller in get_subclasses(odoo.http.Controller):
        add_overrides(found, controller.mro(), addons, below)
    return found


def get_subclasses(cls):
    for child in cls.__subclasses__():
        yield child
        yield from get_subclasses(child)


def add_overrides(found, mro, addons, below):
    for place, cls in enumerate(mro):
        if (addon := get_addon(cls)) not in addons:
            continue
        # What others add to the same method, where they are installed, is not its business.
        parents = [
            each for each in mro[place + 1 :] if get_addon(each) in below[addon] - below.keys()
        ]
        for name, attribute in vars(cls).items():
            if name.startswith("__") or not get_function(attribute):
                continue
            for parent in parents:
                if function := get_function(vars(parent).get(name)):
                    found.setdefault(function, set()).add(addon)
                    break


def find_private_uses(addons, own):
    """What none of ours defines: {name: addons among `addons` that call it}, and the same of the
    names that are given another value."""
    defined, called, replaced = set(), {}, {}
    for addon in own:
        for path in sorted(Path(file_path(addon)).rglob("*.py")):
            if "tests" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    defined.add(node.name)
                elif isinstance(node, ast.Attribute) and re.match("_[a-zA-Z]", node.attr):
                    is_super = ast.unparse(node.value).startswith("super(")
                    if addon in addons and not is_super:
                        is_given = isinstance(node.ctx, ast.Store)
                        names = replaced if is_given else called
                        names.setdefault(node.attr, set()).add(addon)
    for names in (called, replaced):
        for name in (defined | REPLACED_BY_TESTS).intersection(names):
            del names[name]
    return called, replaced


def find_definitions(env, addons, below, name):
    """The functions of core that bear this name, each where it is first defined."""
    mangled = re.fullmatch(r"_([A-Za-z]+)(__\w+)", name)
    if mangled:
        # A private attribute: what its class does first.
        return {
            place.__init__
            for place in PLACES
            if place.__name__ == mangled[1] and f"self.{mangled[2]}" in inspect.getsource(place)
        }
    known = set().union(*(below[addon] for addon in addons)) - below.keys()
    lines = [model.mro() for model in env.registry.values()]
    lines += [place.mro() for place in PLACES]
    found = set()
    for line in lines:
        for cls in reversed(line):
            function = get_function(vars(cls).get(name))
            if function and get_addon(cls) in known:
                found.add(function)
                break
    return found


def describe(function):
    digest = hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]
    # A function given as a default value bears its place in memory.
    signature = re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(function)))
    return {"signature": signature, "source": digest}


def make_rows(env, addons):
    """The list as it is today for these addons, one row for each function of core."""
    below = get_below(env)
    rows = {}

    def add(core, use, users, function=None):
        row = rows.setdefault(core, {"core": core, "use": use, "by": set()})
        row["by"] |= users
        row.update(describe(function) if function else {"signature": "", "source": ""})

    for function, users in find_overrides(env, addons, below).items():
        add(f"{function.__module__}:{function.__qualname__}", "overrides", users, function)
    called, replaced = find_private_uses(addons, below)
    for use, names in (("replaces", replaced), ("calls", called)):
        for name, users in names.items():
            definitions = find_definitions(env, users, below, name)
            for function in definitions:
                add(f"{function.__module__}:{function.__qualname__}", use, users, function)
            # A slot of our own objects, a field of a named tuple: no function of core.
            if not (definitions or name in replaced or is_class_attribute(env, name)):
                add(name, use, users)
    for row in rows.values():
        row["by"] = " ".join(sorted(row["by"]))
    return {core: rows[core] for core in sorted(rows)}


def is_class_attribute(env, name):
    """`_name`, `_fields`, a constraint: no method."""
    return any(hasattr(model, name) for model in env.registry.values())


def read_rows(path):
    with Path(path).open(encoding="utf-8", newline="") as lines:
        return {row["core"]: row for row in csv.DictReader(lines)}


def make_text(rows):
    """The file of this list."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.values())
    return lines.getvalue()


def compare(recorded, today):
    """What to read again, in sentences: ([wrong], [changed inside])."""
    wrong, changed = [], []
    for core in sorted(recorded.keys() | today.keys()):
        old, new = recorded.get(core), today.get(core)
        if not new:
            wrong.append(f"{core}: no longer there, or no longer used by {old['by']}")
        elif not old:
            changed.append(f"{core}: new in {new['by']} (bin/inventory --write)")
        elif old["signature"] != new["signature"]:
            wrong.append(f"{core}: {old['signature']} became {new['signature']} ({new['by']})")
        elif old["source"] != new["source"]:
            changed.append(f"{core}: written otherwise, read it again ({new['by']})")
    return wrong, changed
