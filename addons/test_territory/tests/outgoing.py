"""Where the installed modules ask something of another machine, or start another program, read
from their sources."""

import ast
import re
from pathlib import Path

from odoo.modules.module import get_module_path

# Names that open a connection, whoever owns them.
CALLED = re.compile(
    r"(create_connection|iap_jsonrpc|urlopen|urlretrieve|HTTPS?Connection|ServerProxy|Popen"
    r"|(SMTP|IMAP4|POP3)(_SSL)?)$"
)
VERBS = {"delete", "get", "head", "patch", "post", "put", "request", "send"}
# By where they come from, under whatever name they are imported.
OUTSIDE = re.compile(
    r"(aiohttp|clamd|ftplib|http\.client|httpx|imaplib|paramiko|poplib|requests|smtplib|socket"
    r"|subprocess|telnetlib|urllib\.request|urllib3|xmlrpc\.client)\.\w"
    r"|os\.(exec|popen|posix_spawn|spawn|system)|asyncio\.(create_(datagram_|subprocess|connection)"
    r"|open_)"
)
# Of the same places, what only prepares, reads or names an error.
INSIDE = re.compile(
    r"\.(Request|contrib|escape|exceptions|gethostname|inet_\w+|list2cmdline|match_hostname|util)\b"
    r"|(Error|Exception)$"
)


def _get_imported(tree):
    """{a name of this file: where it comes from}"""
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                imported[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return imported


def _get_origin(function, imported):
    """The whole name of what is called, from where it is imported; or nothing."""
    names = []
    while isinstance(function, ast.Attribute):
        names.append(function.attr)
        function = function.value
    if not isinstance(function, ast.Name) or function.id not in imported:
        return ""
    return ".".join([imported[function.id], *reversed(names)])


def _asks(call, imported):
    function = call.func
    origin = _get_origin(function, imported)
    if OUTSIDE.match(origin) and not INSIDE.search(origin):
        return True
    if isinstance(function, ast.Name):
        return bool(CALLED.search(function.id))
    if not isinstance(function, ast.Attribute):
        return False
    if CALLED.search(function.attr):
        return True
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    if function.attr in ("connect", "connect_ex") and "sock" in name:
        return True
    # `request.session.get(…)` reads the visitor's session, and has no timeout.
    waits = any(keyword.arg == "timeout" for keyword in call.keywords)
    return function.attr in VERBS and (
        name in ("requests", "requests_session") or (name == "session" and waits)
    )


def _walk(node, path, imported):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _walk(child, [*path, child.name], imported)
        else:
            if isinstance(child, ast.Call) and _asks(child, imported):
                yield ".".join(path)
            yield from _walk(child, path, imported)


def find_in_source(source):
    """:return: the functions of this file that ask; "" outside of any"""
    tree = ast.parse(source)
    return set(_walk(tree, [], _get_imported(tree)))


def find_outgoing(modules):
    """:return: the set of `module/file.py: Class.function`"""
    found = set()
    for module in modules:
        folder = Path(get_module_path(module))
        for file in folder.rglob("*.py"):
            parts = file.relative_to(folder).parts
            if "tests" in parts or "static" in parts:
                continue
            for place in find_in_source(file.read_text()):
                found.add(f"{module}/{'/'.join(parts)}: {place}")
    return found
