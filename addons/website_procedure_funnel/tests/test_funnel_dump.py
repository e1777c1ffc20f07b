import json
import re
from collections import Counter
from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.partner_household.tests import snapshot
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

COUNTED = ("procedure_form_mark", "procedure_form_count")
# Those whose numbers could be in one another.
NUMBERED = (*COUNTED, "procedure_request", "res_partner", "res_users", "website_procedure_pending")
# Numbers that nothing else in the database has.
FIRST = 611_000_000
NUMBER = re.compile(r"(?<!\d)\d{9}(?!\d)")


def get_values(value):
    """All that a cell holds, JSON opened; what is short is shared by many."""
    if isinstance(value, dict):
        return set().union(*map(get_values, value.values()))
    if isinstance(value, list):
        return set().union(*map(get_values, value))
    text = "" if value is None else str(value)
    return {text} if len(text) > 4 else set()


def get_numbers(rows):
    return set(map(int, NUMBER.findall(json.dumps(rows))))


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestFunnelDump(WebsiteProcedureCommon):
    """Two people with an account and a visitor file: every table is read, as a dump would write it,
    and nothing in it leads from a count to one of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for rank, table in enumerate(NUMBERED):
            sequence = SQL.identifier(f"{table}_id_seq")
            first = FIRST + rank * 1_000_000
            cls.env.cr.execute(SQL("ALTER SEQUENCE %s RESTART WITH %s", sequence, first))

    def _take(self):
        return snapshot.take(self.env, left_out=())

    def _split(self, rows):
        """(of the counts, of everything else)"""
        counted = {key: row for key, row in rows.items() if key[0] in COUNTED}
        return counted, {key: row for key, row in rows.items() if key not in counted}

    def _get_marks(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT to_jsonb(t) FROM procedure_form_mark t")
        return {(COUNTED[0], row["id"]): row for (row,) in self.env.cr.fetchall()}

    def _tell(self, marks):
        return Counter(
            tuple(sorted((name, value) for name, value in row.items() if name != "id"))
            for row in marks.values()
        )

    def _assert_nothing_joins(self, before, after):
        counted, others = self._split(after)
        self.assertTrue(counted)
        ids = {key[1] for key in counted}
        self.assertGreaterEqual(min(ids), FIRST)
        holders = {key for key, row in others.items() if get_numbers(row) & ids}
        self.assertFalse(holders, "they hold the number of a count")
        self.assertLessEqual(get_numbers([*counted.values()]), ids, "a count holds that of others")
        for row in counted.values():
            self.assertEqual(date.fromisoformat(row.pop("week")).weekday(), 0, "of a week only")
        # The words of the form are the same for all who open it.
        pages = self.procedure.version_id._get_page_keys()
        known = get_values([*before.values()]) | pages
        came = get_values([row for key, row in others.items() if row != before.get(key)]) - known
        self.assertFalse(get_values([*counted.values()]) & came, "what came with who filed")

    def test_nothing_joins_a_count_to_who_filed(self):
        # Of another name, number, address: whatever is of one of them is not of the other one.
        first = self._resident("zoe.dump", "Zoé", "Lanoë")
        second = self._resident("yann.dump", "Yann", "Quérec")
        before = self._take()
        self.assertTrue(self.file_as(first, note="Le mien"))
        hers = self._get_marks()
        self.assertTrue(self.file_as(second, note="Le sien", persons="2"))
        both = self._get_marks()
        his = {key: row for key, row in both.items() if key not in hers}
        self.assertEqual(self._tell(his), self._tell(hers), "what one left is what the other left")
        self.assertEqual(
            {row["kind"] for row in his.values()} & {"sent", "minutes"}, {"sent", "minutes"}
        )
        self.authenticate(None, None)
        request, _code = self.file_as_visitor()
        self.assertFalse(request.applicant_id)
        after = self._take()
        self.assertGreater(len(self._split(after)[0]), len(both))
        self.assertGreaterEqual(request.id, FIRST)
        self._assert_nothing_joins(before, after)

    def test_nor_after_the_night(self):
        before = self._take()
        request = self.file_as(self._resident("zoe.dump", "Zoé", "Lanoë"))
        Mark = self.env["procedure.form.mark"]
        opened = Mark.search([("kind", "=", "opened")], limit=1)
        for _each in range(4):
            Mark._add(request.version_id, [("opened", opened.page_key, "", "")])
        Mark._cron_count()
        after = self._take()
        tables = Counter(table for table, _key in self._split(after)[0])
        self.assertTrue(tables["procedure_form_count"])
        self._assert_nothing_joins(before, after)
