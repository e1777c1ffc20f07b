"""The first page of an entry: which procedure, how it came, on which day, and who asks: a person,
or an organisation for which somebody calls."""

import re

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.partner_household.models.res_partner import ORGANISATION_KINDS
from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.day import show_date, tidy_date
from odoo.addons.website_parts.tools.item import list_error, make_item
from odoo.addons.website_parts.tools.web import number, text, typed

# As many as are read at a glance: above, she types more of the name.
MAX_PERSONS = 10
MIN_LETTERS = 2
RECENT = 20
INPUTS = ("procedure", "channel", "received_on", "name", "person")


class CounterStart:
    """What was chosen, what is wrong, and the persons found by a name."""

    def __init__(self, entry_sudo):
        self.entry = entry_sudo
        self.user = request.env.user
        self.errors = {}
        self.notice = ""
        self.searched = ""
        self.found = request.env["res.partner"]
        Procedure = request.env["procedure.procedure"]
        self.procedures = Procedure.search(Procedure._get_entered_domain(self.user), order="name")
        self.values = {"received_on": fields.Date.to_string(self.today)}

    @property
    def today(self):
        return clock.today()

    @property
    def title(self):
        title = request.env._("New request at the counter")
        return request.env._("Error: %(name)s", name=title) if self.errors else title

    @property
    def channels(self):
        """How requests come in, but by the site."""
        labels = {
            "counter": request.env._("At the counter"),
            "phone": request.env._("By phone"),
            "mail": request.env._("By letter"),
            "email": request.env._("By e-mail"),
        }
        return list(labels.items())

    def load(self, slug):
        """From what she is entering already, or from the page of a procedure."""
        entry = self.entry
        if not entry:
            self.values["procedure"] = text(slug, 200)
            return
        self.values.update(
            procedure=entry.procedure_id.slug,
            channel=entry.channel,
            received_on=fields.Date.to_string(entry.received_on),
            person=str(entry.applicant_id.id or entry.organisation_id.id or ""),
        )
        self.found = self._find_person(entry.applicant_id.id or entry.organisation_id.id)

    def read_post(self):
        self.values = {name: typed(name, 200) for name in INPUTS}
        self.values["received_on"] = tidy_date(self.values["received_on"], "past")
        self.searched = typed("_searched", 200)
        if self.searched:
            self.found = self._search_persons(self.searched)
        person = self._find_person(number(self.values["person"]))
        self.found |= person

    # Who asks

    @property
    def must_search(self):
        """A name that was typed is looked for before anything else."""
        return self.values["name"] != self.searched and bool(self.values["name"])

    def search(self):
        """Persons and organisations that she may read, by their name; never without any."""
        self.searched = self.values["name"]
        self.values["person"] = ""
        if not any(len(word) >= MIN_LETTERS for word in get_words(self.searched)):
            self.errors["name"] = request.env._("Type at least two letters of the name.")
            self.searched = ""
            return
        self.found = self._search_persons(self.searched)
        if not self.found:
            self.notice = request.env._(
                "Your service knows nobody of this name. Go on: you type the name and address of "
                "this person in the form."
            )
        elif len(self.found) > MAX_PERSONS:
            self.found = self.found[:MAX_PERSONS]
            self.notice = request.env._(
                "More than %(count)s persons have this name: type more of it.", count=MAX_PERSONS
            )

    def _get_person_domain(self):
        majority = self.today - relativedelta(years=18)
        adults = Domain("kind", "=", "person") & (
            Domain("birthdate", "=", False) | Domain("birthdate", "<=", majority)
        )
        return adults | Domain("kind", "in", ORGANISATION_KINDS)

    def _search_persons(self, words):
        """Under her own rights: the rules on persons decide."""
        domain = self._get_person_domain()
        for word in get_words(words)[:5]:
            domain &= Domain("name", "ilike", word)
        return request.env["res.partner"].search(domain, limit=MAX_PERSONS + 1, order="name, id")

    def _find_person(self, person_id):
        domain = self._get_person_domain() & Domain("id", "=", person_id or 0)
        return request.env["res.partner"].search(domain)

    def _describe(self, person):
        """Enough to tell two persons of one name apart, and an organisation from a person."""
        kinds = dict(person._fields["kind"]._description_selection(request.env))
        kind = person.kind in ORGANISATION_KINDS and kinds[person.kind]
        return ", ".join(filter(None, (person.name, kind, person.commune_id.name, person.email)))

    # What is wrong

    @property
    def procedure(self):
        return self.procedures.filtered(
            lambda procedure: procedure.slug == self.values.get("procedure")
        )[:1]

    @property
    def chosen(self):
        return self.found.filtered(lambda found: str(found.id) == self.values.get("person"))

    @property
    def person(self):
        return self.chosen.filtered(lambda chosen: chosen.kind not in ORGANISATION_KINDS)

    @property
    def organisation(self):
        """For which somebody without sheet calls: who it is is typed in the form."""
        return self.chosen - self.person

    def check(self):
        """Each mistake beside its field.

        :return: the values of the entry
        """
        day = self._check_day()
        if not self.procedure:
            self.errors["procedure"] = request.env._("Choose a procedure of the list.")
        elif day and not self.procedure.sudo()._is_open(day):
            self.errors["procedure"] = request.env._("This procedure was not open on that day.")
        if self.values["channel"] not in dict(self.channels):
            self.errors["channel"] = request.env._("Say how the request reached you.")
        elif self.procedure and self.procedure._is_entered_for_others(self.user):
            problem = request.env["procedure.request"]._get_other_service_problem(
                self.values["channel"], self.procedure
            )
            if problem:
                self.errors["channel"] = problem
        if self.values["person"] and not self.chosen:
            self.errors["name"] = request.env._("Look for this person again: choose her below.")
        elif self.organisation and self.procedure.applicant_kinds not in ("organisation", "any"):
            self.errors["name"] = request.env._(
                "This procedure is for residents: look for a person, or leave this empty."
            )
        elif self.procedure and not self.person:
            if self.procedure.sudo()._needs_known_applicant():
                self.errors["name"] = request.env._(
                    "This procedure asks for the children or the dwelling of a person that your "
                    "service knows: look for her. If you do not find her, open her file first, or "
                    "she opens an account."
                )
        return {
            "channel": self.values["channel"],
            "received_on": day,
            "applicant_id": self.person.id,
            "organisation_id": self.organisation.id,
        }

    def _check_day(self):
        Request = request.env["procedure.request"]
        field = engine.Field("received_on", "date", request.env._("Received on"), required=True)
        answers, problems = engine.validate(
            [field], {field.key: self.values[field.key]}, today=clock.today()
        )
        self.errors.update(
            Request.sudo()._get_error_sentences({"received_on": field.type}, problems)
        )
        if "received_on" not in answers:
            return None
        day = fields.Date.to_date(answers["received_on"])
        problem = Request._get_reception_problem(day)
        if problem:
            self.errors["received_on"] = problem
            return None
        return day

    def keep(self):
        """The entry, as it is now: what was typed in its form stays."""
        values = self.check()
        if self.errors:
            return None
        if self.entry.procedure_id == self.procedure:
            self.entry.write(values)
            return self.entry
        return self.entry._start_entry(self.procedure, self.user, **values)

    # What the page shows

    def _get_label(self, procedure):
        """With its service, where it is another one."""
        if not procedure._is_entered_for_others(self.user):
            return procedure.name
        return f"{procedure.name} ({procedure.service_id.name})"

    @property
    def recent(self):
        """What she entered for other services: she prints its receipt again. Those of her own are
        in her lists."""
        entered_sudo = request.env["procedure.request"]._get_entered_lately(limit=RECENT)
        return entered_sudo.filtered(lambda entered: not entered._is_handled_by(self.user))

    @property
    def items(self):
        env = request.env
        known = [(str(person.id), self._describe(person)) for person in self.found]
        if known:
            known.append(("", env._("Somebody else: I type her name and address in the form")))
        items = {
            "procedure": {
                "label": env._("Procedure"),
                "choices": [
                    (procedure.slug, self._get_label(procedure)) for procedure in self.procedures
                ],
                "value": self.values.get("procedure"),
                "width": "et-w4",
            },
            "channel": {
                "label": env._("How did the request reach you?"),
                "choices": self.channels,
                "values": [self.values.get("channel")],
            },
            "received_on": {
                "label": env._("Received on"),
                "help": env._(
                    "The legal delay starts on this day: for a letter, the day it arrived. "
                    "Example: 15/11/2026"
                ),
                "value": show_date(self.values.get("received_on")),
                "day": "past",
            },
            "name": {
                "label": env._("Name of the person or of the organisation"),
                "help": env._("If your service knows her or it already. Otherwise leave it empty."),
                "value": self.values.get("name"),
                "required": False,
                "autocomplete": "off",
            },
            "person": {
                "label": env._("Who is it?"),
                "choices": known,
                "values": [self.values.get("person") or ""],
            },
        }
        return {
            name: make_item(name, self.errors, **{"required": True, **values})
            for name, values in items.items()
        }

    @property
    def error_list(self):
        items = self.items
        return [list_error(items[name], sentence) for name, sentence in self.errors.items()]


def get_words(text):
    """Letters only: what stands for any name in a search is no name."""
    return re.findall(r"[^\W\d_]+", text)
