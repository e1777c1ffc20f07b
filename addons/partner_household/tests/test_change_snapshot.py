from odoo.tests import tagged

from . import snapshot
from .common import HouseholdCase

TRACE = {"write_date", "write_uid"}


@tagged("post_install", "-at_install")
class TestChangeSnapshot(HouseholdCase):
    maxDiff = None
    """Twenty differences, on two households and two organisations; half of them are accepted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Partner = cls.env["res.partner"]
        cls.association = Partner.create(
            {"name": "Foyer rural", "kind": "association", "rna": "W551000001"}
        )
        cls.company = Partner.create(
            {"name": "Menuiserie", "kind": "company", "company_registry": "732829320"}
        )
        for organisation in cls.association | cls.company:
            cls.env["partner.delegate"]._ask(organisation, cls.camille.partner_id).action_accept()
        cls._second_holder(cls, state="verified")
        cls.second_child = cls._declare_as(cls.camille, "Noé", "Bertin", "2019-06-07")

    def _propose(self, user, subject, /, **values):
        change = (
            self.env["household.change"]
            .with_user(user)
            ._propose(subject.with_user(user), user.partner_id.with_user(user), values)
        )
        return change.with_env(self.env).line_ids

    def _propose_twenty(self):
        me, sacha = self.camille.partner_id, self.sacha.partner_id
        home = self._propose(
            self.camille,
            self.household,
            address={"street": "5 rue Haute", "commune": "99002", "date": "2026-11-20"},
            persons={
                me.id: {
                    "firstname": "Camille-Rose",
                    "lastname": "Roy",
                    "birth_name": "Duchêne",
                    "birthplace": "Verdun",
                    "phone": "03 29 55 55 55",
                },
                self.child.id: {"birthplace": "Bar-le-Duc", "birthdate": "2017-03-03"},
            },
            arrivals=[
                {
                    "firstname": "Ida",
                    "lastname": "Roy",
                    "birthdate": "1990-05-05",
                    "role": "adult",
                    "email": "ida@exemple.test",
                }
            ],
            departures=[{"person": self.second_child.id, "date": "2026-11-25"}],
        )
        other = self._propose(
            self.sacha,
            self.sacha_household,
            persons={sacha.id: {"phone": "03 29 66 66 66", "birthplace": "Metz"}},
        )
        association = self._propose(
            self.camille,
            self.association,
            address={"street": "2 place de la Mairie", "commune": "99001"},
            organisation={
                "name": "Foyer rural de Valmont",
                "rna": "W551000009",
                "phone": "03 29 77 77 77",
                "email": "foyer@exemple.fr",
            },
        )
        company = self._propose(
            self.camille,
            self.company,
            organisation={"name": "Menuiserie Roy", "phone": "03 29 88 88 88"},
            address={"street": "9 rue Basse", "commune": "99002"},
        )
        return home | other | association | company

    def _touch(self, lines):
        """Accept these lines: the rows that differ, but those of the proposals themselves and the
        mail to the requester."""
        before = snapshot.take(self.env)
        mails_before = self.env["mail.mail"].search([])
        for line in lines:
            line.with_user(self.manager).action_accept()
        touched = snapshot.compare(before, snapshot.take(self.env))
        changes = {key for key in touched if key[0].startswith("household_change")}
        self.assertEqual(
            {key[1] for key in changes if key[0] == "household_change_line"}, set(lines.ids)
        )
        mails = self.env["mail.mail"].search([]) - mails_before
        asked = lines.change_id.requester_id.mapped("email_formatted")
        asked += [line.new_value["email"] for line in lines if line.type == "arrival"]
        self.assertLessEqual(set(mails.mapped("email_to")), set(asked), "nobody else is told")
        told = {("mail_mail", mail.id) for mail in mails}
        told |= {("mail_message", mail.mail_message_id.id) for mail in mails}
        return {key: touched[key] for key in touched.keys() - changes - told}

    def test_the_accepted_cells_change_and_no_other(self):
        lines = self._propose_twenty()
        self.assertEqual(len(lines), 20)
        me = self.camille.partner_id
        refused = lines.filtered(
            lambda line: (
                (line.type, line.field_key)
                in {
                    ("person", "birth_name"),
                    ("person", "birthplace"),
                    ("organisation", "rna"),
                    ("organisation", "email"),
                }
            )
        )
        accepted = lines.filtered(lambda line: line.type in ("person", "organisation")) - refused
        refused.with_user(self.manager).action_refuse("Non")
        touched = self._touch(accepted)
        names = {"name", "complete_name"}
        whole = names | {"commercial_company_name", "lastname", "phone"}
        self.assertEqual(
            {key: columns - TRACE for key, columns in touched.items()},
            {
                ("res_partner", me.id): names | {"firstname", "lastname", "phone", "identity_key"},
                ("res_partner", self.child.id): {"birthdate", "identity_key"},
                ("res_partner", self.sacha.partner_id.id): {"phone"},
                ("res_partner", self.association.id): whole,
                ("res_partner", self.company.id): whole,
            },
        )

    def test_moves_arrivals_and_departures_touch_their_own_rows(self):
        """A departure tells the other parent nothing: neither a date of the child's sheet, nor who
        reads it, nor a message."""
        lines = self._propose_twenty()
        touched = self._touch(lines.filtered(lambda line: line.type == "departure"))
        member = self.household.member_ids.filtered(
            lambda each: each.person_id == self.second_child
        )
        self.assertEqual(
            {key: columns - TRACE for key, columns in touched.items()},
            {("household_membership", member.id): {"date_end"}},
        )
        touched = self._touch(lines.filtered(lambda line: line.type == "address"))
        self.assertEqual(
            {table for table, _key in touched}, {"dwelling_occupancy", "territory_dwelling"}
        )
        touched = self._touch(lines.filtered(lambda line: line.type == "arrival"))
        self.assertEqual({table for table, _key in touched}, {"household_invitation"})
