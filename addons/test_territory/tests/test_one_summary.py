from lxml import html

from odoo.tests import tagged

from odoo.addons.procedure.tests.common import upload
from odoo.addons.report_weasyprint.tests.pdf import get_text
from odoo.addons.territory_base.clock import local_day
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

MASKED = "reçu"
SECRET = "Jamais compté"


@tagged("post_install", "-at_install")
class TestOneSummary(WebsiteProcedureCommon):
    """What was read before it was sent is what the mail, the paper and the agent read: the same
    questions, the same words, in the same order, but what no mail repeats."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = cls._choices(("car", "Voiture"), ("bike", "Vélo"))
        cls.outing = cls._procedure(
            "Sortie au lac",
            "LAC",
            cls.waste,
            fields=[
                {"key": "p1", "type": "page", "label": "Votre venue"},
                {"key": "more", "type": "boolean", "label": "Besoin d'aide"},
                {"key": "meal", "type": "selection", "label": "Repas", "option_ids": kinds[:1]},
                {
                    "key": "days",
                    "type": "weekly_grid",
                    "label": "Jours",
                    "option_ids": cls._choices(("bus", "Car"), ("boat", "Bateau")),
                },
                {"key": "cars", "type": "block", "label": "Véhicule", "max_value": 3},
                {
                    "key": "kind",
                    "type": "selection",
                    "label": "Sorte",
                    "option_ids": kinds,
                    "block_key": "cars",
                },
                {
                    "key": "plate",
                    "type": "char",
                    "label": "Plaque",
                    "block_key": "cars",
                    "condition_ids": cls._when("kind", "car"),
                },
                {"key": "total", "type": "computed", "label": "Places", "formula": "count(cars)*5"},
                {
                    "key": "p2",
                    "type": "page",
                    "label": "Votre aide",
                    "condition_ids": cls._when("more", "1"),
                },
                {"key": "helper", "type": "char", "label": "Qui vous aide"},
                {"key": "p3", "type": "page", "label": "Vos papiers"},
                {"key": "bank", "type": "iban", "label": "IBAN"},
                {"key": "proof", "type": "file", "label": "Assurance", "max_files": 2},
                {"key": "agree", "type": "consent", "label": "J'ai relu", "required": True},
            ],
            slug="sortie-au-lac",
        )
        cls.lake = "/demarches/sortie-au-lac/formulaire"

    @classmethod
    def _when(cls, key, value):
        return [(0, 0, {"key": key, "operator": "=", "value": value})]

    def inputs(self, page):
        """All that the form of this page sends, as a browser without script does."""
        sent = []
        for field in page.tree.xpath("//form[@data-public-form]//*[@name]"):
            kind = field.get("type")
            if field.tag == "select":
                value = "".join(field.xpath("option[@selected]/@value"))
            elif kind in ("submit", "file") or field.tag == "button":
                continue
            elif kind in ("radio", "checkbox") and not field.get("checked"):
                continue
            else:
                value = field.get("value") or field.text or ""
            sent.append((field.get("name"), value))
        return sent

    def fill_in(self):
        """Two vehicles, days, a file; and what no question asks: the plate of a bicycle, a page
        that is not shown."""
        page = self.get(self.lake)
        typed = {
            "more": "0",
            "meal": "car",
            "days.bus": ["1", "4"],
            "cars.0.kind": "car",
            "cars.0.plate": "AB-123-CD",
            "cars.1.kind": "bike",
            "cars.1.plate": SECRET,
            "helper": SECRET,
            "bank": "FR7630006000011234567890189",
            "unknown": SECRET,
        }
        return self.check(page, {**self.hidden(page), **typed}, [self.jpeg(name="police.jpg")])

    def check(self, page, data, files=None):
        if isinstance(data, dict):
            data = [
                (name, each)
                for name, value in data.items()
                for each in (value if isinstance(value, list) else [value])
            ]
        response = self.post(self.lake, [*data, ("_action", "check")], files, reads=False)
        self.assertEqual(response.status_code, 303, self.errors(response))
        return self.get(response.headers["Location"])

    def send(self, page):
        data = [*self.inputs(page), ("agree", "1"), ("_action", "send")]
        return self.post(self.lake, data, reads=False)

    # The four outputs: lists of (question, answer)

    def read_page(self, page):
        rows = []
        for part in page.tree.xpath("//form//section[contains(@class, 'et-part')]"):
            if "Qui demande" not in part.xpath(".//h2")[0].text_content():
                for line in part.xpath(".//dl/div"):
                    rows.append((tidy(line.xpath("dt")[0]), tidy(line.xpath("dd")[0])))
                for line in part.xpath(".//ul/li"):
                    rows.append((tidy(line.xpath(".//b")[0]), tidy(line.xpath(".//p[2]/span")[0])))
        boxes = page.tree.xpath("//form//input[@type='checkbox']/@name")
        self.assertEqual(boxes, ["agree"], "What is left to tick is ticked here")
        return rows

    def read_mail(self, request):
        body = html.fromstring(self._mails(request)[:1].body_html)
        return [
            (tidy(line.xpath("strong")[0]), tidy(line.xpath("span")[0]))
            for line in body.xpath("//p[@class='o_answer']")
        ]

    def read_agent(self, request):
        page = html.fromstring(
            request.with_user(self.agent).with_context(lang="fr_FR").answers_html
        )
        return [
            (tidy(line.xpath("dt")[0]), tidy(line.xpath("dd")[0])) for line in page.xpath("//dl")
        ]

    def assertPaperSays(self, request, titled):
        """The whole text between the name of the procedure and the acknowledgment."""
        request = request.with_user(self.camille).with_context(lang="fr_FR").sudo()
        text = get_text(request._get_summary_file()["content"])
        words = text.partition(self.outing.name)[2].partition("Accusé de réception")[0]
        told = "".join(f"{label}{value}" for label, value in titled)
        self.assertEqual("".join(words.split()), "".join(told.split()))

    def assertSameEverywhere(self, shown, request):
        ticked = [("J'ai relu", f"Accord donné le {local_day(request.date_submitted):%d/%m/%Y}")]
        agent = self.read_agent(request)
        self.assertEqual(agent, shown + ticked)
        titles = {"Besoin d'aide": ("Votre venue", ""), "IBAN": ("Vos papiers", "")}
        titled = []
        for row in agent:
            titled += [titles[row[0]]] if row[0] in titles else []
            titled.append(row)
        self.assertPaperSays(request, titled)
        mail = self.read_mail(request)
        self.assertEqual([label for label, _text in mail], [label for label, _text in agent])
        hidden = {label for label, text in mail if text == MASKED}
        self.assertEqual(mail, [(row[0], MASKED if row[0] in hidden else row[1]) for row in agent])
        self.assertEqual(hidden, {label for label, _text in agent} & self.never_in_mail)
        return agent

    never_in_mail = {
        "Véhicule 1 – Sorte",
        "Véhicule 1 – Plaque",
        "Véhicule 2 – Sorte",
        "Places",
        "IBAN",
    }

    def test_one_summary_four_outputs(self):
        self.sign_in(self.camille)
        page = self.fill_in()
        shown = self.read_page(page)
        self.assertEqual(
            [each for each in shown if each[0] != "Assurance"],
            [
                ("Besoin d'aide", "Non"),
                ("Repas", "Voiture"),
                ("Jours – Car", "lundi, jeudi"),
                ("Véhicule 1 – Sorte", "Voiture"),
                ("Véhicule 1 – Plaque", "AB-123-CD"),
                ("Véhicule 2 – Sorte", "Vélo"),
                ("Places", "10"),
                ("IBAN", "FR76 3000 6000 0112 3456 7890 189"),
            ],
        )
        self.assertIn("police.jpg (1 page, ", dict(shown)["Assurance"])
        self.assertIn("/accuse/", self.send(page).headers["Location"])
        request = self.requests_of(self.outing)
        self.assertSameEverywhere(shown, request)
        # What no question asked is in none of them, whatever was posted.
        mail = self._mails(request)[:1]
        for text in (page.text, mail.body_html, str(request.answers), request.answers_html):
            self.assertNotIn(SECRET, html.fromstring(str(text)).text_content())
        self.assertNotIn(SECRET, get_text(request.sudo()._get_summary_file()["content"]))
        self.assertNotIn("7890", mail.body_html)
        self.assertIn(
            "d'autres peuvent lire votre messagerie", tidy(html.fromstring(mail.body_html))
        )

    def test_a_line_taken_out_is_nowhere(self):
        self.sign_in(self.camille)
        page = self.fill_in()
        edit = page.tree.xpath("//button[@name='_edit']/@value")[0]
        response = self.post(self.lake, [*self.inputs(page), ("_edit", edit)], reads=False)
        page = self.get(response.headers["Location"])
        page = self.post(self.lake, [*self.inputs(page), ("_drop", "cars.0")], reads=False)
        page = self.check(page, self.inputs(page))
        shown = self.read_page(page)
        self.assertIn(("Véhicule 1 – Sorte", "Vélo"), shown)
        self.assertIn(("Places", "5"), shown)
        self.assertNotIn("AB-123-CD", page.tree.text_content())
        self.send(page)
        request = self.requests_of(self.outing)
        agent = self.assertSameEverywhere(shown, request)
        self.assertNotIn("Véhicule 2 – Sorte", dict(agent))
        self.assertNotIn("AB-123-CD", f"{request.answers} {request.answers_html}")

    def test_changed_in_a_second_tab_it_is_read_again(self):
        self.sign_in(self.camille)
        first = self.fill_in()
        second = self.get(f"{self.lake}?etape=1")
        data = [(name, value) for name, value in self.inputs(second) if name != "cars.1.kind"]
        data = [(name, value) for name, value in data if name != "cars.1.plate"]
        self.check(second, [*data, ("cars.1.kind", "car"), ("cars.1.plate", "ZZ-999-ZZ")])
        response = self.send(first)
        self.assertIn("fait=change", response.headers["Location"])
        self.assertFalse(self.requests_of(self.outing))
        again = self.get(response.headers["Location"])
        self.assertIn("a changé depuis que vous", self.notice(again))
        shown = self.read_page(again)
        self.assertIn(("Véhicule 2 – Plaque", "ZZ-999-ZZ"), shown)
        self.send(again)
        rows = self.requests_of(self.outing).answers["cars"]
        self.assertEqual([row["plate"] for row in rows], ["AB-123-CD", "ZZ-999-ZZ"])

    def test_where_a_child_is_concerned_the_mail_repeats_no_answer(self):
        self.outing.sudo().applicant_kinds = "child"
        request = self.env["procedure.request"].new(
            {
                "procedure_id": self.outing.id,
                "version_id": self.outing.version_id.id,
                "answers": {"more": False, "meal": "car"},
            }
        )
        said, sentence = request.with_context(lang="fr_FR")._get_mail_sections()
        self.assertEqual(said, [])
        self.assertIn("ne répète pas ce que vous nous avez envoyé", sentence)

    def test_nor_the_names_of_its_papers(self):
        self.outing.sudo().applicant_kinds = "child"
        child = self.camille.partner_id.with_user(self.camille)._declare_child(
            {"firstname": "Lou", "lastname": "Durand", "birthdate": "2018-06-01"}
        )
        request = self._submit(
            procedure=self.outing,
            answers={"meal": "car", "agree": "1"},
            files={"proof": [upload("lucas-diabete.pdf")]},
            subjects=child,
        )
        mail = self._mails(request)[:1].body_html
        self.assertNotIn("diabete", mail)
        self.assertNotIn("Assurance", mail)
        self.assertIn("ne répète pas ce que vous nous avez envoyé", tidy(html.fromstring(mail)))

    def test_a_delicate_question_is_not_even_named_in_the_mail(self):
        """By its words, or by the title under which it stands."""
        asked = [
            {"key": "rsa", "type": "char", "label": "N° d'allocataire RSA"},
            {"key": "ill", "type": "section", "label": "Santé"},
            {"key": "any", "type": "boolean", "label": "En a-t-il\xa0?"},
            {"key": "end", "type": "section", "label": "Votre venue"},
            {"key": "car", "type": "boolean", "label": "En voiture"},
        ]
        procedure = self._procedure("Aide", "AIDE", self.waste, fields=asked, publish=False)
        request = self.env["procedure.request"].new(
            {
                "procedure_id": procedure.id,
                "version_id": procedure.version_ids[:1].id,
                "answers": {"rsa": "12", "any": True, "car": True},
            }
        )
        said, _sentence = request.with_context(lang="fr_FR")._get_mail_sections()
        self.assertEqual(
            [row[:2] for _title, rows in said for row in rows], [("En voiture", "Oui")]
        )


def tidy(node):
    return " ".join(node.text_content().split())
