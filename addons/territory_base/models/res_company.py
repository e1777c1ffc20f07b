from odoo import api, fields, models

# The service of the territory's own counter, in its data.
RECEPTION = "accueil"


class ResCompany(models.Model):
    _inherit = "res.company"

    reception_service_id = fields.Many2one(
        "territory.service",
        "Reception",
        ondelete="restrict",
        help="The service whose opening hours are those of the authority itself.",
    )
    opening_note = fields.Text(
        compute="_compute_opening_note", inverse="_inverse_opening_note", string="Opening hours"
    )
    opening_hours = fields.Text(related="reception_service_id.opening_hours")

    @api.depends("reception_service_id.opening_note")
    def _compute_opening_note(self):
        for company in self:
            company.opening_note = company.reception_service_id.opening_note

    def _inverse_opening_note(self):
        for company in self:
            company._get_reception_service().opening_note = company.opening_note

    def _get_reception_service(self):
        """The service that receives the people; made the first time."""
        self.ensure_one()
        if not self.reception_service_id:
            Service = self.env["territory.service"].with_context(active_test=False)
            self.reception_service_id = Service.search(
                [("code", "=", RECEPTION)]
            ) or Service.create(
                {
                    "code": RECEPTION,
                    "name": self.env._("Reception"),
                    **{name: self[name] for name in ("phone", "email", "street", "zip", "city")},
                }
            )
        return self.reception_service_id
