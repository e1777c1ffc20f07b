import itertools
import json
from unittest.mock import MagicMock, patch

import requests

from odoo.tools import file_open

from .common import WebsiteProcedureCommon

MODULE = "odoo.addons.website_procedure.models.website_procedure_address"
GET = f"{MODULE}.requests.get"


class TestFormAddress(WebsiteProcedureCommon):
    """The State's address service helps when it answers; nobody waits for it."""

    def setUp(self):
        super().setUp()
        self.env.registry.clear_cache()
        with file_open("website_procedure/tests/data/geopf_geocodage_search.json") as file:
            self.answer = json.load(file)

    def turn_on(self):
        self.env["ir.config_parameter"].set_param("website_procedure.address_service", "1")

    def ask(self, words="1 place de la mairie", content=None, error=None):
        content = self.answer if content is None else content
        response = self.answer_of([json.dumps(content).encode()])
        with patch(GET, side_effect=error, return_value=response) as get:
            answer = self.url_open(f"/demarches/adresse?q={words}")
        self.assertEqual(answer.status_code, 200)
        return answer.json(), get

    def answer_of(self, chunks, **headers):
        response = MagicMock(headers=headers, iter_content=lambda size: iter(chunks))
        response.__enter__.return_value = response
        return response

    def test_no_more_is_read_than_wanted(self):
        """A service that sends without end, compressed, or drop by drop, is left at once."""
        self.turn_on()
        read = []

        def endless():
            while True:
                read.append(1)
                yield b" " * 16 * 1024

        for number, response in enumerate(
            (
                self.answer_of(endless()),
                self.answer_of([b"{}"], **{"Content-Encoding": "gzip"}),
                self.answer_of(itertools.repeat(b"")),
            )
        ):
            with (
                self.subTest(number),
                patch(GET, return_value=response),
                patch(f"{MODULE}.monotonic", side_effect=itertools.count(step=0.5)),
            ):
                answer = self.url_open(f"/demarches/adresse?q=rue sans fin {number}")
                self.assertEqual((answer.status_code, answer.json()), (200, []))
        self.assertLess(len(read), 20)

    def test_off_by_default_nothing_leaves_the_server(self):
        found, get = self.ask()
        self.assertEqual(found, [])
        get.assert_not_called()
        self.assertNotIn("data-suggest", self.url_open(self.form_path).text)

    def test_addresses_are_proposed_those_of_the_territory_first(self):
        self.turn_on()
        self.answer["features"].reverse()
        found, get = self.ask()
        self.assertEqual(
            found[0],
            {
                "label": "1 Place de la Mairie 55250 Vaubecourt",
                "street": "1 Place de la Mairie",
                "zip": "55250",
                "commune": "Vaubecourt",
                "insee": "55532",
            },
        )
        self.assertEqual(len(found), 2)
        self.assertEqual(get.call_args.kwargs["timeout"], 2)
        self.assertIn("data-suggest", self.url_open(self.form_path).text)
        _found, get = self.ask("1  PLACE de la Mairie")
        get.assert_not_called()

    def test_whatever_it_answers_the_form_goes_on(self):
        self.turn_on()
        for number, (content, error) in enumerate(
            (
                (None, requests.Timeout()),
                (None, requests.ConnectionError()),
                ({}, None),
                ([], None),
                ({"features": None}, None),
                ({"features": [{"properties": None}]}, None),
                ({"features": [{"properties": {"label": 3, "name": [], "city": {}}}]}, None),
            )
        ):
            with self.subTest(number):
                found, _get = self.ask(f"rue numero {number}", content, error)
                self.assertEqual(found, [])
        # A failure is not kept: the next one finds it again.
        found, _get = self.ask("rue numero 0")
        self.assertEqual(len(found), 2)

    def test_too_short_or_hostile_words_ask_nothing(self):
        self.turn_on()
        for words in ("", "a", "   "):
            found, get = self.ask(words)
            self.assertEqual(found, [])
            get.assert_not_called()
        _found, get = self.ask("x" * 5000)
        self.assertEqual(len(get.call_args.kwargs["params"]["q"]), 120)

    def test_one_visitor_cannot_ask_without_end(self):
        self.turn_on()
        self.ask()
        Guard = self.env["public.guard"]
        key = "127.0.0.1"
        for _press in range(599):
            Guard._hit("procedure.address", key, 1000, 3600)
        found, get = self.ask("une autre rue")
        self.assertEqual(found, [])
        get.assert_not_called()
