from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_template.tests.common import publish_template
from odoo.addons.territory_base import clock

from .common import FURNISHED, IDENTITY, OTHER, ROOMS, LodgingCase


@tagged("post_install", "-at_install")
class TestLodgingDeclaration(LodgingCase):
    """One declaration in force by lodging; each change is another one."""

    procedures = ("furnished", "rooms")

    def _states(self, *requests):
        return [request.lodging_ids.state for request in requests]

    def test_a_change_takes_the_place_of_the_former_one(self):
        first = self._declare()
        second = self._declare(lodging_rooms="5")
        self.assertEqual(self._states(first, second), ["replaced", "live"])
        former = first.lodging_ids
        self.assertEqual(former.replaced_by_id, second.lodging_ids)
        self.assertEqual((former.rooms, second.lodging_ids.rooms), (3, 5), "kept as it was")
        self.assertEqual(former.date_end, clock.today())
        self.assertNotEqual(former.number, second.lodging_ids.number)

    def test_another_floor_or_another_kind_is_another_lodging(self):
        requests = (
            self._declare(),
            self._declare(**{"lodging_address.street2": "2e étage"}),
            self._declare(self.rooms, answers=ROOMS),
        )
        self.assertEqual(self._states(*requests), ["live"] * 3)
        written_otherwise = self._declare(**{"lodging_address.street": "4, Rue du FOUR"})
        self.assertEqual(self._states(requests[0], written_otherwise), ["replaced", "live"])

    def test_nobody_ends_the_declaration_of_another(self):
        first = self._declare()
        second = self._declare(user=self.sacha)
        self.assertEqual(self._states(first, second), ["live", "to_check"])
        self.assertEqual(second.lodging_ids.other_id, first.lodging_ids)
        receipt = second.letter_ids.filtered(lambda letter: letter.kind == "receipt")
        self.assertTrue(receipt, "the law gives one all the same")
        self.assertNotIn("Camille", html2plaintext(receipt.body))
        with self.assertRaisesRegex(UserError, first.lodging_ids.number):
            second.with_user(self.secretary).action_accept()
        second.lodging_ids.with_user(self.secretary).action_replace()
        self.assertEqual(self._states(first, second), ["replaced", "live"])
        self.assertNotIn("new declaration", first.lodging_ids._get_state_words())
        second.with_user(self.secretary).action_accept()
        self.assertEqual(second.lodging_ids.date_checked, clock.today())
        with self.assertRaisesRegex(UserError, "does not wait"):
            second.lodging_ids.with_user(self.secretary).action_replace()

    def test_an_email_that_was_typed_proves_nothing(self):
        identity = {
            **IDENTITY,
            "contact_firstname": "Camille",
            "contact_lastname": "Duchêne",
            "contact_email": self.camille.email,
        }
        first = self._declare()
        visitor = self.env["procedure.request"].with_user(self.env.ref("base.public_user"))
        second = visitor._submit(
            Filing(procedure=self.furnished, answers=dict(FURNISHED), identity=identity)
        ).with_env(self.env)
        self.assertEqual(self._states(first, second), ["live", "to_check"])
        self.assertEqual(second.lodging_ids.declarant_name, "Camille Duchêne")
        self.assertEqual(second.lodging_ids.declarant_address, "1 place Haute, 54000 Nancy")

    def test_taken_back_the_former_one_is_in_force_again(self):
        first = self._declare()
        second = self._declare(lodging_rooms="5")
        second.with_user(self.secretary).action_drop("Erreur de saisie")
        self.assertEqual(self._states(first, second), ["live", "withdrawn"])
        self.assertFalse(first.lodging_ids.date_end or first.lodging_ids.replaced_by_id)
        third = self._declare(lodging_rooms="6")
        third.with_user(self.camille).action_cancel()
        self.assertEqual(self._states(first, third), ["live", "withdrawn"])
        fourth = self._declare(lodging_rooms="7")
        second.with_user(self.secretary).action_reopen("Elle était juste")
        self.assertEqual(self._states(second, fourth), ["replaced", "live"], "the last one counts")
        fourth.with_user(self.camille).action_cancel()
        self.assertEqual(self._states(first, second, fourth), ["replaced", "live", "withdrawn"])

    def test_what_was_taken_back_stays_so(self):
        first, second = self._declare(), self._declare(lodging_rooms="5")
        first.with_user(self.camille).action_cancel()
        second.with_user(self.secretary).action_drop("Erreur")
        self.assertEqual(self._states(first, second), ["withdrawn", "withdrawn"])

    def test_taken_back_one_after_the_other_the_first_one_is_in_force_again(self):
        first, second = self._declare(), self._declare(lodging_rooms="5")
        third = self._declare(lodging_rooms="6")
        second.with_user(self.secretary).action_drop("Erreur")
        self.assertEqual(self._states(first, second, third), ["replaced", "withdrawn", "live"])
        third.with_user(self.camille).action_cancel()
        self.assertEqual(self._states(first, second, third), ["live", "withdrawn", "withdrawn"])

    def test_two_kinds_of_other_lodgings_stand_at_one_address(self):
        self.other = publish_template(self.env, "hebergement_autre", self.service)
        farm = self._declare(self.other, answers=OTHER, lodging_other="farm")
        group = self._declare(self.other, answers=OTHER)
        self.assertEqual(self._states(farm, group), ["live", "live"])

    def test_entered_as_it_came_it_is_declared_once_it_is_whole(self):
        answers = {key: text for key, text in FURNISHED.items() if "address" not in key}
        request = self._declare(
            by=self.manager, answers=answers, until=fields.Date.add(clock.today(), days=20)
        )
        self.assertEqual((request.state, request.lodging_ids.ids), ("to_complete", []))
        request.with_user(self.manager)._receive(
            answers={
                "lodging_address.street": "4 rue du Four",
                "lodging_address.commune": "99001",
            }
        )
        self.assertEqual(self._states(request), ["live"])
        self.assertEqual(request.service_id, self.town_hall)
        self.assertEqual(request.lodging_ids.number, "H99001-2026-001")

    def test_it_is_let_no_more_in_one_press(self):
        request = self._declare()
        request.with_user(self.secretary).action_accept()
        request.with_user(self.secretary).action_close()
        request.with_user(self.camille)._run_transition("lodging_cease", by=self.camille.partner_id)
        self.assertEqual((request.state, *self._states(request)), ("closed", "ceased"))
        self.assertEqual(request.lodging_ids.date_end, clock.today())
        mail = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id desc", limit=1
        )
        self.assertIn("n’est plus déclaré", mail.subject)
        with self.assertRaisesRegex(UserError, "not declared any more"):
            request.with_user(self.camille)._run_transition(
                "lodging_cease", by=self.camille.partner_id
            )
        # To let it again, it is declared again.
        self.assertEqual(self._states(self._declare()), ["live"])

    def _cease(self, request, name="lodging_cease"):
        request.with_user(self.camille)._run_transition(name, by=self.camille.partner_id)

    def test_an_end_that_was_a_mistake_is_undone(self):
        request = self._declare()
        number = request.lodging_ids.number
        request.with_user(self.secretary).action_accept()
        self._cease(request)
        self._cease(request, "lodging_resume")
        self.assertEqual((request.state, *self._states(request)), ("in_review", "live"))
        self.assertEqual(
            (request.lodging_ids.number, request.lodging_ids.date_end), (number, False)
        )
        mail = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id desc", limit=1
        )
        self.assertIn("de nouveau déclaré", mail.subject)
        # Once it is in force, there is nothing to undo.
        with self.assertRaises(UserError):
            self._cease(request, "lodging_resume")

    def test_an_end_is_undone_for_some_days_and_while_no_other_took_its_place(self):
        request = self._declare()
        self._cease(request)
        today = clock.today()
        for days, may in ((8, True), (9, False)):
            lodging = request.lodging_ids
            lodging.write({"date_start": "2026-01-01"})
            lodging.date_end = fields.Date.subtract(today, days=days)
            self.assertEqual(request._may_lodging_resume(), may, days)
        with self.assertRaisesRegex(UserError, "8 days"):
            self._cease(request, "lodging_resume")
        lodging.date_end = today
        self._declare(user=self.sacha)
        with self.assertRaisesRegex(UserError, "took its place"):
            self._cease(request, "lodging_resume")
        self.assertEqual(lodging.state, "ceased")

    def test_told_by_phone_the_town_hall_enters_it(self):
        request = self._declare()
        request.lodging_ids.with_user(self.secretary).action_cease()
        self.assertEqual((request.state, *self._states(request)), ("closed", "ceased"))
        with self.assertRaisesRegex(UserError, "not in force"):
            request.lodging_ids.with_user(self.secretary).action_cease()

    def test_a_declaration_is_not_refused(self):
        request = self._declare().with_user(self.secretary)
        for act in (
            lambda: request.action_refuse("Non"),
            lambda: request.action_waiting_list(),
            lambda: request.action_accept(conditions="Si…"),
        ):
            with self.assertRaisesRegex(UserError, "not refused"), self.env.cr.savepoint():
                act()
        self.assertEqual(request.state, "submitted")

    def test_guest_rooms_have_their_limits(self):
        for key, typed in (("lodging_rooms", "6"), ("lodging_persons", "16")):
            with self.subTest(key), self.assertRaises(AnswersInvalid) as refused:
                self._declare(self.rooms, answers=ROOMS, **{key: typed})
            self.assertIn(key, refused.exception.errors)
        # By law, whatever an administrator writes in the form.
        form = self.rooms.version_id.field_ids.filtered(lambda field: field.max_value)
        self.env.cr.execute(
            "UPDATE procedure_field SET max_value = 100 WHERE id IN %s", [tuple(form.ids)]
        )
        self.env.invalidate_all()
        for key, typed in (("lodging_rooms", "6"), ("lodging_persons", "16")):
            with self.subTest(key), self.assertRaises(AnswersInvalid) as refused:
                self._declare(self.rooms, answers=ROOMS, **{key: typed})
            self.assertIn("at most", refused.exception.errors[key])

    def test_who_does_not_live_there_lets_a_furnished_lodging(self):
        with self.assertRaises(AnswersInvalid) as refused:
            self._declare(self.rooms, answers=ROOMS, same_house="no")
        self.assertEqual(refused.exception.errors, {"_form": "Ce ne sont pas des chambres d’hôtes"})

    def test_outside_the_territory(self):
        with self.assertRaises(AnswersInvalid) as refused:
            self._declare(**{"lodging_address.commune": "Nancy", "lodging_address.zip": "54000"})
        self.assertEqual(set(refused.exception.errors), {"lodging_address"})

    @mute_logger("odoo.sql_db")
    def test_the_database_holds_one_in_force(self):
        self._declare()
        second = self._declare(user=self.sacha).lodging_ids
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            second.state = "live"
            self.env.flush_all()

    def test_it_is_kept(self):
        declaration = self._declare().lodging_ids
        with self.assertRaises(AccessError):
            declaration.unlink()
        with self.assertRaises(AccessError):
            declaration.copy()

    def test_it_is_forgotten_three_years_after_the_end(self):
        request = self._declare()
        request.with_user(self.secretary).action_accept()
        request.with_user(self.secretary).action_close()
        declaration = request.lodging_ids
        self.assertEqual(request._filter_unfinished() & request, request, "it is still let")
        declaration._end("ceased")
        self.assertEqual(request._filter_unfinished() & request, request)
        declaration.write({"date_start": "2020-01-01", "date_end": "2023-11-20"})
        self.assertFalse(request._filter_unfinished() & request)
        request._anonymise()
        for name in ("declarant_name", "declarant_email", "declarant_phone", "declarant_address"):
            self.assertFalse(declaration[name], name)
        self.assertFalse(declaration.declarant_id)
        self.assertEqual(declaration.dwelling_id.street, "4 rue du Four", "the register stays")
