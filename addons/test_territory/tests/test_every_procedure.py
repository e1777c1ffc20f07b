import re
from pathlib import Path

from odoo import Command
from odoo.modules.module import get_module_path
from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure_form.field_types import FieldType
from odoo.addons.procedure_price.amounts import say_cents
from odoo.addons.procedure_template.tests.common import import_template
from odoo.addons.report_weasyprint.tests import pdf
from odoo.addons.website_parts.tests.common import PageCase

from .form_answers import ANSWERS, MADE
from .test_french import ENGLISH
from .walk import WalkCase

# What tells that a word was left out, or was meant for a machine.
LEFT = re.compile(r"\b(?:False|None|True|undefined|nan)\b|\{\{|\}\}|<t |\b[a-z]+(?:_[a-z0-9]+)+\b")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\S+\.(?:png|pdf)\b")
DONE = "Nous avons corrigé votre fiche."
REASON = "Le dossier ne remplit pas les conditions."
UNREADABLE = "Le document est illisible."
APPEALS = ("ans les deux mois", "recours gracieux", "tribunal administratif")
# Kinds whose requests are not refused: closed without a decision instead.
LODGINGS = ("lodging_furnished", "lodging_number", "lodging_other", "lodging_rooms")
NEVER_REFUSED = (*LODGINGS, "street_report")
DECIDED = {
    "accept": "Elle est acceptée.",
    "refuse": "Elle est refusée.",
    "drop": "Elle est classée sans suite.",
}
# Letters that close a request, besides the one of its decision.
CLOSING = ("receipt", "room_agreement")
# What a sheet has at its foot; the fewest characters that are worth another one.
FOOT = re.compile(r"\S+/\d+ Page \d+ / \d+|Page \d+ / \d+")
SHEET_MIN = 150
# Kind → answer that says what is asked, up to its first comma: a letter that decides names it.
ASKED = {
    **dict.fromkeys(LODGINGS, "lodging_address"),
    "allotment": "plot_size",
    "generic": "address",
    "household_report": "situation_event",
    "organisation_report": "situation_event",
    "room_booking": "room",
    "school_derogation": "school",
    "street_report": "street_problem",
    "waste_container": "address",
}
# A form of which a price is asked, and what its answers cost: so much, and for each person.
PRICED = "03_location_salle"
TARIFFS = [
    {"basis": "once", "label": "La salle", "cents": 120_00},
    {"basis": "quantity", "key": "persons", "cents": 3_45},
]
PRICE = 123_45
# Of the kinds of which nothing is accepted.
OWN_WORDS = {
    **{(kind, "accept"): "Elle est enregistrée" for kind in LODGINGS},
    ("street_report", "accept"): "C’est réglé",
    ("street_report", "drop"): "Nous ne pouvons pas agir",
}


@tagged("post_install", "-at_install", "-standard", "sweep_procedures")
class TestEveryProcedure(WalkCase, PageCase):
    """Each procedure and template that an addon ships, from its filing to its closing.

    The list is read from the database: what is added tomorrow is walked, with answers made from
    the types of its questions, as many times as it takes to ask each one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedures = {}
        for template in cls._get_templates():
            service = cls._get_service(template.addon)
            cls.procedures[template.code] = import_template(cls.env, template.code, service)
        for record in cls._get_shipped():
            procedure = cls.env["procedure.procedure"].browse(record.res_id)
            procedure.service_id = cls._get_service(record.module)
            cls.procedures[record.name] = procedure
        draft = cls.procedures[PRICED]._get_draft()
        draft.tariff_ids = [Command.create(tariff) for tariff in TARIFFS]
        for procedure in cls.procedures.values():
            cls._publish(procedure)

    @classmethod
    def _get_templates(cls):
        return cls.env["procedure.template"].search([])

    @classmethod
    def _get_shipped(cls):
        """The procedures that are data of an addon."""
        return cls.env["ir.model.data"].search(
            [("model", "=", "procedure.procedure"), ("module", "!=", "territory_demo")]
        )

    def setUp(self):
        super().setUp()
        self.found = []
        self.drawn = set()
        self.priced = set()
        self.shown_steps = 0

    # ------------------------------------------------------------
    # The table
    # ------------------------------------------------------------

    def test_each_is_in_the_table(self):
        """Every file of a folder of templates too, of an addon that forgot to load it."""
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        files = {
            path.stem
            for name in modules.mapped("name")
            for path in Path(get_module_path(name)).glob("templates/*.json")
        }
        shipped = set(self._get_shipped().mapped("name"))
        self.assertEqual(files | shipped, set(self.procedures))
        self.assertGreaterEqual(len(self.procedures), 22)
        kinds = {procedure.kind for procedure in self.procedures.values()}
        all_kinds = dict(self.env["procedure.procedure"]._fields["kind"].selection)
        self.assertEqual(set(all_kinds) - kinds, {"external"}, "a kind without any procedure")

    def test_each_accepted_then_closed(self):
        for name, procedure in self.procedures.items():
            self._walk_all(name, procedure, "accept")
        self._assert_nothing_found()
        self.assertEqual(self.priced, {(self.procedures[PRICED].code, PRICE)})
        self.assertGreaterEqual(self.shown_steps, len(self.procedures) - 1)

    def test_each_refused_then_closed(self):
        for name, procedure in self.procedures.items():
            end = "drop" if procedure.kind in NEVER_REFUSED else "refuse"
            self._walk_all(name, procedure, end, count=1)
        self._assert_nothing_found()

    def test_what_nobody_knows_how_to_answer_is_said(self):
        procedure = self.procedures["01_question"]
        answers = self._get_answers(procedure)
        question = procedure.version_id.field_ids.filtered(lambda each: each.key == "message")
        question.flush_recordset()
        self.env.cr.execute(
            "UPDATE procedure_field SET pattern = 'Z{9}' WHERE id = %s", [question.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(AssertionError, "message: no text is known of Z"):
            answers.fill()

    def test_each_type_of_question_has_an_answer(self):
        known = {*ANSWERS, *MADE}
        unknown = [
            code
            for code, kind in self.env["procedure.field.types"]._get_types().items()
            if kind.holds == "answer" and code not in known
            if type(kind).find_choices is FieldType.find_choices
        ]
        self.assertFalse(unknown, "say in form_answers.py what people answer to it")

    def _assert_nothing_found(self):
        self.assertFalse(self.found, "\n".join(self.found))

    # ------------------------------------------------------------
    # One walk; nothing of it is left
    # ------------------------------------------------------------

    def _walk_all(self, name, procedure, end, count=None):
        """:param count: how many of the ways through the form; all of them by default"""
        with self.env.cr.savepoint() as savepoint:
            self._prepare(procedure)
            answers = self._get_answers(procedure)
            for way in answers.get_ways()[:count]:
                self.place = f"{name}, {end}, {way}"
                try:
                    with self.env.cr.savepoint() as again:
                        self._walk(procedure, answers, way, end, is_drawn=not way)
                        again.rollback()
                except Exception as error:
                    error.add_note(self.place)
                    raise
            savepoint.rollback()

    def _walk(self, procedure, answers, way, end, is_drawn):
        raw, files = answers.fill(way)
        request = self._file(procedure, raw, files)
        mine = request.with_user(self.agents[request.service_id])
        mine.action_take()
        self._check_documents(request, mine)
        self._ask_opinion(mine)
        self._go_through_steps(mine)
        if end == "accept":
            # A school out of the sector is decided first.
            for other in request.derogation_ids:
                other.with_user(self.agents[other.service_id]).action_accept()
            self._check_before_accepting(mine)
            # The last line of a report of change answers it by itself.
            if request.state == "in_review":
                # What is reported in words is answered in words.
                is_in_words = "in_words" in mine._get_desk_bands()
                mine.action_accept(*([DONE] if is_in_words else []))
        else:
            getattr(mine, f"action_{end}")(REASON)
        self._read_letters(request, end, is_drawn)
        mine.action_close()
        self._note(request.state == "closed", f"it ends {request.state}")
        self._read_mails(request)
        self._read_export(request, mine)
        if is_drawn and end == "accept":
            # Last: what she opens draws what waits to be drawn.
            self._read_page(request)

    def _check_documents(self, request, mine):
        """The first one is refused, given again, and all are accepted."""
        line = mine.document_line_ids[:1]
        if not line:
            return
        line.action_refuse(UNREADABLE)
        mine.action_ask_completion([{"line_id": line.id, "reason": UNREADABLE}])
        self._note(request.state == "to_complete", f"asked again, it is {request.state}")
        request.with_user(self.camille)._complete(
            files={line.input_key: [upload("lisible.png", b"\x89PNG lisible")]},
            by=self.camille.partner_id,
        )
        given = mine.document_line_ids.filtered(lambda each: each.state == "received")
        given.action_accept()
        kept = mine.document_line_ids.filtered(lambda each: not each._is_replaced())
        states = set(kept.mapped("state"))
        self._note(states == {"accepted"}, f"its documents are {states}")

    def _ask_opinion(self, mine):
        mine.action_consult("Qu’en pensez-vous ?", service_id=self.advice.id)
        asked = mine.opinion_ids.filtered(lambda each: each.service_id == self.advice)
        opinion = asked.with_user(self.advice_agent)
        opinion.action_give_favourable("Rien ne s’y oppose.")

    def _go_through_steps(self, mine):
        steps = mine.procedure_id.step_ids
        # As the service may choose; most templates show none.
        steps.sudo()[-1:].is_public = True
        for step in steps:
            mine.step_id = step

    # ------------------------------------------------------------
    # What is read of it
    # ------------------------------------------------------------

    def _note(self, is_right, words):
        if not is_right:
            self.found.append(f"{self.place}: {words}")

    def _read_letters(self, request, end, is_drawn):
        """Their words; those that close it are drawn too, and one of each other kind."""
        kinds = set(request.letter_ids.mapped("kind"))
        decision = "attestation" if "attestation" in kinds else "decision"
        self._note(decision in kinds, f"letters: {kinds}")
        closing = {*CLOSING, decision} if is_drawn else set()
        for kind in sorted(kinds & closing | kinds - {*CLOSING, decision} - self.drawn):
            self.drawn.add(kind)
            self._read_drawn(request, kind)
        for letter in request.letter_ids:
            text = html2plaintext(letter.body).replace("*", "")
            self._check_words(letter.kind, text)
            if letter.kind == decision:
                said = (*self._get_asked(request), *self._get_decided(request, end))
                self._check_said(letter.kind, text, request.procedure_id.name, *said)

    def _read_drawn(self, request, kind):
        """As it is printed or joined: no sheet for nothing, its frame, and all of its words."""
        letter = self._last_letter(request, kind)
        sheets = [FOOT.sub("", plain(page.extract_text())) for page in self._draw_pages(letter)]
        text = plain(" ".join(sheets))
        for sheet in sheets:
            self._note(len(sheet) > SHEET_MIN, f"a sheet of {kind} for {sheet!r}")
        self._check_words(kind, text)
        names = self._get_names(request)
        self._check_said(kind, text, letter.number, "25 novembre 2026", letter.name, *names)
        words = plain(html2plaintext(letter.body)).replace("*", "").split()
        lost = {word for word in words if word not in text}
        self._note(not lost, f"{kind} is drawn without {lost}")
        if letter.decision_id and kind != "attestation":
            self._check_said(kind, text, "Dominique Roux", "Responsable")

    def _draw_pages(self, letter):
        return pdf.read(letter._get_content_for(self.env.user)["content"]).pages

    def _get_asked(self, request):
        """What was asked, as it was answered; the name of a generic one may say it all."""
        key = ASKED.get(request.kind)
        question = request.version_id.field_ids.filtered(lambda each: each.key == key)
        answer = request.answers.get(key)
        is_said = answer or request.kind == "generic"
        self._note(is_said, f"say what {request.kind} is about")
        return [question._format_answer(answer).partition(",")[0]] if answer else []

    def _get_names(self, request):
        names = [request.acting_for_id.name or request.applicant_name]
        return [*names, *request.subject_ids.mapped("name")]

    def _get_decided(self, request, end):
        """What a letter says of its decision, and of what it gives."""
        said = OWN_WORDS.get((request.kind, end)) or DECIDED[end]
        if end != "accept":
            return (said, REASON, *APPEALS) if end == "refuse" else (said, REASON)
        slots = [each.words for each in request._get_appointments() if each.is_taken]
        price = [say_cents(self.env, request.price_cents)] if request.price_cents else []
        if price:
            self.priced.add((request.procedure_id.code, request.price_cents))
        return (said, *slots, *price)

    def _check_said(self, place, text, *words):
        text = plain(text)
        for each in words:
            self._note(plain(each) in text, f"{place} does not say {each!r}: {text}")

    def _check_words(self, place, text):
        text = ADDRESS.sub("", text)
        for pattern in (ENGLISH, LEFT):
            found = pattern.search(text)
            self._note(not found, f"{place}: {found and found[0]!r} in {text}")

    def _read_page(self, request):
        """She reads there each step that is hers to read, and no other one."""
        self.sign_in(self.camille)
        page = self.get(f"/my/demandes/{request.id}")
        titles = page.tree.xpath("//ol[@class='et-line']/li/h3")
        told = [plain(title.text_content()).partition(":")[2].strip() for title in titles]
        self._note(told, f"her page answers {page.status_code}, without what happened")
        for step in request.procedure_id.step_ids:
            words = plain(request._get_step_words(step)[0])
            is_told = words in told
            self._note(is_told == step.is_public, f"{words!r} is told: {is_told}; {told}")
            self.shown_steps += is_told

    def _read_mails(self, request):
        mails = self._mails(request)
        self._note(len(mails) >= 2, f"{len(mails)} mails")
        for mail in mails:
            self._check_said("the subject of a mail", mail.subject, request.number)
            self._check_words("the subject of a mail", mail.subject)
            self._check_words(mail.subject, html2plaintext(mail.body_html))

    def _read_export(self, request, mine):
        """Its line, and those of its blocks and grids in sheets of their own."""
        workbook = self._workbook(self._wizard(request, mine.env.user))
        first, *others = workbook.worksheets
        titles, row = first.iter_rows(values_only=True)
        cells = {in_words(cell) for cell in row if cell is not None}
        besides = {each[0] for sheet in others for each in sheet.iter_rows(values_only=True)}
        self._check_words("the titles of the export", " | ".join(titles))
        self._check_words("the export", " | ".join(sorted(cells)))
        self._note(request.number in cells, "its number is not in the export")
        for question in request.version_id.field_ids:
            if question.key not in request.answers:
                continue
            if question._get_type().get_line_headers(question):
                self._note(request.number in besides, f"the lines of {question.key} are nowhere")
                continue
            value = question._get_cell_reader()(request.answers[question.key])
            is_there = in_words(value) in cells
            self._note(is_there, f"the export does not say {question.key}: {value!r}")


def in_words(cell):
    """A cell has a time, midnight, where an answer has a day alone."""
    return plain(str(cell)).removesuffix(" 00:00:00")


def plain(text):
    return re.sub(r"\s+", " ", text).strip()
