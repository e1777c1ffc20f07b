from odoo import models

from .. import clock


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _eval_context(self):
        """`today` and `years_ago(18)` in a rule are of the territory. The word "today" of Odoo's
        domains is of the caller's time zone, which she chooses: rights would end when she says."""
        return {**super()._eval_context(), "today": clock.today(), "years_ago": clock.years_ago}

    def _compute_domain_context_values(self):
        """What a rule gives is kept for the day."""
        yield from super()._compute_domain_context_values()
        yield clock.today()
