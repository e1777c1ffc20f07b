from odoo import api, fields, models
from odoo.tools import SQL


class ProcedureCounter(models.Model):
    """Last number given, by prefix (procedure and year)."""

    _name = "procedure.counter"
    _description = "Counter of requests"
    _rec_name = "prefix"
    _log_access = False

    prefix = fields.Char(required=True)
    last_number = fields.Integer(required=True)

    _prefix_uniq = models.Constraint("UNIQUE(prefix)", "This counter already exists.")

    @api.model
    def _next(self, prefix):
        """In a short transaction of its own, so that two filings never wait for, nor fail
        because of, each other. A filing that fails after this point leaves a gap.
        """
        query = SQL(
            """
            INSERT INTO procedure_counter AS counter (prefix, last_number)
            VALUES (%s, 1)
            ON CONFLICT (prefix) DO UPDATE SET last_number = counter.last_number + 1
            RETURNING last_number
            """,
            prefix,
        )
        with self.env["public.guard"]._own_cursor() as cr:
            cr.execute(query)
            return cr.fetchone()[0]
