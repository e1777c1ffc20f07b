import io
from base64 import b64encode
from unittest.mock import patch
from urllib.parse import urlsplit

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.website_commune.tests.common import CommuneCase
from odoo.addons.website_parts.tests.common import PageCase

WHY = "Pas maintenant."


def photo():
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(stream, "PNG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestFirstHour(CommuneCase, PageCase):
    """The secretary of Clairval, whose page nobody has written yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.module.module"]._load_module_terms(
            [
                "content_approval",
                "website_content_approval",
                "website_commune_contribution",
                "website_commune_start",
            ],
            ["fr_FR"],
        )
        cls.village = cls.other_commune
        cls.hall = cls.env["territory.service"].create(
            {
                "name": "Mairie de Clairval",
                "code": "mairie-clairval",
                "kind": "town_hall",
                "commune_ids": [(6, 0, cls.village.ids)],
            }
        )
        cls.env["content.validator"].create({"user_id": cls.communication.id})
        cls.neighbour = cls._new_staff("autre.secretaire", "secretary")
        cls.neighbour.territory_commune_ids = cls.commune
        cls.neighbour.territory_service_ids = cls.town_hall
        cls.secretary.write(
            {
                "territory_commune_ids": [(6, 0, cls.village.ids)],
                "territory_service_ids": [(6, 0, cls.hall.ids)],
            }
        )
        cls.password = "un cheval bleu dans la neige"
        for user in cls.secretary | cls.neighbour | cls.communication:
            user.sudo().password = cls.password
            user.partner_id.lang = "fr_FR"

    def sign_in(self, user):
        self.authenticate(user.login, self.password)

    def words(self, page, path="//main"):
        return " ".join(" ".join(node.text_content().split()) for node in page.tree.xpath(path))

    def test_what_lacks_is_known_without_reading_the_photos(self):
        self.publish(photo=b64encode(photo()), photo_alt="Le lavoir")
        self.commune.flush_recordset()
        self.env.invalidate_all()
        read = []
        with patch.object(
            type(self.env["ir.attachment"]), "_file_read", lambda *args: read.append(args) or b""
        ):
            lacking = self.commune._list_lacking()
        self.assertFalse(read)
        titles = {question.names for question in lacking}
        self.assertFalse([names for names in titles if "photo" in names])
        self.assertTrue([q for q in self.village._list_lacking() if "photo" in q.names])

    def form(self, page, path):
        data = {}
        for node in page.tree.xpath(f"//main//form[@action='{path}']//*[@name]"):
            if node.tag == "button" or node.get("type") in ("checkbox", "file"):
                continue
            value = node.text if node.tag == "textarea" else node.get("value")
            if node.tag == "select":
                value = (node.xpath("option[@selected]/@value") or [""])[0]
            data.setdefault(node.get("name"), []).append(value or "")
        return data

    def press(self, page, wanted, files=None, **typed):
        data = self.form(page, self.path)
        data |= {name.replace("__", "."): value for name, value in typed.items()}
        answer = self.post(self.path, {**data, "_do": wanted}, files)
        if answer.status_code == 303:
            return self.get(answer.headers["Location"])
        return answer

    def begin(self):
        self.sign_in(self.secretary)
        page = self.get("/my/contributions")
        start = "/my/contributions/premiere-heure"
        answer = self.post(start, self.form(page, start))
        self.assertEqual(answer.status_code, 303)
        self.path = urlsplit(answer.headers["Location"]).path
        self.revision = self.env["content.revision"].search(
            [("author_id", "=", self.secretary.id)], order="id desc", limit=1
        )
        return self.get(self.path)

    def open_question(self, code):
        codes = [each for each, _question in self.village._list_first_questions()]
        return self.get(f"{self.path}?question={codes.index(code) + 1}")

    def test_what_the_page_lacks_is_told_and_leads_to_the_questions(self):
        self.sign_in(self.secretary)
        words = self.words(self.get("/my/contributions"))
        self.assertIn("Il y manque encore", words)
        self.assertIn("les élus", words)
        page = self.begin()
        self.assertEqual(
            len(page.tree.xpath("//ol[@class='et-q']/li")),
            len(self.village._list_first_questions()),
        )
        self.assertEqual(len(page.tree.xpath("//li[@aria-current='step']")), 1)

    def test_all_of_it_is_sent_at_the_end_and_the_page_is_right(self):
        self.begin()
        before = self.village.read(["tagline", "photo", "practical", "version"])
        page = self.open_question("line")
        page = self.press(page, "next", tagline="Sur la colline")
        self.assertIn("Sur la colline", self.words(page, "//aside"))
        page = self.press(
            self.open_question("photo"),
            "next",
            files=[("photo", ("village.png", photo(), "image/png"))],
            photo_alt="La grande rue",
        )
        page = self.press(
            self.open_question("members"),
            "next",
            member_ids__0__name="Zoé Berne",
            member_ids__0__function="Maire",
        )
        key = "Clé\xa0: à la mairie"
        page = self.press(self.open_question("asked"), "next", practical=key)
        self.assertIn("Zoé Berne", self.words(page, "//ol"))
        self.assertIn(
            key, page.tree.xpath("//ol[@class='et-q']")[0].text_content(), "cut nowhere in a line"
        )
        page = self.press(self.open_question("alerts"), "skip", panneaupocket_url="https://a.b")
        self.assertIn("Envoyer", self.words(page))
        self.village.invalidate_recordset()
        self.assertEqual(self.village.read(["tagline", "photo", "practical", "version"]), before)
        page = self.press(page, "send", message="Bonjour.")
        self.revision.invalidate_recordset()
        self.assertEqual(self.revision.state, "submitted")
        self.assertFalse(self.revision.values["panneaupocket_url"], "passed is not answered")
        accept(self.revision.with_user(self.communication))
        words = self.words(self.get(self.village._get_content_url()))
        for told in ("Sur la colline", "Zoé Berne", "À la mairie"):
            self.assertIn(told, words)
        self.assertIn("La grande rue", self.get(self.village._get_content_url()).text)

    def test_who_stops_in_the_middle_goes_on_there(self):
        self.begin()
        self.press(self.open_question("line"), "next", tagline="Sur la colline")
        page = self.get(self.path)
        self.assertIn("Sur la colline", self.words(page))
        self.assertEqual(self.revision.state, "draft")
        # The first question without answer is open.
        codes = [code for code, _question in self.village._list_first_questions()]
        self.assertNotEqual(
            self.words(page, "//li[@aria-current='step']//h2"),
            self.village._get_first_questions()["line"].title,
        )
        self.assertTrue(codes)

    def test_another_question_is_opened_without_losing_what_is_typed(self):
        self.begin()
        self.press(self.open_question("line"), "go.1", tagline="Sur la colline")
        self.revision.invalidate_recordset()
        self.assertEqual(self.revision.values["tagline"], "Sur la colline")

    def test_what_is_wrong_is_told_in_its_question(self):
        self.begin()
        answer = self.press(self.open_question("line"), "next", tagline="x" * 300)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(set(self.errors(answer)), {"tagline"})
        self.assertIn("Erreur", answer.tree.findtext(".//title"))
        self.assertNotIn("Erreur", answer.tree.xpath("string(//h1)"))
        self.assertEqual(self.value(answer, "tagline"), "x" * 300)
        # A photo asks for its words at once, and is kept; who goes elsewhere is asked at the end.
        answer = self.press(
            self.open_question("photo"),
            "next",
            files=[("photo", ("village.png", photo(), "image/png"))],
        )
        self.assertEqual(set(self.errors(answer)), {"photo_alt"})
        self.assertTrue(answer.tree.xpath("//main//*[@class='et-kept']//img"))
        answer = self.press(self.get(f"{self.path}?question=99"), "send")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(set(self.errors(answer)), {"photo_alt"})

    def test_nothing_changed_is_nothing_to_send(self):
        self.publish(self.village)
        self.begin()
        answer = self.press(self.get(f"{self.path}?question=99"), "send")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Rien", self.notice(answer))

    def test_two_tabs_lose_nothing(self):
        self.begin()
        first, second = self.open_question("line"), self.open_question("line")
        self.press(first, "next", tagline="Un")
        answer = self.press(second, "next", tagline="Deux")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.value(answer, "tagline"), "Deux")
        self.assertIn("question=", self.asked_again(answer))
        self.press(self.get(f"{self.path}?question=99"), "send")
        answer = self.press(second, "next", tagline="Trois")
        self.assertIn("entre-temps", self.notice(answer))
        self.assertEqual(self.value(answer, "tagline"), "Trois", "Sent meanwhile")

    def test_the_form_of_nobody_else(self):
        self.begin()
        self.sign_in(self.neighbour)
        self.assertEqual(self.url_open(self.path).status_code, 404)
        start = "/my/contributions/premiere-heure"
        token = self.form(self.get("/my/contributions"), start)
        token["commune"] = [str(self.village.id)]
        self.assertEqual(self.post(start, token).status_code, 404)
        self.authenticate(None, None)
        response = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_who_may_only_look_answers_nothing(self):
        self.begin()
        self.manager.sudo().password = self.password
        self.sign_in(self.manager)
        self.assertEqual(self.get(f"/my/a-relire/{self.revision.id}").status_code, 200)
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_only_the_page_of_a_commune_is_asked_so(self):
        page = self.make_page(self.village, name="Le lavoir")
        draft = page.with_user(self.secretary)._propose()
        self.sign_in(self.secretary)
        path = f"/my/contributions/{draft.id}/premiere-heure"
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_sent_it_is_asked_no_more(self):
        self.begin()
        self.press(self.open_question("line"), "next", tagline="Sur la colline")
        self.press(self.get(f"{self.path}?question=99"), "send")
        response = self.url_open(self.path, allow_redirects=False)
        self.assertTrue(
            response.headers["Location"].endswith(f"/my/contributions/{self.revision.id}")
        )

    def test_what_is_refused_late_leaves_nothing_and_sent_it_is_not_drawn(self):
        self.begin()
        self.press(self.open_question("line"), "next", tagline="Sur la colline")
        end = self.get(f"{self.path}?question=99")
        Revision = self.registry["content.revision"]
        tell = Revision._tell_readers

        def refuse(revision, *args):
            tell(revision, *args)
            raise UserError(WHY)

        with patch.object(Revision, "_tell_readers", refuse):
            self.assertIn(WHY, self.words(self.press(end, "send")))
        self.revision.invalidate_recordset()
        self.assertEqual(self.revision.state, "draft")
        data = self.form(end, self.path)
        self.assertEqual(self.post(f"{self.path}/apercu", data).status_code, 200)
        self.press(end, "send")
        self.revision.invalidate_recordset()
        self.assertEqual(self.revision.state, "submitted")
        self.assertEqual(self.post(f"{self.path}/apercu", data).status_code, 404)

    def test_hostile_values_never_break_the_page(self):
        self.begin()
        for query in ("question=-1", "question=x&ligne[]=1", "question=99999999999", "ligne=%3Cb"):
            self.assertEqual(self.url_open(f"{self.path}?{query}").status_code, 200, query)
        for wanted in ("go.x", "add.__class__", "\x00", "add.member_ids.x"):
            answer = self.press(self.open_question("line"), wanted, tagline="Un")
            self.assertLess(answer.status_code, 500, wanted)
