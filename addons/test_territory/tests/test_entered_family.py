from odoo import Command
from odoo.tests import tagged

from odoo.addons.website_procedure_counter.tests.common import CounterCommon

JEANNE = {"firstname": "Jeanne", "lastname": "Perrin", "birthdate": "1985-03-09"}
ZOE = {
    "firstname": "Zoé",
    "lastname": "Perrin",
    "birthdate": "2018-06-01",
    "parents": "first",
}


@tagged("post_install", "-at_install")
class TestEnteredFamily(CounterCommon):
    """Without account from the first call to the answer; then she opens one, and keeps all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waste.reads_family_file = True
        home = [
            {"key": "home", "type": "dwelling", "label": "Quel logement", "required": True},
            {"key": "child", "type": "persons", "label": "Pour quel enfant"},
        ]
        cls._procedure(
            "Piscine",
            "PISCINE",
            cls.waste,
            fields=home,
            slug="piscine-essai",
            account_required=True,
        )

    def _enter(self):
        entry = (
            self.env["household.entry"]
            .with_user(self.agent)
            .create(
                {
                    "channel": "phone",
                    "adult_ids": [Command.create(JEANNE)],
                    "child_ids": [Command.create(ZOE)],
                    "street": "4 rue du Puits",
                    "commune_id": self.vaubecourt.id,
                    "is_home_seen": True,
                    "authority_evidence": "Livret de famille vu",
                }
            )
        )
        entry.action_enter()
        return entry.sheet_id.with_env(self.env)

    def test_from_the_call_to_her_own_space(self):
        start = {"procedure": "piscine-essai", "channel": "phone", "name": "Perrin"}
        response = self.start(self.agent, **start)
        self.assertIn("ne connaît personne", self.words(response))
        self.assertIn(
            "ouvrez d'abord son dossier", self.words(self.start(**start, _searched="Perrin"))
        )
        family = self._enter()
        jeanne, zoe = family.member_ids.sorted("id").person_id
        path, page = self.open_form(**start, _searched="Perrin", person=str(jeanne.id))
        self.assertIn("4 rue du Puits", page.text)
        response = self.post(
            path,
            {
                **self.hidden(page),
                "home": str(family.occupancy_ids.dwelling_id.id),
                "child": str(zoe.id),
                "_by_hand": "1",
                "_action": "send",
            },
        )
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.env["procedure.request"].search([("applicant_id", "=", jeanne.id)])
        self.assertEqual(request.channel, "phone")
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_accept()
        # Her account, then the code that she was given.
        user = self._resident("jeanne", "Jeanne", "Perrin")
        user.partner_id.birthdate = JEANNE["birthdate"]
        Claim = self.env["person.claim"].with_user(self.agent)
        _claim, code = Claim._give(jeanne, "hand", "Carte vue")
        self.sign_in(user)
        form = self.get("/my/code")
        self.post("/my/code", {**self.hidden(form), "code": code})
        self.assertEqual(request.applicant_id, user.partner_id)
        self.assertEqual(request.channel, "phone")
        page = self.get(f"/my/demandes/{request.id}")
        self.assertIn(request.number, page.text)
        self.assertIn("Zoé", self.words(page))
        self.assertIn("Zoé", self.words(self.get("/my/foyer")))
        self.assertIn("4 rue du Puits", self.words(self.get("/my/foyer")))
        self.sign_in(self.dominique)
        self.assertEqual(self.get(f"/my/demandes/{request.id}").status_code, 404)
