"""Files of forms that were deleted or sent stayed without row: they go, from the disk too."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        SELECT id FROM ir_attachment
        WHERE res_model = 'website.procedure.pending.file'
          AND NOT EXISTS (
              SELECT 1 FROM website_procedure_pending_file AS file WHERE file.id = res_id
          )
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.attachment"].browse(row[0] for row in cr.fetchall()).unlink()
