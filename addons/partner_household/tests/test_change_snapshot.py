from odoo.tests import tagged

from ..tools import address_key, identity_key
from . import snapshot
from .common import HouseholdCase

# Who wrote it and when; the key of a new row is that of the table.
TRACE = {"id", "create_date", "create_uid", "write_date", "write_uid"}


@tagged("post_install", "-at_install")
class TestChangeSnapshot(HouseholdCase):
    """Twenty-one differences, on two households and two organisations; half of them are
    accepted."""

    maxDiff = None

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

    def _propose_all(self):
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
            officers=[{"name": me.name, "email": me.email, "role": "Présidente"}],
        )
        company = self._propose(
            self.camille,
            self.company,
            organisation={"name": "Menuiserie Roy", "phone": "03 29 88 88 88"},
            address={"street": "9 rue Basse", "commune": "99002"},
        )
        return home | other | association | company

    def _touch(self, lines):
        """Accept these lines: {(table, id): {column: new value}}, but of the proposals themselves
        and of the mail to the requester; of a new row, what it says."""
        before = snapshot.take(self.env)
        mails_before = self.env["mail.mail"].search([])
        for line in lines:
            line.with_user(self.manager).action_accept()
        touched = snapshot.get_changes(before, snapshot.take(self.env))
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
        return {
            key: {
                name: value
                for name, value in touched[key].items()
                if name not in TRACE and (key in before or value is not None)
            }
            for key in touched.keys() - changes - told
        }

    def test_the_accepted_cells_change_and_no_other(self):
        lines = self._propose_all()
        self.assertEqual(len(lines), 21)
        me, sacha = self.camille.partner_id, self.sacha.partner_id
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
        self.assertEqual(
            touched,
            {
                ("res_partner", me.id): {
                    **dict.fromkeys(("name", "complete_name"), "Camille-Rose Roy"),
                    "firstname": "Camille-Rose",
                    "lastname": "Roy",
                    "phone": "03 29 55 55 55",
                    "identity_key": identity_key("Roy", "Camille-Rose", "1988-04-12"),
                },
                ("res_partner", self.child.id): {
                    "birthdate": "2017-03-03",
                    "identity_key": identity_key("Bertin", "Lou", "2017-03-03"),
                },
                ("res_partner", sacha.id): {"phone": "03 29 66 66 66"},
                ("res_partner", self.association.id): self._organisation(
                    "Foyer rural de Valmont", "03 29 77 77 77"
                ),
                ("res_partner", self.company.id): self._organisation(
                    "Menuiserie Roy", "03 29 88 88 88"
                ),
            },
        )

    def _organisation(self, name, phone):
        names = ("name", "complete_name", "commercial_company_name", "lastname")
        return {**dict.fromkeys(names, name), "phone": phone}

    def test_a_new_role_touches_its_own_cell(self):
        lines = self._propose_all()
        touched = self._touch(lines.filtered(lambda line: line.type == "officer_role"))
        delegation = self.association.delegate_ids
        self.assertEqual(touched, {("partner_delegate", delegation.id): {"role": "Présidente"}})

    def test_a_departure_touches_its_own_row(self):
        """It tells the other parent nothing: neither a date of the child's sheet, nor who reads it,
        nor a message."""
        lines = self._propose_all()
        touched = self._touch(lines.filtered(lambda line: line.type == "departure"))
        member = self.household.member_ids.filtered(
            lambda each: each.person_id == self.second_child
        )
        self.assertEqual(touched, {("household_membership", member.id): {"date_end": "2026-11-25"}})

    def test_moves_write_each_occupant_at_her_own_address(self):
        lines = self._propose_all()
        former = self.household.occupancy_ids
        former.date_start = "2020-01-01"
        moves = lines.filtered(lambda line: line.type == "address")
        touched = self._touch(moves)
        expected = {("dwelling_occupancy", former.id): {"date_end": "2026-11-19"}}
        for occupant, street, commune, day in (
            (self.household, "5 rue Haute", self.other_commune, "2026-11-20"),
            (self.association, "2 place de la Mairie", self.commune, "2026-11-25"),
            (self.company, "9 rue Basse", self.other_commune, "2026-11-25"),
        ):
            stay = occupant.occupancy_ids - former
            expected["territory_dwelling", stay.dwelling_id.id] = {
                "street": street,
                "address_key": address_key(street),
                "zip": commune.zip,
                "commune_id": commune.id,
                "kind": "main",
            }
            expected["dwelling_occupancy", stay.id] = {
                "dwelling_id": stay.dwelling_id.id,
                "occupant_id": occupant.id,
                "date_start": day,
                "role": "other",
                "state": "verified",
            }
        self.assertEqual(touched, expected)

    def test_an_arrival_writes_an_invitation(self):
        lines = self._propose_all()
        touched = self._touch(lines.filtered(lambda line: line.type == "arrival"))
        invitation = self.env["household.invitation"].search([], limit=1)
        self.assertEqual(
            touched,
            {
                ("household_invitation", invitation.id): {
                    "household_id": self.household.id,
                    "inviter_id": self.camille.partner_id.id,
                    "invited_by_id": self.camille.id,
                    "invited_by_name": "Camille Duchêne",
                    "name": "Ida Roy",
                    "email": "ida@exemple.test",
                    "birthdate": "1990-05-05",
                    "date_expire": "2026-12-25",
                    "state": "sent",
                }
            },
        )
