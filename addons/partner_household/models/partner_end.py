from odoo import api, fields, models
from odoo.fields import Domain

LIVE = Domain("state", "in", ("asked", "active"))


class PartnerEnd(models.AbstractModel):
    """The end of a person or of an organisation: nobody acts for her any more, nobody writes."""

    _name = "partner.end"
    _description = "End of a person or of an organisation"

    date_death = fields.Date("Died on", readonly=True, copy=False, groups="base.group_user")
    date_closed = fields.Date("Closed on", readonly=True, copy=False, groups="base.group_user")

    def _record_death(self, day):
        """Ends households, authority, delegations and account; whoever is left is told nothing and
        no row of theirs is written. In superuser mode, once the decider is checked.

        Who looks for people to write to looks for those who are active: she no longer is.
        """
        self.ensure_one()
        # An account that is ended opens nothing, were it signed in at this very moment.
        self.with_context(active_test=False).user_ids.active = False
        # Searched: in superuser mode a one2many would leave in the cache what no rule has read.
        mine = Domain("person_id", "=", self.id)
        self._end_periods(self.env["household.membership"].search(mine), day)
        authorities = self.env["parental.authority"].search(
            (Domain("holder_id", "=", self.id) | Domain("child_id", "=", self.id))
            & Domain("state", "!=", "ended")
        )
        self._end_periods(authorities, day)
        authorities.state = "ended"
        acting = self.env["partner.delegate"].search(mine & LIVE)
        self.write({"active": False, "date_death": day})
        acting.action_end()

    def _end_periods(self, periods, day):
        for period in periods.filtered(lambda each: not each.date_end or each.date_end > day):
            period.date_end = max(period.date_start or day, day)

    def _close(self, day):
        """A company that closes or an association that is dissolved: on that day, it is at no
        address and nobody acts for it. In superuser mode, once the decider is checked."""
        self.ensure_one()
        self.date_closed = day
        self._vacate(day)
        if day <= fields.Date.context_today(self):
            self._end_closed()

    def _end_closed(self):
        acting = Domain("organisation_id", "=", self.id) & LIVE
        self.env["partner.delegate"].search(acting).action_end()
        self.active = False

    @api.autovacuum
    def _gc_closed(self):
        """Those whose day has come since."""
        if self._abstract:
            return
        for organisation_sudo in self.sudo().search(Domain("date_closed", "<=", "today")):
            organisation_sudo._end_closed()
