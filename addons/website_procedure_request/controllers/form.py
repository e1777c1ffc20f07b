from odoo.addons.website_procedure.controllers.form import ProcedureForm

from .followed import remember_followed


class FollowedForm(ProcedureForm):
    def _on_code_given(self, request_sudo, code):
        """Who has just sent it need not type the code of the mail."""
        remember_followed(request_sudo)
        return super()._on_code_given(request_sudo, code)
