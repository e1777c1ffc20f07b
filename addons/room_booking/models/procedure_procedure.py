from odoo import api, fields, models

from ..moments import PERIODS

KIND = "room_booking"


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[(KIND, "Room of a commune")], ondelete={KIND: "set generic"}
    )
    room_ids = fields.One2many("room.room", "procedure_id", "Rooms", groups="base.group_user")

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind == KIND:
            keys = {**keys, "room": "room", "room_day": "date", "room_period": "selection"}
        return keys

    def _get_publication_todo(self, version):
        """A choice of hours that nobody would understand books nothing."""
        todo = super()._get_publication_todo(version)
        if self.kind != KIND:
            return todo
        question = version.field_ids.filtered(lambda field: field.key == "room_period")
        unknown = question.option_ids.filtered(lambda option: option.value not in PERIODS)
        if unknown:
            sentence = self.env._(
                "“%(label)s”: its choices are called %(known)s, not %(names)s.",
                label=question.label,
                known=", ".join(PERIODS),
                names=", ".join(unknown.mapped("value")),
            )
            todo.append((sentence, "form"))
        return todo

    def _get_silence_words(self):
        """What is read before one asks: what it means when nobody answers, and for whom. Of a
        regime that is not validated the public reads nothing: the desk says it to the staff. In
        superuser mode."""
        self.ensure_one()
        hired = self.env._(
            "Without an answer: a room is let by a contract, silence neither grants nor refuses it."
        )
        rule = self._get_silence_rule()
        if not rule or rule.effect != "refused":
            return hired
        delay = (
            self.env._("%(count)s months", count=rule.number)
            if rule.unit == "month"
            else self.env._("%(count)s days", count=rule.number)
        )
        lent = self.env._(
            "For an association that borrows it (CGCT L2144-3), silence is a refusal after "
            "%(delay)s: its acknowledgment says the day, and how to appeal.",
            delay=delay,
        )
        return f"{hired} {lent}"

    def _get_concerned_communes(self):
        """Each room says for whom, wherever the procedure is answered."""
        rooms_sudo = self.sudo().room_ids
        if self.kind != KIND or not rooms_sudo:
            return super()._get_concerned_communes()
        open_to = set(rooms_sudo.mapped("open_to"))
        communes = self.env["territory.commune"]
        if "all" in open_to:
            return communes
        if "territory" in open_to:
            return communes.search([("active", "=", True)])
        return rooms_sudo.service_id.commune_ids.sudo(self.env.su)

    def _concerns_everybody(self):
        """A room that everybody may ask for: no commune is asked first, the room says where."""
        if self.kind == KIND and "all" in self.sudo().room_ids.mapped("open_to"):
            return True
        return super()._concerns_everybody()

    def _get_completion_due(self):
        """What lacks is expected while the option lasts: the shortest, before a room is chosen."""
        rooms_sudo = self.sudo().room_ids
        if self.kind != KIND or not rooms_sudo:
            return super()._get_completion_due()
        return min(room_sudo._get_option_due() for room_sudo in rooms_sudo)
