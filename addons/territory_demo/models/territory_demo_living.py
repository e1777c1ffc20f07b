import random
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import Command, api, fields, models

from odoo.addons.territory_base import clock

from .. import living
from .territory_demo_request import MODULE

MORNING = time(7)
# Of what is younger than this, what was sent on paper is kept to be drawn and printed.
LETTER_DAYS = 20
# Of those who ask, how many do it on the site.
WEB_SHARE = 0.6


class TerritoryDemoLiving(models.AbstractModel):
    """The territory around the personas. It is made in its own time: the clock goes from the first
    day of the history to today, so that every date, delay and sentence is that of its day."""

    _name = "territory.demo.living"
    _description = "Families, colleagues and months of requests of the demo"

    @api.model
    def _build_living(self):
        # An installation has no reader, hence no language nor time zone.
        builder = self.with_context(lang="fr_FR", tz="Europe/Paris", mail_notify_force_send=False)
        rng = random.Random(living.SEED)  # noqa: S311 # always the same, nothing to hide
        today = clock.today()
        builder._draw_papers()
        last_mail = self._get_last_mail()
        first = datetime.combine(today - timedelta(days=living.SPAN + 5), MORNING)
        with freeze_time(first) as frozen:
            builder._build_colleagues()
            families = builder._build_families(rng)
            builder._build_other_organisations()
            builder._build_living_procedures()
            builder._build_history(rng, frozen, today, families)
        builder._leave_the_past(last_mail, today)
        # Somebody who has begun, and will go on.
        starter = families[0][-1].partner_id
        draft = self.env.ref(f"{MODULE}.procedure_repas_demo")
        self.env["website.procedure.pending"]._start(draft, starter)

    @api.model
    def _draw_papers(self):
        """Each page is drawn and checked once, by the clock of every day."""
        for values in living.PROCEDURES:
            for _key, kind, label, _options in values["fields"]:
                if kind == "file":
                    self._draw_page(label)

    # ------------------------------------------------------------------ people

    @api.model
    def _build_colleagues(self):
        for code, phone in living.SERVICES.items():
            service = self.env["territory.service"].search([("code", "=", code)])
            reached = {"phone": phone, "email": f"{code}@exemple-cc.fr"}
            if service.kind == "town_hall":
                service.commune_ids._publish_as("demo", reached)
            else:
                service.write(reached)
            self._keep(f"service_{code}", service)
        self._build_staff(living.STAFF, signs_in=False)

    @api.model
    def _build_families(self, rng):
        """:return: users who ask on the site, and values of those who come to the counter"""
        communes = self.env["territory.commune"].search(
            [("population", ">", 0)], order="insee_code"
        )
        weights = [commune.population + 1 for commune in communes]
        names = rng.sample(living.FIRST_NAMES, len(living.FIRST_NAMES))
        users, callers = [], []
        for rank in range(living.HOUSEHOLDS):
            lastname = living.LAST_NAMES[rank % len(living.LAST_NAMES)]
            commune = rng.choices(communes, weights)[0]
            street = f"{rng.randint(1, 40)} {rng.choice(living.STREETS)}"
            household = self._build_household(rank, lastname, street, commune)
            firstname = names[rank % len(names)]
            adult = self._build_person(firstname, lastname, rng.randint(1945, 1998), rng)
            self._settle(adult, street, commune, rank)
            self._join(household, adult, "adult", "2020-01-01")
            if rank < living.ACCOUNTS:
                users.append(self._build_account(adult, rank))
            else:
                callers.append((adult, street, commune))
            if rng.random() < 0.6:
                other = self._build_person(
                    rng.choice(names), lastname, rng.randint(1945, 1998), rng
                )
                self._join(household, other, "adult", "2020-01-01")
            for _child in range(rng.choice((0, 0, 1, 2, 2, 3))):
                self._build_child_of(household, adult, lastname, rng)
        return users, callers

    @api.model
    def _build_household(self, rank, lastname, street, commune):
        household = self.env["res.partner"].create(
            {"kind": "household", "company_type": "company", "name": f"Foyer {lastname}"}
        )
        dwelling = self.env["territory.dwelling"]._find_or_create(street, False, commune)
        self.env["dwelling.occupancy"].create(
            {
                "dwelling_id": dwelling.id,
                "occupant_id": household.id,
                "role": "owner" if rank % 3 else "tenant",
                "date_start": "2020-01-01",
            }
        )
        return self._keep(f"household_living_{rank}", household)

    @api.model
    def _build_person(self, firstname, lastname, year, rng):
        return self.env["res.partner"].create(
            {
                "kind": "person",
                "firstname": firstname,
                "lastname": lastname,
                "birthdate": f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            }
        )

    @api.model
    def _settle(self, person, street, commune, rank):
        person.write(
            {
                "phone": f"06 39 98 01 {rank:02}",
                "street": street,
                "zip": commune.zip,
                "city": commune.name,
                "commune_id": commune.id,
            }
        )

    @api.model
    def _build_account(self, person, rank):
        """Without a password: nobody signs in."""
        login = f"foyer{rank + 1:02}@exemple.org"
        person.email = login
        user = self.env["res.users"].create(
            {
                "login": login,
                "partner_id": person.id,
                "situation": "settled",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        return self._keep(f"user_living_{rank}", user)

    @api.model
    def _build_child_of(self, household, parent, lastname, rng):
        name = rng.choice(living.CHILD_NAMES)
        child = self._build_person(name, lastname, rng.randint(2012, 2022), rng)
        self._join(household, child, "child", child.birthdate)
        authority = self.env["parental.authority"].create(
            {
                "child_id": child.id,
                "holder_id": parent.id,
                "kind": "full",
                "date_start": child.birthdate,
            }
        )
        authority.with_user(self._get("user_agent_enfance")).sudo().action_verify(
            "Livret de famille vu au guichet"
        )

    @api.model
    def _build_other_organisations(self):
        commune = self._commune(living.HALL_COMMUNE)
        for rank, (kind, name, values) in enumerate(living.ORGANISATIONS):
            organisation = self.env["res.partner"].create(
                {
                    "kind": kind,
                    "company_type": "company",
                    "name": name,
                    "street": f"{rank + 2} rue des Associations",
                    "commune_id": commune.id,
                    **values,
                }
            )
            self._keep(f"organisation_living_{rank}", organisation)

    @api.model
    def _build_living_procedures(self):
        manager = self._get("user_responsable")
        for rank, values in enumerate(living.PROCEDURES):
            procedure = self._build_procedure(dict(values), 2000 + rank)
            procedure.with_user(manager).action_publish()
            procedure.with_user(manager).action_validate_regime()

    # ------------------------------------------------------------------ months of requests

    @api.model
    def _build_history(self, rng, frozen, today, families):
        """Told in the order of time: each event under the clock of its day."""
        now = datetime.combine(today, MORNING)
        events = []
        for number, (days, story) in enumerate(self._plan_requests(rng)):
            come = self._at_office(datetime.combine(today - timedelta(days=days), MORNING), rng)
            events.append((come, number, "submit"))
            before = come
            for act, delay in living.STORIES[story]:
                moment = self._at_office(come + timedelta(days=delay), rng)
                # What would fall on a weekend is done on Friday: never before what it follows.
                before = max(moment, before + timedelta(minutes=1))
                events.append((before, number, act))
        requests, agents = {}, {}
        for moment, number, act in sorted(events):
            if moment >= now:
                break
            frozen.move_to(moment)
            if act == "submit":
                code = rng.choice(list(living.AGENTS))
                agents[number] = self._get(f"user_{living.AGENTS[code]}")
                request = self._submit_living(rng, number, code, agents[number], families)
                requests[number] = request
            elif number in requests:
                self._act(rng, act, requests[number], agents[number])
        return self.env["procedure.request"].union(*requests.values())

    @api.model
    def _plan_requests(self, rng):
        """:return: list of (days before today, story)"""
        for number in range(living.PAST_REQUESTS):
            yield rng.randint(45, living.SPAN), living.PAST[number % len(living.PAST)]
        yield from living.RECENT

    @api.model
    def _at_office(self, moment, rng):
        moment = datetime.combine(moment.date(), MORNING)
        if moment.weekday() > 4:
            moment -= timedelta(days=moment.weekday() - 4)
        return moment + timedelta(minutes=rng.randint(60, 500))

    @api.model
    def _submit_living(self, rng, number, code, agent, families):
        users, callers = families
        answers = {
            "child_name": f"{rng.choice(living.CHILD_NAMES)} {rng.choice(living.LAST_NAMES)}",
            "week": rng.choice(living.WEEKS)[0],
            "meals": str(rng.randint(2, 7)),
            "date_start": fields.Date.to_string(fields.Date.add(clock.today(), days=20)),
            "work": rng.choice(("insulation", "heating", "access")),
            "date_wished": fields.Date.to_string(fields.Date.add(clock.today(), days=50)),
            "guests": str(rng.randint(10, 80)),
        }
        xml_id = f"{MODULE}.procedure_{code.lower()}_demo"
        is_of_one_commune = code == "FOYER"
        if rng.random() < WEB_SHARE and not is_of_one_commune:
            user = users[number % len(users)]
            person = user.partner_id
            return self._submit_as(
                user, xml_id, person.street, person.commune_id, answers, applicant=person
            )
        person, street, commune = callers[number % len(callers)]
        if is_of_one_commune:
            commune = self._commune(living.HALL_COMMUNE)
        channel = rng.choice(("counter", "counter", "phone", "mail"))
        return self._submit_as(
            agent,
            xml_id,
            street,
            commune,
            answers,
            identity={
                "contact_firstname": person.firstname,
                "contact_lastname": person.lastname,
                "contact_phone": person.phone,
                "contact_address.street": street,
                "contact_address.commune": commune.insee_code,
            },
            channel=channel,
        )

    @api.model
    def _act(self, rng, act, request, agent):
        """What the story says, if the request still stands where it may happen."""
        words = rng.choice(living.WORDS.get(act, [""]))
        person_sudo = request.sudo().applicant_id
        hers = request.with_user(agent)
        if act == "take":
            hers.action_take()
        elif act == "accept":
            hers.action_accept(words)
        elif act == "condition":
            hers.action_accept("C’est possible.", conditions=words)
        elif act == "refuse":
            hers.action_refuse(words)
        elif act == "drop":
            hers.action_drop(words)
        elif act == "close":
            hers.action_close()
        elif act == "wait":
            hers.action_waiting_list(words)
        elif act == "ask":
            line_sudo = request.sudo().document_line_ids[:1]
            item = {"line_id": line_sudo.id} if line_sudo else {"label": "Justificatif de domicile"}
            due = fields.Date.add(clock.today(), days=30)
            hers.action_ask_completion([{**item, "reason": words}], due=due)
        elif act == "receive":
            hers._transition("receive")
        elif act == "cancel":
            request.sudo()._cancel(by=person_sudo)
        elif act == "write":
            request.sudo()._post_from_applicant(words, by=person_sudo)
        elif act == "reply":
            hers.message_post(body=words, subtype_xmlid="mail.mt_comment")

    # ------------------------------------------------------------------ what is over

    @api.model
    def _leave_the_past(self, last_mail, today):
        """The mails of those months left long ago, and their letters were posted: nothing is sent
        nor drawn today but the last ones."""
        requests_sudo = self.env["procedure.request"].sudo()
        codes = list(living.AGENTS)
        requests_sudo = requests_sudo.search([("procedure_id.code", "in", codes)])
        self._forget_mails(last_mail)
        limit = today - timedelta(days=LETTER_DAYS)
        old = requests_sudo.filtered(lambda each: each.date_submitted.date() < limit)
        self.env.cr.execute(
            "DELETE FROM procedure_letter WHERE sha256 IS NULL AND request_id = ANY(%s)", [old.ids]
        )
        self.env.invalidate_all()

    @api.model
    def _get_last_mail(self):
        return self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id or 0

    @api.model
    def _forget_mails(self, last_mail):
        """What a part of the demo wrote since this mail left long ago."""
        mails_sudo = self.env["mail.mail"].sudo().search([("id", ">", last_mail)])
        self.env["mail.notification"].sudo().search([("mail_mail_id", "in", mails_sudo.ids)]).write(
            {"notification_status": "sent"}
        )
        self.env.flush_all()
        if mails_sudo:
            # Their messages stay: they are the history.
            self.env.cr.execute("DELETE FROM mail_mail WHERE id = ANY(%s)", [mails_sudo.ids])
        self.env.invalidate_all()
