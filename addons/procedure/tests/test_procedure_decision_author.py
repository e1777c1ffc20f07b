from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import ProcedureCommon

ACTS = {
    "accept": ("action_accept", ("Complet.",)),
    "accept_conditionally": ("action_accept", ("Complet.", "Sous huit jours.")),
    "refuse": ("action_refuse", ("Hors du territoire.",)),
    "drop": ("action_drop", ("Demande envoyée deux fois.",)),
}


@tagged("post_install", "-at_install")
class TestDecisionAuthor(ProcedureCommon):
    """Each decision bears the name and the title of its author (CRPA L212-1)."""

    def setUp(self):
        super().setUp()
        self.request = self._submit()
        self.agent.partner_id.function = False

    def _counts(self):
        return (
            self.request.state,
            len(self.request.with_context(active_test=False).decision_ids),
            len(self.request.message_ids),
            len(self._mails(self.request)),
        )

    def test_nothing_is_decided_by_who_has_no_title(self):
        before = self._counts()
        for title in (False, "  "):
            self.agent.partner_id.function = title
            for name, (method, args) in ACTS.items():
                with self.subTest(act=name, title=title):
                    decide = getattr(self.request.with_user(self.agent), method)
                    with self.assertRaisesRegex(UserError, "Configuration > Agents"):
                        decide(*args)
                    self.assertEqual(self._counts(), before)

    def test_with_a_title_the_same_acts_are_done(self):
        self.agent.partner_id.function = "Responsable du service"
        for name, (method, args) in ACTS.items():
            with self.subTest(act=name):
                request = self._submit()
                getattr(request.with_user(self.agent), method)(*args)
                self.assertEqual(request.decision_ids.author_id, self.agent)

    def test_the_manager_too_needs_a_title(self):
        self.manager.partner_id.function = False
        with self.assertRaises(UserError):
            self.request.with_user(self.manager).action_refuse("Hors du territoire.")


@tagged("post_install", "-at_install")
class TestAppealWords(ProcedureCommon):
    """Ways of appeal, in the words of what is contested."""

    def _last_words(self, method, *args):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        request = self._submit()
        getattr(request.with_user(self.agent), method)(*args)
        return " ".join(html2plaintext(self._mails(request)[0].body_html).split())

    def test_a_refusal_is_contested_from_its_notification(self):
        words = self._last_words("action_refuse", "Hors du territoire.")
        self.assertIn("ce refus ? Dans les deux mois suivant sa notification", words)

    def test_conditions_are_no_refusal(self):
        words = self._last_words("action_accept", "", "Rendre l’ancien bac.")
        self.assertIn("ces conditions ? Dans les deux mois suivant la notif", words)
        self.assertNotIn("refus", words)

    def test_each_kind_of_decision_has_its_words(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        request = self._submit().with_context(lang="fr_FR")
        kinds = ("refused", "accepted_conditionally")
        self.assertEqual(len({request._get_appeal_text(kind) for kind in kinds}), len(kinds))

    @freeze_time("2026-11-26 10:00:00")
    def test_a_letter_entered_late_promises_no_day_that_has_passed(self):
        late = self._submit_by("mail")
        late.date_due = "2026-10-16"
        self.assertFalse(late._get_due_sentence())
        self.assertNotIn("16/10/2026", late._status_sentence())
        self.assertNotIn("16/10/2026", str(late._render_acknowledgment()))
        late.date_due = "2026-11-26"
        self.assertIn("26/11/2026", late._get_due_sentence())
