from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_reader_services(self):
        """The services of a request read the identity and contacts of its persons."""
        readers = super()._get_reader_services()
        for name in ("applicant_id", "subject_ids", "acting_for_id", "household_id"):
            rows = (
                self.env["procedure.request"]
                .sudo()
                ._read_group(
                    [(name, "in", self.ids), ("date_anonymised", "=", False)],
                    [name, "service_id", "consulted_service_ids"],
                )
            )
            for partner, service, consulted in rows:
                if partner.id in readers:
                    readers[partner.id] |= service | consulted
        return readers
