from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.partner_household.change_types import read_role
from odoo.addons.partner_household.models.invitation_mixin import KEPT_DAYS
from odoo.addons.territory_base import clock

WAITING_MAX = 10
ADDON = "website_organisation_handover"


class OrganisationInvitation(models.Model):
    """Who acts for an organisation asks somebody to act for it too."""

    _name = "organisation.invitation"
    _description = "Invitation to act for an organisation"
    _inherit = ["invitation.mixin"]

    organisation_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    role = fields.Char(readonly=True)
    handover_id = fields.Many2one(
        "organisation.handover", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _waiting_uniq = models.UniqueIndex(
        "(organisation_id, email, name) WHERE state = 'sent'",
        "This person is invited already.",
    )

    def _get_place(self):
        return self.organisation_id

    def _get_template(self):
        return f"{ADDON}.mail_invitation"

    def _get_answer_template(self):
        return f"{ADDON}.mail_invitation_answered"

    def _get_path(self):
        return "/my/invitations"

    def _get_page_url(self):
        return f"{self.get_base_url()}/my/organisme/{self.organisation_id.id}"

    @api.model
    def _check_invited(self, raw, organisation=None):
        """What was typed of somebody: (values, {field: sentence}).

        :param organisation: for which the user invites, as one who acts for it; without it, a
            service does
        """
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
        role = read_role(raw)
        Delegate_sudo = self.env["partner.delegate"].sudo()
        if organisation and not Delegate_sudo._may_name(organisation, role):
            errors["role"] = self.env._(
                "An officer is invited by another one. Leave the role empty, or call us: we write "
                "it once we have seen the minutes of the meeting."
            )
        return {"name": names.get("name"), "email": contact.get("email"), "role": role}, errors

    @api.model
    def _invite(self, organisation, raw, handover=None):
        """By somebody who acts for it today; invited twice, it is the same invitation, sent again.

        :raise UserError: what is typed is wrong, or too many wait
        """
        if self.env.user.partner_id not in organisation.sudo()._get_current_delegates():
            raise AccessError(self.env._("You do not act for this organisation."))
        _values, errors = self._check_invited(raw, organisation)
        if errors:
            raise UserError("\n".join(errors.values()))
        by = {
            "invited_by_id": self.env.uid,
            "invited_by_name": self.env.user.partner_id.sudo().name,
        }
        if handover:
            # Sent again, it stays that of the handing over.
            by["handover_id"] = handover.id
        return self.sudo()._invite_from(by, organisation, raw)

    @api.model
    def _invite_from(self, by, organisation, raw):
        """In superuser mode, once it is checked who invites.

        :param by: values that tell the inviter, and the handing over
        """
        values, errors = self._check_invited(raw)
        if errors:
            raise UserError("\n".join(errors.values()))
        Delegate = self.env["partner.delegate"]
        if Delegate._find_acting(organisation, values["name"], values["email"]):
            raise UserError(
                self.env._(
                    "%(name)s acts for this organisation already. For a new role, hand over after "
                    "the general meeting.",
                    name=values["name"],
                )
            )
        sent = self.search(
            Domain("organisation_id", "=", organisation.id) & Domain("state", "=", "sent")
        )
        # The unique index counts one that is past its day; the limit does not.
        known = sent.filtered(
            lambda each: each.email == values["email"] and each.name == values["name"]
        )
        waiting = sent.filtered_domain(self._waiting_domain())
        if len(waiting - known) >= WAITING_MAX:
            raise UserError(
                self.env._("Many people are invited already: take some back, or wait for them.")
            )
        values |= {"organisation_id": organisation.id, "date_expire": self._get_expiry(), **by}
        if known:
            known.write(values)
        else:
            known = self.create(values)
        known._send()
        return known

    def _check_joining(self, person):
        if person in self.organisation_id._get_current_delegates():
            raise UserError(self.env._("You act for this organisation already."))
        return super()._check_joining(person)

    def _join(self, person):
        """Who had asked to act for it is answered so; the role that she gave herself then counts
        as if it had been written by whoever invited her."""
        Delegate = self.env["partner.delegate"]
        organisation = self.organisation_id
        delegation = Delegate._ask(organisation, person, organisation.name, self.role)
        if delegation.state == "asked":
            role, author = self.role, self.invited_by_id
            if not role and author:
                by_her_sudo = Delegate.with_user(author).sudo()
                role = by_her_sudo._may_name(organisation, delegation.role) and delegation.role
            delegation.write(
                {
                    "state": "active",
                    "accepted_by_id": self.invited_by_id.id,
                    "date_start": clock.today(),
                    "role": role,
                }
            )
        if self.handover_id:
            self.handover_id._on_accepted()

    def _check_withdrawer(self):
        """Anybody who acts for the organisation today."""
        if self.env.user.partner_id not in self.sudo().organisation_id._get_current_delegates():
            raise AccessError(self.env._("You do not act for this organisation."))

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        return [
            (
                self.env._("Invitations to act for an organisation, handing over"),
                self.env._("%(days)s days after their end", days=KEPT_DAYS),
            )
        ]
