import base64
import io
import re
from unittest.mock import patch

from lxml import html
from PIL import Image

from odoo.tests import tagged

from odoo.addons.street_report.tests.common import ANSWERS, StreetCase
from odoo.addons.territory_search.models.territory_search_index import Asked
from odoo.addons.website_parts.tests.common import PageCase

# Of what is known in one commune.
QUERIES = 40
SECRETS = ("Secret", "rue du Four", "ana@exemple.test", "tempête")


def photo_with_place():
    """As a phone takes it: where it was taken is written inside."""
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Mme Secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 46.0, 0.0), 3: "E", 4: (5.0, 9.0, 0.0)})
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(content, "JPEG", exif=exif)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestStreetPages(StreetCase, PageCase):
    def setUp(self):
        super().setUp()
        self.form = f"/demarches/{self.street.slug}/formulaire"

    def _words(self, page):
        return " ".join(page.tree.xpath("string(//main)").split())

    def _report(self, *args, is_read=True, **kwargs):
        """By a visitor; its place was read by the service, unless it is said otherwise."""
        request = super()._report(*args, **kwargs)
        request.sudo().write({"street_place": "Place de l’église", "street_is_shown": is_read})
        return request

    def _list(self):
        return self.get("/signaler?commune=99001")

    def _send(self, files=None, **typed):
        """The form as a visitor fills it in, then what is read again and sent."""
        page = self.get(f"{self.form}?commune=99001")
        self.assertEqual(self.value(page, "street_commune"), "Valmont")
        data = {**self.hidden(page), **ANSWERS, **typed, "_action": "check"}
        answer = self.post(self.form, data, files)
        self.assertEqual(answer.status_code, 303, self.errors(answer))
        page = self.get(answer.headers["Location"].partition("#")[0])
        self.checked = page
        carried = page.tree.xpath("//form[@data-public-form]//input[@type='hidden']")
        data = [(field.get("name"), field.get("value") or "") for field in carried]
        return self.post(self.form, [*data, ("_action", "send")])

    def _find(self):
        return self.env["procedure.request"].search([("procedure_id", "=", self.street.id)])

    def test_what_is_known_comes_first(self):
        self.assertEqual(
            self.url_open(self.form, allow_redirects=False).headers["Location"][-9:], "/signaler"
        )
        self.assertIn("Dans quelle commune", self._words(self.get("/signaler")))
        self.assertIn("Rien n’est en cours", self._words(self._list()))
        request = self._report(
            {"contact_email": "ana@exemple.test"}, [self._photo()], is_read=False
        )
        # Without a place, nobody can tell whether it is the same: the service reads it first.
        page = self._list()
        self.assertIn("Un signalement attend d’être lu", self._words(page))
        self.assertNotIn("Éclairage public", self._words(page))
        self.assertFalse(page.tree.xpath("//main//form"))
        same = f"/signaler/meme/{request.sudo().street_key}"
        self.assertEqual(self.post(same, {"email": ""}).status_code, 404)
        for secret in SECRETS:
            self.assertNotIn(secret, page.text)
        photo = f"/signaler/photo/{request.sudo().street_key}"
        self.assertEqual(self.url_open(photo).status_code, 404)
        request.with_user(self.secretary).write(
            {
                "street_place": "Devant <b>l’école</b>",
                "street_is_shown": True,
                "street_photo_id": request._get_street_photos()[0].id,
            }
        )
        page = self._list()
        self.assertIn("Devant <b>l’école</b>", self._words(page))
        self.assertIn("Éclairage public", self._words(page))
        self.assertIn("Reçu", self._words(page))
        self.assertNotIn("attend d’être lu", self._words(page))
        for secret in SECRETS:
            self.assertNotIn(secret, page.text)
        self.assertIn(photo, page.text)
        answer = self.url_open(photo)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertNotIn("photo.png", answer.headers["Content-Disposition"])
        self.assertNotIn("99002", self.get("/signaler?commune=99002").tree.xpath("//main//h1"))
        self.assertNotIn("Éclairage", self._words(self.get("/signaler?commune=99002")))

    def test_what_is_optional_is_said_once(self):
        self._report()
        for page in (self._list(), self.get(f"{self.form}?commune=99001")):
            (box,) = page.tree.xpath("//main//*[contains(@class, 'et-field')][.//@type='email']")
            words = " ".join(box.text_content().split())
            self.assertEqual(words.lower().count("facultatif"), 1, words)

    def test_the_same_is_confirmed_once_by_a_browser(self):
        request = self._report()
        data = self.hidden(self._list())
        path = f"/signaler/meme/{request.sudo().street_key}"
        self.assertEqual(self.post(path, {**data, "csrf_token": "no"}).status_code, 422)
        for _each in range(2):
            answer = self.post(path, data)
            self.assertEqual(answer.status_code, 303, self._words(answer))
        self.assertEqual(request.street_confirmations, 1)
        page = self._list()
        self.assertIn("Vu par une autre personne", self._words(page))
        self.assertIn("Vous l’avez confirmé", self._words(page))

    def test_a_guessed_number_tells_nothing(self):
        """A request of another procedure, one that is over, none at all: the same answer."""
        over = self._report(files=[self._photo()])
        mine = over.with_user(self.secretary)
        mine.street_photo_id = over._get_street_photos()[0]
        other = self._report()
        data = self.hidden(self._list())
        mine.action_take()
        mine.action_accept()
        other.sudo().state = "draft"
        shown = self._report(files=[self._photo()])
        shown.with_user(self.secretary).street_photo_id = shown._get_street_photos()[0]
        keys = (over.sudo().street_key, other.sudo().street_key)
        for number in (*keys, over.id, other.id, shown.id, 0, 2**40, "x"):
            with self.subTest(number):
                answer = self.post(f"/signaler/meme/{number}", data)
                self.assertEqual(answer.status_code, 404)
                self.assertEqual(self.url_open(f"/signaler/photo/{number}").status_code, 404)
        self.assertFalse(over.street_confirmations or shown.street_confirmations)

    def test_with_an_address_one_is_told_what_becomes_of_it(self):
        request = self._report()
        page = self._list()
        self.assertNotIn(f'/{request.id}"', page.text)
        data = self.hidden(page)
        path = f"/signaler/meme/{request.sudo().street_key}"
        refused = self.post(path, {**data, "email": "bea@"})
        self.assertEqual(refused.status_code, 422)
        self.assertIn("nom@exemple.fr", self._words(refused))
        self.assertEqual(refused.tree.xpath("//input[@name='email']/@value"), ["bea@"])
        self.assertFalse(request.street_confirmations)
        answer = self.post(path, {**self.hidden(refused), "email": "bea@exemple.test"})
        self.assertEqual(answer.status_code, 303, self._words(answer))
        self.assertEqual(request.sudo().street_followers, "bea@exemple.test")
        self.assertNotIn("bea@", self._list().text)

    def test_one_address_is_written_few_times(self):
        request = self._report()
        self.env["public.guard"]._hit("street.same.email", "bea@exemple.test", 9, 86400, by=9)
        data = {**self.hidden(self._list()), "email": "bea@exemple.test"}
        path = f"/signaler/meme/{request.sudo().street_key}"
        self.assertEqual(self.post(path, data).status_code, 429)
        self.assertFalse(request.street_confirmations or request.sudo().street_followers)

    def test_too_many_confirmations_of_one_connection(self):
        request = self._report()
        guard = self.env["public.guard"]
        guard._hit("street.same", "127.0.0.1", 30, 3600, by=30)
        data = self.hidden(self._list())
        self.assertEqual(
            self.post(f"/signaler/meme/{request.sudo().street_key}", data).status_code, 429
        )
        self.assertFalse(request.street_confirmations)

    def test_the_day_is_counted_by_report_and_by_connection(self):
        """A connection is an address: what is counted of it is cut as everywhere."""
        request = self._report()
        counted, hit = [], type(self.env["public.guard"])._hit

        def count(guard, scope, key, *args, **kwargs):
            counted.append((scope, key))
            return hit(guard, scope, key, *args, **kwargs)

        data = self.hidden(self._list())
        with patch.object(type(self.env["public.guard"]), "_hit", count):
            self.post(f"/signaler/meme/{request.sudo().street_key}", data)
        self.assertIn((f"street.same.one.{request.id}", "127.0.0.1"), counted)

    def test_where_it_is_not_asked_online_no_form_is_offered(self):
        form = "//main//a[contains(@href, '/formulaire')]"
        self.assertTrue(self._list().tree.xpath(form))
        self.street.commune_ids = self.other_commune
        page = self._list()
        self.assertFalse(page.tree.xpath(form))
        self.assertIn("appelez votre mairie", self._words(page))
        self.assertTrue(self.get("/signaler?commune=99002").tree.xpath(form))

    def test_without_account_nor_address_then_opened_again_by_the_code(self):
        answer = self._send([("street_photo", ("p.jpg", photo_with_place(), "image/jpeg"))])
        self.assertEqual(answer.status_code, 303, self.errors(answer))
        self.assertNotIn("Recevoir mon code", self._words(self.checked))
        page = self.get(answer.headers["Location"])
        request = self._find()
        self.assertEqual(len(request), 1)
        self.assertIn("pas laissé d’adresse", self._words(page))
        self.assertIn("Sur ce site, avec votre numéro et votre code", self._words(page))
        self.assertNotIn("Par courriel", self._words(page))
        code = re.search(r">\s*([2-9A-HJKMNP-Z]{10})\s*<", page.text)[1]
        # Nothing of where and by what it was taken.
        kept = Image.open(io.BytesIO(base64.b64decode(request._get_street_photos().file)))
        self.assertFalse(dict(kept.getexif()) or kept.getexif().get_ifd(0x8825))
        mine = request.with_user(self.secretary)
        mine.action_take()
        mine.action_accept()
        page = self.get("/suivi")
        follow = {**self.hidden(page), "numero": request.number, "code": code}
        answer = self.post("/suivi", follow)
        self.assertEqual(answer.status_code, 303, self._words(answer))
        path = f"/suivi/{request.number}"
        page = self.get(path)
        self.assertIn("Résolu", self._words(page))
        self.assertNotIn("acceptée", self._words(page))
        sent = {**self.hidden(page), "_act": "street_reopen"}
        self.assertEqual(self.post(f"{path}/acte", sent).status_code, 303)
        self.assertEqual(request.state, "in_review")

    def test_without_an_address_a_connection_reports_a_few_times_an_hour(self):
        path = f"{self.form}?commune=99001"
        self.env["public.guard"]._hit("street.nobody", "127.0.0.1", 5, 3600, by=4)
        self.assertNotIn("Trop d’essais", self._words(self.get(path)))
        self.env["public.guard"]._hit("street.nobody", "127.0.0.1", 5, 3600)
        # Said on the first page, not at the last press.
        words = self._words(self.get(path))
        self.assertIn("Trop d’essais", words)
        self.assertIn("donnez votre adresse", words)
        answer = self._send()
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Trop d’essais", self._words(answer))
        self.assertFalse(self._find())

    def test_an_address_is_proved_before_anything_is_sent(self):
        answer = self._send(contact_email="ana@exemple.test")
        self.assertIn("Recevoir mon code", self._words(self.checked))
        self.assertTrue(answer.headers["Location"].endswith("/formulaire/code"))
        self.assertFalse(self._find())

    def test_nothing_without_an_open_procedure(self):
        self.street.state = "suspended"
        page = self._list()
        self.assertEqual(page.status_code, 200)
        self.assertIn("appelez votre mairie", self._words(page))
        self.assertFalse(html.fromstring(page.text).xpath("//main//form[@method='post']"))

    def test_the_search_knows_its_page(self):
        """By what people see, not by its name."""
        Index = self.env["territory.search.index"]
        for words in ("signaler un problème", "nid de poule", "lampadaire"):
            with self.subTest(words):
                found = Index._list(Asked(words)).documents.mapped("url")
                self.assertIn("/signaler", found)

    def test_the_list_costs_no_query_by_report(self):
        counts = []
        for added in (2, 20):
            for _each in range(added):
                request = self._report(files=[self._photo()])
                request.with_user(self.secretary).street_photo_id = request._get_street_photos()[0]
            shown = self._list().text.count("/signaler/photo/")
            counts.append((shown, self.count_queries("/signaler?commune=99001")))
        (few, cost), (many, again) = counts
        self.assertEqual((few, many), (2, 22), "each of them is shown")
        self.assertEqual(again, cost)
        self.assertLess(cost, QUERIES)
