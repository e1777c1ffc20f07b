import io

from PIL import Image, ImageDraw

from odoo import api, fields, models

from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base import clock

from .. import people, procedures

MODULE = "territory_demo"
WATER = f"{MODULE}.procedure_eau_demo"
# What the guard said of each page.
PAGES = {}


class TerritoryDemoRequest(models.AbstractModel):
    """What the people of the demo asked, and what they were answered."""

    _name = "territory.demo.request"
    _description = "Requests of the demo"

    @api.model
    def _build_requests(self):
        agent = self._get("user_agent_dechets")
        secretary = self._get("user_secretaire")
        arrival = self._submit_bin("camille", {"waste_request": "arrival", "household_size": "3"})
        arrival.with_user(agent).action_take()
        arrival.with_user(agent).action_ask_completion(
            [
                {
                    "line_id": arrival.document_line_ids[0].id,
                    "reason": "La photo est floue\xa0: on ne lit pas l'adresse.",
                }
            ],
            message="Une photo est à refaire.",
            due=fields.Date.add(clock.today(), days=15),
        )
        accepted = self._submit_bin("sacha", {"waste_request": "arrival", "household_size": "3"})
        accepted.with_user(agent).action_take()
        accepted.with_user(agent).action_accept("Votre bac arrive avec la prochaine tournée.")
        self._submit_bin("dominique", {"waste_request": "broken", "damage": "Une roue est cassée."})
        refused = self._submit(
            "entreprise",
            "waste_collection.procedure_badge",
            {
                "badge_request": "lost",
                "badge_holder": "company",
                "organisation_name": "Menuiserie Hussenet",
                "delivery": "pick_up",
            },
        )
        refused.with_user(agent).action_take()
        refused.with_user(agent).action_refuse(
            "Le badge de l'entreprise est encore valable\xa0: il vient d'être réactivé."
        )
        for login in ("dominique", "entreprise"):
            request = self._submit_water(login)
        request.with_user(secretary).action_take()
        self._build_childhood()

    @api.model
    def _build_childhood(self):
        """Each parent for one child, and a family without account, entered at the counter."""
        canteen = f"{MODULE}.procedure_cantine_demo"
        agent = self._get("user_agent_enfance")
        today = clock.today()
        week = {
            "school": "École des Trois Vallons",
            "date_start": fields.Date.to_string(fields.Date.add(today, days=30)),
            "when": ["school_days", "wednesday"],
            "days.canteen": ["1", "2", "4", "5"],
            "days.evening": ["4"],
            "wednesday": "meal",
        }
        lou = self._submit("camille", canteen, week, subjects=self._get("child_1"))
        lou.with_user(agent).action_take()
        camille = self._get("user_camille")
        lou.with_user(camille)._post_from_applicant(
            "Lou mange chez sa grand-mère un mardi sur deux : faut-il vous le redire ?",
            by=camille.partner_id,
        )
        noe = {**week, "days.canteen": ["1"], "days.evening": [], "when": ["school_days"]}
        self._submit("sacha", canteen, noe, subjects=self._get("child_2"))
        self._submit_as(
            agent,
            canteen,
            "5 rue de l'Exemple",
            self._commune(people.OTHER_COMMUNE),
            week,
            identity={
                "contact_firstname": "Josiane",
                "contact_lastname": "Antoine",
                "contact_phone": "06 39 98 00 51",
                "contact_address.street": "5 rue de l'Exemple",
                "contact_address.commune": people.OTHER_COMMUNE,
            },
            child={"firstname": "Jules", "lastname": "Antoine", "birthdate": "2019-05-14"},
            channel="counter",
            received_on=fields.Date.subtract(today, days=16),
        )

    @api.model
    def _build_past(self):
        """Requests of the past months and their answers: no mail leaves, nothing is due."""
        agent = self._get("user_agent_dechets")
        commune = self._commune(people.SECRETARY_COMMUNE)
        for xml_id, answers in procedures.PAST.items():
            for rank, (firstname, lastname, ago, delay) in enumerate(procedures.CALLERS, 1):
                received_on = fields.Date.subtract(clock.today(), days=ago)
                answers = {**answers, "date_missed": fields.Date.to_string(received_on)}
                request = self._submit_as(
                    agent,
                    xml_id,
                    f"{rank} rue de l'Exemple",
                    commune,
                    answers,
                    identity={"contact_firstname": firstname, "contact_lastname": lastname},
                    channel="phone",
                    received_on=received_on,
                )
                for transition in ("take", "accept", "close"):
                    request.with_user(agent)._transition(transition)
                answered_on = fields.Datetime.add(request.date_submitted, days=delay)
                request.sudo().state_date = answered_on
                # As it was written on that day: no letter leaves today.
                self.env["procedure.decision"].create(
                    {
                        "request_id": request.id,
                        "kind": "accepted",
                        "author_id": agent.id,
                        "date": answered_on,
                    }
                )

    @api.model
    def _submit_bin(self, login, answers):
        today = clock.today()
        answers = {
            "date_in": fields.Date.to_string(fields.Date.subtract(today, days=8)),
            "occupant_status": "owner",
            **answers,
        }
        return self._submit(login, "waste_collection.procedure_bin", answers)

    @api.model
    def _submit_water(self, login):
        home = self._get(f"user_{login}").partner_id
        answers = self._ask_water(home.street, home.commune_id)
        return self._submit(login, WATER, answers)

    @api.model
    def _ask_water(self, street, commune):
        """What is answered to open a closed connection again."""
        wished = fields.Date.add(clock.today(), days=30)
        return {
            "request_kind": "reopen",
            "date_wished": fields.Date.to_string(wished),
            "place": {"street": street, "zip": commune.zip, "commune": commune.insee_code},
            "easement": "0",
            "is_owner": "1",
        }

    @api.model
    def _submit(self, login, procedure, answers, **values):
        """File as this person would."""
        user = self._get(f"user_{login}")
        person = user.partner_id
        return self._submit_as(
            user, procedure, person.street, person.commune_id, answers, applicant=person, **values
        )

    @api.model
    def _submit_as(self, user, xml_id, street, commune, answers, files=None, **values):
        """With the first name of each document drawn as a page.

        :param files: those that are given, when not one of each
        """
        procedure = self.env.ref(xml_id)
        questions = procedure.version_id.field_ids
        answers = {
            "accuracy": "1",
            "address": {"street": street, "zip": commune.zip, "commune": commune.insee_code},
            **answers,
        }
        keys = questions.mapped("key")
        return (
            self.env["procedure.request"]
            .with_user(user)
            ._submit(
                Filing(
                    procedure=procedure.with_user(user),
                    answers={
                        name: value
                        for name, value in answers.items()
                        if name.partition(".")[0] in keys
                    },
                    files=files
                    if files is not None
                    else {
                        question.key: [self._draw_page(question.label)]
                        for question in questions
                        if question.type == "file"
                    },
                    **values,
                )
            )
        )

    @api.model
    def _draw_page(self, title):
        """A page that says what it stands for, as a photo would be; drawn and checked once."""
        if title not in PAGES:
            PAGES[title] = self._check_page(title)
        return dict(PAGES[title])

    @api.model
    def _check_page(self, title):
        image = Image.new("RGB", (620, 877), "white")
        ImageDraw.Draw(image).text((60, 80), f"Exemple fictif\n\n{title}", fill="black")
        stream = io.BytesIO()
        image.save(stream, "JPEG")
        return self.env["public.guard"]._check_upload("exemple.jpg", stream.getvalue())
