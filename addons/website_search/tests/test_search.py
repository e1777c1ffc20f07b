from unittest.mock import patch
from urllib.parse import urlencode

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.territory_search.document import SearchDocument

PATH = "/recherche"
HOSTILE = (
    "%",
    "' OR 1=1 --",
    "a'b\"c\\<script>alert(1)</script>",
    "'':*&|!()",
    "😀🦄",
    "le la les",
    "mot " * 2500,
)


@tagged("post_install", "-at_install")
class TestSearch(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.commune = cls.env["territory.commune"].create(
            {"name": "Valmont", "insee_code": "99001"}
        )
        cls.Document = cls.env["territory.search.document"]
        cls._add(
            1,
            "Le Fournil des Xylophones",
            summary="Pain <b>chaud</b> & brioche",
            commune_ids=cls.commune.ids,
        )
        cls._add(2, "École de xylophone", phone="03 00 00 00 00", url="")

    @classmethod
    def _add(cls, number, name, kind="sheet", url="/annuaire/x", **values):
        document = SearchDocument(kind=kind, name=name, url=url, label="Ici", **values)
        cls.Document._keep("test", {number: document.to_json()})

    def _open(self, **params):
        response = self.url_open(f"{PATH}?{urlencode(params)}", allow_redirects=False)
        self.assertEqual(response.status_code, 200, params)
        return html.fromstring(response.content)

    def test_results_are_marked_and_escaped(self):
        page = self._open(q="xylophones")
        main = html.tostring(page.find(".//main"), encoding="unicode")
        self.assertIn("Le Fournil des <mark>Xylophones</mark>", main)
        self.assertIn("Pain &lt;b&gt;chaud&lt;/b&gt; &amp; brioche", main)
        self.assertEqual(len(page.xpath("//ol[contains(@class, 'et-rows')]/li")), 2)
        # Who has no page has a telephone.
        self.assertTrue(page.xpath("//main//ol//a[starts-with(@href, 'tel:')]"))
        self.assertTrue(page.xpath("//main//p[@role='status']"))

    def test_criteria_are_links_and_choices_and_are_taken_away(self):
        page = self._open(q="xylophones", ou=self.commune.slug)
        self.assertEqual(
            page.xpath("//select[@id='ou']/option[@selected]/@value"), [self.commune.slug]
        )
        away = page.xpath("//ul[contains(@class, 'et-chosen')]//a/@href")
        self.assertEqual(away, [f"{PATH}?q=xylophones"])

    def test_the_readers_village_is_in_the_address_never_read_from_her_browser(self):
        self.opener.cookies["mon_village"] = "99001"
        self.assertNotIn("Valmont", self._open(q="xylophones").xpath("string(//main//p[2])"))
        page = self._open(q="xylophones", pres="99001")
        self.assertIn(f"{PATH}?q=xylophones", page.xpath("//main//p/a/@href"))

    def test_nothing_found_proposes_near_words_and_a_telephone(self):
        self.env.company.phone = "03 00 00 00 09"
        page = self._open(q="xilofonne zzzzyyyy")
        empty = page.xpath("//main//*[contains(@class, 'et-empty')]")[0]
        self.assertIn(f"{PATH}?q=xylophone", "".join(empty.xpath(".//a/@href")))
        self.assertTrue(empty.xpath(".//a[starts-with(@href, 'tel:')]"))

    def test_an_answer_to_words_without_result_is_found_and_read(self):
        writer = new_test_user(
            self.env, "redaction.test", groups="territory_base.territory_group_communication"
        )
        miss = self.env["territory.search.miss"].create(
            {"digest": "x", "words": "brûler les quetsches", "count": 2, "date_last": "2026-11-26"}
        )
        action = miss.with_user(writer).action_write_question()
        Question = self.env[action["res_model"]].with_user(writer)
        question = Question.with_context(**action["context"]).create(
            {"answer": "<p>Jamais dans le <b>jardin</b>.</p>"}
        )
        self.assertEqual(question.name, "Brûler les quetsches\N{NO-BREAK SPACE}?")
        main = self._open(q="brûler quetsches").find(".//main")
        self.assertIn("Jamais dans le jardin", main.text_content())
        url = main.xpath(".//ol[contains(@class, 'et-rows')]//a/@href")[0]
        self.assertEqual(url, f"/questions#question-{question.id}")
        page = html.fromstring(self.url_open("/questions").content)
        told = page.get_element_by_id(f"question-{question.id}")
        self.assertIn("Jamais dans le jardin", told.text_content())
        question.active = False
        self.assertNotIn("quetsches", self.url_open("/questions").text)
        self.assertFalse(self._open(q="quetsches").xpath("//main//ol[contains(@class, 'et-rows')]"))

    def test_what_is_written_in_an_answer_is_not_run(self):
        question = {"name": "Un <i>zouave</i> ?", "answer": "<p>Non</p><script>alert(1)</script>"}
        self.env["search.question"].create(question)
        for path in ("/questions", f"{PATH}?q=zouave"):
            page = self.url_open(path).text
            self.assertIn("zouave", page)
            self.assertNotIn("<i>", page)
            self.assertNotIn("alert(1)", page)

    def test_words_without_result_are_counted_and_a_search_of_some_kind_is_not(self):
        kept = []
        self.env["territory.search.elsewhere"].create(
            {"name": "Passeport", "words": "zzzzwwww", "answer": "À la mairie."}
        )
        Miss = self.env.registry["territory.search.miss"]
        with patch.object(Miss, "_keep", lambda self, words: kept.append(words)):
            self._open(q="zzzzyyyy")
            self._open(q="zzzzyyyy", genre="commune")
            self._open(q="xylophones")
            self._open(q="zzzzwwww")
        self.assertEqual(kept, ["zzzzyyyy"])

    def test_one_network_adds_no_words_without_end_and_is_refused_no_search(self):
        self.env["public.guard"]._hit("territory.search", "127.0.0.1", 30, 900, by=30)
        Miss = self.env.registry["territory.search.miss"]
        with patch.object(Miss, "_keep") as keep:
            self.assertTrue(self._open(q="zzzzyyyy").xpath("//main//h1"))
        keep.assert_not_called()

    def test_hostile_words_break_nothing(self):
        for words in HOSTILE:
            content = html.tostring(self._open(q=words), encoding="unicode")
            self.assertNotIn("<script>alert", content)
            response = self.url_open(f"{PATH}/suggestions?{urlencode({'q': words})}")
            self.assertEqual(response.status_code, 200, words[:20])
        words = self._open(q="x" * 3000).xpath("//main//input[@name='q']/@value")
        self.assertEqual(len(words[0]), 100)
        Index, none = self.env.registry["territory.search.index"], self.Document.browse()
        with patch.object(Index, "_suggest", return_value=none) as suggest:
            self.url_open(f"{PATH}/suggestions?q={'x' * 3000}&pres=990011")
        self.assertEqual(len(suggest.call_args.args[0]), 100)
        self.assertEqual(suggest.call_args.args[1], 0, "The code of no commune")
        hostile = {"genre": "x'", "theme": "%", "pour": "😀", "pres": "990011"}
        for page in ("-1e9", "0", "99999999999999999999"):
            found = self._open(q="xylophones", **{**hostile, "page": page})
            self.assertEqual(len(found.xpath("//ol[contains(@class, 'et-rows')]/li")), 2, page)
            # No commune has this code: none comes first.
            self.assertNotIn(f"{PATH}?q=xylophones", found.xpath("//main//p/a/@href"))
        self.assertEqual(self.url_open(f"{PATH}?q=a&q=b&ou[]=1&page=2").status_code, 200)

    def test_suggestions_are_kept_a_minute_and_begin_no_session(self):
        response = self.url_open(f"{PATH}/suggestions?q=xylo")
        found = response.json()
        self.assertEqual({each["url"] for each in found}, {"/annuaire/x", "tel:0300000000"}, found)
        self.assertEqual(response.headers["Cache-Control"], "private, max-age=60")
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex")
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(self.url_open(f"{PATH}/suggestions?q=x").json(), [])

    def test_boxes_of_every_page_lead_here(self):
        page = html.fromstring(self.url_open("/").content)
        actions = set(page.xpath("//form[@role='search']/@action"))
        self.assertEqual(actions, {PATH})
        response = self.url_open("/website/search?search=bac", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith(f"{PATH}?q=bac"))

    def test_a_search_is_kept_for_nobody_nor_shown_by_search_engines(self):
        response = self.url_open(f"{PATH}?q=xylophones")
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        self.assertIn("private", response.headers["Cache-Control"])
        self.assertNotIn("X-Robots-Tag", self.url_open(PATH).headers)

    def test_number_of_queries_of_a_page(self):
        self._open(q="xylophones")
        with self.assertQueryCount(45):
            self._open(q="xylophone et fournil")
