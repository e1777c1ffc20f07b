def migrate(cr, version):
    """What one commits to was the help text, which the applicant reads: it stays said to both."""
    cr.execute(
        "UPDATE procedure_field SET signature_commitment = help"
        " WHERE type LIKE 'signature_%' AND help IS NOT NULL"
    )
