"""An association whose board has just changed: who left, who came, and all that it asked."""

from datetime import datetime

from odoo import Command, http

from odoo.addons.lodging_declaration.tests.common import FURNISHED
from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.procedure_slot.tests.common import calendar_vals
from odoo.addons.procedure_template.tests.common import publish_template
from odoo.addons.room_booking.tests.common import ANSWERS, room_vals
from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tests.common import PageCase, photo
from odoo.addons.website_procedure_request.pages.slots import MESSAGE_SLOT

NOW = "2026-11-25 10:05:00"
# A Tuesday: 9:00, 9:20 and 9:40 of the first of December, in UTC.
NINE, TWENTY_PAST, LAST = (datetime(2026, 12, 1, 8, minute) for minute in (0, 20, 40))
SECRET = "Loto du foyer rural"
NAME = "Amicale des pêcheurs"


class HandedOver(ProcedureCommon, PageCase):
    """Camille presided; Élie is its treasurer since a moment ago, and Zoé asks to act for it.

    `hand_over()` is called by a test, once it has done as Camille what it wants to be refused.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "fr_FR"})
        cls.secretary.function = cls.agent.function = "Responsable"
        cls.elie = cls._resident("elie", "Élie", "Marchal")
        cls.zoe = cls._resident("zoe", "Zoé", "Roussel")
        cls.delegation = cls._delegations(cls.camille, name=NAME)
        cls.delegation.role = "Présidente"
        cls.club = cls.delegation.organisation_id
        cls.club.write({"street": "1 place de la Mairie", "commune_id": cls.vaubecourt.id})
        cls.asking = cls.env["partner.delegate"]._ask(cls.club, cls.zoe.partner_id)
        cls.invitation = cls.env["organisation.invitation"]
        cls.calendar = cls.env["procedure.slot.calendar"].create(calendar_vals(cls.waste))
        cls.stand = cls._make_stand()
        cls.requests = {
            "stand": cls._ask(cls.camille, cls.stand, cls._get_stand(NINE), ["proof"]),
            "hire": cls._ask(
                cls.camille, cls._make_hire(), {"day": SECRET, "sign": "p@exemple.fr"}
            ),
            "room": cls._ask(cls.camille, *cls._make_room(), ["room_insurance"]),
            "lodging": cls._ask(
                cls.camille,
                publish_template(cls.env, "meuble_tourisme", cls.waste),
                {**FURNISHED, "lodging_address.commune": cls.vaubecourt.insee_code},
            ),
        }
        cls._answer_stand(cls.requests["stand"].with_user(cls.agent))

    @classmethod
    def _make_stand(cls):
        """An hour, a price to pay, a document."""
        questions = [
            {"key": "what", "type": "char", "label": "Occasion", "required": True},
            {"key": "home", "type": "address", "label": "Adresse", "prefill": "address"},
            {"key": "slot", "type": "slot", "label": "Rendez-vous", "required": True},
            {"key": "proof", "type": "file", "label": "Statuts"},
        ]
        questions[2]["slot_calendar_id"] = cls.calendar.id
        procedure = cls._procedure(
            "Tenir un stand",
            "STAND",
            cls.waste,
            questions,
            publish=False,
            slug="tenir-un-stand",
            payment_kind="payfip",
            payfip_number="72000",
            payment_when="filed",
        )
        price = {"basis": "once", "label": "Droit de place", "cents": 2000}
        procedure._get_draft().tariff_ids = [Command.create(price)]
        procedure.action_publish()
        return procedure

    @classmethod
    def _get_stand(cls, start):
        return {"what": SECRET, "slot": str(SLOT_TYPE.to_id(start))}

    @classmethod
    def _make_hire(cls):
        """Somebody else signs."""
        sign = {"key": "sign", "type": "signature_email", "label": "Signature", "required": True}
        questions = [
            {"key": "day", "type": "char", "label": "Jour", "required": True},
            {**sign, "signature_keys": "day"},
        ]
        return cls._procedure("Louer du matériel", "LOUER", cls.waste, questions)

    @classmethod
    def _make_room(cls):
        """(its procedure, what is answered)"""
        procedure = publish_template(cls.env, "location_salle", cls.town_hall)
        vals = room_vals(cls.town_hall, cls.vaubecourt, procedure_id=procedure.id)
        room = cls.env["room.room"].create(vals)
        return procedure, {**ANSWERS, "room_purpose": SECRET, "room": str(room.id)}

    @classmethod
    def _ask(cls, user, procedure, answers, papers=()):
        files = {key: [upload()] for key in papers}
        return cls._submit(
            user, procedure=procedure, answers=answers, files=files, acting_for=cls.club
        ).sudo()

    @classmethod
    def _answer_stand(cls, request):
        """Messages both ways, one with a file, and something that is asked."""
        request.sudo()._post_from_applicant("Merci à vous", by=cls.camille.partner_id)
        request.message_post(
            body="Voici le plan",
            subtype_xmlid="mail.mt_comment",
            attachments=[("plan.txt", b"plan")],
        )
        request.action_take()
        request.action_ask_completion([{"label": "Un bail", "reason": "Il manque"}])

    def setUp(self):
        super().setUp()
        self.requests = dict(self.requests)

    def hand_over(self):
        """After the general meeting: Élie accepts, files for it, and invites somebody."""
        invited = {"name": "Élie Marchal", "email": self.elie.email, "role": "Trésorier"}
        self.env["organisation.handover"].with_user(self.camille)._start(
            self.club.with_user(self.camille),
            clock.today(),
            self.camille.partner_id.with_user(self.camille),
            [invited],
        )
        Invitation = self.env["organisation.invitation"]
        Invitation.search([("email", "=", self.elie.email)]).with_user(self.elie)._answer(True)
        self.assertEqual(self.club._get_current_delegates(), self.elie.partner_id)
        self.requests["new"] = self._ask(
            self.elie, self.stand, self._get_stand(TWENTY_PAST), ["proof"]
        )
        self.invitation = Invitation.with_user(self.elie)._invite(
            self.club.with_user(self.elie), {"name": "Paul Roy", "email": "paul@exemple.fr"}
        )

    # -- as a browser

    def keep_file(self, user):
        """Given with the next message of the first request, and not sent yet: its number."""
        self.sign_in(user)
        answer = self.send(
            "POST",
            f"/my/demandes/{self.requests['stand'].id}/depot",
            {"_field": MESSAGE_SLOT},
            [self.jpeg(MESSAGE_SLOT)],
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        return self.env["website.procedure.pending.file"].search([], order="id desc", limit=1).id

    def jpeg(self, key):
        return (key, ("photo.jpg", photo(), "image/jpeg"))

    def send(self, method, path, data=None, files=None):
        """With the mark of a page of this session: it is not for lack of it that one is refused."""
        if method == "GET":
            return self.url_open(path, allow_redirects=False)
        token = http.Request.csrf_token(self)
        data = {**(data or {}), "csrf_token": token}
        return self.url_open(path, data=data, files=files, allow_redirects=False)
