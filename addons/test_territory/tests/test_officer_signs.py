from odoo.tests import tagged

from odoo.addons.procedure_signature.tests.common import SignatureCommon
from odoo.addons.website_parts.tests.common import PageCase


@tagged("post_install", "-at_install")
class TestOfficerSigns(SignatureCommon, PageCase):
    """After the general meeting the treasurer, now president, signs what the president signs."""

    def test_the_treasurer_becomes_president_and_signs(self):
        form = self._hire_form(type="signature_officer", required=False, signature_role="president")
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        paule = self._resident("paule", "Paule", "Nord")
        delegations = self._delegations(self.camille, self.dominique, paule)
        delegations[0].role, delegations[1].role = "Présidente", "Trésorier"
        club = delegations.organisation_id
        self.sign_in(self.camille)
        path = f"/my/organisme/{club.id}/passer-la-main"
        answer = self.post(
            path,
            {
                **self.hidden(self.get(path)),
                "date": "15/11/2026",
                "name_1": self.dominique.name,
                "email_1": self.dominique.email,
                "role_1": "Président",
                f"leaves_{self.camille.partner_id.id}": "1",
                "_do": "confirm",
            },
        )
        self.assertEqual(answer.status_code, 303)
        request = self._submit(
            paule, procedure=procedure, files={}, answers={"day": "samedi"}, acting_for=club
        )
        signature = request.signature_ids
        self.assertEqual(signature.person_id, self.dominique.partner_id)
        self._sign(signature, self.dominique)
        self.assertEqual((signature.state, request.state), ("signed", "submitted"))
