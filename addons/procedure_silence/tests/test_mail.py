from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import SilenceCommon


@tagged("post_install", "-at_install")
class TestSilenceMail(SilenceCommon):
    def _read_mail(self, request):
        """What leaves, as text on one line."""
        mail = self._mails(request)[0] if request.applicant_id else self._mails(email="ana@")
        self.assertEqual(len(mail), 1)
        return " ".join(html2plaintext(mail.body_html).replace("*", "").split())

    def _sent(self, request):
        return self._mails(request).sorted("id")[-1]

    @freeze_time("2026-11-25 10:05:00")
    def test_each_mention_of_silence_is_in_the_mail(self):
        self.env["ir.config_parameter"].set_param(
            "procedure.appeal_text", "Deux mois, tribunal administratif de Nancy"
        )
        self._set_regime("svr")
        for channel in ("web", "counter"):
            mail = self._read_mail(self._submit_by(channel))
            mentions = {
                "date and sense of silence": "Sans réponse le 25/01/2027, "
                "votre demande est refusée",
                "under condition": "sous réserve qu'elle soit complète",
                "appeal": "Deux mois, tribunal administratif de Nancy",
            }
            for name, mention in mentions.items():
                with self.subTest(name, channel=channel):
                    self.assertIn(mention, mail)

    @freeze_time("2026-11-25 10:05:00")
    def test_silence_that_accepts_gives_right_to_an_attestation(self):
        self._set_regime("sva")
        mail = self._read_mail(self._submit())
        self.assertIn("Sans réponse le 25/01/2027, votre demande est acceptée", mail)
        self.assertIn("sous réserve qu'elle soit complète", mail)
        self.assertIn("L232-3", mail)

    @freeze_time("2026-11-25 10:05:00")
    def test_a_letter_that_was_left_too_long_is_promised_no_day_of_the_past(self):
        """R112-5 wants the day and the sense of silence: both are told as they are."""
        for regime, words in (
            ("svr", "refusée depuis ce jour"),
            ("sva", "acceptée depuis ce jour"),
        ):
            self._set_regime(regime)
            late = self._submit_by("counter", received_on=date(2026, 9, 10))
            sentence = late.with_context(lang="fr_FR")._get_unanswered_sentence()
            self.assertIn("terminé le 10/11/2026", sentence, regime)
            self.assertIn(words, sentence)
            self.assertIn("L232-3" if regime == "sva" else "une autre réponse", sentence)
            self.assertNotIn("Sans réponse", sentence)
            # The last day is not over yet.
            just = self._submit_by("counter", received_on=date(2026, 9, 25))
            just = just.with_context(lang="fr_FR")
            self.assertIn("Sans réponse le 25/11/2026", just._get_unanswered_sentence())
        # Printed again after an answer: what silence would have done, not what it did.
        self._set_regime("svr")
        answered = self._submit_by("counter", received_on=date(2026, 9, 10))
        answered.with_user(self.agent).action_take()
        answered.with_user(self.agent).action_accept("Oui.")
        answered = answered.with_context(lang="fr_FR")
        self.assertNotIn("depuis ce jour", answered._get_unanswered_sentence())
        self._set_regime("none")
        none = self._submit_by("counter", received_on=date(2026, 9, 10))
        self.assertEqual(none.with_context(lang="fr_FR")._get_unanswered_sentence(), "")

    def test_nothing_is_said_of_silence_without_a_validated_regime(self):
        for regime in ("none", "svr", "sva", "declaration"):
            self.procedure.write({"regime": regime, "legal_basis": "Texte"})
            mail = self._read_mail(self._submit())
            self.assertIn("Nous avons reçu votre demande", mail)
            self.assertNotIn("L232-3", mail)
            self.assertNotIn("Sans réponse", mail)

    def test_a_declaration_is_received_and_no_more(self):
        self._set_regime("declaration")
        self.assertNotIn("Sans réponse", self._read_mail(self._submit()))

    def test_without_a_setting_the_ways_of_appeal_are_those_of_the_law(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        self._set_regime("svr")
        mail = self._read_mail(self._submit())
        for mention in ("deux mois", "recours gracieux", "tribunal administratif", "telerecours"):
            self.assertIn(mention, mail)

    def test_what_asking_for_more_does_to_the_delay(self):
        items = [{"label": "Bail", "reason": "Il manque"}]
        for regime, mention in (("svr", "suspendu"), ("sva", "commence"), ("none", "")):
            self.procedure.regime = regime
            if mention:
                self._set_regime(regime)
            request = self._submit()
            request.with_user(self.agent).action_ask_completion(items, due="2099-01-15")
            mail = self._read_mail(request)
            self.assertIn("15/01/2099", mail)
            self.assertIn("Bail", mail)
            self.assertIn("Il manque", mail)
            self.assertEqual("L114-5" in mail, bool(mention))
            self.assertIn(mention, mail)

    def test_the_court_of_the_territory_is_named(self):
        """Where it is loaded from, and where the administrator writes it, is the company."""
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        court = "tribunal administratif d’essai, 1 place Haute, 99000 Essai"
        with TemporaryDirectory() as folder:
            Path(folder, "communes.csv").write_text("code_insee,nom\n99901,Essai\n", "utf-8")
            row = f'nom,siren,tribunal_administratif\nEssai,200066140,"{court}"\n'
            Path(folder, "epci.csv").write_text(row, "utf-8")
            self.env["territory.loader"]._load_folder(folder)
        self._set_regime("svr")
        self.assertIn(court, self._read_mail(self._submit()))

    def test_the_number_and_the_button_come_right_after_the_first_sentence(self):
        """They came last, below the law (look/mock/mail.html)."""
        self._set_regime("svr")
        request = self._submit()
        mails = self._sent(request)
        self._submit_without_account()
        mails |= self._mails(email="ana@exemple.fr")
        order = [
            "Nous avons reçu",
            "Suivre ma demande",
            "Et maintenant",
            "Réponse attendue",
            "Sans réponse",
            "telerecours",
            "Nous ne demandons jamais",
        ]
        self.assertMailsTold(request, mails, order)

    def test_an_acknowledgment_speaks_of_silence(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        self._set_regime("svr")
        words = html2plaintext(self._mails(self._submit())[0].body_html)
        self.assertIn("un refus implicite", words)
        self.assertNotIn("notification", words)

    def test_each_kind_of_decision_has_its_words(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        request = self._submit().with_context(lang="fr_FR")
        kinds = ("refused", "accepted_conditionally", "implicit_refused")
        self.assertEqual(len({request._get_appeal_text(kind) for kind in kinds}), len(kinds))

    def test_a_refusal_is_not_an_implicit_one(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "")
        request = self._submit()
        request.with_user(self.agent).action_refuse("Hors du territoire.")
        words = " ".join(html2plaintext(self._mails(request)[0].body_html).split())
        self.assertIn("ce refus ? Dans les deux mois suivant sa notification", words)
        self.assertNotIn("implicite", words)
