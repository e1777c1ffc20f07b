"""The files of tests in an order drawn by the number that `bin/sweep` prints (SEED): what one
leaves behind, another one finds. Both processes of pytest-xdist draw the same one.
"""

import os
import random


def pytest_collection_modifyitems(items):
    files = list(dict.fromkeys(item.path for item in items))
    random.Random(os.environ["SEED"]).shuffle(files)
    rank = {path: place for place, path in enumerate(files)}
    items.sort(key=lambda item: rank[item.path])
