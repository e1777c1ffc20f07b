from odoo import Command

from .common import WebsiteProcedureCommon

FIELDS = 80
KILOBYTES = 150
QUERIES = 45
KINDS = ("char", "text", "integer", "date", "boolean", "selection", "commune", "phone")


class TestFormBudget(WebsiteProcedureCommon):
    """A form of 80 questions stays light on a slow line, and on the server."""

    def make(self, count, code):
        options = [Command.create({"value": str(n), "label": f"Choix {n}"}) for n in range(4)]
        form = []
        for number in range(count):
            kind = KINDS[number % len(KINDS)]
            field = {"key": f"f{number}", "type": kind, "label": f"Question {number}, à lire"}
            if kind == "selection":
                field["option_ids"] = options
            if number % 10 == 9:
                field["help"] = "Une aide de quelques mots, comme il y en a souvent."
                field["condition_ids"] = [Command.create({"key": "f4", "value": "1"})]
            form.append(field)
        form += [
            {"key": f"k{number}", "type": kind, "label": f"Liste {number}"}
            for number in range(count // 20)
            for kind in ("children", "school", "address")
            for number in (f"{kind}{number}",)
        ]
        procedure = self._procedure(code, code, self.waste, fields=form, slug=code.lower())
        return f"/demarches/{procedure.slug}/formulaire"

    def test_the_page_of_80_questions_weighs_less_than_150_kb(self):
        path = self.make(FIELDS, "LONG80")
        for user in (None, self.camille):
            if user:
                self.sign_in(user)
            page = self.get(path)
            self.assertGreaterEqual(len(page.tree.xpath("//main//*[@data-field]")), FIELDS)
            weight = len(page.content)
            for script in page.tree.xpath("//script/@src[contains(., 'assets_form')]"):
                weight += len(self.url_open(script).content)
            self.assertLess(weight / 1024, KILOBYTES)

    def test_no_question_costs_a_query(self):
        self.sign_in(self.camille)
        short = self.count_queries(self.make(20, "COURT20"))
        long = self.count_queries(self.make(FIELDS, "LONG80B"))
        self.assertLessEqual(long, short)
        self.assertLess(long, QUERIES)

    def test_a_refusal_costs_no_query_by_question_either(self):
        counts = []
        self.sign_in(self.camille)
        for count in (20, FIELDS):
            path = self.make(count, f"REFUS{count}")
            data = {**self.hidden(self.get(path)), "f2": "x", "_action": "send"}
            data |= {f"f{number}": "Vaubecourt" for number in range(6, count, 8)}
            self.post(path, data)
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.post(path, data).status_code, 422)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_no_question_costs_a_query_when_all_is_read_again(self):
        counts = []
        self.sign_in(self.camille)
        for count in (20, FIELDS):
            path = self.make(count, f"RELU{count}")
            data = {**self.hidden(self.get(path)), "_action": "check"}
            data |= {f"f{number}": "Vaubecourt" for number in range(6, count, 8)}
            response = self.post(path, data)
            self.assertEqual(response.status_code, 303, self.errors(response))
            counts.append(self.count_queries(response.headers["Location"]))
        self.assertLessEqual(counts[1], counts[0])
        # The form itself, and what filing checks.
        self.assertLess(counts[0], 67)
