"""A change is also that of an organisation, and each line says its type."""


def migrate(cr, version):
    if not version:
        return
    cr.execute("ALTER TABLE household_change RENAME COLUMN household_id TO subject_id")
    cr.execute(
        "ALTER INDEX IF EXISTS household_change__household_id_index"
        " RENAME TO household_change__subject_id_index"
    )
    cr.execute("ALTER TABLE household_change_line ADD COLUMN type varchar")
    cr.execute(
        """
        UPDATE household_change_line
           SET type = CASE WHEN field_key IN ('address', 'arrival', 'departure') THEN field_key
                           ELSE 'person' END
        """
    )
