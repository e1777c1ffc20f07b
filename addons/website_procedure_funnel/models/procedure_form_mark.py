import logging

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.procedure.figures import FLOOR
from odoo.addons.territory_base import clock

_logger = logging.getLogger(__name__)

KINDS = [
    ("opened", "Opened"),
    ("passed", "Went on"),
    ("refused", "Stopped by a question"),
    ("error", "Stopped by a question, and why"),
    ("sent", "Sent"),
    ("minutes", "Sent, and in how many minutes"),
    ("device", "Opened, and on what"),
]
# As the figures of visits (CNIL).
MONTHS = 25


class ProcedureFormMark(models.Model):
    """Something that happened on a form, until the night: a week, a page, a question, nobody.

    Rows are only added: two people never wait for each other, and no filing for a figure.
    """

    _name = "procedure.form.mark"
    _description = "What happened on a form, not counted yet"
    _log_access = False

    version_id = fields.Many2one("procedure.version", required=True, index=True, ondelete="cascade")
    week = fields.Date(required=True)
    page_key = fields.Char(required=True)
    field_key = fields.Char(required=True)
    # Of an error, of a time, of a device: which.
    code = fields.Char(required=True, default="")
    kind = fields.Selection(KINDS, required=True)

    @api.model
    def _add(self, version, marks):
        """In superuser mode. A figure that cannot be written is lost, and stops nobody.

        :param marks: list of (kind, key of the page, key of the question, code)
        :return: whether they are written
        """
        # What was pending fails here as it would have failed later, and not as a figure.
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self._write_marks(version, marks)
        except Exception:  # pylint: disable=broad-except
            _logger.warning("Figures of a form are lost", exc_info=True)
            return False
        return True

    def _write_marks(self, version, marks):
        week = fields.Date.start_of(clock.today(), "week")
        rows = [
            SQL("(%s, %s, %s, %s, %s, %s)", version.id, week, *mark[1:], mark[0]) for mark in marks
        ]
        self.env.cr.execute(
            SQL(
                """INSERT INTO procedure_form_mark
                               (version_id, week, page_key, field_key, code, kind)
                        VALUES %s""",
                SQL(", ").join(rows),
            ),
            log_exceptions=False,
        )

    # ------------------------------------------------------------
    # Each night
    # ------------------------------------------------------------

    @api.model
    def _cron_count(self):
        """Into the counts, once five people at least opened one page of the form since the last
        time. Other pages may grow by one: what is shown of them all is rounded (`cover_all`). A
        time cannot be rounded: those of five people move the middle one, never that of one. One
        statement: all of it, or nothing."""
        today = clock.today()
        self.env.cr.execute(
            SQL(
                """WITH ready AS (
                       SELECT version_id
                         FROM procedure_form_mark
                        WHERE kind = 'opened'
                     GROUP BY version_id, page_key
                       HAVING count(*) >= %(floor)s
                   ), timed AS (
                       SELECT version_id
                         FROM procedure_form_mark
                        WHERE kind = 'minutes'
                     GROUP BY version_id
                       HAVING count(*) >= %(floor)s
                   ), gone AS (
                       DELETE FROM procedure_form_mark
                        WHERE CASE WHEN kind = 'minutes'
                                   THEN version_id IN (SELECT version_id FROM timed)
                                   ELSE version_id IN (SELECT version_id FROM ready)
                              END
                    RETURNING version_id, week, page_key, field_key, code, kind
                   )
                   INSERT INTO procedure_form_count AS known
                               (version_id, week, page_key, field_key, code, kind, number)
                        SELECT version_id, week, page_key, field_key, code, kind, count(*)
                          FROM gone
                      GROUP BY version_id, week, page_key, field_key, code, kind
                   ON CONFLICT (version_id, week, page_key, field_key, code, kind) DO UPDATE
                           SET number = known.number + EXCLUDED.number""",
                floor=FLOOR,
            )
        )
        oldest = fields.Date.subtract(today, months=MONTHS)
        self.search([("week", "<", oldest)]).unlink()
        self.env["procedure.form.count"].search([("week", "<", oldest)]).unlink()
        self._shuffle()
        self.env["procedure.form.count"].invalidate_model()

    def _shuffle(self):
        """What waits for a fifth person is written again in no order: in that in which it came, the
        third time would be that of the third request."""
        self.env.cr.execute(
            """WITH waiting AS (
                   DELETE FROM procedure_form_mark
                     RETURNING version_id, week, page_key, field_key, code, kind
               )
               INSERT INTO procedure_form_mark
                           (version_id, week, page_key, field_key, code, kind)
                    SELECT version_id, week, page_key, field_key, code, kind
                      FROM waiting
                  ORDER BY random()"""
        )
        self.invalidate_model()
