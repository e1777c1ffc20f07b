from odoo import api, models

# History, followers and notifications go with the person.
FOLLOWING = ("mail.", "bus.", "discuss.", "res.partner")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_entered_alone(self):
        """Children that the staff typed for a request and that nothing else names: no parent
        declared them, no household, no other request. In superuser mode."""
        alone = self.filtered(
            lambda person: (
                person.kind == "person"
                and not person.declarant_id
                and not person.with_context(active_test=False).user_ids
            )
        )
        for model, name in self._get_naming_fields():
            if alone:
                rows = self.env[model].with_context(active_test=False)
                alone -= rows.search([(name, "in", alone.ids)])[name]
        return alone - self.env["procedure.answer"]._filter_linked(alone)

    @api.model
    def _get_naming_fields(self):
        """Return the (model, field) of every stored link to a person: what a new addon keeps of
        her counts without a word from it. Left out: her own sheet, and what only follows her."""
        return [
            (name, field.name)
            for name, model in self.env.registry.items()
            if model._auto and not model._transient and not name.startswith(FOLLOWING)
            for field in model._fields.values()
            if field.store
            and field.type in ("many2one", "many2many")
            and field.comodel_name == "res.partner"
        ]

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
