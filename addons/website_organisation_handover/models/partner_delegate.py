from odoo import api, models
from odoo.fields import Domain

from odoo.addons.partner_household.change_types import read_role


class PartnerDelegate(models.Model):
    _inherit = "partner.delegate"

    @api.model
    def _sort_board(self, organisation, invited):
        """What was typed of a new board: ([(delegation of somebody who acts already, her role)],
        [what was typed of the others, who are invited]). In superuser mode."""
        staying, coming = [], []
        for raw in invited:
            acting = self._find_acting(organisation, raw.get("name"), raw.get("email"))
            if acting:
                # What is left empty stays as it is.
                staying.append((acting, read_role(raw) or acting.role))
            else:
                coming.append(raw)
        return staying, coming

    @api.model
    def _sort_roles(self, staying):
        """New roles of those who stay: ({delegation: role that this user gives by herself},
        {delegation: role that a service decides on}). In superuser mode."""
        given, proposed = {}, {}
        for delegation, role in staying:
            if role != delegation.role:
                is_given = delegation._may_be_renamed_by_user(role)
                (given if is_given else proposed)[delegation] = role
        return given, proposed

    def _may_be_renamed_by_user(self, role):
        """Whether this user, who acts for it, gives somebody else this role by herself; of an
        officer, as to name one, another officer does. In superuser mode."""
        self.ensure_one()
        return not self.person_id._is_own() and all(
            self._may_name(self.organisation_id, each) for each in (self.role, role)
        )

    def _get_both_sentence(self):
        return self.env._(
            "%(name)s is in the new board: she or he does not leave.", name=self.person_id.name
        )

    def _on_ended(self):
        """Whom the others take off comes back by no invitation of hers, nor takes them off by a
        handing over. Who leaves by herself, by a new board or not, leaves what she prepared."""
        result = super()._on_ended()
        me = self.env.user.partner_id
        for delegate in self.filtered(lambda each: each.person_id != me):
            hers = Domain("organisation_id", "=", delegate.organisation_id.id)
            users = delegate.person_id.with_context(active_test=False).user_ids
            Handover, Invitation = (
                self.env["organisation.handover"],
                self.env["organisation.invitation"],
            )
            waiting = (
                hers & Domain("asked_by_id", "in", users.ids) & Domain("state", "=", "waiting")
            )
            for handover in Handover.search(waiting):
                handover._give_up()
            # Those of a new board that acts already stay.
            sent = hers & Domain("invited_by_id", "in", users.ids) & Domain("state", "=", "sent")
            sent &= Domain("handover_id", "=", False) | Domain("handover_id.state", "!=", "done")
            Invitation.search(sent).state = "withdrawn"
        return result
