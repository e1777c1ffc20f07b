from freezegun import freeze_time
from lxml.etree import fromstring
from werkzeug.datastructures import MultiDict

from odoo.tests import tagged

from odoo.addons.room_booking.tests.common import NINE, RoomCase, room_vals
from odoo.addons.website_parts.tools.web import Posted, Visit
from odoo.addons.website_procedure.tests.page_case import FormPageCase


@tagged("post_install", "-at_install")
class TestRoomForm(RoomCase):
    """The question of the room: who may, what is kept, who comes too late."""

    # Its people are others: only how a page is opened.
    open = FormPageCase.open

    def _choose(self, user=None, **posted):
        answers = {
            "room": str(self.room.id),
            "room_day": "12/12/2026",
            "room_period": "day",
            "_action": "next",
            **posted,
        }
        page = self.open(self.procedure, user or self.camille, **answers)
        errors = page.find_errors()
        page.keep()
        return page, errors

    def test_who_may_ask_is_said_before_the_first_question(self):
        page = self.open(self.procedure, self.camille)
        self.assertIn("Valmont", " ".join(page.advice))
        self.assertFalse(page.notice, "no news of what she typed")

    def test_an_address_elsewhere_is_told_on_the_first_page(self):
        """Sacha lives at Clairval: beside the room, before what the other pages ask."""
        _page, errors = self._choose()
        self.assertNotIn("room", errors)
        page, errors = self._choose(self.sacha)
        self.assertIn("Votre adresse est ailleurs", errors["room"])
        self.assertIn("Votre adresse est ailleurs", " ".join(page.advice))
        self.assertFalse(self.room.booking_ids.filtered(lambda each: each.state == "held")[1:])
        self.assertNotIn("room", self._choose(self.env.ref("base.public_user"))[1])
        # In the name of an association of Valmont, she may.
        club = self._association(user=self.sacha)
        _page, errors = self._choose(self.sacha, _for=str(club.id))
        self.assertNotIn("room", errors)

    def test_what_is_asked_is_read_again_in_one_line_with_its_deposit(self):
        page = self.open(self.procedure, self.camille)
        self.assertFalse(page.asked_words)
        page, _errors = self._choose(room_period="weekend")
        words = page.asked_words.replace("\xa0", " ")
        for told in ("Salle du lavoir", "12 décembre 2026 à 9 h", "13 décembre 2026 à 18 h"):
            self.assertIn(told, words)
        self.assertIn("300 €", " ".join(page.next_sentences).replace("\xa0", " "))
        self.room.deposit = False
        self.assertNotIn("300", " ".join(page.next_sentences))

    def test_who_may_ask_is_said_of_every_commune(self):
        Room = self.env["room.room"]
        vals = room_vals(self.town_hall, self.commune, procedure_id=self.procedure.id)
        Room.create([{**vals, "name": f"Salle {number}"} for number in range(9)])
        other = self.other_commune
        hall = self.town_hall.copy({"code": "hall2", "commune_ids": other.ids})
        self.procedure.is_communal = True
        vals = room_vals(hall, other, procedure_id=self.procedure.id, open_to="all")
        Room.create({**vals, "name": "Salle ouverte"})
        told = " ".join(self.open(self.procedure, self.camille).advice)
        for words in ("Salle 0", "Salle 8", "Salle ouverte", other.name):
            self.assertIn(words, told)
        # Those of one commune that are open to the same people are one sentence.
        self.assertEqual(told.count("Valmont"), 1)

    def test_room_is_kept_while_the_form_is_filled_in_and_free_once_it_is_given_up(self):
        page, errors = self._choose()
        self.assertNotIn("room_day", errors)
        held = self.room.booking_ids
        self.assertEqual((held.state, held.start), ("held", NINE))
        self.assertTrue(page._get_room_reminders())
        _other, errors = self._choose(self.stranger)
        self.assertRegex(errors["room_day"], "prise|taken")
        page.pending.unlink()
        self.assertFalse(held.exists())

    def test_sent_the_hold_becomes_the_option(self):
        page, _errors = self._choose()
        held = self.room.booking_ids
        request = self._ask(holder=page.room_holder)
        self.assertEqual(request.room_booking_ids, held)
        self.assertEqual((held.state, held.sudo().holder), ("option", False))

    def test_expired_hold_is_for_others_at_once(self):
        self._choose()
        with freeze_time("2026-11-25 00:16:00"):
            _page, errors = self._choose(self.stranger)
        self.assertNotIn("room_day", errors)

    def test_no_form_keeps_a_room_for_weeks(self):
        self._choose()
        long = {"room_period": "hours", "room_from": "09:00", "room_to": "18:00"}
        _page, errors = self._choose(**long, room_last_day="20/12/2026")
        self.assertNotIn("room_day", errors)
        self.assertFalse(self.room.booking_ids)

    def _choose_as_visitor(self, commune, page="", **posted):
        identity = {
            "contact_firstname": "Nour",
            "contact_lastname": "Petit",
            "contact_email": "nour@exemple.test",
            "contact_address.street": "4 rue du Pont",
            "contact_address.zip": "54000",
            "contact_address.commune": commune,
            "_page": page,
        }
        use = {"room_purpose": "Repas", "room_persons": "20"}
        return self._choose(self.env.ref("base.public_user"), **use, **identity, **posted)

    def test_a_visitor_from_elsewhere_reads_it_beside_her_address(self):
        """On the page where she types it: neither a price nor a code before."""
        for commune, is_refused in (
            ("Valmont", False),
            ("Clairval", True),
            ("Nancy", True),
        ):
            page, errors = self._choose_as_visitor(commune, "_you", _action="check")
            with self.subTest(commune):
                self.assertEqual(
                    "pour les habitants de Valmont" in errors.get("contact_address", ""),
                    is_refused,
                    str(errors),
                )
                self.assertNotIn("room", errors)
        # She goes back to the room: said beside it.
        _page, errors = self._choose_as_visitor("Clairval", "p_room")
        self.assertIn("pour les habitants de Valmont", errors["room"])
        self.room.open_to = "territory"
        self.assertNotIn("contact_address", self._choose_as_visitor("Clairval", "_you")[1])

    def test_what_may_follow_is_expected_until_the_end_of_the_option(self):
        page, _errors = self._choose()
        self.assertEqual(page.later_due, self.room._get_option_due())
        self.assertIn("gardée pour vous jusqu’à ce jour", page.later_sentence)
        self._ask(self.stranger, room_day="2026-12-14")
        page, _errors = self._choose(room_day="14/12/2026", room_waiting="1")
        self.assertIsNone(page.later_due)
        self.assertIn("une fois que la salle est à vous", page.later_sentence)
        self.assertTrue(page.parts)

    def test_who_waits_comes_from_the_page_of_the_room(self):
        self._ask(self.stranger)
        env = self.env(user=self.camille.id, context={"lang": "fr_FR"})
        asked = {
            "salle": str(self.room.id),
            "jour": "2026-12-12",
            "moment": "day",
            "attente": "1",
        }
        visit = Visit(env, Posted(MultiDict()), params=asked)
        page = self.procedure.with_env(env).sudo()._make_form_page(visit)
        page.load()
        self.assertEqual(page.raw["room_waiting"], "1")

    def test_the_first_payment_is_told_before_it_is_sent(self):
        self.room.first_percent = 30
        told = "30 % du prix"
        page, _errors = self._choose()
        self.assertNotIn(told, " ".join(page.next_sentences).replace("\xa0", " "))
        self._let_at_a_price()
        page, _errors = self._choose()
        self.assertIn(told, " ".join(page.next_sentences).replace("\xa0", " "))
        self.assertIn("acceptée", page.price["note"])

    def test_the_page_of_a_request_promises_the_room_until_that_day(self):
        request = self._ask(whole=False).sudo().with_context(lang="fr_FR")
        self.assertIn("gardée pour vous jusqu’à ce jour", request._get_asked_promise())
        request.room_booking_ids.state = "waiting"
        self.assertIn("rien n’est perdu", request._get_asked_promise())

    def test_one_connection_keeps_three_days_of_a_room_at_once(self):
        """Twenty forms that nobody means to send do not take the summer; the room is still hers who
        sends first."""
        self.room.open_to = "all"
        for day, user in enumerate((self.camille, self.stranger, self.sacha), start=12):
            self._choose(user, room_day=f"{day}/12/2026")
        self.assertEqual(self.room.booking_ids.mapped("state"), ["held"] * 3)
        page, errors = self._choose(self.env.ref("base.public_user"), room_day="20/12/2026")
        self.assertNotIn("room_day", errors)
        self.assertEqual(len(self.room.booking_ids), 3)
        (sentence,) = page._get_room_reminders()
        self.assertRegex(sentence, "not kept for you|pas gardée pour vous")

    def test_hold_that_is_over_counts_when_it_is_renewed(self):
        hits = []
        guard = type(self.env["public.guard"])
        self.patch(guard, "_hit", lambda _self, name, *_args, **_kwargs: hits.append(name))
        for hour in ("00:00", "00:05", "00:21"):
            with freeze_time(f"2026-11-25 {hour}:00"):
                self._choose()
        self.assertEqual(hits.count("room.booking.hold"), 2)

    def test_giving_up_is_asked_first(self):
        request = self._ask()
        request.room_booking_ids.insurance_covers = True
        request.with_user(self.secretary).action_accept()
        block = request.sudo()._prepare_portal_blocks(self.camille.partner_id)[0]
        self.assertTrue(block["is_asked_first"], "nothing is done at one press")
        tree = fromstring(self.env.ref(block["template"]).arch)
        self.assertTrue(tree.xpath("//details[summary]//button[@name='_act']"))
        request.sudo()._run_portal_act("room_give_up", by=self.camille.partner_id)
        self.assertEqual(request.state, "cancelled")

    def test_behind_an_option_she_is_told_how_to_wait(self):
        self._ask()
        _page, errors = self._choose(self.stranger)
        label = self.procedure.version_id.field_ids.filtered(
            lambda each: each.key == "room_waiting"
        )
        self.assertIn(label.label, errors["room_day"])
