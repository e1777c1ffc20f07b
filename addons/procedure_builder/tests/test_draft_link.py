from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.partner_household.tests import snapshot
from odoo.addons.territory_base import clock
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


@tagged("post_install", "-at_install")
class TestDraftLink(WebsiteProcedureCommon):
    """A draft shown to a colleague without account, by a dated link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        form = [
            {"key": "p1", "type": "page", "label": "Un"},
            {"key": "name", "type": "char", "label": "Prénom", "required": True},
            {"key": "proof", "type": "file", "label": "Papier", "required": True},
            {"key": "p2", "type": "page", "label": "Deux"},
            {"key": "why", "type": "char", "label": "Pourquoi", "required": True},
        ]
        procedure = cls._procedure("Brouillon", "BROUI", cls.waste, fields=form, publish=False)
        cls.draft = procedure.version_ids
        cls.link = cls.env["procedure.version.link"].with_user(cls.manager)
        cls.link = cls.link.create({"version_id": cls.draft.id, "note": "Marie, à la mairie"})
        cls.path = f"/demarches/essai/{cls.link.sudo().token}"

    def _get_status(self, path=None):
        return self.url_open(path or self.path).status_code

    def test_it_is_read_without_account_and_by_no_search_engine(self):
        response = self.url_open(self.path)
        self.assertIn("Prénom", response.text)
        day = self.link.date_end.strftime("%d/%m/%Y")
        self.assertIn(day, response.text)
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex, nofollow")
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn("essai", self.url_open("/sitemap.xml").text)

    def test_nothing_is_written_by_trying(self):
        self.url_open(self.path)
        # Every cell; what the sessions of the site leave is no row.
        before = snapshot.take(self.env)
        typed = {"name": "Ana", "_page": "p1"}
        refused = self.url_open(self.path, data={**typed, "_action": "next"})
        self.assertEqual(refused.status_code, 422)
        files = {"proof": ("papier.png", b"not a picture", "image/png")}
        turned = self.url_open(self.path, data={**typed, "_action": "next"}, files=files)
        self.assertIn("Pourquoi", turned.text)
        last = {"name": "Ana", "_file.proof": "papier.png", "why": "Voir", "_page": "p2"}
        sent = self.url_open(self.path, data={**last, "_action": "send"})
        self.assertEqual(sent.status_code, 200)
        self.assertIn('id="reponses"', sent.text)
        self.assertEqual(snapshot.compare(before, snapshot.take(self.env)), {})

    def test_withdrawn_it_is_no_address_at_once(self):
        self.assertEqual(self._get_status(), 200)
        self.link.action_withdraw()
        self.assertEqual(self._get_status(), 404)
        self.assertFalse(self.link.url)
        when = self.link.withdrawn_on
        self.link.action_withdraw()
        self.assertEqual(self.link.withdrawn_on, when)

    def test_past_its_day_it_is_no_address(self):
        last = self.link.date_end
        today = clock.today()
        self.assertEqual((last - today).days, 14)
        Link = self.env["procedure.version.link"]
        token = self.link.sudo().token
        with freeze_time(last):
            self.assertTrue(Link._find_open(token))
        self.env.invalidate_all()
        with freeze_time(fields.Date.add(last, days=1)):
            self.assertFalse(Link._find_open(token))
        self.link.date_end = fields.Date.subtract(today, days=1)
        self.assertEqual(self._get_status(), 404)
        with self.assertRaises(ValidationError):
            self.link.date_end = fields.Date.add(today, days=91)

    def test_a_guessed_secret_opens_nothing(self):
        token = self.link.sudo().token
        self.assertGreaterEqual(len(token), 43)
        self.link.sudo().copy()
        for wrong in (token[:-1], f"{token}x", token.swapcase(), "%25", "_" * 43, "False", "1"):
            with self.subTest(wrong):
                self.assertEqual(self._get_status(f"/demarches/essai/{wrong}"), 404)
        for empty in ("", False, None):
            self.assertFalse(self.env["procedure.version.link"]._find_open(empty))

    def test_published_or_archived_the_draft_is_shown_no_more(self):
        self.draft.procedure_id.active = False
        self.assertEqual(self._get_status(), 404)
        self.draft.procedure_id.active = True
        self.assertEqual(self._get_status(), 200)
        self.draft.procedure_id.action_publish()
        self.assertEqual(self._get_status(), 404)
        with self.assertRaises(ValidationError):
            self.link.copy()

    def test_who_made_it_and_how_often_it_was_opened(self):
        for _time in range(3):
            self.url_open(self.path)
        self.url_open(self.path, data={"name": "Ana", "_action": "next"})
        self.link.invalidate_recordset()
        self.assertEqual((self.link.opened_count, self.link.create_uid), (3, self.manager))
        action = self.draft.with_user(self.manager).action_share()
        self.assertIn(self.link, self.env["procedure.version.link"].search(action["domain"]))
        self.assertTrue(self.link.url.endswith(self.path))

    def test_a_manager_alone_makes_and_withdraws_links(self):
        for user in (self.agent, self.secretary, self.dpo, self.camille):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(self.link.with_user(user).has_access(operation))
            with self.assertRaises(AccessError):
                self.link.with_user(user).action_withdraw()
        with self.assertRaises(AccessError):
            self.link.read(["token"])
        for name, value in (("opened_count", 5), ("withdrawn_on", False), ("token", "x")):
            with self.assertRaises(UserError):
                self.link.write({name: value})
        made = self.link.create(
            {"version_id": self.draft.id, "token": "x", "opened_count": 5, "withdrawn_on": False}
        )
        self.assertNotEqual(made.sudo().token, "x")
        self.assertFalse(made.opened_count)
