"""A death ends accounts and mailings: what she had begun, and what waits for her, writes to her no
more, and nothing stumbles on her sheet."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.procedure_signature.tests.common import SignatureCommon
from odoo.addons.procedure_slot.tests.test_slot_moved import SlotMovedCommon
from odoo.addons.procedure_template.tests.common import publish_template

# Her slot is on Tuesday the 24th at nine; she dies on the Saturday before, which is said on Monday.
FRIDAY = datetime(2026, 3, 20, 9, 0)
DIED = "2026-03-21"
MONDAY = datetime(2026, 3, 23, 7, 0)
# Every day of the first week, then when a signature, a draft and a request that was answered end.
DAYS = (*range(1, 9), 15, 20, 31, 45, 76, 80, 90, 100)
# It asks other sites.
LEFT_OUT = "content_review_link.ir_cron_links"


@tagged("post_install", "-at_install", "-standard", "sweep_mails")
class TestAfterDeath(SlotMovedCommon, SignatureCommon):
    """Camille dies; Robin, who lived with her, says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        cls.env["procedure.procedure"].search(
            [("kind", "=", "household_report")]
        ).state = "suspended"
        cls.waste.reads_family_file = True
        cls.reports = publish_template(cls.env, "situation_foyer", cls.waste)
        cls.manager.function = "Directrice"
        cls.robin = cls._resident("robin", "Robin", "Durand")
        cls.person = cls.camille.partner_id
        cls.person.birthdate = "1988-04-12"
        cls.household = cls.person._create_household()
        cls.env["household.membership"].create(
            {"household_id": cls.household.id, "person_id": cls.robin.partner_id.id}
        )
        cls.household.member_ids.date_start = "2020-01-01"
        cls.lou.authority_ids.date_start = "2020-01-01"

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(FRIDAY))
        self.server = self.enterContext(FakeMailServer(self.env).run())
        self._begin()

    def _begin(self):
        """All that may write to her later."""
        self.request = self._submit()
        self.meeting_request = self._meet().with_env(self.env)
        Pending = self.env["website.procedure.pending"]
        self.draft, _claim = Pending._start(self.optional, self.person)
        self.draft._keep(answers={"why": "Perdue"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE website_procedure_pending SET write_date = %s WHERE id = %s",
            [FRIDAY, self.draft.id],
        )
        self.draft.invalidate_recordset(["write_date"])
        self.signed = self._enrol(self.dominique).sudo()
        self.signature = self.signed.signature_ids
        self.assertEqual(self.signature.person_id, self.person)
        self.invitation = self.env["household.invitation"]._invite(
            self.household, self.person, "Nour Petit", "nour@exemple.fr"
        )
        agent = self.request.with_user(self.agent)
        agent.action_take()

    def _die(self):
        change = (
            self.env["household.change"]
            .with_user(self.robin)
            ._propose(
                self.household.with_user(self.robin),
                self.robin.partner_id.with_user(self.robin),
                {"deaths": [{"firstname": "Camille", "lastname": "Durand", "date": DIED}]},
            )
            .with_env(self.env)
        )
        self.assertTrue(change._get_request())
        change.line_ids.with_user(self.manager).action_accept("Acte de décès vu")
        self.assertEqual(change._get_request().state, "accepted")
        self.assertFalse(self.person.active or self.camille.active)

    def _run_all(self):
        """Every job of the platform, then the queue."""
        data = self.env["ir.model.data"].search([("model", "=", "ir.cron")])
        with self.assertNoLogs("odoo", level="ERROR"):
            for cron in self.env["ir.cron"].browse(data.mapped("res_id")):
                xml_id = cron.get_external_id()[cron.id]
                if xml_id != LEFT_OUT and xml_id.partition(".")[0] in self._modules:
                    cron.ir_actions_server_id.with_user(cron.user_id).run()
            self.env.flush_all()
            self.server.run_queue()

    @property
    def _modules(self):
        ours = self.env["ir.module.module"].search([("author", "ilike", "E-Territoire")])
        return set(ours.mapped("name"))

    def _live(self):
        """The days that follow, each with its jobs."""
        for day in DAYS:
            self.clock.move_to(MONDAY + timedelta(days=day - 1, hours=3))
            self._run_all()
            yield day

    def _received(self):
        return [mail["subject"] for mail in self.server.received(self.camille.email)]

    def test_alive_she_is_written_to_by_all_of_it(self):
        """Else their silence would prove nothing."""
        self.clock.move_to(MONDAY)
        self.server.run_queue()
        begun = self._received()
        self.assertTrue(begun)
        for day in self._live():
            if day == 5:
                self._decide()
        told = " / ".join(self._received()[len(begun) :])
        for words in ("demain", "pas encore envoyée", "signature", "acceptée"):
            self.assertIn(words, told)

    def _decide(self):
        self.request.with_user(self.agent).action_accept("Le bac est livré.")
        self.assertEqual(self.request.state, "accepted")

    def test_nothing_is_sent_to_her_and_nothing_stumbles(self):
        self.clock.move_to(MONDAY)
        # What waited in the queue at that moment waits no more.
        self.assertTrue(self._mails(self.request))
        self._die()
        for day in self._live():
            if day == 5:
                self._decide()
                self._answer_invitation()
        self.assertFalse(self._received())
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "exception")]))
        self.assertTrue(self.server.received(self.robin.email))

    def _answer_invitation(self):
        """It was to the household of somebody who is no more: it leads nowhere."""
        nour = self._resident("nour", "Nour", "Petit")
        with self.assertRaisesRegex(UserError, "no longer open"):
            self.invitation.with_user(nour)._answer(True)
