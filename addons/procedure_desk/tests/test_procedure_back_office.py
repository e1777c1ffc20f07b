from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.territory_base.tests.sweep import sweep


@tagged("post_install", "-at_install")
class TestBackOffice(ProcedureCommon):
    def test_search(self):
        mine = self._submit()
        other = self._submit_without_account(answers=self._answers(**{"address.commune": "55427"}))
        Request = self.env["procedure.request"].with_user(self.agent)
        for domain, expected in (
            ([("number", "ilike", mine.number)], mine),
            ([("applicant_name", "ilike", "durand cam")], mine),
            ([("applicant_name", "ilike", "Ana Mor")], other),
            ([("commune_id", "=", self.revigny.id)], other),
            ([("answer_ids.value_text", "ilike", "moulin")], mine | other),
        ):
            found = Request.search(domain).filtered(lambda r: r in mine | other)
            self.assertEqual(found.sudo(), expected.sudo(), domain)
        mine.with_user(self.agent).action_take()
        self.assertIn(mine, Request.search([("is_mine", "=", True)]))
        self.assertNotIn(other, Request.search([("is_mine", "=", True)]))

    def test_phone_of_a_visitor_is_read_as_in_france(self):
        identity = {**self._identity(), "contact_phone": "0329700000"}
        request = self._submit_without_account(identity=identity)
        self.assertEqual(request.contact_phone, "+33329700000")
        self.assertEqual(request.with_user(self.agent).applicant_phone, "03 29 70 00 00")
        request.sudo().contact_phone = False
        self.assertFalse(request.with_user(self.agent).applicant_phone)

    def test_columns_of_the_kanban(self):
        self._submit()
        Request = (
            self.env["procedure.request"].with_user(self.agent).with_context(read_group_expand=True)
        )
        groups = Request.formatted_read_group([], ["state"], ["__count"])
        self.assertEqual(
            [group["state"] for group in groups][:4],
            ["submitted", "in_review", "to_complete", "waiting_list"],
        )
        groups = Request.with_context(default_procedure_id=self.procedure.id).formatted_read_group(
            [("procedure_id", "=", self.procedure.id)], ["step_id"], ["__count"]
        )
        self.assertEqual(
            {group["step_id"] and group["step_id"][0] for group in groups},
            {False, *self.procedure.step_ids.ids},
        )
        self.assertTrue(Request.fields_get(["late"])["late"]["groupable"])
        progress = Request.read_progress_bar(
            [], "state", {"field": "late", "colors": {"none": "success", "red": "danger"}}
        )
        self.assertGreaterEqual(progress["submitted"]["none"], 1)

    def test_wizards_decide_as_the_agent(self):
        request = self._submit().with_user(self.agent)
        request.action_take()
        action = request.with_context(reason_action="accept").action_open_reason()
        with Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        ) as form:
            form.conditions = "Rendre l'ancien"
        form.record.action_confirm()
        self.assertEqual(request.state, "accepted_conditionally")

    def test_the_completion_wizard_starts_from_what_was_refused(self):
        request = self._submit(files={"proof": [upload(), upload("b.png")]}).with_user(self.agent)
        request.document_line_ids[0].action_refuse("Floue")
        action = request.action_open_completion()
        form = Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        )
        self.assertFalse(len(form.line_ids), "a later document answers the same question")
        request.document_line_ids[1].action_refuse("Coupée")
        form = Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        )
        self.assertEqual(len(form.line_ids), 2)
        with form.line_ids.new() as line:
            line.label = "Bail"
            line.reason = "Il manque"
        form.save().action_confirm()
        self.assertEqual(request.state, "to_complete")
        self.assertEqual(
            request.document_line_ids.filtered("asked").mapped("reason"),
            ["Floue", "Coupée", "Il manque"],
        )

    def test_wizards_give_no_right(self):
        request = self._submit()
        Wizard = self.env["procedure.reason.wizard"]
        values = {"request_id": request.id, "action": "accept"}
        with self.assertRaises(AccessError):
            Wizard.with_user(self.school_agent).create(values)
        wizard = Wizard.with_user(self.agent).create(values)
        self.waste.user_ids -= self.agent
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        self.assertEqual(request.state, "submitted")

    def test_the_form_opens_for_each_who_reads(self):
        self.procedure.consulted_service_ids = self.school
        request = self._submit()
        for user in (self.agent, self.school_agent, self.manager):
            form = Form(request.with_user(user))
            self.assertEqual(form.number, request.number)
            self.assertIn("Nombre de personnes", form.answers_html)

    def test_the_manager_writes_a_form(self):
        version = self.procedure.with_user(self.manager).action_new_version()
        with Form(version) as form, form.field_ids.new() as field:
            field.label = "Serrure"
            field.key = "lock"
            field.type = "boolean"
        self.assertIn("lock", version.field_ids.mapped("key"))

    # -- budgets

    def _count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    @sweep("volumes")
    def test_list_and_kanban_cost_the_same_with_ten_and_two_hundred(self):
        Request = self.env["procedure.request"].with_user(self.agent)
        listed = {
            name: {}
            for name in "number applicant_name date_submitted date_due late age_days state".split()
        }
        for name in ("procedure_id", "commune_id", "step_id", "user_id", "service_id"):
            listed[name] = {"fields": {"display_name": {}}}

        def show_list():
            Request.web_search_read([], listed, limit=1000)

        def show_kanban():
            Request.web_read_group(
                [],
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=listed,
                unfold_read_default_limit=40,
            )
            Request.read_progress_bar(
                [], "state", {"field": "late", "colors": {"none": "success", "red": "danger"}}
            )

        template = self._submit()
        self._copies(template, 9)
        show_list()
        show_kanban()
        few = self._count(show_list), self._count(show_kanban)
        self._copies(template, 190)
        self.assertEqual(Request.search_count([]), 200)
        many = self._count(show_list), self._count(show_kanban)
        self.assertCostsNoMore(few, many)

    def _copies(self, request, count):
        """As many requests of other residents, in all open states."""
        states = ["submitted", "in_review", "to_complete", "waiting_list"]
        start = self.env["procedure.request"].search_count([])
        partners = self.env["res.partner"].create(
            [
                {"firstname": f"P{start + index}", "lastname": "Test", "kind": "person"}
                for index in range(min(count, 40))
            ]
        )
        self.env["procedure.request"].create(
            [
                {
                    **request._convert_to_write(
                        request.read(
                            ["procedure_id", "version_id", "service_id", "commune_id"], load=None
                        )[0]
                    ),
                    "number": f"COPY-{start + index}",
                    "state": states[index % 4],
                    "applicant_id": partners[index % len(partners)].id,
                    "answers": request.answers,
                    "user_id": self.colleague.id if index % 2 else self.agent.id,
                    "date_submitted": request.date_submitted,
                    "date_red": "2020-01-01" if index % 3 else False,
                }
                for index in range(count)
            ]
        )


@tagged("post_install", "-at_install")
class TestFilePages(HttpCase, ProcedureCommon):
    def test_files_by_guessed_addresses(self):
        """Core's own routes serve a document to those entitled, and to nobody else."""
        request = self._submit()
        document = request.document_line_ids.document_id
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
                ("res_field", "=", "file"),
            ]
        )
        urls = (
            f"/web/content/procedure.document/{document.id}/file",
            f"/web/content?model=procedure.document&id={document.id}&field=file",
            f"/web/image/procedure.document/{document.id}/file",
            f"/web/content/{attachment.id}",
        )
        content = upload()["content"]
        for login in ("dominique", "school_agent", "secretary", "dpo", None):
            self.authenticate(login, login)
            for url in urls:
                with self.subTest(f"{login}, {url}"):
                    answer = self.url_open(url)
                    self.assertNotEqual(answer.content, content)
                    if "/web/image" not in url:
                        self.assertEqual(answer.status_code, 404)
        self.authenticate("agent", "agent")
        self.assertEqual(self.url_open(urls[0]).content, content)
