"""The requests that this browser follows without an account, each by its code of the day."""

import hashlib

from odoo.http import request

SESSION_FOLLOWED = "procedure_followed"


def remember_followed(request_sudo):
    """With the mark of the code of today: another code closes what this one opened."""
    followed = request.session.get(SESSION_FOLLOWED, [])
    seen = [request_sudo.id, mark_code(request_sudo)]
    request.session[SESSION_FOLLOWED] = [*followed[-19:], seen]


def mark_code(request_sudo):
    """Tells two codes of a request apart, and gives neither."""
    return hashlib.sha256((request_sudo.access_token_digest or "").encode()).hexdigest()
