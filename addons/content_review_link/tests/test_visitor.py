import socket
from unittest.mock import MagicMock, patch

import urllib3

from odoo.tests import BaseCase, tagged

from ..tools import visitor as visitor_module
from ..tools.address import is_public, read_host, read_url
from ..tools.visitor import ANSWERS, GONE, UNSURE, Visitor
from .common import PUBLIC, Net


def gone():
    return socket.gaierror(socket.EAI_NONAME, "unknown")


@tagged("post_install", "-at_install")
class TestVisitor(BaseCase):
    """What is asked of a site, and how."""

    def visit(self, net, url="https://www.exemple.test/page", hosts=("www.exemple.test",)):
        with net:
            return Visitor(hosts, "https://territoire.test").visit(url)

    def test_a_link_answers_or_is_gone_or_says_nothing(self):
        for answer, result in (
            ((200,), ANSWERS),
            ((304,), ANSWERS),
            ((404,), GONE),
            ((410,), GONE),
            ((403,), UNSURE),
            ((500,), UNSURE),
            ((429,), UNSURE),
            ((503,), UNSURE),
            (urllib3.exceptions.ReadTimeoutError(None, "/", "late"), UNSURE),
            ({"HEAD": (404,), "GET": (200,)}, ANSWERS),
            ({"HEAD": (405,), "GET": (404,)}, GONE),
        ):
            with self.subTest(answer=answer):
                self.assertEqual(self.visit(Net(**{"/page": answer})), result)

    def test_a_name_that_nobody_knows_is_gone_a_fault_of_ours_is_not(self):
        for error, result in (
            (gone(), GONE),
            (socket.gaierror(socket.EAI_AGAIN, "later"), UNSURE),
        ):
            net = Net()
            net.names["www.exemple.test"] = error
            self.assertEqual(self.visit(net), result)
            self.assertFalse(net.asked)

    def test_who_we_are_is_said_and_little_is_waited_for(self):
        for scheme, port in (("http", 80), ("https", 443)):
            net = Net()
            self.visit(net, f"{scheme}://www.exemple.test/page")
            self.assertEqual(net.asked[-1], ("HEAD", "www.exemple.test/page"))
            pool, options = net.calls[-1]
            self.assertEqual((pool.host, pool.port), (PUBLIC, port), "The address that was checked")
            self.assertEqual((pool.timeout.connect_timeout, pool.timeout.read_timeout), (10, 10))
            self.assertIn("https://territoire.test", options["headers"]["User-Agent"])
            self.assertEqual((options["redirect"], options["retries"]), (False, False))
            # Nothing is read, nor unpacked, before it is known how much.
            self.assertEqual(
                (options["preload_content"], options["decode_content"]), (False, False)
            )
            self.assertEqual(options["headers"]["Accept-Encoding"], "identity")
            self.assertTrue(net.response.close.called, "Nothing stays open")
        self.assertEqual(pool.assert_hostname, "www.exemple.test")
        self.assertEqual(pool.conn_kw["server_hostname"], "www.exemple.test")
        self.assertEqual(pool.cert_reqs, "CERT_REQUIRED")

    def test_what_is_never_asked(self):
        for url in (
            "ftp://www.exemple.test/",
            "javascript:alert(1)",
            "mailto:a@www.exemple.test",
            "/page",
            "https://www.exemple.test:8069/",
            "https://user:secret@www.exemple.test/",
            "https://exemple.test/",
            "https://a.www.exemple.test/",
            "https://www.exemple.test.autre.test/",
            "https://127.0.0.1/",
            "http://[::1]/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://localhost/",
            "http://10.0.0.10/",
            "http://[",
            "https://www.exemple.test/" + "a" * 1000,
        ):
            with self.subTest(url):
                net = Net()
                hosts = (
                    "www.exemple.test",
                    "127.0.0.1",
                    "::1",
                    "localhost",
                    "2130706433",
                    "10.0.0.10",
                )
                self.assertEqual(self.visit(net, url, hosts), UNSURE)
                self.assertFalse(net.asked)

    def test_a_name_that_leads_inside_is_not_asked(self):
        for address in (
            "127.0.0.1",
            "10.0.0.4",
            "172.16.3.2",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "fe80::1%eth0",
            "fc00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b::a00:1%eth0",
            "64:ff9b:1::a00:1",
            "2002:a00:1::1",
            "no address",
        ):
            with self.subTest(address):
                self.assertFalse(is_public(address))
                net = Net()
                net.names["www.exemple.test"] = [PUBLIC, address]
                self.assertEqual(self.visit(net), UNSURE)
                self.assertFalse(net.asked)
        self.assertTrue(is_public(PUBLIC))
        self.assertTrue(is_public("2a00:1450:4007:80e::2004"))

    def test_a_redirection_is_followed_in_the_list_only(self):
        for location, result, asked in (
            ("/ailleurs", ANSWERS, "www.exemple.test/ailleurs"),
            ("https://autre.test/x", GONE, "autre.test/x"),
            ("https://dehors.test/x", ANSWERS, "www.exemple.test/page"),
            ("http://127.0.0.1/x", ANSWERS, "www.exemple.test/page"),
            ("/page", UNSURE, "www.exemple.test/page"),
            # No address at all: the links that follow are asked all the same.
            ("http://[", UNSURE, "www.exemple.test/page"),
        ):
            with self.subTest(location):
                net = Net(**{"/page": (301, location), "autre.test/x": (404,)})
                hosts = ("www.exemple.test", "autre.test")
                self.assertEqual(self.visit(net, hosts=hosts), result)
                self.assertEqual(net.get_targets()[-1], asked)
                self.assertLessEqual(len(net.asked), 7)

    def test_what_a_site_asks_of_robots_is_done(self):
        for robots, asked in (
            ((200, "", b"User-agent: *\nDisallow: /page"), 0),
            ((200, "", b"User-agent: E-TerritoireLinks\nDisallow: /"), 0),
            ((200, "", b"User-agent: autre\nDisallow: /"), 1),
            ((200, "", b"# \xe9t\xe9\nUser-agent: autre\nDisallow: /"), 1),
            ((404,), 1),
            ((500,), 0),
            ((429,), 0),
            (urllib3.exceptions.ConnectTimeoutError(), 0),
        ):
            with self.subTest(robots=robots):
                net = Net(**{"/robots.txt": robots})
                self.assertEqual(self.visit(net), ANSWERS if asked else UNSURE)
                self.assertEqual(len(net.get_targets()), asked)

    def test_a_busy_site_is_left_alone_and_none_is_asked_without_end(self):
        for status in (429, 503):
            net = Net(**{"/1": (status,)})
            with net:
                visitor = Visitor(["www.exemple.test"], "x")
                for rank in range(3):
                    visitor.visit(f"https://www.exemple.test/{rank}")
            self.assertEqual(net.get_targets(), ["www.exemple.test/0", "www.exemple.test/1"])
        net = Net()
        with net:
            visitor = Visitor(["www.exemple.test"], "x")
            for rank in range(30):
                visitor.visit(f"https://www.exemple.test/{rank}")
        self.assertEqual(len(net.get_targets()), 20)
        self.assertEqual(len(net.asked), 21, "robots.txt, once")

    def test_a_name_that_leads_nowhere_is_not_asked(self):
        net = Net()
        net.names["www.exemple.test"] = []
        self.assertEqual(self.visit(net), UNSURE)
        self.assertFalse(net.asked)

    def test_the_beginning_of_robots_txt_is_read_and_nothing_of_a_page(self):
        with patch.object(Visitor, "_read", return_value=b"") as read:
            self.visit(Net(**{"/page": (404,)}))
        self.assertEqual([call.args[1] for call in read.call_args_list], [64 * 1024, 0, 0])

    def test_no_more_is_read_than_wanted(self):
        response = MagicMock()
        response.read.side_effect = lambda size: b"a" * size
        self.assertEqual(len(Visitor([], "x")._read(response, 10_000)), 10_000)
        response.read.side_effect = lambda size: b"a"
        with patch.object(visitor_module, "monotonic", side_effect=range(100)):
            self.assertLess(len(Visitor([], "x")._read(response, 10_000)), 20)

    def test_names_are_compared_as_the_network_does(self):
        self.assertEqual(read_host("  WWW.Exemple.FR "), "www.exemple.fr")
        self.assertEqual(read_host("mairie-épinal.fr"), "xn--mairie-pinal-heb.fr")
        self.assertEqual(read_url("https://x.fr/é à?q=é").target, "/%C3%A9%20%C3%A0?q=%C3%A9")
        wrong = ("exemple", "1.2.3.4", "10.0.0.10", "http://a.fr", "a.fr/x", "a.fr:80", "a..fr")
        for name in (*wrong, "*.a.fr", "a." * 126 + "fr"):
            self.assertEqual(read_host(name), "", name)
        for name in ("", "exemple", "10.0.0.10"):
            self.assertIsNone(read_url(f"https://{name}/"), name)
