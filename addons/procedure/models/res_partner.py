from odoo import models
from odoo.fields import Domain


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

    def _find_json_names(self):
        """The answers that designate this sheet."""
        names = super()._find_json_names()
        Request = self.env["procedure.request"].with_context(active_test=False)
        links = self.env["procedure.answer"]._get_link_domain(self)
        for request in Request.search(Domain("answer_ids", "any", links)):
            paths = request._find_person_paths(self)
            names += [(request._name, "answers", request.id, path) for path in paths]
        return names

    def _join_child(self, child):
        """The requests that are about this sheet are about the other one: their subjects, their
        answers and the index of these. Their services read the common sheet, the one put aside
        no more; nobody else reads a request. In superuser mode."""
        # A sheet that is put aside is no longer among those of its requests.
        Request = self.env["procedure.request"].with_context(active_test=False)
        requests = Request.search([("subject_ids", "in", self.ids)])
        links = self.env["procedure.answer"]._get_link_domain(self)
        requests |= Request.search([("answer_ids", "any", links)])
        for request in requests:
            request._replace_person(self, child)
        return super()._join_child(child)
