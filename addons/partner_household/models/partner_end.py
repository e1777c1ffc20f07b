from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools.mail import email_split_tuples

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import mailbox_domain, normalize_address

from ..change_types.base import to_json

LIVE = Domain("state", "in", ("asked", "active"))


class PartnerEnd(models.AbstractModel):
    """The end of a person or of an organisation: nobody acts for her any more, nobody writes."""

    _name = "partner.end"
    _description = "End of a person or of an organisation"

    date_death = fields.Date("Died on", readonly=True, copy=False, groups="base.group_user")
    # What a death ended, to undo it: it names rows that not every reader of the sheet may read.
    death_ended = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)
    date_closed = fields.Date("Closed on", readonly=True, copy=False, groups="base.group_user")

    def _record_death(self, day):
        """Ends households, authority, delegations and account; whoever is left is told nothing and
        no row of theirs is written. In superuser mode, once the decider is checked.

        Who looks for people to write to looks for those who are active: she no longer is.
        """
        self.ensure_one()
        # An account that is ended opens nothing, were it signed in at this very moment.
        users = self.with_context(active_test=False).user_ids.filtered("active")
        users.active = False
        # Searched: in superuser mode a one2many would leave in the cache what no rule has read.
        mine = Domain("person_id", "=", self.id)
        held = Domain("holder_id", "=", self.id) | Domain("child_id", "=", self.id)
        lasting = Domain("date_end", "=", False) | Domain("date_end", ">", day)
        memberships = self.env["household.membership"].search(mine & lasting)
        authorities = self.env["parental.authority"].search(held & Domain("state", "!=", "ended"))
        acting = self.env["partner.delegate"].search(mine & LIVE)
        ended = {
            "users": users.ids,
            "periods": [
                [
                    each._name,
                    each.id,
                    to_json(each.date_end),
                    each._fields.get("state") and each.state,
                ]
                for records in (memberships, authorities, acting)
                for each in records
            ],
        }
        for period in (*memberships, *authorities.filtered_domain(lasting)):
            period.date_end = max(period.date_start or day, day)
        authorities.state = "ended"
        self.write({"active": False, "date_death": day, "death_ended": ended})
        acting.action_end()
        self._stop_mails()

    def _stop_mails(self):
        """What waits in the queue for her leaves no more; for the others it leaves. In superuser
        mode."""
        self.ensure_one()
        waiting = self.env["mail.mail"].search(Domain("state", "=", "outgoing"))
        notified = waiting.filtered(lambda mail: self in mail.recipient_ids)
        self.env["mail.notification"].search(
            Domain("mail_mail_id", "in", notified.ids) & Domain("res_partner_id", "=", self.id)
        ).notification_status = "canceled"
        notified.recipient_ids = [Command.unlink(self.id)]
        nobody = notified.filtered(
            lambda mail: not (mail.recipient_ids or mail.email_to or mail.email_cc)
        )
        (nobody | waiting.filtered(lambda mail: self._is_written_to(mail.email_to))).unlink()

    def _is_written_to(self, email_to):
        """Whether this is her mailbox, and hers alone. Where others read it too, the name that
        stands beside the address says to whom it is."""
        address = normalize_address(self.email)
        found = email_split_tuples(email_to or "")
        if not address or len(found) != 1 or normalize_address(found[0][1]) != address:
            return False
        shared = self.search(mailbox_domain("email", address)).filtered(
            lambda other: normalize_address(other.email) == address
        )
        return found[0][0] == self.name if shared else True

    def action_undo_death(self):
        """It was somebody else: what it ended begins again, as far as nothing came since. By the
        manager."""
        for person in self:
            if not self.env.su and not self.env.user.has_group(
                "territory_base.territory_group_manager"
            ):
                raise AccessError(self.env._("Only the manager undoes a death."))
            person.sudo()._undo_death()

    def _undo_death(self):
        self.ensure_one()
        if not self.date_death:
            raise UserError(self.env._("No death is recorded here."))
        ended = self.death_ended or {}
        self.write({"active": True, "date_death": False, "death_ended": False})
        self.env["res.users"].browse(ended.get("users")).exists().active = True
        for name, row_id, date_end, state in ended.get("periods", ()):
            row = self.env[name].browse(row_id).exists()
            if not state:
                row.date_end = date_end
            elif row.state == "ended":
                row.write({"state": state, "date_end": date_end})
        self._get_current_households()._on_back()

    def _close(self, day):
        """A company that closes or an association that is dissolved: on that day, it is at no
        address and nobody acts for it. In superuser mode, once the decider is checked."""
        self.ensure_one()
        self.date_closed = day
        if day <= clock.today():
            self._end_closed()

    def _end_closed(self):
        self._vacate(self.date_closed)
        acting = Domain("organisation_id", "=", self.id) & LIVE
        self.env["partner.delegate"].search(acting).action_end()
        self.active = False

    def action_unarchive(self):
        """Open again, by whoever may: its day is not that of tonight."""
        result = super().action_unarchive()
        closed_sudo = self.sudo().filtered("date_closed")
        closed_sudo.date_closed = False
        closed_sudo._on_back()
        return result

    def _on_back(self):
        """Hook: what the end of these households and organisations had changed elsewhere is not so
        any more. In superuser mode."""

    @api.autovacuum
    def _gc_closed(self):
        """Those whose day has come since."""
        if self._abstract:
            return
        for organisation_sudo in self.sudo().search(Domain("date_closed", "<=", clock.today())):
            organisation_sudo._end_closed()
