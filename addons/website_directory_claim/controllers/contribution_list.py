from odoo import http
from odoo.http import request

from odoo.addons.website_content_approval.controllers.common import (
    POST,
    attempt,
    check_sent,
    redirect,
)
from odoo.addons.website_content_approval.controllers.contribution_list import ContributionList
from odoo.addons.website_parts.tools.web import Posted, number


class ClaimsInList(ContributionList):
    """The sheets that her organisation has asked for, until somebody answers."""

    def _prepare_list_values(self, acting):
        claims_sudo = request.env["directory.claim"]._list_open(acting.organisation_sudo)
        return {**super()._prepare_list_values(acting), "claims": claims_sudo}

    @http.route("/my/contributions/fiche-demandee", **POST)
    def take_claim_back(self, **kwargs):
        posted = Posted.from_request()
        key = posted.text("pour", 20)
        refusal = check_sent(posted)
        if not refusal:
            organisations_sudo = request.env.user._get_organisations()
            claims_sudo = request.env["directory.claim"]._list_open(organisations_sudo)
            claim_sudo = claims_sudo.filtered(
                lambda each: each.id == number(posted.text("claim", 20))
            )
            # Pressed twice, it is taken back already.
            if claim_sudo:
                refusal = attempt(claim_sudo.with_env(request.env)._withdraw)
        if refusal:
            return self._show(key, notice=refusal, status=422)
        return redirect("/my/contributions?fait=retire")
