"""Every route of every installed module, and how one calls it without harm."""

import csv
import inspect
import json
import re
import threading
from pathlib import Path
from unittest.mock import patch

from odoo import http

KEPT = Path(__file__).parent / "routes.csv"
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
OF_ROUTE = {
    "/web/export/csv": {"data": DATA},
    "/web/export/xlsx": {"data": DATA},
    "/report/download": {"data": PDF},
    "/website_mail/follow": {"message_is_follower": "off", "id": 1, "object": "res.partner"},
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


def read_kept():
    with KEPT.open(newline="") as file:
        return {(row["route"], row["methods"]): row for row in csv.DictReader(file)}


def find_routes(env):
    """:return: {(address, methods): rule}, as the site's routing map has them"""
    website = env["website"].search([], limit=1)
    with patch.object(threading.current_thread(), "dbname", env.cr.dbname, create=True):
        routing_map = env["ir.http"].routing_map(key=website.id)
    return {
        (rule.rule, ",".join(sorted(rule.endpoint.routing.get("methods") or [])) or "all"): rule
        for rule in routing_map.iter_rules()
    }


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


def make_params(rule):
    """A harmless value for each parameter that has no default."""
    endpoint = rule.endpoint.original_endpoint
    params = dict(OF_ROUTE.get(rule.rule, {}))
    for name, parameter in list(inspect.signature(endpoint).parameters.items())[1:]:
        given = name in rule.arguments or name in params
        if given or parameter.default is not inspect.Parameter.empty:
            continue
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        number = 1 if name == "id" or name.endswith("_id") else "mot"
        params[name] = VALUES.get(name, number)
    return params


def call(case, rule, records):
    """Each method once, as who is signed in: [(method, answer)]."""
    path, params = make_path(rule, records), make_params(rule)
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
            options = {"data": {**words, "csrf_token": token}}
        answer = case.opener.request(method, url, allow_redirects=False, timeout=60, **options)
        answers.append((method, answer))
    return answers


def error_of(answer):
    """The name of the error that a remote call answers, or nothing."""
    if "application/json" not in answer.headers.get("Content-Type", ""):
        return None
    try:
        content = answer.json()
    except ValueError:
        return None
    if not isinstance(content, dict) or not content.get("error"):
        return None
    return content["error"].get("data", {}).get("name", "error")


def is_refused(answer):
    """Nothing was read nor done: a refusal, an empty answer, or the way to somewhere else."""
    if 400 <= answer.status_code < 500 or error_of(answer):
        return True
    if answer.status_code == 303:
        location = answer.headers["Location"].removeprefix(answer.url.split("/", 3)[0])
        return location.split("?")[0] in ("/", "/my", "/odoo", "/web/login")
    if "application/json" not in answer.headers.get("Content-Type", ""):
        return False
    found = answer.json()
    if isinstance(found, dict) and "jsonrpc" in found:
        found = found.get("result")
    if isinstance(found, dict):
        return not any(found.values())
    return not found or found == "[]"
