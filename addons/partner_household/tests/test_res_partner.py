from freezegun import freeze_time

from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..tools import NAME_SIGNS, is_plain
from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestResPartner(HouseholdCase):
    def test_age_changes_with_the_day(self):
        self.assertEqual((self.child.age, self.child.is_minor), (9, True))
        self.assertFalse(self.camille.partner_id.is_minor)
        minors = self.env["res.partner"].search([("is_minor", "=", True)])
        self.assertIn(self.child, minors)
        self.assertNotIn(self.camille.partner_id, minors)
        adults = self.env["res.partner"].search([("is_minor", "=", False)])
        self.assertNotIn(self.child, adults)
        with freeze_time("2035-03-02"):
            self.env.invalidate_all()
            self.assertEqual((self.child.age, self.child.is_minor), (18, False))

    def test_a_child_has_no_contact_of_its_own(self):
        for values in (
            {"email": "lou@example.org"},
            {"phone": "03 29 00 00 00"},
            {"street": "8 rue du Lavoir"},
            {"commune_id": self.commune.id},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.child.write(values)

    def test_nobody_follows_a_child(self):
        self.child.message_subscribe(self.camille.partner_id.ids)
        self.assertFalse(self.child.message_follower_ids)

    def test_nobody_is_born_tomorrow_or_before_1900(self):
        for day in ("2026-11-26", "1899-12-31"):
            with self.subTest(day=day), self.assertRaises(ValidationError):
                self.camille.partner_id.birthdate = day

    def test_numbers_of_organisations_are_checked_in_the_back_office_too(self):
        company = self.env["res.partner"].create(
            {"name": "Menuiserie", "company_type": "company", "kind": "company"}
        )
        company.company_registry = "73282932000074"
        with self.assertRaises(ValidationError):
            company.company_registry = "73282932000075"
        with self.assertRaises(ValidationError):
            company.rna = "W123"

    def test_whom_a_parent_may_act_for(self):
        me = self.camille.partner_id.with_user(self.camille)
        self.assertEqual(me._children_i_may_act_for(), self.child)
        self.assertEqual(me._acting_for_choices(), me | self.child)
        other = self.sacha.partner_id.with_user(self.sacha)
        self.assertEqual(other._acting_for_choices(), other)

    def test_the_rule_and_the_method_agree(self):
        self._second_holder()
        for state in ("declared", "verified", "contested", "ended"):
            for kind in ("full", "delegated", "withdrawn"):
                for user in self.camille | self.sacha:
                    authority = self.child.authority_ids.filtered(
                        lambda authority, user=user: authority.holder_id == user.partner_id
                    )
                    authority.write({"state": state, "kind": kind})
                    method = self.child._is_child_accessible_by(user.partner_id)
                    rule = self.child.with_user(user).has_access("read")
                    with self.subTest(state=state, kind=kind, user=user.login):
                        self.assertEqual(method, rule)
                        expected = kind != "withdrawn" and (
                            state == "verified" or (state == "declared" and user == self.camille)
                        )
                        self.assertEqual(rule, expected)

    def test_declaring_the_same_child_twice_is_declaring_it_once(self):
        again = self._declare_as(self.camille, "LOU", "bertin", "2017-03-02")
        self.assertEqual(again, self.child)

    def test_what_a_child_declaration_refuses(self):
        for vals, word in (
            ({"firstname": ""}, "first name"),
            ({"lastname": "Bertin<script>"}, "letters"),
            ({"lastname": "www.example.com"}, "letters"),
            ({"firstname": "L" * 101}, "too long"),
            ({"birthdate": "2027-01-01"}, "future"),
            ({"birthdate": "2008-11-25"}, "adult"),
            ({"birthdate": "31/02/2017"}, "does not exist"),
            ({"birthdate": "le jour de Noël"}, "cannot be read"),
            ({"birthdate": ""}, "birth date"),
        ):
            raw = {"firstname": "Ana", "lastname": "Bertin", "birthdate": "2019-01-01", **vals}
            with self.subTest(vals=vals), self.assertRaises(ValidationError) as caught:
                self._declare_as(self.camille, **raw)
            self.assertIn(word, str(caught.exception))

    def test_nobody_declares_a_child_for_somebody_else(self):
        vals = {"firstname": "Ana", "lastname": "Bertin", "birthdate": "2019-01-01"}
        for user in self.stranger | self.agent | self.family_agent | self.communication:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.camille.partner_id.with_user(user)._declare_child(vals)
        child = self.camille.partner_id.with_user(self.manager)._declare_child(vals)
        self.assertEqual(child.sudo().declarant_id, self.camille.partner_id)

    def test_names_of_all_countries_are_names(self):
        for name in ("Éloïse", "Jean-Noël", "D'Angelo", "O’Brien", "Łukasz", "José María", "李"):
            self.assertTrue(is_plain(name, NAME_SIGNS), name)
        for name in ("<b>", "a@b", "http://x", "x\u0000y", "x\u202ey", "1Lou", "a;b", "a=b"):
            self.assertFalse(is_plain(name, NAME_SIGNS), name)

    def test_no_login_and_no_sign_up_link_of_a_person(self):
        for user in (self.secretary, self.manager):
            for person in (self.camille.partner_id, self.child):
                with self.subTest(user=user.login), self.assertRaises(AccessDenied):
                    person.with_user(user).signup_get_auth_param()

    def test_where_she_lives_is_said_by_herself_once(self):
        home = {"street": "1 rue Neuve", "commune": self.commune.insee_code}
        person = self.stranger.partner_id
        with self.assertRaises(AccessError):
            person.with_user(self.camille)._declare_home(home)
        with self.assertRaises(ValidationError):
            person.with_user(self.stranger)._declare_home({**home, "date": "31/02/2026"})
        self.assertFalse(person._get_current_households())
        person.with_user(self.stranger)._declare_home(home)
        self.assertEqual(person._get_current_households().occupancy_ids.state, "declared")
        other = self._new_person("ailleurs.test", "Ada", "Loin", "1990-01-01")
        outside = {"street": "9 rue Neuve", "commune": "outside", "zip": "54000", "city": "Nancy"}
        other.partner_id.with_user(other)._declare_home(outside)
        self.assertTrue(other.partner_id._get_current_households())
        self.assertEqual(other.partner_id.city, "Nancy")
        for user in self.stranger | self.camille:
            with self.subTest(user.login), self.assertRaises(UserError):
                user.partner_id.with_user(user)._declare_home(home)
        for subject in self.child | self.household:
            with self.assertRaises(AccessError):
                subject.with_user(self.manager)._declare_home(home)
