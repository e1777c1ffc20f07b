from odoo import SUPERUSER_ID, api

STEPS = (
    "procedure_bin_step_to_prepare",
    "procedure_bin_step_planned",
    "procedure_bin_step_done",
    "procedure_badge_step_1",
    "procedure_badge_step_2",
    "procedure_missed_step_2",
    "procedure_missed_step_3",
)
PROOFS = ("procedure_bin_field_address_proof", "procedure_badge_field_address_proof")


def migrate(cr, version):
    """The shipped steps are read by the applicant; “less than 3 months” is written down.

    A published form never changes: its next version takes the months, an administrator says so.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in STEPS:
        step = env.ref(f"waste_collection.{name}", raise_if_not_found=False)
        if step:
            step.is_public = True
    for name in PROOFS:
        field = env.ref(f"waste_collection.{name}", raise_if_not_found=False)
        if field and field.version_id.state == "draft" and field.validity_kind == "none":
            field.write({"validity_kind": "months", "validity_months": 3})
