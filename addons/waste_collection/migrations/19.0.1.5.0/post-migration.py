def migrate(cr, version):
    """Bins and badges promise that their documents go after the check: all of them do."""
    cr.execute("""
        UPDATE procedure_field field SET keeps_file = FALSE
          FROM procedure_version version
          JOIN procedure_procedure procedure ON procedure.id = version.procedure_id
          JOIN privacy_processing processing ON processing.id = procedure.processing_id
         WHERE version.id = field.version_id
           AND processing.code IN ('waste_bin', 'waste_badge')
    """)
    cr.execute("""
        UPDATE procedure_document document SET is_kept = FALSE
          FROM procedure_document_line line
          JOIN procedure_request request ON request.id = line.request_id
          JOIN procedure_procedure procedure ON procedure.id = request.procedure_id
          JOIN privacy_processing processing ON processing.id = procedure.processing_id
         WHERE line.document_id = document.id
           AND document.kind != 'paper_form'
           AND processing.code IN ('waste_bin', 'waste_badge')
    """)
