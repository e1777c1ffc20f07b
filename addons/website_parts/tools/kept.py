"""What was typed in a form by somebody whose session had ended meanwhile: shown again once she has
signed in, on the page from which it was sent. Files are not kept: a browser cannot give them back.
"""

import json
import re
import time
from urllib.parse import urlsplit

from odoo.http import request, root

from odoo.addons.public_guard.exceptions import TooManyRequests

from .web import LIMIT_VALUES, Posted

KEPT = "kept_post"
# In seconds: an hour later, somebody else may be at this computer.
KEPT_FOR = 3600
# Anybody may send a form without being signed in: what is kept of it is small, and seldom.
KEPT_AN_HOUR = 20
LIMIT_KEPT = 200_000
LIMIT_NAME = 100
# No secret, and nothing of what a page adds by itself.
LEFT_OUT = re.compile("^_|^csrf_token$|^code(_|$)|password|iban")
# The page of one thing, which only those who may read it open.
OF_ONE = re.compile(r"\d")


def is_sent_from_here():
    """Whether the form was on a page of ours: what another site sends is kept for nobody."""
    headers = request.httprequest.headers
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    sent_from = headers.get("Referer") or headers.get("Origin") or ""
    return urlsplit(sent_from).netloc == request.httprequest.host


def keep_post(page, uid=None):
    """
    :param page: the path of the page that shows it again
    :param uid: whose session it was; None when nothing is left of it
    """
    if not is_sent_from_here() or not (uid or OF_ONE.search(page)):
        return
    posted = Posted.from_request()
    names = [name for name in posted.form if len(name) <= LIMIT_NAME and not LEFT_OUT.search(name)]
    values = {name: posted.texts(name) for name in names[:LIMIT_VALUES]}
    # In bytes, as the file of the session holds it.
    if len(json.dumps(values)) > LIMIT_KEPT:
        return
    try:
        guard = request.env["public.guard"]
        guard._hit("form.kept", request.httprequest.remote_addr, KEPT_AN_HOUR, KEPT_FOR)
    except TooManyRequests:
        return
    request.session[KEPT] = {"page": page, "uid": uid, "values": values, "at": int(time.time())}
    # An error is answered without saving the session.
    root.session_store.save(request.session)


def drop_old_kept():
    """What nobody came back for is not in her session for longer than it is shown."""
    kept = request.session.get(KEPT)
    if kept and time.time() - kept["at"] > KEPT_FOR:
        del request.session[KEPT]


def take_kept(page):
    """(what was typed in the form of this page, the sentence that says so); both empty the second
    time, and for somebody else.

    :return: (`Posted`, str)
    """
    drop_old_kept()
    kept = request.session.get(KEPT)
    if not kept or kept["page"] != page or request.httprequest.method != "GET":
        return Posted(), ""
    del request.session[KEPT]
    if kept["uid"] not in (None, request.env.uid):
        return Posted(), ""
    return Posted(kept["values"]), request.env._(
        "You had been signed out: nothing was sent yet. What you typed is here: check it, add your "
        "files again, and send it."
    )
