from . import blank
