from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.pdf import get_text

from .common import SchoolCase

REPORT = "family_school.school_certificate_report"


@tagged("post_install", "-at_install")
class TestSchoolCertificate(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_service.write({"street": "1 place du Marché", "city": "Valmont"})
        cls.school.write({"uai": "0750655E", "street": "2 rue Haute", "city": "Clairval"})
        cls.pupil = cls.register()

    def draw(self, user=None, pupils=None):
        env = self.env(user=user or self.family_agent)
        report = env["ir.actions.report"].with_context(force_report_rendering=True, lang="fr_FR")
        return report._render_qweb_pdf(REPORT, (pupils or self.pupil).ids)[0]

    def test_what_it_says(self):
        text = get_text(self.draw())
        for words in (
            *("2026-2027/0001", "Bertin", "Lou", "2 mars 2017", "École du Haut", "0750655E"),
            *("CM1", "2026-2027", "Enfance", "1 place du Marché", "Valmont, le 25 novembre 2026"),
        ):
            self.assertIn(words, " ".join(text.split()))

    def test_it_says_nothing_of_a_parent(self):
        text = " ".join(get_text(self.draw()).split())
        for words in ("Camille", "Duchêne", "Sacha", "rue du Lavoir", "route de Bar"):
            self.assertNotIn(words, text)

    def test_the_school_and_the_manager_print_it_in_the_name_of_the_territory(self):
        for user in (self.head, self.manager):
            text = get_text(self.draw(user))
            self.assertIn(self.env.company.name, text)
            self.assertNotIn("place du Marché", text, user.login)

    def test_who_does_not_read_the_pupil_prints_nothing(self):
        users = (self.agent, self.other_head, self.secretary, self.camille, self.communication)
        for user in users:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.draw(user)

    def test_who_stays_in_the_school_has_none(self):
        climb = (
            self.env["school.climb"].with_user(self.family_agent).create({"year_id": self.year.id})
        )
        climb.action_propose()
        climb.action_apply()
        row = self.Pupil.search([("year_id", "=", self.next_year.id)])
        with self.assertRaisesRegex(UserError, "reste dans l’école"):
            self.draw(pupils=row)
