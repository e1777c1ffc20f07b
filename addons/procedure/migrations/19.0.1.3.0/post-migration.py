"""Files of an anonymised request that no message carries stayed: they go, from the disk too."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        SELECT file.id
        FROM ir_attachment AS file
        JOIN procedure_request AS request ON request.id = file.res_id
        WHERE file.res_model = 'procedure.request' AND request.date_anonymised IS NOT NULL
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.attachment"].browse(row[0] for row in cr.fetchall()).unlink()
