from odoo.tools.sql import column_exists, rename_column


def migrate(cr, version):
    """`is_free` was said of rows of lists too, where it means something else."""
    if column_exists(cr, "room_booking", "is_free"):
        rename_column(cr, "room_booking", "is_free", "is_gratis")
