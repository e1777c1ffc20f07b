from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _prepare_portal_blocks(self, by=None):
        """Her room: when, how far it is, and how to give it up."""
        blocks = super()._prepare_portal_blocks(by)
        booking = self.room_booking_ids.sorted("id")[-1:]
        if not booking:
            return blocks
        may_give_up = self._has_room_before_keys()
        acts = [("room_give_up", self.env._("I give up the room"))] if may_give_up else []
        return [
            {
                "name": "salle",
                "title": self.env._("Your room"),
                "template": "website_room_booking.portal_room",
                "values": {
                    "words": booking.display_name,
                    "state": booking._get_applicant_words(),
                    "days": booking._get_stage_days(),
                },
                "acts": acts,
                # By its own template.
                "is_asked_first": True,
            },
            *blocks,
        ]

    def _get_asked_promise(self):
        """The room is not kept for ever."""
        return self._get_room_kept_sentence() or super()._get_asked_promise()

    def _get_event_titles(self):
        return {
            **super()._get_event_titles(),
            "room_give_up": (self.env._("You gave up the room"), "x"),
            "room_withdraw": (self.env._("The town hall cancelled the booking"), "x"),
            "room_expire": (self.env._("The option has ended"), "x"),
        }
