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

SATISFIED = {"oui": True, "non": False}


class Survey(http.Controller):
    """Is she satisfied? By the link of the mail, or of the page of the request."""

    @http.route("/satisfaction/<string:token>", **FORM)
    def survey(self, token, avis="", fait="", **kwargs):
        """Opening it records nothing: mail scanners and robots open links."""
        token = text(token, 1000)
        over = request.env._("The time to answer is over. You have nothing to do.")
        found, closed = open_link("procedure.survey", lambda: self._find(token), self._close, over)
        if closed:
            return closed
        asked_sudo, person_sudo = found
        last = asked_sudo._get_survey_day(person_sudo)
        if not last:
            return self._close(over, status=404)
        if request.httprequest.method == "POST":
            given = self._read()
            errors = self._check(given)
            if not errors:
                try:
                    asked_sudo._answer_survey(
                        SATISFIED[given["avis"]],
                        given["commentaire"],
                        given["contact"] == "1",
                        by=person_sudo,
                    )
                except UserError as refused:
                    return self._close(str(refused), status=404)
                return request.redirect(f"/satisfaction/{token}?fait=merci", code=303)
            return self._show(token, asked_sudo, given, errors)
        is_answered = bool(asked_sudo._get_survey_answer())
        if fait == "merci" and is_answered:
            return self._thank(token, last)
        # What was kept is never shown again: a mail is forwarded, a computer is shared.
        return self._show(token, asked_sudo, {"avis": text(avis, 10)}, {}, is_answered)

    def _find(self, token):
        """(the request, who is asked); None by a link that opens nothing."""
        found = request.env["procedure.request"]._find_by_survey_token(token)
        return found if found[0] else None

    def _read(self):
        return {
            "avis": typed("avis", 10),
            "commentaire": typed("commentaire", 2000),
            "contact": typed("contact", 1),
        }

    def _check(self, given):
        expired = refuse_expired()
        errors = {"": expired} if expired else {}
        if given["avis"] not in SATISFIED:
            errors["avis"] = request.env._("Choose “Yes” or “No”.")
        return errors

    def _show(self, token, asked_sudo, given, errors, is_answered=False):
        items = [
            make_item(
                "avis",
                errors,
                label=request.env._("Are you satisfied with the way this procedure went?"),
                widget="choice",
                required=True,
                choices=[("oui", request.env._("Yes")), ("non", request.env._("No"))],
                values=[given.get("avis")],
            ),
            make_item(
                "commentaire",
                errors,
                label=request.env._("What went well, what did not?"),
                widget="text",
                help=request.env._("Do not write your name, nor anybody else's."),
                value=given.get("commentaire"),
            ),
            make_item(
                "contact",
                errors,
                widget="choice",
                label=request.env._("To answer you"),
                several=True,
                choices=[
                    (
                        "1",
                        request.env._(
                            "You may contact me: the service then reads my comment with the "
                            "number of my request."
                        ),
                    )
                ],
                values=[given.get("contact")],
            ),
        ]
        title = request.env._("Your opinion on the procedure")
        response = request.render(
            "website_procedure_survey.survey",
            {
                "token": token,
                "procedure": asked_sudo.procedure_id.name,
                "items": items,
                "is_answered": is_answered,
                "errors": list_errors(items, errors),
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
            },
            status=422 if errors else 200,
        )
        return keep_secret(response)

    def _thank(self, token, last):
        return keep_secret(
            request.render(
                "website_procedure_survey.survey_end",
                {
                    "token": token,
                    "sentence": request.env._(
                        "Your answer is kept. You may change it until %(day)s, by the same link.",
                        day=show_day(request.env, last),
                    ),
                    "is_done": True,
                },
            )
        )

    def _close(self, sentence, status):
        """The same words whether the link was forged, or its time is over."""
        return keep_secret(
            request.render(
                "website_procedure_survey.survey_end",
                {"sentence": sentence, "is_done": False},
                status=status,
            )
        )
