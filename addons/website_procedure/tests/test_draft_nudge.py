from datetime import timedelta

from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from odoo.addons.territory_base import clock

from ..models.website_procedure_pending_nudge import NUDGE_STOP
from .common import WebsiteProcedureCommon


@tagged("post_install", "-at_install")
class TestDraftNudge(WebsiteProcedureCommon):
    """One reminder, the day after, of a draft that was not sent."""

    def setUp(self):
        super().setUp()
        self.Pending = self.env["website.procedure.pending"]
        self.draft = self.begin(self.camille)
        # What the database wrote when it was begun.
        self.begun = self.draft.write_date

    def begin(self, user, procedure=None):
        partner = user and user.partner_id
        draft, _claim = self.Pending._start(procedure or self.procedure, partner)
        draft._keep(answers={"name": "Louis"})
        self.env.flush_all()
        return draft

    def mails(self):
        return self.env["mail.mail"].search([("subject", "ilike", "pas encore envoyée")])

    def play(self, **delay):
        self.Pending._nudge_drafts(self.begun + timedelta(**delay))
        self.env.flush_all()
        return self.mails()

    def test_once_after_a_day(self):
        self.assertFalse(self.play(hours=23))
        mail = self.play(hours=25)
        self.assertEqual(mail.email_to, self.camille.email)
        self.assertIn("Finir ma demande", mail.body_html)
        self.assertIn(f"/web/login?redirect={self.form_path}", mail.body_html)
        for hours in (26, 50, 100):
            self.assertEqual(self.play(hours=hours), mail)
        # She comes back, types, and leaves again: never twice for one draft.
        self.draft._keep(answers={"name": "Louise"})
        self.env.flush_all()
        self.assertEqual(self.play(hours=60), mail)

    def test_not_for_what_is_old_nor_over(self):
        self.assertFalse(self.play(days=8))

    def test_not_when_the_procedure_has_closed(self):
        self.procedure.date_close = clock.today() - timedelta(days=1)
        self.assertFalse(self.play(hours=25))
        other = self.begin(self.dominique)
        other.date_nudged = False
        self.procedure.date_close = False
        self.procedure.action_suspend()
        self.assertFalse(self.play(hours=25))

    def test_not_to_a_visitor(self):
        self.draft.unlink()
        visitor = self.begin(None)
        visitor.email = "visiteur@exemple.fr"
        self.assertFalse(self.play(hours=25))

    def test_not_to_an_account_that_is_closed(self):
        self.camille.active = False
        self.assertFalse(self.play(hours=25))

    def test_the_link_stops_it_for_good(self):
        mail = self.play(hours=25)
        link = mail.body_html.partition("/rappels/")[2].partition('"')[0]
        page = self.get(f"/rappels/{link}")
        self.assertFalse(self.camille.partner_id.sudo().refuses_nudges, "Opened by a scanner")
        self.url_open(f"/rappels/{link}", data={"csrf_token": "x"})
        self.env.invalidate_all()
        self.assertFalse(self.camille.partner_id.sudo().refuses_nudges, "By another site")
        self.post(f"/rappels/{link}", self.hidden(page))
        self.env.invalidate_all()
        self.assertTrue(self.camille.partner_id.sudo().refuses_nudges)
        self.assertIn("plus de rappel", self.get(f"/rappels/{link}").text)
        self.draft.unlink()
        self.begin(self.camille)
        self.assertEqual(self.play(hours=25), mail)

    def test_the_link_of_nobody(self):
        self.assertEqual(self.url_open("/rappels/x").status_code, 404)
        other = hash_sign(self.env, "another scope", self.camille.partner_id.id, expiration_hours=1)
        self.assertEqual(self.url_open(f"/rappels/{other}").status_code, 404)
        gone = hash_sign(self.env, NUDGE_STOP, 2**30, expiration_hours=1)
        self.assertEqual(self.url_open(f"/rappels/{gone}").status_code, 404)
