from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class ResPartner(models.Model):
    """The sheet of somebody who has no account any more, as long as something keeps it."""

    _name = "res.partner"
    _inherit = ["res.partner", "privacy.retention.mixin"]

    account_closed_on = fields.Date(
        copy=False,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        help="Of a person: her account is closed. Of a household: its last member is gone. "
        "Of both: joined to another sheet for good.",
    )

    @api.model
    def _get_retention_domain(self, rule, day=None):
        return Domain("account_closed_on", "!=", False) & Domain("active", "=", False)

    def _get_retention_dues(self, rule):
        return {partner: partner.account_closed_on for partner in self if not partner.user_ids}

    def _get_retention_kept(self, rule):
        kept = super()._get_retention_kept(rule)
        contested, shared = self._filter_contested(), self._filter_household_used()
        for partner in self:
            if partner in contested:
                kept[partner] = self.env._("an authority over a child is contested")
            elif partner in shared:
                kept[partner] = self.env._("somebody else uses the household")
        return kept

    def _get_retention_delay(self, rule):
        return self._get_retention_rule_delay()

    @api.model
    def _get_retention_rule_delay(self):
        return self.env._("as soon as nothing keeps them")

    def _end_retention(self, rule):
        self._end_unkept()

    def _note_put_aside(self):
        """As a sheet whose account is closed."""
        result = super()._note_put_aside()
        self.account_closed_on = clock.today()
        return result

    # ------------------------------------------------------------
    # What keeps a person
    # ------------------------------------------------------------

    def _filter_contested(self):
        """Who holds an authority that somebody contests, or is the child of one."""
        rows = self.env["parental.authority"].search(
            [
                "|",
                ("holder_id", "in", self.ids),
                ("child_id", "in", self.ids),
                ("state", "=", "contested"),
            ]
        )
        return self & (rows.holder_id | rows.child_id)

    def _filter_household_used(self):
        """Who lives today in a household of which another adult has an account."""
        Membership = self.env["household.membership"]
        today = Membership._current_domain()
        own = Membership.search(Domain("person_id", "in", self.ids) & today)
        others = Membership.search(
            Domain("household_id", "in", own.household_id.ids)
            & today
            & Domain("role", "=", "adult")
        )
        used = self.browse()
        for membership in own:
            if any(
                other.household_id == membership.household_id
                and other.person_id != membership.person_id
                and any(other.person_id.user_ids.mapped("active"))
                for other in others
            ):
                used |= membership.person_id
        return used

    def _filter_named(self):
        """Whom a record names that is kept for itself. Extended by the addons of such records."""
        return self.browse()

    def _get_unkept(self):
        """Of those whose account, archived or not, is no more."""
        everybody = self.with_context(active_test=False)
        return everybody.filtered(lambda partner: not partner.user_ids) - (
            self._filter_contested() | self._filter_household_used() | self._filter_named()
        )

    def _end_unkept(self):
        """Those that nothing keeps go, with the children that they alone declared and the
        households that nobody lives in any more. In superuser mode."""
        unkept = self.with_context(active_test=False)._get_unkept()
        if not unkept:
            return
        children = self.with_context(active_test=False).search([("declarant_id", "in", unkept.ids)])
        others = children._filter_of_others(unkept)
        waiting = (children - others) - (children - others)._get_unkept()
        alone = children - others - waiting
        (others | waiting).declarant_id = False
        # They go as soon as what names them is gone.
        closed = {"active": False, "account_closed_on": clock.today()}
        waiting.write(closed)
        memberships = self.env["household.membership"].search(
            [("person_id", "in", (unkept | alone).ids)]
        )
        households = memberships.household_id
        (alone | unkept).unlink()
        empty = (
            households.exists()
            - self.env["household.membership"]
            .search([("household_id", "in", households.ids)])
            .household_id
        )
        empty.write(closed)
        # One that a request still names waits for its end.
        empty._get_unkept().unlink()

    def _filter_of_others(self, leaving):
        """Children whom somebody else answers for, or who live with somebody else."""
        authorities = self.env["parental.authority"].search(
            [
                ("child_id", "in", self.ids),
                ("holder_id", "not in", leaving.ids),
                ("state", "!=", "ended"),
            ]
        )
        return self & (authorities.child_id | self._filter_household_used())
