from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload

from .common import SilenceCommon

DUE = date(2026, 12, 15)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:05:00")
class TestSilenceEntry(SilenceCommon):
    """A letter that the service enters: the law counts from the day it came."""

    def _enter(self, answers=None, **values):
        return (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=answers or self._answers(),
                    identity=self._identity(),
                    channel="mail",
                    received_on=date(2026, 11, 20),
                    **values,
                )
            )
        )

    def test_the_delay_starts_on_the_day_of_reception(self):
        self._set_regime("svr")
        request = self._enter(files={"proof": [upload()]})
        self.assertEqual(request.date_silence, date(2027, 1, 20))

    def test_what_lacks_suspends_the_delay(self):
        self._set_regime("svr")
        request = self._enter(self._answers(dwelling=""), incomplete_until=DUE)
        self.assertEqual((request.state, request.date_completion_due), ("to_complete", DUE))
        # Two months from the letter, and the 20 days that the applicant is given.
        self.assertEqual(request.date_silence, date(2027, 2, 9))
        mails = self._mails(request) | self._mails(email="ana")
        self.assertIn("L114-5", " ".join(mails.mapped("body_html")))

    def test_silence_that_accepts_waits_for_the_whole_file(self):
        self._set_regime("sva")
        request = self._enter(self._answers(dwelling=""), incomplete_until=DUE)
        self.assertFalse(request.date_silence)
        with freeze_time("2026-12-01 10:00"):
            request.with_user(self.agent)._receive(
                answers={"dwelling": "secondary"}, files={"proof": [upload()]}
            )
        self.assertEqual(request.date_silence, date(2027, 2, 1))
