"""Where the installed modules ask something of another machine, read from their sources."""

import ast
import re
from pathlib import Path

from odoo.modules.module import get_module_path

# Names that open a connection, whoever owns them.
CALLED = re.compile(
    r"(create_connection|iap_jsonrpc|urlopen|urlretrieve|HTTPS?Connection|ServerProxy"
    r"|(SMTP|IMAP4|POP3)(_SSL)?)$"
)
VERBS = {"delete", "get", "head", "patch", "post", "put", "request", "send"}


def _asks(call):
    function = call.func
    if isinstance(function, ast.Name):
        return bool(CALLED.search(function.id))
    if not isinstance(function, ast.Attribute):
        return False
    if CALLED.search(function.attr):
        return True
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    # `request.session.get(…)` reads the visitor's session, and has no timeout.
    waits = any(keyword.arg == "timeout" for keyword in call.keywords)
    return function.attr in VERBS and (
        name in ("requests", "requests_session") or (name == "session" and waits)
    )


def _walk(node, path):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _walk(child, [*path, child.name])
        else:
            if isinstance(child, ast.Call) and _asks(child):
                yield ".".join(path)
            yield from _walk(child, path)


def find_outgoing(modules):
    """:return: the set of `module/file.py: Class.function` that open a connection"""
    found = set()
    for module in modules:
        folder = Path(get_module_path(module))
        for file in folder.rglob("*.py"):
            parts = file.relative_to(folder).parts
            if "tests" in parts or "static" in parts:
                continue
            source = file.read_text()
            for place in _walk(ast.parse(source), []):
                found.add(f"{module}/{'/'.join(parts)}: {place}")
    return found
