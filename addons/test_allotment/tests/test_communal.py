from odoo.exceptions import ValidationError

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import AllotmentCommon


class TestCommunal(AllotmentCommon):
    """Gardens let by each town hall: the commune of the request says which one answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lonely = cls._commune("Commune sans mairie", "55999", "55250")
        cls.allotment.write({"is_communal": True, "service_id": False})

    @classmethod
    def _allotment_form(cls):
        where = {"key": "where", "type": "commune", "label": "Commune du jardin"}
        return [*super()._allotment_form(), where]

    def _ask_in(self, commune):
        return self._ask(answers={"where": commune.insee_code})

    def test_the_town_hall_of_the_commune_answers(self):
        for commune, town_hall, secretary, neighbour in (
            (self.vaubecourt, self.town_hall, self.secretary, self.other_secretary),
            (self.revigny, self.other_town_hall, self.other_secretary, self.secretary),
        ):
            request = self._ask_in(commune)
            self.assertEqual(request.service_id, town_hall)
            self.assertTrue(request.with_user(secretary).has_access("write"))
            self.assertFalse(request.with_user(neighbour).has_access("read"))

    def test_a_commune_without_town_hall_is_told_whom_to_ask(self):
        with self.assertRaisesRegex(AnswersInvalid, "ask it directly"):
            self._ask_in(self.lonely)
        with self.assertRaisesRegex(AnswersInvalid, "say for which commune"):
            self._ask()

    def test_the_lead_service_answers_for_the_others(self):
        self.allotment.service_id = self.waste
        self.assertEqual(self._ask_in(self.lonely).service_id, self.waste)
        self.assertEqual(self._ask_in(self.revigny).service_id, self.other_town_hall)

    def test_the_town_hall_that_the_commune_shows_is_the_one_that_answers(self):
        """Another one that covers it too, as a shared office, comes first in the list."""
        shared = self._service(
            "Accueil de deux mairies",
            "shared",
            kind="town_hall",
            commune_ids=(self.vaubecourt | self.revigny).ids,
        )
        shared.sequence = 1
        self.town_hall.code = self.vaubecourt._get_town_hall_code()
        for commune, town_hall in ((self.vaubecourt, self.town_hall), (self.revigny, shared)):
            self.assertEqual(commune.town_hall_id, town_hall)
            self.assertEqual(self._ask_in(commune).service_id, town_hall)
        self.allotment.local_service_ids = shared
        self.assertEqual(self._ask_in(self.vaubecourt).service_id, shared, "chosen by name")

    def test_a_town_hall_that_closes_answers_no_more(self):
        self.other_town_hall.active = False
        with self.assertRaises(AnswersInvalid):
            self._ask_in(self.revigny)

    def test_a_commune_without_town_hall_stops_the_publication(self):
        self.allotment.action_new_version()
        with self.assertRaisesRegex(ValidationError, "no town hall here"):
            self.allotment.action_publish()
        self.allotment.commune_ids = self.vaubecourt | self.revigny
        self.allotment.action_publish()

    def test_each_secretary_enters_it_at_her_counter(self):
        for user, is_entered in (
            (self.secretary, True),
            (self.other_secretary, True),
            (self.agent, False),
        ):
            self.assertEqual(self.allotment._is_entered_by(user), is_entered)
        self.assertFalse(self.allotment._is_entered_for_others(self.secretary))

    def test_the_page_asks_for_which_commune(self):
        communes = self.vaubecourt | self.revigny
        self.assertEqual(
            self.allotment._get_concerned_communes() & (communes | self.lonely), communes
        )
        self.allotment.commune_ids = self.lonely | self.revigny
        self.assertEqual(self.allotment._get_concerned_communes(), self.revigny)
        self.allotment.service_id = self.waste
        self.assertEqual(self.allotment._get_concerned_communes(), self.lonely | self.revigny)
