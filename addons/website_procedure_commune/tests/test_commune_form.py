from unittest.mock import patch

from odoo import Command

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.website_procedure.tests.page_case import FormPageCase

from .common import add_hall


class TestCommuneForm(FormPageCase):
    """A commune that does not take it is told beside its question, before a code is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_hall(cls)

    def typed(self, commune, **values):
        return {"where": commune.name, "what": "Noce", **values}

    def test_the_refusal_is_beside_the_commune_and_nothing_is_lost(self):
        for user in (None, self.camille):
            with self.subTest(user=user and user.login):
                page = self.open(self.hall, user, **self.typed(self.revigny, **self._identity()))
                self.assertIn("Venez le mardi", page.errors["where"])
                self.assertIn("03 29 00 00 00", page.errors["where"])
                self.assertNotIn(AnswersInvalid.FORM, page.errors)
                drawn = self.draw(page)
                self.assertEqual(self.value(drawn, "what"), "Noce")

    def test_where_it_is_open_nothing_is_said(self):
        page = self.open(self.hall, self.camille, **self.typed(self.vaubecourt))
        self.assertFalse(page.errors)
        self.assertEqual(page.commune_row, self.row)

    def test_what_says_the_place_comes_before_where_she_lives(self):
        """As a room does: it is asked of its own town hall, by a visitor of elsewhere too."""
        tables = self._procedure(
            "Emprunter des tables",
            "TABLES",
            self.env["territory.service"],
            fields=[{"key": "what", "type": "char", "label": "Occasion"}],
            is_communal=True,
            commune_ids=[Command.set((self.vaubecourt | self.revigny).ids)],
        )
        Request = type(self.env["procedure.request"])
        prepare, revigny = Request._prepare_place, self.revigny

        def place(request, vals):
            return {**prepare(request, vals), "commune_id": revigny.id}

        identity = self._identity(**{"contact_address.commune": self.vaubecourt.name})
        page = self.open(tables, None, what="Noce", **identity)
        self.assertEqual(page.asked_commune, self.vaubecourt)
        with patch.object(Request, "_prepare_place", place):
            self.assertEqual(page.asked_commune, self.revigny)

    def test_without_a_place_in_the_form_it_is_where_she_lives(self):
        hall = self._procedure(
            "Emprunter des tables",
            "TABLES",
            self.env["territory.service"],
            fields=[{"key": "what", "type": "char", "label": "Occasion"}],
            is_communal=True,
            is_opened_by_communes=True,
            commune_ids=self.vaubecourt.ids + self.revigny.ids,
        )
        identity = self._identity(**{"contact_address.commune": "Revigny-sur-Ornain"})
        page = self.open(hall, **{"what": "Noce", **identity})
        self.assertIn("ne prend pas cette demande", page.errors[AnswersInvalid.FORM])
        # Whose commune is known reads it before she types; of the hall, the form asks it.
        self.camille.partner_id.sudo().commune_id = self.revigny
        page = self.open(hall, self.camille)
        self.assertIn("ne prend pas cette demande", " ".join(page.advice))
        self.assertFalse(self.open(self.hall, self.camille).advice)
        self.assertFalse(self.open(hall, None).advice)
        hall._make_commune_rows(self.revigny)
        hall.commune_row_ids.action_open()
        self.assertFalse(self.open(hall, self.camille).advice)

    def test_read_before_the_rest_of_the_address_is_typed(self):
        place = {"key": "place", "type": "address", "label": "Où", "required": True}
        procedure = self._procedure(
            "Déclarer des travaux",
            "TRAVAUX",
            self.env["territory.service"],
            fields=[place],
            is_communal=True,
            commune_ids=self.vaubecourt.ids + self.revigny.ids,
        )
        procedure._make_commune_rows(self.vaubecourt)
        procedure.commune_row_ids.rules = "Le matin seulement."
        page = self.open(procedure, self.camille, **{"place.commune": "vaubecourt"})
        self.assertEqual(page.commune_row.rules, "Le matin seulement.")

    def test_no_rules_nothing_to_read(self):
        self.row.rules = False
        page = self.open(self.hall, self.camille, **self.typed(self.vaubecourt))
        self.assertIsNone(page.commune_row)

    def test_closed_meanwhile(self):
        page = self.open(self.hall, self.camille, **self.typed(self.vaubecourt))
        self.assertFalse(page.errors)
        self.row.action_close()
        page = self.open(self.hall, self.camille, **self.typed(self.vaubecourt))
        self.assertIn("ne prend pas cette demande", page.errors["where"])
