from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_entered_alone(self):
        """Children that the staff typed for a request and that nothing else names: no parent
        declared them, no household, no other request. In superuser mode."""
        alone = self.filtered(
            lambda person: (
                person.kind == "person" and not person.declarant_id and not person.user_ids
            )
        )
        for model, name in (
            ("parental.authority", "child_id"),
            ("household.membership", "person_id"),
            ("procedure.request", "subject_ids"),
            ("procedure.request", "applicant_id"),
        ):
            alone -= self.env[model].search([(name, "in", alone.ids)])[name]
        return alone

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
