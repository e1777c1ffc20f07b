from odoo import fields
from odoo.fields import Domain

from .address import HOME, AddressType
from .base import _lt


class NewHomeType(AddressType):
    """She leaves the household, and lives elsewhere: as `address`, but of herself alone. Whoever
    stays is neither read nor written."""

    code = "new_home"
    argument = "new_home"
    label = _lt("I leave, and live at")

    def _get_holder(self, subject, requester):
        return requester

    def find_membership(self, line):
        """Hers, of today."""
        Membership = line.env["household.membership"]
        return Membership.search(
            Membership._current_domain()
            & Domain("household_id", "=", line.change_id.subject_id.id)
            & Domain("person_id", "=", line.change_id.requester_id.id),
            limit=1,
        )

    def read_known(self, line):
        membership = self.find_membership(line)
        return [membership.id, fields.Date.to_string(membership.date_end)]

    def apply(self, line):
        value, me = line.new_value, line.change_id.requester_id
        day = fields.Date.to_date(value["date"])
        membership = self.find_membership(line)
        membership.date_end = max(membership.date_start or day, day)
        household = me._create_household()
        household.member_ids.date_start = day
        if not value.get("commune_id"):
            me.write({**{name: value[name] for name in HOME}, "commune_id": False})
            return
        commune = line.env["territory.commune"].browse(value["commune_id"])
        Dwelling = line.env["territory.dwelling"]
        household._occupy(Dwelling._find_or_create(value["street"], value["street2"], commune), day)
