from odoo import api, fields, models

# What one connection, a village hall, keeps at the same time of one calendar, of one room: a form
# besides takes its place when it is sent.
HOLDS_AT_ONCE = 3


class ProcedureSlotHold(models.AbstractModel):
    """A place that is kept while a form is filled in: how many, for whoever asks from one place.

    A model that inherits it has `state` "held", `held_until` and `holder`.
    """

    _name = "procedure.slot.hold"
    _description = "Place held while a form is filled in"

    held_from = fields.Char(
        help="Digest of the connection from which it is held.", groups=fields.NO_ACCESS
    )

    @api.model
    def _digest_sender(self, sender):
        return self.env["public.guard"]._digest_hit("procedure.slot.hold.sender", sender)

    @api.model
    def _holds_enough(self, domain, sender, holder):
        """Whether this connection holds as many of these places for other forms as it may. Those
        that ask at the same moment are counted one after the other. In superuser mode.

        :param holder: digest of the secret of the form that asks
        """
        guard = self.env["public.guard"]
        digest = self._digest_sender(sender)
        guard._take_turn("procedure.slot.hold.sender", digest)
        domain = [
            *domain,
            ("state", "=", "held"),
            ("held_until", ">", fields.Datetime.now()),
            ("held_from", "=", digest),
            ("holder", "!=", holder),
        ]
        with guard._own_cursor() as cr:
            forms = self.with_env(self.env(cr=cr))._read_group(domain, ["holder"])
        return len(forms) >= HOLDS_AT_ONCE
