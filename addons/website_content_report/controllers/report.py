from textwrap import shorten

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.email import EMAIL_MAX, get_email_problem
from odoo.addons.website_parts.tools.item import list_errors, make_item
from odoo.addons.website_parts.tools.web import (
    Posted,
    check_form,
    file_once,
    get_length_problem,
    keep_secret,
    not_cached,
    number,
    open_link,
    text,
)

from ..models.content_report import WORD_MAX
from .common import get_tag, get_words

PUBLIC = {
    "type": "http",
    "auth": "public",
    "website": True,
    "sitemap": False,
}
PURPOSE = "content_report"
SENT, TRIES, HOUR = 20, 60, 3600
DESCRIPTION_SIZE = 200


class Report(http.Controller):
    """A reader says what is wrong on a page, and what became of it."""

    @http.route(
        "/signaler-une-erreur/<string:model>/<string:record_id>",
        methods=["GET", "POST"],
        csrf=False,
        territory_form=True,
        **PUBLIC,
    )
    def report(self, model, record_id, **kwargs):
        content_sudo = self._find(model, record_id)
        if request.httprequest.method == "POST":
            return self._send(content_sudo)
        return self._show(content_sudo, Posted(), {})

    def _find(self, model, record_id):
        """A page that everybody reads; what is not online is not found, whatever its number."""
        if not request.env["content.type"]._get_id(model) or model not in request.env:
            raise NotFound()
        content_sudo = request.env[model].sudo().browse(number(record_id)).exists()
        if not content_sudo or not content_sudo._get_error_url():
            raise NotFound()
        return content_sudo

    def _send(self, content_sudo):
        posted = Posted.from_request()
        refusal, keeps_token = check_form(PURPOSE, posted)
        if refusal:
            return self._show(content_sudo, posted, {"": refusal}, keeps_token)
        errors = self._check(content_sudo, posted)
        if errors:
            return self._show(content_sudo, posted, errors, True)
        try:
            made_sudo = file_once(
                "content.report",
                posted,
                SENT,
                HOUR,
                lambda: request.env["content.report"]._file(
                    content_sudo,
                    posted.text("quoi", 20),
                    posted.text("texte", WORD_MAX),
                    posted.text("email", EMAIL_MAX + 1),
                ),
            )
        except TooManyRequests as refused:
            return self._show(content_sudo, posted, {"": str(refused)}, True, 429)
        if not made_sudo:
            raise NotFound()
        return request.redirect(f"{made_sudo._get_follow_url()}?fait=envoye", code=303)

    def _check(self, content_sudo, posted):
        errors = {}
        topic = posted.text("quoi", 20)
        if topic not in get_words(request.env, content_sudo):
            errors["quoi"] = request.env._("Choose what is wrong.")
        typed = posted.text("texte")
        if not typed and topic != "closed":
            errors["texte"] = request.env._("Write what is right, as far as you know.")
        elif problem := get_length_problem(request.env, typed, WORD_MAX):
            errors["texte"] = problem
        if problem := get_email_problem(request.env, posted.text("email")):
            errors["email"] = problem
        return errors

    def _show(self, content_sudo, posted, errors, keeps_token=False, status=422):
        env = request.env
        items = [
            make_item(
                "quoi",
                errors,
                label=env._("What is wrong?"),
                widget="choice",
                required=True,
                choices=list(get_words(env, content_sudo).items()),
                values=[posted.text("quoi", 20)],
            ),
            make_item(
                "texte",
                errors,
                label=env._("What is right?"),
                widget="text",
                required=True,
                value=posted.text("texte"),
                help=env._("As you would say it: “Open on Saturdays from 9 to 12.”"),
            ),
            make_item(
                "email",
                errors,
                label=env._("Your e-mail address, to be told what was done"),
                type="email",
                autocomplete="email",
                value=posted.text("email"),
                help=env._("It serves this answer only. Nobody reads it, also not who answers."),
                width="et-w4",
            ),
        ]
        title = env._("Report an error: %(name)s", name=content_sudo.display_name)
        previous = posted.text("guard_token", 2000) if keeps_token else None
        response = request.render(
            "website_content_report.report",
            {
                "page_title": env._("Error: %(name)s", name=title) if errors else title,
                "name": content_sudo.display_name,
                "website_meta_description": shorten(title, DESCRIPTION_SIZE, placeholder="…"),
                "public_url": content_sudo._get_content_url(),
                "path": content_sudo._get_error_url(),
                "keeper": content_sudo._get_keeper_name(),
                "items": items,
                "errors": list_errors(items, errors),
                "processing": env.ref(
                    "website_content_report.processing_content_report", raise_if_not_found=False
                ),
                "guard_token": env["public.guard"]._form_token(PURPOSE, previous=previous),
            },
            status=status if errors else 200,
        )
        return not_cached(response)

    @http.route(
        "/signaler-une-erreur/suivi/<string:token>", methods=["GET"], readonly=False, **PUBLIC
    )
    def follow(self, token, fait="", **kwargs):
        Told = request.env["content.report"]
        report_sudo, closed = open_link(
            "content.report.follow",
            lambda: Told._find_by_token(text(token, 1000)),
            self._close,
            request.env._(
                "This link is not valid, or no longer is: messages are erased some months after "
                "their answer."
            ),
            tries=TRIES,
            seconds=HOUR,
        )
        if closed:
            return closed
        response = request.render(
            "website_content_report.follow",
            {
                "report": report_sudo,
                "is_new": fait == "envoye",
                "public_url": report_sudo._get_page_url(),
                "topic": get_words(request.env)[report_sudo.topic],
                "tag": get_tag(request.env, report_sudo),
                "sent": show_moment(request.env, report_sudo.create_date),
            },
        )
        return keep_secret(response)

    def _close(self, sentence, status):
        response = request.render(
            "website_content_report.report_closed", {"sentence": sentence}, status=status
        )
        return keep_secret(response)
