from datetime import timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree
from psycopg2 import Error

from odoo.exceptions import UserError
from odoo.tools import safe_eval

from odoo.addons.territory_base import clock

DATA_VIEWS = ("list", "kanban", "form", "calendar", "activity")
# Typed in each search box.
SEARCHED = {"integer": 7}


def evaluate(text, uid, active_ids=(), searched="bac"):
    """A domain or a context as the web client evaluates it."""
    if not isinstance(text, str):
        return text or []
    today = clock.today()
    return safe_eval.safe_eval(
        text or "[]",
        {
            "active_id": (active_ids or [False])[0],
            "active_ids": list(active_ids),
            "allowed_company_ids": [1],
            "context": {},
            "context_today": lambda: safe_eval.datetime.datetime(*today.timetuple()[:3]),
            "current_date": today.isoformat(),
            "datetime": safe_eval.datetime,
            "relativedelta": relativedelta,
            "self": searched,
            "time": safe_eval.time,
            "timedelta": timedelta,
            "uid": uid,
        },
    )


class RefusedError(Exception):
    """The server answered with an error."""


class BackOffice:
    """Opens every menu of a user, as the web client does: views, filters, records."""

    def __init__(self, test, user):
        self.test = test
        self.uid = user.id
        self.menus = 0
        self.opened = set()
        self.filters = 0
        self.broken = []
        self.place = ""

    def run(self):
        menus = self.test.url_open("/web/webclient/load_menus").json()
        for menu in menus.values():
            if menu.get("actionID"):
                self.menus += 1
                self.place = f"menu {menu['name']}"
                self._open(menu["actionID"])
        return self

    def _rpc(self, route, params):
        """As `make_jsonrpc_request`, whose error tells the class only."""
        answer = self.test.opener.post(self.test.base_url() + route, json={"params": params}).json()
        if "error" in answer:
            raise RefusedError(answer["error"]["data"]["message"])
        return answer.get("result")

    def _call(self, model, method, *args, context=None, **kwargs):
        """Called in the user's name, without the web between: ten times faster."""
        records = self.test.env[model].with_user(self.uid).with_context(**(context or {}))
        with self.test.env.cr.savepoint():
            return getattr(records, method)(*args, **kwargs)

    def _try(self, what, function, *args, **kwargs):
        """The answer of the server, or None when it refuses: then it is told."""
        try:
            return function(*args, **kwargs)
        except (RefusedError, UserError, ValueError, LookupError, NameError, Error) as error:
            self.broken.append(f"{self.place}, {what}: {str(error)[:300]}")

    def _open(self, action_id, active_ids=(), model=""):
        """The action, once; then those that its views lead to."""
        if action_id in self.opened:
            return
        self.opened.add(action_id)
        params = {"action_id": action_id}
        if active_ids:
            params["context"] = {
                "active_id": active_ids[0],
                "active_ids": list(active_ids),
                "active_model": model,
            }
        action = self._try(f"action {action_id}", self._rpc, "/web/action/load", params)
        if action is None:
            return
        if not action:
            self.broken.append(f"{self.place}, action {action_id}: nothing opens")
        elif action["type"] == "ir.actions.act_window":
            self._open_window(action, active_ids)
        elif action["type"] == "ir.actions.act_url":
            status = self.test.url_open(action["url"]).status_code
            if status >= 400:
                self.broken.append(f"{self.place}: {status} {action['url']}")

    def _open_window(self, action, active_ids):
        model = action["res_model"]
        views = [list(view) for view in action["views"]]
        if not any(kind == "search" for _id, kind in views):
            views.append([(action.get("search_view_id") or [False])[0], "search"])
        context = self._try("context", evaluate, action["context"] or "{}", self.uid, active_ids)
        context = dict(context or {}, lang="fr_FR")
        domain = self._try("domain", evaluate, action["domain"], self.uid, active_ids)
        options = {"toolbar": True, "load_filters": True, "action_id": action["id"]}
        loaded = self._try(
            f"views of {model}",
            self._call,
            model,
            "get_views",
            views=views,
            options=options,
            context=context,
        )
        if not loaded or domain is None:
            return
        archs = {kind: etree.fromstring(view["arch"]) for kind, view in loaded["views"].items()}
        fields = loaded["models"][model]["fields"]
        defaults = self._try_filters(model, archs["search"], fields, list(domain), context)
        found = self._read(model, archs, fields, list(domain) + defaults, context)
        if not found:
            found = self._read(model, archs, fields, list(domain), context)
        if not found and "form" in archs:
            self._try_new(model, archs["form"], fields, context)
        if found:
            self._open_others(model, loaded["views"], archs, found[:1])

    def _try_filters(self, model, arch, fields, domain, context):
        """Each filter counts its records; return the domain of those that are on at first."""
        defaults = []
        for node in arch.iter("filter", "field"):
            name = node.get("name")
            what = f"filter {name} of {model}"
            is_default = context.get(f"search_default_{name}")
            grouped = evaluate(node.get("context") or "{}", self.uid) or {}
            text = node.get("domain") if node.tag == "filter" else node.get("filter_domain")
            part = []
            searched = SEARCHED.get(fields.get(name, {}).get("type"), "bac")
            if text:
                part = self._try(what, evaluate, text, self.uid, searched=searched) or []
            elif node.tag == "field" and fields[name]["type"] in ("char", "text", "many2one"):
                part = [(name, node.get("operator") or "ilike", searched)]
            elif node.get("date"):
                part = [(node.get("date"), ">=", "2020-01-01")]
            self.filters += 1
            self._try(what, self._call, model, "search_count", domain + part, context=context)
            if is_default and node.tag == "filter":
                defaults += part
            if grouped.get("group_by"):
                self._group(what, model, domain, [grouped["group_by"]], context)
        for node in arch.iterfind(".//searchpanel/field"):
            name = node.get("name")
            several = "multi_" if node.get("select") == "multi" else ""
            self._try(
                f"panel {name} of {model}",
                self._call,
                model,
                f"search_panel_select_{several}range",
                name,
                category_domain=[],
                context=context,
            )
        return defaults

    def _group(self, what, model, domain, groups, context):
        self._try(
            what,
            self._call,
            model,
            "web_read_group",
            domain=domain,
            groupby=groups,
            aggregates=["__count"],
            context=context,
        )

    def _read(self, model, archs, fields, domain, context):
        """The records as each view reads them; return the ids of the first ones."""
        found = []
        for kind, arch in archs.items():
            if kind in ("pivot", "graph"):
                groups = [
                    node.get("name") + (f":{node.get('interval')}" if node.get("interval") else "")
                    for node in arch.iter("field")
                    if node.get("type") != "measure"
                ]
                self._group(f"{kind} of {model}", model, domain, groups[:2], context)
            elif kind in DATA_VIEWS:
                specification = self._get_specification(arch, fields)
                rows = self._try(
                    f"{kind} of {model}",
                    self._call,
                    model,
                    "web_search_read",
                    domain,
                    specification,
                    limit=1 if kind == "form" else 40,
                    context=dict(context, bin_size=True),
                )
                found = found or [row["id"] for row in (rows or {}).get("records", [])]
                if kind == "kanban" and arch.get("default_group_by"):
                    groups = [arch.get("default_group_by")]
                    self._group(f"kanban of {model}", model, domain, groups, context)
        return found

    def _get_specification(self, arch, fields):
        """The fields of this view, those of its lists inside left out."""
        names = {
            node.get("name")
            for node in arch.iter("field")
            if not any(above.tag == "field" for above in node.iterancestors())
        }
        return {
            name: {"fields": {"display_name": {}}}
            if fields[name]["type"] in ("many2one", "one2many", "many2many")
            else {}
            for name in names
            if name in fields
        }

    def _try_new(self, model, arch, fields, context):
        """A wizard opens with its default values."""
        if arch.get("create") in ("0", "false", "False"):
            return
        specification = self._get_specification(arch, fields)
        self._try(
            f"new {model}", self._call, model, "onchange", {}, [], specification, context=context
        )

    def _open_others(self, model, views, archs, active_ids):
        """The menus of a view (actions, print), and its buttons that open something."""
        for view in views.values():
            for actions in (view.get("toolbar") or {}).values():
                for action in actions:
                    self._open(action["id"], active_ids=active_ids, model=model)
        for arch in archs.values():
            for button in arch.iterfind(".//button[@type='action']"):
                if button.get("name", "").isdigit():
                    self._open(int(button.get("name")), active_ids=active_ids, model=model)
