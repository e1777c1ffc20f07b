import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.procedure.figures import has_enough
from odoo.addons.territory_base import clock

# An answer may be changed for so long, and is counted after.
CHANGE_DAYS = 7
# Answers are counted by procedure and service as soon as there are five. Those that wait for others
# for so many days are counted with less said of them.
CELLS = (
    (0, ("procedure_id", "service_id")),
    (90, ("service_id",)),
    (180, ("procedure_id",)),
    (180, ()),
)


class ProcedureSurveyAnswer(models.Model):
    """What one applicant answered, until it is counted with four others at least: then this row
    goes, and nothing joins the answer to a request any more. Nobody reads it."""

    _name = "procedure.survey.answer"
    _description = "Answer to a satisfaction survey, not counted yet"
    # Neither who wrote it, nor the minute.
    _log_access = False

    request_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
    # Of two delegates, who answered; empty without account.
    partner_id = fields.Many2one("res.partner", ondelete="cascade")
    is_satisfied = fields.Boolean()
    comment = fields.Text()
    may_contact = fields.Boolean()
    date = fields.Date(required=True, index=True)
    procedure_id = fields.Many2one(related="request_id.procedure_id")
    service_id = fields.Many2one(related="request_id.service_id")

    _request_uniq = models.Constraint("UNIQUE(request_id)", "A request has one answer.")

    @api.model
    def _record(self, request, person, today, **values):
        """One row for each request, whoever sends twice at once. In superuser mode.

        :return: whether it was written: no when the days to change it are over, or when somebody
            else answered
        """
        query = SQL(
            """INSERT INTO procedure_survey_answer
                           (request_id, partner_id, date, is_satisfied, comment, may_contact)
                    VALUES (%s, %s, %s, %s, %s, %s)
               ON CONFLICT (request_id) DO UPDATE
                       SET is_satisfied = EXCLUDED.is_satisfied,
                           comment = EXCLUDED.comment,
                           may_contact = EXCLUDED.may_contact
                     WHERE procedure_survey_answer.date >= %s
                       AND procedure_survey_answer.partner_id
                           IS NOT DISTINCT FROM EXCLUDED.partner_id""",
            request.id,
            person.id or None,
            today,
            values["is_satisfied"],
            values["comment"] or None,
            values["may_contact"],
            today - timedelta(days=CHANGE_DAYS),
        )
        # Two clicks at once: the second is played again by Odoo, without an ERROR in the log.
        self.env.cr.execute(query, log_exceptions=False)
        is_written = bool(self.env.cr.rowcount)
        self.invalidate_model()
        return is_written

    # ------------------------------------------------------------
    # Counted
    # ------------------------------------------------------------

    @api.model
    def _cron_count(self):
        self._count(clock.today())

    @api.model
    def _count(self, today):
        """Five anonymous answers at least go together into one row of results: two readings of the
        figures never differ by one person, and no group of rows hides a smaller one."""
        done = today - timedelta(days=CHANGE_DAYS)
        waiting = self.search([("date", "<", done)]).try_lock_for_update()
        for days, names in CELLS:
            old = waiting.filtered(lambda each, day=done - timedelta(days=days): each.date < day)
            cells = old.grouped(lambda each, names=names: tuple(each[name].id for name in names))
            for ids, answers in cells.items():
                # Who is named of her own will hides nobody.
                if not has_enough(len(answers.filtered(lambda each: not each.may_contact))):
                    continue
                waiting -= answers
                answers._count_together(dict(zip(names, ids, strict=True)))

    def _count_together(self, cell):
        """:param cell: what is said of them all: `procedure_id`, `service_id`, or less"""
        month = max(self.mapped("date")).replace(day=1)
        satisfied = self.filtered("is_satisfied")
        self.env["procedure.survey.result"].create(
            {
                **cell,
                "month": month,
                "answer_count": len(self),
                "satisfied_count": len(satisfied),
                "unsatisfied_count": len(self - satisfied),
            }
        )
        words = [each.comment for each in self if each.comment and not each.may_contact]
        # The order in which they came would tell whose they are.
        secrets.SystemRandom().shuffle(words)
        self.env["procedure.survey.comment"].create(
            [{**cell, "month": month, "text": text} for text in words]
        )
        self._close_requests()
        self.unlink()

    def _close_requests(self):
        """Not by the ORM: the hour of the last change of a request, which its service reads, would
        tell who answered."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE procedure_request SET is_survey_closed = TRUE WHERE id = ANY(%s)",
                self.request_id.ids,
            )
        )
        self.request_id.invalidate_recordset(["is_survey_closed"], flush=False)
