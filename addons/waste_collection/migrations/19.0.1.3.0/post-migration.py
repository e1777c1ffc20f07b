from odoo import SUPERUSER_ID, api

REGIMES = {
    "procedure_bin": (
        "svr",
        "Décret 2016-625, annexe : fourniture de biens et de matériel",
    ),
    "procedure_badge": (
        "svr",
        "Décret 2016-625, annexe : fourniture de biens et de matériel",
    ),
    "procedure_missed": (
        "declaration",
        "CRPA, article R112-11-1 : signalement, accusé de réception seul",
    ),
}


def migrate(cr, version):
    """A regime is proposed where nobody wrote one: it counts once somebody has validated it."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, (regime, basis) in REGIMES.items():
        procedure = env.ref(f"waste_collection.{name}", raise_if_not_found=False)
        if procedure and procedure.regime == "none" and not procedure.validated_on:
            procedure.write({"regime": regime, "legal_basis": procedure.legal_basis or basis})
