from odoo import http
from odoo.http import request
from odoo.tests import HttpCase, new_test_user, tagged

PATH = "/page-essai"
PASSWORD = "une phrase assez longue"


def draw(**values):
    return request.render("website_page_cache.page_test", values)


class PageTest(http.Controller):
    """A page that counts how often it is drawn, and does what the test says."""

    drawn = 0
    act = staticmethod(draw)

    @http.route(
        [PATH, f"{PATH}/<string:name>"],
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        csrf=False,
        page_cache=("couleur",),
        page_cache_own=("village",),
    )
    def page(self, **kwargs):
        PageTest.drawn += 1
        return PageTest.act()


# A route of the tests that ask for it, not of the sweeps of all routes.
http.Controller.children_classes["website_page_cache"].remove(PageTest)


@tagged("post_install", "-at_install")
class PageCacheCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        controllers = http.Controller.children_classes["website_page_cache"]
        controllers.append(PageTest)
        cls.addClassCleanup(cls.env.registry.clear_cache, "routing")
        cls.addClassCleanup(controllers.remove, PageTest)
        cls.env.registry.clear_cache("routing")
        cls.website = cls.env.ref("website.default_website")
        cls.company = cls.website.company_id
        cls.company.phone = "03 53 01 00 00"
        cls.view = cls.env["ir.ui.view"].create(
            {
                "name": "Page of a test",
                "key": "website_page_cache.page_test",
                "type": "qweb",
                "arch": "<html><body><h1>Essai</h1><p t-out='res_company.phone'/>"
                "<p t-out='res_company.street'/><p t-out='request.env.user.name'/>"
                "<p t-out='website.name'/><p t-out='words'/>"
                "<a t-foreach='website.menu_id.child_id' t-as='item' t-out='item.name'/>"
                "</body></html>",
            }
        )
        cls.resident = new_test_user(
            cls.env, "resident@example.com", "base.group_portal", password=PASSWORD
        )

    def setUp(self):
        super().setUp()
        self.let(draw)

    def let(self, act):
        """What the page does from now on."""
        PageTest.act = staticmethod(act)

    def see(self, path=PATH, status=200, **kwargs):
        """The answer, and how often the page was drawn for it."""
        before = PageTest.drawn
        # A browser without cookie, unless it is given some.
        if not (self.session and self.session.uid) and "cookies" not in kwargs:
            self.opener.cookies.pop("session_id", None)
        answer = self.url_open(path, allow_redirects=False, **kwargs)
        self.assertEqual(answer.status_code, status, answer.text[-1500:])
        return answer, PageTest.drawn - before

    def assertKept(self, path=PATH, **kwargs):
        self.see(path, **kwargs)
        answer, drawn = self.see(path, **kwargs)
        self.assertEqual(drawn, 0, "drawn once for all")
        return answer

    def assertDrawn(self, path=PATH, **kwargs):
        answer, drawn = self.see(path, **kwargs)
        self.assertEqual(drawn, 1, "drawn for this reader")
        return answer
