from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from .invitation_mixin import KEPT_DAYS


class HouseholdInvitation(models.Model):
    """An adult who comes to live in a household says so herself: nobody writes it for her."""

    _name = "household.invitation"
    _description = "Invitation to a household"
    _inherit = ["invitation.mixin"]

    household_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )

    inviter_id = fields.Many2one(
        "res.partner", "Adult who says so", required=True, readonly=True, ondelete="cascade"
    )
    birthdate = fields.Date("Birth date", readonly=True)

    _waiting_uniq = models.UniqueIndex(
        "(household_id, email, name) WHERE state = 'sent'", "This person is invited already."
    )

    def _get_place(self):
        return self.household_id

    def _get_template(self):
        return "partner_household.mail_household_invitation"

    def _get_answer_template(self):
        return "partner_household.mail_household_invitation_answered"

    def _get_path(self):
        return "/my/foyer/invitation"

    def _is_open(self):
        """Whoever invited her left, or died: it is the household of others."""
        return super()._is_open() and self.inviter_id in self.household_id._get_current_members(
            "adult"
        )

    @api.model
    def _invite(self, household, requester, name, email, birthdate=None):
        """Invited twice, it is the same invitation, sent again. In superuser mode, once an agent
        accepted what this adult of the household proposed."""
        known = self.search(
            Domain("household_id", "=", household.id)
            & Domain("state", "=", "sent")
            & Domain("email", "=", email)
            & Domain("name", "=", name)
        )
        users = requester.user_ids
        values = {
            "household_id": household.id,
            "name": name,
            "email": email,
            "invited_by_id": users[:1].id,
            "invited_by_name": requester.name,
            "inviter_id": requester.id,
            "birthdate": birthdate,
            "date_expire": self._get_expiry(),
        }
        if known:
            known.write(values)
        else:
            known = self.create(values)
        known._send()
        return known

    def _check_withdrawer(self):
        """She who said so; the others learn neither the name nor the address."""
        if self.env.user.partner_id != self.sudo().inviter_id:
            raise AccessError(self.env._("This invitation is somebody else's."))

    @api.model
    def _find_sent(self, person):
        """Those that she sent and that wait still. In superuser mode."""
        return self.sudo().search(self._waiting_domain() & Domain("inviter_id", "=", person.id))

    def _check_joining(self, person):
        if person.is_minor:
            raise UserError(self.env._("A child joins by its parents: “Declare my child”."))
        if self.birthdate and self.birthdate != person.birthdate:
            raise UserError(
                self.env._("The birth date is not yours: somebody else is invited. Call us.")
            )
        if person in self.household_id._get_current_members():
            raise UserError(self.env._("You live in this household already."))
        return super()._check_joining(person)

    def _join(self, person):
        """She leaves the households where she was an adult. Her children stay where they are: each
        of their parents says where they live."""
        today = clock.today()
        Membership = self.env["household.membership"]
        former = Membership.search(
            Membership._current_domain()
            & Domain("person_id", "=", person.id)
            & Domain("role", "=", "adult")
        )
        for membership in former:
            membership.date_end = max(membership.date_start or today, today)
        Membership.create(
            {"household_id": self.household_id.id, "person_id": person.id, "role": "adult"}
        )

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        return [
            (
                self.env._("Invitations to a household"),
                self.env._("%(days)s days after their end", days=KEPT_DAYS),
            )
        ]
