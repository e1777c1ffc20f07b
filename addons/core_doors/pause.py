"""PostgreSQL is away, or takes nobody more: the page of a pause (503), and nobody is signed out.

Core answers "not found", or leads to its page of databases, and ends the session.
"""

import functools
from contextlib import closing

import psycopg2
from psycopg2.pool import PoolError
from werkzeug.exceptions import NotFound

from odoo.http import Request, Response
from odoo.sql_db import db_connect
from odoo.tools import file_open

PAGE = "core_doors/static/src/pages/maintenance.html"
# Connection refused or broken have no code; the server says 57P01 to 57P03 when it stops or starts.
AWAY = (None, "57P01", "57P02", "57P03")

core_serve_db = Request._serve_db
core_serve_nodb = Request._serve_nodb


def is_away(error):
    """Whether this error, or what led to it, is that the database does not answer, or that all the
    connections of this process are in use."""
    while error:
        if isinstance(error, PoolError):
            return True
        if isinstance(error, psycopg2.OperationalError) and error.pgcode in AWAY:
            return True
        error = error.__cause__ or error.__context__
    return False


def pause():
    with file_open(PAGE, "rb") as page:
        content = page.read()
    headers = {"Retry-After": "30", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(content, status=503, mimetype="text/html", headers=headers)


@functools.wraps(core_serve_db)
def serve_db(self):
    try:
        return core_serve_db(self)
    except Exception as error:
        if is_away(error):
            return pause()
        raise


@functools.wraps(core_serve_nodb)
def serve_nodb(self):
    """Core found no database: because there is none of that name, or because it could not ask."""
    try:
        response = core_serve_nodb(self)
    except NotFound:
        if not is_database_there():
            return pause()
        raise
    # To the page where one chooses a database.
    if response.status_code == 303 and not is_database_there():
        return pause()
    return response


def is_database_there():
    try:
        with closing(db_connect("postgres").cursor()):
            return True
    except psycopg2.OperationalError:
        return False


def patch_requests():
    Request._serve_db = serve_db
    Request._serve_nodb = serve_nodb
