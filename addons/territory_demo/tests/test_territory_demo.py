import io
from pathlib import Path

from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base import clock
from odoo.addons.territory_demo import procedures

DATA = Path(__file__).parents[3] / "data"
PERSONAS = {
    "responsable",
    "agent.dechets",
    "agent.enfance",
    "communication",
    "secretaire",
    "secretaire2",
    "asso",
    "entreprise",
    "camille",
    "sacha",
    "dominique",
    "dpo",
}
PARTS = [
    *("people", "appointments", "rooms", "rounds", "streets", "town_halls", "problems"),
    "families",
]


@tagged("post_install", "-at_install")
class TestTerritoryDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.env["territory.demo"]._build(PARTS)

    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def test_each_persona_is_there_with_her_one_group(self):
        logins = self.env["res.users"].search([]).mapped("login")
        self.assertLessEqual(PERSONAS, set(logins))
        self.assertTrue(self._user("camille")._is_portal())
        for login, group in (("secretaire", "secretary"), ("dpo", "dpo")):
            self.assertTrue(self._user(login).has_group(f"territory_base.territory_group_{group}"))
            self.assertFalse(self._user(login).has_group("base.group_system"))

    def test_separated_parents_both_hold_authority_and_live_apart(self):
        camille = self._user("camille").partner_id
        sacha = self._user("sacha").partner_id
        children = camille._children_i_may_act_for()
        self.assertEqual(children.mapped("firstname"), ["Lou", "Noé"])
        self.assertEqual(sacha._children_i_may_act_for(), children)
        self.assertNotEqual(camille._current_household(), sacha._current_household())

    def test_each_parent_said_her_own_weeks_and_answers(self):
        camille, sacha = (self._user(login).partner_id for login in ("camille", "sacha"))
        rows = self.env["family.custody"].search([("stands", "=", True)])
        self.assertEqual(
            {(row.parent_id, row.rhythm) for row in rows}, {(camille, "odd"), (sacha, "even")}
        )
        self.assertEqual(len(rows), 4)
        photos = self.env["privacy.consent.text"].search([("code", "=", "photos")])
        lou = camille._children_i_may_act_for()[0]
        self.assertFalse(self.env["privacy.consent"]._is_agreed(photos, lou), "Sacha refuses")

    def test_requests_stand_at_different_states(self):
        states = self.env["procedure.request"].search([]).mapped("state")
        self.assertLessEqual(
            {"submitted", "in_review", "to_complete", "accepted", "refused"}, set(states)
        )

    def test_a_connection_to_water_asks_for_parcel_owner_and_permit(self):
        for code in ("EAU",):
            procedure = self.env["procedure.procedure"].search([("code", "=", code)])
            with self.subTest(code):
                self.assertEqual(procedure.state, "published")
                self.assertTrue(procedure.is_communal)
                keys = set(procedure.version_id.field_ids.mapped("key"))
                asked = {"date_wished", "parcel", "permit", "permit_file", "situation_plan"}
                self.assertLessEqual(asked | {"is_owner", "owner_agreement"}, keys)
        filed = self.env["procedure.request"].search([("procedure_id.code", "=", "EAU")])
        self.assertEqual(len(filed), 2)
        for request in filed:
            self.assertEqual(request.service_id, request.commune_id.town_hall_id)

    def test_an_appointment_is_taken_and_a_loan_waits_for_its_second_signature(self):
        appointment = self.env["procedure.request"].search([("procedure_id.code", "=", "RDV")])
        self.assertEqual(appointment.applicant_id, self._user("camille").partner_id)
        booking = self.env.ref("territory_demo.slot_calendar_demo").booking_ids
        self.assertEqual(booking.request_id, appointment)
        # What to bring is said wherever the appointment is.
        (said,) = appointment.sudo()._acknowledgment_values()["slots"]
        self.assertIn("Une carte d’identité ou un passeport", said)
        event = appointment.sudo()._make_ics(appointment.sudo()._get_appointments()[0])
        self.assertIn("passeport", event.replace(b"\r\n ", b"").decode())
        loan = self.env["procedure.request"].search([("procedure_id.code", "=", "MATERIEL")])
        self.assertEqual(loan.state, "signature_awaited")
        # One marquee at 15 euros, six tables at 2.50.
        self.assertEqual(loan.price_cents, 3000)

    def test_the_loan_is_lent_once_it_is_signed_and_its_letter_names_the_price(self):
        loan = self.env["procedure.request"].search([("procedure_id.code", "=", "MATERIEL")])
        mine = loan.with_user(self._user("secretaire"))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            mine.action_accept()
        signature = loan.signature_ids
        stamp = loan._get_signed_digest(signature._get_field())
        # As the page does, once the code is typed.
        signature._answer("signed", name="Paule Nord", stamp=stamp)
        self.assertEqual((loan.state, signature.state), ("submitted", "signed"))
        mine.action_take()
        for step in loan.procedure_id.step_ids:
            mine.step_id = step
        mine.action_accept()
        letter = loan.letter_ids.filtered(lambda each: each.kind == "decision")
        words = " ".join(html2plaintext(letter.body).split())
        self.assertIn("30,00 €", words)
        self.assertEqual(loan.payment_state, "due")
        mine.action_close()
        self.assertEqual(loan.state, "closed")

    def test_rooms_of_two_communes_have_bookings_at_each_stage(self):
        rooms = self.env["room.room"].search([])
        self.assertEqual(len(rooms.commune_id), 2)
        bookings = self.env["room.booking"].search([])
        states = {"internal", "option", "complete", "cancelled"}
        self.assertEqual(set(bookings.mapped("state")), states)
        self.assertGreater(min(bookings.mapped("start")), fields.Datetime.now())
        options = bookings.filtered(lambda each: each.state == "option").request_id
        self.assertEqual(set(options.mapped("state")), {"submitted", "to_complete"})
        # Of the inhabitants, with a second day; of an association, the first one of the year.
        by_login = {"dominique": 17000, "asso": 0}
        for login, cents in by_login.items():
            request = self.env["procedure.request"].search(
                [
                    ("procedure_id.code", "=", "LOUER"),
                    ("applicant_id", "=", self._user(login).partner_id.id),
                ]
            )
            self.assertEqual(request.price_cents, cents, login)

    def test_a_commune_has_three_open_street_reports_and_one_answered(self):
        Request = self.env["procedure.request"]
        reports = Request.search([("procedure_id.code", "=", "VOIRIE")])
        commune = reports.commune_id
        self.assertEqual(len(commune), 1)
        facts = [each._get_street_facts() for each in Request._find_street_open(commune)]
        self.assertEqual(len(facts), 2)
        self.assertTrue(all(each["place"] for each in facts))
        self.assertEqual(Request._count_street_unread(commune), 1)
        self.assertEqual(len([each for each in facts if each["has_photo"]]), 1)
        self.assertEqual(len(reports), 4)

    def test_a_collection_is_moved_by_a_public_holiday_to_come(self):
        rounds = self.env["waste.round"].search([])
        self.assertEqual(len(rounds.street_ids.commune_id), 2)
        today = clock.today()
        pickups = rounds._find_pickups(today, fields.Date.add(today, years=1))
        self.assertTrue([pickup for _round, pickup in pickups if pickup.is_moved])

    def test_two_town_halls_take_a_procedure_in_their_own_way_and_a_draft_is_tried(self):
        rows = self.env["procedure.commune"].search([("mode", "!=", "waiting")])
        self.assertEqual(set(rows.mapped("mode")), {"online", "direct"})
        link = self.env["procedure.version.link"].search([])
        self.assertTrue(link.is_open)
        draft, published = link.version_id, link.version_id.procedure_id.version_id
        self.assertEqual(draft.state, "draft")
        self.assertEqual(len(draft.field_ids), len(published.field_ids) + 1)

    def test_one_problem_of_the_platform_is_open_and_one_is_answered(self):
        problems = self.env["platform.problem"].search([])
        self.assertEqual(set(problems.mapped("state")), {"new", "solved"})

    def test_the_desk_of_the_childhood_service_has_its_morning(self):
        """Each parent asks for one child; a family without account came to the counter."""
        Request = self.env["procedure.request"].with_user(self._user("agent.enfance"))
        requests = Request.search([("procedure_id.code", "=", "CANTINE")], order="id")
        self.assertEqual(requests.mapped("who"), ["Lou Bertin", "Noé Bertin", "Jules Antoine"])
        self.assertEqual(requests.mapped("state"), ["in_review", "submitted", "submitted"])
        self.assertEqual(len(requests.document_line_ids), 3)
        self.assertTrue(requests[0].written_on)
        self.assertEqual(requests[2].late, "red")
        sacha = self._user("sacha").partner_id
        self.assertEqual(requests[1].sudo().applicant_id, sacha)
        counts = {key: count for key, count in Request.get_morning()["counts"].items()}
        self.assertEqual(counts, {"late": 1, "written": 1, "new": 2})

    def test_the_canteen_asks_for_the_days_and_each_line_names_the_child(self):
        camille = self._user("camille")
        canteen = self.env.ref("territory_demo.procedure_cantine_demo")
        common = {"school": "École des Trois Vallons", "date_start": "2027-01-04"}
        filed = self.env["procedure.request"]
        for child, days in zip(
            camille.partner_id._children_i_may_act_for(),
            ({"days.canteen": ["1", "4"], "days.evening": ["4"]}, {"days.canteen": ["2"]}),
            strict=True,
        ):
            document = self.env["territory.demo"]._draw_page("Assurance")
            filed |= filed.with_user(camille)._submit(
                Filing(
                    procedure=canteen.with_user(camille),
                    answers={**common, "when": ["school_days"], **days},
                    files={"insurance": [document]},
                    applicant=camille.partner_id,
                    subjects=child,
                )
            )
        requests = filed.with_user(self._user("agent.enfance"))
        wizard_id = requests.action_export()["res_id"]
        output = io.BytesIO()
        requests.env["procedure.export.wizard"].browse(wizard_id)._write_workbook(output)
        days = canteen.version_id.field_ids.filtered(lambda field: field.key == "days")
        rows = list(load_workbook(output)[days.label[:31]].values)
        head, lines = list(rows[0]), rows[1:]
        self.assertEqual((head[2], len(head)), (days.label, 7), "number, child, line, four days")
        self.assertEqual(
            [line[1:] for line in lines],
            [
                ("Lou Bertin", "Cantine", 1, None, 1, None),
                ("Lou Bertin", "Garderie du soir", None, None, 1, None),
                ("Noé Bertin", "Cantine", None, 1, None, None),
            ],
        )

    def test_pages_tell_the_usual_delay(self):
        for xml_id in procedures.PAST:
            delay = self.env.ref(xml_id)._get_usual_delay()
            self.assertEqual((delay.median, delay.most), (2, 3), xml_id)
        asked = self.env["procedure.procedure"].union(*map(self.env.ref, procedures.PAST))
        past = self.env["procedure.request"].search(
            [("channel", "=", "phone"), ("procedure_id", "in", asked.ids)]
        )
        self.assertEqual(set(past.mapped("state")), {"closed"})
        self.assertFalse(past.message_ids.mail_ids)

    def test_each_regime_is_validated_and_answers_no_request_of_the_past(self):
        published = self.env["procedure.procedure"].search(
            [("state", "=", "published"), ("kind", "!=", "external")]
        )
        codes = {"BAC", "BADGE", "COLLECTE", "CANTINE", "EAU"}
        shown = published.filtered(lambda procedure: procedure.code in codes)
        self.assertEqual(set(shown.mapped("code")), codes)
        for procedure in shown:
            self.assertNotEqual(procedure.regime, "none", procedure.code)
            self.assertTrue(procedure.validated_on, procedure.code)
        requests = self.env["procedure.request"].search([("procedure_id", "in", shown.ids)])
        today = clock.today()
        for request in requests.filtered(lambda request: request.state != "closed"):
            self.assertTrue(request.date_silence or request.procedure_id.regime == "declaration")
            self.assertGreater(request.date_silence or fields.Date.add(today, days=1), today)

    def test_each_procedure_of_a_town_hall_says_what_silence_means(self):
        """An association that asks for a room, who borrows a marquee: the acknowledgment says."""
        for code in ("LOUER", "MATERIEL"):
            procedure = self.env["procedure.procedure"].search([("code", "=", code)])
            with self.subTest(code):
                self.assertEqual(procedure.regime, "svr")
                self.assertTrue(procedure.validated_on)
        loan = self.env["procedure.request"].search([("procedure_id", "=", procedure.id)])
        self.assertTrue(loan.date_silence)

    def test_histories_are_in_french(self):
        bodies = " ".join(self.env["procedure.request"].search([]).message_ids.mapped("body"))
        self.assertIn("Acceptée", bodies)
        for english in ("Accepted", "In review", "Received"):
            self.assertNotIn(english, bodies)

    def test_a_second_build_adds_nothing(self):
        before = self.env["procedure.request"].search_count([])
        self.assertEqual(self.env["territory.demo"]._build(PARTS), [])
        self.assertEqual(self.env["procedure.request"].search_count([]), before)
