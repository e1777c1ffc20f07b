from . import elimination
