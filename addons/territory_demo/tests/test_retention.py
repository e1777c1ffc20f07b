"""Four years of the demo, month by month: what must go is gone from everywhere, what must not is as
it was."""

import logging
import os
import re
from unittest.mock import MagicMock, patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from lxml import html

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL, email_normalize

from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base import clock
from odoo.addons.territory_demo import procedures

from .test_territory_demo import DATA

_logger = logging.getLogger(__name__)

# Words that are nowhere else.
GONE = {
    "first name": "Zéphyrine",
    "last name": "Quintefeuille",
    "child": "Ombeline",
    "e-mail": "zephyrine.quintefeuille",
    "phone": "655443322",
    "answer": "motdelareponse",
    "message": "motdumessage",
    "note": "motdelanote",
    "reasons": "motdumotif",
    "file name": "nomdufichier",
    "file of a message": "nomdelapiece",
    "opinion": "motdelavis",
    "who gave it": "Barnabé Troismoulins",
    "visitor": "Gaspardine",
    "visitor's e-mail": "gaspardine.visite",
    "task": "motdelatache",
    "draft": "motdubrouillon",
}
KEPT = {"undecided": "motindecis", "held": "motretenu", "contested": "motconteste"}
# Rows that are core's own, and gone by its own jobs within a day: asked here, not waited for.
TEXT = ("text", "character varying", "character", "json", "jsonb", "bytea", "xml", "name", "ARRAY")


@tagged("post_install", "-at_install", "-standard", "sweep_demo")
class TestRetention(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        cls.env["territory.demo"]._build(["people"])
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        demo = cls.env["territory.demo"]
        cls.agent = demo._get("user_agent_dechets")
        cls.officer, cls.manager = demo._get("user_dpo"), demo._get("user_responsable")
        cls.service = demo._get("service_dechets")
        cls.commune = demo._commune("55040")
        cls.start = clock.today()
        cls.procedure = cls._make_procedure()
        cls.sent = []
        cls.files = []

    @classmethod
    def _make_procedure(cls):
        processing = cls.env["privacy.processing"].create(
            {
                **procedures.PROCESSING,
                "name": "Essai de mémoire",
                "code": "memory",
                "rights_contact": "Écrivez-nous",
                "dpo_contact": "Le délégué",
            }
        )
        procedure = cls.env["procedure.procedure"].create(
            {
                "name": "Essai de mémoire",
                "code": "MEMOIRE",
                "service_id": cls.service.id,
                "processing_id": processing.id,
                "retention_months": 12,
            }
        )
        questions = [
            {"key": "words", "type": "text", "label": "Précisions"},
            {"key": "child", "type": "children", "label": "Enfant"},
            {"key": "paper", "type": "file", "label": "Papier"},
        ]
        cls.env["procedure.version"].create(
            {
                "procedure_id": procedure.id,
                "field_ids": [
                    Command.create({"sequence": rank, **question})
                    for rank, question in enumerate(questions)
                ],
            }
        )
        procedure.action_publish()
        return procedure

    # ------------------------------------------------------------ people

    def _person(self, firstname, lastname, login, **values):
        partner = self.env["res.partner"].create(
            {
                "firstname": firstname,
                "lastname": lastname,
                "kind": "person",
                "email": f"{login}@exemple.org",
                "commune_id": self.commune.id,
                "lang": "fr_FR",
                **values,
            }
        )
        return new_test_user(
            self.env, f"{login}@exemple.org", "base.group_portal", partner_id=partner.id
        )

    def _upload(self, name):
        """Each drawn with its name: the store keeps equal files once."""
        upload = self.env["territory.demo"]._draw_page(name)
        upload["name"] = f"{name}.jpg"
        return upload

    def _submit(self, words, user=None, child=None, identity=None, file_name="papier"):
        """As the person does on the site, the letter drawn."""
        values = {"applicant": user.partner_id} if user else {"identity": identity}
        user = user or self.env.ref("base.public_user")
        answers = {"words": words}
        if child:
            answers["child"] = [str(child.id)]
        request = (
            self.env["procedure.request"]
            .with_user(user)
            ._submit(
                Filing(
                    procedure=self.procedure.with_user(user),
                    answers=answers,
                    files={"paper": [self._upload(file_name)]},
                    **values,
                )
            )
        )
        return self.env["procedure.request"].browse(request.id)

    def _talk(self, request, person):
        """A message both ways with its file, a note, an opinion by link, a task."""
        as_agent = request.with_user(self.agent)
        as_agent.action_take()
        request.with_user(person)._post_from_applicant(
            f"Bonjour, {GONE['message']}",
            files=[self._upload(GONE["file of a message"])],
            by=person.partner_id,
        )
        as_agent.message_post(body=f"{GONE['note']} {person.name}", subtype_xmlid="mail.mt_note")
        as_agent.message_post(
            body=f"Merci {person.name}", subject=person.name, subtype_xmlid="mail.mt_comment"
        )
        as_agent.action_consult(
            f"{GONE['opinion']} ?", contact_name=GONE["who gave it"], contact_email="b@exemple.org"
        )
        self.env["procedure.opinion"].search([("request_id", "=", request.id)]).sudo().write(
            {"state": "favourable", "text": GONE["opinion"], "author_name": GONE["who gave it"]}
        )
        task = as_agent.activity_schedule(
            "mail.mail_activity_data_todo", summary=GONE["task"], user_id=self.agent.id
        )
        task.action_done()
        as_agent.action_refuse(f"{GONE['reasons']}, {person.name}")

    # ------------------------------------------------------------ clock

    def _month(self, number):
        day = self.start + relativedelta(months=number, days=1)
        with freeze_time(f"{day} 03:00:00"):
            self._run_jobs()
        return day

    def _run_jobs(self):
        self.env["privacy.retention"]._cron_run()
        self.env["procedure.letter"]._cron_draw()
        self._send_mails()
        self.env["res.users.deletion"]._gc_portal_users()
        self.env["website.procedure.pending"]._remind_drafts()
        self.env["website.procedure.pending"]._gc_pending()
        self.env["public.guard"]._gc_expired()
        self.env.flush_all()
        self.env.invalidate_all()

    def _send_mails(self):
        Server = type(self.env["ir.mail_server"])

        def send_email(server, message, *args, **kwargs):
            body = html.fromstring(message.get_body(("html",)).get_content()).text_content()
            self.sent.append(
                (clock.today(), email_normalize(message["To"]), message["Subject"], body)
            )
            return message["Message-Id"]

        with (
            patch.object(Server, "_disable_send", lambda *args: False),
            patch.object(Server, "_connect__", lambda *args, **kwargs: MagicMock()),
            patch.object(Server, "send_email", send_email),
        ):
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()

    # ------------------------------------------------------------ sweep

    def _sweep(self, words):
        """{word: {table.column}} of every column of every table that can hold a text."""
        self.env.flush_all()
        columns = self.env.execute_query(
            SQL(
                """SELECT c.table_name, c.column_name, c.data_type
                   FROM information_schema.columns c
                   JOIN information_schema.tables t USING (table_schema, table_name)
                   WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                     AND c.data_type IN %s""",
                TEXT,
            )
        )
        found = {}
        for table, column, kind in columns:
            value = SQL.identifier(column)
            text = SQL("encode(%s, 'escape')", value) if kind == "bytea" else SQL("%s::text", value)
            # JSON writes é as it is or as \u00e9.
            rows = self.env.execute_query(
                SQL(
                    "SELECT string_agg(%s, ' ') FROM %s WHERE %s ILIKE ANY(%s)",
                    text,
                    SQL.identifier(table),
                    text,
                    [f"%{each}%" for word in words for each in self._spellings(word)],
                )
            )
            for word in words:
                pattern = "|".join(re.escape(each) for each in self._spellings(word))
                if re.search(pattern, rows[0][0] or "", re.IGNORECASE):
                    found.setdefault(word, set()).add(f"{table}.{column}")
        return found, len(columns)

    def _spellings(self, word):
        escaped = word.encode("unicode_escape").decode().replace("\\xe9", "\\u00e9")
        return {word, escaped, word.replace("é", "e")}

    def _snapshot(self, requests):
        """All that an undecided, contested or held request has."""
        messages = self.env["mail.message"].search(
            [("model", "=", "procedure.request"), ("res_id", "in", requests.ids)]
        )
        return (
            requests.mapped(lambda each: (each.state, each.answers, each.applicant_id.id)),
            requests.document_line_ids.document_id.mapped("sha256"),
            messages.mapped("body"),
            [self._path(path) for path in self._stored(requests)],
        )

    def _stored(self, requests):
        return (
            self.env["ir.attachment"]
            .search(
                [
                    ("res_model", "=", "procedure.document"),
                    ("res_field", "=", "file"),
                    ("res_id", "in", requests.document_line_ids.document_id.ids),
                ]
            )
            .mapped("store_fname")
        )

    def _path(self, name):
        return os.path.exists(self.env["ir.attachment"]._full_path(name))

    # ------------------------------------------------------------ the story

    def test_four_years(self):
        gone, visited, kept, person = self._begin()
        before, columns = self._sweep(GONE.values())
        self.assertEqual(set(before), set(GONE.values()), "the sweep finds each of them")
        self.assertGreater(columns, 900)
        snapshot = self._snapshot(kept)
        files = self._all_files(gone | visited)
        self.assertGreater(len(files), 3)
        rules = self.env["privacy.retention"].search([])
        rules.with_user(self.officer).action_preview()
        for rule in rules:
            rule.with_user(self.officer).action_enable()
        ends = {}
        for number in range(49):
            day = self._month(number)
            for request in gone | visited:
                if request.date_anonymised:
                    ends.setdefault(request, day)
        self.assertEqual(set(ends), set(gone | visited))
        for day in ends.values():
            self.assertGreaterEqual(day, self.start + relativedelta(months=12))
            self.assertLess(day, self.start + relativedelta(months=16))
        self.assertFalse(person.exists(), "her account and her sheet")
        after, _columns = self._sweep(GONE.values())
        self.assertEqual(after, {})
        self.assertEqual(self._snapshot(kept), snapshot)
        found, _columns = self._sweep(KEPT.values())
        self.assertEqual(set(found), set(KEPT.values()))
        self._check_files(files)
        self._check_warnings(ends)
        self._check_figures(gone | visited)
        self._check_journal()
        _logger.info(
            "four years: %d columns swept, words found before in %d of them, %d mails",
            columns,
            len(set().union(*before.values())),
            len(self.sent),
        )

    def _begin(self):
        zephyrine = self._person(
            GONE["first name"],
            GONE["last name"],
            "zephyrine.quintefeuille",
            phone="+33 6 55 44 33 22".replace(" ", ""),
            birthdate="1985-05-05",
        )
        child = (
            zephyrine.partner_id.with_user(zephyrine)
            ._declare_child(
                {
                    "firstname": GONE["child"],
                    "lastname": GONE["last name"],
                    "birthdate": "2019-03-02",
                }
            )
            .with_env(self.env)
        )
        gone = self._submit(
            f"{GONE['answer']} pour {GONE['child']}",
            zephyrine,
            child=child,
            file_name=GONE["file name"],
        )
        self._talk(gone, zephyrine)
        pending, _claim = self.env["website.procedure.pending"]._start(
            self.procedure, zephyrine.partner_id
        )
        pending._keep(answers={"words": GONE["draft"]})
        visited = self._submit(
            "Bonjour",
            identity={
                "contact_firstname": GONE["visitor"],
                "contact_lastname": "Visite",
                "contact_email": "gaspardine.visite@exemple.org",
                "contact_address.street": "1 rue Haute",
                "contact_address.zip": "54000",
                "contact_address.commune": "Nancy",
            },
            file_name="papierdevisite",
        )
        visited.with_user(self.agent).action_take()
        visited.with_user(self.agent).action_refuse("Non")
        kept = self._begin_kept()
        self._run_jobs()
        self.sent.clear()
        return gone, visited, kept, zephyrine.partner_id

    def _begin_kept(self):
        """Undecided for four years, held by an appeal, about a contested authority."""
        undecided = self._submit(KEPT["undecided"], self._person("Ida", "Attente", "ida.attente"))
        undecided.with_user(self.agent).action_take()
        held = self._submit(KEPT["held"], self._person("Jean", "Recours", "jean.recours"))
        held.with_user(self.agent).action_take()
        held.with_user(self.agent).action_refuse("Non")
        self.env["procedure.request.hold"].with_user(self.officer)._set(
            held.number, "appeal", "Tribunal administratif"
        )
        parent = self._person("Lise", "Conflit", "lise.conflit")
        child = parent.partner_id.with_user(parent)._declare_child(
            {"firstname": "Noa", "lastname": "Conflit", "birthdate": "2019-03-02"}
        )
        contested = self._submit(KEPT["contested"], parent, child=child.with_env(self.env))
        contested.with_user(self.agent).action_take()
        contested.with_user(self.agent).action_refuse("Non")
        child.with_env(self.env).sudo().authority_ids.state = "contested"
        return undecided | held | contested

    def _all_files(self, requests):
        """Names in the store of documents, files of messages and letters."""
        messages = self.env["mail.message"].search(
            [("model", "=", "procedure.request"), ("res_id", "in", requests.ids)]
        )
        letters = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "procedure.letter"),
                ("res_field", "!=", False),
                ("res_id", "in", requests.letter_ids.ids),
            ]
        )
        names = {
            *self._stored(requests),
            *(messages.attachment_ids | letters).mapped("store_fname"),
        }
        self.assertTrue(all(self._path(name) for name in names))
        return names

    def _check_files(self, names):
        Attachment = self.env["ir.attachment"]
        everywhere = [("res_field", "in", [False, *self._get_file_fields()])]
        left = Attachment.search([("store_fname", "in", list(names)), *everywhere])
        self.assertFalse(left)
        Attachment._gc_file_store_unsafe()
        self.assertFalse([name for name in names if self._path(name)], "gone from the disk")

    def _get_file_fields(self):
        return sorted(
            {
                field.name
                for model in self.registry.values()
                for field in model._fields.values()
                if field.type in ("binary", "image")
            }
        )

    def _check_warnings(self, ends):
        """Two to the person and two to the service before each end, 30 days before at least."""
        agents = {email_normalize(user.email) for user in self.service.user_ids}
        for request, end in ends.items():
            of_it = [mail for mail in self.sent if request.number in f"{mail[2]} {mail[3]}"]
            persons = [mail for mail in of_it if mail[1] not in agents]
            services = [mail for mail in of_it if mail[1] in agents]
            for mails in (persons, services):
                self.assertEqual(len(mails), 2, request.number)
                self.assertGreaterEqual((end - mails[1][0]).days, 30)
                self.assertGreaterEqual((end - mails[0][0]).days, 60)
        account = [
            mail
            for mail in self.sent
            if mail[1] == "zephyrine.quintefeuille@exemple.org" and "compte" in mail[2]
        ]
        self.assertEqual(len(account), 2)
        for day, _to, _subject, body in account:
            told = re.search(r"\d\d/\d\d/\d{4}", body)[0]
            self.assertGreaterEqual(
                (fields.Date.to_date("-".join(reversed(told.split("/")))) - day).days, 30
            )

    def _check_figures(self, requests):
        """What statistics need is there, and every screen opens."""
        for request in requests:
            self.assertEqual((request.state, request.procedure_id), ("refused", self.procedure))
            self.assertTrue(request.channel and request.date_submitted and request.is_answered)
            self.assertEqual(request.decision_ids.kind, "refused")
            as_agent = request.with_user(self.agent)
            self.assertIn(as_agent.who, ("Anonymised", "Anonymisée"))
            names = [
                name
                for name, field in request._fields.items()
                if as_agent._has_field_access(field, "read")
            ]
            as_agent.read(names)
            as_agent.web_read({name: {} for name in ("who", "what", "to_do", "due_label")})
        report = self.env["ir.actions.report"].with_user(self.agent)
        content, _kind = report._render_qweb_html("procedure_print.request_report", requests.ids)
        self.assertIn(requests[0].number, content.decode())
        wizard = requests.with_user(self.agent).action_export()
        self.assertTrue(wizard)

    def _check_journal(self):
        lines = self.env["privacy.retention.journal"].with_user(self.officer).search([])
        self.assertTrue(lines.filtered(lambda line: line.event == "gone"))
        words = str(lines.read(["rule", "event", "kind", "count", "delay"]))
        for word in GONE.values():
            self.assertNotIn(word, words)
