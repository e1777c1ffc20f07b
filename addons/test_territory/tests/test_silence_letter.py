from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.procedure_letter.tests.test_letter import LetterCommon
from odoo.addons.procedure_silence.tests.common import SilenceCommon


@tagged("post_install", "-at_install")
class TestSilenceLetter(LetterCommon, SilenceCommon):
    """What letters say of silence: CRPA R112-5, L114-5, L232-3, L232-4, in the PDF."""

    @freeze_time("2026-11-25 10:05:00")
    def test_each_mention_of_silence_in_the_acknowledgment(self):
        self._set_regime("svr")
        for channel in ("web", "counter"):
            text = self._read(self._submit_by(channel), "acknowledgment")
            mentions = {
                "silence: date, sense": "Sans réponse le 25/01/2027, votre demande est refusée",
                "under condition": "sous réserve qu'elle soit complète",
                "appeal": "Deux mois, tribunal administratif de Nancy",
            }
            self._assert_each(mentions, text.replace("  ", " "), channel=channel)

    @freeze_time("2026-11-25 10:05:00")
    def test_silence_that_accepts(self):
        self._set_regime("sva")
        text = self._read(self._submit(), "acknowledgment")
        self.assertIn("Sans réponse le 25/01/2027, votre demande est acceptée", text)
        self.assertIn("sous réserve qu'elle soit complète", text)
        self.assertIn("L232-3", text)
        self.assertNotIn("tribunal", text)

    def test_no_silence_without_a_validated_regime_nor_for_a_declaration(self):
        for regime in ("none", "svr", "sva", "declaration"):
            self.procedure.write({"regime": regime, "legal_basis": "Texte"})
            text = self._read(self._submit(), "acknowledgment")
            self.assertIn("Nous avons reçu votre demande", text)
            for word in ("Sans réponse", "L232-3", "tribunal"):
                self.assertNotIn(word, text)
        self._set_regime("declaration")
        self.assertNotIn("Sans réponse", self._read(self._submit(), "acknowledgment"))

    @freeze_time("2026-11-25 10:05:00")
    def test_silence_is_attested(self):
        self._set_regime("sva")
        request = self._submit()
        decision = self.env["procedure.decision"].create(
            {"request_id": request.id, "kind": "implicit_accepted", "author_id": False}
        )
        request.sudo()._on_decided(decision)
        text = self._read(request, "attestation")
        sentence = request.with_context(lang="fr_FR")._get_attestation_sentence()
        self.assertIn("jointe à ce message", sentence)
        for mention in (
            "Demander un bac",
            request.number,
            "Camille Durand",
            "Acceptée depuis le 25/01/2027",
            "L231-1",
            "L232-3",
        ):
            self.assertIn(mention, text)
        self._set_regime("svr")
        request = self._submit()
        decision = self.env["procedure.decision"].create(
            {"request_id": request.id, "kind": "implicit_refused", "author_id": False}
        )
        request.sudo()._on_decided(decision)
        text = self._read(request, "decision")
        for mention in ("25/01/2027", "refusée", "L232-4", "tribunal administratif de Nancy"):
            self.assertIn(mention, text)

    def test_what_is_missing_until_when_and_what_it_does_to_the_delay(self):
        items = [{"label": "Bail", "reason": "Il manque la dernière page"}]
        for regime, mention in (("svr", "suspendu"), ("sva", "commence"), ("none", "")):
            self.procedure.regime = regime
            if mention:
                self._set_regime(regime)
            request = self._submit()
            request.with_user(self.agent).action_ask_completion(items, "Merci", "2099-01-15")
            text = self._read(request, "completion")
            self._assert_each(
                {
                    "item": "Bail",
                    "reason": "Il manque la dernière page",
                    "word of the agent": "Merci",
                    "until": "15/01/2099",
                    "delay": mention,
                },
                text,
                regime=regime,
            )
            self.assertEqual("L114-5" in text, bool(mention))
