import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import tagged

from odoo.addons.procedure_signature.tests.common import SignatureCommon
from odoo.addons.website_parts.tests.common import PageCase

FORGED = ("x", "AAAA", "é", "0" * 900)
SECRETS = ("Pour qui", "Jours de garderie", "lundi", "Camille", "Digicode", "Inscrire", "INSCRIRE")


@tagged("post_install", "-at_install")
class TestSignaturePage(SignatureCommon, PageCase):
    """The other parent, the president: by an account, or by a code."""

    def setUp(self):
        super().setUp()
        self.request = self._enrol()
        self.signature = self.request.sudo().signature_ids
        self.path = self.signature._get_link()

    def act(self, path=None, **values):
        path = path or self.path
        return self.post(path, {**self.hidden(self.get(path)), **values})

    def main(self, response):
        return " ".join(response.tree.xpath("//main")[0].text_content().split())

    def code(self, email):
        self.env.flush_all()
        mail = self._mails(email=email)[:1]
        return re.search(r">(\d{6})<", mail.body_html)[1]

    def assertShowsNothing(self, response, *more):
        for secret in (*SECRETS, *more):
            self.assertNotIn(secret, self.main(response))

    def open_by_code(self, path, email):
        self.act(path, _action="code")
        return self.act(path, _action="open", code=self.code(email))

    # -- who reads

    def test_the_link_alone_shows_nothing(self):
        page = self.get(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertShowsNothing(page, "ominique", "exemple.fr")

    def test_a_forwarded_link_opened_by_a_third_account_shows_nothing(self):
        third = self._resident("tiers", "Tierce", "Personne")
        for user in (third, self.camille, self.agent, self.manager):
            self.authenticate(user.login, user.login)
            page = self.get(self.path)
            self.assertEqual(page.status_code, 403, user.login)
            self.assertShowsNothing(page, "ominique", "exemple.fr")
            hidden = self.hidden(self.get("/my"))
            for action in ("code", "open", "answer", "renew"):
                sent = self.post(
                    self.path,
                    {
                        **hidden,
                        "_action": action,
                        "reponse": "signed",
                        "_stamp": self.request._get_signed_digest(self.signature._get_field()),
                    },
                )
                self.assertEqual(sent.status_code, 403)
                self.assertShowsNothing(sent, "ominique")
        self.assertEqual(self.signature.state, "asked")
        self.assertFalse(
            self._mails(email="dominique@exemple.fr").filtered(lambda mail: "code" in mail.subject)
        )

    def test_in_her_own_account_she_reads_the_ticked_answers_and_signs(self):
        self.authenticate(self.dominique.login, self.dominique.login)
        self.assertIn("À vous de signer", self.main(self.get("/my")))
        page = self.get(self.path)
        self.assertIn("lundi", self.main(page))
        for secret in ("Camille", "Digicode", "rue", self.request.number):
            self.assertNotIn(secret, self.main(page))
        self.assertEqual(self.act(_action="answer").status_code, 422)
        done = self.act(_action="answer", reponse="signed")
        self.assertEqual(done.status_code, 303)
        self.assertIn("Merci", self.main(self.get(done.headers["Location"])))
        self.assertEqual((self.signature.state, self.signature.way), ("signed", "account"))
        self.assertNotIn("À vous de signer", self.main(self.get("/my")))
        self.assertIn("déjà signé", self.main(self.get(self.path)))

    def test_without_account_a_code_opens_it_once_in_this_browser(self):
        self.assertEqual(self.act(_action="open", code="000000").status_code, 422)
        opened = self.open_by_code(self.path, "dominique@exemple.fr")
        self.assertEqual(opened.status_code, 303)
        self.assertIn("lundi", self.main(self.get(self.path)))
        refused = self.act(_action="answer", reponse="refused")
        self.assertEqual(set(self.errors(refused)), {"raison"})
        self.act(_action="answer", reponse="signed")
        self.assertEqual((self.signature.state, self.signature.way), ("signed", "code"))

    def test_what_a_code_opened_is_closed_to_the_next_account_and_to_another_link(self):
        self.open_by_code(self.path, "dominique@exemple.fr")
        self.assertIn("lundi", self.main(self.get(self.path)))
        self.signature._renew()
        self.assertEqual(self.get(self.path).status_code, 404)
        self.assertShowsNothing(self.get(self.signature._get_link()))

    def test_who_signs_by_e_mail_says_who_she_is_and_is_not_who_files(self):
        signature = self._hire().sudo().signature_ids
        path = signature._get_link()
        self.open_by_code(path, "presidente@exemple.fr")
        self.assertIn("samedi", self.main(self.get(path)))
        same = {"nom": "Camille Durand"}
        sent = self.act(path, _action="answer", reponse="signed", **same)
        self.assertEqual(sent.status_code, 422)
        self.assertIn("même nom", self.main(sent))
        empty = self.act(path, _action="answer", reponse="signed")
        self.assertEqual(set(self.errors(empty)), {"nom"})
        other = {"nom": "Paule Nord"}
        self.act(path, _action="answer", reponse="signed", **other)
        self.assertEqual((signature.state, signature.name), ("signed", "Paule Nord"))

    def test_without_script_each_button_leads_to_the_next_page(self):
        signature = self._hire().sudo().signature_ids
        path = signature._get_link()
        sent = self.press(self.get(path), "M’envoyer un code")
        page = self.get(sent.headers["Location"])
        code = self.code("presidente@exemple.fr")
        wrong = self.press(page, "Ouvrir", code="000000" if code != "000000" else "111111")
        self.assertEqual(set(self.errors(wrong)), {"code"})
        opened = self.press(wrong, "Ouvrir", code=code)
        page = self.get(opened.headers["Location"])
        self.assertIn("samedi", self.main(page))
        done = self.press(page, "Envoyer ma réponse", reponse="signed", nom="Paule Nord")
        self.assertIn("Merci", self.main(self.get(done.headers["Location"])))
        self.assertEqual((signature.state, signature.name), ("signed", "Paule Nord"))

    def test_what_she_commits_to_is_read_first_with_its_price_and_who_asks(self):
        promise = "Elle remplace le matériel avec vous s’il est perdu ou cassé."
        form = self._hire_form(help="Son courriel", signature_commitment=promise)
        procedure = self._procedure("Emprunter", "EMPRUNTER", self.waste, form)
        rows = [("Barnum", "20,00 €"), ("Total", "47,50 €")]
        self.enterContext(
            patch.object(self.env.registry["procedure.request"], "_get_price_rows", lambda _: rows)
        )
        signature = self._hire(procedure=procedure).sudo().signature_ids
        mail = self._mails(email="presidente@exemple.fr")[:1]
        words = " ".join(html.fromstring(mail.body_html).text_content().split())
        for said in (promise, "47,50 €", "Camille D."):
            self.assertIn(said, words)
        for told_to_others in ("Camille Durand", "Son courriel"):
            self.assertNotIn(told_to_others, words)
        # The reminder may be the only one that is read.
        signature._remind()
        [reminder] = self._mails(email="presidente@exemple.fr") - mail
        told = " ".join(html.fromstring(reminder.body_html).text_content().split())
        self.assertIn("Rappel", reminder.subject)
        for said in (promise, "47,50 €", "Camille D."):
            self.assertIn(said, told)
        path = signature._get_link()
        self.assertNotIn(promise, self.main(self.get(path)), "not before it is known who reads")
        self.open_by_code(path, "presidente@exemple.fr")
        page = self.main(self.get(path))
        for said in (promise, "Total", "47,50 €"):
            self.assertIn(said, page)
        self.assertLess(page.index(promise), page.index("samedi"))
        self.assertNotIn("Son courriel", page)
        # The other parent learns nothing of what the first one pays, nor who asks.
        other = self._mails(email="dominique@exemple.fr")[:1].body_html
        self.authenticate(self.dominique.login, self.dominique.login)
        for told in (other, self.main(self.get(self.path))):
            for secret in ("47,50", "Camille"):
                self.assertNotIn(secret, told)

    def test_the_page_says_what_is_true_of_the_reason_and_of_the_address(self):
        """Why one refuses is needed then; the applicant typed the address of a guarantor."""
        untold = "Votre adresse n’est dite à personne"
        path = self._hire().sudo().signature_ids._get_link()
        self.open_by_code(path, "presidente@exemple.fr")
        page = self.get(path)
        self.assertNotIn(untold, self.main(page))
        [reason] = page.tree.xpath("//label[@for='f-raison']")
        self.assertNotIn("facultatif", reason.text_content())
        self.authenticate(self.dominique.login, self.dominique.login)
        self.assertIn(untold, self.main(self.get(self.path)), "nobody tells where a parent is")

    def test_an_answer_that_changed_since_it_was_read_is_read_again(self):
        self.authenticate(self.dominique.login, self.dominique.login)
        hidden = self.hidden(self.get(self.path))
        self.request.sudo()._correct_answers({"days": "mardi"})
        again = self.request.sudo().signature_ids - self.signature
        sent = self.post(again._get_link(), {**hidden, "_action": "answer", "reponse": "signed"})
        self.assertEqual(sent.status_code, 422)
        self.assertIn("mardi", self.main(sent))
        self.assertEqual(again.state, "asked")

    # -- links

    def test_the_link_alone_tells_no_outcome(self):
        said = set()
        for state, reason in (("refused", "Non"), ("signed", "")):
            signature = self._enrol().sudo().signature_ids
            self._sign(signature, self.dominique, state, reason=reason)
            said.add(self.main(self.get(signature._get_link())))
        self.assertEqual(len(said), 1)
        self.assertIn("ne sert plus", said.pop())

    def test_past_its_term_it_says_so_and_sends_another(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            page = self.get(self.path)
            self.assertEqual(page.status_code, 410)
            self.assertIn("servait jusqu’au", self.main(page))
            self.assertShowsNothing(page, "ominique", "exemple.fr")
            before = len(self._mails(email="dominique@exemple.fr"))
            self.assertIn("en route", self.main(self.act(_action="renew")))
            self.assertEqual(len(self._mails(email="dominique@exemple.fr")), before + 1)
            self.assertEqual(self.get(self.path).status_code, 404)
            self.assertEqual(self.get(self.signature._get_link()).status_code, 200)

    def test_forged_and_replaced_links_say_the_same(self):
        former = self.path
        self.signature._issue_link()
        pages = [self.get(path) for path in (former, *(f"/signer/{each}" for each in FORGED))]
        self.assertEqual({page.status_code for page in pages}, {404})
        self.assertEqual(len({self.main(page) for page in pages}), 1)

    def test_other_site_signs_nothing(self):
        self.authenticate(self.dominique.login, self.dominique.login)
        sent = self.post(self.path, {"_action": "answer", "reponse": "signed"})
        self.assertEqual(sent.status_code, 422)
        self.assertEqual(self.signature.state, "asked")

    # -- who files

    def test_one_separated_parent_reads_nothing_of_the_other(self):
        """Every output of each: page, list, mails, paper; asked, refused, changed, signed."""
        self.camille.partner_id.street = "3 rue Cachée"
        secrets = {
            self.camille: ("ominique", "Petit", "impasse", "dominique@"),
            self.dominique: ("Camille", "rue Cachée", "camille@"),
        }
        self.check_outputs(secrets)
        self._sign(self.signature, self.dominique, "refused", reason="9 impasse Secrète")
        self.check_outputs(secrets)
        self.request.with_user(self.agent).action_ask_signatures()
        self.check_outputs(secrets)
        self._sign(self.request.sudo().signature_ids[-1], self.dominique)
        self.check_outputs(secrets)

    def check_outputs(self, secrets):
        shown = {user: [] for user in secrets}
        for user, paths in (
            (self.camille, ("/my", "/my/demandes", f"/my/demandes/{self.request.id}")),
            (self.dominique, ("/my", self.request.sudo().signature_ids[-1]._get_link())),
        ):
            self.authenticate(user.login, user.login)
            for path in paths:
                page = self.get(path)
                # The head of each page names who is signed in.
                shown[user].append(self.main(page))
            mails = self._mails(email=f"{user.login}@exemple.fr") | self._mails().filtered(
                lambda mail, user=user: user.partner_id in mail.recipient_ids
            )
            shown[user] += [f"{mail.subject} {mail.body_html}" for mail in mails]
        french = self.request.sudo().with_context(lang="fr_FR")
        shown[self.camille].append(str(french._get_answer_sections()))
        shown[self.camille].append(str(french._acknowledgment_values()))
        messages = french._get_messages_for_applicant()
        shown[self.camille].append(str(messages.mapped("body") + messages.mapped("email_from")))
        for user, words in secrets.items():
            mine = {user.partner_id.firstname[1:], user.partner_id.lastname}
            for word in set(words) - mine:
                for text in shown[user]:
                    self.assertNotIn(word, text, user.login)

    def test_who_files_reads_who_signs_and_sends_the_link_again(self):
        self.authenticate(self.camille.login, self.camille.login)
        path = f"/my/demandes/{self.request.id}"
        page = self.get(path)
        self.assertIn("En attente de signature", self.main(page))
        self.assertIn("Signature de l’autre parent", self.main(page))
        former = self.signature.link_nonce
        hidden = self.hidden(page)
        self.post(f"{path}/acte", {**hidden, "_act": "signature_send"})
        self.signature.invalidate_recordset()
        self.assertNotEqual(self.signature.link_nonce, former)
        self._sign(self.signature, self.dominique)
        self.assertIn("C’est signé", self.main(self.get(path)))

    def test_nobody_is_said_to_be_asked_when_nobody_could_be(self):
        form = self._enrolment_form()
        form[0]["required"] = False
        procedure = self._procedure("Ouverte", "OUVERTE", self.waste, form, account_required=True)
        self.authenticate(self.camille.login, self.camille.login)
        path = f"/demarches/{procedure.slug}/formulaire"
        page = self.get(path)
        sent = self.post(path, {**self.hidden(page), "days": "lundi"})
        page = self.get(sent.headers["Location"]) if sent.status_code == 303 else sent
        self.assertIn("Personne ne peut être prié de signer", self.main(page))
        self.assertNotIn("Nous le demandons à cette personne", self.main(page))
        request = self._submit(
            procedure=procedure, files={}, answers={"days": "lundi", "words": ""}
        )
        words = self.main(self.get(f"/my/demandes/{request.id}"))
        self.assertIn("Personne n’a pu être prié de signer", words)
        for untrue in ("nous l’avons demandée", "Réécrire à cette personne"):
            self.assertNotIn(untrue, words)
