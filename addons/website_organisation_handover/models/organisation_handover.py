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
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, ondelete="set null")
    asked_by_name = fields.Char(readonly=True)
    leaving_ids = fields.Many2many("partner.delegate", string="Who leaves", readonly=True)
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
    def _start(self, organisation, day, leaving, invited):
        """By somebody who acts for it today; the others who act for it are told.

        :param day: of the general meeting
        :param leaving: persons who act for it and leave
        :param invited: [what was typed of each new one], as `organisation.invitation` reads it
        :raise UserError: nobody leaves, nobody comes, or a sentence for what is wrong
        """
        me = self.env.user.partner_id
        Delegate_sudo = self.env["partner.delegate"].sudo()
        acting_sudo = Delegate_sudo.search(
            Delegate_sudo._active_domain() & Domain("organisation_id", "=", organisation.id)
        )
        if me not in acting_sudo.person_id:
            raise AccessError(self.env._("You do not act for this organisation."))
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("Hand over once the meeting was held: the day is to come."))
        leaving_sudo = acting_sudo.filtered(lambda each: each.person_id in leaving)
        if not leaving_sudo:
            raise UserError(self.env._("Say who leaves. Nobody does? Then invite, on its page."))
        if not invited:
            raise UserError(self.env._("Write who is in the new board: at least one person."))
        if self._find_waiting(organisation):
            raise UserError(self.env._("This organisation is being handed over already."))
        self.sudo()._cancel_stale(organisation)
        handover_sudo = self.sudo().create(
            {
                "organisation_id": organisation.id,
                "date_meeting": day,
                "asked_by_id": self.env.uid,
                "asked_by_name": me.sudo().name,
                "leaving_ids": [Command.set(leaving_sudo.ids)],
            }
        )
        for raw in invited:
            self.env["organisation.invitation"]._invite(organisation, raw, handover_sudo)
        template = self.env.ref("website_organisation_handover.mail_handover_started")
        for person_sudo in acting_sudo.person_id - me:
            if person_sudo.email:
                template._send_to(handover_sudo, person_sudo.email_formatted, person_sudo.lang)
        return handover_sudo

    @api.model
    def _cancel_stale(self, organisation):
        """Nobody who was invited by it may accept any more. In superuser mode."""
        stale = self.search(
            Domain("organisation_id", "=", organisation.id) & Domain("state", "=", "waiting")
        )
        stale.state = "cancelled"
        # Before the new one: there is one at a time.
        stale.flush_recordset()

    def _tell_leaving(self):
        """Their names, in superuser mode."""
        return ", ".join(self.leaving_ids.person_id.mapped("name"))

    def _get_page_url(self):
        return f"{self.get_base_url()}/my/organisme/{self.organisation_id.id}"

    def _cancel(self):
        """By anybody who acts for it today: nobody leaves, nobody comes by it."""
        self.ensure_one()
        handover_sudo = self.sudo()
        if self.env.user.partner_id not in handover_sudo.organisation_id._get_current_delegates():
            raise AccessError(self.env._("You do not act for this organisation."))
        if handover_sudo.state != "waiting":
            raise UserError(self.env._("The new board acts already."))
        handover_sudo._give_up()

    def _give_up(self):
        """In superuser mode."""
        self.state = "cancelled"
        self.invitation_ids.filtered(lambda each: each.state == "sent").state = "withdrawn"

    def _on_accepted(self):
        """One of the new board accepted: those who leave act no longer. In superuser mode."""
        self.ensure_one()
        if self.state != "waiting":
            return
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        self.leaving_ids.filtered(lambda each: each.state == "active").action_end()

    @api.autovacuum
    def _gc_handovers(self):
        """Who was on a board is kept as long as its invitations are."""
        ended = Domain("state", "!=", "waiting") & Domain("invitation_ids", "=", False)
        self.sudo().search(ended).unlink()
