"""The body of a posted form, where Odoo hides it or reads it too late."""

from contextlib import suppress

from werkzeug.exceptions import HTTPException

from odoo.http import request

DRAIN_CHUNK = 1024 * 1024


def read_params(max_size):
    """What the form holds, read before anything can refuse it. werkzeug keeps what it parsed.

    :raise RequestEntityTooLarge: the body is longer than `max_size` bytes
    """
    request.httprequest.max_content_length = max_size
    return request.get_http_params()


def keep_params(params):
    """Give core these values each time it reads those of the current request."""
    request.get_http_params = params.copy


def drain(max_size):
    """Read the body to its end: a browser that is still sending shows no answer."""
    # Odoo shows controllers a request without its stream.
    received = request.httprequest._HTTPRequest__wrapped
    received.max_content_length = max_size
    with suppress(HTTPException):
        while received.stream.read(DRAIN_CHUNK):
            pass
