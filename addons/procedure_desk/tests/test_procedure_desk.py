from ast import literal_eval
from datetime import date, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from odoo.addons.procedure.tests.common import ProcedureCommon, upload


@tagged("post_install", "-at_install")
class TestDesk(ProcedureCommon):
    """What an agent reads at a glance, and who may not."""

    def _wrote(self, request, words="Bonjour, avez-vous reçu ma demande ?"):
        request._post_from_applicant(words, by=self.camille.partner_id)
        return request

    # -- what the applicant wrote

    def test_a_message_on_a_request_that_nobody_took_is_seen_by_the_whole_service(self):
        request = self._wrote(self._submit())
        self.assertFalse(request.user_id, "nobody has it")
        for agent in (self.agent, self.colleague):
            seen = request.with_user(agent)
            self.assertEqual(seen.written_words, "Bonjour, avez-vous reçu ma demande ?")
            self.assertEqual(seen.to_do_tone, "answer")
            found = seen.search([("written_on", "!=", False)])
            self.assertIn(request, found.sudo())
            self.assertEqual(seen.get_morning()["counts"]["written"], len(found))

    def test_a_document_received_is_seen_as_a_message_is(self):
        request = self._submit(files={"proof": [upload()]}).with_user(self.agent)
        request.document_line_ids.action_refuse("Floue")
        line = request.document_line_ids
        request.action_ask_completion([{"line_id": line.id, "reason": "Floue"}])
        self.assertFalse(request.written_on)
        request.sudo()._complete(files={"proof": [upload("b.png")]}, by=self.camille.partner_id)
        self.assertTrue(request.written_on)
        self.assertTrue(request.written_words)

    def test_her_words_are_read_when_the_second_turns_meanwhile(self):
        with freeze_time("2026-03-03 20:09:00", auto_tick_seconds=2):
            request = self._wrote(self._submit(), "Avez-vous reçu ?").with_user(self.agent)
            self.assertEqual(request.written_words, "Avez-vous reçu ?")

    def test_what_answers_it(self):
        """A comment, a decision, “I have read it”; never a note, nor taking the request."""
        answers = {
            "comment": lambda request: request.message_post(
                body="Oui", subtype_xmlid="mail.mt_comment"
            ),
            "read": lambda request: request.action_mark_read(),
            "refuse": lambda request: request.action_refuse("Hors délai"),
            "ask": lambda request: request.action_ask_completion(
                [{"label": "Bail", "reason": "Il manque"}]
            ),
        }
        for name, answer in answers.items():
            request = self._wrote(self._submit()).with_user(self.agent)
            request.action_take()
            request.message_post(body="À revoir", subtype_xmlid="mail.mt_note")
            self.assertTrue(request.written_on, name)
            answer(request)
            self.assertFalse(request.written_on, name)

    def test_read_closes_the_task_that_told_it(self):
        request = self._submit().with_user(self.agent)
        request.action_take()
        self._wrote(request)
        own = request.activity_schedule("mail.mail_activity_data_todo", summary="Rappeler")
        self.assertEqual(len(request.activity_ids), 2)
        request.action_mark_read()
        self.assertEqual(request.activity_ids, own, "what she planned herself stays")

    def test_who_may_say_that_it_is_read(self):
        self.procedure.consulted_service_ids = self.school
        request = self._wrote(self._submit())
        for user in (self.school_agent, self.other_secretary, self.communication, self.camille):
            with self.assertRaises(AccessError):
                request.with_user(user).action_mark_read()
        self.assertTrue(request.written_on)
        request.with_user(self.manager).action_mark_read()
        self.assertFalse(request.written_on)

    def test_the_applicant_reads_nothing_of_the_desk(self):
        request = self._wrote(self._submit()).with_user(self.camille)
        names = set(self.env["procedure.request.desk"]._fields) - set(models.MAGIC_COLUMNS)
        names.remove("display_name")
        self.assertLess({"written_on", "written_words", "who", "to_do", "anything"}, names)
        for name in names:
            # The field itself: what it is computed from is hidden too.
            self.assertFalse(request._has_field_access(request._fields[name], "read"), name)
            with self.assertRaises(AccessError, msg=name):
                request.read([name])
        with self.assertRaises(AccessError):
            request.search([("written_on", "!=", False)])

    def test_a_decided_request_whose_applicant_asks_why_comes_back(self):
        request = self._submit().with_user(self.agent)
        request.action_refuse("Hors délai")
        open_domain = request._get_open_domain()
        self.assertNotIn(request, request.search(open_domain))
        self._wrote(request, "Pourquoi ?")
        self.assertIn(request, request.search(open_domain))

    # -- what is written down

    def test_an_act_is_one_line_that_names_its_agent(self):
        request = self._submit().with_user(self.agent)
        before = request.message_ids
        request.action_take()
        self.env.flush_all()
        self.env.cr.precommit.run()
        line = request.message_ids - before
        self.assertEqual(len(line), 1, line.mapped("body"))
        self.assertEqual(line.author_id, self.agent.partner_id)
        self.assertIn(self.agent.name, line.body)
        self.assertEqual(request.user_id, self.agent)
        # Given to somebody else by hand: that is an act of its own.
        request.user_id = self.colleague
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(len(request.message_ids - before), 2)

    def test_who_has_no_account_does_it_in_her_own_name(self):
        request = self._submit_without_account()
        request.with_user(self.env.ref("base.public_user")).sudo()._cancel()
        line = request.message_ids.filtered(lambda message: "→" in (message.body or ""))[:1]
        self.assertFalse(line.author_id)
        self.assertIn("Ana Morel", line.email_from)

    # -- the morning line

    def test_a_count_is_its_filter(self):
        arch = etree.fromstring(self.env["procedure.request"].get_view(view_type="search")["arch"])
        domains = {
            node.get("name"): Domain(literal_eval(node.get("domain")))
            for node in arch.iter("filter")
            if node.get("name") in ("late", "written", "new", "open")
        }
        Request = self.env["procedure.request"]
        expected = {**Request._get_morning_domains(), "open": Request._get_open_domain()}
        for name, domain in expected.items():
            self.assertEqual(domain.optimize(Request), domains[name].optimize(Request), name)

    def test_counts_are_of_what_one_may_read(self):
        self._submit()
        before = self.env["procedure.request"].with_user(self.agent).get_morning()["counts"]
        self._submit_without_account()
        after = self.env["procedure.request"].with_user(self.agent).get_morning()["counts"]
        self.assertEqual(after["new"], before["new"] + 1)
        school = self.env["procedure.request"].with_user(self.school_agent).get_morning()
        self.assertEqual(set(school["counts"].values()), {0})
        with self.assertRaises(AccessError):
            self.env["procedure.request"].with_user(self.camille).get_morning()

    def test_what_is_due_first_comes_first(self):
        for kind in ("kanban", "list"):
            arch = self.env["procedure.request"].get_view(view_type=kind)["arch"]
            self.assertEqual(etree.fromstring(arch).get("default_order"), "date_due, id", kind)

    def test_an_empty_state_is_a_folded_column(self):
        self._submit()
        Request = self.env["procedure.request"].with_user(self.agent)
        groups = Request.with_context(read_group_expand=True).formatted_read_group(
            [], ["state"], ["__count"]
        )
        folded = {group["state"]: group["__fold"] for group in groups}
        self.assertFalse(folded["submitted"])
        self.assertTrue(folded["waiting_list"])

    # -- words

    def test_delays_in_days_as_people_count_them(self):
        with freeze_time("2026-03-02 09:00:00"):
            request = self._submit().with_user(self.agent)
            due = request.date_due
        fr = request.with_context(lang="fr_FR")
        for day, words in (
            (due - timedelta(days=2), "Reste 2 j"),
            (due, "Attendue aujourd'hui"),
            (due + timedelta(days=4), "En retard de 4 j"),
        ):
            with freeze_time(f"{day} 09:00:00"):
                fr.invalidate_recordset()
                self.assertEqual(fr.due_label, words)

    def test_the_child_is_the_title(self):
        child = self.env["res.partner"].create(
            {"firstname": "Lou", "lastname": "Durand", "kind": "person"}
        )
        request = self._submit()
        request.sudo().subject_ids = child
        self.procedure.short_name = "Cantine"
        seen = request.with_user(self.agent).with_context(lang="fr_FR")
        self.assertEqual(seen.who, "Lou Durand")
        self.assertEqual(seen.what, "Cantine, par Camille Durand")

    # -- one box finds everything

    def test_a_phone_is_found_however_it_is_typed(self):
        identity = {**self._identity(), "contact_phone": "06 39 98 00 41"}
        visitor = self._submit_without_account(identity=identity)
        known = self._submit()
        Request = self.env["procedure.request"].with_user(self.agent)

        def find(text):
            return Request.search([("anything", "ilike", text)]) & (visitor | known)

        for typed in ("06 39 98", "0639980041", "+33639980041", "06.39.98.00.41"):
            self.assertEqual(find(typed).sudo(), visitor.sudo(), typed)
        for kept in ("+33 3 29 70 00 00", "03 29 70 00 00"):
            self.camille.partner_id.phone = kept
            for typed in ("03 29 70 00 00", "+33 3 29 70 00 00", "0033329700000"):
                self.assertEqual(find(typed).sudo(), known.sudo(), (kept, typed))
        for typed in (known.number, "camille@exemple.fr", "durand cam"):
            self.assertEqual(find(typed).sudo(), known.sudo(), typed)
        for nothing in ("06 99 99 99 99", "inconnue", "0041 0041"):
            self.assertFalse(find(nothing), nothing)

    def test_a_village_and_a_child_are_found_too(self):
        child = self.env["res.partner"].create(
            {"firstname": "Lou", "lastname": "Zyxwelle", "kind": "person"}
        )
        here, elsewhere = self._submit(), self._submit(user=self.dominique)
        here.sudo().subject_ids = child
        here.sudo().commune_id, elsewhere.sudo().commune_id = self.vaubecourt, self.revigny
        Request = self.env["procedure.request"].with_user(self.agent)
        for typed, wanted in (("vaubec", here), ("revigny-sur", elsewhere), ("zyxw", here)):
            found = Request.search([("anything", "ilike", typed)]) & (here | elsewhere)
            self.assertEqual(found.sudo(), wanted.sudo(), typed)

    def test_a_search_finds_nothing_of_another_service(self):
        request = self._submit()
        Request = self.env["procedure.request"].with_user(self.school_agent)
        for text in (request.number, "durand", "camille@exemple.fr"):
            self.assertFalse(Request.search([("anything", "ilike", text)]), text)

    def test_agents_offered_are_those_of_the_service(self):
        request = self._submit().with_user(self.agent)
        domain = safe_eval(request._fields["user_id"].domain, {"service_id": request.service_id.id})
        offered = request.env["res.users"].search(domain)
        self.assertEqual(offered, self.agent | self.colleague)

    def test_the_other_requests_of_an_address(self):
        """However its letters are written, found by an index; "_" is a letter of it."""
        request, same, other = (
            self._submit_without_account(identity=self._identity(contact_email=email))
            for email in ("a_b@exemple.fr", "A_B@exemple.fr", "axb@exemple.fr")
        )
        domain = request.sudo()._get_other_domain()
        self.assertEqual((same | other).sudo().filtered_domain(domain), same.sudo())
        query = self.env["procedure.request"]._search(domain)
        self.assertEqual(query.get_result_ids(), same._ids)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        self.assertIn("contact_email_index", str(self.env.cr.fetchall()))

    def test_other_requests_are_those_that_one_may_read(self):
        school = self._procedure("Cantine", "CANT", self.school)
        first, second = self._submit(), self._submit()
        self._submit(procedure=school)
        self.assertEqual(first.with_user(self.agent).other_request_count, 1)
        action = first.with_user(self.agent).action_open_other_requests()
        found = self.env["procedure.request"].with_user(self.agent).search(action["domain"])
        self.assertEqual(found.sudo(), second.sudo())

    def test_budget_of_a_list(self):
        """A longer list asks no more questions to the database."""
        requests = self.env["procedure.request"]
        for _i in range(12):
            requests |= self._wrote(self._submit())
        names = ["who", "what", "due_label", "to_do", "written_words", "documents_label"]

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.agent).read(names)
            return self.env.cr.sql_log_count - before

        count(requests)
        self.assertLessEqual(count(requests), count(requests[:2]) + 2)

    def test_written_is_a_day_of_today(self):
        with freeze_time("2026-03-03 20:09:00"):
            request = self._wrote(self._submit()).with_user(self.agent).with_context(lang="fr_FR")
            self.assertEqual(request.written_label, "A écrit aujourd'hui à 21 h 09\xa0:")
        with freeze_time("2026-03-04 08:00:00"):
            request.invalidate_recordset()
            self.assertEqual(request.written_label, "A écrit hier à 21 h 09\xa0:")
        with freeze_time("2026-03-06 08:00:00"):
            request.invalidate_recordset()
            self.assertEqual(request.written_label, "A écrit le 03/03 à 21 h 09\xa0:")
        self.assertEqual(fields.Datetime.to_string(request.written_on), "2026-03-03 20:09:00")

    def test_a_request_of_the_first_hour_of_a_day_is_of_that_day(self):
        """From midnight here to midnight UTC, whatever the clock of the reader."""

        def read(request):
            for zone in ("Europe/Paris", "UTC", "America/Cayenne"):
                request.invalidate_recordset()
                request.procedure_id.invalidate_recordset()
                seen = request.with_user(self.agent).with_context(tz=zone, lang="fr_FR")
                yield seen.received_day, seen.received_label

        with freeze_time("2026-12-31 22:30:00"):
            last = self._submit()
        with freeze_time("2026-12-31 23:30:00"):
            first = self._submit(self.dominique).with_context(tz="UTC")
            self.assertEqual([each.number.split("-")[1] for each in last | first], ["2026", "2027"])
            new_year = (date(2027, 1, 1), "reçue aujourd'hui")
            self.assertEqual(set(read(first)), {new_year})
            self.assertEqual(set(read(last)), {(date(2026, 12, 31), "reçue hier")})
        with freeze_time("2027-01-01 23:30:00"):
            self.assertEqual(set(read(first)), {(new_year[0], "reçue hier")})

    def test_the_list_shows_and_orders_the_day_here(self):
        with freeze_time("2026-12-31 22:30:00"):
            last = self._submit()
        with freeze_time("2026-12-31 23:30:00"):
            first = self._submit(self.dominique)
        requests = self.env["procedure.request"].with_user(self.agent)
        both = [("id", "in", (last | first).ids)]
        for order, expected in (("asc", last | first), ("desc", first | last)):
            found = requests.search(both, order=f"received_day {order}").sudo()
            self.assertEqual(found, expected)
        for kind in ("list", "form"):
            view = self.env.ref(f"procedure_desk.procedure_request_view_{kind}")
            arch = etree.fromstring(requests.get_view(view.id, kind)["arch"])
            self.assertTrue(arch.xpath("//field[@name='received_day']"), kind)
            self.assertFalse(arch.xpath("//field[@name='date_submitted']"), kind)

    def test_what_came_without_a_word_was_not_written_by_her(self):
        with freeze_time("2026-03-03 20:09:00"):
            request = self._submit()
            request._mark_written(fields.Datetime.now())
            seen = request.with_user(self.agent).with_context(lang="fr_FR")
            self.assertEqual(seen.written_label, "Le 03/03\xa0:")
            self.assertEqual(seen.written_words, "Ce qui était demandé est arrivé.")

    def test_a_window_names_the_child_without_elision(self):
        request = self._submit().with_user(self.agent).with_context(lang="fr_FR")
        title = request.with_context(reason_action="accept").action_open_reason()["name"]
        self.assertEqual(title, f"Accepter la demande {request.number} – {request.who}")

    def test_a_procedure_is_created_in_french_that_agrees(self):
        created = self.env["procedure.procedure"].with_context(lang="fr_FR")
        self.assertEqual(created.new({})._creation_message(), "Démarche créée")
