from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.item import list_error, make_item
from odoo.addons.website_parts.tools.web import Posted, number, text

from .acting import choose_acting, list_to_read
from .common import (
    FORM,
    PAGE,
    check_sent,
    claim,
    find_kind,
    get_tag,
    is_sent,
    redirect,
    render,
    tell_delay,
)

OPEN = ("draft", "submitted", "changes_asked")
ROWS = 200


class ContributionList(http.Controller):
    @http.route("/my/contributions", methods=["GET"], **PAGE)
    def contributions(self, pour="", fait="", **kwargs):
        return self._show(text(pour, 20), text(fait, 20))

    def _show(self, key, done="", notice="", status=200):
        acting, all_acting = choose_acting(key)
        revisions_sudo = (
            request.env["content.revision"]
            .sudo()
            .search(acting.revision_domain & Domain("state", "in", OPEN), limit=ROWS)
        )
        kinds = self._list_kinds(acting, revisions_sudo)
        notices = {"retire": request.env._("It is given up. Nothing of it was published.")}
        return render(
            "contribution_list",
            {
                "page_title": acting.name,
                "again": f"/my/contributions?pour={acting.key}",
                "acting": acting,
                "all_acting": all_acting,
                "people": acting.list_people(),
                "kinds": kinds,
                "is_empty": not any(kind["rows"] for kind in kinds),
                "corrections": [
                    self._prepare_correction(revision_sudo)
                    for revision_sudo in revisions_sudo
                    if revision_sudo.state == "changes_asked"
                ],
                "to_read": len(list_to_read()),
                "notice": notice or notices.get(done, ""),
                "is_refused": bool(notice),
                **self._prepare_list_values(acting),
            },
            status=status,
        )

    def _prepare_list_values(self, acting):
        """Hook: what other addons show in the list.

        :param acting: in whose name she contributes (`controllers.acting`)
        """
        return {}

    def _ask_commune(self, Model, acting, error=""):
        """A town hall of two communes, the staff: of which one the new page is."""
        errors = {"commune": error} if error else {}
        item = make_item(
            "commune",
            errors,
            label=request.env._("Of which commune is this page?"),
            widget="select",
            required=True,
            choices=[(str(each.id), each.name) for each in acting.list_communes()],
            value="",
        )
        return render(
            "which_commune",
            {
                "page_title": Model._get_new_title(),
                "model": Model._name,
                "acting": acting,
                "item": item,
                "errors": [list_error(item)] if error else [],
            },
            status=422 if error else 200,
        )

    def _prepare_correction(self, revision_sudo):
        message_sudo = revision_sudo._get_last_reason()
        return {
            "url": f"/my/contributions/{revision_sudo.id}",
            "name": revision_sudo.name,
            "body": message_sudo.body,
            "by": ", ".join(
                filter(
                    None,
                    (
                        message_sudo.author_id.name,
                        message_sudo and show_moment(request.env, message_sudo.date),
                    ),
                )
            ),
        }

    def _list_kinds(self, acting, revisions_sudo):
        """Her contents of each kind, those that wait first, and whether she may propose one."""
        user = request.env.user
        kinds = []
        for type_sudo in request.env["content.type"].sudo().search([]):
            Model_sudo = request.env.get(type_sudo.model)
            if Model_sudo is None:
                continue
            Model_sudo = Model_sudo.sudo()
            mine_sudo = revisions_sudo.filtered(lambda each: each.type_id == type_sudo)  # noqa: B023
            domain = Model_sudo._get_contributed_domain(
                acting.organisation_sudo, acting.hall_sudo.commune_ids
            )
            contents_sudo = Model_sudo.search(domain, limit=ROWS)
            rows = [self._prepare_revision(revision_sudo) for revision_sudo in mine_sudo]
            begun = set(mine_sudo.mapped("res_id"))
            rows += [
                self._prepare_content(content_sudo)
                for content_sudo in contents_sudo
                if content_sudo.id not in begun
            ]
            may_add = request.env[type_sudo.model]._may_propose_new(user, acting.organisation_sudo)
            if rows or may_add:
                kinds.append(
                    {
                        "type": type_sudo,
                        "title": request.env[type_sudo.model]._get_list_title(),
                        "rows": rows,
                        "may_add": may_add,
                        "delay": tell_delay(type_sudo.reading_days),
                    }
                )
        return kinds

    def _prepare_revision(self, revision_sudo):
        moment = revision_sudo.date_submitted or revision_sudo.create_date
        date = show_moment(request.env, moment)
        is_sent = revision_sudo.state != "draft"
        name = revision_sudo.name
        if revision_sudo.kind == "remove":
            name = request.env._("Take off the site: %(name)s", name=name)
        return {
            "url": f"/my/contributions/{revision_sudo.id}",
            "name": name,
            "text": request.env._("Sent on %(date)s", date=date)
            if is_sent
            else request.env._("Not sent yet, begun on %(date)s", date=date),
            "tag": get_tag(revision_sudo),
        }

    def _prepare_content(self, content_sudo):
        online = content_sudo.is_online
        return {
            "url": f"/my/contributions/page/{content_sudo._name}/{content_sudo.id}",
            "name": content_sudo.display_name,
            "text": content_sudo.date_published
            and request.env._(
                "Published on %(date)s",
                date=show_moment(request.env, content_sudo.date_published),
            ),
            "tag": {"tone": "ok", "label": request.env._("Online")}
            if online
            else {"tone": "neutre", "label": request.env._("Not online")},
        }

    @http.route("/my/contributions/nouveau", **FORM)
    def propose_new(self, model="", pour="", **kwargs):
        posted = Posted.from_request()
        if is_sent():
            model, pour = posted.text("model", 100), posted.text("pour", 20)
        Model, key = find_kind(text(model, 100)), text(pour, 20)
        acting, _others = choose_acting(key)
        if not Model._may_propose_new(request.env.user, acting.organisation_sudo):
            raise NotFound()
        if not is_sent():
            return self._ask_commune(Model, acting)
        refusal = check_sent(posted)
        if refusal:
            return self._show(key, notice=refusal, status=422)
        communes_sudo = acting.communes_sudo
        if Model._asks_commune and len(communes_sudo) != 1:
            if "commune" not in posted.form:
                query = urlencode({"model": Model._name, "pour": acting.key})
                return redirect(f"/my/contributions/nouveau?{query}")
            chosen = number(posted.text("commune", 20))
            communes_sudo = acting.list_communes().filtered(lambda each: each.id == chosen)
            if not communes_sudo:
                return self._ask_commune(Model, acting, request.env._("Choose a commune."))
        token_sudo, is_new = claim(posted)
        if is_new:
            try:
                revision = request.env["content.revision"]._begin_new(
                    Model._name, acting.organisation_sudo, communes_sudo, acting.hall_sudo
                )
            except AccessError as refused:
                raise NotFound() from refused
            token_sudo._set_result(revision)
        made_sudo = token_sudo._get_result()
        return redirect(f"/my/contributions/{made_sudo.id}" if made_sudo else "/my/contributions")
