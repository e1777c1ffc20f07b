"""What public pages share: nothing that a browser sends is trusted to be of the right shape."""

from werkzeug.datastructures import MultiDict

from odoo.http import request

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
    """

    def __init__(self, env, posted=None, params=None, session=None, sender="test"):
        self.env = env
        self.posted = posted or Posted()
        self.params = params or {}
        self.session = {} if session is None else session
        self.sender = sender

    @classmethod
    def from_request(cls):
        return cls(
            request.env, Posted.from_request(), request.params, request.session, get_sender()
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


def not_cached(response):
    """Pages about one person stay in no cache and in no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def answer_json(values, status):
    """To a script of ours."""
    return not_cached(request.make_json_response(values, status=status))
