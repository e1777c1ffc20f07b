import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_tell

PNG = b"\x89PNG\r\n\x1a\n"
SIGNATURE_MAX = 500_000  # bytes
# Who refused was there; what is "other" is in a remark, which is the service's.
TOLD = ("nobody", "access", "address")


class WasteContainerMove(models.Model):
    _inherit = "waste.container.move"

    handover_ids = fields.One2many("waste.handover", "move_id", "At the door")

    @api.model
    def get_end_of_round(self):
        """What is told on the phone where no stop of today is left: a list of sentences, empty when
        the user reads none that was done today."""
        today = clock.today()
        done = self.search_count([("state", "=", "done"), ("date_done", "=", today)])
        if not done:
            return []
        words = [
            self.env._("All is done: 1 bin.")
            if done == 1
            else self.env._("All is done: %(count)s bins.", count=done)
        ]
        failed = self.search_count(
            [
                ("state", "=", "todo"),
                ("date_planned", "=", False),
                ("handover_ids.outcome", "=", "failed"),
            ]
        )
        if failed:
            words.append(self.env._("To be planned on another day: %(count)s.", count=failed))
        return words

    def action_open_handover(self):
        """The page that the agent holds out to the inhabitant."""
        self.ensure_one()
        self.check_access("read")
        self._check_open()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "waste_handover.waste_handover_sign_action"
        )
        return {**action, "context": {"default_move_id": self.id}}

    def _hand_over(self, signature, signer_name):
        """The bin changes hands at this act, once: who comes second finds it done."""
        self.ensure_one()
        self.check_access("read")
        self._check_signature(signature)
        self._take_alone()
        self._finish(clock.today())
        self._note_handover(outcome="signed", signature=signature, signer_name=signer_name)

    def _take_alone(self):
        """Two phones on one doorstep, or two presses of one: the second is told, in words of what
        she sees.

        :raise UserError: another one records it, or has recorded it
        """
        lock_or_tell(self)
        self.invalidate_recordset(["state"])
        self._check_open()

    def _check_open(self):
        if self.state != "todo":
            raise UserError(
                self.env._(
                    "This one is already recorded, by a colleague or on another phone: nothing is "
                    "to be signed any more. Open the round again."
                )
            )

    def _check_signature(self, signature):
        """What the widget draws, and no other file."""
        try:
            content = base64.b64decode(signature, validate=True)
        except (binascii.Error, TypeError):
            content = b""
        if not content.startswith(PNG) or len(content) > SIGNATURE_MAX:
            raise UserError(self.env._("This signature cannot be read: sign again."))

    def _fail_handover(self, reason, note):
        """It is still to do, on another day."""
        self.ensure_one()
        self.check_access("read")
        self._take_alone()
        self._note_handover(outcome="failed", reason=reason, note=note)
        move_sudo = self.sudo()
        move_sudo.date_planned = False
        others_sudo = move_sudo.request_id.container_move_ids - move_sudo
        if not others_sudo.filtered(lambda each: each.state == "done" or each.date_planned):
            move_sudo.request_id._set_container_stage("to_prepare")
        if reason in TOLD and move_sudo.request_id:
            street = move_sudo.dwelling_id.street or ""
            move_sudo.request_id._tell_applicant(
                "waste_handover.mail_not_done", reason=reason, street=street
            )

    def _note_handover(self, **values):
        self.env["waste.handover"].sudo().create(
            {"move_id": self.id, "user_id": self.env.uid, **values}
        )
