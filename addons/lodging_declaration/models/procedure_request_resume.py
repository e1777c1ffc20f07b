from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from odoo.addons.procedure.circuit import Transition
from odoo.addons.territory_base import clock

from .procedure_procedure import KINDS

# Pressed by mistake, or one lodging for another: seen on the page, or in the mail of the end.
RESUME_DAYS = 8


class ProcedureRequestResume(models.AbstractModel):
    """An end that was a mistake: the same declaration is in force again, under its receipt."""

    _name = "procedure.request.lodging.resume"
    _description = "End of a lodging taken back"

    @api.model
    def _get_transitions(self):
        resume = Transition(
            ("closed",),
            "in_review",
            "applicant",
            kinds=KINDS,
            effect="_on_reopened",
            mail="lodging_declaration.mail_resumed",
        )
        return {**super()._get_transitions(), "lodging_resume": resume}

    def _check_lodging_resume(self, name):
        if name == "lodging_resume" and not self._may_lodging_resume():
            raise UserError(
                self.env._(
                    "It ended more than %(days)s days ago, or another declaration took its place: "
                    "declare this lodging again.",
                    days=RESUME_DAYS,
                )
            )

    def _may_lodging_resume(self):
        """Said to have ended, not long ago, and no other has its address or its number since. In
        superuser mode."""
        self.ensure_one()
        first = date_utils.subtract(clock.today(), days=RESUME_DAYS)
        return self.state == "closed" and any(
            lodging.state == "ceased" and lodging.date_end >= first and not lodging._find_other()
            for lodging in self.lodging_ids
        )
