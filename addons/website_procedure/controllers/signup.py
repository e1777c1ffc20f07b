from odoo.addons.website_household.controllers.signup import Signup


class ProcedureSignup(Signup):
    def _get_way_roots(self):
        """Who signs up for a procedure comes back to it."""
        return [*super()._get_way_roots(), "demarches"]
