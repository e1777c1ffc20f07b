from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.partner_household.tools import identity_key
from odoo.addons.territory_base import clock

CHANNELS = [
    ("counter", "At the counter"),
    ("phone", "By phone"),
    ("mail", "By letter"),
    ("email", "By e-mail"),
]


class ResPartner(models.Model):
    """Of a sheet that the staff opened for somebody without account: how, when, on what proof."""

    _inherit = "res.partner"

    entry_service_id = fields.Many2one(
        "territory.service",
        "Entered by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="The service that opened this sheet goes on reading it.",
    )
    entry_channel = fields.Selection(
        CHANNELS, "It came", readonly=True, copy=False, groups="base.group_user"
    )
    entry_date = fields.Date("Received on", readonly=True, copy=False, groups="base.group_user")
    entry_evidence = fields.Text(
        "What was seen",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What it was, never a copy of it.",
    )

    def _get_reader_services(self):
        """Who opened a sheet reads it, as the service of a request does."""
        readers = super()._get_reader_services()
        for partner_sudo in self.sudo():
            readers[partner_sudo.id] |= partner_sudo.entry_service_id
        return readers

    @api.model
    def _find_same_person(self, lastname, firstname, birthdate):
        """The sheets with these names and this birth date, among those that the user reads."""
        key = identity_key(lastname, firstname, birthdate)
        if not key:
            return self.browse()
        found_sudo = self.sudo().search([("identity_key", "=", key)], order="id")
        return found_sudo.sudo(self.env.su)._filtered_access("read")

    # ------------------------------------------------------------
    # How long
    # ------------------------------------------------------------

    @api.model
    def _get_entry_months(self):
        """As an account without log-in."""
        return self.env.ref("household_retention.retention_account").months

    @api.model
    def _get_retention_domain(self, rule, day=None):
        """Besides, the sheets of adults that the staff opened and no account took over."""
        entered = (
            Domain("entry_date", "!=", False)
            & Domain("kind", "=", "person")
            & Domain("declarant_id", "=", False)
            & Domain("user_ids", "=", False)
        )
        if day:
            limit = day - relativedelta(months=self._get_entry_months())
            entered &= Domain("entry_date", "<=", limit)
        return super()._get_retention_domain(rule, day) | entered

    def _is_entered_only(self):
        """Nobody ever opened it online."""
        self.ensure_one()
        users = self.with_context(active_test=False).user_ids
        return bool(self.entry_date) and not users and not self.account_closed_on

    def _get_retention_dues(self, rule):
        entered = self.filtered(lambda partner: partner._is_entered_only())
        months = relativedelta(months=self._get_entry_months())
        return super(ResPartner, self - entered)._get_retention_dues(rule) | {
            partner: partner.entry_date + months for partner in entered
        }

    def _end_retention(self, rule):
        """From now on as somebody whose account is closed."""
        entered = self.filtered(lambda partner: partner._is_entered_only())
        entered.write({"active": False, "account_closed_on": clock.today()})
        return super()._end_retention(rule)
