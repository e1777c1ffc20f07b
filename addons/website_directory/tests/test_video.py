from odoo.tests import BaseCase, tagged

from ..video import get_player

YOUTUBE = "https://www.youtube-nocookie.com/embed/a-B_9?autoplay=1&rel=0"
DAILYMOTION = "https://geo.dailymotion.com/player.html?video=x8abc"
PLAYED = {
    "https://www.youtube.com/watch?v=a-B_9&t=3": YOUTUBE,
    "https://youtu.be/a-B_9?si=x": YOUTUBE,
    "https://m.youtube.com/shorts/a-B_9": YOUTUBE,
    "https://www.dailymotion.com/video/x8abc_le-lavoir": DAILYMOTION,
    "https://dai.ly/x8abc": DAILYMOTION,
    "https://vimeo.com/123": "https://player.vimeo.com/video/123?dnt=1&autoplay=1",
    "https://vimeo.com/123/ab9": "https://player.vimeo.com/video/123?dnt=1&autoplay=1&h=ab9",
    "https://tube.test/w/k9Z": "https://tube.test/videos/embed/k9Z?autoplay=1&p2p=0",
    "https://tube.test/videos/watch/k9Z": "https://tube.test/videos/embed/k9Z?autoplay=1&p2p=0",
}
LINKS = (
    "",
    None,
    "https://",
    "https://[x/watch",
    "https://youtube.com/",
    "https://youtube.com/watch",
    "https://youtube.com/watch?v=a%22%3E",
    "https://youtu.be/a/b",
    "https://youtube.com.evil.test/watch?v=a",
    "https://evil.test/youtube.com/watch?v=a",
    "https://youtube.com@evil.test/watch?v=a",
    # A browser reads "\\" as "/": it goes to evil.test.
    "https://evil.test\\@youtube.com/watch?v=abc",
    "https://me@youtube.com/watch?v=abc",
    "https://vimeo.com/channels/x",
    "https://vimeo.com/123/ab9&autopause=0",
    "https://other.test/w/k9Z",
    "https://tube.test/w/",
    "https://tube.test/a/k9Z",
)


@tagged("post_install", "-at_install")
class TestVideo(BaseCase):
    def test_a_known_host_has_its_player(self):
        for url, src in PLAYED.items():
            self.assertEqual(get_player(url, ["tube.test"]).src, src, url)

    def test_anything_else_is_a_link(self):
        for url in LINKS:
            self.assertIsNone(get_player(url, ["tube.test"]), url)
        self.assertIsNone(get_player("https://tube.test/w/k9Z"))

    def test_a_trusted_host_is_read_as_people_write_it(self):
        for name in ("tube.test", "https://www.Tube.test/", " TUBE.test "):
            for address, host in (("tube.test", "tube.test"), ("WWW.tube.test", "www.tube.test")):
                player = get_player(f"https://{address}/w/k9Z", [name])
                src = f"https://{host}/videos/embed/k9Z?autoplay=1&p2p=0"
                self.assertEqual(player, ("tube.test", src), (name, address))
        self.assertIsNone(get_player("https:///w/k9Z", ["", "https://", "www."]))
