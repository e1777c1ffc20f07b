from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.territory_base.tools import normalize

DAYS = 30
# Past the day when it opens nothing any more.
KEPT_DAYS = 180
WAITING_MAX = 10


class OrganisationInvitation(models.Model):
    """Who acts for an organisation asks somebody, by her e-mail address, to act for it too.

    The address is the proof: only an account whose owner confirmed it finds the invitation, so that
    a mail that is forwarded, or read by somebody else, opens nothing.
    """

    _name = "organisation.invitation"
    _description = "Invitation to act for an organisation"
    _order = "id desc"

    organisation_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Who is invited", required=True, readonly=True)
    email = fields.Char(required=True, readonly=True, index=True)
    role = fields.Char(readonly=True)
    person_id = fields.Many2one(
        "res.partner", "Who accepted", readonly=True, copy=False, ondelete="set null"
    )
    invited_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    invited_by_name = fields.Char("Invited by", readonly=True)
    handover_id = fields.Many2one(
        "organisation.handover", readonly=True, index="btree_not_null", ondelete="set null"
    )
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

    _waiting_uniq = models.UniqueIndex(
        "(organisation_id, email, name) WHERE state = 'sent'",
        "This person is invited already.",
    )

    @api.model
    def _waiting_domain(self):
        """Past its day an invitation opens nothing, without any nightly job."""
        return Domain("state", "=", "sent") & Domain("date_expire", ">=", "today")

    @api.model
    def _check_invited(self, raw):
        """What was typed of somebody: (values, {field: sentence})."""
        check = self.env["identity.check"]
        contact, errors = check._check_contact({"email": raw.get("email")})
        if not (raw.get("email") or "").strip():
            errors["email"] = self.env._("Write her or his e-mail address.")
        names, name_errors = check._check_organisation(
            {"kind": "contributor", "name": raw.get("name")}
        )
        if not (raw.get("name") or "").strip():
            errors["name"] = self.env._("Write the first name and the last name.")
        elif "name" in name_errors:
            errors["name"] = name_errors["name"]
        role = " ".join(str(raw.get("role") or "").split())[:100]
        return {"name": names.get("name"), "email": contact.get("email"), "role": role}, errors

    @api.model
    def _invite(self, organisation, raw, handover=None):
        """By somebody who acts for it today; invited twice, it is the same invitation, sent again.

        :raise UserError: what is typed is wrong, or too many wait
        """
        organisation_sudo = organisation.sudo()
        delegates_sudo = organisation_sudo._get_current_delegates()
        if self.env.user.partner_id not in delegates_sudo:
            raise AccessError(self.env._("You do not act for this organisation."))
        values, errors = self._check_invited(raw)
        if errors:
            raise UserError("\n".join(errors.values()))
        acting_sudo = delegates_sudo.filtered(
            lambda person: (
                email_normalize(person.email or "") == values["email"]
                and person.name.casefold() == values["name"].casefold()
            )
        )
        if acting_sudo:
            raise UserError(
                self.env._("%(name)s acts for this organisation already.", name=values["name"])
            )
        Invitation_sudo = self.sudo()
        sent_sudo = Invitation_sudo.search(
            Domain("organisation_id", "=", organisation.id) & Domain("state", "=", "sent")
        )
        # The unique index counts one that is past its day; the limit does not.
        known_sudo = sent_sudo.filtered(
            lambda each: each.email == values["email"] and each.name == values["name"]
        )
        waiting_sudo = sent_sudo.filtered_domain(self._waiting_domain())
        if len(waiting_sudo - known_sudo) >= WAITING_MAX:
            raise UserError(
                self.env._("Many people are invited already: take some back, or wait for them.")
            )
        values |= {
            "organisation_id": organisation.id,
            "invited_by_id": self.env.uid,
            "invited_by_name": self.env.user.partner_id.sudo().name,
            "date_expire": fields.Date.context_today(self) + timedelta(days=DAYS),
        }
        if handover:
            # Sent again, it stays that of the handing over.
            values["handover_id"] = handover.id
        if known_sudo:
            known_sudo.write(values)
        else:
            known_sudo = Invitation_sudo.create(values)
        known_sudo._send()
        return known_sudo

    def _send(self):
        """In superuser mode. Nobody knows which language she reads: the site's own."""
        template = self.env.ref("website_organisation_handover.mail_invitation")
        template._send_to(self, self.email, "fr_FR")

    def _get_url(self):
        return f"{self.get_base_url()}/my/invitations"

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
                each.organisation_id.active
                and (normalize(each.name) == mine or normalize(each.name) not in names)
            )
        )

    def _answer(self, is_accepted):
        """By the person who is invited, once.

        :raise AccessError: it is somebody else's; UserError: it no longer waits
        """
        self.ensure_one()
        invitation_sudo = self.sudo()
        invitation_sudo._hold()
        if invitation_sudo not in self._find_mine(self.env.user):
            if invitation_sudo.email != email_normalize(self.env.user.sudo().email or ""):
                raise AccessError(self.env._("This invitation is somebody else's."))
            raise UserError(self.env._("This invitation is no longer open."))
        person = self.env.user.partner_id
        if is_accepted and person in invitation_sudo.organisation_id._get_current_delegates():
            raise UserError(self.env._("You act for this organisation already."))
        invitation_sudo.state = "accepted" if is_accepted else "refused"
        if is_accepted:
            invitation_sudo.person_id = person
            invitation_sudo._let_act(person)
            if invitation_sudo.handover_id:
                invitation_sudo.handover_id._on_accepted()

    def _let_act(self, person):
        """In superuser mode. Who had asked to act for it is answered so."""
        Delegate = self.env["partner.delegate"]
        organisation = self.organisation_id
        delegation = Delegate._ask(organisation, person, organisation.name, self.role)
        if delegation.state == "asked":
            delegation.write(
                {
                    "state": "active",
                    "accepted_by_id": self.invited_by_id.id,
                    "date_start": fields.Date.context_today(self),
                    "role": self.role or delegation.role,
                }
            )

    def _withdraw(self):
        """By anybody who acts for the organisation today."""
        self.ensure_one()
        invitation_sudo = self.sudo()
        if self.env.user.partner_id not in invitation_sudo.organisation_id._get_current_delegates():
            raise AccessError(self.env._("You do not act for this organisation."))
        invitation_sudo._hold()
        if invitation_sudo.state != "sent":
            raise UserError(self.env._("This invitation is no longer open."))
        invitation_sudo.state = "withdrawn"

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        return [
            (
                self.env._("Invitations to act for an organisation, handing over"),
                self.env._("%(days)s days after their end", days=KEPT_DAYS),
            )
        ]

    @api.autovacuum
    def _gc_invitations(self):
        """A name and an address that somebody else typed: kept as long as it may be asked what
        became of them."""
        long_ago = fields.Date.context_today(self) - timedelta(days=KEPT_DAYS)
        self.sudo().search(Domain("date_expire", "<", long_ago)).unlink()

    def _hold(self):
        """Two presses at once: Odoo plays the second one again, and it meets the first."""
        if len(self.try_lock_for_update()) < len(self):
            raise ConcurrencyError("This invitation is being answered by another request")
        self.invalidate_recordset()
