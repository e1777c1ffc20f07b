import icalendar
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.family_booking.tests.common import MONDAY

from .week_case import WEEK, WeekCase

DAY = f"/my/famille/jour/{MONDAY}"
MARK = "XVQZ"


@tagged("post_install", "-at_install")
class TestFamilyWeekPages(WeekCase):
    """The same by the pages, as a browser without script sends them, and as strangers guess."""

    def box(self, child):
        return f"{child.id}-{self.monday.id}"

    def sent(self, page, *children, **values):
        """What the form of the day sends, with the boxes of these children ticked."""
        boxes = page.tree.xpath("//main//form[.//input[@name='shown']]")[0]
        shown = boxes.xpath(".//input[@name='shown']/@value")
        token = boxes.xpath(".//input[@name='csrf_token']/@value")[0]
        ticked = [self.box(child) for child in children]
        return {"csrf_token": token, "shown": shown, "s": ticked, "repeat": "once", **values}

    def state(self, child):
        domain = [("child_id", "=", child.id), ("session_id", "=", self.monday.id)]
        return self.Booking.search([*domain, ("state", "!=", "ended")]).state

    def test_a_day_is_changed_and_the_week_says_so(self):
        self.sign_in(self.camille)
        page = self.get(DAY)
        self.assertIn("jusqu’à jeudi 3 décembre, 12\xa0h", page.text)
        data = self.sent(page, self.lou, self.noe)
        for _press in range(2):
            answer = self.post(DAY, data)
            self.assertEqual(answer.status_code, 303)
        week = self.get(answer.headers["Location"])
        self.assertIn("C’est noté pour lundi 7 décembre", self.notice(week))
        self.assertEqual(self.row(week, MONDAY).count("Cantine"), 3, "two children, one rule")
        self.assertEqual(self.Booking.search_count([("session_id", "=", self.monday.id)]), 2)

    def test_what_is_wrong_is_beside_its_box(self):
        self.sign_in(self.camille)
        data = self.sent(self.get(DAY), self.lou)
        for until, sentence in (("", "jusqu’à quand"), ("31/02/2027", "existe pas")):
            page = self.post(DAY, {**data, "repeat": "weeks", "until": until})
            self.assertEqual(page.status_code, 422)
            self.assertIn(sentence, self.errors(page)["until"])
            self.assertEqual(self.value(page, "s"), [self.box(self.lou)], "what was ticked stays")
        with freeze_time("2026-12-03 11:30:00"):
            self.sign_in(self.camille)
            data["csrf_token"] = self.hidden(self.get("/my/famille/agenda"))["csrf_token"]
            page = self.post(DAY, data)
        self.assertEqual(page.status_code, 422)
        self.assertIn("jusqu’au jeudi 3 décembre", page.text)
        self.assertFalse(self.state(self.lou))

    def test_what_was_ticked_is_found_again_after_signing_in(self):
        """Her session had ended: nothing is booked, nothing is lost."""
        self.sign_in(self.camille)
        data = self.sent(self.get(DAY), self.noe, repeat="weeks", until="18/12/2026")
        self.url_open("/web/session/logout")
        headers = {"Referer": self.base_url() + DAY}
        self.url_open(DAY, data=data, headers=headers, allow_redirects=False)
        self.assertFalse(self.state(self.noe))
        self.log_in(self.camille)
        page = self.get(DAY)
        self.assertEqual(self.value(page, "s"), [self.box(self.noe)])
        self.assertEqual(self.value(page, "repeat"), ["weeks"])
        self.assertEqual(self.value(page, "until"), "18/12/2026")
        self.assertIn("rien n’est encore envoyé", self.notice(page))

    def test_brothers_and_sisters_are_asked_then_booked(self):
        parent, theirs = self.fill()
        self.cancel(parent, theirs[0])
        self.sign_in(self.camille)
        question = self.post(DAY, self.sent(self.get(DAY), self.lou, self.noe))
        self.assertEqual(question.status_code, 200)
        self.assertEqual(self.asked_again(question), DAY)
        self.assertFalse(self.state(self.lou))
        [form] = question.tree.xpath("//main//form")
        data = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        answer = self.post(DAY, {**data, "split": "book"})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((self.state(self.lou), self.state(self.noe)), ("booked", "waiting"))
        self.assertIn("Noé est en liste", self.notice(self.get(answer.headers["Location"])))

    def test_an_absence_in_one_press_and_its_undo(self):
        self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 06:00:00"):
            self.sign_in(self.sacha)
            answer = self.press(self.get("/my/famille"), "Lou ne vient pas")
            self.assertEqual(self.state(self.lou), "absent")
            week = self.get(answer.headers["Location"])
            self.assertIn("Prévenez aussi l’école", self.notice(week))
            self.assertIn("Absence notée", self.row(week, MONDAY))
            self.press(week, "Annuler : Lou, 7 décembre")
            self.assertEqual(self.state(self.lou), "booked")

    def test_a_kept_place_is_taken_by_one_press_even_twice(self):
        parent, theirs = self.fill()
        self.book(self.camille, self.noe)
        self.cancel(parent, theirs[0])
        self.sign_in(self.camille)
        page = self.get("/my/famille")
        for _press in range(2):
            answer = self.press(page, "Prendre la place : Noé")
            self.assertIn("fait=pris", answer.headers["Location"])
        self.assertEqual(self.state(self.noe), "booked")

    def test_a_place_that_is_over_says_so(self):
        parent, theirs = self.fill()
        self.book(self.camille, self.noe)
        self.cancel(parent, theirs[0])
        self.sign_in(self.camille)
        page = self.get("/my/famille")
        self.Booking.search([("state", "=", "offered")]).offered_until = "2026-11-24 10:00:00"
        answer = self.press(page, "Prendre la place : Noé")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("n’est plus", self.notice(answer))

    def test_other_parent_neighbour_visitor(self):
        """What they guess leads nowhere, and changes nothing."""
        self.camille.partner_id.write({"phone": f"{MARK}1", "street": f"{MARK} rue"})
        [booking] = self.book(self.camille, self.noe)
        for user in (self.sacha, self.stranger):
            self.sign_in(user)
            self.assertNotIn(MARK, self.get(f"/my/famille?semaine={WEEK}").text)
            self.assertNotIn("Noé", self.get("/my/famille/mois/2026-12").text)
            token = self.hidden(self.get("/my/famille/agenda"))
            token = token or self.hidden(self.get("/my/account"))
            for path, values in (
                (f"{DAY}/absence/{self.noe.id}", {}),
                (f"{DAY}/retour/{self.noe.id}", {}),
                ("/my/famille/place", {"places": str(booking.id), "reponse": "non"}),
            ):
                answer = self.post(path, {**token, **values})
                self.assertEqual(answer.status_code, 404, (user.login, path))
            data = {**token, "shown": f"{self.box(self.noe)}-1", "repeat": "once"}
            answer = self.post(DAY, data)
            self.assertIn(answer.status_code, (303, 404))
        self.assertEqual(booking.state, "booked")
        self.authenticate(None, None)
        for path in ("/my/famille", DAY, "/my/famille/mois/2026-12", "/my/famille/agenda"):
            self.assertIn("/web/login", self.get(path).url)

    def test_days_that_are_none_have_no_page(self):
        self.sign_in(self.camille)
        for path in (
            "/my/famille/jour/2026-02-30",
            "/my/famille/jour/9999-12-31",
            "/my/famille/jour/x",
            "/my/famille/mois/2026-13",
            "/my/famille/mois/0001-01",
        ):
            self.assertEqual(self.get(path).status_code, 404, path)
        self.assertEqual(self.get("/my/famille?semaine=9999-W52&fait=x&jour=x").status_code, 200)

    def test_who_has_no_child_is_told_where_to_declare_one(self):
        self.sign_in(self.stranger)
        for path in ("/my/famille", "/my/famille/mois/2026-12", "/my/famille/agenda"):
            page = self.get(path)
            self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer/enfant']"), path)
        self.assertEqual(self.get(DAY).status_code, 404)

    # The calendar

    def address(self, page):
        return page.tree.xpath("//main//input[@id='adresse']/@value")[0]

    def test_a_secret_address_for_a_calendar_renewed_and_withdrawn(self):
        self.book(self.camille, self.lou, self.noe)
        self.sign_in(self.camille)
        first = self.address(self.press(self.get("/my/famille/agenda"), "Créer mon adresse"))
        self.assertNotIn(first[-20:], self.get("/my/famille/agenda").text, "it is shown once")
        secret = first.rsplit("/", 1)[1].removesuffix(".ics")
        self.assertNotIn(secret, str(self.camille.sudo().read()))
        self.authenticate(None, None)
        path = f"/famille/agenda/{secret}.ics"
        answer = self.url_open(path)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        self.assertEqual(
            [str(event["summary"]) for event in events],
            ["Lou\xa0: Cantine", "Noé\xa0: Cantine"],
        )
        for told in ("Duchêne", "Bertin", "Camille", "rue", "example.org"):
            self.assertNotIn(told, answer.text)
        self.sign_in(self.camille)
        second = self.address(self.press(self.get("/my/famille/agenda"), "Renouveler mon adresse"))
        self.assertEqual(self.url_open(path).status_code, 404)
        path = "/famille/agenda/" + second.rsplit("/", 1)[1]
        self.assertEqual(self.url_open(path).status_code, 200)
        self.press(self.get("/my/famille/agenda"), "La supprimer")
        self.assertEqual(self.url_open(path).status_code, 404)
        for guess in ("x.ics", ".ics", "x" * 300):
            self.assertEqual(self.url_open(f"/famille/agenda/{guess}").status_code, 404)

    def test_a_calendar_follows_the_authority_and_the_account(self):
        self.book(self.camille, self.lou)
        secret = self.sacha.with_user(self.sacha)._renew_family_feed()
        path = f"/famille/agenda/{secret}.ics"
        self.assertIn("Lou", self.url_open(path).text)
        self.other_authority.state = "contested"
        self.env.flush_all()
        self.assertNotIn("Lou", self.url_open(path).text)
        self.sacha.active = False
        self.env.flush_all()
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_nobody_reads_the_secret_by_remote_call(self):
        self.camille._renew_family_feed()
        for user in (self.camille, self.sacha, self.family_agent):
            users = self.env["res.users"].with_user(user)
            with self.assertRaises(AccessError):
                users.search_count([("family_feed_hash", "!=", False)])
