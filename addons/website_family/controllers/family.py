from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household import FORM
from odoo.addons.website_household.controllers.household_form import PRESSED, HouseholdForm
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, text, typed

from .papers_told import tell_papers


def list_children(parent):
    """Those whom she acts for, the eldest first, in her own rights."""
    return parent._children_i_may_act_for()


def list_texts(child=None):
    """What is asked about children, or about this one, in the order of the services."""
    texts = request.env["privacy.consent.text"].search([("about", "=", "child")])
    return texts.filtered(lambda text: text._is_asked_about(child)) if child else texts


def join_names(people):
    """Lou, Noé et Jeanne."""
    *first, last = people.mapped("firstname")
    if not first:
        return last
    return request.env._("%(first)s and %(last)s", first=", ".join(first), last=last)


class Family(HouseholdForm):
    """What one parent said, and reads alone."""

    @http.route("/my/famille/fiche", methods=["GET"], **FORM)
    def family(self, fait="", **kwargs):
        parent = request.env.user.partner_id
        notices = {
            "dit": request.env._("It is noted."),
            "exact": request.env._("It is noted: your file is still exact."),
            "encore": request.env._("This page stayed open for too long. Press again."),
            "retire": request.env._("This person may fetch nobody any more, and is not called."),
        }
        children = list_children(parent)
        quotient = request.env["family.quotient"].search(
            [("is_current", "=", True), ("person_id", "=", parent.id)], limit=1
        )
        texts = list_texts()
        answers = request.env["privacy.consent"]._read_answers(texts, children, parent)
        confirmed = parent.sudo().family_confirmed_on
        values = {
            "children": [
                self._family_describe_child(parent, child, texts, answers) for child in children
            ],
            "people": self._family_describe_people(parent, children),
            "quotient": self._family_tell_quotient(quotient),
            "papers": tell_papers(parent, children),
            "confirmed": show_day(request.env, confirmed) if confirmed else "",
            "notice": notices.get(text(fait, 20), ""),
            "space_label": request.env._("My space"),
            "week_label": request.env._("The children's week"),
        }
        return not_cached(request.render("website_family.my_family", values))

    @http.route("/my/famille/exact", **PRESSED)
    def family_confirm(self, **kwargs):
        page = "/my/famille" if typed("depuis", 10) == "semaine" else "/my/famille/fiche"
        if not is_csrf_valid():
            return request.redirect(f"{page}?fait=encore", code=303)
        request.env.user.partner_id._confirm_family()
        return request.redirect(f"{page}?fait=exact", code=303)

    def _family_describe_child(self, parent, child, texts, answers):
        custody = request.env["family.custody"]._find_said(child, parent)
        return {
            "id": child.id,
            "name": child.firstname,
            "weeks": self._family_tell_weeks(custody),
            "answers": [
                {
                    "name": consent_text.name,
                    "answer": self._family_tell_answer(
                        consent_text, answers.get((consent_text, child))
                    ),
                }
                for consent_text in texts
                if consent_text._is_asked_about(child)
            ],
        }

    def _family_tell_weeks(self, custody_sudo):
        if not custody_sudo:
            return ""
        labels = dict(custody_sudo._fields["rhythm"]._description_selection(request.env))
        told = labels[custody_sudo.rhythm]
        if custody_sudo.alternates_from:
            day = show_day(request.env, custody_sudo.alternates_from)
            told = request.env._("A week out of two, with you from %(day)s", day=day)
        if custody_sudo.holidays == "same":
            return told
        labels = dict(custody_sudo._fields["holidays"]._description_selection(request.env))
        return request.env._(
            "%(weeks)s. School holidays: %(holidays)s",
            weeks=told,
            holidays=labels[custody_sudo.holidays].lower(),
        )

    def _family_tell_answer(self, consent_text, consent_sudo):
        env = request.env
        if not consent_sudo:
            return env._("not answered yet")
        if not consent_sudo._is_heard():
            return env._("has changed: to be read again")
        if consent_text.kind == "reading":
            return env._("read")
        return env._("yes") if consent_sudo.answer == "yes" else env._("no")

    def _family_describe_people(self, parent, children):
        """Each person once, whichever children she fetches."""
        named = request.env["family.contact"]._list_named(parent, children)
        called = [same for same in named if same[:1].call_rank]
        return [
            {
                "id": same[:1].id,
                "name": same[:1].name,
                "link": same[:1].link,
                "phone": same[:1].phone,
                "told": self._family_tell_roles(same),
                "may_be_first": same in called[1:],
            }
            for same in named
        ]

    def _family_tell_roles(self, rows):
        env = request.env
        told = []
        children = join_names(rows.child_id)
        if rows[:1].may_fetch:
            told.append(env._("May fetch %(children)s", children=children))
        if rank := rows[:1].call_rank:
            told.append(
                env._("No. %(rank)s to call for %(children)s", rank=rank, children=children)
            )
        if rows[:1].date_end:
            told.append(env._("Until %(day)s", day=show_day(env, rows[:1].date_end)))
        return ". ".join(told)

    def _family_tell_quotient(self, quotient):
        env = request.env
        if not quotient:
            return ""
        if quotient.is_untold:
            return env._("Not told: the highest tariff applies.")
        told = env._("Quotient %(quotient)s", quotient=quotient.quotient)
        if quotient.date_end:
            told = env._("%(told)s, until %(day)s", told=told, day=show_day(env, quotient.date_end))
        return told
