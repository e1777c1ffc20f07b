from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.procedure.tests.common import upload
from odoo.addons.territory_base import clock

from .common import CounterCommon


@tagged("post_install", "-at_install")
class TestCounterSeen(CounterCommon):
    """“Vu, non conservé”: ticked by the agent, in the place of a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall = cls._procedure(
            "Louer une salle",
            "SALLE",
            cls.waste,
            fields=[
                {"key": "proof", "type": "file", "label": "Assurance", "required": True},
                {"key": "second", "type": "page", "label": "Suite"},
                {"key": "what", "type": "char", "label": "Occasion", "required": True},
                {"key": "plan", "type": "file", "label": "Plan", "required": True},
            ],
            slug="louer-une-salle",
        )
        cls.today = clock.today()

    def _ticked(self, page):
        return page.tree.xpath("//input[@type='checkbox'][@name='_seen'][@checked]/@value")

    def _carried(self, page):
        """Ticked on another page of the form."""
        return page.tree.xpath("//input[@type='hidden'][@name='_seen']/@value")

    def _send(self, path, page, **answers):
        return self.post(path, {**self.hidden(page), **self.ana(), "_action": "send", **answers})

    def test_ticked_it_counts_page_after_page_and_is_printed(self):
        day = self.today - timedelta(days=2)
        path, page = self.open_form(
            self.agent, procedure=self.hall.slug, received_on=day.strftime("%d/%m/%Y")
        )
        self.assertFalse(self._ticked(page))
        self.assertIn("Vu, non conservé", self.words(page))
        response = self._send(path, page, _seen="proof", _action="next")
        self.assertEqual(response.status_code, 303, self.errors(response))
        page = self.get(f"{path}?etape=2")
        self.assertEqual(self._carried(page), ["proof"])
        data = {**self.hidden(page), "what": "Noce", "_action": "back"}
        self.post(path, {**data, "_seen": [*self._carried(page), "plan"]})
        page = self.get(f"{path}?etape=1")
        self.assertEqual((self._ticked(page), self._carried(page)), (["proof"], ["plan"]))
        page = self.get(f"{path}?etape=2")
        self.assertEqual((self._ticked(page), self._carried(page)), (["plan"], ["proof"]))
        data = {**self.hidden(page), "what": "Noce", "_action": "send"}
        response = self.post(path, {**data, "_seen": ["proof", "plan", "what", "x"]})
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of(self.hall)
        lines = request.document_line_ids
        self.assertEqual(lines.mapped("field_key"), ["proof", "plan"])
        self.assertEqual(set(lines.mapped("seen_on")), {day})
        self.assertEqual(lines.seen_by_id, self.agent)
        self.assertIn(f"Vu le {day.strftime('%d/%m/%Y')}, non conservé", request.letter_ids.body)
        self.assertNotIn(self.agent.name, request.letter_ids.body)

    def test_nothing_is_shown_by_phone(self):
        path, page = self.open_form(self.agent, procedure=self.hall.slug, channel="phone")
        self.assertNotIn("Vu, non conservé", self.words(page))
        response = self._send(path, page, _seen="proof", _action="next")
        self.assertIn("proof", self.errors(response))

    def test_the_site_does_not_offer_it_and_takes_none(self):
        self.sign_in(self.camille)
        path = f"/demarches/{self.hall.slug}/formulaire"
        page = self.get(path)
        self.assertFalse(page.tree.xpath("//input[@name='_seen']"))
        response = self.post(path, {**self.hidden(page), "_seen": "proof", "_action": "next"})
        self.assertIn("proof", self.errors(response))

    def test_brought_later_it_is_ticked_where_the_rest_is_entered(self):
        request = self._submit(
            procedure=self.hall,
            answers={"what": "Noce"},
            files={"proof": [upload()], "plan": [upload("plan.png", b"autre")]},
        )
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "proof", "reason": "Illisible"}]
        )
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}"
        page = self.get(path)
        self.assertFalse(page.tree.xpath("//input[@name='_seen']"))
        self.post(f"{path}/completer", {**self.hidden(page), "_seen": "proof"})
        self.assertEqual(request.state, "to_complete")
        self.sign_in(self.agent)
        path = f"/guichet/demande/{request.id}/completer"
        page = self.get(path)
        response = self.post(path, {**self.hidden(page), "_seen": ["plan", "x"]})
        self.assertEqual(response.status_code, 422)
        response = self.post(path, {**self.hidden(page), "_seen": "proof"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(request.state, "in_review")
        seen = request.document_line_ids.filtered("seen_on")
        self.assertEqual((seen.field_key, seen.seen_on), ("proof", self.today))
        self.sign_in(self.camille)
        page = self.get(f"/my/demandes/{request.id}")
        self.assertIn(f"Vu le {self.today.strftime('%d/%m/%Y')}, non conservé", self.words(page))
        self.assertNotIn(self.agent.name, self.words(page))
