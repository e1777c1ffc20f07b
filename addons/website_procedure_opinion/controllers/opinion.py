from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, text, typed

TRIES, MINUTES = 60, 15
GIVEN = ["favourable", "unfavourable"]


class Opinion(http.Controller):
    """Somebody consulted gives an opinion by the link of a mail, without an account."""

    @http.route(
        "/avis/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET", "POST"],
        csrf=False,
        sitemap=False,
        territory_form=True,
    )
    def opinion(self, token, fait="", **kwargs):
        token = text(token, 1000)
        address = request.httprequest.remote_addr
        guard = request.env["public.guard"]
        try:
            guard._hit("procedure.opinion", address, TRIES, MINUTES * 60)
        except TooManyRequests as refused:
            return self._render_closed(str(refused), status=429)
        opinion_sudo = request.env["procedure.opinion"]._find_by_token(token)
        if not opinion_sudo:
            # The same words for a link that was forged, replaced or has expired.
            sentence = request.env._(
                "This link is not valid, or no longer is. Ask the service that sent it for "
                "another one."
            )
            return self._render_closed(sentence, status=404)
        # Only links that open nothing count.
        guard._give_back("procedure.opinion", address)
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
        errors = {}
        if not is_csrf_valid():
            errors[""] = request.env._(
                "This page stayed open for too long. Check what you typed and send it again."
            )
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
        listed = [
            (item["id"], f"{item['label']}\xa0: {item['error']}") for item in items if item["error"]
        ]
        if errors.get(""):
            listed.append((None, errors[""]))
        title = request.env._("Give an opinion")
        response = request.render(
            "website_procedure_opinion.opinion",
            {
                "content": content,
                "date_due": show_day(request.env, content["date_due"]),
                "token": token,
                "items": items,
                "errors": listed,
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
            },
            status=422 if errors else 200,
        )
        return self._protect(response)

    def _render_closed(self, sentence, is_done=False, status=200):
        response = request.render(
            "website_procedure_opinion.opinion_closed",
            {"sentence": sentence, "is_done": is_done},
            status=status,
        )
        return self._protect(response)

    def _protect(self, response):
        """The address is the key: it goes into no cache, no search engine and no referrer."""
        not_cached(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
