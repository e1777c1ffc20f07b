"""Every persona × content × read, write, create, delete, transition, as docs/rights.md says."""

from operator import methodcaller

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from . import matrix
from .content_addresses import ContentAddresses
from .contents import ContentsCommon
from .matrix_case import MatrixCase

ACCESS = {"R": "read", "W": "write", "C": "create", "D": "unlink"}
HEADS = {"manager", "administrator"}
# Who is refused by a method only: {(model, operation): personas}.
METHODS_ALONE = {
    **{
        (model, operation): HEADS
        for model in (
            *("commune.block", "commune.link", "commune.member", "commune.page", "commune.room"),
            *("territory.commune", "ir.attachment"),
        )
        for operation in ("write", "create", "unlink")
    },
    ("directory.entry", "write"): HEADS,
    ("directory.entry", "unlink"): HEADS,
    # What is being read, or is over.
    ("content.revision", "write"): {"secretary", "secretary_of_both", "town_hall_colleague"},
}
# A commune is everybody's, its words are not; a message follows what it is about.
TOLD_OTHERWISE = (("territory.commune", "read"), ("mail.message", "create"))
WORDS = ["tagline", "body", "water", "photo", "contact_name", "member_ids", "room_ids"]


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestContentsMatrix(MatrixCase, ContentAddresses, ContentsCommon, HttpCase):
    """In its columns the transition of a content is to propose a change of it; of a draft, to send
    it; of what was sent, to accept it; of a published version, to propose it again."""

    heading = "Matrix of contents"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objects = {
            **cls._get_sheet_objects(),
            **cls._get_commune_objects(),
            **cls._get_revision_objects(),
            **cls._get_reading_objects(),
            **cls._get_search_objects(),
        }

    @classmethod
    def _get_sheet_objects(cls):
        def line(record):
            new = {
                name: record[name]
                for name in ("name", "url", "image", "alt", "weekday")
                if name in record._fields
            }
            return (
                record,
                {"sequence": 3} if "sequence" in record._fields else {"note": "x"},
                {**new, "entry_id": cls.sheet.id},
                None,
            )

        sheet = {
            "name": "Autre",
            "category_id": cls.category.id,
            "slug": "autre-essai",
        }
        propose = methodcaller("_propose")
        return {
            "sheet": (cls.sheet, {"name": "x"}, sheet, propose),
            "rest of a sheet": (cls.sheet, {"slug": "ailleurs"}, {}, None, ["owner_id", "source"]),
            "sheet off the site": (cls.gone_sheet, {"is_online": True}, {}, propose),
            "sheet of a company": (cls.company_sheet, {"active": False}, {}, propose),
            "sheet nobody keeps": (cls.free_sheet, {"phone": "1"}, {}, propose),
            "hours of a sheet": line(cls.sheet.opening_ids),
            "photo of a sheet": line(cls.sheet.photo_ids),
            "link of a sheet": line(cls.sheet.link_ids),
            "photo of a sheet off the site": line(cls.gone_sheet.photo_ids),
            "category": (cls.category, {"name": "x"}, {"name": "x", "code": "x-essai"}, None),
            "hint": (
                cls.hint,
                {"name": "x"},
                {"name": "x", "category_id": cls.category.id, "field": "phone"},
                None,
            ),
            "facet": (cls.facet, {"name": "x"}, {"name": "x", "code": "x-essai"}, None),
        }

    @classmethod
    def _get_commune_objects(cls):
        commune = {"name": "Ailleurs", "insee_code": "99809"}
        propose = methodcaller("_propose")
        objects = {
            "commune": (cls.commune, {"population": 3}, commune, propose),
            "words of a commune": (cls.commune, {"tagline": "x"}, {}, None, WORDS),
            "opening of a page": (cls.commune, {"page_state": "pilot"}, {}, None, ["page_state"]),
            "commune, page closed": (cls.other_commune, {"body": "x"}, {}, propose),
            "words of a closed page": (cls.other_commune, {"photo": False}, {}, None, WORDS),
            "local page": (
                cls.page,
                {"name": "x"},
                {"name": "x", "commune_id": cls.commune.id},
                propose,
            ),
            "rank of a local page": (cls.page, {"sequence": 3}, {}, None, ["sequence"]),
            "local page off the site": (cls.gone_page, {"is_online": True}, {}, propose),
            "local page of a closed commune": (cls.closed_page, {"body": "x"}, {}, propose),
            "shared block": (cls.shared, {"name": "x"}, {"name": "x", "body": "x"}, None),
        }
        for name, field, new in (
            ("elected member", "member_ids", {"name": "x"}),
            ("room", "room_ids", {"name": "x"}),
            ("useful link", "link_ids", {"name": "x", "url": "https://exemple.test"}),
            ("block", "block_ids", {"code": "pages"}),
        ):
            for commune, state in ((cls.commune, ""), (cls.other_commune, ", page closed")):
                objects[name + state] = (
                    commune[field],
                    {"sequence": 3},
                    {**new, "commune_id": commune.id},
                    None,
                )
        return objects

    @classmethod
    def _get_revision_objects(cls):
        draft = {"name": "x", "type_id": cls.type.id, "res_id": cls.sheet.id}
        body = {"body": "<p>x</p>"}
        submit = methodcaller("action_submit")

        def publish(record):
            """As if she had read it: what she may read is another column."""
            record.action_publish(record._get_mark())

        here = {"res_model": "content.revision", "res_id": cls.sheet_draft.id}
        return {
            "draft": (cls.sheet_draft, body, draft, submit),
            "proposal": (cls.sheet_proposal, {"state": "published"}, {}, publish),
            "to correct": (cls.to_correct, body, {}, submit),
            "draft of a town hall": (cls.hall_draft, body, {}, submit),
            "proposal of a town hall": (cls.hall_proposal, {"state": "published"}, {}, publish),
            "draft of another town hall": (cls.other_hall_draft, body, {}, submit),
            "local page to read": (cls.page_proposal, body, {}, publish),
            "urgent": (
                cls.urgent,
                {"reviewed_by_id": 1},
                {},
                methodcaller("action_review"),
            ),
            "draft of the staff": (cls.staff_draft, body, {}, submit),
            "published version": (
                cls.published,
                {"values": {}},
                {},
                methodcaller("action_restore"),
            ),
            "file of a draft": (
                cls.draft_file,
                {"name": "x.png"},
                {"name": "x", "raw": b"x", **here},
                None,
            ),
            "file of a proposal": (cls.proposal_file, {"name": "x.png"}, {}, None),
            "message": (
                cls.message,
                {"body": "x"},
                {"model": "content.revision", "res_id": cls.sheet_proposal.id, "body": "x"},
                lambda record: cls._of(record, cls.sheet_proposal).action_comment("Encore"),
            ),
            "task": (
                cls.task,
                {"summary": "x"},
                {
                    "res_model_id": cls.env["ir.model"]._get_id("content.revision"),
                    "res_id": cls.sheet_proposal.id,
                },
                None,
            ),
            "picture of a text": (
                cls.media,
                {"name": "x.png"},
                {"name": "x", "raw": b"x", "res_model": "commune.page", "res_id": cls.page.id},
                None,
            ),
            "picture off the site": (cls.gone_media, {"public": True}, {}, None),
            "picture of a closed page": (cls.closed_media, {"public": True}, {}, None),
        }

    @classmethod
    def _of(cls, record, revision):
        return revision.with_env(record.env)

    @classmethod
    def _get_reading_objects(cls):
        absent = cls.users["absent_reader"].id
        return {
            "kind": (cls.type, {"reading_days": 4}, {"name": "x", "model": "commune.page"}, None),
            "reader of contents": (cls.validator, {"is_fallback": True}, {"user_id": absent}, None),
            "absence": (
                cls.absence,
                {"date_end": "2099-01-01"},
                {"user_id": absent, "date_start": "2099-01-01", "date_end": "2099-01-02"},
                None,
            ),
            "claim": (
                cls.claim,
                {"answer": "x"},
                {"entry_id": cls.free_sheet.id, "organisation_id": cls.company.id},
                methodcaller("action_refuse"),
            ),
            "report": (
                cls.report,
                {"word": "x"},
                {"name": "x", "type_id": cls.type.id, "topic": "phone"},
                methodcaller("_answer", "right"),
            ),
            "check": (
                cls.review,
                {"state": "confirmed"},
                {"name": "x", "type_id": cls.type.id},
                lambda record: record._confirm(record.env.user),
            ),
            "campaign": (
                cls.campaign,
                {"name": "x"},
                {"name": "x", "date_start": "2026-01-01", "date_end": "2026-02-01"},
                methodcaller("action_start"),
            ),
            "link of a content": (
                cls.link,
                {"state": "dead"},
                {"name": "x", "type_id": cls.type.id, "field_name": "url", "url": "x", "host": "x"},
                None,
            ),
            "site to ask": (cls.host, {"name": "autre.test"}, {"name": "encore.test"}, None),
        }

    @classmethod
    def _get_search_objects(cls):
        return {
            "everyday words": (cls.synonym, {"name": "zigoto"}, {"name": "zigoto"}, None),
            "done elsewhere": (
                cls.elsewhere,
                {"name": "x"},
                {"name": "x", "words": "zigoto", "answer": "x"},
                None,
            ),
            "frequent question": (
                cls.question,
                {"name": "x"},
                {"name": "x", "answer": "x"},
                None,
            ),
            "search without result": (cls.miss, {"count": 3}, {"digest": "x"}, None),
            "index": (cls.document, {"name": "x"}, {"name": "x"}, None),
            "word of the index": (cls.word, {"stem": "x"}, {"stem": "x"}, None),
            "change of pages": (cls.change, {"create_date": "2026-01-01"}, {}, None),
        }

    def test_each_persona_may_what_the_page_says_and_nothing_else(self):
        self._check_page()

    def test_the_access_list_is_a_second_lock(self):
        """Of most of these a method refuses first, whoever calls: the list gives no more."""
        given = {}
        for persona, row in matrix.load(self.heading).items():
            Revision = self.env["content.revision"].with_user(self.users[persona])
            self.assertFalse(Revision.has_access("create") or Revision.has_access("unlink"))
            for name, letters in row.items():
                record = self.objects[name][0].with_user(self.users[persona])
                for letter, operation in ACCESS.items():
                    if letter not in letters and record.has_access(operation):
                        given.setdefault((record._name, operation), set()).add(persona)
        for key in TOLD_OTHERWISE:
            given.pop(key)
        self.assertEqual(given, METHODS_ALONE)

    def test_each_row_that_names_this_test_is_an_object(self):
        self._check_named("test_contents_matrix.py")

    def test_what_cannot_be_read_cannot_be_found_either(self):
        self._check_not_found()

    @mute_logger("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_each_address_answers_whom_the_page_says(self):
        """Neither an error, nor "forbidden": the number of another's change says nothing."""
        self._check_addresses()
