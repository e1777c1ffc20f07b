from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.procedure.filing import Filing
from odoo.addons.report_weasyprint.tests import pdf

from .test_letter import LetterCommon


@tagged("post_install", "-at_install")
class TestTemplate(LetterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["procedure.letter.template"].create(
            {
                "name": "Refus : hors secteur",
                "body": "<p>Bonjour {{demandeur}},</p>"
                "<p>Votre demande {{ Numéro }} : {{reponse.note}}</p>",
            }
        )

    def _wizard(self, request, action, user=None):
        view = request.with_user(user or self.agent).with_context(reason_action=action)
        action = view.action_open_reason()
        return Form(
            self.env[action["res_model"]]
            .with_user(user or self.agent)
            .with_context(**action["context"])
        )

    def test_each_field_of_the_list_is_filled(self):
        request = self._submit(answers=self._answers(note="Deux\nlignes"))
        names = [name for name, _label in self.template._get_merge_field_choices()]
        self.assertIn("reponse.note", names)
        self.assertNotIn("reponse.proof", names, "a file is no text")
        self.template.body = "".join(f"<p>[{{{{{name}}}}}]</p>" for name in names)
        _subject, body = self.template._render(request)
        self.assertNotIn("{{", body)
        for shown in (request.number, "Camille Durand", "Demander un bac", "Déchets", "0399000001"):
            self.assertIn(shown, body)
        self.assertIn("Deux<br", body)

    def test_lines_of_the_source_are_none_of_the_text(self):
        request = self._submit(answers=self._answers(note="Deux\xa0:\nlignes"))
        self.template.body = "<p>Nous ne\n        pouvons pas.</p><p>{{reponse.note}}</p>"
        text = self.template._render_text(request)
        self.assertIn("Nous ne pouvons pas.", text)
        self.assertIn("Deux\xa0:\nlignes", text, "hers stay, and what does not break")

    def test_what_an_applicant_wrote_is_text(self):
        request = self._submit(answers=self._answers(note="<img src=x onerror=alert(1)>{{numero}}"))
        _subject, body = self.template._render(request)
        self.assertIn("&lt;img", body)
        self.assertNotIn("<img", body)
        self.assertIn("{{numero}}", body, "filled once: an answer is no template")
        with self.assertRaises(ValidationError):
            self.template.copy({"body": '<p><a href="{{reponse.note}}">ici</a></p>'})

    def test_nothing_is_executed(self):
        request = self._submit()
        self.template.body = "<p>{{numero}} ${object.number} <t t-out='7*7'/> {% x %}</p>"
        _subject, body = self.template._render(request)
        self.assertNotIn("49", body.replace(request.number, ""))
        self.assertIn("${object.number}", body)

    def test_an_unknown_field_is_named(self):
        for body, named in (
            ("<p>{{numer}}</p>", "{{numer}}"),
            ("<p>{{object.env}}</p>", "{{object.env}}"),
            ("<p>{{reponse.inconnu}}</p>", "{{reponse.inconnu}}"),
            ("<p>{{numero</p>", "accolades"),
            ("<p>{{nu<b>me</b>ro}}</p>", "coupé"),
        ):
            with self.subTest(body), self.assertRaises(ValidationError) as caught:
                self.template.with_context(lang="fr_FR").body = body
            self.assertIn(named, str(caught.exception))
        with self.assertRaises(ValidationError):
            self.template.subject = "{{toto}}"

    def test_a_question_of_another_procedure_is_refused(self):
        other = self._procedure(
            "Autre", "AUTREX", self.waste, [{"key": "color", "type": "char", "label": "Couleur"}]
        )
        self.template.procedure_ids = self.procedure
        with self.assertRaises(ValidationError) as caught:
            self.template.with_context(lang="fr_FR").body = "<p>{{reponse.color}}</p>"
        self.assertIn("Demander un bac", str(caught.exception))
        self.template.write({"procedure_ids": [Command.set(other.ids)], "body": "<p>x</p>"})
        self.template.body = "<p>{{reponse.color}}</p>"

    def test_html_is_cleaned(self):
        self.template.body = '<p onclick="x()" style="color:red">a<script>x</script></p>'
        self.assertNotIn("script", self.template.body)
        self.assertNotIn("onclick", self.template.body)
        self.assertNotIn("color", self.template.body)

    def test_the_fields_that_are_offered_are_those_that_are_known(self):
        """The browser inserts them where one writes (tests/browser/test_letter_template.py)."""
        offered = [name for name, _label in self.template._get_merge_field_choices()]
        self.assertIn("telephone", offered)
        self.assertIn("reponse.note", offered)
        for name in offered:
            self.template.body = "<p>{{%s}}</p>" % name

    def test_what_the_request_is_about(self):
        request = self._submit()
        facts = [("Salle", "Le <lavoir>"), ("Jour", "lundi")]
        self.patch(type(request), "_get_decided_facts", lambda *_args: facts)
        self.template.body = "<p>{{objet}}</p>"
        shown = self.template.with_context(lang="fr_FR")._render_text(request)
        self.assertEqual(shown.replace("\xa0", " "), "Salle : Le <lavoir>\nJour : lundi")
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_refuse("Non")
        letter = request.letter_ids.filtered(lambda each: each.kind == "decision")
        self.assertIn("Le &lt;lavoir&gt;", letter.body)

    def test_it_is_tried_on_a_real_request_before_it_serves(self):
        request = self._submit(answers=self._answers(note="Ma note"))
        template = self.template.with_user(self.manager)
        self.assertFalse(template.tried_on)
        self.assertIn("jamais essayé", template.with_context(lang="fr_FR").display_name)
        action = template.action_try()
        form = Form(
            self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
        )
        self.assertEqual(form.request_id, request)
        self.assertIn("Ma note", form.preview)
        trial = form.save()
        text = pdf.get_text(trial._draw())
        for shown in ("Ceci est un essai", "Ma note", request.number, "Refus : hors secteur"):
            self.assertIn(shown, text)
        self.assertEqual(len(request.letter_ids), 1, "nothing was made")
        trial.action_done()
        self.assertEqual(template.tried_by_id, self.manager)
        self.assertNotIn("jamais", template.with_context(lang="fr_FR").display_name)
        template.name = "Autre nom"
        self.assertTrue(template.tried_on)
        template.body = "<p>Autre texte</p>"
        self.assertFalse(template.tried_on, "its words changed")

    def test_it_comes_into_the_reason_and_is_changed_there(self):
        request = self._submit(answers=self._answers(note="Ma note"))
        form = self._wizard(request, "refuse")
        form.template_id = self.template
        self.assertIn("Bonjour Camille Durand,", form.reasons)
        self.assertIn(f"Votre demande {request.number} : Ma note", form.reasons)
        form.reasons = form.reasons + "\nÀ bientôt"
        form.save().action_confirm()
        decision = request.decision_ids
        self.assertIn("À bientôt", decision.reasons)
        self.assertIn("À bientôt", self._read(request, "decision"))

    def test_it_comes_into_the_request_for_more(self):
        request = self._submit()
        template = self.env["procedure.letter.template"].create(
            {"name": "Compléments", "kind": "completion", "body": "<p>Avant le {{date_limite}}</p>"}
        )
        action = request.with_user(self.agent).action_open_completion()
        form = Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        )
        form.date_due = "2099-01-15"
        form.template_id = template
        self.assertEqual(form.message, "Avant le 15 janvier 2099")

    def test_who_writes_templates(self):
        for user in (self.agent, self.secretary):
            self.assertTrue(self.template.with_user(user).name)
            with self.assertRaises(AccessError):
                self.template.with_user(user).write({"body": "<p>x</p>"})
            with self.assertRaises(AccessError):
                self.env["procedure.letter.trial"].with_user(user).create(
                    {"template_id": self.template.id}
                )
        for user in (self.camille, self.communication, self.dpo):
            with self.assertRaises(AccessError):
                self.template.with_user(user).read(["body"])
        self.template.with_user(self.manager).write({"body": "<p>x</p>"})

    def test_a_wizard_shows_no_request_of_another_service(self):
        request = self._submit()
        for user in (self.secretary, self.school_agent):
            form = self.env["procedure.reason.wizard"].with_user(user)
            values = {"request_id": request.id, "action": "refuse"}
            with self.assertRaises(AccessError):
                form.new({**values, "template_id": self.template.id})._onchange_template_id()
            with self.assertRaises(AccessError):
                form.create({**values, "reasons": "x"})
            with self.assertRaises(AccessError):
                self.env["procedure.letter.trial"].with_user(user).new(
                    {"template_id": self.template.id, "request_id": request.id}
                )._compute_preview()

    # -- the window where one decides

    def test_the_letter_is_read_before_it_leaves(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        form = self._wizard(request, "refuse")
        form.reasons = "Un bac est déjà là."
        self.assertIn("Un bac est déjà là.", form.letter_html)
        self.assertIn("Camille Durand", form.letter_html)
        self.assertIn("camille@exemple.fr", form.leaves_label)
        self.assertFalse(request.decision_ids, "nothing is written")
        form.save().action_confirm()
        body = request.with_user(self.agent).letter_ids.filtered("decision_id").body
        self.assertIn("Un bac est déjà là.", body)

    def test_conditions_are_in_the_letter_that_one_reads(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        form = self._wizard(request, "accept")
        self.assertNotIn("conditions", form.letter_html)
        form.conditions = "Rendre l'ancien bac"
        self.assertIn("Rendre l", form.letter_html)

    def test_who_has_no_address_is_written_to_on_paper(self):
        identity = {**self._identity(), "contact_email": "", "contact_phone": "0639980041"}
        request = (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    identity=identity,
                    channel="phone",
                )
            )
        )
        label = request.with_context(lang="fr_FR")._get_leaves_label()
        self.assertIn("à imprimer et à poster", label)

    def test_a_ready_answer_says_to_each_of_several_what_is_hers(self):
        requests = self._submit() | self._submit()
        template = self.env["procedure.letter.template"].create(
            {"name": "Bac", "kind": "decision", "body": "<p>Pour le dossier {{numero}}.</p>"}
        )
        wizard = (
            self.env["procedure.bulk.wizard"]
            .with_user(self.agent)
            .create({"request_ids": requests.ids, "action": "accept", "template_id": template.id})
        )
        self.assertIn(f"Pour le dossier {requests[0].number}.", wizard.letter_html)
        requests.with_user(self.agent).action_take()
        wizard.action_confirm()
        for request in requests:
            self.assertIn(f"Pour le dossier {request.number}.", request.decision_ids.reasons)

    def test_nobody_reads_the_letter_of_a_request_that_she_does_not(self):
        request = self._submit()
        for user in (self.school_agent, self.other_secretary, self.communication, self.dominique):
            with self.assertRaises(AccessError):
                request.with_user(user)._get_decision_preview("refuse", "Non", "")

    def test_ready_answers_are_those_of_the_act(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        Template = self.env["procedure.letter.template"]
        refuse = Template.create({"name": "R", "body": "<p>Non</p>", "acts": "refuse"})
        accept = Template.create({"name": "A", "body": "<p>Oui</p>", "acts": "accept"})
        document = Template.create({"name": "D", "body": "<p>Flou</p>", "acts": "refuse_document"})

        def find(act):
            domain = self.env["procedure.reason.wizard"]._fields["template_id"].domain
            names = {"action": act, "procedure_id": False, "service_id": False}
            return Template.search(safe_eval(domain, names))

        self.assertLessEqual(refuse | self.template, find("refuse"), "hers, and that of all")
        self.assertFalse((accept | document) & find("refuse"))
        self.assertIn(document, find("refuse_document"))
        self.assertNotIn(self.template, find("refuse_document"), "a document is no request")
