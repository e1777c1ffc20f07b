from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import groupby

from odoo.addons.territory_base import clock
from odoo.addons.website_content_approval.controllers.common import (
    FORM,
    attempt,
    attempt_once,
    check_sent,
    find_content,
    is_sent,
    make_token,
    read_message,
    redirect,
)
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.item import list_error, make_item
from odoo.addons.website_parts.tools.web import Posted, not_cached, number, text

from .stale_choice import Row, StaleChoice

PATH = "/my/contributions/a-verifier"
ROWS = 300


def list_stale():
    """Contents that are to be checked and to which this person contributes, in superuser mode,
    those of one kind after those of another."""
    user = request.env.user
    today = clock.today()
    found = []
    for type_sudo in request.env["content.type"].sudo().search([], limit=100):
        if type_sudo.model not in request.env:
            continue
        Model_sudo = request.env[type_sudo.model].sudo()
        domain = Domain(Model_sudo._get_to_check_domain(today))
        own = Domain(
            Model_sudo._get_contributed_domain(
                user._get_organisations(), user.sudo().territory_commune_ids
            )
        )
        if not user._is_content_staff() and not own.is_false():
            domain &= own
        contents_sudo = Model_sudo.search(domain, limit=ROWS)
        found += [each for each in contents_sudo if each._may_propose(user)]
    return found


def list_notes(contents_sudo):
    """{(model, id): sentences} of what is known to be wrong on them."""
    found = {}
    for model, same in groupby(contents_sudo, lambda content: content._name):
        of_kind_sudo = request.env[model].sudo().browse([content.id for content in same])
        for content_id, sentences in of_kind_sudo._get_check_notes().items():
            found[model, content_id] = sentences
    return found


class Stale(http.Controller):
    """What the signed-in person is to check, by commune; and a page that she takes off."""

    @http.route(PATH, **FORM)
    def stale(self, fait="", **kwargs):
        if is_sent():
            return self._confirm()
        notices = {
            "exact": request.env._("It is noted: this page is right today."),
            "retrait": request.env._("Your proposal is sent. The page stays until it is read."),
        }
        return self._show(notices.get(text(fait, 20), ""))

    def _confirm(self):
        posted = Posted.from_request()
        content = find_content(posted.text("model", 100), posted.text("content", 20))
        refusal = check_sent(posted) or attempt_once(posted, content._confirm_now)
        if refusal:
            return self._show(refusal, True)
        choice = self._read_choice()
        return redirect(choice.get_url(PATH, choice.page, fait="exact"))

    def _read_choice(self):
        return StaleChoice.from_params(request.httprequest.args)

    def _list_rows(self):
        """All of them, by commune, then by kind."""
        rows, slugify = [], request.env["ir.http"]._slugify
        own_sudo = request.env.user.sudo().territory_commune_ids
        for content_sudo in list_stale():
            communes_sudo = content_sudo._get_approval_communes()
            # It is told under hers.
            communes_sudo = (own_sudo & communes_sudo) | communes_sudo
            communes = [(each.id, each.name) for each in communes_sudo]
            kind = request.env["content.type"]._get_of(content_sudo._name).name
            rows.append(
                Row(content_sudo, kind, tuple(communes) or ((0, request.env._("Everywhere")),))
            )
        return sorted(rows, key=lambda row: slugify(row.communes[0][1]))

    def _show(self, notice="", is_refused=False):
        rows = self._list_rows()
        asked = self._read_choice()
        chosen = asked.choose(rows)
        choice, shown, pages = asked.cut(chosen)
        notes = list_notes([row.content_sudo for row in shown])
        return self._render(
            "stale",
            {
                "rows": [self._describe(row, choice, notes) for row in shown],
                "choice": choice,
                "path": PATH,
                "figures_path": request.env.user._is_content_staff() and f"{PATH}/chiffres",
                "pages": pages,
                "total": len(rows),
                "count": len(chosen),
                "communes": choice.list_communes(rows),
                "kinds": choice.list_kinds(rows),
                "notice": notice,
                "is_refused": is_refused,
            },
            422 if is_refused else 200,
        )

    def _describe(self, row, choice, notes):
        content_sudo = row.content_sudo
        commune = choice.get_commune(row.communes)
        return {
            "model": content_sudo._name,
            "id": content_sudo.id,
            "name": content_sudo.display_name,
            # Its own page has the name of the commune already.
            "about": [row.kind] if commune == content_sudo.display_name else [row.kind, commune],
            "verified": show_day(request.env, content_sudo.date_verified),
            "url": content_sudo._get_content_url(),
            "notes": notes.get((content_sudo._name, content_sudo.id), []),
            "may_leave": content_sudo._may_leave(),
        }

    @http.route("/my/contributions/page/<string:model>/<string:content_id>/retirer", **FORM)
    def take_off(self, model, content_id, **kwargs):
        content = find_content(model, content_id)
        if not content.sudo()._may_leave():
            raise NotFound()
        posted, errors, notice = Posted(), {}, ""
        if is_sent():
            posted = Posted.from_request()
            reason, too_long = read_message(posted, "raison")
            notice = check_sent(posted)
            if not notice and too_long:
                errors["raison"] = too_long
            elif not notice and not reason:
                errors["raison"] = request.env._("Say why: whoever reads it decides.")
            elif not notice:
                notice = attempt(lambda: self._propose_removal(content, reason))
                if not notice:
                    return redirect(f"{PATH}?fait=retrait")
        item = make_item(
            "raison",
            errors,
            label=request.env._("Why is this page taken off?"),
            widget="text",
            required=True,
            value=posted.text("raison"),
        )
        title = request.env._("Take “%(name)s” off the site", name=content.sudo().display_name)
        return self._render(
            "take_off",
            {
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
                "item": item,
                "path": f"/my/contributions/page/{model}/{number(content_id)}/retirer",
                "errors": [list_error(item)] if errors else [],
                "notice": notice,
                "is_refused": bool(notice),
            },
            422 if errors or notice else 200,
        )

    def _propose_removal(self, content, reason):
        request.env["content.revision"]._begin(content, kind="remove").action_submit(reason)

    def _render(self, template, values, status=200):
        values = {
            "guard_token": make_token(),
            "my_space_word": request.env._("My space"),
            "list_word": request.env._("What I publish"),
            "stale_word": request.env._("To be checked"),
            **values,
        }
        response = request.render(f"content_review.{template}", values, status=status)
        return not_cached(response)
