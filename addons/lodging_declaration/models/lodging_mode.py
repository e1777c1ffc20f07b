from odoo import api, fields, models

from odoo.addons.territory_base import clock

from .procedure_procedure import MODES

PUBLISHED = [("state", "=", "published")]


class LodgingMode(models.Model):
    """How a furnished lodging is declared, from a day on (code du tourisme, L324-1-1).

    The law of 19 November 2024 sends every declaration to one national site, whose opening to
    owners was announced and put off: who knows the day writes a row, and no form changes.
    """

    _name = "lodging.mode"
    _description = "Way of declaring furnished lodgings"
    _order = "date_from desc"

    date_from = fields.Date("From", required=True)
    mode = fields.Selection(
        [
            ("cerfa", "Our form, for the time being"),
            ("national", "The national site, then its number here"),
            ("import", "The national site only: its file is loaded here"),
        ],
        required=True,
        default="cerfa",
    )
    url = fields.Char("Address of the national site")
    to_do = fields.Char(
        "What is missing",
        compute="_compute_to_do",
        help="As long as it is, the declarations of this time have no form.",
    )

    _date_uniq = models.Constraint("UNIQUE(date_from)", "Another row begins on this day.")
    _url_known = models.Constraint(
        "CHECK(mode = 'cerfa' OR COALESCE(url, '') ~ '^https://[^[:space:]]+$')",
        "Write the address of the national site: it begins with https://.",
    )

    @api.depends("date_from", "mode")
    def _compute_display_name(self):
        labels = dict(self._fields["mode"]._description_selection(self.env))
        for row in self:
            row.display_name = labels.get(row.mode)

    @api.depends("mode")
    def _compute_to_do(self):
        """Of a mode with a form: the procedure that takes its declarations."""
        Procedure_sudo = self.env["procedure.procedure"].sudo()
        published = {kind for (kind,) in Procedure_sudo._read_group(PUBLISHED, ["kind"])}
        kinds = {mode: kind for kind, mode in MODES.items()}
        for row in self:
            kind = kinds.get(row.mode)
            row.to_do = kind and kind not in published and row._get_missing_sentence(kind)

    def _get_missing_sentence(self, kind):
        label = dict(
            self.env["procedure.procedure"]._fields["kind"]._description_selection(self.env)
        )
        return self.env._(
            "No procedure “%(kind)s” is published: create it from its template, and publish it.",
            kind=label[kind],
        )

    @api.model
    def _find_on(self, day=None):
        """The row in force on this day (today by default); none: our form."""
        day = day or clock.today()
        return self.search([("date_from", "<=", day)], limit=1)
