from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Of rows that do not say which service registered them, the one that reads the child; a climb
    is that of its author's service. The register says how long, unless somebody
    wrote it otherwise."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    rows = env["school.pupil"].search([("service_id", "=", False)])
    for child, of_child in rows.grouped("child_id").items():
        of_child.service_id = rows._find_service_sudo(child)
    for climb in env["school.climb"].search([("service_id", "=", False)]):
        services = climb.create_uid.territory_service_ids
        climb.service_id = services.filtered("reads_family_file")[:1]
    entry = env.ref("family_school.processing_school", raise_if_not_found=False)
    if entry and (entry.retention or "").startswith("Tant que la fiche de l’enfant est gardée"):
        entry.retention = "Deux ans après le dernier jour de l’enfant dans une école du territoire."
