"""What may have happened, one class each: which answers of the form say it, and what they change.
An addon brings its own by `situation.events._get_events()`."""

from .base import Event
from .household import HOUSEHOLD_EVENTS
from .organisation import ORGANISATION_EVENTS

__all__ = ["Event", "OWN_EVENTS"]
OWN_EVENTS = {each.code: each for each in (*HOUSEHOLD_EVENTS, *ORGANISATION_EVENTS)}
