"""Photos larger than 1920 pixels were made smaller after their size and sha256 were written down:
what is written becomes true of the file that is kept."""

import hashlib

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        SELECT document.id, file.id
        FROM procedure_document AS document
        JOIN ir_attachment AS file ON file.res_model = 'procedure.document'
         AND file.res_field = 'file' AND file.res_id = document.id
        WHERE file.file_size != document.size
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    for document_id, file_id in cr.fetchall():
        content = env["ir.attachment"].browse(file_id).raw
        if content:
            cr.execute(
                "UPDATE procedure_document SET size = %s, sha256 = %s WHERE id = %s",
                [len(content), hashlib.sha256(content).hexdigest(), document_id],
            )
