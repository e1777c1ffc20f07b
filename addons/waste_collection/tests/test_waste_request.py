from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from odoo.addons.territory_base.dates import say_day

from .common import WasteCommon

# What a letter says of a bin that is replaced.
TOLD = {"Delivery", "Collection"}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteRequest(WasteCommon):
    """What the acceptance of each kind of request does."""

    def _moves(self, request):
        return {move.kind: move for move in request.container_move_ids}

    def _step(self, stage):
        return self.procedure.step_ids.filtered(lambda step: step.container_stage == stage)

    def test_arrival_reserves_a_bin_of_the_volume_of_the_household(self):
        request = self._accept(self._submit("arrival"))
        move = request.container_move_ids
        self.assertEqual((move.kind, move.state), ("deliver", "todo"))
        container = move.container_id
        self.assertEqual((container.state, container.volume), ("to_deliver", 180))
        self.assertEqual(container.dwelling_id, request.dwelling_id)
        self.assertEqual(container.service_id, self.waste)
        self.assertEqual(request.step_id, self._step("to_prepare"))

    def test_arrival_opens_the_occupancy_of_the_household(self):
        request = self._accept(
            self._submit("arrival", occupant_status="tenant", landlord_name="M. Bailleur")
        )
        occupancy = request.dwelling_id.occupancy_ids
        self.assertEqual(occupancy.occupant_id, self.household)
        self.assertEqual(occupancy.role, "tenant")
        self.assertEqual(occupancy.date_start, Date.to_date("2026-12-01"))
        self.assertFalse(occupancy.date_end)

    def test_arrival_writes_date_and_status_on_what_sign_up_said(self):
        known = self._live(self.household, self._dwelling(), date_start="2026-11-01")
        self.assertEqual(known.role, "other")
        self._accept(self._submit("arrival", occupant_status="tenant", landlord_name="M. Bailleur"))
        self.assertEqual(known.dwelling_id.occupancy_ids, known)
        self.assertEqual((known.role, str(known.date_start)), ("tenant", "2026-12-01"))

    def test_arrival_without_account_delivers_and_says_nothing_of_who_lives_there(self):
        request = self._accept(self._submit("arrival", identity=self._identity()))
        self.assertEqual(request.container_move_ids.container_id.state, "to_deliver")
        self.assertFalse(request.dwelling_id.occupancy_ids)

    def test_the_number_that_the_agent_types_is_the_one_of_the_new_bin(self):
        """Core's shortcut creates by the name alone: the volume lacked, and the number was lost."""
        view = self.env["procedure.request"].with_user(self.agent).get_view(view_type="form")
        (node,) = etree.fromstring(view["arch"]).xpath("//field[@name='container_id'][@context]")
        options = safe_eval(node.get("options"))
        self.assertTrue(options["no_quick_create"], "the window asks for the volume")
        form = Form(
            self.env["waste.container"]
            .with_user(self.agent)
            .with_context(**{f"default_{options['create_name_field']}": "B-77812"})
        )
        form.volume = 120
        self.assertEqual(form.save().number, "B-77812")

    def test_the_agent_may_choose_another_volume(self):
        request = self._submit("arrival")
        request.with_user(self.agent).container_volume = 240
        self._accept(request)
        self.assertEqual(request.container_move_ids.container_id.volume, 240)

    def test_a_child_under_three_counts_as_the_setting_says(self):
        self.assertEqual(self.procedure.infant_persons, 1, "as everybody")
        volumes = {}
        for weight in (0, 1, 2):
            self.procedure.with_user(self.manager).infant_persons = weight
            request = self._submit("arrival", household_size="3", infants="1")
            volumes[weight] = request._get_container_persons()
            request.with_user(self.agent).action_drop("Essai")
        self.assertEqual(volumes, {0: 2, 1: 3, 2: 4})
        self.procedure.infant_persons = 0
        request = self._submit("arrival", household_size="2", infants="9")
        self.assertEqual(request._get_container_persons(), 1, "Somebody looks after them.")

    @mute_logger("odoo.sql_db")
    def test_a_setting_that_makes_no_sense_is_refused(self):
        for values in ({"infant_persons": -1}, {"infant_persons": 6}, {"dirty_fee": -1}):
            with (
                self.subTest(**values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.procedure.write(values)
                self.procedure.flush_recordset()

    def test_the_manager_sets_what_a_child_counts_for_and_the_agent_reads_it(self):
        with Form(self.procedure.with_user(self.manager)) as form:
            form.infant_persons = 0
            form.dirty_fee = 50
        self.env.invalidate_all()
        procedure = self.procedure.with_user(self.agent)
        self.assertEqual((procedure.infant_persons, procedure.dirty_fee), (0, 50))
        with self.assertRaises(AccessError):
            procedure.infant_persons = 2

    def test_who_gives_a_bin_back_reads_what_a_dirty_one_costs(self):
        self._deliver(self._dwelling())
        move = self._accept(self._submit("departure")).container_move_ids
        move.date_planned = "2026-11-27"
        self.assertNotIn("dirty", move._get_day_sentence())
        self.procedure.dirty_fee = 50
        self.assertIn("A bin given back dirty is billed €50.", move._get_day_sentence())

    def test_who_arrives_is_told_what_newcomers_need(self):
        badge, missed = (
            self.env.ref(f"waste_collection.procedure_{name}") for name in ("badge", "missed")
        )
        newcomer = self.env.ref("territory_base.territory_audience_newcomer")
        self.assertNotIn(newcomer, missed.audience_ids)
        badge.state = missed.state = "draft"
        arrival = self._submit("arrival")
        badge.service_id = missed.service_id = self.waste
        (badge | missed).action_publish()
        self.assertFalse(arrival._get_suggested_procedures(), "not accepted yet")
        self._accept(arrival)
        suggested = arrival._get_suggested_procedures()
        self.assertIn(badge, suggested)
        self.assertNotIn(missed, suggested)
        self.assertNotIn(self.procedure, suggested)
        badge.commune_ids = self.other_commune
        self.assertNotIn(badge, arrival._get_suggested_procedures(), "not for this commune")
        badge.commune_ids = self.commune | self.other_commune
        self.assertIn(badge, arrival._get_suggested_procedures())
        moving = self._submit("move", user=self.neighbour, **self._address(street="1 rue Basse"))
        moving.with_user(self.agent).no_container_back = True
        self._accept(moving)
        self.assertIn(badge, moving._get_suggested_procedures())
        badge.commune_ids = self.commune
        self.assertNotIn(badge, moving._get_suggested_procedures(), "she lives elsewhere now")
        badge.date_close = "2026-11-01"
        self.assertNotIn(badge, arrival._get_suggested_procedures(), "closed")
        self._deliver(arrival.dwelling_id, "Z1")
        other = self._submit("broken", user=self.neighbour)
        self._accept(other)
        self.assertFalse(other._get_suggested_procedures(), "nobody moved")

    def test_a_bin_in_stock_is_given_before_a_new_one(self):
        stock = self.Container.create(
            [
                {"number": "S120", "volume": 120, "service_id": self.waste.id},
                {"number": "S180", "volume": 180, "service_id": self.waste.id},
                {"number": "X180", "volume": 180, "service_id": self.school.id},
            ]
        )
        request = self._accept(self._submit("arrival"))
        self.assertEqual(request.container_move_ids.container_id, stock[1])

    def test_without_rule_the_agent_is_told_and_nothing_is_half_done(self):
        request = self._submit("other_premises", dwelling_kind="professional")
        with self.assertRaisesKeeping(UserError, "No rule"):
            request.with_user(self.agent).action_accept()
        self.env.invalidate_all()
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.container_move_ids)
        request.with_user(self.agent).container_volume = 770
        self._accept(request)
        self.assertEqual(request.container_move_ids.container_id.volume, 770)
        self.assertEqual(request.dwelling_id.kind, "professional")

    def test_second_home_counts_for_one_person(self):
        request = self._accept(self._submit("other_premises"))
        self.assertEqual(request.container_move_ids.container_id.volume, 120)
        self.assertEqual(request.dwelling_id.kind, "secondary")

    def test_size_change_takes_the_former_bin_back_and_brings_another(self):
        former = self._deliver(self._dwelling(), volume=120)
        request = self._accept(self._submit("size_change"))
        moves = self._moves(request)
        self.assertEqual(moves["take_back"].container_id, former)
        self.assertEqual(moves["deliver"].container_id.volume, 240)
        self.assertEqual(former.state, "delivered", "The lorry has not come yet.")

    def test_broken_bin_is_replaced_by_one_of_its_volume(self):
        former = self._deliver(self._dwelling(), volume=340)
        request = self._accept(self._submit("broken"))
        moves = self._moves(request)
        self.assertEqual(moves["take_back"].container_id, former)
        self.assertEqual(moves["deliver"].container_id.volume, 340)
        moves["take_back"].with_user(self.agent).action_done()
        self.assertEqual(former.state, "broken")
        self.assertFalse(former.dwelling_id)

    def test_stolen_bin_is_written_off_and_replaced(self):
        former = self._deliver(self._dwelling(), volume=180)
        request = self._accept(self._submit("stolen"))
        self.assertEqual(former.state, "stolen")
        self.assertEqual(request.container_move_ids.kind, "deliver")
        self.assertEqual(request.container_move_ids.container_id.volume, 180)

    def test_departure_takes_the_bin_back_and_closes_the_occupancy_at_its_date(self):
        dwelling = self._dwelling()
        former = self._deliver(dwelling)
        mine, other = self.Occupancy.create(
            [
                {
                    "dwelling_id": dwelling.id,
                    "occupant_id": household.id,
                    "date_start": "2020-01-01",
                }
                for household in (self.household, self.neighbour_household)
            ]
        )
        request = self._accept(self._submit("departure"))
        self.assertEqual(request.container_move_ids.kind, "take_back")
        self.assertEqual(request.container_move_ids.container_id, former)
        self.assertEqual(mine.date_end, Date.to_date("2026-11-30"))
        self.assertFalse(other.date_end, "The other household stays.")

    def test_move_does_both_at_two_addresses(self):
        dwelling = self._dwelling()
        former = self._deliver(dwelling)
        old = self.Occupancy.create(
            {
                "dwelling_id": dwelling.id,
                "occupant_id": self.household.id,
                "date_start": "2020-01-01",
            }
        )
        request = self._accept(self._submit("move"))
        moves = self._moves(request)
        self.assertEqual(moves["take_back"].container_id, former)
        self.assertEqual(moves["take_back"].dwelling_id, dwelling)
        self.assertEqual(moves["deliver"].dwelling_id.street, "3 place Neuve")
        self.assertEqual(moves["deliver"].commune_id, self.other_commune)
        self.assertEqual(moves["deliver"].container_id.volume, 180)
        self.assertEqual(old.date_end, Date.to_date("2026-11-30"))
        opened = request.new_dwelling_id.occupancy_ids
        self.assertEqual(opened.occupant_id, self.household)
        self.assertEqual(opened.date_start, Date.to_date("2026-12-01"))

    def test_unknown_former_bin_stops_the_acceptance_until_the_agent_says(self):
        request = self._submit("departure")
        with self.assertRaisesKeeping(UserError, "Which bin"):
            request.with_user(self.agent).action_accept()
        self.env.invalidate_all()
        self.assertEqual(request.state, "submitted")
        request.with_user(self.agent).no_container_back = True
        self._accept(request)
        self.assertFalse(request.container_move_ids)

    def test_all_that_the_acceptance_wants_is_said_before_it(self):
        """One refusal after the other, and the words lost (staff review, B5)."""
        request = self._submit("broken").with_user(self.agent)
        for words in ("Which bin is taken back?", "No rule gives the volume"):
            self.assertIn(words, request.container_lack)
        with self.assertRaises(UserError) as refused:
            request.action_accept()
        self.assertIn("Which bin", str(refused.exception))
        self.assertIn("No rule", str(refused.exception))
        former = self._deliver(self._dwelling(), volume=120)
        request.invalidate_recordset()
        self.assertFalse(request.container_lack)
        self.assertEqual(request.container_volume_proposed, 120, "that of the bin")
        self._accept(request)
        self.assertEqual(request.container_move_ids.container_id.mapped("volume"), [120, 120])
        self.assertIn(former, request.container_move_ids.container_id)

    def test_the_agent_sees_beforehand_which_bin_comes_back(self):
        former = self._deliver(self._dwelling())
        request = self._submit("departure").with_user(self.agent)
        self.assertEqual(request.container_id, former)

    def test_several_bins_the_number_given_tells_which(self):
        dwelling = self._dwelling()
        self._deliver(dwelling, "A1")
        second = self._deliver(dwelling, "A2")
        request = self._accept(self._submit("departure", container_number="a2"))
        self.assertEqual(request.container_move_ids.container_id, second)

    def test_a_number_that_is_not_there_is_for_the_agent_to_sort_out(self):
        self._deliver(self._dwelling(), "A1")
        request = self._submit("departure", container_number="Z9")
        with self.assertRaisesRegex(UserError, "Which bin"), self.env.cr.savepoint():
            request.with_user(self.agent).action_accept()

    def test_the_agent_cannot_take_back_the_bin_of_another_service(self):
        foreign = self._deliver(self._dwelling(), "F1")
        foreign.service_id = self.school
        request = self._submit("departure")
        request.with_user(self.agent).container_id = foreign.id
        with self.assertRaisesRegex(UserError, "F1"), self.env.cr.savepoint():
            request.with_user(self.agent).action_accept()

    def test_the_agent_cannot_write_off_the_bin_of_another_service(self):
        foreign = self._deliver(self._dwelling("9 rue Loin"), "F1")
        foreign.service_id = self.school
        request = self._submit("stolen")
        values = {"container_id": foreign.id, "container_volume": 120}
        with self.assertRaisesKeeping(AccessError):
            request.with_user(self.agent).write(values)
        request.write(values)
        with self.assertRaisesKeeping(UserError, "F1"):
            request.with_user(self.agent).action_accept()
        self.assertEqual(foreign.state, "delivered")

    def test_reopened_then_accepted_again_there_is_still_one_bin(self):
        request = self._accept(self._submit("arrival"))
        container = request.container_move_ids.container_id
        request.with_user(self.agent).action_reopen("Erreur de saisie")
        self._accept(request)
        to_do = request.container_move_ids.filtered(lambda move: move.state == "todo")
        self.assertEqual(to_do.container_id, container)
        self.assertEqual(self.Container.search([]), container)
        self.assertEqual(len(request.dwelling_id.occupancy_ids), 1)

    def test_reopened_after_the_delivery_nothing_is_delivered_again(self):
        request = self._accept(self._submit("arrival"))
        request.container_move_ids.action_done()
        request.with_user(self.agent).action_reopen("Erreur de saisie")
        self._accept(request)
        self.assertEqual(request.container_move_ids.mapped("state"), ["done"])

    def test_a_reopened_theft_still_knows_which_bin_it_replaces(self):
        former = self._deliver(self._dwelling(), volume=340)
        request = self._accept(self._submit("stolen"))
        request.with_user(self.agent).action_reopen("Erreur de saisie")
        self._accept(request)
        self.assertEqual(request.container_id, former)
        to_do = request.container_move_ids.filtered(lambda move: move.state == "todo")
        self.assertEqual(to_do.container_id.volume, 340)

    def test_accepting_twice_is_refused_and_makes_one_bin(self):
        request = self._accept(self._submit("arrival"))
        with self.assertRaisesKeeping(UserError):
            request.with_user(self.agent).action_accept()
        self.assertEqual(self.Container.search_count([]), 1)

    def test_reopened_before_the_delivery_the_bin_goes_back_to_stock(self):
        request = self._accept(self._submit("arrival"))
        move = request.container_move_ids
        request.with_user(self.agent).action_reopen("Erreur de saisie")
        self.assertEqual(move.state, "cancelled")
        self.assertEqual(move.container_id.state, "stock")
        self.assertFalse(move.container_id.dwelling_id)

    def test_reopening_is_for_the_service_only(self):
        request = self._accept(self._submit("arrival"))
        with self.assertRaisesKeeping(AccessError):
            request.with_user(self.school_agent).action_reopen("Pour voir")
        self.assertEqual(request.container_move_ids.state, "todo")

    def test_an_agent_of_another_service_does_not_accept(self):
        request = self._submit("arrival")
        with self.assertRaisesKeeping(AccessError):
            request.with_user(self.school_agent).action_accept()
        self.assertFalse(self.Container.search_count([]))

    def test_the_follow_up_goes_from_preparation_to_delivery(self):
        request = self._accept(self._submit("arrival"))
        move = request.container_move_ids.with_user(self.agent)
        self.assertIn("tells you the day", request._status_sentence())
        self.env["waste.container.plan"].with_user(self.agent).create(
            {"date": "2026-11-27", "move_ids": move.ids}
        ).action_apply()
        self.assertEqual(request.step_id, self._step("planned"))
        self.assertEqual(move.date_planned, Date.to_date("2026-11-27"))
        message = request._get_messages_for_applicant()[-1]
        self.assertIn(move.container_id.number, message.body)
        self.assertIn("27/11/2026", message.body)
        move._plan("2026-11-27")
        self.assertIn(
            move._get_day_sentence(), move.request_id.with_user(self.resident)._status_sentence()
        )
        self.assertEqual(request._get_messages_for_applicant()[-1], message, "Told once.")
        move.action_done()
        self.assertEqual(request.step_id, self._step("done"))
        self.assertEqual(move.container_id.state, "delivered")
        self.assertEqual(move.container_id.date_delivered, Date.to_date("2026-11-25"))

    def test_a_bin_is_delivered_once(self):
        move = self._accept(self._submit("arrival")).container_move_ids.with_user(self.agent)
        move.action_done()
        with self.assertRaises(UserError):
            move.action_done()

    def test_a_procedure_without_these_steps_still_works(self):
        self.procedure.step_ids.container_stage = False
        request = self._accept(self._submit("arrival"))
        self.assertFalse(request.step_id)
        self.assertTrue(request.container_move_ids)

    def test_a_form_that_lacks_a_field_that_we_read_is_not_published(self):
        version = self.procedure.action_new_version()
        version.field_ids.filtered(lambda field: field.key == "household_size").unlink()
        with self.assertRaisesRegex(UserError, "household_size"):
            self.procedure.action_publish()

    def test_a_choice_added_by_an_administrator_is_filed_and_moves_no_bin(self):
        version = self.procedure.action_new_version()
        for key, value in (("waste_request", "rental"), ("dwelling_kind", "farm")):
            version.field_ids.filtered(lambda field, key=key: field.key == key).option_ids = [
                Command.create({"value": value, "label": value})
            ]
        self.procedure.action_publish()
        rental = self._accept(self._submit("arrival", waste_request="rental"))
        self.assertEqual(rental.state, "accepted")
        self.assertFalse(rental.container_move_ids)
        farm = self._submit("other_premises", dwelling_kind="farm", user=self.neighbour)
        farm.with_user(self.agent).container_volume = 340
        self._accept(farm)
        self.assertEqual(farm.dwelling_id.kind, "other")

    # What the applicant reads of the steps

    def _words(self, request, stage):
        return request._get_step_words(self._step(stage))

    def _day(self, day):
        shown = say_day(self.env, day, "EEEE d MMMM y")
        return shown[0].upper() + shown[1:]

    def test_who_receives_a_bin_reads_of_a_delivery(self):
        request = self._accept(self._submit("arrival"))
        self.assertEqual(self._words(request, "to_prepare"), ("We prepare your bin", ""))
        move = request.container_move_ids.with_user(self.agent)
        move._plan("2026-12-01")
        self.assertEqual(
            self._words(request, "planned"), ("Delivery planned", self._day("2026-12-01"))
        )
        with freeze_time("2026-12-01"):
            move.action_done()
        self.assertEqual(
            self._words(request, "done"), ("Your bin is there", self._day("2026-12-01"))
        )
        self.assertEqual(self._words(request, "billed"), (self._step("billed").name, ""))

    def test_who_gives_a_bin_back_reads_of_a_collection(self):
        self._deliver(self._dwelling())
        request = self._accept(self._submit("departure"))
        self.assertEqual(
            self._words(request, "to_prepare"), ("We prepare the collection of your bin", "")
        )
        move = request.container_move_ids.with_user(self.agent)
        move._plan("2026-12-01")
        self.assertEqual(
            self._words(request, "planned"), ("Collection planned", self._day("2026-12-01"))
        )
        with freeze_time("2026-12-01"):
            move.action_done()
        self.assertEqual(self._words(request, "done")[0], "Your bin is taken back")

    def test_who_changes_bins_reads_of_both(self):
        self._deliver(self._dwelling())
        request = self._accept(self._submit("broken"))
        moves = self._moves(request)
        self.assertEqual(
            self._words(request, "to_prepare")[0],
            "We prepare your new bin, and the collection of the former one",
        )
        moves["deliver"].with_user(self.agent)._plan("2026-12-01")
        self.assertEqual(self._words(request, "planned")[0], "Delivery planned")
        moves["take_back"].with_user(self.agent)._plan("2026-12-01")
        self.assertEqual(
            self._words(request, "planned"),
            ("Delivery and collection planned", self._day("2026-12-01")),
        )
        days = ("2026-12-01", "2026-12-03")
        moves["take_back"].with_user(self.agent)._plan(days[1])
        self.assertEqual(
            self._words(request, "planned")[1],
            "Delivery: {}, collection: {}".format(
                *(say_day(self.env, day, "EEEE d MMMM y") for day in days)
            ),
        )

    def test_where_nothing_is_taken_back_nothing_is_prepared(self):
        request = self._submit("departure")
        request.with_user(self.agent).no_container_back = True
        self._accept(request)
        self.assertFalse(request.step_id)
        self.assertFalse(request.container_move_ids)

    def _facts(self, request, kind="accepted"):
        return dict(request.sudo()._get_decided_facts(kind))

    def test_a_letter_says_which_bin_comes_where_before_and_after_the_decision(self):
        request = self._submit("arrival")
        before = self._facts(request)
        self.assertEqual(before["What you asked for"], "First bin")
        self.assertRegex(before["Delivery"], r"^180-litre bin, 12 rue du Moulin")
        self._accept(request)
        number = request.container_move_ids.container_id.number
        self.assertIn(f"no. {number}, 12 rue du Moulin", self._facts(request)["Delivery"])
        refused = self._facts(request, "refused")
        self.assertNotIn("Delivery", refused)
        self.assertIn("12 rue du Moulin", refused["Address"])

    def test_a_letter_says_which_bin_goes_and_what_follows(self):
        former = self._deliver(self._dwelling())
        request = self._submit("broken")
        self.assertIn(former.number, self._facts(request)["Collection"])
        waits = "The service prepares the round and tells you the day."
        self.assertEqual(request._get_todo_sentences(), [], "nothing is decided")
        self.assertEqual(request._get_todo_sentences("accepted"), [waits])
        self.assertEqual(request._get_todo_sentences("refused"), [])
        self._accept(request)
        self.assertEqual(set(self._facts(request)) - {"What you asked for"}, TOLD)
        self.assertEqual(request._get_todo_sentences("accepted"), [waits])
        self._moves(request)["deliver"].with_user(self.agent)._plan("2026-12-01")
        first, second = request._get_todo_sentences("accepted")
        self.assertIn("01/12/2026", first)
        self.assertEqual(second, waits)

    def test_a_letter_announces_no_round_where_nothing_is_taken_back(self):
        request = self._submit("departure")
        request.with_user(self.agent).no_container_back = True
        self.assertNotIn("Collection", self._facts(request))
        self.assertEqual(request._get_todo_sentences("accepted"), [])

    def test_the_mail_of_the_day_greets_once(self):
        request = self._accept(self._submit("arrival"))
        request.container_move_ids.with_user(self.agent)._plan("2026-12-01")
        message = request._get_messages_for_applicant()[-1]
        self.assertIn("01/12/2026", message.body)
        self.assertNotIn("Hello", message.body, "the mail's own frame greets")
