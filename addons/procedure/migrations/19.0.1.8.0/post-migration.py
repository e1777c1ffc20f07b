# What went after its check until this version; all other files stayed with their request.
CHECKED = (
    "address_proof",
    "child_identity",
    "guardian_identity",
    "host_statement",
    "identity",
    "proof_of_address",
)


def migrate(cr, version):
    """Each question says it itself now: those of this platform keep what they did."""
    cr.execute(
        """
        UPDATE procedure_field SET keeps_file = TRUE
         WHERE type = 'file' AND COALESCE(requirement_code, key) NOT IN %s
        """,
        [CHECKED],
    )
    cr.execute(
        "UPDATE procedure_document SET is_kept = TRUE WHERE COALESCE(kind, '') NOT IN %s",
        [CHECKED],
    )
