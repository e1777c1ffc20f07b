from datetime import timedelta

from odoo import api, models

from odoo.addons.territory_base import clock

from .. import voices


class TerritoryDemoVoice(models.AbstractModel):
    """Whether people were satisfied, and what did not work for them on the site."""

    _name = "territory.demo.voice"
    _description = "Surveys and problems of the demo"

    @api.model
    def _build_surveys(self):
        """Answers that are old enough to be counted: five together, or not at all."""
        today = clock.today()
        day = today - timedelta(days=voices.ANSWERED_DAYS_AGO)
        Answer = self.env["procedure.survey.answer"]
        for code, most in (
            (voices.SURVEYED, len(voices.ANSWERS)),
            (voices.SURVEYED_FEW, voices.FEW),
        ):
            requests = self._find_answered(code)[:most]
            for request, (is_satisfied, comment) in zip(requests, voices.ANSWERS, strict=False):
                Answer._record(
                    request,
                    request._get_survey_person(),
                    day,
                    is_satisfied=is_satisfied,
                    comment=comment,
                    may_contact=False,
                )
        Answer._count(today)

    @api.model
    def _find_answered(self, code):
        """Of what was asked on the site, newest first."""
        requests = self.env["procedure.request"].search(
            [("procedure_id.code", "=", code), ("channel", "=", "web")], order="id desc"
        )
        return requests.filtered("decision_ids")

    @api.model
    def _build_problems(self):
        french = self.with_context(lang="fr_FR")
        for rank, problem in enumerate(voices.PROBLEMS, 1):
            happened, expected, email, page, (browser, window), answer = problem
            made = french.env["platform.problem"]._file(
                happened, expected, email, page=page, browser=browser, window=window
            )
            self._keep(f"problem_{rank}", made)
            if answer:
                answered = made.with_user(self.env.ref("base.user_admin"))
                answered.word = answer
                answered.action_solve()
