"""Imported first: WeasyPrint tells each step of each rendering as an INFO, its own import included,
and each unknown property as a WARNING."""

import logging

for name in ("weasyprint", "fontTools"):
    logging.getLogger(name).setLevel(logging.ERROR)
