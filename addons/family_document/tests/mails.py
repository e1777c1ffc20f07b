"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from odoo.addons.procedure.tests.common import PIXEL


class Mails:
    SENDERS = {"models/family_document_acts.py:_tell_refused": "paper"}

    def make_paper(self):
        """One that is refused."""
        parent = self.camille.partner_id
        child = parent._declare_child(
            {"firstname": "Lou", "lastname": "Durand", "birthdate": "2019-03-02"}
        )
        Kind = self.env["family.document.kind"]
        values = {"name": "Assurance", "code": "mail_makers", "service_id": self.waste.id}
        kind = Kind.search([("code", "=", values["code"])]) or Kind.create(values)
        checked = self.env["public.guard"]._check_upload("a.png", PIXEL)
        Document = self.env["family.document"]
        Document._give(parent, kind, child, checked)._refuse("La photo est trop sombre.")
