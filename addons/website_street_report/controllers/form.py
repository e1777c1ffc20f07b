from odoo import http
from odoo.http import request

from odoo.addons.street_report.models.procedure_procedure import STREET
from odoo.addons.website_procedure.controllers.common import get_procedure
from odoo.addons.website_procedure.controllers.form import ProcedureForm
from odoo.addons.website_procedure.controllers.form_session import get_claim


class StreetForm(ProcedureForm):
    @http.route()
    def form(self, slug, **kwargs):
        """What is open in the commune is read first, unless it was, or a report is begun."""
        procedure_sudo = get_procedure(slug)
        if procedure_sudo.kind == STREET and not {"commune", "etape", "fait"} & kwargs.keys():
            begun_sudo = self._find_begun(procedure_sudo, get_claim(procedure_sudo))
            if not begun_sudo and not self._get_left_claim(procedure_sudo):
                return request.redirect("/signaler", code=303)
        return super().form(slug, **kwargs)
