from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessDenied, ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HouseholdCase

PASSWORD = "quatre petits chats"
RESIDENT = {
    "kind": "resident",
    "firstname": "Élise",
    "lastname": "Martin-Roy",
    "birthdate": "1992-02-29",
    "birthplace": "Verdun",
    "birth_insee": "55545",
    "birth_country": "fr",
    "email": "Elise.Martin@example.org ",
    "phone": "06 39 98 00 00",
    "password": PASSWORD,
    "street": "12 Grande Rue",
    "commune": "99001",
    "situation": "arriving",
}


@tagged("post_install", "-at_install")
class TestSignup(HouseholdCase):
    def setUp(self):
        super().setUp()
        self.public = self.env(user=self.env.ref("base.public_user"))

    def _signup(self, **values):
        user, errors = self.public["res.users"]._signup_resident({**RESIDENT, **values})
        self.assertFalse(errors)
        return user.with_env(self.env)

    def _confirm(self, user, password=PASSWORD):
        token = user._get_confirm_url().partition("token=")[2]
        return self.public["res.users"]._confirm_signup(token, password).with_env(self.env)

    def _mails(self, address="elise.martin@example.org"):
        return self.env["mail.mail"].search([("email_to", "=", address)], order="id")

    def _authenticate(self, login, password=PASSWORD):
        credential = {"login": login, "password": password, "type": "password"}
        return self.env["res.users"].authenticate(credential, {"interactive": False})["uid"]

    @mute_logger("odoo.addons.base.models.res_users")
    def test_an_account_opens_once_the_address_is_confirmed(self):
        user = self._signup()
        person = user.partner_id
        self.assertFalse(user.active)
        self.assertFalse(person.active)
        self.assertEqual(
            (person.kind, person.name, person.email, person.lang),
            ("person", "Élise Martin-Roy", "elise.martin@example.org", "fr_FR"),
        )
        self.assertEqual((person.birth_insee, person.birth_country_id.code), ("55545", "FR"))
        self.assertFalse(person.household_ids, "nothing is opened before the link is followed")
        with self.assertRaises(AccessDenied):
            self._authenticate(user.login)
        mail = self._mails()
        self.assertIn("/inscription/confirmer?token=", mail.body_html)
        self.assertEqual(self._confirm(user), user)
        self.assertTrue(user.active and person.active)
        self.assertEqual(self._authenticate("Elise.Martin@example.org".lower()), user.id)
        self.assertEqual(person._current_dwelling().display_name, "12 Grande Rue, 99100 Valmont")
        self.assertEqual(person._current_household()._get_current_members("adult"), person)
        self.assertEqual(user.group_ids, self.env.ref("base.group_portal"))

    def test_an_address_outside_the_territory_is_written_on_who_has_it(self):
        outside = {"commune": "outside", "zip": "L-1009", "city": "Luxembourg"}
        user = self._signup(**outside, situation="planning")
        self.assertFalse(user.partner_id.city, "nothing is written before the link is followed")
        self._confirm(user)
        person = user.partner_id
        self.assertEqual(
            (person.street, person.zip, person.city), ("12 Grande Rue", "L-1009", "Luxembourg")
        )
        self.assertFalse(person._current_dwelling())
        self.assertTrue(person._current_household())
        group = {"kind": "contributor", "organisation": "Les Randonneurs"}
        other = self._signup(**outside, **group, firstname="Paul")
        self._confirm(other)
        organisation = other.partner_id.sudo().delegation_ids.organisation_id
        self.assertEqual((organisation.zip, organisation.city), ("L-1009", "Luxembourg"))
        self.assertFalse(other.partner_id.city)

    def test_an_address_outside_the_territory_has_a_postcode_and_a_city(self):
        for vals, names in (
            ({"commune": "outside"}, {"zip", "city"}),
            ({"commune": "outside", "zip": "54000", "city": "http://nancy.fr"}, {"city"}),
            ({"zip": "54000"}, {"zip"}),
            ({"commune": "", "city": "Nancy"}, {"commune", "city"}),
        ):
            user, errors = self.public["res.users"]._signup_resident({**RESIDENT, **vals})
            self.assertFalse(user)
            self.assertEqual(set(errors), names, vals)

    def test_the_link_works_once_and_for_two_days(self):
        user = self._signup()
        token = user._get_confirm_url().partition("token=")[2]
        Users = self.public["res.users"]
        for bad in ("", None, "x", token[:-4] + "AAAA", "é", "AQ" * 40):
            self.assertFalse(Users._confirm_signup(bad, PASSWORD), bad)
        with freeze_time("2026-11-28"):
            self.assertFalse(Users._confirm_signup(token, PASSWORD))
        self.assertTrue(Users._confirm_signup(token, PASSWORD))
        user.active = False
        self.assertFalse(
            Users._confirm_signup(token, PASSWORD), "an account closed since stays closed"
        )

    @mute_logger("odoo.addons.base.models.res_users")
    def test_an_account_prepared_by_another_does_not_open_by_its_link(self):
        """He typed her name, her address and his own password; she follows the link."""
        prepared = self._signup(password="le mot de passe du voleur")
        own = self._signup()
        for password in (PASSWORD, "", None):
            with self.assertRaises(AccessDenied):
                self._confirm(prepared, password)
        self.assertFalse(prepared.active)
        self.assertEqual(self._confirm(own), own)
        self.assertEqual(self._authenticate(own.login), own.id)
        with self.assertRaises(AccessDenied):
            self._authenticate(own.login, "le mot de passe du voleur")

    def test_several_persons_share_an_address(self):
        first = self._signup()
        self._confirm(first)
        second = self._signup(firstname="Paul", lastname="Roy d'Été")
        third = self._signup(firstname="Paul", lastname="Roy d'Été", birthdate="1960-01-01")
        self.assertEqual(
            [user.login for user in (first, second, third)],
            ["elise.martin@example.org", "paul.roy-d-ete", "paul.roy-d-ete2"],
        )
        self._confirm(second)
        self.assertEqual(self._authenticate("paul.roy-d-ete"), second.id)

    def test_the_same_person_is_told_by_mail_only(self):
        first = self._signup()
        self._confirm(first)
        count = self.env["res.users"].with_context(active_test=False).search_count([])
        again, errors = self.public["res.users"]._signup_resident(
            {**RESIDENT, "firstname": "elise", "password": "autre mot de passe"}
        )
        self.assertFalse(again)
        self.assertFalse(errors)
        self.assertEqual(
            self.env["res.users"].with_context(active_test=False).search_count([]), count
        )
        mail = self._mails()[-1]
        self.assertEqual(mail.subject, "Vous avez déjà un compte")
        for name in ("Élise", "Martin", "elise.martin"):
            self.assertNotIn(name, mail.body_html)
        self.assertEqual(self._authenticate(first.login), first.id)

    def test_the_same_person_takes_as_much_work_as_another(self):
        """A quicker answer would tell that she is known."""
        self._confirm(self._signup())
        counts = []
        for firstname in ("Premier", "Élise", "Autre"):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.public["res.users"]._signup_resident({**RESIDENT, "firstname": firstname})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertGreater(counts[1], 0.8 * counts[2])

    def test_two_sign_ups_at_the_same_moment_are_run_again_not_refused(self):
        """Both found the identifier free: the database takes one, the other is run again."""
        user = self._signup()
        person = {"firstname": "Paul", "lastname": "Roy", "email": "paul@example.org"}
        kept = self.env["res.users"]._get_free_login(person)
        self.env.cr.execute("UPDATE res_users SET login = %s WHERE id = %s", (kept, user.id))
        with (
            patch.object(type(user), "_get_free_login", lambda *args: kept),
            patch.object(type(user), "_check_login", lambda self: None, create=True),
            mute_logger("odoo.sql_db"),
            self.assertRaises(ConcurrencyError),
        ):
            self._signup(firstname="Paul", lastname="Roy", email="paul@example.org")

    def test_who_never_confirms_keeps_no_address_from_its_owner(self):
        squatter = self._signup(firstname="Faux", lastname="Nom")
        self.assertEqual(squatter.login, "elise.martin@example.org")
        owner = self._signup()
        self.assertEqual(owner.login, "elise.martin@example.org")
        self._confirm(owner)
        self._confirm(squatter)
        self.assertEqual((owner.login, squatter.login), ("elise.martin@example.org", "faux.nom"))

    def test_who_signs_up_gets_one_mail_however_often_her_address_was_typed(self):
        """Core warns of a changed identifier, with the address of the person who caused it:
        nobody changed the identifier of an account that is open."""
        for name in ("Faux", "Factice", "Fictif"):
            self._signup(firstname=name, lastname="Nom")
        owner = self._signup()
        self._confirm(owner)
        to_owner = [("email_to", "ilike", "elise.martin")]
        mails = self.env["mail.mail"].search(to_owner)
        self.assertEqual(len(mails), 4, mails.mapped("subject"))
        owner.login = "autre.nom"
        self.assertEqual(self.env["mail.mail"].search_count(to_owner), 5)

    def test_an_account_never_confirmed_goes_after_a_week(self):
        old, kept = self._signup(), self._signup(firstname="Paul")
        self._confirm(kept)
        person = old.partner_id
        self.env.cr.execute(
            "UPDATE res_users SET create_date = '2026-11-01' WHERE id IN %s", [(old | kept)._ids]
        )
        self.env.invalidate_all()
        self.env["res.users"]._gc_unconfirmed()
        self.assertFalse(old.exists() or person.exists())
        self.assertTrue(kept.exists())

    def test_each_wrong_value_has_its_sentence_beside_its_field(self):
        for name, value in (
            ("firstname", ""),
            ("firstname", "<script>alert(1)</script>"),
            ("lastname", "L" * 101),
            ("lastname", "Visitez https://example.com"),
            ("lastname", "Roy\u202e"),
            ("birth_name", "a@b"),
            ("birthdate", "2026-11-26"),
            ("birthdate", "1899-12-31"),
            ("birthdate", "2025-02-29"),
            ("birthdate", "2008-11-26"),
            ("birthdate", ""),
            ("birthplace", ""),
            ("birth_insee", "5554"),
            ("birth_country", "ZZ"),
            ("email", ""),
            ("email", "elise"),
            ("email", "a@b"),
            ("email", "a@example.org, b@example.org"),
            ("email", "x" * 250 + "@example.org"),
            ("phone", "douze"),
            ("password", "court"),
            ("password", "aaaaaaaaaaaaaaaa"),
            ("password", "elise.martin@example.org"),
            ("password", "x1y2" * 60),
            ("street", ""),
            ("street", "<b>"),
            ("commune", "99999"),
            ("commune", ""),
            ("kind", "admin"),
            ("kind", ""),
            ("situation", "other"),
        ):
            with self.subTest(field=name, value=value[:40]):
                user, errors = self.public["res.users"]._signup_resident({**RESIDENT, name: value})
                self.assertFalse(user)
                self.assertEqual(list(errors), [name])
                self.assertTrue(errors[name].endswith((".", "?")) or "W5510" in errors[name])

    def test_all_that_is_wrong_is_told_at_once(self):
        _user, errors = self.public["res.users"]._signup_resident({})
        self.assertEqual(
            set(errors),
            {
                "firstname",
                "lastname",
                "birthdate",
                "email",
                "password",
                "kind",
                "street",
                "commune",
            },
        )

    def test_who_plans_to_come_has_no_address_here_yet(self):
        user = self._signup(situation="planning", street="", commune="")
        self._confirm(user)
        self.assertFalse(user.partner_id._current_dwelling())
        self.assertTrue(user.partner_id._current_household())

    def test_when_one_arrives_is_kept_where_it_belongs(self):
        user = self._signup(situation_date="01/12/2026")
        self._confirm(user)
        me = user.partner_id
        self.assertEqual((me.situation, str(me.situation_date)), ("arriving", "2026-12-01"))
        user = self._signup(
            kind="company",
            organisation="Menuiserie",
            company_registry="73282932000074",
            email="gerante@example.org",
            situation="planning",
            situation_date="2027-03-01",
        )
        self._confirm(user)
        me, company = user.partner_id, user.partner_id.delegation_ids.organisation_id
        self.assertEqual((me.situation, me.situation_date), (False, False))
        self.assertEqual(
            (company.situation, str(company.situation_date)), ("planning", "2027-03-01")
        )
        # Of a sheet that exists nothing is touched.
        user = self._signup(
            kind="company",
            organisation="Menuiserie",
            company_registry="73282932000074",
            email="autre@example.org",
            situation="leaving",
        )
        self._confirm(user)
        self.assertEqual(company.situation, "planning")
        _user, errors = self.public["res.users"]._signup_resident(
            {**RESIDENT, "situation_date": "31/02/2026", "email": "x@example.org"}
        )
        self.assertEqual(set(errors), {"situation_date"})

    def test_an_association_is_a_second_sheet_with_a_delegation_asked(self):
        user = self._signup(
            kind="association",
            organisation="Foyer rural",
            rna="W551000009",
            role="Présidente",
            situation="",
            birthplace="",
        )
        self.assertFalse(self.env["res.partner"].search([("rna", "=", "W551000009")]))
        self._confirm(user)
        delegation = user.partner_id.delegation_ids
        organisation = delegation.organisation_id
        self.assertEqual((delegation.state, delegation.role), ("asked", "Présidente"))
        self.assertEqual((organisation.kind, organisation.name), ("association", "Foyer rural"))
        self.assertEqual(organisation._current_dwelling().street, "12 Grande Rue")
        self.assertReadsNot(user, organisation)

    def test_a_known_company_is_not_touched_by_a_sign_up(self):
        company = self.env["res.partner"].create(
            {
                "name": "Menuiserie",
                "company_type": "company",
                "kind": "company",
                "company_registry": "73282932000074",
            }
        )
        values = {
            "kind": "company",
            "organisation": "Menuiserie pirate",
            "company_registry": "732 829 320 00074",
        }
        user = self._signup(**values)
        self._confirm(user)
        self.assertEqual(user.partner_id.delegation_ids.organisation_id, company)
        self.assertEqual(company.name, "Menuiserie")
        self.assertFalse(company.occupancy_ids)
        self.assertReadsNot(user, company)

    def test_wrong_numbers_of_organisations(self):
        for values, field in (
            ({"kind": "company", "organisation": "X", "company_registry": "1"}, "company_registry"),
            ({"kind": "company", "organisation": "X"}, "company_registry"),
            ({"kind": "association", "organisation": "X", "rna": "W12"}, "rna"),
            ({"kind": "association", "organisation": "", "rna": "W551000009"}, "organisation"),
        ):
            _user, errors = self.public["res.users"]._signup_resident({**RESIDENT, **values})
            self.assertEqual(list(errors), [field])

    def test_nobody_calls_the_sign_up_from_outside(self):
        for name in ("_signup_resident", "_confirm_signup", "_send_identifiers"):
            self.assertTrue(name.startswith("_"))
            self.assertTrue(hasattr(self.env["res.users"], name))

    def test_identifiers_are_sent_to_the_address_only(self):
        first = self._signup()
        self._confirm(first)
        self._confirm(self._signup(firstname="Paul"))
        before = len(self._mails())
        Users = self.public["res.users"]
        self.assertIsNone(Users._send_identifiers("ELISE.martin@example.org"))
        self.assertIsNone(Users._send_identifiers("personne@example.org"))
        self.assertIsNone(Users._send_identifiers(""))
        self.assertEqual(len(self._mails()), before + 1)
        body = self._mails()[-1].body_html
        self.assertIn("elise.martin@example.org", body)
        self.assertIn("paul.martin-roy", body)
        self.assertFalse(self._mails("personne@example.org"))

    def test_a_forgotten_password_is_sent_for_each_account_of_the_address(self):
        first, second = self._signup(), self._signup(firstname="Paul")
        self._confirm(first)
        self._confirm(second)
        before = len(self._mails())
        Users = self.env["res.users"]
        self.assertTrue(Users.reset_password("personne@example.org"))
        self.assertTrue(Users.reset_password("elise.martin@example.org"))
        mails = self._mails()[before:]
        self.assertEqual(len(mails), 2)
        bodies = "".join(mails.mapped("body_html"))
        self.assertIn("paul.martin-roy", bodies)
        self.assertIn("/web/reset_password?", bodies)
        self.assertTrue(Users.reset_password("paul.martin-roy"))
        self.assertEqual(len(self._mails()), before + 3)

    def test_a_forgotten_password_of_an_account_not_confirmed_sends_the_link_again(self):
        self._signup()
        self.env["res.users"].reset_password("elise.martin@example.org")
        self.assertIn("/inscription/confirmer", self._mails()[-1].body_html)

    def test_mails_leave_in_french(self):
        self._signup()
        self.assertEqual(self._mails().subject, "Confirmez votre adresse e-mail")

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_short_password_is_refused_later_too(self):
        user = self._signup()
        self._confirm(user)
        with self.assertRaises(UserError):
            user.with_user(user)._change_password("court")
        user.partner_id.signup_prepare(signup_type="reset")
        token = user.partner_id._generate_signup_token()
        with self.assertRaises(UserError):
            self.env["res.users"].signup({"password": "court"}, token)
        self.env["res.users"].signup({"password": "cinq petits chiens"}, token)
        self.assertEqual(self._authenticate(user.login, "cinq petits chiens"), user.id)
