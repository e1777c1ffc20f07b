from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.territory_base import clock
from odoo.addons.website_household.controllers.household import FORM
from odoo.addons.website_household.controllers.household_form import BOTH
from odoo.addons.website_parts.tools.day import show_date, show_day, tidy_date
from odoo.addons.website_parts.tools.file_answer import make_answer
from odoo.addons.website_parts.tools.upload import MIMETYPES, check_upload, get_file_help
from odoo.addons.website_parts.tools.web import (
    get_sender,
    is_csrf_valid,
    not_cached,
    number,
    text,
    typed,
    uploads,
)

from .family import list_children
from .family_form import FamilyForm

PAPERS = "/my/famille/papiers"
LOOKS_AN_HOUR = 600
TONES = {"given": "cours", "accepted": "ok", "refused": "non"}


class FamilyPaper(FamilyForm):
    """What one parent gave, and what is missing for her children."""

    @http.route(PAPERS, methods=["GET"], **FORM)
    def family_papers(self, fait="", **kwargs):
        env = request.env
        parent = env.user.partner_id
        children = list_children(parent)
        kinds_sudo = env["family.document.kind"]._list_asked()
        papers_sudo = env["family.document"]._list_for(parent, children)
        lacks = env["family.document"]._find_lacks(children, parent)
        nobody = children.browse()
        people = [
            self._paper_describe_person(person, lacks.get(person, []), papers_sudo)
            for person in [*children, nobody]
        ]
        values = {
            "has_children": bool(children),
            "is_asked": bool(kinds_sudo) or any(person["rows"] for person in people),
            "people": [person for person in people if person["id"] or person["rows"]],
            "kinds": [
                {
                    "name": kind.name,
                    "url": f"{PAPERS}/donner/{kind.id}",
                    "description": kind.description,
                }
                for kind in kinds_sudo
            ],
            "notice": (
                env._("It is noted. The service checks your paper and tells you if it does not do.")
                if text(fait, 20) == "donne"
                else ""
            ),
            "space_label": env._("My space"),
            "family_label": env._("My family"),
        }
        return not_cached(request.render("website_family.papers", values))

    @http.route(f"{PAPERS}/donner/<string:kind_id>", **BOTH)
    def family_give_paper(self, kind_id, enfant="", **kwargs):
        env = request.env
        parent = env.user.partner_id
        children = list_children(parent)
        kind_sudo = self._paper_find_kind(kind_id)
        if not children:
            raise NotFound()
        today = clock.today()
        ends = kind_sudo._find_ends(today)
        values = {
            "date_end": str(ends[0]) if ends else "",
            "children": self._paper_propose_children(parent, children, kind_sudo, enfant),
        }
        errors, notice = {}, ""
        if self._is_sent():
            values = {
                "date_end": typed("date_end", 20),
                "children": self._family_read_children(parent),
            }
            upload, errors = self._paper_read_upload() if is_csrf_valid() else (None, {})
            day = self._paper_read_end(kind_sudo, ends, values, errors, today)
            if kind_sudo.about == "child":
                errors |= self._family_check_children(values)
            if not errors:
                notice = self._try(
                    self._paper_give, parent, kind_sudo, values["children"], upload, day
                )
                if not notice:
                    return request.redirect(f"{PAPERS}?fait=donne", code=303)
            elif upload:
                # A browser cannot give a file back.
                errors["file"] = env._("Choose the file again, once the rest is right.")
        return self._render(
            f"{PAPERS}/donner/{kind_sudo.id}",
            kind_sudo.name,
            kind_sudo.description
            or env._("A photo taken with your phone is enough, if everything can be read."),
            self._paper_list_items(parent, children, kind_sudo, ends, errors, values),
            errors,
            notice,
            (PAPERS, env._("Your papers")),
            env._("Give this paper"),
            "family_document.processing_papers",
        )

    @http.route(f"{PAPERS}/<string:document_id>/fichier", methods=["GET"], **FORM)
    def family_paper_file(self, document_id, **kwargs):
        """Hers, about children for whom she answers today; else it does not exist."""
        env = request.env
        parent = env.user.partner_id
        mine_sudo = env["family.document"]._list_for(parent, list_children(parent))
        paper_sudo = mine_sudo.filtered(lambda paper: paper.id == number(document_id))
        if not paper_sudo:
            raise NotFound()
        try:
            env["public.guard"]._hit("family.look", get_sender(), LOOKS_AN_HOUR, 3600)
        except TooManyRequests as refused:
            return request.make_response(str(refused), [("Cache-Control", "no-store")], status=429)
        return make_answer(*paper_sudo._get_content(), is_shown=True)

    # What is found

    def _paper_find_kind(self, kind_id):
        kinds_sudo = request.env["family.document.kind"]._list_asked()
        kind_sudo = kinds_sudo.filtered(lambda kind: kind.id == number(kind_id))
        if not kind_sudo:
            raise NotFound()
        return kind_sudo

    def _paper_propose_children(self, parent, children, kind_sudo, wanted):
        """The one whose link was pressed; else those of whom it is missing, or all of them."""
        child = children.filtered(lambda each: each.id == number(wanted))
        if not child:
            lacks = request.env["family.document"]._find_lacks(children, parent)
            child = children.filtered(
                lambda each: any(lack.kind == kind_sudo for lack in lacks.get(each, []))
            )
        return [str(each.id) for each in child or children]

    # What is read

    def _paper_read_upload(self):
        """(what `public.guard` knows of the file or None, dict of what is wrong with it)"""
        env, chosen = request.env, uploads("file")
        if not chosen:
            return None, {"file": env._("Take a photo of the paper, or choose its file.")}
        if len(chosen) > 1:
            return None, {
                "file": env._("One file only. Several pages? Send them as one PDF, or one photo.")
            }
        try:
            return check_upload(env, chosen[0], get_sender()), {}
        except UserError as refused:
            return None, {"file": f"{text(chosen[0].filename, 100)}\xa0: {refused}"}

    def _paper_read_end(self, kind_sudo, ends, values, errors, today):
        """The day that was chosen among the last days proposed, or typed."""
        if ends:
            return next((end for end in ends if str(end) == values["date_end"]), ends[0])
        if kind_sudo.validity == "none":
            return False
        values["date_end"] = tidy_date(values["date_end"], "future")
        day, wrong = self._family_read_day(values, "date_end")
        problem = "" if wrong else kind_sudo._read_end(day, today)[1]
        errors |= wrong or ({"date_end": problem} if problem else {})
        return day

    # What is done

    def _paper_give(self, parent, kind_sudo, ids, upload, day):
        children = self._family_browse(parent, ids)
        request.env["family.document"]._give(
            parent, kind_sudo.sudo(False), children, upload, date_end=day
        )

    # What is shown

    def _paper_list_items(self, parent, children, kind_sudo, ends, errors, values):
        env = request.env
        items = [
            self._item(
                "file",
                env._("The paper"),
                errors,
                {},
                widget="file",
                required=True,
                photo=True,
                accept=",".join(MIMETYPES.values()),
                help=get_file_help(env, tuple(MIMETYPES)),
            )
        ]
        if len(ends) > 1:
            items.append(
                self._item(
                    "date_end",
                    env._("For which school year?"),
                    errors,
                    values,
                    widget="choice",
                    required=True,
                    choices=[(str(end), f"{end.year - 1}-{end.year}") for end in ends],
                    values=[values["date_end"]],
                )
            )
        elif kind_sudo.validity == "date":
            items.append(
                self._item(
                    "date_end",
                    env._("Valid until"),
                    errors,
                    {"date_end": show_date(values["date_end"])},
                    day="future",
                    required=True,
                    help=env._("As it is written on the paper. Example: 31/12/2027"),
                )
            )
        if kind_sudo.about == "adult":
            return items
        if len(children) > 1:
            label = env._("For whom is it? One paper serves for several children.")
            items.append(self._family_ticked_children(label, children, errors, values))
        else:
            items.append(self._family_carried_child(children))
        return items

    def _paper_describe_person(self, child, lacks, papers_sudo):
        """
        :param child: empty: the parent herself
        """
        env = request.env
        hers_sudo = papers_sudo.filtered(lambda paper: paper.child_id == child)
        # One of each kind and state: the last one.
        shown = {}
        for paper_sudo in hers_sudo:
            if paper_sudo.state == "refused" or paper_sudo.is_current:
                shown.setdefault((paper_sudo.kind_id, paper_sudo.state), paper_sudo)
        refused = {kind for kind, state in shown if state == "refused"}
        standing = {kind for kind, state in shown if state != "refused"}
        soon = {lack.kind for lack in lacks if lack.date_end}
        missing = [lack for lack in lacks if not lack.date_end]
        rows = [
            {
                "name": lack.kind.name,
                "tag": {"tone": "moi", "label": env._("Missing")},
                "told": lack.kind.description or "",
                "reason": "",
                "give": self._paper_get_link(lack.kind, child),
                "button": env._("Give it"),
                "file": "",
            }
            for lack in missing
            if lack.kind not in refused
        ]
        rows += [
            self._paper_describe(paper_sudo, child, paper_sudo.kind_id in soon)
            for paper_sudo in shown.values()
        ]
        return {
            "id": child.id,
            "name": child.firstname if child else env._("For yourself"),
            "is_complete": bool(child) and not lacks and refused <= standing,
            "rows": rows,
        }

    def _paper_describe(self, paper_sudo, child, is_soon):
        env = request.env
        labels = {
            "given": env._("Being checked"),
            "accepted": env._("Accepted"),
            "refused": env._("Not accepted"),
        }
        days = [env._("Given on %(day)s.", day=show_day(env, paper_sudo.date_start))]
        if paper_sudo.date_end and paper_sudo.state != "refused":
            day = show_day(env, paper_sudo.date_end)
            days = [env._("Valid until %(day)s.", day=day)]
            if is_soon:
                days.append(env._("It ends soon: give the next one."))
        return {
            "name": paper_sudo.kind_id.name,
            "tag": {"tone": TONES[paper_sudo.state], "label": labels[paper_sudo.state]},
            "told": " ".join(days),
            "reason": paper_sudo.reason or "",
            "give": (
                self._paper_get_link(paper_sudo.kind_id, child) if paper_sudo.kind_id.active else ""
            ),
            "button": env._("Give another one")
            if paper_sudo.state == "refused"
            else env._("Replace"),
            "file": f"{PAPERS}/{paper_sudo.id}/fichier",
        }

    def _paper_get_link(self, kind, child):
        link = f"{PAPERS}/donner/{kind.id}"
        return f"{link}?enfant={child.id}" if child else link
