from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Lack:
    """What is asked and that nobody gave, or that ends soon.

    :param kind: of the paper
    :param child: whom it is about; empty: the parent herself
    :param date_end: its last day, when one is there; None: there is none
    """

    kind: Any
    child: Any
    date_end: date | None = None
