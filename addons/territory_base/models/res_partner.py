from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    kind = fields.Selection(
        [
            ("person", "Person"),
            ("household", "Household"),
            ("company", "Company"),
            ("association", "Association"),
            ("contributor", "Other contributor"),
        ],
        index=True,
        copy=False,
        help="Empty: a technical contact, such as a service or a member of the staff.",
    )
    birthdate = fields.Date()
    commune_id = fields.Many2one("territory.commune", index=True, ondelete="restrict")
    reader_service_ids = fields.Many2many(
        "territory.service",
        "res_partner_reader_service_rel",
        "partner_id",
        "service_id",
        string="Services that may read",
        readonly=True,
        copy=False,
    )

    def _get_reader_services(self):
        """Services entitled to the identity and contacts of each partner: extended by addons.

        :return: dict partner id -> territory.service
        """
        return dict.fromkeys(self.ids, self.env["territory.service"])

    def _refresh_reader_services(self):
        """To be called by whoever changes what `_get_reader_services` reads."""
        readers = self._get_reader_services()
        for partner_sudo in self.sudo():
            if partner_sudo.reader_service_ids != readers[partner_sudo.id]:
                partner_sudo.reader_service_ids = readers[partner_sudo.id]
