from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import convert_file

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestResPartner(TerritoryCase):
    def _reads(self, user, partner):
        partner = partner.with_user(user)
        found = bool(partner.search([("id", "=", partner.id)]))
        self.assertEqual(partner.has_access("read"), found)
        return found

    def test_the_account_of_a_resident_is_a_person(self):
        self.assertEqual(self.person.kind, "person")
        self.assertFalse(self.agent.partner_id.kind)

    def test_a_service_reads_the_persons_of_its_requests_only(self):
        self.person.reader_service_ids = self.service
        self.assertTrue(self._reads(self.agent, self.person))
        self.assertFalse(self._reads(self.agent, self.other_person))
        for user in self.staff_without_right():
            self.assertFalse(self._reads(user, self.person), user.login)

    def test_a_secretary_reads_the_persons_of_her_town_hall_only(self):
        self.person.reader_service_ids = self.town_hall
        self.assertTrue(self._reads(self.secretary, self.person))
        self.assertFalse(self._reads(self.secretary, self.other_person))
        self.assertFalse(self._reads(self.agent, self.person))

    def test_a_household_is_read_by_the_services_of_the_family_file_only(self):
        self.other_person.kind = "household"
        self.other_person.reader_service_ids = self.service
        self.assertFalse(self._reads(self.agent, self.other_person))
        self.service.reads_family_file = True
        self.assertTrue(self._reads(self.agent, self.other_person))

    def test_communication_and_dpo_read_nobody_even_as_members_of_the_service(self):
        self.person.reader_service_ids = self.service
        self.service.user_ids += self.communication | self.dpo
        self.assertFalse(self._reads(self.communication, self.person))
        self.assertFalse(self._reads(self.dpo, self.person))

    def test_the_manager_and_the_administrator_read_all_kinds(self):
        for kind in ("household", "company", "association", "contributor", "person"):
            self.other_person.kind = kind
            for user in self.manager | self.technician:
                self.assertTrue(self._reads(user, self.other_person), (user.login, kind))
            self.assertFalse(self._reads(self.agent, self.other_person), kind)

    def test_the_staff_reads_colleagues_and_services(self):
        for user in self.staff_without_right():
            self.assertTrue(self._reads(user, self.agent.partner_id))
            self.assertTrue(self._reads(user, self.service.partner_id))

    def test_a_resident_reads_herself_only(self):
        self.assertTrue(self._reads(self.resident, self.person))
        self.assertFalse(self._reads(self.resident, self.other_person))
        self.assertFalse(self._reads(self.resident, self.agent.partner_id))
        self.assertFalse(self._reads(self.resident, self.env.company.partner_id))

    def test_a_common_parent_contact_opens_nothing(self):
        self.env["res.partner"].create({"name": "Foyer", "company_type": "company"})
        household = self.env["res.partner"].create(
            {"name": "Foyer", "company_type": "company", "kind": "household"}
        )
        (self.person | self.other_person).parent_id = household
        self.assertFalse(self._reads(self.resident, self.other_person))
        self.assertFalse(self._reads(self.resident, household))

    def test_an_update_closes_again_the_rule_that_core_opens(self):
        rule = self.env.ref("base.res_partner_portal_public_rule")
        rule.domain_force = "[(1, '=', 1)]"
        self.assertTrue(self._reads(self.resident, self.other_person))
        convert_file(
            self.env, "territory_base", "security/res_partner_security.xml", {}, mode="update"
        )
        self.assertFalse(self._reads(self.resident, self.other_person))

    def test_only_the_manager_and_the_administrator_write_persons(self):
        self.person.reader_service_ids = self.service | self.town_hall
        self.person.with_user(self.manager).phone = "03 29 22 22 22"
        for user in self.agent | self.staff_without_right() | self.resident:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.person.with_user(user).phone = "03 29 33 33 33"
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.person.with_user(user).create({"name": "Nouvelle", "kind": "person"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.person.with_user(user).unlink()

    def test_who_writes_by_mail_is_not_read_by_the_whole_staff(self):
        partner = self.env["res.partner"]._find_or_create_from_emails(
            ["Ada Inconnue <ada@example.org>"]
        )[0]
        self.assertEqual((partner.kind, partner.name), ("contributor", "Ada Inconnue"))
        self.assertFalse(self._reads(self.agent, partner))

    def test_a_service_added_later_is_told_by_the_hook(self):
        self.person.reader_service_ids = self.service
        self.person._refresh_reader_services()
        self.assertFalse(self.person.reader_service_ids, "no addon says that a service reads her")
