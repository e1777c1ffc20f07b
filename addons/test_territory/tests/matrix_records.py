"""What hangs on a request or on a household, beside what `TerritoryCommon` makes: an hour, a
signature, a price, a room, a lodging, proposed changes; each as its addon makes it."""

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

from odoo.addons.lodging_declaration.tests.common import FURNISHED
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_slot.tests.common import calendar_vals
from odoo.addons.procedure_template.tests.common import publish_template
from odoo.addons.room_booking.tests.common import room_vals


class MatrixRecords:
    """For `TerritoryCommon`: `request` went to the agent's service, `town_hall_request` to the
    secretary's; who asks is the resident, for the organisation the delegate."""

    @classmethod
    def _make_records(cls):
        cls._take_hour()
        cls._ask_signature()
        cls._book_rooms()
        cls._declare_lodging()
        cls.household_change = cls._propose_change(
            "resident", cls.household, address={"street": "9 rue Basse", "commune": "99801"}
        )
        cls.organisation_change = cls._propose_change(
            "delegate", cls.organisation, organisation={"phone": "06 39 98 00 00"}
        )
        cls.answer = cls.request.sudo().answer_ids[:1].sudo(False)
        pick = {"key": "pick", "type": "selection", "label": "Choix", "version_id": cls.draft.id}
        pick["option_ids"] = [Command.create({"value": "a", "label": "A"})]
        cls.option = cls.env["procedure.field"].create(pick).option_ids
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _take_hour(cls):
        Calendar = cls.env["procedure.slot.calendar"]
        cls.calendar = Calendar.create(calendar_vals(cls.waste))
        cls.slot = cls.calendar._take(cls.calendar._find_slots()[-1].start, cls.request)

    @classmethod
    def _ask_signature(cls):
        """On a request that has a price."""
        procedure = cls._procedure("MTXSIGNE", cls.waste)
        draft = procedure.action_new_version()
        sign = {"key": "sign", "type": "signature_email", "label": "Signature", "required": True}
        price = {"basis": "once", "label": "Frais", "cents": 1000}
        draft.write(
            {
                "field_ids": [Command.create({**sign, "signature_keys": "wish"})],
                "tariff_ids": [Command.create(price)],
            }
        )
        procedure.action_publish()
        cls.signed = cls._file(procedure, {"wish": "un bac", "sign": "presidente@exemple.test"})
        cls.signature = cls.signed.sudo().signature_ids.sudo(False)
        cls.price_line = cls.signed.sudo().price_line_ids.sudo(False)

    @classmethod
    def _book_rooms(cls):
        """Of a request, and of the town hall's own use, on two days to come."""
        cls.room = cls.env["room.room"].create(room_vals(cls.town_hall, cls.commune))
        start = fields.Datetime.now() + relativedelta(days=30, hour=9, minute=0, second=0)
        cls.moments = [
            {
                "start": start + relativedelta(days=day),
                "stop": start + relativedelta(days=day, hours=3),
            }
            for day in range(3)
        ]
        asked = {"state": "complete", "request_id": cls.town_hall_request.id}
        cls.booking = cls.room._book(**cls.moments[0], **asked)
        cls.own_booking = cls.room._book(**cls.moments[1], state="internal")

    @classmethod
    def _declare_lodging(cls):
        procedure = publish_template(cls.env, "meuble_tourisme", cls.waste)
        answers = {**FURNISHED, "lodging_address.commune": cls.commune.insee_code}
        cls.lodging = cls._file(procedure, answers).sudo().lodging_ids.sudo(False)

    @classmethod
    def _file(cls, procedure, answers):
        """By the resident."""
        user = cls.users["resident"]
        filing = Filing(
            procedure=procedure.with_user(user), answers=answers, applicant=user.partner_id
        )
        request = cls.env["procedure.request"].with_user(user)._submit(filing)
        return cls.env["procedure.request"].browse(request.id)

    @classmethod
    def _propose_change(cls, persona, subject, **values):
        user = cls.users[persona]
        change = (
            cls.env["household.change"]
            .with_user(user)
            ._propose(subject.with_user(user), user.partner_id.with_user(user), values)
        )
        return cls.env["household.change"].browse(change.id)

    @classmethod
    def _get_record_objects(cls):
        """{object: (record, values of a write, values of a creation, transition)}"""
        return {
            "slot booking": (
                cls.slot,
                {"place": 2},
                {
                    "calendar_id": cls.calendar.id,
                    "start": cls.slot.start,
                    "stop": cls.slot.stop,
                    "place": 3,
                    "state": "taken",
                },
                None,
            ),
            "signature": (
                cls.signature,
                {"state": "signed"},
                {"request_id": cls.signed.id, "field_key": "sign", "date_due": "2099-01-01"},
                lambda record: record.action_send_again(),
            ),
            "price line": (
                cls.price_line,
                {"total_cents": 0},
                {"request_id": cls.signed.id, "label": "x", "total_cents": -1000},
                None,
            ),
            "booking of a room": (
                cls.booking,
                {"is_identity_seen": True},
                {"room_id": cls.room.id, **cls.moments[2], "request_id": cls.request.id},
                lambda record: record.action_sign(),
            ),
            "own use of a room": (
                cls.own_booking,
                {"title": "x"},
                {"room_id": cls.room.id, **cls.moments[2]},
                lambda record: record.action_cancel_own(),
            ),
            "lodging": (
                cls.lodging,
                {"rooms": 9},
                {"number": "x", "kind": "furnished", "dwelling_id": cls.dwelling.id},
                lambda record: record.action_cease(),
            ),
            "indexed answer": (
                cls.answer,
                {"value_text": "x"},
                {"request_id": cls.request.id, "key": "wish", "value_text": "x"},
                None,
            ),
            "option of the draft": (
                cls.option,
                {"label": "x"},
                {"field_id": cls.option.field_id.id, "value": "b", "label": "B"},
                None,
            ),
            **cls._get_change_objects("household change", cls.household_change),
            **cls._get_change_objects("organisation change", cls.organisation_change),
        }

    @classmethod
    def _get_change_objects(cls, name, change):
        person = cls.users["resident"].partner_id
        return {
            name: (
                change,
                {"state": "done"},
                {"subject_id": change.subject_id.id, "requester_id": person.id},
                None,
            ),
            f"line of the {name}": (
                change.line_ids[:1],
                {"state": "accepted"},
                {"change_id": change.id, "type": change.line_ids[:1].type, "field_key": "street"},
                lambda record: record.action_accept("Vu"),
            ),
        }
