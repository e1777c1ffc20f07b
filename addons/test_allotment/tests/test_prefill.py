from odoo import Command

from .common import AllotmentCommon


class TestPrefill(AllotmentCommon):
    """First answers come from the applicant, the person she asks for, and the service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.camille.partner_id
        cls.child = cls.person._declare_child(
            {"firstname": "Zoé", "lastname": "Martin", "birthdate": "2020-02-01"}
        )
        cls.club = cls._delegations(cls.camille, name="Les jardiniers").organisation_id
        cls.club.write({"street": "2 place Haute", "commune_id": cls.revigny.id})

    @classmethod
    def _allotment_form(cls):
        codes = {
            "mine": ("char", "firstname"),
            "childs": ("char", "child_firstname"),
            "born": ("date", "child_birthdate"),
            "street": ("char", "street"),
            "plot": ("char", "allotment_plot"),
            "club": ("char", "organisation_name"),
            "siret": ("siret", "organisation_siret"),
            "rna": ("rna", "organisation_rna"),
            "club_phone": ("phone", "organisation_phone"),
            "club_email": ("email", "organisation_email"),
        }
        kinds = [("association", "Une association"), ("person", "Un particulier")]
        return [
            *super()._allotment_form(),
            {
                "key": "who",
                "type": "selection",
                "label": "who",
                "prefill": "organisation_kind",
                "option_ids": cls._options(kinds),
            },
            *(
                {"key": key, "type": field_type, "label": key, "prefill": code}
                for key, (field_type, code) in codes.items()
            ),
        ]

    @classmethod
    def _options(cls, choices):
        return [Command.create({"value": value, "label": label}) for value, label in choices]

    def _known(self, chosen=None):
        return self.allotment._get_prefill(self.person, chosen)

    def test_the_child_chosen_is_known(self):
        self.assertEqual(self._known(), {"mine": "Camille"})
        known = {"mine": "Camille", "childs": "Zoé", "born": "2020-02-01"}
        self.assertEqual(self._known(self.child), known)

    def test_the_organisation_chosen_is_known(self):
        known = {"mine": "Camille", "street": "2 place Haute", "club": "Les jardiniers"}
        known["who"] = "association"
        self.assertEqual(self._known(self.club), known)
        self.club.write(
            {
                "company_registry": "732829320",
                "rna": "W551000001",
                "phone": "03 99 00 00 01",
                "email": "club@exemple.fr",
            }
        )
        known |= {
            "rna": "W551000001",
            "club_phone": "03 99 00 00 01",
            "club_email": "club@exemple.fr",
        }
        self.assertEqual(self._known(self.club), known, "a SIREN is no SIRET")
        self.club.company_registry = "73282932000074"
        self.assertEqual(self._known(self.club), {**known, "siret": "73282932000074"})
        self.assertEqual(self._known(), {"mine": "Camille"}, "nothing of it for herself")
        # A choice that this form does not propose is left to the person who answers.
        self.club.kind = "company"
        self.assertNotIn("who", self._known(self.club))

    def test_a_visitor_is_not_known(self):
        self.assertEqual(self.allotment._get_prefill(self.env["res.partner"]), {})

    def test_the_service_says_what_it_knows_of_who_is_chosen(self):
        request = self._ask(acting_for=self.club)
        request.with_user(self.agent).action_accept()
        self.assertEqual(self._known(self.club)["plot"], "A1")
        self.assertNotIn("plot", self._known())
