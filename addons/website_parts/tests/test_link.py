from odoo.http import Response
from odoo.tests import TransactionCase, tagged

from odoo.addons.http_routing.tests.common import MockRequest

from ..tools import web

SCOPE = "website_parts.test_link"


@tagged("post_install", "-at_install")
class TestLink(TransactionCase):
    """What all pages that a link opens owe: tries are counted, and why it opens nothing is not
    told to a stranger, nor kept by anybody."""

    def setUp(self):
        super().setUp()
        self.visitor = self.env(user=self.env.ref("base.public_user"))
        self.enterContext(MockRequest(self.visitor, remote_addr="192.0.2.1"))
        self.said = []

    def _close(self, sentence, status):
        self.said.append((sentence, status))
        return Response(sentence, status=status)

    def _open(self, found, **limit):
        return web.open_link(SCOPE, lambda: found, self._close, "Unknown", **limit)

    def test_what_it_opens_and_no_page(self):
        for _each in range(5):
            self.assertEqual(self._open("row", tries=2, seconds=60), ("row", None))
        self.assertFalse(self.said)

    def test_what_opens_nothing_is_told_in_the_same_words_then_stopped(self):
        for _each in range(2):
            found, page = self._open(None, tries=2, seconds=60)
            self.assertEqual((found, page.status_code), (None, 404))
            self.assertKeptNowhere(page)
        found, page = self._open("row", tries=2, seconds=60)
        self.assertEqual((found, page.status_code), (None, 429), "A true link after too many tries")
        self.assertKeptNowhere(page)
        self.assertEqual([status for _sentence, status in self.said], [404, 404, 429])
        self.assertEqual({sentence for sentence, _status in self.said[:2]}, {"Unknown"})
        self.assertNotIn("Unknown", self.said[2][0])

    def test_others_are_not_stopped(self):
        self._open(None, tries=1, seconds=60)
        with MockRequest(self.visitor, remote_addr="192.0.2.2"):
            self.assertEqual(self._open("row", tries=1, seconds=60), ("row", None))

    def assertKeptNowhere(self, page):  # noqa: N802
        names = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
        told = [page.headers.get(name) for name in names]
        self.assertEqual(told, ["no-store", "noindex", "no-referrer"])
