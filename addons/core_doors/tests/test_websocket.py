from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestWebsocket(HttpCase):
    """In a test core answers 503 to whoever may open a websocket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, group in (("agent.ws", "base.group_user"), ("resident.ws", "base.group_portal")):
            new_test_user(cls.env, login, groups=group)

    def open_websocket(self, origin):
        return self.get_answer(origin).status_code

    def get_answer(self, origin):
        headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
        if origin is not None:
            headers["Origin"] = origin
        # Not its body: the server of the tests sends none after such a request.
        url = self.base_url() + "/websocket"
        return self.opener.request("GET", url, headers=headers, timeout=12, stream=True)

    def test_staff_may_open_one_from_a_page_of_the_site(self):
        self.authenticate("agent.ws", "agent.ws")
        self.assertEqual(self.open_websocket(self.base_url()), 503)

    def test_resident_and_visitor_may_not(self):
        self.assertEqual(self.open_websocket(self.base_url()), 403)
        self.authenticate("resident.ws", "resident.ws")
        self.assertEqual(self.open_websocket(self.base_url()), 403)

    def test_page_of_another_origin_may_not(self):
        self.authenticate("agent.ws", "agent.ws")
        host = self.base_url().partition("//")[2]
        for origin in (
            None,
            "",
            "null",
            host,
            "http://evil.test",
            f"http://{host}.evil.test",
            f"http://evil.test/{host}",
            f"http://{host}@evil.test",
            f"http://user@{host}",
            f"ftp://{host}",
            f"http://{host.partition(':')[0]}",
            f"http://{host}0",
        ):
            with self.subTest(origin):
                self.assertEqual(self.open_websocket(origin), 403)

    def test_answer_is_readable_by_no_other_site(self):
        self.authenticate("agent.ws", "agent.ws")
        answer = self.get_answer(self.base_url())
        self.assertEqual(answer.status_code, 503)
        self.assertNotIn("Access-Control-Allow-Origin", answer.headers)
