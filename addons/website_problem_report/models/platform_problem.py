import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.page import clean_page

_logger = logging.getLogger(__name__)

STATES = [
    ("new", "To be read"),
    ("doing", "Being looked at"),
    ("solved", "Solved"),
    ("declined", "Nothing to change"),
]
OPEN = ("new", "doing")
WORDS_MAX, BROWSER_MAX = 2000, 300
# A mail to the administrators: no more often; and again, while nobody has read.
EVERY, AGAIN = timedelta(hours=1), timedelta(days=1)


class PlatformProblem(models.Model):
    """What did not work on the site, for the administrator only; no request, no decision."""

    _name = "platform.problem"
    _description = "Problem of the platform"
    _inherit = ["privacy.retention.answered.mixin", "website.message.mixin"]
    _order = "id desc"

    state = fields.Selection(STATES, required=True, readonly=True, default="new", index=True)
    happened = fields.Text("What happened", required=True, readonly=True)
    expected = fields.Text("What was expected", readonly=True)
    page = fields.Char(readonly=True, help="Its path only, when the person agreed.")
    browser = fields.Char(readonly=True, help="When the person agreed.")
    window = fields.Char("Size of the window", readonly=True, help="When the person agreed.")
    word = fields.Text("Answer", help="Sent to whoever left an address, as it is written here.")
    date_told = fields.Datetime("Told to the administrators on", readonly=True)

    @api.depends("page", "happened")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = problem.page or (problem.happened or "")[:60]

    # ------------------------------------------------------------
    # Said by anybody
    # ------------------------------------------------------------

    @api.model
    def _file(self, happened, expected="", email="", **seen):
        """What somebody says, in superuser mode.

        :param email: written to once, by the answer
        :param seen: `page`, `browser`, `window`, only where she agreed
        :raise UserError: this address is written to too often
        """
        sender = self._prepare_sender(email)
        # Who is signed in and leaves no address stays unknown: not written as who made it either.
        problem_sudo = self.with_user(SUPERUSER_ID).create(
            {
                "happened": (happened or "").strip()[:WORDS_MAX],
                "expected": (expected or "").strip()[:WORDS_MAX],
                **sender,
                "page": clean_page(seen.get("page")),
                "browser": (seen.get("browser") or "")[:BROWSER_MAX],
                "window": seen.get("window"),
            }
        )
        problem_sudo._tell_waiting()
        return problem_sudo

    @api.model
    def _tell_waiting(self):
        """One mail an hour at most about what they were not told of; a day after the last one,
        what nobody has read. In superuser mode: at filing, and by the cron. Two that are filed at
        the same moment may each be told: neither has seen the other."""
        now, new = fields.Datetime.now(), Domain("state", "=", "new")
        was_told = Domain("date_told", "!=", False)
        last = self.search(was_told, order="date_told desc", limit=1).date_told
        untold = self.search(new & ~was_told)
        if last and now < last + EVERY:
            if untold:
                cron = self.env.ref("website_problem_report.platform_problem_cron")
                cron._trigger(at=last + EVERY)
            return
        waiting = untold or self.search(new, limit=1)
        if not waiting or (last and not untold and now < last + AGAIN):
            return
        users_sudo = self.env["mail.mail"]._get_administrators().filtered("email")
        if not users_sudo:
            _logger.info("No administrator has an e-mail address.")
            return
        waiting.date_told = now
        count = self.search_count(new)
        told = waiting[:1].with_context(waiting_count=count if count > 1 else 0)
        for user_sudo in users_sudo:
            told._send(
                "website_problem_report.mail_received", user_sudo.email_formatted, user_sudo.lang
            )

    def _get_url(self):
        self.ensure_one()
        action = "website_problem_report.platform_problem_action"
        return f"{self.get_base_url()}/odoo/action-{action}/{self.id}"

    # ------------------------------------------------------------
    # Answered by the administrator
    # ------------------------------------------------------------

    def action_begin(self):
        self._check_open()
        self.sudo().state = "doing"

    def action_solve(self):
        self._answer("solved")

    def action_decline(self):
        self._answer("declined")

    def _check_open(self):
        self.check_access("write")
        if any(problem.state not in OPEN for problem in self):
            raise UserError(self.env._("Somebody has answered already."))

    def _answer(self, state):
        """Told to whoever left an address."""
        self._check_open()
        now = fields.Datetime.now()
        for problem_sudo in self.sudo():
            if problem_sudo.email and not (problem_sudo.word or "").strip():
                raise UserError(self.env._("Write the answer: somebody waits for it."))
            problem_sudo.write(
                {"state": state, "date_answered": now, "answered_by_id": self.env.uid}
            )
            if problem_sudo.email:
                problem_sudo._send("website_problem_report.mail_answered", problem_sudo.email)

    # ------------------------------------------------------------
    # What is past its time: privacy_retention
    # ------------------------------------------------------------

    def _get_retention_kind(self):
        return self.env._("Problems of the platform")
