from odoo.tests import tagged

from odoo.addons.partner_household.change_types import OWN_TYPES
from odoo.addons.partner_household.tests import snapshot
from odoo.addons.partner_household.tests.test_change_snapshot import TRACE
from odoo.addons.partner_household.tools import address_key

from .common import SituationCase


@tagged("post_install", "-at_install")
class TestChangeCells(SituationCase):
    """One line of each type, typed by an agent after a call: what is accepted changes, and its
    request is answered; no other cell of the database changes."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_file_to(cls, cls.other_service)
        cls.association.reader_service_ids += cls.other_service
        cls.noe = cls._declare_as(cls.camille, "Noé", "Bertin", "2019-06-07")
        cls.noe.membership_ids.date_start = "2020-01-01"

    def _type(self, subject, **values):
        person = self.camille.partner_id
        change = (
            self.env["household.change"]
            .with_user(self.family_agent)
            ._propose(
                subject.with_user(self.family_agent), person.with_user(self.family_agent), values
            )
            .with_env(self.env)
        )
        self.assertEqual(change.typed_by_id, self.family_agent)
        self.assertEqual(change._get_request().state, "submitted")
        return change.line_ids

    def _type_all(self):
        me = self.camille.partner_id
        new = {"street": "5 rue Haute", "commune": "99002", "date": "2026-11-20"}
        ida = {"firstname": "Ida", "lastname": "Roy", "birthdate": "1990-05-05", "role": "adult"}
        robin = {"firstname": "Robin", "lastname": "Duchêne", "date": "2026-11-20"}
        home = self._type(
            self.household,
            address=new,
            new_home={**new, "street": "7 rue Haute", "children": [self.child.id]},
            persons={me.id: {"phone": "03 29 55 55 55", "birthplace": "Verdun"}},
            arrivals=[{**ida, "email": "ida@exemple.test"}, {**ida, "firstname": "Zoé"}],
            departures=[{"person": self.noe.id, "date": "2026-11-25"}],
            custody=[{"person": self.child.id, "custody": "shared", "date": "2026-11-20"}],
            deaths=[robin],
            email="neuve@exemple.test",
        )
        association = self._type(
            self.association,
            address=new,
            organisation={"phone": "03 29 77 77 77", "rna": "W551000009"},
            officers_leaving=["Sacha Bertin"],
            officers=[{"name": "Sacha Bertin", "email": self.sacha.email, "role": "Président"}],
            closing={"date": "2026-11-30"},
        )
        return home, association

    def _decide(self, lines, refused):
        """The cells that this changed, but those of the request and of what it says:
        {(table, id): {column: new value}}; of a new row, what it says."""
        request = lines.change_id._get_request()
        self.env.flush_all()
        before = snapshot.take(self.env)
        refused.with_user(self.family_agent).action_refuse("Non")
        kept = snapshot.compare(before, snapshot.take(self.env))
        self.assertEqual({table for table, _key in kept}, {"household_change_line"})
        accepted = lines.filtered(lambda line: line.state == "proposed")
        accepted.with_user(self.family_agent).action_accept("Acte vu")
        self.assertEqual(request.state, "accepted")
        self.assertEqual(set(accepted.mapped("state")), {"accepted"})
        after = snapshot.take(self.env)
        touched = snapshot.get_changes(before, after)
        hers = {key for key in touched if self._is_of_request(key, after, request, lines)}
        tables = {table for table, _key in hers}
        self.assertLessEqual(
            {"procedure_request", "procedure_decision", "mail_message", "mail_mail"}, tables
        )
        return {
            key: {
                name: value
                for name, value in touched[key].items()
                if name not in TRACE and (key in before or value is not None)
            }
            for key in touched.keys() - hers
            # The jobs that send and draw are told to.
            if key[0] != "ir_cron_trigger"
        }

    def _is_of_request(self, key, rows, request, lines):
        table, row = key[0], rows.get(key, {})
        messages = request.message_ids
        if table in ("procedure_request", "household_change", "household_change_line"):
            return (table, row.get("id")) in {
                (each._table, each.id) for each in (request, lines.change_id, *lines)
            }
        model = row.get("model") or row.get("res_model")
        return (
            row.get("request_id") == request.id
            or (model, row.get("res_id")) == (request._name, request.id)
            or row.get("mail_message_id") in messages.ids
            or row.get("message_id") in messages.ids
            or row.get("mail_mail_id")
            in self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)]).ids
        )

    def _pop_mail(self, touched, email):
        """The one mail besides those of the request: to the person that a line names."""
        keys = [key for table, key in touched if table == "mail_mail"]
        mail = self.env["mail.mail"].browse(keys)
        self.assertEqual(mail.mapped("email_to"), [email])
        touched.pop(("mail_mail", mail.id))
        touched.pop(("mail_message", mail.mail_message_id.id))

    def test_one_line_of_each_type(self):
        home, association = self._type_all()
        self.assertEqual(set((home | association).mapped("type")), set(OWN_TYPES))
        self._check_home(home)
        self._check_association(association)

    def _check_home(self, lines):
        me, robin = self.camille.partner_id, self.robin.partner_id
        former = self.household.occupancy_ids
        stays = {each.person_id: each.id for each in self.household.member_ids}
        refused = lines.filtered(
            lambda line: (
                line.type in ("new_home", "email")
                or line.field_key == "birthplace"
                or (line.type, line.new_text) == ("arrival", "Zoé Roy")
            )
        )
        self.assertEqual((len(lines), len(refused)), (10, 4))
        touched = self._decide(lines, refused)
        self._pop_mail(touched, "ida@exemple.test")
        stay = self.household.occupancy_ids - former
        invitation = self.env["household.invitation"].search([], limit=1)
        self.assertEqual(
            touched,
            {
                ("res_partner", me.id): {"phone": "03 29 55 55 55"},
                ("res_partner", robin.id): {
                    "active": False,
                    "date_death": "2026-11-20",
                    "death_ended": {
                        "users": self.robin.ids,
                        "periods": [["household.membership", stays[robin], False, None]],
                    },
                },
                ("res_users", self.robin.id): {"active": False},
                ("household_membership", stays[robin]): {"date_end": "2026-11-20"},
                ("household_membership", stays[self.noe]): {"date_end": "2026-11-25"},
                ("household_membership", stays[self.child]): {"shared_custody": True},
                ("household_invitation", invitation.id): {
                    "household_id": self.household.id,
                    "inviter_id": me.id,
                    "invited_by_id": self.camille.id,
                    "invited_by_name": "Camille Duchêne",
                    "name": "Ida Roy",
                    "email": "ida@exemple.test",
                    "birthdate": "1990-05-05",
                    "date_expire": "2026-12-25",
                    "state": "sent",
                },
                ("dwelling_occupancy", former.id): {"date_end": "2026-11-19"},
                ("dwelling_occupancy", stay.id): self._occupancy(stay, self.household),
                ("territory_dwelling", stay.dwelling_id.id): {
                    "street": "5 rue Haute",
                    "address_key": address_key("5 rue Haute"),
                    "zip": self.other_commune.zip,
                    "commune_id": self.other_commune.id,
                    "kind": "main",
                },
            },
        )

    def _check_association(self, lines):
        sacha = self.association.delegate_ids.filtered(
            lambda each: each.person_id == self.sacha.partner_id
        )
        refused = lines.filtered(
            lambda line: line.type in ("closing", "officer_role") or line.field_key == "rna"
        )
        self.assertEqual((len(lines), len(refused)), (6, 3))
        touched = self._decide(lines, refused)
        self._pop_mail(touched, self.sacha.email_formatted)
        stay = self.association.occupancy_ids
        self.assertEqual(
            touched,
            {
                ("res_partner", self.association.id): {"phone": "03 29 77 77 77"},
                ("partner_delegate", sacha.id): {"state": "ended", "date_end": "2026-11-25"},
                # Where the household went: it is one dwelling.
                ("dwelling_occupancy", stay.id): self._occupancy(stay, self.association),
            },
        )

    def _occupancy(self, stay, occupant):
        return {
            "dwelling_id": stay.dwelling_id.id,
            "occupant_id": occupant.id,
            "date_start": "2026-11-20",
            "role": "other",
            "state": "verified",
        }
