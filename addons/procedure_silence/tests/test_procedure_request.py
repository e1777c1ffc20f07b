from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon, upload

FILED = "2026-03-02 09:00"
LAST_DAY = "2026-05-02"  # 21:59:59 in UTC is its last second here.
WARNING = "procedure_silence.mail_activity_silence"


@tagged("post_install", "-at_install")
class TestSilence(ProcedureCommon):
    def _filed(self, regime="sva", **values):
        self.procedure.write({"regime": regime, "legal_basis": "Texte", **values})
        self.procedure.action_validate_regime()
        with freeze_time(FILED):
            request = self._submit()
        self.assertEqual(str(request.date_silence), LAST_DAY)
        return request

    def _night(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("procedure_silence.ir_cron_silence").method_direct_trigger()

    def _warnings(self, request):
        kind = self.env.ref(WARNING)
        return request.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    # -- the decision

    def test_silence_accepts_the_day_after(self):
        request = self._filed()
        self._night("2026-05-02 21:50:00")
        self.assertEqual(request.state, "submitted", "the service still has ten minutes")
        self._night("2026-05-02 22:10:00")
        self.assertEqual(request.state, "accepted")
        decision = request.decision_ids
        self.assertEqual((decision.kind, decision.active), ("implicit_accepted", True))
        self.assertFalse(decision.author_id, "nobody decided")
        self.assertEqual(decision.date, datetime(2026, 5, 2, 21, 59, 59))
        self.assertFalse(request.state_user_id)
        message = request._get_messages_for_applicant()[-1]
        for words in ("02/05/2026", "L232-3", request.procedure_id.name):
            self.assertIn(words, message.body)
        self.assertIn("est acceptée", message.subject)
        mail = self._mails(request).filtered(lambda mail: mail.mail_message_id == message)
        self.assertEqual(mail.recipient_ids, self.camille.partner_id)
        self.assertIn("dechets@exemple.fr", mail.body_html)
        self.assertIn("Reçue → Acceptée", request.message_ids.mapped("body")[1])

    def test_a_day_to_check_decides_nothing_by_itself(self):
        self.procedure.write({"regime": "sva", "legal_basis": "Texte"})
        with freeze_time(FILED):
            request = self._submit()
        with freeze_time("2026-05-20 09:00"):
            self.procedure.with_user(self.manager).action_validate_regime()
        self.assertTrue(request.is_silence_to_check)
        self._night("2026-05-21 03:00:00")
        self.assertEqual(request.state, "submitted")
        self.assertIn(LAST_DAY[-2:] + "/05/2026", request.silence_sentence)
        request.with_user(self.agent).action_refuse("Voici pourquoi")

    def test_silence_refuses_and_says_how_to_appeal(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "Tribunal de Nancy")
        request = self._filed("svr")
        self._night("2026-05-03 04:00")
        self.assertEqual(
            (request.state, request.decision_ids.kind), ("refused", "implicit_refused")
        )
        body = request._get_messages_for_applicant()[-1].body
        for words in ("02/05/2026", "Tribunal de Nancy", "L232-4", "refus"):
            self.assertIn(words, body)

    def test_a_second_night_has_no_second_effect(self):
        request = self._filed()
        self._night("2026-05-03 04:00")
        before = (len(request.message_ids), len(request.decision_ids), len(request.activity_ids))
        self._night("2026-05-04 04:00")
        self.env.invalidate_all()
        after = (len(request.message_ids), len(request.decision_ids), len(request.activity_ids))
        self.assertEqual(after, before)

    def test_whoever_was_answered_is_not_answered_by_silence(self):
        answered, asked, cancelled = (self._filed(delay_number=2) for _each in range(3))
        waiting = self._filed(delay_number=2)
        with freeze_time("2026-03-10 09:00"):
            answered.with_user(self.agent).action_refuse("Hors du territoire")
            asked.with_user(self.agent).action_ask_completion([{"label": "Bail", "reason": "Oui"}])
            cancelled.with_user(self.camille).action_cancel()
            waiting.with_user(self.agent).action_waiting_list()
        self._night("2026-05-03 04:00")
        self.assertEqual(answered.decision_ids.kind, "refused")
        self.assertEqual((asked.state, cancelled.state), ("to_complete", "cancelled"))
        self.assertEqual(waiting.state, "accepted", "to be on a waiting list is no answer")

    def test_silence_refuses_an_applicant_who_sends_nothing(self):
        """The time given to her is not counted; after it, the delay goes on (CRPA L114-5)."""
        request = self._filed("svr")
        with freeze_time("2026-03-05 09:00"):
            request.with_user(self.agent).action_ask_completion(
                [{"label": "Bail", "reason": "Il manque"}], due="2026-03-20"
            )
        self._night("2026-05-17 04:00")
        self.assertEqual(request.state, "to_complete")
        self._night("2026-05-18 04:00")
        self.assertEqual(request.state, "refused")
        self.assertFalse(request.document_line_ids.filtered("asked"), "nothing is asked any more")

    def test_what_silence_accepts_is_done(self):
        request = self._filed()
        told = len(request._get_messages_for_applicant())
        done = []

        def note(self):
            done.append((self.id, len(self._get_messages_for_applicant())))

        with patch.object(type(request), "_on_accepted", note):
            self._night("2026-05-03 04:00")
        self.assertEqual(done, [(request.id, told)], "before a word of it leaves")

    def test_a_trade_that_fails_leaves_the_decision_and_a_task(self):
        request = self._filed()
        sentence = "No bin of this volume."

        def fail(self):
            self.season = "half done"
            raise UserError(sentence)

        with patch.object(type(request), "_on_accepted", fail):
            self._night("2026-05-03 04:00")
        self.assertEqual(request.state, "accepted")
        self.assertNotEqual(request.season, "half done")
        self.assertIn(sentence, request.activity_ids[0].summary)
        self.assertEqual(request.activity_ids.user_id, self.agent | self.colleague)

    def test_a_request_that_breaks_does_not_stop_the_others(self):
        first, second = self._filed(), self._filed()
        tell = type(first)._tell_applicant

        def fail(self, *args, **kwargs):
            if self == first:
                raise ZeroDivisionError
            return tell(self, *args, **kwargs)

        logger = "odoo.addons.procedure.jobs"
        with patch.object(type(first), "_tell_applicant", fail), self.assertLogs(logger, "ERROR"):
            self._night("2026-05-03 04:00")
        self.assertEqual((first.state, second.state), ("submitted", "accepted"))
        self.assertFalse(first.decision_ids)

    def test_nobody_decides_in_the_name_of_silence(self):
        request = self._filed()
        with freeze_time("2026-05-03 04:00"):
            for user in (self.agent, self.manager, self.camille, self.env.ref("base.user_admin")):
                with self.subTest(user.login), self.assertRaisesKeeping(AccessError):
                    request.with_user(user)._decide_implicitly()
        with freeze_time("2026-05-02 09:00"), self.assertRaisesKeeping(UserError):
            request._decide_implicitly()
        self.assertEqual(request.state, "submitted")

    # -- the warning

    def test_each_agent_of_the_service_is_warned_once(self):
        request = self._filed(silence_warning_days=15)
        self._night("2026-04-16 04:00")
        self.assertFalse(self._warnings(request))
        for night in ("2026-04-17 04:00", "2026-04-18 04:00"):
            self._night(night)
            warnings = self._warnings(request)
            self.assertEqual(warnings.user_id, self.agent | self.colleague)
            self.assertEqual(len(warnings), 2)
            self.assertEqual(warnings.mapped("date_deadline"), [date(2026, 5, 2)] * 2)
        request.with_user(self.agent).action_accept()
        self.assertFalse(self._warnings(request), "answered: nothing to warn of")

    def test_the_agent_in_charge_is_warned_alone(self):
        request = self._filed("svr")
        request.with_user(self.colleague).action_take()
        self._night("2026-04-25 04:00")
        self.assertEqual(self._warnings(request).user_id, self.colleague)
        self.assertIn("02/05/2026", self._warnings(request).summary)

    def test_warned_again_when_the_date_has_moved(self):
        request = self._filed("svr")
        self._night("2026-04-25 04:00")
        with freeze_time("2026-04-26 09:00"):
            request.with_user(self.agent).action_ask_completion(
                [{"label": "Bail", "reason": "Il manque"}], due="2026-05-26"
            )
        self.assertFalse(self._warnings(request))
        with freeze_time("2026-05-06 09:00"):
            request.with_user(self.camille)._complete(
                files={item["key"]: [upload()] for item in request._get_asked_items()},
                by=self.camille.partner_id,
            )
        self.assertEqual(str(request.date_silence), "2026-05-12")
        self._night("2026-05-07 04:00")
        self.assertEqual(len(self._warnings(request)), 2)

    def test_the_form_says_what_silence_does(self):
        request = self._filed().with_user(self.agent)
        for moment, words, near in (
            ("2026-03-02 09:00", "02/05/2026", False),
            ("2026-04-20 09:00", "02/05/2026", True),
            ("2026-05-03 09:00", "can no longer be refused", True),
        ):
            with self.subTest(moment), freeze_time(moment):
                request.invalidate_recordset(["silence_sentence", "is_silence_near"])
                self.assertIn(words, request.silence_sentence)
                self.assertEqual(request.is_silence_near, near)

    # -- an answer that comes too late

    def test_too_late_to_refuse_not_to_accept(self):
        """Before the job has passed, the acceptance exists already."""
        request = self._filed().with_user(self.agent)
        with freeze_time("2026-05-03 01:00"):
            for act in (
                lambda: request.action_refuse("Non"),
                lambda: request.action_drop("Doublon"),
                lambda: request.action_waiting_list(),
                lambda: request.action_ask_completion([{"label": "Bail", "reason": "Oui"}]),
            ):
                with self.assertRaisesRegex(UserError, "02/05/2026"):
                    act()
            self.assertEqual(request.state, "submitted")
            request.action_accept()
        self._night("2026-05-04 04:00")
        self.assertEqual(request.decision_ids.kind, "accepted")

    def test_an_agent_answers_late_where_silence_refuses(self):
        request = self._filed("svr")
        self._night("2026-05-03 04:00")
        request.with_user(self.agent).action_reopen("Une place s'est libérée")
        request.with_user(self.agent).action_accept()
        self._night("2026-08-03 04:00")
        self.assertEqual(request.state, "accepted", "silence says nothing more")
        kinds = request.with_context(active_test=False).decision_ids.mapped("kind")
        self.assertEqual(kinds, ["accepted", "implicit_refused"])

    def test_an_acceptance_by_silence_is_withdrawn_by_a_manager_within_four_months(self):
        for state in ("accepted", "closed"):
            request = self._filed()
            self._night("2026-05-03 04:00")
            if state == "closed":
                request.with_user(self.agent).action_close()
            with freeze_time("2026-09-02 09:00"):
                with self.subTest(state), self.assertRaisesKeeping(UserError, "02/09/2026"):
                    request.with_user(self.agent).action_reopen("Erreur")
                self.assertIn("02/09/2026", request.silence_sentence)
            with freeze_time("2026-09-03 09:00"), self.assertRaisesKeeping(UserError):
                request.with_user(self.manager).action_reopen("Illégale")
            self.assertEqual((request.state, request.decision_ids.active), (state, True))
            with freeze_time("2026-09-02 09:00"):
                request.with_user(self.manager).action_reopen("Illégale")
            self.assertEqual(request.state, "in_review")


@tagged("post_install", "-at_install")
class TestBands(ProcedureCommon):
    """Silence that is near is one of the bands at the top; two at most are shown."""

    def test_a_near_silence_comes_after_what_the_applicant_wrote(self):
        request = self._submit()
        for near, wrote, bands in (
            (False, False, []),
            (True, False, ["silence_near"]),
            (True, "2026-03-02 09:00", ["written", "silence_near"]),
        ):
            request.sudo().written_on = wrote
            is_near = {"is_silence_near": near, "silence_sentence": ""}
            words = patch.object(
                self.env.registry["procedure.request"],
                "_compute_silence_sentence",
                lambda requests, is_near=is_near: requests.update(is_near),
            )
            request.invalidate_recordset()
            with self.subTest(bands), words:
                self.assertEqual(request.desk_bands or [], bands)

    def test_a_far_silence_is_no_band(self):
        arch = etree.fromstring(self.env["procedure.request"].get_view(view_type="form")["arch"])
        for field in arch.iterfind(".//field[@name='silence_sentence']"):
            band = [each.get("name") for each in field.iterancestors("div") if each.get("name")]
            page = [each.get("name") for each in field.iterancestors("page")]
            self.assertTrue(band[:1] == ["silence_near"] or page == ["checks"])
