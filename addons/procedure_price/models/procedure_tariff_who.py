from odoo import api, fields, models

from odoo.addons.procedure_form.models.procedure_field import KEY_LENGTH


class ProcedureTariffWho(models.Model):
    """A kind of applicant that has its tariff, in the words of the procedure: the first that fits
    is hers."""

    _name = "procedure.tariff.who"
    _inherit = "procedure.version.part"
    _description = "Kind of applicant of a tariff"
    _order = "version_id, sequence, id"

    version_id = fields.Many2one("procedure.version", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    key = fields.Char(help="Stable name in the tariffs. Made from the name when it is empty.")
    name = fields.Char(required=True, translate=True, help="Such as: Association of the commune.")
    residence = fields.Selection(
        [
            ("any", "Anywhere"),
            ("commune", "In a commune of the service that answers"),
            ("territory", "On the territory"),
            ("outside", "Outside the territory"),
        ],
        required=True,
        default="any",
        string="Lives, or has its seat",
    )
    applicant = fields.Selection(
        [
            ("any", "Anybody"),
            ("person", "A person"),
            ("organisation", "An organisation"),
            ("association", "An association"),
            ("company", "A company"),
        ],
        required=True,
        default="any",
        string="Who asks",
    )

    _key_uniq = models.Constraint(
        "UNIQUE(version_id, key)", "Two kinds of applicants of one form have the same key."
    )

    @api.model_create_multi
    def create(self, vals_list):
        taken = {}
        for vals in vals_list:
            if not vals.get("key"):
                version_id = vals.get("version_id") or self.env.context.get("default_version_id")
                if version_id not in taken:
                    known = self.search([("version_id", "=", version_id)]).mapped("key")
                    taken[version_id] = {*known, *filter(None, (v.get("key") for v in vals_list))}
                make_key = self.env["procedure.field"]._make_key
                vals["key"] = make_key(vals.get("name"), taken[version_id])[:KEY_LENGTH]
                taken[version_id].add(vals["key"])
        return super().create(vals_list)

    def _get_facts(self):
        """What it says, to be compared."""
        return [self.key, self.name, self.residence, self.applicant]

    def _find(self, applicant):
        """Key of the first that fits; "" when none does, None when nobody can say.

        :param applicant: see `procedure.request._get_tariff_applicant`
        """
        for kind in self:
            fits = kind._fits(applicant)
            if fits is None:
                return None
            if fits:
                return kind.key
        return ""

    def _fits(self, applicant):
        self.ensure_one()
        kind = applicant["kind"]
        if self.applicant != "any":
            is_person = kind == "person"
            wanted = {"person": is_person, "organisation": not is_person}
            if not wanted.get(self.applicant, kind == self.applicant):
                return False
        if self.residence == "any":
            return True
        if applicant["residence"] is None:
            return None
        return self.residence in applicant["residence"]
