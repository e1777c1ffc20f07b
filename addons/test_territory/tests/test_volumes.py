"""What people open costs the same number of queries with 10 requests and with 20,000."""

from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from .common import TerritoryCommon

FEW, MANY = 10, 20_000
# Queries of one warm page; a page that needs more than its budget is red. One is for the opening
# hours of the service, where the page shows them.
BUDGETS = {
    # Three for what each town hall says of its procedures.
    "/demarches": 18,
    # Its questions: where an appointment is the answer, no delay is promised. What silence means.
    "/demarches/demarche-mtxbac": 19,
    # Draft, previous request, signatures, tariffs, documents given before, what her commune says:
    # whatever the number of requests.
    "/demarches/demarche-mtxbac/formulaire": 47,
    "/my/demandes": 22,
}
# The desk says of each line who, what is to be done, her last words, what it is about: a query
# each, for all lines.
LIST_BUDGET, KANBAN_BUDGET = 16, 23


@tagged("post_install", "-at_install", "-standard", "sweep_volumes")
class TestVolumes(TerritoryCommon, HttpCase):
    def _add_requests(self, count):
        """The same request, `count` times, in the database itself: filing them takes minutes."""
        self.env.flush_all()
        stored = [
            name
            for name, field in self.env["procedure.request"]._fields.items()
            if field.store and field.column_type and name not in ("id", "number")
        ]
        columns = SQL(", ").join(map(SQL.identifier, stored))
        self.env.cr.execute(
            SQL(
                "INSERT INTO procedure_request (%s, number) "
                "SELECT %s, 'VOLUME-' || serie || '-' || %s FROM procedure_request, "
                "generate_series(1, %s) AS serie WHERE id = %s",
                columns,
                columns,
                count,
                count,
                self.request.id,
            )
        )
        self.env.cr.execute("ANALYZE procedure_request")
        self.env.invalidate_all()

    def _page_queries(self, path):
        """Queries of the page, warm."""
        for _warming in range(2):
            self.assertEqual(self.url_open(path).status_code, 200)
        before = self.env.cr.sql_log_count
        self.url_open(path)
        return self.env.cr.sql_log_count - before

    def _call_queries(self, method, **kwargs):
        requests = self.env["procedure.request"].with_user(self.users["agent"])
        for _warming in range(2):
            self.env.invalidate_all()
            getattr(requests, method)(**kwargs)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        getattr(requests, method)(**kwargs)
        return self.env.cr.sql_log_count - before

    def _back_office(self):
        view = self.env["procedure.request"].with_user(self.users["agent"])
        names = {
            kind: {name: {} for name in view.get_view(view_type=kind)["models"][view._name]}
            for kind in ("list", "kanban")
        }
        return {
            "list": self._call_queries(
                "web_search_read", domain=[], specification=names["list"], limit=10
            ),
            "kanban": self._call_queries(
                "web_read_group",
                domain=[],
                groupby=["state"],
                aggregates=["__count"],
                auto_unfold=True,
                unfold_read_specification=names["kanban"],
                unfold_read_default_limit=40,
            ),
        }

    def test_pages_and_back_office_do_not_grow_with_the_requests(self):
        self.authenticate("matrix_resident", "matrix_resident")
        measured = {}
        for count in (FEW, MANY):
            self._add_requests(count)
            measured[count] = {path: self._page_queries(path) for path in BUDGETS}
            measured[count].update(self._back_office())
        self.assertEqual(measured[FEW], measured[MANY])
        budgets = {**BUDGETS, "list": LIST_BUDGET, "kanban": KANBAN_BUDGET}
        for name, queries in measured[MANY].items():
            with self.subTest(page=name, queries=queries):
                self.assertLessEqual(queries, budgets[name], name)
