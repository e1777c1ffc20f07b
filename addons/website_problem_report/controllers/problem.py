import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.email import EMAIL_MAX, get_email_problem
from odoo.addons.website_parts.tools.item import list_errors, make_item
from odoo.addons.website_parts.tools.web import (
    Posted,
    check_form,
    file_once,
    get_length_problem,
    not_cached,
    text,
)

from ..models.platform_problem import BROWSER_MAX, WORDS_MAX
from ..tools.page import HIDDEN, clean_page, link_page

PATH = "/signaler-un-probleme"
PURPOSE = "platform_problem"
SENT, HOUR = 20, 3600
WINDOW = re.compile(r"\d{2,5} × \d{2,5}")
PUBLIC = {"type": "http", "auth": "public", "website": True, "sitemap": False}


class Problem(http.Controller):
    """From the foot of every page, an error page too; nothing of it needs a script."""

    @http.route(PATH, methods=["GET", "POST"], csrf=False, territory_form=True, **PUBLIC)
    def problem(self, page="", fait="", **kwargs):
        if request.httprequest.method == "POST":
            return self._send(Posted.from_request())
        return self._show(Posted({"page": text(page)}), {}, is_sent=text(fait) == "envoye")

    def _send(self, posted):
        refusal, keeps_token = check_form(PURPOSE, posted)
        errors = {"": refusal} if refusal else self._check(posted)
        if errors:
            return self._show(posted, errors, keeps_token)
        try:
            file_once("platform.problem", posted, SENT, HOUR, lambda: self._file(posted))
        except TooManyRequests as refused:
            return self._show(posted, {"": str(refused)}, True, 429)
        except UserError as refused:
            return self._show(posted, {"": str(refused)})
        page = clean_page(posted.text("page", 2000))
        back = f"&page={link_page(page)}" if leads_back(page) else ""
        return request.redirect(f"{PATH}?fait=envoye{back}", code=303)

    def _file(self, posted):
        """What is seen of the page and of the browser: with the box only."""
        seen = {}
        if posted.text("details", 1):
            window = posted.text("taille", 20)
            seen = {
                "page": posted.text("page", 2000),
                "browser": self._get_browser(),
                "window": window if WINDOW.fullmatch(window) else "",
            }
        return request.env["platform.problem"]._file(
            posted.text("passe"), posted.text("attendu"), posted.text("email"), **seen
        )

    def _get_browser(self):
        return text(request.httprequest.headers.get("User-Agent"), BROWSER_MAX)

    def _check(self, posted):
        env, errors = request.env, {}
        if not posted.text("passe"):
            errors["passe"] = env._("Say what happened, in a few words.")
        for name in ("passe", "attendu"):
            if problem := get_length_problem(env, posted.text(name), WORDS_MAX):
                errors[name] = problem
        if problem := get_email_problem(env, posted.text("email", EMAIL_MAX + 1)):
            errors["email"] = problem
        return errors

    def _make_items(self, posted, errors):
        env, page = request.env, clean_page(posted.text("page", 2000))
        taken = env._("The name and version of your browser and the size of its window.")
        if page:
            taken = env._(
                "The page %(page)s, the name and version of your browser and the size of its "
                "window.",
                page=page,
            )
        return [
            make_item(
                "passe",
                errors,
                label=env._("What happened?"),
                widget="text",
                required=True,
                value=posted.text("passe"),
                help=env._("Without password, code nor card number."),
            ),
            make_item(
                "attendu",
                errors,
                label=env._("What did you expect?"),
                widget="text",
                value=posted.text("attendu"),
            ),
            make_item(
                "email",
                errors,
                label=env._("Your e-mail address, to be answered"),
                type="email",
                autocomplete="email",
                value=posted.text("email"),
                help=env._("It serves this answer only."),
                width="et-w4",
            ),
            make_item(
                "details",
                errors,
                label=env._("Join what helps us to find the problem"),
                widget="consent",
                value=posted.text("details", 1),
                help=taken,
            ),
        ]

    def _show(self, posted, errors, keeps_token=False, status=422, is_sent=False):
        env, page = request.env, clean_page(posted.text("page", 2000))
        items = self._make_items(posted, errors)
        title = env._("Report a problem of the site")
        previous = posted.text("guard_token", 2000) if keeps_token else None
        response = request.render(
            "website_problem_report.problem",
            {
                "page_title": env._("Error: %(name)s", name=title) if errors else title,
                "website_meta_description": env._(
                    "A page that does not work, a button, a message: tell the administrator of "
                    "the site."
                ),
                "path": PATH,
                "page": page,
                "back": page if leads_back(page) else "",
                "items": items,
                "errors": list_errors(items, errors),
                "is_sent": is_sent,
                "processing": env.ref(
                    "website_problem_report.processing_problem", raise_if_not_found=False
                ),
                "guard_token": env["public.guard"]._form_token(PURPOSE, previous=previous),
            },
            status=status if errors else 200,
        )
        return not_cached(response)


def leads_back(page):
    """Whether this address, once cleaned, is still that of a page, and of another one."""
    return bool(page) and HIDDEN not in page and page != PATH
