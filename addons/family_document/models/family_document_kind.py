import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.territory_base.tools import normalize

from ..tools.validity import add_months, find_school_years

# What tells of a body or of an illness, in French as it is typed, once normalized.
BODY = re.compile(
    r"\b(sante|maladies?|allerg\w*|vaccin\w*|medic\w*|pai|handicap\w*|mdph|aeeh|diagnosti\w*"
    r"|ordonnances?|traitements?(?! de)|regimes? alimentaires?|asthm\w*|psycholog\w*|psychiatr\w*"
    r"|orthophon\w*|infirm\w*|hopital\w*|hospital\w*|health|medical|disability)\b"
)
MONTHS_MAX = 120


class FamilyDocumentKind(models.Model):
    """A paper that a service asks of families, each time the same: the insurance of the year."""

    _name = "family.document.kind"
    _inherit = "territory.owner.mixin"
    _description = "Kind of paper"
    _order = "sequence, name, id"

    name = fields.Char("Paper", required=True, help="As families call it: School insurance.")
    code = fields.Char(
        required=True,
        copy=False,
        help="The same as the code of the document that a procedure asks, to be one paper.",
    )
    description = fields.Text("What is expected", help="Families read it where they give it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_id = fields.Many2one(
        "territory.service",
        "Asked by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["family.activity"]._default_service_id(),
    )
    about = fields.Selection(
        [("child", "A child"), ("adult", "The parent herself")], required=True, default="child"
    )
    need = fields.Selection(
        [
            ("all", "Every child"),
            ("activities", "The children of some activities"),
            ("none", "Nobody: given by those who have it"),
        ],
        "Asked for",
        required=True,
        default="none",
    )
    activity_ids = fields.Many2many("family.activity", string="Activities")
    validity = fields.Selection(
        [
            ("school_year", "Until the end of the school year, 31 August"),
            ("months", "For some months"),
            ("date", "Until the day written on it"),
            ("none", "Without end"),
        ],
        "Valid",
        required=True,
        default="school_year",
    )
    months = fields.Integer(aggregator=None, help="From the day on which it is given.")

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is used by another paper.")
    _months_valid = models.Constraint(
        f"CHECK(validity != 'months' OR months BETWEEN 1 AND {MONTHS_MAX})",
        f"A paper is valid for 1 to {MONTHS_MAX} months.",
    )

    @api.constrains("name", "code", "description")
    def _check_not_health(self):
        for kind in self:
            told = normalize(" ".join(filter(None, (kind.name, kind.code, kind.description))))
            if found := BODY.search(told.replace("_", " ")):
                raise ValidationError(
                    self.env._(
                        "Nothing about health is asked here (“%(word)s”): many members of the "
                        "staff read these papers. Health has its own file, which few people open.",
                        word=found[0],
                    )
                )

    @api.constrains("need", "activity_ids")
    def _check_activities(self):
        for kind in self:
            if kind.need == "activities" and not kind.activity_ids:
                raise ValidationError(self.env._("Say which activities ask for this paper."))

    def _find_ends(self, day):
        """The last days among which whoever gives it on this day may choose, the likeliest first;
        none: she types it, or it has no end."""
        self.ensure_one()
        match self.validity:
            case "school_year":
                return find_school_years(day)
            case "months":
                return [add_months(day, self.months)]
        return []

    def _read_end(self, typed, day):
        """Until when a paper of this kind, given on this day, is valid.

        :param typed: the date that was chosen or typed, False when none was
        :return: (date or False, the sentence of what is wrong)
        """
        self.ensure_one()
        ends = self._find_ends(day)
        if ends:
            return (typed if typed in ends else ends[0]), ""
        if self.validity == "none":
            return False, ""
        if not typed:
            return False, self.env._(
                "Give the day until which this paper is valid, such as 31/12/2027."
            )
        if typed < day:
            return False, self.env._("This paper is no longer valid: give a newer one.")
        if typed > fields.Date.add(day, years=20):
            return False, self.env._("This day is too far away: check the year.")
        return typed, ""

    def _filter_asked(self, children, activities):
        """Those of whom it is asked.

        :param activities: {child: activities}
        """
        self.ensure_one()
        if self.need == "all":
            return children
        asking = self.activity_ids
        return children.filtered(lambda child: activities.get(child, asking.browse()) & asking)

    @api.model
    def _list_asked(self):
        """Those that families may give, in superuser mode."""
        return self.sudo().search([("active", "=", True)])
