import base64
import io

from lxml import html
from PIL import Image

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import CommuneHttpCase

PASSWORD = "une phrase assez longue"


def picture(colour, size=(1800, 1200)):
    stream = io.BytesIO()
    noise = Image.effect_noise(size, 60).convert("RGB")
    Image.blend(noise, Image.new("RGB", size, colour), 0.5).save(stream, "JPEG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestPictures(CommuneHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        room = {"name": "Foyer", "photo": base64.b64encode(picture("blue")), "photo_alt": "Bleu"}
        cls.publish(
            photo=base64.b64encode(picture("red")),
            photo_alt="La rue haute",
            room_ids=[Command.clear(), Command.create(room)],
        )
        cls.writer = new_test_user(
            cls.env,
            "secretaire.photo",
            groups="territory_base.territory_group_secretary",
            password=PASSWORD,
        )
        cls.town_hall.user_ids += cls.writer
        cls.writer.territory_commune_ids = cls.commune

    def _get_pictures(self, commune):
        """{width: address} of each picture that the page draws."""
        values = {"commune": commune, "website": self.env.ref("website.default_website")}
        drawn = []
        for shown in commune._get_page_blocks():
            if shown.key in ("body", "rooms"):
                part = self.env["ir.qweb"]._render(
                    shown.block.template, {**values, "shown": shown, "values": shown.values}
                )
                drawn.append(part)
        sets = self._read(drawn)
        return [
            {int(width[:-1]): url for url, width in (each.split() for each in every.split(", "))}
            for every in sets
        ]

    def _read(self, parts):
        whole = "".join(map(str, parts))
        return html.fromstring(f"<div>{whole}</div>").xpath("//img/@srcset")

    def test_a_phone_takes_a_small_picture(self):
        photo, room = self._get_pictures(self.commune)
        for widths in (photo, room):
            sizes = {width: len(self.get(url).content) for width, url in widths.items()}
            self.assertEqual(sorted(sizes), [480, 960, 1600])
            self.assertLess(sizes[480] * 2, sizes[960])
            self.assertLess(sizes[480], 100_000, "all grain")
        served = self.get(photo[480])
        self.assertEqual(Image.open(io.BytesIO(served.content)).width, 480)
        self.assertIn("immutable", served.headers["Cache-Control"])

    @mute_logger("odoo.http")
    def test_other_widths_and_pictures_off_the_site_are_not_drawn(self):
        photo, room = self._get_pictures(self.commune)
        whole = self.get(photo[480].replace("480", "")).content
        for width in ("1", "99999", "-1", "x", "479"):
            served = self.get(photo[480].replace("largeur=480", f"largeur={width}"))
            self.assertEqual(served.content, whole, width)
        self.commune._publish_as("test", {}, is_online=False)
        for url in (photo[480], room[480]):
            self.get(url, 404)

    @mute_logger("odoo.http")
    def test_a_preview_shows_the_pictures_of_the_proposal_to_its_readers_only(self):
        draft = self.commune.with_user(self.writer)._propose()
        draft._change({"photo": picture("green")})
        photo, room = self._get_pictures(draft._get_preview())
        self.authenticate(self.writer.login, PASSWORD)
        seen = Image.open(io.BytesIO(self.get(photo[480]).content))
        self.assertEqual(seen.width, 480)
        red, green, _blue = seen.resize((1, 1)).getpixel((0, 0))
        self.assertGreater(green, red)
        self.get(room[960])
        self.authenticate(None, None)
        for url in (photo[480], room[480]):
            self.assertNotEqual(self.url_open(url, allow_redirects=False).status_code, 200)

    def test_a_local_page_is_kept_until_it_changes(self):
        def see():
            answer = self.get("/communes/valmont/lhistoire")
            return answer.headers.get("ETag"), self.text(answer)

        first, text = see()
        self.assertTrue(first, "kept")
        self.assertIn("Il était", text)
        self.assertEqual(see()[0], first)
        self.page._publish_as("test", {"body": "<p>Autrefois.</p>"})
        tag, text = see()
        self.assertNotEqual(tag, first)
        self.assertIn("Autrefois", text)
        self.make_page(name="Le cimetière")
        self.assertIn("Le cimetière", see()[1], "to read too")

    def test_a_closed_page_shows_no_picture_and_no_local_page(self):
        local = self.commune.page_ids[:1]
        paths = [f"/contenu/territory.commune/{self.commune.id}/photo"]
        paths += [f"{paths[0]}?largeur=480"]
        paths += [f"/contenu/commune.room/{self.commune.room_ids.id}/photo"]
        for path in paths:
            self.get(path)
        self.assertTrue(local._is_shown())
        self.commune.page_state = "closed"
        for path in paths:
            self.get(path, 404)
        self.assertFalse(local._is_shown())
        self.get(self.commune._get_content_url())
        self.get(local._get_content_url(), 404)
