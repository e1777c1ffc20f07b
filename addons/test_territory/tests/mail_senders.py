"""Where our modules make a mail, read from their sources."""

import ast

MODEL = "mail.mail"
# The last one is ours: `mail.template` to one person.
METHODS = {"message_mail_with_source", "send_email", "send_mail", "send_mail_batch", "_send_to"}


def _names_mail(node, tainted):
    """Whether `mail.mail`, or a name that stands for it, is in what is called."""
    return any(
        (isinstance(each, ast.Constant) and each.value == MODEL)
        or (isinstance(each, ast.Name) and each.id in tainted)
        or (isinstance(each, ast.Attribute) and each.attr in tainted)
        for each in ast.walk(node)
    )


def _get_tainted(tree):
    """Names and attributes of this file that were given `mail.mail`: its constant, its model."""
    tainted, before = set(), None
    while before != tainted:
        before = set(tainted)
        for node in ast.walk(tree):
            if isinstance(node, ast.NamedExpr):
                targets = [node.target]
            elif isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AnnAssign) and node.value:
                targets = [node.target]
            else:
                continue
            # `_inherit` names a model too: see `_is_of_mail`.
            if _names_mail(_without_arguments(node.value), tainted):
                tainted |= {
                    getattr(target, "id", getattr(target, "attr", None)) for target in targets
                }
        tainted -= {None, "_inherit", "_name"}
    return tainted


def _without_arguments(node):
    """`env["x"].create({"mail": env["mail.mail"]})` gives a record of x."""
    while isinstance(node, ast.Call):
        node = node.func
    return node


def _is_mail_maker(call, tainted, is_of_mail):
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    if ast.unparse(owner).startswith("super("):
        return False
    if call.func.attr in METHODS:
        return True
    if call.func.attr not in ("create", "copy"):
        return False
    return _names_mail(owner, tainted) or (
        is_of_mail
        and any(isinstance(each, ast.Name) and each.id == "self" for each in ast.walk(owner))
    )


def _is_of_mail(definition):
    return any(
        isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") in ("_name", "_inherit") for target in node.targets)
        and any(getattr(each, "value", "") == MODEL for each in ast.walk(node.value))
        for node in definition.body
    )


def find_in_source(source):
    """:return: the functions of this file that make a mail; "" outside of any"""
    tree = ast.parse(source)
    tainted = _get_tainted(tree)
    return set(_walk(tree, "", tainted, is_of_mail=False))


def _walk(node, name, tainted, is_of_mail):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _walk(child, name, tainted, _is_of_mail(child))
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _walk(child, child.name, tainted, is_of_mail)
        else:
            if isinstance(child, ast.Call) and _is_mail_maker(child, tainted, is_of_mail):
                yield name
            yield from _walk(child, name, tainted, is_of_mail)


def find_senders(folder):
    """:return: the set of `module/file.py:function`"""
    found = set()
    for path in folder.glob("*/**/*.py"):
        place = path.relative_to(folder)
        if {"tests", "migrations"} & set(place.parts) or place.parts[0] == "territory_demo":
            continue
        source = path.read_text()
        # Without one of these words there is none: most files are not parsed.
        if any(word in source for word in (MODEL, *METHODS)):
            found |= {f"{place}:{name}" for name in find_in_source(source)}
    return found
