from odoo.tests import tagged

from odoo.addons.procedure_letter.tests.test_letter import LetterCommon
from odoo.addons.procedure_signature.tests.common import SignatureCommon
from odoo.addons.report_weasyprint.tests.pdf import get_text
from odoo.addons.website_parts.tests.common import PageCase

# Of Dominique, who lives elsewhere: a paper of Camille holds none of it.
SECRETS = ("Dominique", "Petit", "impasse", "Secrète", "dominique@")


@tagged("post_install", "-at_install")
class TestSignaturePapers(SignatureCommon, LetterCommon, PageCase):
    """What is drawn for one separated parent says nothing of the other, in any state of the
    signature: the summary, by its own address, and each letter. Pages and mails:
    `website_procedure_signature/tests/test_signature_page.py`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enrolment = cls.enrolment.with_context(lang="fr_FR")

    def setUp(self):
        super().setUp()
        self.camille.partner_id.street = "3 rue Cachée"
        self.request = self._enrol().sudo()
        self.path = f"/my/demandes/{self.request.id}/accuse.pdf"
        self.kinds = set()

    def test_no_paper_tells_one_parent_of_the_other(self):
        agent = self.request.with_user(self.agent).sudo(False)
        self._check_papers("asked")
        self._sign(self.request.signature_ids, self.dominique, "refused", reason="9 impasse X")
        self._check_papers("refused")
        agent.action_take()
        agent.action_ask_completion([{"label": "Un justificatif", "reason": "Il manque"}])
        self._check_papers("incomplete")
        agent.action_take()
        agent.action_ask_signatures()
        self._check_papers("asked again")
        self._sign(self.request.signature_ids[-1], self.dominique)
        self._check_papers("signed")
        agent.action_accept("", "Lou est inscrite.")
        self._check_papers("accepted")
        self.assertLessEqual({"acknowledgment", "completion", "decision"}, self.kinds)

    def _check_papers(self, state):
        self.env.invalidate_all()
        papers = {"summary": self._download_summary()}
        for letter in self.request.letter_ids:
            self.assertTrue(letter.sha256 or letter._draw(), letter.name)
            self.kinds.add(letter.kind)
            content = letter._get_content_for(self.agent)["content"]
            papers[f"{letter.kind} {letter.id}"] = get_text(content)
        self.assertGreater(len(papers), 1, state)
        # Drawn in full, of this very request: else their silence would prove nothing.
        self.assertIn("lundi", papers["summary"])
        self.assertIn("Signature de l’autre parent", papers["summary"])
        for name, text in papers.items():
            self.assertIn(self.request.number, text, f"{state}, {name}")
            self.assertNotTold(SECRETS, text, f"{state}, {name}")
        # The other way round: she reads none of them.
        self.sign_in(self.dominique)
        self.assertEqual(self.url_open(self.path).status_code, 404, state)

    def _download_summary(self):
        self.sign_in(self.camille)
        answer = self.url_open(self.path)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        return get_text(answer.content)

    def assertNotTold(self, words, text, where):
        """Whatever the line on which a word is cut, in capitals or not."""
        glued = "".join(text.split())
        for word in words:
            self.assertNotIn(word, glued, where)
            self.assertNotIn(word.upper(), glued, where)

    def test_the_letter_of_what_is_granted_says_who_signed(self):
        """What was agreed holds the signature of the guarantor, as the agreement of a room does."""
        promise = "Vous vous portez garante du matériel."
        form = self._hire_form(help="Son courriel", signature_commitment=promise)
        hire = self._procedure("Louer", "LOUER", self.waste, form).with_context(lang="fr_FR")
        granted = self._hire(procedure=hire).sudo()
        refused = self._hire(self.dominique, procedure=hire).sudo()
        for request, act in ((granted, "action_accept"), (refused, "action_refuse")):
            self._sign_by_code(request.signature_ids)
            agent = request.with_user(self.agent).sudo(False)
            agent.action_take()
            getattr(agent, act)("Voici pourquoi")
        signed = "par Paule Nord, en ligne, avec un code envoyé par courriel"
        self.assertRegex(self._read(granted, "decision"), f"Signature ?Signée le [0-9/]+ {signed}")
        told = " ".join(self._read(granted, "decision").split())
        self.assertIn(promise, told, "the text that the guarantor read")
        self.assertNotIn("Son courriel", told)
        self.assertNotIn("Paule", self._read(refused, "decision"))

    def test_a_paper_that_told_it_would_be_seen(self):
        text = "Signé par Domini que le lundi"
        with self.assertRaises(AssertionError):
            self.assertNotTold(SECRETS, text, "here")
