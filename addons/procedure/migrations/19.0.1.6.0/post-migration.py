def migrate(cr, version):
    """Forms that ask for the documents of a school registration are one: the law closes their
    list (code de l'éducation, D131-3-1)."""
    cr.execute("""
        UPDATE procedure_procedure SET is_school_registration = TRUE
         WHERE id IN (
            SELECT version.procedure_id
              FROM procedure_version version
              JOIN procedure_field field ON field.version_id = version.id
             WHERE field.requirement_code IN ('child_identity', 'guardian_identity')
          GROUP BY version.procedure_id
            HAVING count(DISTINCT field.requirement_code) = 2
         )
    """)
