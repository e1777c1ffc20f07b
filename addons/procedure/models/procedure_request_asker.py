from odoo import models

from odoo.addons.territory_base.tools import mailbox_domain, normalize_address


class ProcedureRequest(models.Model):
    """Whose requests count together, where one may have so many of something: slots to come,
    options on rooms. In superuser mode: what is read of others is compared, and not shown."""

    _inherit = "procedure.request"

    def _get_identities(self):
        """What tells who asks, the surest first; without what this request does not have. Of one
        that is not created yet, too.

        :return: {"household": id, "account": id, "mailbox": address, however it is written}
        """
        self.ensure_one()
        told = {
            "household": self.household_id._origin.id,
            "account": self.applicant_id._origin.id,
            "mailbox": normalize_address(self.contact_email),
        }
        return {name: value for name, value in told.items() if value}

    def _get_surest_identity(self):
        """(name, value) of the first of them; ("", None) when it has none."""
        return next(iter(self._get_identities().items()), ("", None))

    def _counts_with(self, request, *names):
        """Whether both are of one who asks, by one of these identities at least."""
        mine, hers = self._get_identities(), request._get_identities()
        return any(name in hers and mine.get(name) == hers[name] for name in names)

    def _get_counted_domain(self, prefix=""):
        """Those that count with this one, by the surest of `_get_identities`; empty when it has
        none. A mailbox is written in several ways: `_counts_with` keeps those that are hers.

        :param prefix: the path to a request, such as "request_id."
        """
        name, value = self._get_surest_identity()
        if name == "household":
            return [(f"{prefix}household_id", "=", value)]
        if name == "account":
            return [(f"{prefix}applicant_id", "=", value)]
        return mailbox_domain(f"{prefix}contact_email", value) if name else []
