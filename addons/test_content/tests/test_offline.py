from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase
from .test_pages_contributor import ContentPageCase

REASON = "Une photo d’enfant."


@tagged("post_install", "-at_install")
class TestOffline(ContentCase):
    """Off the site at once, and back: acts of those who read it, logged, told, read by another."""

    def setUp(self):
        super().setUp()
        self.mails = self.env["mail.mail"].sudo()
        self.mails.search([]).unlink()

    def told(self):
        sent = self.mails.search([])
        told = {(mail.email_to, mail.subject) for mail in sent}
        sent.unlink()
        return told

    def take_off(self, user=None):
        self.house.with_user(user or self.reader).action_take_offline(REASON)
        return self.env["content.revision"].search([("kind", "=", "remove")], limit=1)

    def test_those_who_publish_it_are_told_and_read_why(self):
        removal = self.take_off()
        told = dict(self.told())
        for user in (self.camille, self.sacha):
            self.assertIn("Lavoir du Moulin", told[user.email_formatted])
        self.assertNotIn(self.reader.email_formatted, told)
        self.assertIn(REASON, removal.sudo().message_ids.preview)
        self.assertTrue(removal._may_see(self.camille))

    def test_a_manager_takes_it_off_and_a_secretary_does_not(self):
        for user in (self.secretary, self.camille, self.stranger, self.dpo):
            self.assertFalse(self.house._may_take_offline(user), user.login)
            with self.assertRaises(AccessError):
                self.house.with_user(user).action_take_offline(REASON)
            with self.assertRaises(AccessError):
                self.house.with_user(user).action_put_back()
        for reason in ("", " ", None):
            with self.assertRaisesRegex(UserError, "Write why"):
                self.house.with_user(self.reader).action_take_offline(reason)
        removal = self.take_off(self.manager)
        self.assertTrue(removal.with_user(self.reader).is_mine_to_read)
        with self.assertRaisesRegex(UserError, "not online"):
            self.take_off(self.manager)

    def test_it_is_put_back_as_it_was(self):
        published = self._published(self.camille, story="Bâti en 1852.")
        before = self._live()[0][0]
        removal = self.take_off()
        self.told()
        self.house.with_user(self.reader).action_put_back()
        after = self._live()[0][0]
        self.assertTrue(after["is_online"])
        moved = {name for name in before if before[name] != after[name]}
        self.assertEqual(moved - {"date_published"}, {"version"})
        self.assertIn(self.camille.email_formatted, dict(self.told()))
        live = self.env["content.revision"].search([("state", "=", "published")])
        self.assertEqual((live.author_id, live.published_by_id), (self.camille, self.reader))
        self.assertEqual(live.restored_id, published)
        with self.assertRaisesRegex(UserError, "online"):
            self.house.with_user(self.reader).action_put_back()
        with self.assertRaisesRegex(UserError, "online again"):
            removal.with_user(self.fallback).action_revert("Non.")

    def test_whoever_wrote_it_does_not_put_it_back(self):
        self._published(self.manager, story="Bâti en 1852.")
        self.take_off()
        with self.assertRaisesRegex(AccessError, "yours"):
            self.house.with_user(self.manager).action_put_back()
        self.house.with_user(self.reader).action_put_back()
        self.assertTrue(self.house.is_online)

    def test_what_its_owner_took_off_is_proposed_again(self):
        Revision = self.env["content.revision"].with_user(self.camille)
        removal = Revision._begin(self.house.with_user(self.camille), kind="remove")
        removal.action_submit()
        accept(self._as(removal, self.reader))
        self.assertFalse(self.house._may_put_back(self.reader))
        with self.assertRaises(UserError):
            self.house.with_user(self.reader).action_put_back()

    def test_the_data_of_the_territory_bring_nothing_back(self):
        self.take_off()
        self.house._publish_as("data", {"motto": "Eau vive"}, self.house.is_online)
        self.assertFalse(self.house.is_online)
        self.house.with_user(self.reader).action_put_back()
        self.assertEqual((self.house.is_online, self.house.motto), (True, "Eau vive"))


@tagged("post_install", "-at_install")
class TestOfflinePages(ContentPageCase):
    def test_off_the_site_and_back_in_two_presses(self):
        path = f"/my/contributions/page/wash.house/{self.house.id}"
        for user in (self.camille, self.secretary):
            self.sign_in(user)
            self.assertFalse(self.get(path).tree.xpath(f"//a[@href='{path}/en-ligne']"))
            self.assertEqual(self.url_open(f"{path}/en-ligne").status_code, 404)
        draft = self._sent(self.camille)
        self.sign_in(self.reader)
        page = self.get(f"/my/a-relire/{draft.id}")
        self.assertTrue(page.tree.xpath(f"//a[@href='{path}/en-ligne']"))
        page = self.get(f"{path}/en-ligne")
        answer = self.press(page, "off", f"{path}/en-ligne")
        self.assertEqual(set(self.errors(answer)), {"reason"})
        for _press in range(2):
            answer = self.press(page, "off", f"{path}/en-ligne", reason=REASON)
            self.assertEqual(answer.status_code, 303, self.words(answer))
        self.house.invalidate_recordset()
        self.assertFalse(self.house.is_online)
        self.sign_in(self.sacha)
        page = self.get(path)
        self.assertIn(REASON, self.words(page))
        self.assertNotIn("En ligne", self.words(page, "//*[contains(@class, 'et-tags')]"))
        self.sign_in(self.reader)
        page = self.get(f"{path}/en-ligne")
        self.assertIn("Remettre en ligne", self.words(page, "//h1"))
        answer = self.press(page, "on", f"{path}/en-ligne")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        self.house.invalidate_recordset()
        self.assertTrue(self.house.is_online)
