from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class OrganisationHandover(models.Model):
    """A new board after a general meeting: who leaves acts until one of the new ones accepts, so
    that nobody is ever left without anybody who may act."""

    _name = "organisation.handover"
    _description = "Handing over of an organisation"
    _order = "id desc"

    organisation_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date_meeting = fields.Date("General meeting", required=True, readonly=True)
    asked_by_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, ondelete="cascade"
    )
    kept_ids = fields.Many2many("res.partner", string="Who goes on", readonly=True)
    invitation_ids = fields.One2many("organisation.invitation", "handover_id", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
    )
    date_done = fields.Datetime(readonly=True, copy=False)

    _waiting_uniq = models.UniqueIndex(
        "(organisation_id) WHERE state = 'waiting'",
        "This organisation is being handed over already.",
    )

    @api.model
    def _find_waiting(self, organisation):
        """In superuser mode. None once nobody who is invited may accept any more."""
        Invitation = self.env["organisation.invitation"]
        waiting_sudo = self.sudo().search(
            Domain("organisation_id", "=", organisation.id) & Domain("state", "=", "waiting")
        )
        is_open = waiting_sudo.invitation_ids.filtered_domain(Invitation._waiting_domain())
        return waiting_sudo if is_open else waiting_sudo.browse()

    @api.model
    def _start(self, organisation, day, kept, invited):
        """By somebody who acts for it today.

        :param day: of the general meeting
        :param kept: persons who act for it and go on
        :param invited: [what was typed of each new one], as `organisation.invitation` reads it
        :raise UserError: nobody new, or a sentence for what is wrong
        """
        me = self.env.user.partner_id
        delegates_sudo = organisation.sudo()._get_current_delegates()
        if me not in delegates_sudo:
            raise AccessError(self.env._("You do not act for this organisation."))
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("Hand over once the meeting was held: the day is to come."))
        if not invited:
            raise UserError(self.env._("Write who is in the new board: at least one person."))
        if self._find_waiting(organisation):
            raise UserError(self.env._("This organisation is being handed over already."))
        stale_sudo = self.sudo().search(
            Domain("organisation_id", "=", organisation.id) & Domain("state", "=", "waiting")
        )
        stale_sudo.state = "cancelled"
        # Before the new one: there is one at a time.
        stale_sudo.flush_recordset()
        handover_sudo = self.sudo().create(
            {
                "organisation_id": organisation.id,
                "date_meeting": day,
                "asked_by_id": self.env.uid,
                "kept_ids": [Command.set((kept & delegates_sudo).ids)],
            }
        )
        for raw in invited:
            self.env["organisation.invitation"]._invite(organisation, raw, handover_sudo)
        return handover_sudo

    def _cancel(self):
        """By anybody who acts for it today: nobody leaves, nobody comes by it."""
        self.ensure_one()
        handover_sudo = self.sudo()
        if self.env.user.partner_id not in handover_sudo.organisation_id._get_current_delegates():
            raise AccessError(self.env._("You do not act for this organisation."))
        if handover_sudo.state != "waiting":
            raise UserError(self.env._("The new board acts already."))
        handover_sudo.state = "cancelled"
        sent_sudo = handover_sudo.invitation_ids.filtered(lambda each: each.state == "sent")
        sent_sudo.state = "withdrawn"

    def _on_accepted(self):
        """One of the new board accepted: those who leave act no longer. In superuser mode."""
        self.ensure_one()
        if self.state != "waiting":
            return
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        Delegate = self.env["partner.delegate"]
        active = Delegate.search(
            Delegate._active_domain() & Domain("organisation_id", "=", self.organisation_id.id)
        )
        staying = self.kept_ids | self.invitation_ids.person_id
        # Who came by another way since then is nobody's former board.
        leaving = active.filtered(
            lambda each: each.person_id not in staying and each.create_date <= self.create_date
        )
        leaving.action_end()
        for person in leaving.person_id:
            self._tell_left(person)

    def _get_space_url(self):
        return f"{self.get_base_url()}/my"

    def _tell_left(self, person):
        """In superuser mode: she reads nothing of it any more, and knows whom to call."""
        if person.email:
            template = self.env.ref("website_organisation_handover.mail_handed_over")
            template._send_to(self, person.email_formatted, person.lang)
