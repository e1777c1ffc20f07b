"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from odoo.addons.territory_base import clock


class Mails:
    SENDERS = {"models/organisation_handover.py:_tell_others": "board"}

    def make_board(self):
        """The invitation, and what the others who act are told."""
        organisation = self._delegations(self.camille, self.dominique).organisation_id
        today = clock.today()
        invited = [{"name": "Zoé Petit", "email": "zoe@exemple.fr"}]
        self.env["organisation.handover"].with_user(self.camille)._start(
            organisation.with_user(self.camille), today, self.camille.partner_id, invited
        )
        invitation = self.env["organisation.invitation"].search([], limit=1)
        self._answer_invitation(invitation)
        zoe = self._resident(f"zoe{organisation.id}", "Zoé", "Roussel")
        other = self._delegations(self.camille, self.dominique, zoe).organisation_id
        named = {"name": self.dominique.name, "email": self.dominique.email, "role": "Membre"}
        self.env["organisation.handover"].with_user(self.camille)._start(
            other.with_user(self.camille), today, self.camille.partner_id, [named]
        )
