from odoo import models

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock

from .procedure_commune import DIRECT, ONLINE


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _check_filing(self):
        """Looked at when it comes in: what was filed before goes on whatever its commune says."""
        errors = super()._check_filing()
        refusal = AnswersInvalid.FORM not in errors and self._get_commune_refusal()
        return {**errors, AnswersInvalid.FORM: refusal} if refusal else errors

    def _get_commune_refusal(self):
        """Why its commune does not take it this way; its own town hall still enters what it takes
        by phone or at its desk."""
        procedure, commune = self.procedure_id, self.commune_id
        if not procedure.is_communal or (not commune and self._is_place_awaited()):
            return ""
        if not commune:
            return self._get_no_town_hall_sentence() if procedure.is_opened_by_communes else ""
        day = clock.local_day(self.env.cr.now())
        way = procedure._get_way_in(commune, day)
        if way == ONLINE or (way == DIRECT and self.channel != "web"):
            return ""
        return procedure._tell_refusal(commune, day)
