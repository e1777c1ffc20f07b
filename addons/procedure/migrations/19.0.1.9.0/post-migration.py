def migrate(cr, version):
    """Months of validity had run from the day of sending: nobody had read the documents' dates."""
    cr.execute("UPDATE procedure_document SET given_on = COALESCE(seen_on, create_date::date)")
    cr.execute("""
        UPDATE procedure_document document SET validity_date = NULL
          FROM procedure_document_line line
          JOIN procedure_request request ON request.id = line.request_id
          JOIN procedure_field field
            ON field.version_id = request.version_id AND field.key = line.field_key
         WHERE line.document_id = document.id
           AND field.validity_kind = 'months'
           AND line.state = 'received'
    """)
