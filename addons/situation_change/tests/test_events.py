from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import SituationCase

ADULT = {
    "adult_firstname": "Ida",
    "adult_lastname": "Roy",
    "adult_birthdate": "1990-05-05",
    "adult_email": "ida@exemple.test",
}
ADDRESS = {
    "new_address.street": "5 rue Haute",
    "new_address.commune": "99002",
    "date_event": "2026-11-20",
}
DEAD = {
    "deceased_firstname": "Robin",
    "deceased_lastname": "Duchêne",
    "date_event": "2026-11-20",
}


@tagged("post_install", "-at_install")
class TestEvents(SituationCase):
    """Each event from its filing to its closing: what is proposed, then what is so."""

    def _walk(self, event, expected, /, **answers):
        """:param expected: {type of a line: (before, after)}"""
        request = self._report(event, **answers)
        self.assertEqual((request.state, bool(request.number)), ("submitted", True))
        lines = request.change_id.line_ids
        self.assertEqual(
            {line.type: (line.old_text or "", line.new_text or "") for line in lines}, expected
        )
        self.assertEqual(len(self._told(request)), 1, "an acknowledgment")
        agent_request = request.with_user(self.family_agent)
        self.assertEqual(agent_request.change_line_ids, lines)
        if lines.filtered("needs_evidence"):
            refused = self.assertRaisesRegex(UserError, "what was seen")
            with refused, self.env.cr.savepoint():
                agent_request.action_accept()
            agent_request.change_line_ids.action_accept("Acte vu")
        else:
            agent_request.action_accept()
        self.assertEqual(set(lines.mapped("state")), {"accepted"})
        self.assertEqual(lines.decided_by_id, self.family_agent)
        self.assertEqual((request.state, request.change_id.state), ("accepted", "done"))
        agent_request.action_close()
        self.assertEqual(request.state, "closed")
        self.env.invalidate_all()
        return request

    def test_a_birth(self):
        self._walk(
            "birth",
            {"arrival": ("", "Ana Duchêne")},
            child_firstname="Ana",
            child_lastname="Duchêne",
            child_birthdate="2026-11-01",
        )
        child = self.camille.partner_id._children_i_may_act_for() - self.child
        self.assertEqual((child.name, child.is_minor), ("Ana Duchêne", True))
        self.assertIn(self.household, child.household_ids)

    def test_an_adult_arrives(self):
        self._walk("arrival", {"arrival": ("", "Ida Roy")}, **ADULT)

    def test_a_move_within_then_out(self):
        self._walk(
            "move",
            {"address": ("8 rue du Lavoir, 99100 Valmont", "5 rue Haute, 99200 Clairval")},
            **ADDRESS,
        )
        self.assertEqual(self.household._current_dwelling().street, "5 rue Haute")
        out = {
            "new_address.street": "1 rue Neuve",
            "new_address.zip": "54000",
            "new_address.commune": "Nancy",
            "date_event": "2026-11-25",
        }
        self._walk(
            "move", {"address": ("5 rue Haute, 99200 Clairval", "1 rue Neuve, 54000 Nancy")}, **out
        )
        self.assertEqual(self.camille.partner_id.city, "Nancy")

    def test_a_marriage_is_a_name_and_who_comes(self):
        self._walk("marriage", {"person": ("Duchêne", "Roy")}, married_lastname="Roy")
        self.assertEqual(self.camille.partner_id.name, "Camille Roy")
        self._walk("marriage", {"arrival": ("", "Ida Roy")}, spouse_arrives="1", **ADULT)
        with self.assertRaises(AnswersInvalid) as refused:
            self._report("marriage")
        self.assertIn("Nothing differs", refused.exception.errors["_form"])

    def test_a_separation_of_herself(self):
        self._walk(
            "separation",
            {"new_home": ("8 rue du Lavoir, 99100 Valmont", "5 rue Haute, 99200 Clairval")},
            who_leaves="me",
            **ADDRESS,
        )
        me = self.camille.partner_id
        new = me._get_current_households() - self.household
        self.assertEqual(me._current_dwelling().street, "5 rue Haute")
        self.assertEqual(new._get_current_members(), me)
        self.assertEqual(self.household._current_dwelling(), self.dwelling, "those who stay")

    def test_a_separation_with_the_children(self):
        child = {"custody_children": [str(self.child.id)]}
        self._walk(
            "separation",
            {
                "new_home": (
                    "8 rue du Lavoir, 99100 Valmont",
                    "5 rue Haute, 99200 Clairval, Lou Bertin",
                )
            },
            who_leaves="me",
            children_follow="1",
            custody="shared",
            **child,
            **ADDRESS,
        )
        stays = self.child.membership_ids
        self.assertEqual(len(stays), 2)
        self.assertEqual(set(stays.mapped("shared_custody")), {True})
        self.assertFalse(any(stays.mapped("date_end")))

    def test_a_separation_of_another_adult(self):
        self._walk(
            "separation",
            {"departure": ("Robin Duchêne", "")},
            who_leaves="other",
            leaver_firstname="Robin",
            leaver_lastname="Duchêne",
            date_event="2026-11-30",
        )
        self.assertEqual(str(self.robin.partner_id.membership_ids.date_end), "2026-11-30")

    def test_custody(self):
        self._walk(
            "custody",
            {
                "custody": (
                    "The child lives here",
                    "The child lives here in turn with another household",
                )
            },
            custody_children=[str(self.child.id)],
            custody="shared",
            date_event="2026-11-25",
        )
        self.assertTrue(self.child.membership_ids.shared_custody)

    def test_a_death(self):
        self._walk("death", {"death": ("Robin Duchêne", "")}, **DEAD)
        self.assertFalse(self.robin.active)
        self.assertEqual(str(self.robin.partner_id.date_death), "2026-11-20")

    def test_a_phone(self):
        self._walk("phone", {"person": ("", "03 29 55 55 55")}, new_phone="03 29 55 55 55")

    def test_an_organisation_s_numbers_contact_seat_and_closing(self):
        self._walk(
            "structure",
            {"organisation": ("Foyer rural", "Foyer des jeunes")},
            new_name="Foyer des jeunes",
        )
        self._walk(
            "contact", {"organisation": ("", "bureau@exemple.fr")}, new_email="bureau@exemple.fr"
        )
        self.assertEqual(
            (self.association.name, self.association.email),
            ("Foyer des jeunes", "bureau@exemple.fr"),
        )
        self._walk("seat", {"address": ("", "5 rue Haute, 99200 Clairval")}, **ADDRESS)
        self.assertEqual(self.association._current_dwelling().street, "5 rue Haute")
        self._walk("closing", {"closing": ("", "Foyer des jeunes")}, date_event="2026-12-31")
        self.assertEqual(str(self.association.date_closed), "2026-12-31")

    def test_who_leaves_a_board(self):
        self._walk(
            "officers",
            {"officer_leaving": ("Sacha Bertin", "")},
            **{"officers_out.0.leaver_name": "Sacha Bertin"},
        )
        self.assertEqual(self.association._get_current_delegates(), self.camille.partner_id)

    def test_in_words_an_agent_reads_it(self):
        for more in ({}, {"for_association": True}):
            request = self._report("correction", correction="Notre nom est mal écrit", **more)
            self.assertFalse(request.change_id)
            request.with_user(self.family_agent).action_accept("Le nom est corrigé.")
            self.assertEqual(request.state, "accepted")

    def test_what_is_wrong_is_said_beside_its_question(self):
        day = {"date_event": "2026-11-20"}
        named = {"deceased_firstname": "R0bin", "deceased_lastname": "Duchêne"}
        wrong = {
            ("death", "deceased_firstname"): {**named, **day},
            ("birth", "child_birthdate"): {
                "child_firstname": "Ana",
                "child_lastname": "Roy",
                "child_birthdate": "1990-05-05",
            },
            ("arrival", "adult_birthdate"): {**ADULT, "adult_birthdate": "2020-05-05"},
            ("marriage", "married_lastname"): {"married_lastname": "Roy 2"},
            ("separation", "leaver_lastname"): {
                "who_leaves": "other",
                "leaver_firstname": "Robin",
                "leaver_lastname": "Duch3ne",
                **day,
            },
            ("phone", "new_phone"): {"new_phone": "12"},
            ("separation", "custody"): {
                "who_leaves": "me",
                "children_follow": "1",
                "custody_children": [str(self.child.id)],
                "custody": "elsewhere",
                **ADDRESS,
            },
            ("move", "new_address.zip"): {**ADDRESS, "new_address.commune": "Bar-le-Duc"},
            ("separation", "new_address.zip"): {
                **ADDRESS,
                "new_address.commune": "Bar-le-Duc",
                "who_leaves": "me",
            },
            ("seat", "new_address.zip"): {**ADDRESS, "new_address.commune": "Bar-le-Duc"},
            ("death", "date_event"): {**DEAD, "date_event": "2026-12-20"},
        }
        for (event, key), answers in wrong.items():
            with self.subTest(event, key=key), self.assertRaises(AnswersInvalid) as refused:
                self._report(event, **answers)
            self.assertEqual(set(refused.exception.errors), {key})
