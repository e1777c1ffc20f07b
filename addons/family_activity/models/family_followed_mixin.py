from odoo import api, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class FamilyFollowedMixin(models.AbstractModel):
    """What closes sessions, or gives them back, as soon as it is written.

    Who may write it was checked: its sessions follow in superuser mode, whoever leads them.
    """

    _name = "family.followed.mixin"
    _description = "What sessions follow"
    # Others change nothing for them.
    _followed_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._follow_sessions(rows._get_sessions_domain())
        return rows

    def write(self, vals):
        if not self._followed_fields & vals.keys():
            return super().write(vals)
        before = self._get_sessions_domain()
        result = super().write(vals)
        self._follow_sessions(before | self._get_sessions_domain())
        return result

    def unlink(self):
        before = self._get_sessions_domain()
        result = super().unlink()
        self._follow_sessions(before)
        return result

    def _get_sessions_domain(self):
        """The sessions that these rows speak of."""
        raise NotImplementedError

    @api.model
    def _get_period_domain(self, first, last):
        domain = Domain("date", ">=", first) if first else Domain.TRUE
        return domain & Domain("date", "<=", last) if last else domain

    @api.model
    def _follow_sessions(self, domain):
        if domain.is_false():
            return
        # The past stays as it was, and there are years of it.
        to_come = Domain("date", ">=", clock.today())
        self.env["family.session"].sudo().search(domain & to_come)._follow()
