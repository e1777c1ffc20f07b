from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MergeCase


@tagged("post_install", "-at_install")
class TestOrganisationMerge(MergeCase):
    """Camille signed up for an association that Sacha had brought in already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls._organisation("Foyer rural", rna="W551000001")
        cls.twin = cls._organisation("FOYER RURAL", phone="03 29 55 55 55")
        Delegate = cls.env["partner.delegate"]
        cls.sacha_acts = Delegate._ask(cls.club, cls.sacha.partner_id)
        cls.camille_acts = Delegate._ask(cls.twin, cls.camille.partner_id)
        cls.asked_again = Delegate._ask(cls.club, cls.camille.partner_id)
        (cls.sacha_acts | cls.camille_acts).action_accept()
        cls.twin._occupy(cls.dwelling)
        (cls.club | cls.twin).reader_service_ids += cls.service

    @classmethod
    def _organisation(cls, name, kind="association", **values):
        return cls.env["res.partner"].create(
            {"name": name, "kind": kind, "commune_id": cls.commune.id, **values}
        )

    def test_signs(self):
        self.assertEqual(self._find_similar_by(self.agent, self.club), self.twin)
        self.twin.commune_id = self.other_commune
        self.assertFalse(self._find_similar_by(self.agent, self.club), "another village")
        self.twin.commune_id = False
        self.assertEqual(self._find_similar_by(self.agent, self.club), self.twin, "where it is")
        self.twin.rna = "W551000002"
        self.assertFalse(self._find_similar_by(self.agent, self.club), "two numbers")
        self.twin.write({"rna": "W551000001", "name": "Autre nom"})
        self.assertEqual(self._find_similar_by(self.agent, self.club), self.twin, "one number")
        self.assertFalse(self._find_similar_by(self.family_agent, self.club))

    def test_two_places_of_work_are_two(self):
        company = self._organisation("Scierie", "company", company_registry="732829320")
        place = self._organisation("Scierie A", "company", company_registry="73282932000074")
        self.assertEqual(self._find_similar_by(self.manager, company), place)
        other = self._organisation("Scierie B", "company", company_registry="73282932000082")
        self.assertEqual(self._find_similar_by(self.manager, other), company)

    def test_one_sheet_reads_none_of_the_others(self):
        others = self.env["res.partner"].union(
            *(self._organisation(f"Autre {rank}", rna=f"W55200000{rank}") for rank in range(5))
        )
        self.club.name = "L’Œuvre, foyer-rural"
        self.twin.name = "l oeuvre FOYER RURAL"
        self.env.flush_all()
        self.assertEqual(self._find_similar_by(self.agent, self.club), self.twin)
        read = others._fields["name"]._get_cache(self.env)
        self.assertEqual([each for each in others.ids if each in read], [])

    def test_those_who_act_for_either_act_for_it(self):
        self._merge_by(self.manager, self.club, self.twin)
        people = (self.camille | self.sacha).partner_id
        self.assertEqual(self.club._get_current_delegates(), people)
        self.assertEqual((self.camille_acts.state, self.asked_again.state), ("active", "ended"))
        self.assertEqual(self.club.phone, "03 29 55 55 55")
        self.assertEqual(self.club._current_dwelling(), self.dwelling)
        self.assertFalse(self.twin.active)
        self.assertFalse(
            self.env["mail.mail"]
            .search([("email_to", "ilike", "camille.test")])
            .filtered(
                lambda mail: mail.model == "partner.delegate" and mail.res_id == self.asked_again.id
            )
        )

    def test_undone_everything_is_as_it_was(self):
        self.assertUndoneAsBefore(self.club, self.twin)

    def test_who_merges(self):
        for user in (self.camille, self.stranger, self.family_agent, self.secretary, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._merge_by(user, self.club, self.twin)
        with self.assertRaisesRegex(UserError, "called"):
            self._merge_by(self.agent, self.club, self.twin)
        self.twin.rna = self.club.rna
        self._merge_by(self.agent, self.club, self.twin)

    def test_never_ones_own(self):
        self.env["partner.delegate"]._ask(self.twin, self.manager.partner_id).action_accept()
        with self.assertRaisesRegex(AccessError, "own"):
            self._merge_by(self.manager, self.club, self.twin)

    def test_other_organisations_are_for_the_manager(self):
        other = self._organisation("Amicale")
        other.reader_service_ids += self.service
        with self.assertRaisesRegex(UserError, "manager"):
            self._merge_by(self.agent, self.club, other)
        with self.assertRaisesRegex(UserError, "intercommunality"):
            self.env.company.partner_id.kind = "company"
            self._merge_by(self.manager, self.club, self.env.company.partner_id)
        self._merge_by(self.manager, self.club, other)
