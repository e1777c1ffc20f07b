from contextlib import contextmanager
from datetime import timedelta

from odoo.tests import BaseCase, tagged
from odoo.tools import email_normalize

from odoo.addons.mail_retry.tests.common import PERMANENT, TEMPORARY

from .mail_makers import ADDONS, MAILS, SENDERS, MailMakers
from .mail_senders import find_senders


@tagged("post_install", "-at_install")
class TestMailsAreTried(BaseCase):
    def test_every_place_that_makes_a_mail_is_tried(self):
        self.assertEqual(
            find_senders(ADDONS),
            set(SENDERS),
            "Say in SENDERS of tests/mails.py of the addon which make_… of it sends this mail: the "
            "sweep tries each when the mail server fails, and reads how it looks",
        )
        for place, maker in SENDERS.items():
            self.assertTrue(hasattr(MailMakers, f"make_{maker}"), place)

    def test_no_addon_hides_the_mail_of_another(self):
        makers = [name for mails in MAILS.values() for name in vars(mails)]
        twice = {name for name in makers if name.startswith("make_") and makers.count(name) > 1}
        self.assertFalse(twice, "Of two makers of one name, one mail is never tried")


@tagged("post_install", "-at_install", "-standard", "sweep_mails")
class TestMailFaults(MailMakers):
    """Every mail of the product, whatever the mail server does: it leaves once, or it is told."""

    def test_every_template_is_tried(self):
        tried, render = set(), type(self.env["mail.template"])._render_field

        def note(template, *args, **values):
            tried.update(template.ids)
            return render(template, *args, **values)

        self.patch(self.registry["mail.template"], "_render_field", note)
        for maker in self._get_makers():
            with self._undone():
                getattr(self, f"make_{maker}")()
                self.env.flush_all()
        names = self.env["mail.template"].search([]).get_external_id()
        ours = {path.name for path in ADDONS.iterdir()} - {"territory_demo"}
        self.assertEqual(
            [
                name
                for template, name in names.items()
                if name.partition(".")[0] in ours and template not in tried
            ],
            [],
            "No make_… of a tests/mails.py sends these",
        )

    # -- that none is lost nor doubled

    @contextmanager
    def _undone(self):
        """Each mail is made from the same state: a maker need not be one that can be repeated."""
        with self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    def _make(self, maker):
        """:return: how many mails each address is to have"""
        self.env["mail.mail"].search([]).unlink()
        self.server.mails.clear()
        with self.env.cr.savepoint():
            getattr(self, f"make_{maker}")()
        self.env.flush_all()
        expected = {}
        for mail in self.env["mail.mail"].search([]):
            for address in [mail.email_to, *mail.recipient_ids.mapped("email")]:
                if address := email_normalize(address or ""):
                    expected[address] = expected.get(address, 0) + 1
        self.assertTrue(expected, maker)
        return expected

    def _count_received(self):
        received = {}
        for address, _message in self.server.mails:
            address = email_normalize(address)
            received[address] = received.get(address, 0) + 1
        return received

    def _wait(self, minutes):
        self.clock.tick(timedelta(minutes=minutes))
        self.server.run_queue()

    def test_a_server_that_fails_for_a_while(self):
        for number, maker in enumerate(self._get_makers()):
            # All meet the server that is away, the one that is silent, and two others in turn.
            others = [TEMPORARY[(number + step) % len(TEMPORARY)] for step in (0, 4)]
            moods = {"away", "silent", *others}
            for mood in sorted(moods):
                with self.subTest(maker=maker, mood=mood), self._undone():
                    self.server.be(mood)
                    expected = self._make(maker)
                    self._wait(16)
                    self._wait(1)
                    self.assertFalse(self.server.mails)
                    self.server.be()
                    for _turn in range(4):
                        self._wait(61)
                    self.assertEqual(self._count_received(), expected, maker)
                    left = self.env["mail.mail"].search([("state", "!=", "sent")])
                    self.assertFalse(left, maker)

    def test_a_server_that_refuses_for_good(self):
        for number, maker in enumerate(self._get_makers()):
            mood = PERMANENT[number % len(PERMANENT)]
            with self.subTest(maker=maker, mood=mood), self._undone():
                self.server.be(mood)
                expected = self._make(maker)
                for _turn in range(3):
                    self._wait(61)
                self.server.be()
                self._wait(61)
                self.assertFalse(self.server.mails)
                told = self.env["mail.mail"].search([("is_warned", "=", True)])
                self.assertEqual(set(told.mapped("state")), {"exception"})
                named = [
                    email_normalize(address)
                    for mail in told
                    for address in filter(
                        None, [mail.email_to, *mail.recipient_ids.mapped("email")]
                    )
                ]
                self.assertEqual({name: named.count(name) for name in named}, expected)
