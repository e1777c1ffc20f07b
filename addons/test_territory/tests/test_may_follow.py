from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure_export.tests.common import ExportCommon
from odoo.addons.procedure_silence.tests.common import SilenceCommon
from odoo.addons.report_weasyprint.tests.pdf import get_text
from odoo.addons.website_procedure_counter.tests.common import CounterCommon

# Beside a question, as long as it may still be sent without its answer.
UNKNOWN_TODAY = "vous ne le savez pas aujourd'hui"
# Fifteen days later.
DUE = date(2026, 12, 10)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:05:00")
class TestMayFollow(ExportCommon, SilenceCommon, CounterCommon):
    """A document or an answer marked “peut suivre”: the request comes in without it, and the law
    of an incomplete file is the rest of its story (CRPA L114-5, R112-5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._procedure(
            "Prêter une salle",
            "PRET",
            cls.waste,
            fields=[
                {"key": "what", "type": "char", "label": "Occasion", "required": True},
                {
                    "key": "proof",
                    "type": "file",
                    "label": "Assurance",
                    "required": True,
                    "may_follow": True,
                },
                {
                    "key": "count",
                    "type": "integer",
                    "label": "Combien de personnes ?",
                    "required": True,
                    "may_follow": True,
                },
                {"key": "quote", "type": "file", "label": "Devis", "required": True},
                {
                    "key": "late",
                    "type": "char",
                    "label": "Pourquoi sans assurance",
                    "condition_ids": [Command.create({"key": "proof", "operator": "not set"})],
                },
            ],
            slug="preter-une-salle",
        )
        cls.room = "/demarches/preter-une-salle/formulaire"

    def _send(self, **values):
        values = {"answers": {"what": "Fête"}, "files": {"quote": [upload("devis.png")]}, **values}
        return self._submit(procedure=self.procedure, **values)

    def test_what_may_follow_opens_no_other_commune(self):
        self.procedure.commune_ids = self.vaubecourt
        with self.assertRaises(AnswersInvalid) as refused:
            self._submit_without_account(
                procedure=self.procedure,
                answers={"what": "Fête"},
                files={"quote": [upload("devis.png")]},
            )
        self.assertIn(AnswersInvalid.FORM, refused.exception.errors)

    def _asked(self, request):
        return {
            line.field_key: line.date_due for line in request.document_line_ids.filtered("asked")
        }

    def _mail(self, request):
        return " ".join(html2plaintext(self._mails(request)[:1].body_html).split())

    def test_filed_without_it_it_is_asked_for_with_a_day(self):
        request = self._send()
        self.assertEqual(request.state, "to_complete")
        self.assertEqual(self._asked(request), {"proof": DUE, "count": DUE})
        self.assertEqual(request.date_completion_due, DUE)
        mail = self._mail(request)
        for words in (
            "Ce qui manque",
            "*Assurance* : Cette pièce peut suivre",
            "*Combien de personnes ?* : Cette réponse peut suivre",
            "au plus tard le 10/12/2026",
            "Compléter ma demande",
        ):
            self.assertIn(words, mail)
        paper = get_text(request.with_context(lang="fr_FR").sudo()._get_summary_file()["content"])
        self.assertIn("Peut suivre : à envoyer au plus tard le 10/12/2026", paper)
        agent = request.with_user(self.agent).with_context(lang="fr_FR")
        self.assertEqual(agent.lacking_label, "Assurance et Combien de personnes")
        self.assertIn("Peut suivre", agent.answers_html)
        # She sends it, in two times: the circuit goes on by itself.
        request.sudo()._complete(
            files={"proof": [upload("police.png")]}, by=self.camille.partner_id
        )
        self.assertEqual((request.state, set(self._asked(request))), ("to_complete", {"count"}))
        request.sudo()._complete(answers={"count": "40"}, by=self.camille.partner_id)
        self.assertEqual((request.state, request.answers["count"]), ("in_review", 40))
        Request = self.env["procedure.request"].with_user(self.agent)
        self.assertIn(request, Request.search(Request._get_morning_domains()["new"]))
        agent.invalidate_recordset()
        self.assertFalse(agent.lacking_label)
        self.assertNotIn("Peut suivre", agent.answers_html)
        self.assertIn("police.png", agent.answers_html)

    def test_what_the_agent_waived_is_not_asked_again_by_itself(self):
        request = self._send()
        agent = request.with_user(self.agent)
        agent.action_take()
        self.assertEqual((request.state, self._asked(request)), ("in_review", {}))
        agent.action_ask_completion([{"label": "Bail", "reason": "Manque"}])
        # Her own words name no question of the form: page and paper are drawn all the same.
        agent.invalidate_recordset()
        self.assertIn("Fête", agent.answers_html)
        self.assertTrue(request.sudo()._get_summary_file())
        [item] = request.sudo()._get_asked_items()
        request.sudo()._complete(
            files={item["key"]: [upload("bail.png")]}, by=self.camille.partner_id
        )
        self.assertEqual((request.state, self._asked(request)), ("in_review", {}))

    def test_with_everything_it_is_an_ordinary_request(self):
        files = {"quote": [upload("devis.png")], "proof": [upload("police.png")]}
        request = self._send(answers={"what": "Fête", "count": "3"}, files=files)
        self.assertEqual((request.state, self._asked(request)), ("submitted", {}))
        self.assertNotIn("Ce qui manque", self._mail(request))
        # Nor is what is hidden awaited.
        self.assertFalse(request.entered_incomplete)

    def test_what_is_not_so_marked_still_blocks(self):
        for values, key in (
            ({"files": {}}, "quote"),
            ({"answers": {"what": ""}}, "what"),
            ({"answers": {"what": "Fête", "count": "beaucoup"}}, "count"),
        ):
            with self.subTest(key), self.assertRaisesKeeping(AnswersInvalid) as caught:
                self._send(**values)
            self.assertEqual(set(caught.exception.errors), {key})
        self.assertFalse(self.requests_of())

    def test_a_silence_that_accepts_waits_and_one_that_refuses_runs(self):
        self._set_regime("sva")
        request = self._send()
        self.assertFalse(request.date_silence)
        mail = self._mail(request)
        self.assertNotIn("Sans réponse le", mail)
        self.assertIn("commence quand nous avons tout reçu", mail)
        with freeze_time("2026-12-01 10:00"):
            request.sudo()._complete(
                answers={"count": "4"}, files={"proof": [upload()]}, by=self.camille.partner_id
            )
        self.assertEqual(request.date_silence, date(2027, 2, 1))
        self._set_regime("svr")
        request = self._send(user=self.dominique)
        # Two months, and the fifteen days that she is given.
        self.assertEqual(request.date_silence, date(2027, 2, 9))
        self.assertIn("Sans réponse le 09/02/2027, votre demande est refusée", self._mail(request))

    def test_the_page_says_it_and_sends_without(self):
        self.sign_in(self.camille)
        page = self.get(self.room)
        self.assertIn("Assurance (peut suivre)", self.words(page))
        self.assertIn("vous l'enverrez", " ".join(page.tree.xpath("//*[@id='f-proof-a']//text()")))
        self.assertIn(UNKNOWN_TODAY, self.words(page))
        self.assertFalse(page.tree.xpath("//*[@name='proof'][@required]"))
        data = {**self.hidden(page), "what": "Fête", "_action": "check"}
        response = self.post(self.room, data, [self.jpeg(key="quote", name="devis.jpg")])
        page = self.get(response.headers["Location"])
        words = self.words(page)
        self.assertIn("Vous pourrez l'envoyer plus tard : Assurance, Combien de personnes", words)
        self.assertEqual(words.count("Peut suivre : à envoyer au plus tard le 10/12/2026"), 2)
        response = self.send_read(self.room, page)
        sent = self.words(self.get(response.headers["Location"]))
        self.assertIn("Vous envoyez ce qui manque", sent)
        self.assertIn("Assurance et Combien de personnes, au plus tard le 10/12/2026", sent)
        request = self.requests_of()
        self.assertEqual(request.state, "to_complete")
        page = self.get(f"/my/demandes/{request.id}")
        self.assertIn("Nous attendons 2 choses de vous", self.words(page))
        self.assertIn("Cette pièce peut suivre", self.words(page))
        self.assertNotIn(UNKNOWN_TODAY, self.words(page))
        self.assertTrue(page.tree.xpath("//input[@type='file'][@name='proof']"))

    def test_at_the_counter_it_is_the_same_request(self):
        """With nothing else missing, nobody has to say that the paper is incomplete."""
        filing = Filing(
            procedure=self.procedure,
            answers={"what": "Fête"},
            files={"quote": [upload("devis.png")]},
            identity=self._identity(),
            channel="counter",
        )
        Request = self.env["procedure.request"].with_user(self.agent)
        request = Request._submit(filing)
        self.assertEqual(self._asked(request), {"proof": DUE, "count": DUE})
        # What blocks on the site is asked for here with the rest, on the day that was given.
        until = date(2026, 12, 15)
        request = Request._submit(filing.having(files={}, incomplete_until=until))
        self.assertEqual(self._asked(request), dict.fromkeys(("proof", "count", "quote"), until))
        self.assertEqual(request.state, "to_complete")

    def test_what_is_required_in_some_cases_may_follow_in_these(self):
        self.procedure.action_new_version()
        draft = self.procedure.version_ids.filtered(lambda version: version.state == "draft")
        count = draft.field_ids.filtered(lambda field: field.key == "count")
        count.write(
            {
                "required": False,
                "require_ids": [
                    Command.create(
                        {"key": "what", "operator": "=", "value": "Loto", "purpose": "require"}
                    )
                ],
            }
        )
        self.procedure.action_publish()
        self.assertEqual(set(self._asked(self._send())), {"proof"})
        loto = self._send(user=self.dominique, answers={"what": "Loto"})
        self.assertEqual(set(self._asked(loto)), {"proof", "count"})

    def test_an_export_says_which(self):
        whole = self._send(
            answers={"what": "Fête", "count": "3"},
            files={"quote": [upload("devis.png")], "proof": [upload("police.png")]},
        )
        without = self._send(user=self.dominique, answers={"what": "Loto", "count": "9"})
        wizard = self._wizard(whole | without).with_context(lang="fr_FR")
        rows = self._rows(self._workbook(wizard), "Prêter une salle")
        told = {row["Numéro"].value: row["Manque encore"].value for row in rows}
        self.assertEqual(told, {whole.number: None, without.number: "Assurance"})
