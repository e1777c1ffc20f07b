from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.territory_base.tests.common import TerritoryCase
from odoo.addons.website_parts.tests.common import PageCase

PATH = "/signaler-un-probleme"


@tagged("post_install", "-at_install")
class TestPlatformProblem(TerritoryCase, PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.email = "admin@exemple.test"
        cls.problems = cls.env["platform.problem"]

    def setUp(self):
        super().setUp()
        self.env["mail.mail"].search([]).unlink()
        self.problems.search([]).unlink()

    def _send(self, page="/demarches", **typed):
        form = self.get(f"{PATH}?page={page}")
        data = {**self.hidden(form), "passe": "Le bouton ne fait rien.", **typed}
        return self.post(PATH, data)

    def _get(self):
        return self.problems.search([], limit=1)

    def _mails(self):
        return self.env["mail.mail"].search([])

    def test_the_foot_of_every_page_leads_there(self):
        link = "//footer//a[contains(@href, 'signaler-un-probleme')]/@href"
        for path, expected in (
            ("/", f"{PATH}?page=/"),
            ("/suivi?code=K7M9P2QRST", f"{PATH}?page=/suivi"),
            ("/une-page-qui-manque?code=x", f"{PATH}?page=/une-page-qui-manque"),
            ("/avis/eyJpZCI6MTJ9.Zx8-a_Qk3pW7vT", f"{PATH}?page=/avis/%E2%80%A6"),
            ("/web/login", f"{PATH}?page=/web/login"),
        ):
            with self.subTest(path):
                (href,) = self.get(path).tree.xpath(link)
                self.assertEqual(href, expected)

    def test_nothing_is_taken_without_the_box(self):
        answer = self._send("/suivi?code=K7M9P2QRST")
        self.assertEqual(answer.status_code, 303, self.errors(answer))
        problem = self._get()
        self.assertEqual(problem.happened, "Le bouton ne fait rien.")
        self.assertFalse(problem.page or problem.browser or problem.window)
        self.assertIn("Merci", self.notice(self.get(answer.headers["Location"])))

    def test_once_sent_a_link_leads_back_to_the_page(self):
        links = "//main//a[contains(., 'Revenir à la page')]/@href"
        for page, expected in (
            ("/suivi?code=K7M9P2QRST", ["/suivi"]),
            # An address that was cut leads nowhere; that of another site leads to it never.
            ("/avis/eyJpZCI6MTJ9.Zx8-a_Qk3pW7vT", []),
            ("//exemple.test/x", ["/x"]),
            ("https://exemple.test//exemple.test", []),
            (PATH, []),
            ("", []),
        ):
            with self.subTest(page):
                answer = self._send(page)
                self.assertEqual(answer.status_code, 303)
                self.assertNotIn("K7M9P2QRST", answer.headers["Location"])
                sent = self.get(answer.headers["Location"])
                self.assertIn("Merci", self.notice(sent))
                self.assertEqual(sent.tree.xpath(links), expected)

    def test_what_the_box_says_is_what_is_taken(self):
        form = self.get(f"{PATH}?page=/suivi?code=K7M9P2QRST")
        words = " ".join(form.tree.xpath("string(//main)").split())
        self.assertIn("La page /suivi,", words)
        self.assertNotIn("K7M9P2QRST", form.text)
        data = {**self.hidden(form), "passe": "Rien.", "details": "1", "taille": "390 × 844"}
        self.post(PATH, {**data, "page": "/suivi?code=K7M9P2QRST#secret"})
        problem = self._get()
        self.assertEqual((problem.page, problem.window), ("/suivi", "390 × 844"))
        self.assertIn("python-requests", problem.browser)

    def test_a_forged_size_is_no_size(self):
        self._send(details="1", taille="<script>")
        self.assertFalse(self._get().window)

    def test_what_lacks_is_said_and_what_was_typed_stays(self):
        answer = self._send(passe="", attendu="La suite", email="ana@")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(set(self.errors(answer)), {"passe", "email"})
        self.assertEqual(self.value(answer, "attendu"), "La suite")
        self.assertFalse(self._get())

    def test_two_presses_are_one_problem_and_a_robot_is_refused(self):
        form = self.get(PATH)
        data = {**self.hidden(form), "passe": "Deux fois."}
        for _each in range(2):
            self.assertEqual(self.post(PATH, data).status_code, 303)
        self.assertEqual(len(self.problems.search([])), 1)
        self.assertEqual(self._send(guard_confirmation="x").status_code, 422)
        self.assertEqual(self._send(csrf_token="x").status_code, 422)
        self.env["public.guard"]._hit("platform.problem", "127.0.0.1", 99, 3600, by=20)
        self.assertEqual(self._send().status_code, 429)
        self.assertEqual(len(self.problems.search([])), 1)

    def test_the_administrator_is_told_once_and_answers(self):
        first = self.problems._file("Un", email="ana@exemple.test", page="/demarches")
        self.problems._file("Deux")
        mails = self._mails()
        group = self.env.ref("base.group_system")
        told = group.all_user_ids.filtered(lambda user: user.active and user.email)
        self.assertEqual(sorted(mails.mapped("email_to")), sorted(told.mapped("email_formatted")))
        mine = first.with_user(self.admin)
        mine.action_begin()
        with self.assertRaises(UserError):
            mine.action_solve()
        mine.word = "Le bouton est <b>réparé</b>."
        mine.action_solve()
        self.assertEqual((first.state, first.answered_by_id), ("solved", self.admin))
        answer = self._mails() - mails
        self.assertEqual(answer.email_to, "ana@exemple.test")
        self.assertIn("Le bouton est &lt;b&gt;réparé", answer.body_html)
        self.assertNotIn("Un<", answer.body_html)
        with self.assertRaises(UserError):
            mine.action_decline()

    def _count_administrators(self):
        group = self.env.ref("base.group_system")
        return len(group.all_user_ids.filtered(lambda user: user.active and user.email))

    def test_a_problem_is_told_within_the_hour_though_another_one_waits(self):
        told = self._count_administrators()
        cron = self.env.ref("website_problem_report.platform_problem_cron")
        start = datetime(2026, 11, 2, 9)
        for minutes, words, expected in (
            (0, "Un", 1),
            (10, "Deux", 1),
            (20, "Trois", 1),
            (50, "", 1),
            (61, "", 2),
            (90, "", 2),
            (200, "Quatre", 3),
        ):
            with freeze_time(start + timedelta(minutes=minutes)):
                if words:
                    self.problems._file(words)
                else:
                    cron.method_direct_trigger()
            if minutes == 20:
                wakes = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
                self.assertIn(start + timedelta(hours=1), wakes.mapped("call_at"))
            self.assertEqual(len(self._mails()), expected * told, f"after {minutes} minutes")

    def test_the_mail_says_how_many_wait_and_no_word_of_theirs(self):
        self.env.ref("base.group_system").all_user_ids.lang = "fr_FR"
        for words in ("Un secret", "Deux secrets"):
            self.problems._file(words, "Un autre", "ana@exemple.test", page="/demarches")
            self.problems.search([]).date_told = False
        mail = self._mails()[0]
        self.assertIn("/demarches", mail.body_html)
        self.assertRegex(mail.body_html, "À lire\N{NO-BREAK SPACE}: (<t[^>]*>)?2")
        for word in ("secret", "autre</", "ana@"):
            self.assertNotIn(word, mail.body_html)

    def test_without_any_address_it_is_told_once_there_is_one(self):
        group = self.env.ref("base.group_system")
        group.all_user_ids.filtered("active").email = False
        problem = self.problems._file("Un")
        self.assertFalse(self._mails() or problem.date_told)
        self.admin.email = "admin@exemple.test"
        self.problems._tell_waiting()
        self.assertEqual(len(self._mails()), 1)
        self.assertTrue(problem.date_told)

    def test_what_waits_is_told_again_even_alone(self):
        told = self._count_administrators()
        cron = self.env.ref("website_problem_report.platform_problem_cron")
        start = datetime(2026, 11, 2, 9)
        with freeze_time(start):
            problem = self.problems._file("Seul")
        for hours, expected in ((20, 1), (25, 2), (30, 2), (51, 3)):
            with freeze_time(start + timedelta(hours=hours)):
                cron.method_direct_trigger()
            self.assertEqual(len(self._mails()), expected * told, hours)
        problem.with_user(self.admin).action_begin()
        with freeze_time(start + timedelta(hours=99)):
            cron.method_direct_trigger()
        self.assertEqual(len(self._mails()), 3 * told, "somebody looks at it")

    def test_nothing_names_a_reporter_who_left_no_address(self):
        problem = self.problems.with_user(self.resident)._file("Un")
        self.env.flush_all()
        for made in (problem, self._mails()):
            self.assertTrue(made)
            self.assertNotIn(self.resident, made.create_uid | made.write_uid)

    def test_refused_for_its_address_it_is_sent_again_without(self):
        guard = self.env["public.guard"]
        guard._hit("platform.problem.email", "ana@exemple.test", 5, 24 * 3600, by=5)
        refused = self._send(email="ana@exemple.test")
        self.assertEqual(refused.status_code, 429)
        self.assertFalse(self._get())
        data = {**self.hidden(refused), "passe": "Rien ne bouge.", "email": ""}
        self.assertEqual(self.post(PATH, data).status_code, 303)
        self.assertEqual(self._get().happened, "Rien ne bouge.")

    def test_nobody_else_reads_it(self):
        problem = self.problems._file("Un", email="ana@exemple.test").sudo(False)
        staff = self.agent | self.secretary | self.communication | self.dpo | self.manager
        for user in staff | self.resident | self.env.ref("base.public_user"):
            with self.subTest(user.login):
                for attempt in (
                    lambda: problem.with_user(user).read(["happened"]),  # noqa: B023
                    lambda: problem.with_user(user).action_begin(),  # noqa: B023
                    lambda: problem.with_user(user).create({"happened": "x"}),  # noqa: B023
                ):
                    with self.assertRaises(AccessError):
                        attempt()
        mine = problem.with_user(self.admin)
        self.assertEqual(mine.happened, "Un")
        for attempt in (lambda: mine.read(["email"]), mine.unlink):
            with self.assertRaises(AccessError):
                attempt()

    def test_after_its_months_nothing_of_it_stays(self):
        rule = self.env.ref("website_problem_report.retention_problem")
        old, late = self.problems._file("Un"), self.problems._file("Deux")
        self.env.flush_all()
        self.env.cr.execute("UPDATE platform_problem SET create_date = '2026-01-15 10:00:00'")
        self.env.invalidate_all()
        late.date_answered = "2026-06-01 10:00:00"
        due = old.search(old._get_retention_domain(rule, date(2027, 1, 16)))
        self.assertIn(old, due)
        self.assertNotIn(late, due)
        self.assertEqual(old._get_retention_dues(rule)[old], date(2027, 1, 15))
        old._end_retention(rule)
        self.assertFalse(old.exists())
        processing = self.env.ref("website_problem_report.processing_problem")
        self.assertFalse(processing.retention_problem)
