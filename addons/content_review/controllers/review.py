from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.web import FORM, is_csrf_valid, keep_secret, open_link, text

TRIES, HOUR = 60, 3600


class Review(http.Controller):
    """“Still right?”: the page behind the link of a mail. Opening it answers nothing: scanners of
    mails open links; the button is a post."""

    @http.route("/verifier/<string:token>", **FORM)
    def review(self, token, fait="", **kwargs):
        token = text(token, 2000)
        unknown = request.env._(
            "It serves for some weeks, and only as a whole, as it is in the mail. Nothing of "
            "your pages has changed. Sign in to check them, or call us: we do it with you."
        )
        found, closed = open_link(
            "content.review",
            lambda: self._find(token),
            self._close,
            unknown,
            tries=TRIES,
            seconds=HOUR,
        )
        if closed:
            return closed
        review_sudo, user_sudo = found
        refusal = ""
        if request.httprequest.method == "POST":
            if not is_csrf_valid():
                refusal = request.env._("This page stayed open for too long. Send it again.")
            else:
                try:
                    review_sudo._confirm(user_sudo, is_by_link=True)
                    proof = review_sudo._sign_done(user_sudo)
                    return request.redirect(f"/verifier/{token}?fait={proof}", code=303)
                except UserError as refused:
                    refusal = str(refused)
        problem = review_sudo._get_problem(user_sudo)
        if problem:
            is_now = review_sudo._is_just_done(user_sudo, text(fait, 1000))
            return self._show_done(review_sudo, user_sudo, problem, is_now)
        return self._show(token, review_sudo, refusal)

    def _find(self, token):
        """(what is asked, of whom); None by a link that opens nothing."""
        found = request.env["content.review"]._find_by_token(token)
        return found if found[0] else None

    def _show(self, token, review_sudo, refusal):
        content_sudo = review_sudo._get_content()
        template = content_sudo._get_preview_template()
        preview = template and request.env["ir.qweb"]._render(
            template, {"content": content_sudo, "is_preview": True, "website": request.website}
        )
        values = {
            "token": token,
            "name": review_sudo.name,
            "page_title": request.env._("Is “%(name)s” still right?", name=review_sudo.name),
            "kind": review_sudo.type_id.name,
            "public_url": content_sudo._get_content_url(),
            "page": f"{content_sudo._name}/{content_sudo.id}",
            "may_leave": content_sudo._may_leave(),
            "verified": show_day(request.env, content_sudo.date_verified),
            "preview": preview,
            "notice": refusal,
            "is_refused": bool(refusal),
        }
        response = request.render("content_review.review", values, status=422 if refusal else 200)
        return keep_secret(response)

    def _show_done(self, review_sudo, user_sudo, problem, is_now):
        """With what else is asked of her, one press each, right after her answer only: a link that
        was used, and may be read by others since, is no key of the next ones."""
        is_confirmed = is_now and review_sudo.state == "confirmed"
        rest_sudo = request.env["content.review"].sudo()
        if is_now:
            rest_sudo = rest_sudo._find_next(user_sudo)
        if is_confirmed:
            problem = request.env._(
                "“%(name)s” now says to everybody that it was checked today.",
                name=review_sudo.name,
            )
        values = {
            "sentence": problem,
            "is_confirmed": is_confirmed,
            "is_late": review_sudo.state == "silent",
            "is_now": is_now,
            "next_url": rest_sudo and rest_sudo[0]._get_link(user_sudo),
            "next_name": rest_sudo[:1].name,
            "rest": len(rest_sudo),
        }
        return keep_secret(request.render("content_review.done", values))

    def _close(self, sentence, status):
        values = {"sentence": sentence, "is_closed": True, "is_confirmed": False, "rest": 0}
        return keep_secret(request.render("content_review.done", values, status=status))
