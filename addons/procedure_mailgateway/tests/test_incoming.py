import time

from odoo.tests import BaseCase, tagged

from ..tools.reply_text import get_reply

HEADER = (
    "Le mar. 24 nov. 2026 à 11:05, Déchets <demande+essai-2026-1.aaaa@exemple.fr> a écrit\u00a0:"
)


@tagged("post_install", "-at_install")
class TestReplyText(BaseCase):
    def assertReply(self, text, expected):
        self.assertEqual(get_reply(text), expected)

    def test_what_mail_programs_quote_is_cut(self):
        quoted = "> Bonjour,\n> Il manque une pièce.\n"
        for history in (
            f"{HEADER}\n\n{quoted}",
            f"{HEADER.replace('a écrit', chr(10) + 'a écrit')}\n{quoted}",
            f"> {HEADER}\n> \n{quoted}",
            "De : Déchets <a@exemple.fr>\nEnvoyé : mardi\nÀ : Camille\nObjet : x\n\nBonjour",
            "________________________________\nDe : Déchets\nEnvoyé : lundi\nÀ : C\nObjet : x\n\nB",
            "-----Message d'origine-----\nDe : Déchets\nEnvoyé : mardi\nÀ : x\nObjet : x\n\nB",
            "On Tue, Nov 24, 2026 at 11:05 AM Déchets <a@exemple.fr> wrote:\n" + quoted,
        ):
            with self.subTest(history):
                self.assertReply(f"Voici.\n\nCamille\n\n{history}", "Voici.\n\nCamille")

    def test_signatures_that_say_so_are_cut(self):
        self.assertReply("Voici.\n-- \nCamille\n03 99 00 00 02", "Voici.")
        self.assertReply("Voici.\n\nEnvoyé de mon iPhone", "Voici.")
        self.assertReply("Envoyé de mon iPhone", "")

    def test_nothing_is_lost_in_doubt(self):
        for text in (
            "Bonjour,\n\nCordialement\nCamille\nPS : rappelez-moi",
            "J'ai :\n- une facture\n- un bail\n\nMerci",
            "Le voisin a écrit : rien à dire\nsuite",
            f"{HEADER}\n> Votre adresse ?\n3 rue du Moulin\n> Combien ?\n4",
            f"Mes réponses :\n\n{HEADER}\n> Votre adresse ?\n3 rue du Moulin",
            "Voyez :\n---------- Forwarded message ---------\nDe : EDF\nEnvoyé : lundi\nFacture 12",
            "Voici.\n--\n" + "\n".join(f"ligne {number}" for number in range(20)),
            "ligne\n" * 5000 + "De : a\nEnvoyé : b\nObjet : c\nfin",
        ):
            with self.subTest(text[:60]):
                kept = get_reply(text)
                for line in text.replace("\u00a0", " ").splitlines():
                    self.assertIn(line.strip(), kept)

    def test_only_the_history_means_no_words(self):
        self.assertReply(f"{HEADER}\n> Bonjour\n> Merci", "")

    def test_hostile_texts_take_no_time(self):
        for text in (
            "\n" * 200000,
            " \n" * 100000,
            "On " + "a " * 100000,
            ("On " + "a " * 900 + "\n") * 10,
            "On a wrote\n" * 1800,
            "> " * 9000,
            "From: " * 3000,
            "De : a\n" * 2800,
        ):
            start = time.monotonic()
            get_reply(text)
            self.assertLess(time.monotonic() - start, 3, text[:20])
