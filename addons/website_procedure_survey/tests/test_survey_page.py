from odoo.tests import tagged

from odoo.addons.procedure_survey.tests.common import SurveyCommon
from odoo.addons.website_parts.tests.common import PageCase

# Of the page that the link opens.
QUERIES = 30


@tagged("post_install", "-at_install")
class TestSurveyPage(SurveyCommon, PageCase):
    """By the link of the mail, without an account; from the page of the request."""

    def setUp(self):
        super().setUp()
        self.request = self._answered()
        self.path = self.request._get_survey_link()

    def main(self, response):
        return " ".join(response.tree.xpath("//main")[0].text_content().split())

    def given(self):
        self.env.invalidate_all()
        answer = self.request._get_survey_answer()
        return answer and (answer.is_satisfied, answer.comment or "", answer.may_contact)

    def test_opening_the_link_records_nothing_and_the_button_does(self):
        page = self.get(f"{self.path}?avis=non")
        self.assertEqual(self.value(page, "avis"), ["non"])
        self.assertIn("Le service ne sait pas que c’est vous.", self.main(page))
        self.assertNotIn("anonyme", self.main(page))
        for path in (self.path, f"{self.path}?avis=oui", f"{self.path}?fait=merci"):
            self.get(path)
        self.assertFalse(self.given(), "a scanner of mails opened them all")
        sent = self.post(self.path, {**self.hidden(page), "avis": "non", "commentaire": "Long"})
        self.assertEqual(sent.status_code, 303)
        self.assertEqual(self.given(), (False, "Long", False))
        self.assertIn("Merci", self.main(self.get(f"{self.path}?fait=merci")))

        again = self.get(f"{self.path}?avis=oui")
        self.assertEqual(self.value(again, "avis"), ["oui"])
        self.assertNotIn("Long", again.text, "whoever opens it after her reads nothing of hers")
        self.assertIn("remplace", self.main(again))
        self.assertEqual(self.value(self.get(self.path), "avis"), [])
        self.post(self.path, {**self.hidden(again), "avis": "oui", "contact": "1"})
        self.assertEqual(self.given(), (True, "", False), "nothing to be contacted about")

    def test_what_is_sent_from_elsewhere_or_says_nothing_is_not_recorded(self):
        page = self.get(self.path)
        self.assertEqual(self.value(page, "avis"), [])
        nothing = self.post(self.path, {**self.hidden(page), "commentaire": "Bonjour"})
        self.assertEqual(nothing.status_code, 422)
        self.assertEqual(list(self.errors(nothing)), ["avis"])
        self.assertEqual(self.value(nothing, "commentaire"), "Bonjour")
        forged = self.post(self.path, {"avis": "oui", "csrf_token": "x"})
        self.assertEqual(forged.status_code, 422)
        self.assertFalse(self.given())

    def test_a_forged_link_and_a_closed_one_read_the_same(self):
        self.request.with_user(self.agent).action_reopen("Erreur")
        closed = self.get(self.path)
        forged = self.get("/satisfaction/AAAA")
        for page in (closed, forged):
            self.assertEqual(page.status_code, 404)
            self.assertNotIn(self.procedure.name, self.main(page))
        self.assertEqual(self.main(closed), self.main(forged))
        sent = self.post(self.path, {**self.hidden(self.get("/suivi")), "avis": "oui"})
        self.assertEqual(sent.status_code, 404)
        self.assertFalse(self.given())

    def test_the_page_of_the_request_asks_its_applicant(self):
        self.authenticate(self.camille.login, self.camille.login)
        page = self.get(f"/my/demandes/{self.request.id}")
        links = page.tree.xpath("//section[@aria-labelledby='satisfaction']//a/@href")
        self.assertEqual([link.rpartition("?")[2] for link in links], ["avis=oui", "avis=non"])
        self.request._answer_survey(True)
        answered = self.main(self.get(f"/my/demandes/{self.request.id}"))
        self.assertIn("Vous avez répondu « Oui »", answered)
        self.request.with_user(self.agent).action_reopen("Erreur")
        page = self.get(f"/my/demandes/{self.request.id}")
        self.assertFalse(page.tree.xpath("//section[@aria-labelledby='satisfaction']"))

    def test_a_request_that_the_staff_typed_asks_in_her_space_and_nowhere_else(self):
        self.request.channel = "phone"
        self.authenticate(self.camille.login, self.camille.login)
        page = self.get(f"/my/demandes/{self.request.id}")
        links = page.tree.xpath("//section[@aria-labelledby='satisfaction']//a/@href")
        self.assertEqual(len(links), 2)
        self.assertIsNone(self.request._prepare_portal_values("/suivi/x")["survey"])
        path = links[0].partition("?")[0].removeprefix(self.base_url())
        sent = self.post(path, {**self.hidden(self.get(path)), "avis": "oui"})
        self.assertEqual(sent.status_code, 303)
        self.assertEqual(self.given(), (True, "", False))

    def test_another_delegate_reads_nothing_of_it(self):
        delegations = self._delegations(self.camille, self.dominique)
        asked = self._submit(acting_for=delegations.organisation_id).sudo()
        asked.with_user(self.agent).action_accept()
        mine, other = (user.partner_id for user in (self.camille, self.dominique))
        path = asked._get_survey_link(mine)
        asked._answer_survey(False, "Odieuse", by=mine)
        self.assertIn("“No”", asked._prepare_portal_values("/x", mine)["survey"]["given"])
        self.assertIsNone(asked._prepare_portal_values("/x", other)["survey"])
        self.assertEqual(self.get(path).status_code, 200)
        self.assertEqual(self.get(asked._get_survey_link(other)).status_code, 404)
        delegations[0].state = "ended"
        self.assertEqual(self.get(path).status_code, 404, "a past delegate")

    def test_who_downloads_the_figures(self):
        path = "/procedure/survey.xlsx"
        self.assertIn("/web/login", self.get(path).url)
        for user, status in ((self.camille, 404), (self.communication, 404), (self.agent, 200)):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(path).status_code, status, user.login)

    def test_it_costs_no_more_once_many_have_answered(self):
        counts = []
        for number in (2, 20):
            comments = [f"Avis {rank}" for rank in range(number)]
            self._give(*[True] * number, procedure=self.procedure, comments=comments)
            for _each in range(number):
                self._ask(user=self.camille)
            counts.append(self.count_queries(self.path))
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], QUERIES)
