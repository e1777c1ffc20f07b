"""The files of tests that take longest begin: at the end, one process would be alone with them.

`tests/longest.txt` names them; xdist, left alone, begins with the files that have most tests.
"""


def pytest_collection_modifyitems(config, items):
    lines = (config.rootpath / "tests" / "longest.txt").read_text().splitlines()
    rank = {config.rootpath / line: place for place, line in enumerate(lines)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))
