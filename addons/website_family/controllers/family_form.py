from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household_form import BOTH, PRESSED, HouseholdForm
from odoo.addons.website_parts.tools.day import show_date, tidy_date
from odoo.addons.website_parts.tools.item import make_item, show_if
from odoo.addons.website_parts.tools.web import number, typed, typed_list

from .family import join_names, list_children, list_texts

CONTACT = ("name", "link", "phone")


class FamilyForm(HouseholdForm):
    """What one parent says, for one child or for several at once."""

    @http.route("/my/famille/semaines/<string:child_id>", **BOTH)
    def family_weeks(self, child_id, **kwargs):
        parent, child = self._family_find_child(child_id)
        env = request.env
        Custody = env["family.custody"]
        custody_sudo = Custody._find_said(child, parent)
        values = {
            "rhythm": custody_sudo.rhythm or "",
            "alternates_from": show_date(str(custody_sudo.alternates_from or "")),
            "holidays": custody_sudo.holidays or "same",
            "children": [str(child.id)],
        }
        errors, notice = {}, ""
        if self._is_sent():
            values = self._read(("rhythm", "alternates_from", "holidays"))
            values["alternates_from"] = tidy_date(values["alternates_from"], None)
            values["children"] = self._family_read_children(parent)
            day, wrong = self._family_read_day(values, "alternates_from")
            sent = {**values, "alternates_from": day}
            errors = Custody._read_typed(sent)[1] | self._family_check_children(values)
            if values["rhythm"] == "every_other":
                errors |= wrong
            if not errors:
                notice = self._try(self._family_say_weeks, parent, values["children"], sent)
                if not notice:
                    return self._family_told("dit")
        day = self._item(
            "alternates_from",
            env._("First day of one of the weeks with you"),
            errors,
            values,
            day="any",
            required=True,
            help=env._("Example: 07/09/2026. The day on which the child comes."),
        )
        show_if(day, "rhythm", "every_other", sentence=env._("If it is a week out of two"))
        return self._render_family(
            f"/my/famille/semaines/{child.id}",
            env._("The weeks of %(child)s with you", child=child.firstname),
            env._("You book those days alone. The other parent reads nothing of this page."),
            [
                self._family_choice("rhythm", env._("Which weeks?"), errors, values, Custody),
                day,
                self._family_choice(
                    "holidays", env._("And in the school holidays?"), errors, values, Custody
                ),
                *self._family_children_items(parent, child, errors, values),
            ],
            errors,
            notice,
        )

    @http.route("/my/famille/personne", **BOTH)
    def family_person(self, **kwargs):
        """Somebody more."""
        parent = request.env.user.partner_id
        children = list_children(parent)
        if not children:
            raise NotFound()
        values = dict.fromkeys((*CONTACT, "date_end"), "") | {
            "role": [],
            "children": [str(child.id) for child in children],
        }
        return self._family_answer_person(
            "/my/famille/personne",
            request.env._("Somebody who fetches them, or is called"),
            values,
            request.env["family.contact"],
        )

    @http.route("/my/famille/personne/<string:contact_id>", **BOTH)
    def family_known_person(self, contact_id, **kwargs):
        parent, rows = self._family_find_person(contact_id)
        row = rows[:1]
        values = {name: row[name] for name in CONTACT} | {
            "date_end": show_date(str(row.date_end or "")),
            "role": [
                role
                for role, has in (
                    ("fetch", any(rows.mapped("may_fetch"))),
                    ("call", any(rows.mapped("call_rank"))),
                )
                if has
            ],
            "children": [str(child.id) for child in rows.child_id],
        }
        return self._family_answer_person(
            f"/my/famille/personne/{row.id}",
            request.env._("Correct: %(name)s", name=row.name),
            values,
            rows,
        )

    @http.route("/my/famille/personne/<string:contact_id>/premier", **PRESSED)
    def family_call_first(self, contact_id, **kwargs):
        """She is called before the others."""
        _parent, rows = self._family_find_person(contact_id)
        if self._try(rows._call_first):
            return self._family_told("encore")
        return self._family_told("dit")

    @http.route("/my/famille/personne/<string:contact_id>/retirer", **BOTH)
    def family_withdraw_person(self, contact_id, **kwargs):
        _parent, rows = self._family_find_person(contact_id)
        notice = ""
        if self._is_sent():
            notice = self._try(rows._withdraw)
            if not notice:
                return self._family_told("retire")
        env = request.env
        return self._render_family(
            f"/my/famille/personne/{rows[:1].id}/retirer",
            env._("Withdraw %(name)s?", name=rows[:1].name),
            env._(
                "From today on, %(name)s may not fetch %(children)s any more, and is not called.",
                name=rows[:1].name,
                children=join_names(rows.child_id),
            ),
            [],
            {},
            notice,
            env._("Withdraw"),
        )

    @http.route("/my/famille/accords/<string:child_id>", **BOTH)
    def family_consents(self, child_id, **kwargs):
        parent, child = self._family_find_child(child_id)
        env = request.env
        Consent = env["privacy.consent"]
        texts = list_texts(child)
        if not texts:
            raise NotFound()
        values = {
            self._family_get_name(each): Consent._get_standing(each, child, parent).answer or ""
            for each in texts
        }
        before = dict(values)
        values["children"] = [str(child.id)]
        errors, notice = {}, ""
        if self._is_sent():
            sent = {
                self._family_get_name(each): typed(self._family_get_name(each), 5) for each in texts
            }
            values = {**sent, "children": self._family_read_children(parent)}
            errors = self._family_find_new_words(texts)
            values |= dict.fromkeys(errors, "")
            errors |= self._family_check_children(values)
            if not errors:
                changed = {name for name in sent if sent[name] != before[name]}
                notice = self._try(
                    self._family_answer_texts, parent, child, values["children"], sent, changed
                )
                if not notice:
                    return self._family_told("dit")
        return self._render_family(
            f"/my/famille/accords/{child.id}",
            env._("Your consents for %(child)s", child=child.firstname),
            env._(
                "You may change your answers whenever you like. What you leave empty is not "
                "answered."
            ),
            [
                *(self._family_consent_item(each, errors, values) for each in texts),
                *self._family_children_items(parent, child, errors, values),
                self._family_carried("versions", self._family_list_versions(texts)),
            ],
            errors,
            notice,
            processing="privacy_consent.processing_consent",
        )

    @http.route("/my/famille/quotient", **BOTH)
    def family_quotient(self, **kwargs):
        env = request.env
        parent = env.user.partner_id
        Quotient = env["family.quotient"]
        known = Quotient.search([("is_current", "=", True), ("person_id", "=", parent.id)], limit=1)
        values = {
            "told": ("no" if known.is_untold else "yes") if known else "",
            "quotient": str(known.quotient) if known and not known.is_untold else "",
            "fund": known.fund or "",
            "number": known.number or "",
            "date_end": show_date(str(known.date_end or "")),
        }
        errors, notice = {}, ""
        if self._is_sent():
            values = self._read(("told", "quotient", "fund", "number", "date_end"))
            values["date_end"] = tidy_date(values["date_end"], "future")
            day, wrong = self._family_read_day(values, "date_end")
            sent = {**values, "is_untold": values["told"] == "no", "date_end": day}
            errors = Quotient._read_typed(sent)[1]
            if values["told"] == "yes":
                errors |= wrong
            if values["told"] not in ("yes", "no"):
                errors = {"told": env._("Choose one of the answers proposed.")}
            if not errors:
                notice = self._try(Quotient._say, parent, sent)
                if not notice:
                    return self._family_told("dit")
        told = self._item(
            "told",
            env._("Do you tell us your quotient?"),
            errors,
            values,
            widget="choice",
            required=True,
            choices=[
                ("yes", env._("Yes")),
                ("no", env._("No: the highest tariff applies")),
            ],
            values=[values["told"]],
        )
        items = [
            self._item(
                "quotient",
                env._("Quotient"),
                errors,
                values,
                required=True,
                inputmode="numeric",
                width="et-w1",
                help=env._("On the attestation of the CAF or of the MSA. Example: 780"),
            ),
            self._family_choice("fund", env._("Fund"), errors, values, Quotient, required=False),
            self._item(
                "number",
                env._("Your number there"),
                errors,
                values,
                width="et-w2",
                help=env._("6 to 8 figures, never your social security number."),
            ),
            self._item(
                "date_end",
                env._("Valid until"),
                errors,
                values,
                day="future",
                help=env._("Example: 31/12/2026"),
            ),
        ]
        for item in items:
            show_if(item, "told", "yes", sentence=env._("If you tell it"))
        return self._render_family(
            "/my/famille/quotient",
            env._("Your quotient"),
            env._("It lowers what you pay. Nobody has to tell it."),
            [told, *items],
            errors,
            notice,
        )

    # What is found

    def _family_find_child(self, child_id):
        parent = request.env.user.partner_id
        child = list_children(parent).filtered(lambda child: child.id == number(child_id))
        if not child:
            raise NotFound()
        return parent, child

    def _family_find_person(self, contact_id):
        """The rows of one person, each for a child of hers."""
        parent = request.env.user.partner_id
        mine = request.env["family.contact"].search(
            [
                ("is_current", "=", True),
                ("parent_id", "=", parent.id),
                ("child_id", "in", list_children(parent).ids),
            ]
        )
        row = mine.filtered(lambda row: row.id == number(contact_id))
        if not row:
            raise NotFound()
        return parent, mine.filtered(
            lambda other: all(other[name] == row[name] for name in CONTACT)
        )

    # What is read

    def _family_read_children(self, parent):
        """Ids of the children that are ticked, of hers alone."""
        known = {str(each.id) for each in list_children(parent)}
        return [each for each in typed_list("children", 20) if each in known]

    def _family_check_children(self, values):
        if values["children"]:
            return {}
        return {"children": request.env._("Choose one child at least.")}

    def _family_read_day(self, values, name):
        """(day or nothing, dict of what is wrong with it)"""
        if not values[name]:
            return False, {}
        day, error = request.env["identity.check"]._parse_day(values[name])
        return day or False, {name: error} if error else {}

    def _family_browse(self, parent, ids):
        return list_children(parent).filtered(lambda child: str(child.id) in ids)

    # What is done

    def _family_say_weeks(self, parent, ids, sent):
        for child in self._family_browse(parent, ids):
            request.env["family.custody"]._say(child, parent, sent)

    def _family_say_person(self, parent, rows, sent):
        rows._say_for(self._family_browse(parent, sent["children"]), parent, sent)

    def _family_answer_texts(self, parent, child, ids, sent, changed):
        """Of her brothers and sisters, what they were not asked yet, and what is changed here: an
        answer that stands for one of them is not taken from the page of another."""
        Consent = request.env["privacy.consent"]
        for person in self._family_browse(parent, ids):
            for each in list_texts(person):
                name = self._family_get_name(each)
                is_meant = (
                    person == child
                    or name in changed
                    or not Consent._get_standing(each, person, parent)
                )
                if sent.get(name) and is_meant:
                    Consent._answer(each, person, sent[name], version=each._get_version())

    def _family_list_versions(self, texts):
        return "-".join(str(each._get_version().id) for each in texts)

    def _family_find_new_words(self, texts):
        """Those whose words have changed since the page was opened: who posts read others."""
        read = typed("versions", 500).split("-")
        told = request.env._("These words have changed since you opened the page: read them again.")
        return {
            self._family_get_name(each): told
            for each in texts
            if str(each._get_version().id) not in read
        }

    def _family_told(self, what):
        return request.redirect(f"/my/famille/fiche?fait={what}", code=303)

    # What is shown

    def _family_answer_person(self, action, title, values, rows):
        """
        :param rows: those of the person that is known already, of no one when she is new
        """
        env = request.env
        parent = env.user.partner_id
        errors, notice = {}, ""
        if self._is_sent():
            values = self._read((*CONTACT, "date_end"))
            values["role"] = typed_list("role", 10)
            values["date_end"] = tidy_date(values["date_end"], "future")
            values["children"] = self._family_read_children(parent)
            day, wrong = self._family_read_day(values, "date_end")
            sent = {
                **values,
                "may_fetch": "fetch" in values["role"],
                "call_rank": self._family_rank(parent, rows) if "call" in values["role"] else 0,
                "date_end": day,
            }
            errors = env["family.contact"]._read_typed(sent)[1] | wrong
            errors |= self._family_check_children(values)
            if not errors:
                notice = self._try(self._family_say_person, parent, rows, sent)
                if not notice:
                    return self._family_told("dit")
        children = list_children(parent)
        items = [
            self._item("name", env._("First name and name"), errors, values, required=True),
            self._item(
                "link",
                env._("Who is it?"),
                errors,
                values,
                required=True,
                width="et-w3",
                help=env._("Example: grandmother, neighbour"),
            ),
            self._item(
                "phone",
                env._("Phone"),
                errors,
                values,
                required=True,
                type="tel",
                width="et-w2",
                help=env._("Example: 06 39 98 00 00"),
            ),
            self._item(
                "role",
                env._("What does this person do?"),
                errors,
                values,
                widget="choice",
                several=True,
                required=True,
                choices=[
                    ("fetch", env._("May fetch them. Her identity is looked at, not copied.")),
                    ("call", env._("Is called when you do not answer")),
                ],
                values=values["role"],
            ),
            self._item(
                "date_end",
                env._("Until"),
                errors,
                values,
                day="future",
                help=env._("Empty: until you say otherwise. Example: 31/12/2026"),
            ),
        ]
        if len(children) > 1:
            items.append(self._family_ticked_children(env._("For whom?"), children, errors, values))
        else:
            items.append(self._family_carried_child(children))
        return self._render_family(
            action,
            title,
            env._("This person is told to the staff on site, and to nobody else."),
            items,
            errors,
            notice,
        )

    def _family_choice(self, name, label, errors, values, model, required=True):
        choices = model._fields[name]._description_selection(request.env)
        return self._item(
            name,
            label,
            errors,
            values,
            widget="choice",
            required=required,
            choices=choices,
            values=[values[name]],
        )

    def _family_children_items(self, parent, child, errors, values):
        """The same for her brothers and sisters: said once."""
        children = list_children(parent)
        if len(children) < 2:
            return [self._family_carried_child(child)]
        return [
            self._family_ticked_children(
                request.env._("For whom do you say it?"), children, errors, values
            )
        ]

    def _family_ticked_children(self, label, children, errors, values):
        return self._item(
            "children",
            label,
            errors,
            values,
            widget="choice",
            several=True,
            required=True,
            choices=[(str(child.id), child.firstname) for child in children],
            values=values["children"],
        )

    def _family_carried_child(self, child):
        return self._family_carried("children", str(child.id))

    def _family_carried(self, name, value):
        """What the page sends back as it is."""
        return make_item(name, {}, template="website_family.carried", label="", value=value)

    def _family_rank(self, parent, rows):
        """Hers, or the one after the last."""
        if rank := max(rows.mapped("call_rank"), default=0):
            return rank
        named = request.env["family.contact"]._list_named(parent, list_children(parent))
        return 1 + max((same[:1].call_rank for same in named), default=0)

    def _family_get_name(self, consent_text):
        return f"text_{consent_text.id}"

    def _family_consent_item(self, consent_text, errors, values):
        env = request.env
        name = self._family_get_name(consent_text)
        choices = [("yes", env._("Yes")), ("no", env._("No"))]
        if consent_text.kind == "reading":
            choices = [("yes", env._("I have read them"))]
        return self._item(
            name,
            consent_text.name,
            errors,
            values,
            widget="choice",
            unmarked=True,
            several=consent_text.kind == "reading",
            choices=choices,
            values=[values[name]],
            help=consent_text.body,
        )

    def _render_family(
        self,
        action,
        title,
        lead,
        items,
        errors,
        notice,
        button="",
        processing="family_file.processing_family",
    ):
        back = ("/my/famille/fiche", request.env._("My family file"))
        return self._render(
            action,
            title,
            lead,
            items,
            errors,
            notice,
            back,
            button or request.env._("Save"),
            processing,
        )
