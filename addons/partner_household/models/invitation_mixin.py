from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay
from odoo.addons.territory_base.tools import normalize

DAYS = 30
# Past the day when it opens nothing any more.
KEPT_DAYS = 180


class InvitationMixin(models.AbstractModel):
    """Somebody is asked, by her e-mail address, to join what others are in.

    The address is the proof: only an account whose owner confirmed it finds the invitation, so that
    a mail that is forwarded, or read by somebody else, opens nothing. Nothing is written of her
    before she says yes.
    """

    _name = "invitation.mixin"
    _description = "Invitation by an e-mail address"
    _order = "id desc"

    name = fields.Char("Who is invited", required=True, readonly=True)
    email = fields.Char(required=True, readonly=True, index=True)
    person_id = fields.Many2one(
        "res.partner", "Who accepted", readonly=True, copy=False, ondelete="set null"
    )
    invited_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    invited_by_name = fields.Char("Invited by", readonly=True)
    date_expire = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Taken back"),
        ],
        required=True,
        readonly=True,
        default="sent",
        copy=False,
    )

    # What it invites to: said by the model that inherits

    def _get_place(self):
        """The household or the organisation. In superuser mode."""
        raise NotImplementedError

    def _get_template(self):
        """XML id of the mail of the invitation."""
        raise NotImplementedError

    def _get_answer_template(self):
        """XML id of the mail that tells who invited her what she answered."""
        raise NotImplementedError

    def _get_path(self):
        """Where the mail leads, once she is signed in."""
        raise NotImplementedError

    def _join(self, person):
        """She said yes. In superuser mode."""
        raise NotImplementedError

    # Of every invitation

    @api.model
    def _waiting_domain(self):
        """Past its day an invitation opens nothing, without any nightly job."""
        return Domain("state", "=", "sent") & Domain("date_expire", ">=", clock.today())

    @api.model
    def _get_expiry(self):
        return clock.today() + timedelta(days=DAYS)

    def _send(self):
        """In superuser mode. Nobody knows which language she reads: the site's own."""
        self.env.ref(self._get_template())._send_to(self, self.email, "fr_FR")

    def _get_url(self):
        return f"{self.get_base_url()}{self._get_path()}"

    @api.model
    def _find_mine(self, user):
        """Those sent to the address that this person confirmed. In superuser mode."""
        email = email_normalize(user.sudo().email or "")
        if not email or user.sudo().partner_id.kind != "person":
            return self.sudo().browse()
        invitations_sudo = self.sudo().search(self._waiting_domain() & Domain("email", "=", email))
        names = {
            normalize(other_sudo.name)
            for other_sudo in self.env["res.users"]
            .sudo()
            .search([("email_normalized", "=", email), ("share", "=", True)])
        }
        mine = normalize(user.sudo().name)
        # Several people read one mailbox: what names one of them is hers alone.
        return invitations_sudo.filtered(
            lambda each: (
                each._is_open()
                and (normalize(each.name) == mine or normalize(each.name) not in names)
            )
        )

    def _answer(self, is_accepted):
        """By the person who is invited, once; who invited her is told.

        :raise AccessError: it is somebody else's; UserError: it no longer waits
        """
        self.ensure_one()
        invitation_sudo = self.sudo()
        invitation_sudo._lock()
        if invitation_sudo not in self._find_mine(self.env.user):
            if invitation_sudo.email != email_normalize(self.env.user.sudo().email or ""):
                raise AccessError(self.env._("This invitation is somebody else's."))
            raise UserError(self.env._("This invitation is no longer open."))
        person = self.env.user.partner_id
        if is_accepted:
            invitation_sudo._check_joining(person)
        invitation_sudo.state = "accepted" if is_accepted else "refused"
        if is_accepted:
            invitation_sudo.person_id = person
            invitation_sudo._join(person)
        invitation_sudo._tell_inviter()

    def _is_open(self):
        """Hook: whether it still leads anywhere. In superuser mode."""
        return self._get_place().active

    def _check_joining(self, person):
        """Hook: what forbids her to say yes. In superuser mode.

        :raise UserError: a sentence for her
        """

    def _tell_inviter(self):
        """Who invited her learns what she answered, as long as her account is open."""
        inviter = self.invited_by_id
        if inviter.active and inviter.share and inviter.email:
            template = self.env.ref(self._get_answer_template())
            template._send_to(self, inviter.email_formatted, inviter.lang)

    def _withdraw(self):
        """What was sent opens nothing any more."""
        self.ensure_one()
        invitation_sudo = self.sudo()
        self._check_withdrawer()
        invitation_sudo._lock()
        if invitation_sudo.state != "sent":
            raise UserError(self.env._("This invitation is no longer open."))
        invitation_sudo.state = "withdrawn"

    def _check_withdrawer(self):
        """Hook: who takes it back.

        :raise AccessError: somebody else
        """
        raise NotImplementedError

    def _lock(self):
        """Two presses at once: Odoo plays the second one again, and it meets the first."""
        lock_or_replay(self)
        self.invalidate_recordset()

    @api.autovacuum
    def _gc_invitations(self):
        """A name and an address that somebody else typed: kept as long as it may be asked what
        became of them."""
        if self._abstract:
            return
        long_ago = clock.today() - timedelta(days=KEPT_DAYS)
        self.sudo().search(Domain("date_expire", "<", long_ago)).unlink()
