from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.item import list_error, make_item
from odoo.addons.website_parts.tools.web import Posted, number

from .common import (
    FORM,
    attempt_once,
    check_sent,
    find_kind,
    is_sent,
    read_message,
    redirect,
    render,
)


class Offline(http.Controller):
    """Off the site at once, and back: those who read what is proposed of a content."""

    @http.route("/my/contributions/page/<string:model>/<string:content_id>/en-ligne", **FORM)
    def online(self, model, content_id, **kwargs):
        content = find_kind(model).browse(number(content_id)).exists()
        user = request.env.user
        if not content or not content._may_take_offline(user):
            raise NotFound()
        path = f"/my/contributions/page/{content._name}/{content.id}/en-ligne"
        if is_sent():
            return self._act(content, path)
        return self._show(content, path)

    def _act(self, content, path):
        posted = Posted.from_request()
        wanted = posted.text("_do", 10)
        errors = {}
        reason, too_long = read_message(posted, "reason")
        notice = check_sent(posted)
        if not notice and wanted == "off" and too_long:
            errors["reason"] = too_long
        elif not notice and wanted == "off" and not reason:
            errors["reason"] = request.env._("Write why it goes off the site: its authors read it.")
        elif not notice:
            acts = {
                "off": (content.action_take_offline, reason),
                "on": (content.action_put_back,),
            }
            if wanted not in acts:
                raise NotFound()
            notice = attempt_once(posted, *acts[wanted])
            if not notice:
                done = {"off": "retire", "on": "remis"}[wanted]
                return redirect(f"{path}?fait={done}")
        return self._show(content, path, notice, errors, reason)

    def _show(self, content, path, notice="", errors=None, reason=""):
        env, content_sudo = request.env, content.sudo()
        content_sudo.invalidate_recordset(["is_online"])
        is_online = content_sudo.is_online
        may_put_back = content._may_put_back(env.user)
        name = content_sudo.display_name
        if is_online:
            title = env._("Take off the site: %(name)s", name=name)
        elif may_put_back:
            title = env._("Put back online: %(name)s", name=name)
        else:
            title = env._("Off the site: %(name)s", name=name)
        item = make_item(
            "reason",
            errors or {},
            label=env._("Why does it go off the site?"),
            help=env._("Those who publish this page read it."),
            widget="text",
            required=True,
            value=reason,
        )
        done = {
            "retire": env._("It is off the site. Those who publish it get a message."),
            "remis": env._("It is online again. Those who publish it get a message."),
        }.get(request.params.get("fait"), "")
        return render(
            "online",
            {
                "page_title": title,
                "path": path,
                "item": item,
                "errors": [list_error(item)] if errors else [],
                "is_online": is_online,
                "may_put_back": may_put_back,
                "public_url": is_online and content_sudo._get_content_url(),
                "notice": notice or done,
                "is_refused": bool(notice),
            },
            status=422 if notice or errors else 200,
        )
