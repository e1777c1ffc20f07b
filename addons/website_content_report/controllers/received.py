from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_content_approval.controllers.common import (
    FORM,
    PAGE,
    attempt,
    attempt_once,
    check_sent,
    is_sent,
    make_token,
    redirect,
)
from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.item import list_error, make_item
from odoo.addons.website_parts.tools.web import Posted, get_length_problem, not_cached, number, text

from ..models.content_report import ANSWERS, OPEN, WORD_MAX
from .common import get_tag, get_words

PATH = "/my/contributions/signalements"


class Received(http.Controller):
    """What readers say of the pages of the signed-in person, and her answer."""

    @http.route(PATH, methods=["GET"], **PAGE)
    def received_list(self, fait="", **kwargs):
        notices = {"repondu": request.env._("Your answer is sent. Thank you.")}
        rows = []
        for report_sudo in request.env["content.report"]._find_received(request.env.user):
            topic = get_words(request.env)[report_sudo.topic]
            date = show_moment(request.env, report_sudo.create_date)
            rows.append(
                {
                    "url": f"{PATH}/{report_sudo.id}",
                    "name": report_sudo.name,
                    "text": f"{topic}, {date}",
                    "tag": get_tag(request.env, report_sudo),
                    "count": len(report_sudo._get_group()),
                }
            )
        return self._render(
            "received_list", {"rows": rows, "notice": notices.get(text(fait, 20), "")}
        )

    @http.route(f"{PATH}/<string:report_id>", **FORM)
    def received(self, report_id, **kwargs):
        report = request.env["content.report"].browse(number(report_id)).exists()
        if not report or not report._may_answer(request.env.user):
            raise NotFound()
        return self._act(report) if is_sent() else self._show(report)

    def _act(self, report):
        posted = Posted.from_request()
        refusal = check_sent(posted)
        if refusal:
            return self._show(report, posted, notice=refusal)
        wanted = posted.text("_do", 20)
        if wanted == "correct":
            made = []
            refusal = attempt(lambda: made.append(report._correct()))
            if not refusal:
                return redirect(f"/my/contributions/{made[0].id}")
        elif wanted == "answer":
            errors = self._check(posted)
            if errors:
                return self._show(report, posted, errors)
            refusal = attempt_once(
                posted, report._answer, posted.text("reponse", 20), posted.text("mot", WORD_MAX)
            )
            if not refusal:
                return redirect(f"{PATH}?fait=repondu")
        else:
            raise NotFound()
        return self._show(report, posted, notice=refusal)

    def _check(self, posted):
        errors = {}
        answer = posted.text("reponse", 20)
        if answer not in ANSWERS:
            errors["reponse"] = request.env._("Choose an answer.")
        if answer == "foreign" and not posted.text("mot"):
            errors["mot"] = request.env._("Say in a word whom to ask: it helps the person.")
        if problem := get_length_problem(request.env, posted.text("mot"), WORD_MAX):
            errors["mot"] = problem
        return errors

    def _show(self, report, posted=None, errors=None, notice=""):
        env = request.env
        posted, errors = posted or Posted(), errors or {}
        report_sudo = report.sudo()
        # The one that would be set aside comes first.
        group_sudo = report_sudo._get_group().sorted(lambda each: (each != report_sudo, each.id))
        revision_sudo = report_sudo.revision_id
        is_open = report_sudo.state in OPEN
        items = self._make_items(posted, errors, len(group_sudo) > 1)
        content = report._get_content()
        title = env._("Reported on “%(name)s”", name=report_sudo.name)
        return self._render(
            "received",
            {
                "page_title": env._("Error: %(name)s", name=title) if errors else title,
                "received_word": env._("Reports received"),
                "report": report_sudo,
                "path": f"{PATH}/{report.id}",
                "public_url": report_sudo._get_page_url(),
                "topic": get_words(request.env)[report_sudo.topic],
                "said": [
                    {"text": each.text, "date": show_moment(env, each.create_date)}
                    for each in group_sudo
                ],
                "no_text": env._("No more words."),
                "asked": len(group_sudo.filtered("wants_answer")),
                "tag": get_tag(env, report_sudo),
                "is_open": is_open,
                "may_correct": bool(content) and content._may_propose(env.user),
                "revision": revision_sudo,
                "revision_url": revision_sudo
                and revision_sudo._may_see(env.user)
                and f"/my/contributions/{revision_sudo.id}",
                "answered": ""
                if is_open
                else env._("Given on %(date)s.", date=show_moment(env, report_sudo.date_answered)),
                "items": items,
                "errors": [list_error(item) for item in items if item["error"]],
                "notice": notice,
                "is_refused": bool(notice),
            },
            422 if errors or notice else 200,
        )

    def _make_items(self, posted, errors, has_several):
        env = request.env
        words = {
            "corrected": env._("It is corrected already"),
            "right": env._("The page is right"),
            "foreign": env._("It is not for us"),
            "dropped": env._("Set it aside: it makes no sense, nobody is written to"),
        }
        if has_several:
            words["dropped"] = env._(
                "Set the first message aside, and those without an address: nobody is written to"
            )
        return [
            make_item(
                "reponse",
                errors,
                label=env._("Or answer without changing the page"),
                widget="choice",
                required=True,
                choices=list(words.items()),
                values=[posted.text("reponse", 20)],
            ),
            make_item(
                "mot",
                errors,
                label=env._("A word to the reader"),
                widget="text",
                value=posted.text("mot"),
                help=env._("Read on the page of the answer: the mail only says that it is there."),
            ),
        ]

    def _render(self, template, values, status=200):
        env = request.env
        values = {
            "guard_token": make_token(),
            "my_space_word": env._("My space"),
            "list_word": env._("What I publish"),
            **values,
        }
        response = request.render(f"website_content_report.{template}", values, status=status)
        return not_cached(response)
