from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.territory_base import clock

# In the context of a confirmation: no remote call can send this object.
_VERIFYING = object()
CONTEXT_KEY = "content_verifying"


class ContentApprovalMixin(models.AbstractModel):
    _inherit = "content.approval.mixin"

    # When whoever keeps it said that all of it is right: read by everybody.
    date_verified = fields.Date("Checked on", readonly=True, copy=False, index="btree_not_null")

    @api.model
    def _get_guarded_fields(self):
        """A confirmation opens this one date, and nothing else of the page."""
        guarded = super()._get_guarded_fields()
        if self.env.context.get(CONTEXT_KEY) is _VERIFYING:
            return guarded - {"date_verified"}
        return guarded | {"date_verified"}

    def _mark_verified(self):
        """All of it is right today. Called by a row of `content.review`, which is the journal."""
        for content in self:
            content_sudo = content.sudo().with_context(**{CONTEXT_KEY: _VERIFYING})
            content_sudo.write({"date_verified": clock.today()})

    # ------------------------------------------------------------
    # When it is checked again
    # ------------------------------------------------------------

    @api.model
    def _get_stale_domain(self, day):
        """What is online, and was checked (or else published) too long before this day."""
        months = self.env["content.type"]._get_of(self._name).review_months
        limit = day - relativedelta(months=months)
        never = Domain("date_verified", "=", False) & (
            Domain("date_published", "=", False) | Domain("date_published", "<", limit)
        )
        return Domain(self._get_shown_domain()) & (Domain("date_verified", "<", limit) | never)

    @api.model
    def _get_to_check_domain(self, day):
        """What is listed as to be checked: the stale ones, and what an addon knows to be wrong."""
        return self._get_stale_domain(day)

    def _get_check_notes(self):
        """What is known to be wrong on these pages, told beside them in that list. Hook.

        :return: {id: sentences}, of those that have any
        """
        return {}

    def _get_review_date(self):
        """When it is to be checked again."""
        self.ensure_one()
        since = self.date_verified or (self.date_published and clock.local_day(self.date_published))
        months = self.env["content.type"]._get_of(self._name).review_months
        return since + relativedelta(months=months) if since else clock.today()

    def _may_leave(self):
        """Whether it can be taken off: a page that is there whoever writes it stays."""
        self.ensure_one()
        return self.is_online and not Domain(self._get_shown_domain()).is_true()

    def _confirm_now(self):
        """Whoever contributes to it says, signed in, that it is right.

        :raise AccessError: she does not contribute to it
        """
        self.ensure_one()
        if not self._may_propose(self.env.user):
            raise AccessError(self.env._("You do not contribute to this page."))
        review = self.env["content.review"]._find_open(self)
        review = review or self.env["content.review"]._make(self)
        review._confirm(self.env.user)
