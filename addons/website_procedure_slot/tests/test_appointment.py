import re

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.procedure_slot.tests.common import NINE, NOW, TWENTY_PAST, SlotCommon
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

from .test_slot_page import LAST, value

# Of the page where an hour is chosen: in a form, and to move an appointment.
FORM_QUERIES = 45
MOVE_QUERIES = 30


@tagged("post_install", "-at_install")
class TestAppointment(WebsiteProcedureCommon, SlotCommon):
    """The page of an appointment: moved, cancelled, taken into a calendar, by its own people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar.change_notice = 2
        slot = {"key": "slot", "type": "slot", "label": "Rendez-vous", "required": True}
        form = [{**slot, "slot_calendar_id": cls.calendar.id}]
        cls.meeting = cls._procedure("Refaire sa carte", "CARTE", cls.waste, form)

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(NOW))
        self.request = self._meet(self.camille)
        self.base = f"/my/demandes/{self.request.id}"
        self.page = f"{self.base}/rendez-vous/slot"

    def _meet(self, user, start=NINE):
        answers = {"slot": str(SLOT_TYPE.to_id(start))}
        meeting = self.meeting.with_context(lang="fr_FR")
        filing = self._filing(user, procedure=meeting, files={}, answers=answers)
        requests = self.env["procedure.request"].with_context(lang="fr_FR")
        return requests.with_user(user)._submit(filing).sudo()

    def _taken(self):
        self.env.invalidate_all()
        bookings = self.request.slot_booking_ids
        return bookings.filtered(lambda each: each.state == "taken").mapped("start")

    def test_the_choice_of_an_hour_costs_few_queries_whatever_the_calendar_holds(self):
        form = f"/demarches/{self.meeting.slug}/formulaire"
        self.sign_in(self.camille)
        self.calendar._hold(TWENTY_PAST, "form", 1)
        few = [self.count_queries(path) for path in (form, self.page)]
        self.calendar.capacity = 40
        self.calendar.opening_ids[0].copy({"weekday": "4"})
        for _rank in range(30):
            self.calendar._hold(TWENTY_PAST, f"form-{_rank}", 1)
        many = [self.count_queries(path) for path in (form, self.page)]
        self.assertCostsNoMore(few, many)
        self.assertLess(many[0], FORM_QUERIES)
        self.assertLess(many[1], MOVE_QUERIES)

    def test_it_is_moved_from_the_page_of_the_request(self):
        self.sign_in(self.camille)
        shown = self.get(self.base)
        links = shown.tree.xpath("//section[@aria-labelledby='bloc-rendez-vous-slot']//a/@href")
        ends = ["slot/agenda.ics", "slot", "slot/annuler"]
        self.assertEqual(links, [f"{self.base}/rendez-vous/{end}" for end in ends])
        page = self.get(self.page)
        self.assertIn("Le déplacer", page.text)
        words = " ".join(page.tree.xpath("//main")[0].text_content().split())
        self.assertIn("Garder le 24 mars", words, "which one she keeps")
        self.assertIn("Votre rendez-vous Mardi 24 mars", words)
        hours = page.tree.xpath("//label[@class='et-tile']/span/text()")
        self.assertEqual(hours, ["9\xa0h\xa020", "9\xa0h\xa040"])
        data = {**self.hidden(page), "slot": value(LAST)}
        answer = self.post(self.page, data)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._taken(), [LAST])
        shown = self.get(answer.headers["Location"])
        self.assertIn("Votre rendez-vous est déplacé.", shown.text)
        self.assertIn("9\xa0h\xa040", shown.text)
        self.assertIn("Votre rendez-vous est déplacé", self._line(shown))

    def test_the_hour_is_the_answer_and_is_said_first(self):
        """Nobody has to ask whether to come: no other answer is promised for later."""
        said = " ".join(f"Rendez-vous pris : {self.request._get_appointments()[0].words}".split())
        self.assertIn("mardi 24 mars", said)
        self.sign_in(self.camille)
        acknowledgment = self.request._get_acknowledgment_url()
        for path in (self.base, "/my/demandes", "/my", acknowledgment):
            words = self.words(self.get(path))
            self.assertIn(said, words, path)
            self.assertNotIn("Réponse attendue", words, path)
            self.assertNotIn("Vous recevez la réponse", words, path)
        shown = self.words(self.get(self.base))
        self.assertLess(shown.index("Rendez-vous pris"), shown.index("Votre rendez-vous"))
        self.assertIn(f"{said}. Vous n'avez rien à faire", shown)
        sent = [("model", "=", self.request._name), ("res_id", "=", self.request.id)]
        mail = self.env["mail.mail"].search(sent, order="id", limit=1)
        body = " ".join(html.fromstring(mail.body_html).text_content().split())
        self.assertIn(said, body)
        self.assertNotIn("Réponse attendue", body)
        desk = self.request.with_user(self.agent).sudo(False).with_context(lang="fr_FR")
        self.assertEqual(desk.due_label, "mar. 24 mars, 9\xa0h\xa000")
        form = self.get(f"/demarches/{self.meeting.slug}")
        self.assertNotIn("Réponse en", self.words(form))
        # Given up, or past, it is said no more.
        self.request._cancel_slot("slot", by=self.camille.partner_id)
        self.assertNotIn("Rendez-vous pris", self.words(self.get("/my/demandes")))

    def test_once_its_hour_is_over_it_is_sent_no_more(self):
        """Nobody closes each visit: its label says it, and no answer is promised."""
        self.sign_in(self.camille)
        desk = self.request.with_user(self.agent).sudo(False).with_context(lang="fr_FR")
        self.assertNotIn("Rendez-vous passé", self.words(self.get("/my/demandes")))
        with freeze_time("2026-03-25 08:00:00"):
            self.sign_in(self.camille)
            for path in (self.base, "/my/demandes"):
                page = self.get(path)
                tags = page.tree.xpath("//main//*[contains(@class, 'et-tag')]")
                tags = {" ".join(tag.text_content().split()) for tag in tags}
                self.assertIn("Rendez-vous passé", tags, path)
                self.assertNotIn("Envoyée", tags, path)
                self.assertNotIn("Réponse attendue", self.words(page), path)
            desk.invalidate_recordset()
            self.assertEqual(desk.due_label, "Rendez-vous passé")

    def test_where_something_is_checked_the_hour_is_said_and_an_answer_is_expected(self):
        slot = {"key": "slot", "type": "slot", "label": "Rendez-vous", "required": True}
        paper = {"key": "paper", "type": "file", "label": "Plan"}
        self.meeting = self._procedure(
            "Permis", "PERMIS", self.waste, [{**slot, "slot_calendar_id": self.calendar.id}, paper]
        )
        request = self._meet(self.camille, TWENTY_PAST)
        self.sign_in(self.camille)
        words = self.words(self.get(f"/my/demandes/{request.id}"))
        self.assertIn("Rendez-vous pris : mardi 24 mars", words)
        self.assertIn("Réponse attendue", words)
        # The list of the service says the day too.
        desk = request.with_user(self.agent).sudo(False).with_context(lang="fr_FR")
        self.assertIn("rendez-vous le mar. 24 mars, 9\xa0h\xa020", desk.what)

    def words(self, page):
        return " ".join(page.tree.xpath("string(//main)").split())

    def _line(self, shown):
        return shown.tree.xpath("//ol[@class='et-line']")[0].text_content()

    def test_one_that_somebody_took_is_said_and_the_former_one_stays(self):
        self.sign_in(self.camille)
        page = self.get(self.page)
        self._meet(self.dominique, TWENTY_PAST)
        answer = self.post(self.page, {**self.hidden(page), "slot": value(TWENTY_PAST)})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("vient d’être pris", answer.text)
        self.assertEqual(self._taken(), [NINE])
        for wrong in ("", "x", "9" * 19):
            answer = self.post(self.page, {**self.hidden(page), "slot": wrong})
            self.assertEqual(answer.status_code, 422)
            self.assertIn("Choisissez un créneau.", answer.text)
        # A post of another site.
        self.assertEqual(self.post(self.page, {"slot": value(LAST)}).status_code, 422)
        self.assertEqual(self._taken(), [NINE])

    def test_it_is_cancelled_once_she_says_so(self):
        self.sign_in(self.camille)
        ask = self.get(f"{self.page}/annuler")
        self.assertIn("est annulée avec lui", ask.text)
        self.assertEqual(self._taken(), [NINE])
        data = {**self.hidden(ask), "_action": "cancel"}
        for _press in range(2):
            self.assertEqual(self.post(f"{self.page}/annuler", data).status_code, 303)
        self.assertFalse(self._taken())
        self.assertEqual(self.request.state, "cancelled")
        self.assertIn("Annulé.", self.get(self.base).text)

    def test_too_near_it_says_whom_to_call(self):
        self.sign_in(self.camille)
        self.clock.move_to("2026-03-24 06:30:00")
        shown = self.get(self.page)
        self.assertIn("appelez le service", shown.text)
        self.assertFalse(shown.tree.xpath("//main//input[@type='radio']"))
        self.assertEqual(self.get(f"{self.page}/annuler").url.rsplit("/", 1)[1], "slot")

    def test_a_session_that_ended_leads_back_to_its_page(self):
        """Its form is sent to its own address, which only a page answers."""
        away = self.url_open(self.page, data={"slot": value(LAST)}, allow_redirects=False)
        self.assertEqual(away.status_code, 303)
        self.assertURLEqual(away.headers["Location"], f"/web/login?redirect={self.page}")

    def test_what_to_bring_is_told_with_it(self):
        self.calendar.to_bring = "Votre passeport et une photo récente."
        self.sign_in(self.camille)
        for page in (self.base, self.page, self.request._get_acknowledgment_url()):
            self.assertIn("À apporter : Votre passeport", self.words(self.get(page)))
        event = self.url_open(f"{self.page}/agenda.ics").content.replace(b"\r\n ", b"")
        self.assertIn("Votre passeport", event.decode())
        self.request._remind_slots(self.request.slot_booking_ids)
        self.assertIn("À apporter", self._mails(self.request)[:1].body_html)

    def test_its_event(self):
        self.sign_in(self.camille)
        answer = self.url_open(f"{self.page}/agenda.ics")
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertIn(b"DTSTART:20260324T080000Z", answer.content)

    def test_neighbours_find_nothing(self):
        """By its number, by that of another one, by a key that is not there."""
        other = self._meet(self.dominique, TWENTY_PAST)
        paths = [self.page, f"{self.page}/annuler", f"{self.page}/agenda.ics"]
        for user in (self.dominique, self.agent, self.manager, self.dpo):
            self.sign_in(user)
            for path in paths:
                self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 404)
            for path in paths[:2]:
                data = {"slot": value(LAST), "_action": "cancel"}
                self.assertEqual(self.post(path, data).status_code, 404)
        self.sign_in(self.camille)
        for path in (
            f"/my/demandes/{other.id}/rendez-vous/slot/agenda.ics",
            f"{self.base}/rendez-vous/other/agenda.ics",
            f"{self.base}/rendez-vous/{'x' * 300}",
            f"/suivi/{self.request.number}/rendez-vous/slot/annuler",
        ):
            self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 404, path)
        self.logout()
        for path in paths:
            self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303, path)
        self.assertEqual(self._taken(), [NINE])

    def test_a_visitor_by_number_and_code(self):
        path = f"/demarches/{self.meeting.slug}/formulaire"
        page = self.get(path)
        data = {
            **self.hidden(page),
            **self._identity(contact_email="zoe@exemple.fr"),
            "slot": value(TWENTY_PAST),
            "_action": "send",
        }
        self.post(path, data)
        held = self.calendar.booking_ids.filtered(lambda each: each.state == "held")
        self.assertEqual(held.start, TWENTY_PAST)
        page = self.get(f"{path}/code")
        code = {"code": self.get_code("zoe@exemple.fr"), "_action": "send"}
        answer = self.post(f"{path}/code", {**self.hidden(page), **code})
        self.assertEqual(answer.status_code, 303)
        request = self.requests_of(self.meeting).filtered("contact_email")
        request = request.filtered(lambda each: each.contact_email == "zoe@exemple.fr")
        self.assertEqual(request.slot_booking_ids.mapped("state"), ["taken"])
        shown = self.get(answer.headers["Location"])
        url = f"/suivi/{request.number}/rendez-vous/slot"
        self.assertTrue(re.search(rf'href="[^"]*{url}/agenda.ics"', shown.text))
        self.assertEqual(self.url_open(f"{url}/agenda.ics").status_code, 200)
        page = self.get(url)
        answer = self.post(url, {**self.hidden(page), "slot": value(LAST)})
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertIn(LAST, request.slot_booking_ids.mapped("start"))
        # Another browser types her number and code first.
        self.opener.cookies.clear()
        answer = self.url_open(f"{url}/agenda.ics", allow_redirects=False)
        self.assertIn("/suivi?numero=", answer.headers["Location"])

    def test_both_parents_each_see_their_own_only(self):
        child = self.camille.partner_id.sudo()._declare_child(
            {
                "firstname": "Louis",
                "lastname": "Durand",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
            }
        )
        other = self._resident("sacha", "Sacha", "Durand")
        self.env["parental.authority"].create(
            {"child_id": child.id, "holder_id": other.partner_id.id, "state": "verified"}
        )
        meeting = self.meeting.with_context(lang="fr_FR")
        answers = {"slot": value(TWENTY_PAST)}
        filing = self._filing(
            self.camille, procedure=meeting, files={}, answers=answers, subjects=child
        )
        hers = self.env["procedure.request"].with_user(self.camille)._submit(filing).sudo()
        self.sign_in(other)
        form = self.get(f"/demarches/{self.meeting.slug}/formulaire")
        hours = form.tree.xpath("//label[@class='et-tile']/span/text()")
        self.assertEqual(hours[0], "9\xa0h\xa040")
        for path in (f"/my/demandes/{hers.id}", f"/my/demandes/{hers.id}/rendez-vous/slot"):
            self.assertEqual(self.url_open(path).status_code, 404)
        for path in ("/my", "/my/demandes"):
            self.assertNotIn("9\xa0h\xa020", self.get(path).text)
