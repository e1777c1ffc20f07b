"""What public pages share: nothing that a browser sends is trusted to be of the right shape."""

from werkzeug.datastructures import MultiDict

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.public_guard.exceptions import FormHurried, TooManyRequests

# The routes of a page that everybody reads, and of one that is also sent.
PAGE = {
    "type": "http",
    "auth": "public",
    "website": True,
    "methods": ["GET"],
    "sitemap": False,
    "readonly": True,
}
FORM = {
    "type": "http",
    "auth": "public",
    "website": True,
    "methods": ["GET", "POST"],
    "csrf": False,
    "sitemap": False,
    "territory_form": True,
}
# Links that open nothing, from one sender.
LINK_TRIES, LINK_SECONDS = 60, 15 * 60
LIMIT_LINE = 500
LIMIT_TEXT = 20_000
LIMIT_VALUES = 200


def text(value, limit=LIMIT_LINE):
    """What was typed, as one string that the database accepts; a file or a list is nothing."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").strip()[:limit]


def number(value, default=0, maximum=2**31 - 1):
    """A number of the address or of a form; too big for the database is no number."""
    value = text(value, 20)
    if not value.isascii() or not value.isdecimal():
        return default
    return int(value) if int(value) <= maximum else default


class Posted:
    """What was sent with a form: by a browser, or by a test that needs no browser."""

    def __init__(self, form=None, files=None):
        self.form = MultiDict(form or {})
        self.files = MultiDict(files or {})

    @classmethod
    def from_request(cls):
        """Values from the POST body only, never from the query string."""
        return cls(request.httprequest.form, request.httprequest.files)

    def text(self, key, limit=LIMIT_TEXT):
        return text(self.form.get(key), limit)

    def texts(self, key, limit=LIMIT_TEXT):
        return [text(value, limit) for value in self.form.getlist(key)[:LIMIT_VALUES]]

    def uploads(self, key):
        """The files really chosen: an empty file input sends a part without a name."""
        return [file for file in self.files.getlist(key) if file.filename]


class Visit:
    """Who is on a page, and what the browser sent: all that the logic of a page reads of HTTP.

    A controller makes it of its request; a test makes it of an environment.

    :param params: values of the address and of the form
    :param session: what this browser keeps, read when it is needed
    :param sender: whose tries are counted, see `get_sender`
    :param cookies: those of this browser
    """

    def __init__(self, env, posted=None, params=None, session=None, sender="test", cookies=None):
        self.env = env
        self.posted = posted or Posted()
        self.params = params or {}
        self.session = {} if session is None else session
        self.sender = sender
        self.cookies = cookies or {}

    @classmethod
    def from_request(cls):
        return cls(
            request.env,
            Posted.from_request(),
            request.params,
            request.session,
            get_sender(),
            request.httprequest.cookies,
        )

    @property
    def is_signed_in(self):
        return not self.env.user._is_public()


def typed(key, limit=LIMIT_TEXT):
    """A value from the POST body only, never from the query string."""
    return Posted.from_request().text(key, limit)


def typed_list(key, limit=LIMIT_TEXT):
    return Posted.from_request().texts(key, limit)


def uploads(key):
    return Posted.from_request().uploads(key)


def is_signed_in():
    return not request.env.user._is_public()


def get_sender():
    """Whose tries are counted: an account, else the address, which many people may share."""
    if is_signed_in():
        return f"account {request.env.uid}"
    return request.httprequest.remote_addr


def is_csrf_valid():
    """Checked by hand: core's refusal is a bare page where everything typed is lost."""
    return request.validate_csrf(typed("csrf_token"))


def refuse_expired():
    """A sentence when the post was not sent from a page of ours that is still open; else empty."""
    if is_csrf_valid():
        return ""
    return request.env._(
        "This page stayed open for too long. Check what you typed and send it again."
    )


def open_link(scope, find, close, unknown, tries=LINK_TRIES, seconds=LINK_SECONDS):
    """What the secret of a link opens, or the page that says why it opens nothing.

    Only links that open nothing count: somebody may open hers as often as she likes.

    :param scope: whose tries are counted, see `public.guard`
    :param find: without argument, once the sender may still try; empty when it opens nothing
    :param close: (sentence, status) -> that page; kept as secret as the others (`keep_secret`)
    :param unknown: the sentence for a link that was forged, replaced or has expired: the same, or
        a stranger would learn which
    :return: (what it opens, None), or (None, page)
    """
    guard, sender = request.env["public.guard"], get_sender()
    try:
        guard._hit(scope, sender, tries, seconds)
    except TooManyRequests as refused:
        return None, keep_secret(close(str(refused), status=429))
    found = find()
    if not found:
        return None, keep_secret(close(unknown, status=404))
    guard._give_back(scope, sender)
    return found, None


def check_form(purpose, posted):
    """Whether the post of a public form is to be believed.

    :param purpose: of its token, see `public.guard`
    :return: (a sentence when it is not, whether the same token may be sent again)
    """
    if not is_csrf_valid():
        return request.env._("This page stayed open for too long. Send it again."), False
    try:
        request.env["public.guard"]._check_form(purpose, posted.form.to_dict())
    except FormHurried as refused:
        return str(refused), True
    except UserError as refused:
        return str(refused), False
    return "", True


def get_length_problem(env, typed, size):
    """Said in place of cutting what somebody wrote; empty when it is short enough."""
    if len(typed) <= size:
        return ""
    return env._("It is too long: %(size)s characters at most.", size=size)


def file_once(scope, posted, limit, seconds, file):
    """What a public form brings, once, however often it is sent. After `check_form`.

    :param scope: whose posts are counted, see `public.guard`: `limit` in `seconds` from one address
    :param file: () -> the record
    :return: the record, in superuser mode; that of the first post
    :raise UserError: refused; `TooManyRequests` too
    """
    guard = request.env["public.guard"]
    guard._hit(scope, request.httprequest.remote_addr, limit, seconds)
    # The page of a refusal keeps its token: what is refused does not spend it.
    with request.env.cr.savepoint():
        token_sudo, is_new = guard._claim_token(posted.text("guard_token", 2000))
        if is_new:
            token_sudo._set_result(file())
    return token_sudo._get_result()


def not_cached(response):
    """Pages about one person stay in no cache and in no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def keep_secret(response):
    """The address is the key: it goes into no cache, no search engine and no referrer."""
    not_cached(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def for_everybody(response, caching):
    """The same whoever asks: what a cache of others keeps carries no session, nor any cookie.

    :param caching: for how long, such as "max-age=300"
    """
    request.session.can_save = False
    request.future_response.headers.remove("Set-Cookie")
    response.headers["Cache-Control"] = f"public, {caching}"
    return response


def answer_json(values, status):
    """To a script of ours."""
    return not_cached(request.make_json_response(values, status=status))
