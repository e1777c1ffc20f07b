from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.web import Posted, number

from .common import (
    FORM,
    attempt,
    check_sent,
    find_content,
    is_sent,
    prepare_changes,
    prepare_online_link,
    redirect,
    render,
)

PATH = "/my/contributions/page/<string:model>/<string:content_id>"


class ContentPage(http.Controller):
    """A content that is published, for those who contribute to it: change it, its versions."""

    @http.route(PATH, **FORM)
    def content_page(self, model, content_id, de="", a="", **kwargs):
        content = find_content(model, content_id)
        if is_sent():
            return self._act(content)
        return self._show(content, number(de), number(a))

    def _show(self, content, before=0, after=0, notice=""):
        content_sudo = content.sudo()
        versions_sudo = request.env["content.revision"]._get_versions(content)
        old_sudo, new_sudo = (
            versions_sudo.filtered(lambda each: each.id == wanted)  # noqa: B023
            for wanted in (before, after)
        )
        compared = None
        if old_sudo and new_sudo and old_sudo != new_sudo:
            if old_sudo.version > new_sudo.version:
                old_sudo, new_sudo = new_sudo, old_sudo
            compared = {
                "old": old_sudo,
                "new": new_sudo,
                "changes": prepare_changes(new_sudo, old_sudo),
            }
        return render(
            "content_page",
            {
                "page_title": content_sudo.display_name,
                "content": content_sudo,
                "url": f"/my/contributions/page/{content._name}/{content.id}",
                "public_url": content_sudo.is_online and content_sudo._get_content_url(),
                **prepare_online_link(content),
                "versions": [
                    {
                        "id": version_sudo.id,
                        "number": version_sudo.version,
                        "date": show_moment(request.env, version_sudo.date_published),
                        "told": self._tell_version(version_sudo),
                        "is_removal": version_sudo.kind == "remove",
                        "reason": version_sudo.kind == "remove"
                        and version_sudo._get_words().sorted("id")[:1].body,
                        "is_live": version_sudo.state == "published" and content_sudo.is_online,
                    }
                    for version_sudo in versions_sudo
                ],
                "compared": compared,
                "chosen": (before, after),
                "notice": notice,
            },
            status=422 if notice else 200,
        )

    def _tell_version(self, version_sudo):
        date = show_moment(request.env, version_sudo.date_published)
        if version_sudo.kind == "remove":
            return request.env._("Taken off the site on %(date)s", date=date)
        if version_sudo.origin:
            return request.env._("On %(date)s", date=date)
        return request.env._(
            "On %(date)s, by %(name)s", date=date, name=version_sudo._get_sender_name()
        )

    def _act(self, content):
        posted = Posted.from_request()
        refusal = check_sent(posted)
        if refusal:
            return self._show(content, notice=refusal)
        made = []
        wanted = posted.text("_do", 20)
        if wanted == "restore":
            version_sudo = request.env["content.revision"]._get_versions(content)
            version_sudo = version_sudo.filtered(
                lambda each: each.id == number(posted.text("version", 20))
            )
            if not version_sudo:
                raise NotFound()
            version = version_sudo.with_env(request.env)
            refusal = attempt(lambda: made.append(version.action_restore()))
        elif wanted == "change":
            try:
                made.append(content._propose())
            except AccessError as refused:
                raise NotFound() from refused
        else:
            raise NotFound()
        if refusal:
            return self._show(content, notice=refusal)
        done = "?fait=version" if wanted == "restore" else ""
        return redirect(f"/my/contributions/{made[0].id}{done}")
