from odoo import api, models

from ..events import OWN_EVENTS


class SituationEvents(models.AbstractModel):
    """What may have happened, in this database: an addon adds its own."""

    _name = "situation.events"
    _description = "Events of a report of change"

    @api.model
    def _get_events(self):
        """Each event: dict answer to `situation_event` -> instance of `Event`.

        Extended, with `super()`, by the addon that brings an event. An answer that is not there is
        one that an administrator wrote: an agent reads it, and nothing is proposed by itself.
        """
        return dict(OWN_EVENTS)

    @api.model
    def _find(self, kind, code):
        """The event of this answer, in a report of this kind; None: nobody reads it."""
        event = self._get_events().get(code)
        return event if event and kind in event.kinds else None
