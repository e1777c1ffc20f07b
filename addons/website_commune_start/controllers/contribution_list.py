from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.website_content_approval.controllers.common import (
    POST,
    check_sent,
    find_content,
    redirect,
)
from odoo.addons.website_content_approval.controllers.contribution_list import ContributionList
from odoo.addons.website_parts.tools.web import Posted


class StartList(ContributionList):
    def _prepare_list_values(self, acting):
        """Her communes whose page does not answer the first questions yet."""
        env = request.env
        communes = acting.hall_sudo.commune_ids.with_env(env)
        starts = [
            {
                "commune": commune,
                "title": env._(
                    "The page of %(commune)s, question by question", commune=commune.name
                ),
                "lacking": env._(
                    "It still lacks: %(names)s.",
                    names=", ".join(question.hole for question in lacking),
                ),
            }
            for commune in communes
            if (lacking := commune._list_lacking())
        ]
        return {**super()._prepare_list_values(acting), "starts": starts}

    @http.route("/my/contributions/premiere-heure", **POST)
    def begin_first_hour(self, **kwargs):
        posted = Posted.from_request()
        refusal = check_sent(posted)
        if refusal:
            return self._show(posted.text("pour", 20), notice=refusal, status=422)
        commune = find_content("territory.commune", posted.text("commune", 20))
        try:
            revision = commune._propose()
        except AccessError as refused:
            raise NotFound() from refused
        return redirect(f"/my/contributions/{revision.id}/premiere-heure")
