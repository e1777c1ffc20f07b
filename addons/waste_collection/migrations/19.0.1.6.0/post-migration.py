from odoo import SUPERUSER_ID, api

STEPS = {
    "procedure_bin_step_to_prepare": ("Bac à préparer", "À préparer"),
    "procedure_bin_step_planned": ("Livraison planifiée", "Passage planifié"),
}
PROPOSAL = "Le RIB n’est demandé qu’à qui choisit le prélèvement : « Non » le demandait aussi."


def migrate(cr, version):
    """The bank details are asked after a yes; a child under 3 and the fee of a dirty bin are set on
    the procedure, by the manager; steps are named for a delivery and for a collection alike.

    A published form never changes: its next version is right, and the manager publishes it.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _move_settings(env)
    for name, (former, new) in STEPS.items():
        step = env.ref(f"waste_collection.{name}", raise_if_not_found=False)
        for lang, _label in env["res.lang"].get_installed() if step else ():
            if step.with_context(lang=lang).name == former:
                step.with_context(lang=lang).name = new
    for procedure in env["procedure.procedure"].search([("kind", "=", "waste_container")]):
        draft = procedure._get_draft()
        if draft:
            _mend(draft)
        elif _get_wrong(procedure.version_id):
            draft = procedure.action_new_version()
            _mend(draft)
            draft.proposal = PROPOSAL


def _get_wrong(form):
    fields = form.field_ids.filtered(lambda field: field.key == "bank_details")
    return fields.condition_ids.filtered(
        lambda condition: (condition.key, condition.operator) == ("direct_debit", "set")
    )


def _mend(form):
    _get_wrong(form).write({"operator": "=", "value": "1"})


def _move_settings(env):
    parameters = env["ir.config_parameter"]
    procedures = env["procedure.procedure"].search([("kind", "=", "waste_container")])
    for name in ("infant_persons", "dirty_fee"):
        value = parameters.get_param(f"waste_collection.{name}")
        if value:
            procedures[name] = int(value)
        parameters.search([("key", "=", f"waste_collection.{name}")]).unlink()
