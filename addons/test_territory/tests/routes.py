"""Every route of every installed module, and how one calls it without harm."""

import base64
import html
import inspect
import json
import re
import threading
from pathlib import Path
from unittest.mock import patch

from odoo import http
from odoo.tools.misc import file_path

from .common import PIXEL

# Who may call a route.
WHO = ("everybody", "accounts", "staff", "administrator", "nobody")
# What a parameter is given, by its name; the others get a word.
DATA = json.dumps(
    {
        "model": "res.lang",
        "fields": [{"name": "name", "label": "Name"}],
        "ids": [1],
        "domain": [],
        "import_compat": False,
    }
)
PDF = json.dumps(["/report/pdf/nulle.part/1", "qweb-pdf"])
FONT = base64.b64encode(
    Path(
        file_path("website_territory_theme/static/src/fonts/bitter-latin-600-normal.woff2")
    ).read_bytes()
).decode()
PICTURE = {"name": "x.png", "data": base64.b64encode(PIXEL).decode(), "is_image": True}
# Whole and valid: what refuses is the right. "@model" stands for a record that exists.
OF_ROUTE = {
    "/base_import/set_file": {"id": "@base_import.import", "ufile": ("x.csv", b"name", "text/csv")},
    "/html_editor/attachment/add_data": PICTURE,
    "/html_editor/attachment/remove": {"ids": ["@ir.attachment"]},
    "/html_editor/link_preview_internal": {"preview_url": "/odoo/res.partner/@res.partner"},
    "/mail/update_is_internal": {"message_id": "@mail.message", "is_internal": True},
    "/report/download": {"data": PDF},
    "/web/export/csv": {"data": DATA},
    "/web/export/xlsx": {"data": DATA},
    "/web_editor/attachment/add_data": PICTURE,
    "/website/field/translation/update": {
        "model": "res.lang",
        "record_id": 1,
        "field_name": "name",
        "translations": {"fr_FR": "x"},
    },
    "/website/get_alt_images": {
        "models": [{"model": "ir.ui.view", "id": "@ir.ui.view", "field": "arch"}]
    },
    "/website/get_assets_editor_resources": {"key": "website.layout"},
    "/website/get_switchable_related_views": {"key": "website.layout"},
    "/website/theme_customize_data": {"is_view_data": True, "enable": ["website.layout"]},
    "/website/theme_upload_font": {"name": "x.woff2", "data": FONT},
    "/website_mail/follow": {
        "message_is_follower": "off",
        "id": "@res.partner",
        "object": "res.partner",
    },
}
VALUES = {
    "args": [],
    "attachment_ids": [],
    "bus_data": {},
    "channels": [],
    "context": {},
    "conversation_history": [],
    "data": {},
    "fetch_params": {},
    "fields": [],
    "filters": [],
    "ids": [],
    "import_compat": True,
    "kwargs": {},
    "keys": [],
    "last": 0,
    "media": {},
    "method": "web_read",
    "model": "res.lang",
    "model_name": "res.lang",
    "models": [],
    "partner_ids": [],
    "post_data": {},
    "record": {"model": "res.lang", "resId": 1},
    "res_model": "res.lang",
    "session_update_data": [],
    "thread_model": "res.partner",
    "values": {},
}


REFUSED, ANSWERED, EMPTY = "refused", "answered", "empty"
RIGHTS = {"AccessDenied", "AccessError", "Forbidden", "NotFound", "SessionExpiredException"}
# How a route that is closed to everybody by us ends; its row says where.
CLOSED = {EMPTY, "UserError"}
# Refused in another manner: why it is the right that refuses.
OTHERWISE = {
    ("/web/become", "to /my"): "core changes administrators alone, the others go to their space",
    ("/web/become", "to /odoo"): "same",
    ("/web/export/csv", "UserError"): "core says so to those who may not export",
    ("/web/export/xlsx", "UserError"): "same",
}


def find_routes(env):
    """:return: {(address, methods): rule}, as the site's routing map has them"""
    website = env["website"].search([], limit=1)
    with patch.object(threading.current_thread(), "dbname", env.cr.dbname, create=True):
        routing_map = env["ir.http"].routing_map(key=website.id)
    return {
        (rule.rule, ",".join(sorted(rule.endpoint.routing.get("methods") or [])) or "all"): rule
        for rule in routing_map.iter_rules()
    }


def get_addon(rule):
    """The addon that answers first: what we change of a route of core stays core's."""
    method = rule.endpoint.func
    classes = type(method.__self__).mro()
    first = [each for each in classes if method.__name__ in vars(each)][-1]
    return first.__module__.split(".")[2]


def is_json(rule):
    return rule.endpoint.routing["type"] == "jsonrpc"


def make_path(rule, records):
    """The address with a value for each of its parts: a record that exists, 1, or a word."""

    def fill(match):
        kind, name = match["kind"] or "string", match["name"]
        if kind.startswith("model"):
            return str(records.get(re.search(r"[\w.]{4,}", kind[5:])[0], 1))
        if kind.startswith("int") or name in ("id", "res_id"):
            return "1"
        return {"model": "res.lang", "field": "name", "converter": "html"}.get(name, "mot")

    return re.sub(r"<(?:(?P<kind>[^<>:]*(?:\([^)]*\))?):)?(?P<name>\w+)>", fill, rule.rule)


def put_records(value, records):
    match value:
        case dict():
            return {key: put_records(each, records) for key, each in value.items()}
        case list():
            return [put_records(each, records) for each in value]
        case str() if "@" in value:
            before, _at, model = value.partition("@")
            return f"{before}{records[model]}" if before else records[model]
    return value


def make_params(rule, records):
    """A harmless value for each parameter that has no default."""
    endpoint = rule.endpoint.original_endpoint
    params = put_records(OF_ROUTE.get(rule.rule, {}), records)
    for name, parameter in list(inspect.signature(endpoint).parameters.items())[1:]:
        given = name in rule.arguments or name in params
        if given or parameter.default is not inspect.Parameter.empty:
            continue
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        number = 1 if name == "id" or name.endswith("_id") else "mot"
        params[name] = VALUES.get(name, number)
    return params


def get_picture_params(rule, records, picture):
    """Those of a picture for the contact of `records`, wherever bytes are taken; else nothing."""
    names = inspect.signature(rule.endpoint.original_endpoint).parameters
    taken = {name for name in names if name in ("data", "datas", "image", "thumbnail", "ufile")}
    if not taken:
        return None
    contact = records["res.partner"]
    given = {
        **{name: picture for name in taken - {"ufile"}},
        **dict.fromkeys(("res_model", "thread_model", "model"), "res.partner"),
        **dict.fromkeys(("res_id", "thread_id", "id"), contact),
        **{"is_image": True, "width": 1, "height": 1},
    }
    chosen = {name: value for name, value in given.items() if name in names}
    return {**make_params(rule, records), **chosen}


def call(case, rule, records):
    """Each method once, as who is signed in: [(method, answer)]."""
    path, params = make_path(rule, records), make_params(rule, records)
    url = case.base_url() + path
    if is_json(rule):
        # Outside of `url_open`, which reads the answer for errors.
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        return [("POST", case.opener.post(url, data=body, headers=headers, timeout=60))]
    answers = []
    for method in rule.endpoint.routing.get("methods") or ["GET", "POST"]:
        options = {"params": params}
        if method == "POST":
            token = http.Request.csrf_token(case)
            words = {
                name: json.dumps(value) if isinstance(value, dict | list) else value
                for name, value in params.items()
            }
            files = {name: value for name, value in words.items() if isinstance(value, tuple)}
            words = {name: value for name, value in words.items() if name not in files}
            options = {"data": {**words, "csrf_token": token}, "files": files or None}
        answer = case.opener.request(method, url, allow_redirects=False, timeout=60, **options)
        answers.append((method, answer))
    return answers


def error_of(answer):
    """The name of the error that a remote call, or an export, answers; or nothing."""
    is_json_type = "application/json" in answer.headers.get("Content-Type", "")
    if not is_json_type and answer.status_code != 422:
        return None
    try:
        # An export says it on a page, of which it is the whole text.
        content = json.loads(answer.text if is_json_type else html.unescape(answer.text))
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    if "error" not in content and "code" in content:
        content = {"error": content}
    if not content.get("error"):
        return None
    return content["error"].get("data", {}).get("name", "error")


def tell_outcome(answer):
    """How a call ended.

    :return: "refused" by a right: no account, no right, or nothing there (a page that is closed);
        otherwise a word on it, such as an error of another kind, which says nothing of rights
    """
    if error := error_of(answer):
        return REFUSED if error.rpartition(".")[2] in RIGHTS else error.rpartition(".")[2]
    if answer.status_code in (401, 403, 404):
        return REFUSED
    if answer.status_code in (301, 302, 303):
        location = answer.headers["Location"].removeprefix("/".join(answer.url.split("/", 3)[:3]))
        path = location.split("?")[0]
        return REFUSED if path == "/web/login" else f"to {path}"
    if answer.status_code >= 300:
        return str(answer.status_code)
    if "application/json" not in answer.headers.get("Content-Type", ""):
        return ANSWERED if answer.content else EMPTY
    found = answer.json()
    if isinstance(found, dict) and "jsonrpc" in found:
        found = found.get("result")
    if isinstance(found, dict):
        found = any(found.values())
    return ANSWERED if found and found != "[]" else EMPTY


def is_refused(row, outcome):
    return (
        outcome == REFUSED
        or (row["who"] == "nobody" and outcome in CLOSED)
        or (row["route"], outcome) in OTHERWISE
    )
