from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.partner_household.change_types import tell_officer
from odoo.addons.territory_base import clock

# Of names that hold a comma; as French writes it.
BETWEEN = "\xa0; "


class OrganisationHandover(models.Model):
    """A new board after a general meeting: who leaves acts until one of the new ones accepts, so
    that nobody is ever left without anybody who may act.

    Who acts already is given her new role at once by another one who may name her; the role that
    somebody gives herself is a proposal, that a service accepts.
    """

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
    renamed_ids = fields.Many2many(
        "partner.delegate",
        relation="organisation_handover_renamed_rel",
        string="Who changes role",
        readonly=True,
    )
    change_id = fields.Many2one(
        "household.change",
        "Roles that a service decides on",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
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
        if is_open or waiting_sudo._is_role_waiting():
            return waiting_sudo
        return waiting_sudo.browse()

    def _is_role_waiting(self):
        """Whether a service has still to decide on a role. In superuser mode."""
        return self.change_id.state == "proposed"

    @api.model
    def _start(self, organisation, day, leaving, invited):
        """By somebody who acts for it today; the others who act for it are told.

        :param day: of the general meeting
        :param leaving: persons who act for it and leave
        :param invited: [what was typed of each new one], as `organisation.invitation` reads it;
            for whoever acts already, a role
        :raise UserError: nobody leaves, nobody comes, or a sentence for what is wrong
        """
        me = self.env.user.partner_id
        Delegate_sudo = self.env["partner.delegate"].sudo()
        acting_sudo = Delegate_sudo.search(
            Delegate_sudo._active_domain() & Domain("organisation_id", "=", organisation.id)
        )
        if me not in acting_sudo.person_id:
            raise AccessError(self.env._("You do not act for this organisation."))
        if day > clock.today():
            raise UserError(self.env._("Hand over once the meeting was held: the day is to come."))
        leaving_sudo = acting_sudo.filtered(lambda each: each.person_id in leaving)
        if not invited:
            raise UserError(self.env._("Write who is in the new board: at least one person."))
        staying, coming = Delegate_sudo._sort_board(organisation, invited)
        if not leaving_sudo and not any(role != one.role for one, role in staying):
            raise UserError(self.env._("Say who leaves. Nobody does? Then invite, on its page."))
        if both := leaving_sudo & Delegate_sudo.union(*(one for one, _role in staying)):
            raise UserError(both[0]._get_both_sentence())
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
        for raw in coming:
            self.env["organisation.invitation"]._invite(organisation, raw, handover_sudo)
        given, proposed = Delegate_sudo._sort_roles(staying)
        handover_sudo._change_roles(given, proposed)
        told_sudo = acting_sudo - handover_sudo.renamed_ids
        if self._is_settled(leaving_sudo, given, proposed, coming):
            # Who leaves is told that she does.
            told_sudo -= leaving_sudo
            handover_sudo._on_accepted()
        handover_sudo._tell_others(told_sudo.person_id - me)
        return handover_sudo

    def _change_roles(self, given, proposed):
        """At once, or proposed to a service: what she may not give by herself. In superuser mode.

        :param given, proposed: {delegation: new role} of the new board
        """
        for delegation, role in given.items():
            delegation._change_role(role, self.env.user.partner_id)
            self.renamed_ids |= delegation
        if proposed:
            changes = self.env["household.change"].sudo(False)
            officers = [
                {
                    "name": delegation.person_id.name,
                    "email": delegation.person_id.email,
                    "role": role,
                    "date": self.date_meeting,
                }
                for delegation, role in proposed.items()
            ]
            self.change_id = changes._propose(
                self.organisation_id.sudo(False),
                self.env.user.partner_id.sudo(False),
                {"officers": officers},
            )

    @api.model
    def _is_settled(self, leaving, given, proposed, coming):
        """Whether nothing is waited for: somebody of the new board acts in her new role, or all of
        it acts already; nobody leaves, and each answers for herself."""
        return bool(given) or not leaving or not (coming or proposed)

    @api.model
    def _find_acting_board(self, organisation, leaving, invited):
        """Who of the new board acts already, where `_start` would take effect at once: those who
        leave would act no longer. None: it waits for somebody, or nobody leaves.

        :param leaving, invited: as in `_start`
        :return: delegations, in superuser mode
        """
        Delegate_sudo = self.env["partner.delegate"].sudo()
        staying, coming = Delegate_sudo._sort_board(organisation, invited)
        given, proposed = Delegate_sudo._sort_roles(staying)
        if not leaving or not self._is_settled(leaving, given, proposed, coming):
            return Delegate_sudo
        return Delegate_sudo.union(*(one for one, _role in staying))

    def _tell_others(self, persons):
        """In superuser mode."""
        is_plain = self.state == "waiting" and not (self.renamed_ids or self.change_id)
        name = "mail_handover_started" if is_plain else "mail_handover_roles"
        template = self.env.ref(f"website_organisation_handover.{name}")
        for person in persons:
            if person.email:
                template._send_to(self, person.email_formatted, person.lang)

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

    def _tell_renamed(self):
        """“Name, role” of each; in superuser mode."""
        told = [tell_officer(each.person_id, each.role) for each in self.renamed_ids]
        return BETWEEN.join(told)

    def _tell_waiting_roles(self):
        """Those that a service has still to decide on; in superuser mode."""
        lines = self.change_id.line_ids.filtered(lambda line: line.state == "proposed")
        return BETWEEN.join(lines.mapped("new_text"))

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
        if handover_sudo._is_role_waiting():
            handover_sudo.change_id._take_back()

    def _give_up(self):
        """In superuser mode."""
        self.state = "cancelled"
        self.invitation_ids.filtered(lambda each: each.state == "sent").state = "withdrawn"

    def _on_accepted(self):
        """One of the new board accepted, or a service her role: those who leave act no longer. In
        superuser mode."""
        self.ensure_one()
        if self.state != "waiting":
            return
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        leaving = self.leaving_ids.filtered(lambda each: each.state == "active")
        leaving.action_end()
        # The others are told by it; whoever handed over herself keeps a trace of it too.
        leaving.filtered(lambda each: each.person_id == self.env.user.partner_id)._tell_person()

    @api.autovacuum
    def _gc_handovers(self):
        """Who was on a board is kept as long as its invitations are."""
        ended = Domain("state", "!=", "waiting") & Domain("invitation_ids", "=", False)
        self.sudo().search(ended).unlink()
