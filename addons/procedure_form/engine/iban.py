from importlib.machinery import SourceFileLoader

import stdnum

# Odoo's import hook leaves the package a loader that finds no data file: it gets its own back.
stdnum.__spec__.loader = SourceFileLoader(stdnum.__name__, stdnum.__file__)

from stdnum.iban import is_valid  # noqa: E402

__all__ = ["is_valid"]
