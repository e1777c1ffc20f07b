from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.item import list_errors, make_item
from odoo.addons.website_parts.tools.web import (
    FORM,
    keep_secret,
    open_link,
    refuse_expired,
    text,
    typed,
)

GIVEN = ["favourable", "unfavourable"]


class Opinion(http.Controller):
    """Somebody consulted gives an opinion by the link of a mail, without an account."""

    @http.route("/avis/<string:token>", **FORM)
    def opinion(self, token, fait="", **kwargs):
        token = text(token, 1000)
        find = request.env["procedure.opinion"]._find_by_token
        unknown = request.env._(
            "This link is not valid, or no longer is. Ask the service that sent it for another one."
        )
        opinion_sudo, closed = open_link(
            "procedure.opinion", lambda: find(token), self._render_closed, unknown
        )
        if closed:
            return closed
        is_posted = request.httprequest.method == "POST"
        given = self._read() if is_posted else {}
        errors = self._check(given) if is_posted else {}
        if is_posted and not errors:
            try:
                opinion_sudo._give_by_link(token, given["state"], given["text"], given["name"])
                return request.redirect(f"/avis/{token}?fait=donne", code=303)
            except UserError as refused:
                # Given meanwhile, or decided: the page says so below, and not twice.
                if not opinion_sudo._get_link_problem():
                    errors[""] = str(refused)
        problem = opinion_sudo._get_link_problem()
        if problem:
            is_done = fait == "donne" and opinion_sudo.state in GIVEN
            return self._render_closed(problem, is_done=is_done)
        return self._render_form(token, opinion_sudo._get_link_content(), given, errors)

    def _read(self):
        return {
            "state": typed("avis", 20),
            "text": typed("texte", 5000),
            "name": typed("nom", 200),
        }

    def _check(self, given):
        """Beside its field, what the model would refuse in one sentence."""
        expired = refuse_expired()
        errors = {"": expired} if expired else {}
        if given["state"] not in GIVEN:
            errors["avis"] = request.env._("Choose an answer.")
        if given["state"] == "unfavourable" and not given["text"]:
            errors["texte"] = request.env._("Say why the opinion is unfavourable.")
        if not given["name"]:
            errors["nom"] = request.env._("Write your name.")
        return errors

    def _render_form(self, token, content, given, errors):
        words = {
            "favourable": request.env._("Favourable"),
            "unfavourable": request.env._("Unfavourable"),
        }
        items = [
            make_item(
                "avis",
                errors,
                label=request.env._("Your opinion"),
                widget="choice",
                required=True,
                choices=[(name, words[name]) for name in GIVEN],
                values=[given.get("state")],
            ),
            make_item(
                "texte",
                errors,
                label=request.env._("Your reasons"),
                widget="text",
                help=request.env._("Needed when the opinion is unfavourable."),
                value=given.get("text"),
            ),
            make_item(
                "nom",
                errors,
                label=request.env._("Your name and your role"),
                required=True,
                value=given.get("name"),
                help=request.env._("Example: Claude Martin, mayor"),
                width="et-w4",
            ),
        ]
        title = request.env._("Give an opinion")
        response = request.render(
            "website_procedure_opinion.opinion",
            {
                "content": content,
                "date_due": show_day(request.env, content["date_due"]),
                "token": token,
                "items": items,
                "errors": list_errors(items, errors),
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
            },
            status=422 if errors else 200,
        )
        return keep_secret(response)

    def _render_closed(self, sentence, is_done=False, status=200):
        response = request.render(
            "website_procedure_opinion.opinion_closed",
            {"sentence": sentence, "is_done": is_done},
            status=status,
        )
        return keep_secret(response)
