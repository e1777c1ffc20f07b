"""An indexed answer points to a record of any model, in place of one column by model."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

MODELS = {
    "commune_id": "territory.commune",
    "partner_id": "res.partner",
    "dwelling_id": "territory.dwelling",
    "service_id": "territory.service",
}


def migrate(cr, version):
    for column, column_type in (("res_model", "varchar"), ("res_id", "int4")):
        if not column_exists(cr, "procedure_answer", column):
            create_column(cr, "procedure_answer", column, column_type)
    for column, model in MODELS.items():
        if column_exists(cr, "procedure_answer", column):
            name = SQL.identifier(column)
            cr.execute(
                SQL(
                    "UPDATE procedure_answer SET res_model = %s, res_id = %s WHERE %s IS NOT NULL",
                    model,
                    name,
                    name,
                )
            )
            # Its index and its foreign key go with it.
            cr.execute(SQL("ALTER TABLE procedure_answer DROP COLUMN %s", name))
