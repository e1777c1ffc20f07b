from odoo.tools.sql import column_exists, rename_column


def migrate(cr, version):
    """What was typed as opening hours of a service is the remark beside the hours of its week."""
    if not column_exists(cr, "territory_service", "opening_note"):
        rename_column(cr, "territory_service", "opening_hours", "opening_note")
