from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.engine import Problem
from odoo.addons.procedure_form.field_types import RecordType

_lt = LazyTranslate(__name__)


class PlotType(RecordType):
    """A free plot, of the garden that was chosen above."""

    code = "plot"
    label = _lt("Plot")
    explanation = _lt("A free plot of the allotment gardens")
    icon = "fa-leaf"
    model = "allotment.plot"
    problem_words = {
        "plots_written": _lt(
            "“%(label)s”: its choices are the free plots, not the %(count)s written here."
        )
    }

    def check_settings(self, field):
        if field.options:
            yield Problem("plots_written", (("count", len(field.options)),))

    def get_missing_sentence(self, env):
        return env._("Choose a plot.")

    def find_choices(self, question, partner, answers):
        domain = [("request_id", "=", False)]
        garden = self._get_garden(answers)
        if garden:
            domain.append(("garden", "=", garden))
        plots_sudo = question.env["allotment.plot"].sudo().search(domain)
        return {plot.id: plot.name for plot in plots_sudo}

    def get_choices_key(self, question, answers):
        return self.code, self._get_garden(answers)

    def _get_garden(self, answers):
        return answers.get("garden", "")


PLOT_TYPE = PlotType()
