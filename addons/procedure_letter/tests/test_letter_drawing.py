from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon
from odoo.addons.report_weasyprint import renderer
from odoo.addons.report_weasyprint.tests import pdf

from .test_letter import LetterCommon

LOGGER = "odoo.addons.procedure_letter.models.procedure_letter"


class KilledError(BaseException):
    """What stops a process: nothing catches it."""


@tagged("post_install", "-at_install")
class TestDrawing(LetterCommon):
    """The filing freezes the letter, a job draws it; the mail waits for it, and not for ever."""

    def _break(self, *letters):
        """These letters cannot be drawn, or none can."""
        Report = type(self.env["ir.actions.report"])
        render = Report._render_qweb_pdf
        ids = [letter.id for letter in letters]

        def fail(report, name, res_ids=None, data=None):
            if not ids or set(res_ids) & set(ids):
                raise MemoryError("no room")
            return render(report, name, res_ids=res_ids, data=data)

        return patch.object(Report, "_render_qweb_pdf", fail)

    def _told(self, request):
        """Mails to the applicant."""
        partner = request.applicant_id
        return self._mails(request).filtered(lambda mail: mail.recipient_ids == partner)

    def _is_due(self, mails):
        """Whether the queue of mails would take them now."""
        taken = []
        with patch.object(type(mails), "send", lambda self, **kwargs: taken.extend(self.ids)):
            mails.process_email_queue(email_ids=mails.ids)
        return set(taken) == set(mails.ids)

    def test_filing_draws_nothing_and_its_mail_waits_for_the_job(self):
        trigger = [("cron_id", "=", self.env.ref("procedure_letter.ir_cron_draw").id)]
        self.env["ir.cron.trigger"].search(trigger).unlink()
        with patch.object(renderer, "write_pdf", side_effect=AssertionError):
            request = self._submit()
        letter, mail = request.letter_ids, self._told(request)
        self.assertFalse(letter.sha256)
        self.assertTrue(self.env["ir.cron.trigger"].search(trigger))
        self.assertEqual(letter.message_id.mail_ids, mail)
        self.assertFalse(self._is_due(mail))
        self._draw_all()
        self.assertTrue(self._is_due(mail))
        self.assertEqual(mail.attachment_ids.raw, letter._get_bytes())
        self.assertEqual(len(self._told(request)), 1)
        self._draw_all()
        self.assertEqual(len(mail.attachment_ids), 1, "once")
        self.assertEqual(letter.tries, 1)

    def test_the_mail_of_who_has_no_account_waits_too(self):
        request = self._submit_without_account().with_env(self.env)
        mail = self._mails(email="ana@")
        self.assertFalse(self._is_due(mail))
        self._draw_all()
        self.assertTrue(self._is_due(mail))
        self.assertEqual(mail.attachment_ids.raw, request.letter_ids._get_bytes())

    def test_it_is_drawn_as_it_was_made_whatever_changed_since(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_refuse("Non")
        letter = request.letter_ids[0]
        # As at the end of the transaction.
        self.env.flush_all()
        self.waste.write({"phone": "0399999999", "name": "Autre service"})
        self.agent.partner_id.write({"firstname": "Autre", "lastname": "Personne"})
        self.camille.partner_id.write({"firstname": "Autre", "lastname": "Nom"})
        self.procedure.name = "Autre démarche"
        request.sudo().user_id = self.colleague
        letter.sudo()._draw()
        text = pdf.get_text(letter._get_bytes())
        self.assertIn("0399000001", text)
        self.assertIn("Demander un bac", text)
        self.assertIn("Camille Durand", text)
        for changed in ("0399999999", "Autre", self.colleague.name):
            self.assertNotIn(changed, text)

    def test_one_that_fails_stops_no_other_and_comes_again_later(self):
        first, second = self._submit(), self._submit(user=self.dominique)
        with self._break(first.letter_ids), mute_logger(LOGGER):
            self._draw_all()
            self._draw_all()
        self.assertTrue(second.letter_ids.sha256)
        self.assertEqual(first.letter_ids.tries, 1, "not again at once")
        self.assertFalse(self._is_due(self._told(first)))
        self.assertTrue(self._is_due(self._told(second)))
        self.assertFalse(first.with_user(self.agent).activity_ids)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)):
            self._draw_all()
            self.assertTrue(self._is_due(self._told(first)))
        self.assertEqual(self._told(first).attachment_ids.raw, first.letter_ids._get_bytes())

    def test_a_mail_leaves_without_its_letter_rather_than_never(self):
        start = fields.Datetime.now()
        request = self._submit()
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_refuse("Non")
        self.assertEqual(request.state, "refused")
        mails = self._told(request)
        self.assertEqual(len(mails), 2)
        with self._break(), mute_logger(LOGGER):
            for minutes in (1, 3, 14):
                with freeze_time(start + timedelta(minutes=minutes)):
                    self.assertFalse(self._is_due(mails))
                    self._draw_all()
        self.assertEqual(request.letter_ids.mapped("tries"), [3, 3])
        tasks = request.with_user(self.agent).activity_ids
        self.assertEqual(tasks.user_id, self.agent)
        self.assertEqual(len(tasks), 2, "one for each letter")
        self.assertIn(request.letter_ids[-1].number, " ".join(tasks.mapped("summary")))
        before = request._get_messages_for_applicant()
        with freeze_time(start + timedelta(minutes=16)):
            self.assertTrue(self._is_due(mails))
        mails.unlink()
        # The letters follow, each with a message of its own.
        with freeze_time(start + timedelta(minutes=30)):
            self._draw_all()
            self._draw_all()
        late = request._get_messages_for_applicant() - before
        self.assertEqual(len(late), 2)
        self.assertEqual(request.letter_ids.message_id, late)
        self.assertEqual(
            late.attachment_ids.mapped("raw"),
            [letter._get_bytes() for letter in request.letter_ids.sorted("id")],
        )
        self.assertFalse(before.attachment_ids)

    def test_without_agent_in_charge_an_administrator_is_told_once(self):
        request = self._submit()
        admin = self.env.ref("base.user_admin")
        start = fields.Datetime.now()
        with self._break(), mute_logger(LOGGER):
            for hours in range(25):
                with freeze_time(start + timedelta(hours=hours)):
                    self._draw_all()
        self.assertEqual(request.with_user(admin).activity_ids.user_id, admin)
        self.assertEqual(len(request.with_user(admin).activity_ids), 1)
        self.assertEqual(request.letter_ids.tries, 20, "then it is left alone")

    def test_the_agent_tries_again(self):
        request = self._submit()
        letter = request.letter_ids.with_user(self.agent)
        letter.sudo().tries = 20
        with self._break(), mute_logger(LOGGER):
            told = letter.action_retry()["params"]
        self.assertEqual(told["type"], "danger")
        self.assertEqual(letter.tries, 21)
        told = letter.action_retry()["params"]
        self.assertEqual(told["type"], "success")
        self.assertTrue(self._is_due(self._told(request)))
        self.assertEqual(self._told(request).attachment_ids.raw, letter._get_bytes())
        first = letter.sha256
        letter.action_retry()
        self.assertEqual(letter.sha256, first, "never drawn twice")
        self.assertEqual(len(request._get_messages_for_applicant()), 1)

    def test_who_opens_it_before_the_job_has_it_drawn(self):
        request = self._submit()
        letter = request.letter_ids
        letter.with_user(self.agent).action_open()
        digest = letter.sha256
        self.assertTrue(digest)
        self.assertTrue(self._is_due(self._told(request)))
        # The applicant, on the page of her request.
        other = self._submit(user=self.dominique)
        message = other.sudo()._get_messages_for_applicant()
        self.assertEqual(message.attachment_ids.raw, other.letter_ids._get_bytes())
        self._draw_all()
        self.assertEqual(letter.sha256, digest)
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertEqual(letter.tries, 1)

    def test_the_page_shows_the_message_of_a_letter_that_fails(self):
        request = self._submit()
        with self._break(), mute_logger(LOGGER):
            for _each in range(3):
                self.assertEqual(len(request.sudo()._get_messages_for_applicant()), 1)
        self.assertEqual(request.letter_ids.tries, 1, "not at each look")
        with self._break(), mute_logger(LOGGER), self.assertRaises(UserError):
            request.letter_ids.with_user(self.agent).action_open()


@tagged("post_install", "-at_install", "-standard", "sweep_races")
class TestTwoAtOnce(ConcurrencyCommon):
    def _letter(self, cr, uid=1):
        request = self._request(cr, uid).with_context(force_report_rendering=True)
        return request.letter_ids

    def test_a_letter_being_drawn_is_drawn_by_nobody_else(self):
        with (
            self._cursor() as first,
            self._cursor() as second,
            self.assertNoLogs("odoo.sql_db", 40),
        ):
            self.assertTrue(self._letter(first)._draw_now())
            second.execute("SET LOCAL lock_timeout = '100ms'")
            with self.assertRaises(LockNotAvailable, msg="it waits"):
                self._letter(second, self.a).action_open()
            second.rollback()
            second.execute("SELECT 1")
            first.commit()
            digest = self._letter(first).sha256
            with self.assertRaises(SerializationFailure, msg="Odoo plays the request again"):
                self._letter(second, self.a).action_open()
            second.rollback()
            self.assertTrue(self._letter(second, self.a).action_open())
            self.assertEqual(self._letter(second).sha256, digest)
            self.assertEqual(self._letter(second).tries, 1)
            self.assertEqual(len(self._letter(second).message_id.attachment_ids), 1)

    def test_the_job_goes_on_when_somebody_opened_one(self):
        with self._cursor() as first, self._cursor() as second:
            self._letter(first)._draw_now()
            letters = self._letter(second).browse()
            letters._cron_draw()
            first.commit()
            second.rollback()
            self.assertTrue(self._letter(second).sha256)
            self.assertEqual(self._letter(second).tries, 1)
            other = self._request(second, 1, 1).letter_ids
            self.assertTrue(other.sha256)

    def test_a_server_that_dies_while_drawing_neither_loses_nor_doubles_the_mail(self):
        Letter = self.env.registry["procedure.letter"]
        draw = Letter._draw_one

        def draw_then_die(letter):
            draw(letter)
            letter.env.flush_all()
            raise KilledError()

        with self._cursor() as dying:
            with patch.object(Letter, "_draw_one", draw_then_die), self.assertRaises(KilledError):
                self._letter(dying)._cron_draw()
            dying.rollback()
        with self._cursor() as cr:
            letter = self._letter(cr)
            mail = letter.message_id.mail_ids
            self.assertEqual((letter.tries, letter.sha256), (1, False))
            self.assertFalse(mail.attachment_ids)
            self.assertTrue(mail.scheduled_date, "it waits")
            letter._cron_draw()
            self.assertTrue(letter.sha256)
            self.assertEqual(letter.message_id.mail_ids, mail)
            self.assertEqual(mail.attachment_ids.raw, letter._get_bytes())
            self.assertFalse(mail.scheduled_date, "it leaves")
