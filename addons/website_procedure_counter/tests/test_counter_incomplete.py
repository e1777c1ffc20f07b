from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.procedure import delays
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.territory_base import clock

from .common import CounterCommon


@tagged("post_install", "-at_install")
class TestCounterIncomplete(CounterCommon):
    """A letter that does not answer everything is entered as it came, at the counter only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall = cls._procedure(
            "Louer une salle",
            "SALLE",
            cls.waste,
            fields=[
                {"key": "day", "type": "date", "label": "Jour souhaité", "required": True},
                {"key": "what", "type": "char", "label": "Occasion", "required": True},
                {"key": "proof", "type": "file", "label": "Assurance", "required": True},
            ],
            slug="louer-une-salle",
        )
        in_twenty_days = clock.today() + timedelta(days=20)
        cls.due = delays.next_working_day(in_twenty_days)

    def _letter(self, procedure=None, **values):
        return self.open_form(
            self.agent, procedure=(procedure or self.hall).slug, channel="mail", **values
        )

    def _enter(self, path, page, **answers):
        return self.post(path, {**self.hidden(page), **self.ana(), "_action": "send", **answers})

    def test_what_lacks_is_offered_to_be_asked_for_and_asked_once(self):
        path, page = self._letter()
        self.assertNotIn("La demande est incomplète", self.words(page))
        page = self._enter(path, page, what="Mariage")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Jour souhaité", " ".join(page.tree.xpath("//*[@id='incomplet']//li/text()")))
        self.assertEqual(self.value(page, "what"), "Mariage")
        due = self.due.strftime("%d/%m/%Y")
        response = self._enter(path, page, what="Mariage", _action="incomplete", _until=due)
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of(self.hall)
        self.assertEqual((request.state, request.channel), ("to_complete", "mail"))
        self.assertEqual(request.answers, {"what": "Mariage"})
        self.assertEqual(
            {line.field_key: line.date_due for line in request.document_line_ids},
            {"day": self.due, "proof": self.due},
        )
        receipt = self.get(response.headers["Location"])
        self.assertIn("Jour souhaité", self.words(receipt))
        self.assertIn(due, self.words(receipt))
        letter = request.letter_ids
        self.assertEqual(letter.kind, "acknowledgment")
        for words in ("Assurance", due):
            self.assertIn(words, letter.body)

    def test_what_is_wrong_is_refused_beside_its_field(self):
        path, page = self._letter()
        for action in ("send", "incomplete"):
            response = self._enter(path, page, day="32/13", _action=action, _until="15/11/2050")
            self.assertEqual(response.status_code, 422)
            self.assertIn("day", self.errors(response))
            self.assertFalse(response.tree.xpath("//*[@id='incomplet']"))
        response = self._enter(path, page, what="X", _action="incomplete", _until="hier")
        self.assertIn("_until", self.errors(response))
        response = self._enter(path, page, what="X", _action="incomplete", _until="15/11/2020")
        self.assertIn("_until", self.errors(response))
        response = self._enter(
            path, page, contact_lastname="", _action="incomplete", _until="15/11/2050"
        )
        self.assertIn("contact_lastname", self.errors(response))
        self.assertFalse(self.requests_of(self.hall))

    def test_page_by_page_she_says_once_that_the_letter_is_incomplete(self):
        procedure = self._procedure(
            "En deux pages",
            "PAGES",
            self.waste,
            fields=[
                {"key": "first", "type": "page", "label": "Un"},
                {"key": "wish", "type": "char", "label": "Souhait", "required": True},
                {"key": "second", "type": "page", "label": "Deux"},
                {"key": "more", "type": "char", "label": "Suite", "required": True},
                {"key": "third", "type": "page", "label": "Trois"},
                {"key": "last", "type": "char", "label": "Fin", "required": True},
            ],
            slug="en-trois-pages",
        )
        path, page = self._letter(procedure)
        page = self._enter(path, page, _action="next")
        self.assertEqual(set(self.errors(page)), {"wish"})
        response = self._enter(path, page, _action="skip")
        self.assertIn("?etape=2", response.headers["Location"])
        page = self.get(f"{path}?etape=2")
        response = self._enter(path, page, _action="next")
        self.assertEqual(response.status_code, 303)
        page = self.get(f"{path}?etape=3")
        page = self._enter(path, page, last="Voilà")
        self.assertIn("Souhait", self.words(page))
        self.assertEqual(self.value(page, "last"), "Voilà")
        response = self._enter(path, page, last="Voilà", _action="incomplete", _until="15/11/2050")
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of(procedure)
        self.assertEqual(request.answers, {"last": "Voilà"})
        self.assertEqual(request.lacking_label, "Souhait et Suite")

    def test_the_site_never_takes_it(self):
        self.sign_in(self.camille)
        path = f"/demarches/{self.hall.slug}/formulaire"
        page = self.get(path)
        for action in ("incomplete", "skip", "send"):
            data = {**self.hidden(page), "what": "Mariage", "_until": "15/11/2050"}
            response = self.post(path, {**data, "_action": action})
            self.assertFalse(response.tree.xpath("//*[@id='incomplet']"))
        self.assertFalse(self.requests_of(self.hall))

    # -- completed

    def _incomplete(self):
        return (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.hall,
                    answers={"what": "Mariage"},
                    identity=self._identity(),
                    channel="mail",
                    incomplete_until=self.due,
                )
            )
            .with_user(self.env.user)
        )

    def test_the_service_enters_what_came_later(self):
        request = self._incomplete()
        self.sign_in(self.agent)
        action = request.with_user(self.agent).action_open_counter_completion()
        page = self.get(action["url"])
        self.assertIn(request.number, page.text)
        data = {**self.hidden(page), "day": "32/13/2026"}
        self.assertIn("day", self.errors(self.post(action["url"], data)))
        response = self.post(action["url"], {**data, "day": "24/12/2050"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(request.state, "to_complete")
        page = self.get(action["url"])
        self.assertFalse(page.tree.xpath("//input[@name='day']"))
        response = self.post(action["url"], self.hidden(page), [self.jpeg()])
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(request.state, "in_review")
        self.assertEqual(request.answers["day"], "2050-12-24")

    def test_for_anybody_else_the_page_does_not_exist(self):
        request = self._incomplete()
        path = f"/guichet/demande/{request.id}/completer"
        others = self.school_agent | self.secretary | self.other_secretary | self.communication
        for user in others | self.dpo | self.camille:
            self.sign_in(user)
            self.assertEqual(self.url_open(path).status_code, 404, user.login)
            self.assertEqual(self.url_open(path, data={"day": "x"}).status_code, 404, user.login)
        self.hall.consulted_service_ids = self.school
        request.sudo().consulted_service_ids = self.school
        self.sign_in(self.school_agent)
        self.assertEqual(self.url_open(path).status_code, 404, "consulted, it reads only")
        self.sign_in(self.manager)
        self.assertEqual(self.url_open(path).status_code, 200)

    def test_who_has_the_code_completes_it_on_the_site(self):
        request = self._incomplete()
        request.sudo()._complete(answers={"day": "2050-12-24"}, files={"proof": [upload()]})
        self.assertEqual(request.state, "in_review")
