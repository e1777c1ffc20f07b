from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_content_approval.controllers.common import (
    FORM,
    attempt,
    attempt_once,
    check_sent,
    is_sent,
    make_token,
    redirect,
)
from odoo.addons.website_directory.filters import PATH
from odoo.addons.website_parts.tools.web import Posted, not_cached, number, text

from ..models.directory_claim import OWNERS


class DirectoryClaimPage(http.Controller):
    """“It is ours”: on a sheet that nobody keeps, for those who act for an organisation."""

    # Open to all: who is sent to sign in is told why before.
    @http.route(f"{PATH}/<string:slug>/tenir", **{**FORM, "auth": "public"})
    def claim(self, slug, fait="", **kwargs):
        entry_sudo = self._find(text(slug))
        if request.env.user._is_public():
            return self._ask_to_sign_in(entry_sudo)
        organisations_sudo = self._list_organisations()
        claims_sudo = request.env["directory.claim"]._find_open(entry_sudo, organisations_sudo)
        if not entry_sudo._is_claimable():
            # Who keeps it is nobody's business.
            raise NotFound()
        if is_sent():
            return self._act(entry_sudo, organisations_sudo, claims_sudo)
        return self._show(entry_sudo, organisations_sudo, claims_sudo, done=text(fait, 20))

    def _find(self, slug):
        Entry_sudo = request.env["directory.entry"].sudo()
        entry_sudo = Entry_sudo._find_by_slug(slug, Entry_sudo._get_public_domain())
        if not entry_sudo:
            raise NotFound()
        return entry_sudo

    def _list_organisations(self):
        organisations_sudo = request.env.user._get_organisations()
        return organisations_sudo.filtered(lambda each: each.kind in OWNERS)

    def _ask_to_sign_in(self, entry_sudo):
        if not entry_sudo._is_claimable():
            raise NotFound()
        path = f"{entry_sudo._get_content_url()}/tenir"
        if is_sent():
            return redirect(f"/web/login?{urlencode({'redirect': path})}")
        values = {
            "page_title": request.env._("Keep the sheet: %(name)s", name=entry_sudo.name),
            "entry": entry_sudo,
            "login_url": f"/web/login?{urlencode({'redirect': path})}",
            "list_label": request.env._("Directory"),
            "here": request.env._("Keep this sheet"),
            "website_meta_description": request.env._(
                "Your association or company keeps the sheet “%(name)s” up to date: how to ask.",
                name=entry_sudo.name,
            ),
        }
        return not_cached(request.render("website_directory_claim.sign_in", values))

    def _show(self, entry_sudo, organisations_sudo, claims_sudo, done="", notice="", posted=None):
        env = request.env
        title = env._("Keep the sheet: %(name)s", name=entry_sudo.name)
        notices = {
            "demande": env._("It is asked. You get a message when somebody has answered."),
            "repris": env._("It is taken back."),
        }
        chosen = number(posted.text("organisation", 20)) if posted else organisations_sudo[:1].id
        values = {
            "page_title": title if not notice else env._("Error: %(name)s", name=title),
            "entry": entry_sudo,
            "organisations": organisations_sudo - claims_sudo.organisation_id,
            "claims": claims_sudo,
            "chosen": chosen,
            "message": posted.text("message", 2000) if posted else "",
            "guard_token": make_token(),
            "notice": notice or notices.get(done, ""),
            "is_refused": bool(notice),
            "list_label": env._("Directory"),
            "here": env._("Keep this sheet"),
        }
        return not_cached(
            request.render("website_directory_claim.claim", values, status=422 if notice else 200)
        )

    def _act(self, entry_sudo, organisations_sudo, claims_sudo):
        posted = Posted.from_request()
        refusal, done = check_sent(posted), "demande"
        if not refusal and posted.text("_do", 20) == "withdraw":
            done = "repris"
            claim_sudo = claims_sudo.filtered(
                lambda each: each.id == number(posted.text("claim", 20))
            )
            # Pressed twice, it is taken back already.
            if claim_sudo:
                refusal = attempt(claim_sudo.with_env(request.env)._withdraw)
        elif not refusal:
            organisation_sudo = organisations_sudo.filtered(
                lambda each: each.id == number(posted.text("organisation", 20))
            )
            refusal = attempt_once(
                posted,
                request.env["directory.claim"]._ask,
                entry_sudo.with_env(request.env),
                organisation_sudo.with_env(request.env),
                posted.text("message", 2000),
            )
        if refusal:
            return self._show(
                entry_sudo, organisations_sudo, claims_sudo, notice=refusal, posted=posted
            )
        return redirect(f"{entry_sudo._get_content_url()}/tenir?fait={done}")
