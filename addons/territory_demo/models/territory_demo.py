from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock

from .. import people, procedures
from .territory_demo_request import MODULE

# Parameter: the parts that this database has.
PARTS = "territory_demo.parts"


class TerritoryDemo(models.AbstractModel):
    """Makes the demo: each record gets an xml id, so that a second run adds nothing."""

    _name = "territory.demo"
    _inherit = [
        "territory.demo.activity",
        "territory.demo.appointment",
        "territory.demo.commune",
        "territory.demo.contribution",
        "territory.demo.directory",
        "territory.demo.family",
        "territory.demo.living",
        "territory.demo.question",
        "territory.demo.request",
        "territory.demo.room",
        "territory.demo.round",
        "territory.demo.street",
        "territory.demo.town_hall",
        "territory.demo.voice",
    ]
    _description = "Demo of the territory"

    @api.model
    def _get_parts(self):
        """Hook: what the demo is made of, in the order of making: {name: method}.

        A part is made once in a database. What a later version adds is a part of its own, that
        `bin/run` adds to a demo of before.
        """
        return {
            "people": self._build_people,
            "living": self._build_living,
            "communes": self._build_communes,
            "directory": self._build_directory,
            "contributions": self._build_contributions,
            "proposals": self._build_proposals,
            "questions": self._build_questions,
            "appointments": self._build_appointments,
            "rooms": self._build_rooms,
            "rounds": self._build_rounds,
            "streets": self._build_streets,
            "town_halls": self._build_town_halls,
            "surveys": self._build_surveys,
            "problems": self._build_problems,
            "families": self._build_family_files,
            "activities": self._build_activities,
        }

    @api.model
    def _build(self, parts=None):
        """Make the parts that this database lacks; as superuser.

        :param parts: names of those that are wanted, all by default
        :return: names of those that were made
        """
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        there = set(parameters_sudo.get_param(PARTS, "").split())
        if self.env.ref(f"{MODULE}.user_dpo_demo", raise_if_not_found=False):
            # Made before the parts had names.
            there.add("people")
        made = []
        for name, build in self._get_parts().items():
            if name not in there and (parts is None or name in parts):
                build()
                made.append(name)
        parameters_sudo.set_param(PARTS, " ".join(sorted(there.union(made))))
        return made

    @api.model
    def _build_people(self):
        self._build_services()
        self._build_staff(people.STAFF)
        self._build_residents()
        self._build_organisations()
        self._build_procedures()
        self._validate_regimes()
        # An installation has no reader, hence no language: the histories need one.
        french = self.with_context(lang="fr_FR")
        french._build_requests()
        french._build_past()

    # ------------------------------------------------------------------ helpers

    @api.model
    def _keep(self, name, record):
        """Give the record its xml id and return it."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{MODULE}.{name}_demo", "record": record, "noupdate": True}]
        )
        return record

    @api.model
    def _get(self, name):
        return self.env.ref(f"{MODULE}.{name}_demo")

    @api.model
    def _commune(self, insee_code):
        commune = self.env["territory.commune"]._find_by_insee(insee_code)
        if not commune:
            raise UserError(
                self.env._(
                    "The demo needs the commune %(code)s: load the territory first "
                    "(odoo territory_load -d DATABASE data/).",
                    code=insee_code,
                )
            )
        return commune

    # ------------------------------------------------------------------ services, staff

    @api.model
    def _build_services(self):
        company = self.env.company
        company.write(people.EPCI)
        self.env.ref("website.default_website").write(people.SITE)
        address = {name: company[name] for name in ("street", "zip", "city")}
        for values in people.SERVICES:
            week = {"opening_ids": self._prepare_week(people.EPCI_WEEK)}
            service = self._build_service({**address, **values, **week})
            self._keep(f"service_{values['code']}", service)
        for rank, insee_code in enumerate((people.SECRETARY_COMMUNE, people.OTHER_COMMUNE), 1):
            commune = self._commune(insee_code)
            values = {
                "code": f"mairie-{insee_code}",
                "name": f"Mairie de {commune.name}",
                "kind": "town_hall",
                "commune_ids": [Command.set(commune.ids)],
                "zip": commune.zip,
                "city": commune.name,
            }
            self._keep(f"service_mairie_{insee_code}", self._build_service(values))
            commune._publish_as(
                "demo",
                {
                    "email": f"mairie{rank}@exemple-cc.fr",
                    "phone": f"03 53 01 01 0{rank}",
                    "street": "1 place de la Mairie",
                    "week_opening_ids": self._prepare_week(people.TOWN_HALL_WEEK),
                },
            )

    @api.model
    def _build_service(self, values):
        """The service of data/ that has this code, with details that are made up."""
        services = self.env["territory.service"]
        service = services.search([("code", "=", values["code"])])
        if service:
            service.write(values)
        return service or services.create(values)

    @api.model
    def _prepare_week(self, week):
        return [
            Command.create({"weekday": str(day), "hour_from": start, "hour_to": end})
            for day, start, end in week
        ]

    @api.model
    def _build_staff(self, staff, *, signs_in=True):
        """:param signs_in: each has a password, her login; it takes a third of a second"""
        Service = self.env["territory.service"]
        for login, firstname, lastname, group, codes, title in staff:
            services = Service.search([("code", "in", codes)])
            user = self.env["res.users"].create(
                {
                    "login": login,
                    **({"password": login} if signs_in else {}),
                    "email": f"{login}@exemple-cc.fr",
                    "firstname": firstname,
                    "lastname": lastname,
                    "function": title,
                    "group_ids": [
                        Command.set(self.env.ref(f"territory_base.territory_group_{group}").ids)
                    ],
                    "territory_service_ids": [Command.set(services.ids)],
                    "territory_commune_ids": [
                        Command.set(
                            services.filtered(lambda s: s.kind == "town_hall").commune_ids.ids
                        )
                    ],
                }
            )
            self._keep(f"user_{login.replace('.', '_')}", user)

    # ------------------------------------------------------------------ families

    @api.model
    def _build_residents(self):
        for login, firstname, lastname, birthdate, street, insee_code, phone in people.RESIDENTS:
            commune = self._commune(insee_code)
            user = self.env["res.users"].create(
                {
                    "login": login,
                    "password": login,
                    "email": f"{login}@exemple.org",
                    "phone": phone,
                    "firstname": firstname,
                    "lastname": lastname,
                    "kind": "person",
                    "situation": "settled",
                    "birthdate": birthdate,
                    "street": street,
                    "zip": commune.zip,
                    "city": commune.name,
                    "commune_id": commune.id,
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                }
            )
            self._keep(f"user_{login}", user)
            household = self._keep(
                f"household_{login}",
                self.env["res.partner"].create(
                    {"kind": "household", "company_type": "company", "name": f"Foyer {lastname}"}
                ),
            )
            self._join(household, user.partner_id, "adult", "2019-09-01")
            dwelling = self.env["territory.dwelling"]._find_or_create(street, False, commune)
            self.env["dwelling.occupancy"].create(
                {
                    "dwelling_id": dwelling.id,
                    "occupant_id": household.id,
                    "role": "owner",
                    "date_start": "2019-09-01",
                }
            )
        self._build_children()

    @api.model
    def _join(self, household, person, role, since, shared=False):
        self.env["household.membership"].create(
            {
                "household_id": household.id,
                "person_id": person.id,
                "role": role,
                "date_start": since,
                "shared_custody": shared,
            }
        )

    @api.model
    def _build_children(self):
        agent = self._get("user_agent_enfance")
        for rank, (firstname, lastname, birthdate) in enumerate(people.CHILDREN, 1):
            child = self._keep(
                f"child_{rank}",
                self.env["res.partner"].create(
                    {
                        "kind": "person",
                        "firstname": firstname,
                        "lastname": lastname,
                        "birthdate": birthdate,
                    }
                ),
            )
            for login in ("camille", "sacha"):
                self._join(self._get(f"household_{login}"), child, "child", birthdate, shared=True)
                authority = self.env["parental.authority"].create(
                    {
                        "child_id": child.id,
                        "holder_id": self._get(f"user_{login}").partner_id.id,
                        "kind": "full",
                        "date_start": birthdate,
                    }
                )
                authority.with_user(agent).sudo().action_verify("Livret de famille vu au guichet")

    @api.model
    def _build_organisations(self):
        for login, kind, name, values in people.ORGANISATIONS:
            person = self._get(f"user_{login}").partner_id
            organisation = self._keep(
                f"organisation_{login}",
                self.env["res.partner"].create(
                    {
                        "kind": kind,
                        "company_type": "company",
                        "name": name,
                        "commune_id": person.commune_id.id,
                        **values,
                    }
                ),
            )
            delegate = self.env["partner.delegate"].create(
                {
                    "organisation_id": organisation.id,
                    "person_id": person.id,
                    "role": "Présidente" if kind == "association" else "Gérant",
                    "date_start": clock.today(),
                }
            )
            delegate.with_user(self._get("user_responsable")).sudo().action_accept()

    # ------------------------------------------------------------------ procedures

    @api.model
    def _build_procedures(self):
        manager = self._get("user_responsable")
        waste = self._get("service_dechets")
        topic = self._topic("dechets")
        for xml_id, (delay, keywords) in procedures.WASTE.items():
            procedure = self.env.ref(xml_id)
            procedure.write(
                {
                    "service_id": waste.id,
                    "topic_id": topic.id,
                    "delay_text": delay,
                    "keywords": keywords,
                }
            )
            procedure.with_user(manager).action_publish()
        for rank, values in enumerate(procedures.PROCEDURES, 1):
            self._build_procedure(dict(values), 100 * rank).with_user(manager).action_publish()
        for rank, (template, (service, topic)) in enumerate(procedures.REPORTS.items(), 1):
            values = {"sequence": 500 + rank, "topic_id": self._topic(topic).id}
            self._build_report(template, service, values).with_user(manager).action_publish()
        for rank, values in enumerate(procedures.EXTERNALS, 1):
            values = dict(values, kind="external", sequence=1000 + rank)
            topic = self._topic(values.pop("topic"))
            procedure = self.env["procedure.procedure"].create({**values, "topic_id": topic.id})
            self._keep(f"procedure_{procedure.code.lower()}", procedure)
            procedure.with_user(manager).action_publish()

    @api.model
    def _build_report(self, code, service, values):
        template = self.env["procedure.template"].search([("code", "=", code)])
        procedure = self.env["procedure.definition"]._import(
            template._get_definition(),
            service_id=service and self._get(f"service_{service}").id,
        )
        procedure.write(values)
        procedure.processing_id.action_accept()
        return self._keep(f"procedure_{procedure.code.lower()}", procedure)

    @api.model
    def _validate_regimes(self):
        """Before the first request: its acknowledgment says when silence would be an answer."""
        manager = self._get("user_responsable")
        for procedure in self.env["procedure.procedure"].search([("regime", "!=", "none")]):
            if procedure.state == "published":
                procedure.with_user(manager).action_validate_regime()

    @api.model
    def _topic(self, code):
        return self.env["territory.topic"].search([("code", "=", code)])

    @api.model
    def _build_procedure(self, values, sequence):
        form = values.pop("fields")
        steps = values.pop("steps")
        town_halls = self._get(f"service_mairie_{people.SECRETARY_COMMUNE}") | self._get(
            f"service_mairie_{people.OTHER_COMMUNE}"
        )
        topic = self._topic(values.pop("topic"))
        code = values.pop("service")
        service = town_halls[0] if code == "town_hall" else self._get(f"service_{code}")
        audiences = self.env["territory.audience"].search([("code", "in", values.pop("audiences"))])
        processing = self.env["privacy.processing"].create(
            {
                **procedures.PROCESSING,
                "code": values["code"].lower(),
                "name": values["name"],
                "rights_contact": self.env.company.email or "dpo@exemple-cc.fr",
            }
        )
        procedure = self.env["procedure.procedure"].create(
            {
                **values,
                "sequence": sequence,
                "topic_id": topic.id,
                "audience_ids": [Command.set(audiences.ids)],
                "service_id": service.id,
                "processing_id": processing.id,
                "step_ids": [
                    Command.create({"name": name, "sequence": rank})
                    for rank, name in enumerate(steps)
                ],
            }
        )
        if code == "town_hall":
            procedure.local_service_ids = town_halls
            procedure.commune_ids = town_halls.commune_ids
        elif service.commune_ids:
            procedure.commune_ids = service.commune_ids
        self.env["procedure.version"].create(
            {
                "procedure_id": procedure.id,
                "field_ids": [
                    Command.create(self._prepare_field(rank, *field))
                    for rank, field in enumerate(form, 1)
                ],
            }
        )
        return self._keep(f"procedure_{procedure.code.lower()}", procedure)

    @api.model
    def _prepare_field(self, rank, key, kind, label, options):
        options = dict(options)
        choices = options.pop("options", ())
        asked_if = options.pop("if", None)
        return {
            "sequence": 10 * rank,
            "key": key,
            "type": kind,
            "label": label,
            "option_ids": [
                Command.create({"sequence": place, "value": value, "label": text})
                for place, (value, text) in enumerate(choices)
            ],
            "condition_ids": [
                Command.create({"key": above, "operator": "=", "value": value})
                for above, value in filter(None, [asked_if])
            ],
            **options,
        }
