"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {
        "models/res_users.py:_send_account_mail": "account",
        "models/household_change.py:_tell_requester": "changes",
        "models/partner_delegate.py:_tell_person": "delegations",
        "models/invitation_mixin.py:_send": "invitations",
        "models/invitation_mixin.py:_tell_inviter": "invitations",
    }

    def make_account(self):
        # An account gets few mails an hour: another addon's are made by its own maker.
        for template in self._get_templates("res.users"):
            if template.startswith("partner_household."):
                self.camille._send_account_mail(template, logins=["camille"])

    def make_changes(self):
        """Of an organisation, and of a household."""
        organisation = self._delegations(self.camille).organisation_id
        person = self.camille.partner_id
        household = person._current_household() or person._create_household()
        Change = self.env["household.change"]
        for subject, values in (
            (organisation, {"organisation": {"phone": "03 99 00 00 09"}}),
            (household, {"persons": {person.id: {"phone": f"03 99 00 00 {len(person.name):02}"}}}),
        ):
            person.phone = False
            Change._propose(subject, person, values).line_ids.action_refuse("Non.")

    def make_delegations(self):
        """One accepted, one refused."""
        other = self._delegations(self.dominique).organisation_id
        for act in ("action_accept", "action_refuse"):
            delegation = self.env["partner.delegate"]._ask(other, self.camille.partner_id)
            getattr(delegation, act)()
            if delegation.state == "active":
                delegation.action_end()

    def make_invitations(self):
        """Into a household: one refused, one accepted."""
        person = self.camille.partner_id
        household = person._current_household() or person._create_household()
        for rank in range(2):
            invitation = self.env["household.invitation"]._invite(
                household, person, f"Zoé Petit{rank}", "zoe@exemple.fr"
            )
            self._answer_invitation(invitation, is_accepted=bool(rank))

    def _answer_invitation(self, invitation, is_accepted=True):
        user = self.env["res.users"].search([("login", "=", "zoe")])
        user = user or self._resident("zoe", "Zoé", "Petit")
        user.email = invitation.email
        invitation.with_user(user)._answer(is_accepted)
