from odoo.addons.procedure.tests.common import ProcedureCommon


class SilenceCommon(ProcedureCommon):
    """A procedure whose silence means something."""

    def _set_regime(self, regime, **vals):
        self.procedure.write({"regime": regime, "legal_basis": "Décret 2016-625", **vals})
        self.procedure.action_validate_regime()
