"""The demo is one model made of parts: a method of one that bears the name of another's takes its
place, and is seen on a new database only."""

import ast
from collections import Counter

from architecture import ROOT


def test_no_two_parts_of_the_demo_have_a_method_of_one_name():
    names = Counter(
        node.name
        for path in (ROOT / "addons" / "territory_demo" / "models").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    )
    assert names
    assert [name for name, count in names.items() if count > 1] == []
