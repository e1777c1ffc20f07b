"""The condition of a field becomes rows: what was written in three columns moves there."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not version or not column_exists(cr, "procedure_field", "condition_field_key"):
        return
    cr.execute(
        """
        INSERT INTO procedure_field_condition (field_id, sequence, key, operator, value)
        SELECT id, 10, trim(condition_field_key), coalesce(condition_operator, 'set'),
               condition_value
        FROM procedure_field
        WHERE trim(coalesce(condition_field_key, '')) != ''
        """
    )
    cr.execute(
        """
        ALTER TABLE procedure_field
        DROP COLUMN condition_field_key,
        DROP COLUMN condition_operator,
        DROP COLUMN condition_value
        """
    )
