from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_content_approval.controllers.common import (
    FORM,
    attempt_once,
    check_sent,
    is_sent,
    make_token,
    read_message,
    redirect,
)
from odoo.addons.website_content_approval.controllers.reading import Reading
from odoo.addons.website_parts.tools.web import Posted, not_cached, number


class ClaimDecision(Reading):
    """Who keeps a sheet is decided on a page, as a change is read."""

    def _get_sentence(self, done):
        return {
            "fiche-confirmee": request.env._("It is confirmed. Who asked gets a message."),
            "fiche-refusee": request.env._("It is refused. Who asked gets your message."),
        }.get(done) or super()._get_sentence(done)

    def _prepare_list_values(self, done="", about=""):
        claims = request.env["directory.claim"]._list_to_decide()
        return {**super()._prepare_list_values(done, about), "claims": claims}

    @http.route("/my/fiches-demandees/<string:claim_id>", **FORM)
    def decide_claim(self, claim_id, **kwargs):
        claim = self._find_claim(claim_id)
        if not is_sent():
            # What was begun at the desk: nothing is sent that she does not see.
            return self._show_claim(claim, answer=claim.sudo().answer or "")
        posted = Posted.from_request()
        wanted = posted.text("_do", 20)
        if wanted not in ("accept", "refuse"):
            raise NotFound()
        is_accepted = wanted == "accept"
        answer, refusal = read_message(posted, "answer")
        refusal = refusal or check_sent(posted)
        refusal = refusal or attempt_once(posted, claim._decide, is_accepted, answer)
        if refusal:
            return self._show_claim(claim, notice=refusal, answer=answer)
        done = "fiche-confirmee" if is_accepted else "fiche-refusee"
        return redirect(f"/my/a-relire?fait={done}")

    def _find_claim(self, claim_id):
        """Not found, rather than forbidden, for whoever decides nothing."""
        Claim = request.env["directory.claim"]
        claim = Claim.browse(number(claim_id))
        if not Claim._is_decider(request.env.user) or not claim.exists():
            raise NotFound()
        if claim.sudo().organisation_id in request.env.user._get_organisations():
            raise NotFound()
        return claim

    def _show_claim(self, claim, notice="", answer=""):
        title = request.env._("Who keeps this sheet? %(name)s", name=claim.sudo().entry_id.name)
        values = {
            "page_title": title if not notice else request.env._("Error: %(name)s", name=title),
            "claim": claim,
            "entry": claim.sudo().entry_id,
            "answer": answer,
            "guard_token": make_token(),
            "notice": notice,
            "is_refused": bool(notice),
            "my_space_word": request.env._("My space"),
            "reading_word": request.env._("To read"),
        }
        return not_cached(
            request.render(
                "website_directory_claim.decision", values, status=422 if notice else 200
            )
        )
