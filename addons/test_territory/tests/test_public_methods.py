"""A foreign file, message, contact or record given to a method changes nothing, says nothing."""

import json
import logging
from collections import Counter

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCommon
from .inventories import METHODS
from .method_calls import OWN_FILE, MethodCalls, get_models
from .own_methods import ForeignTargets, call, find_own_methods, tell
from .public_methods import (
    NEVER,
    OTHERWISE,
    REFUSED,
    RETURNED,
    find_unproven,
)

_logger = logging.getLogger(__name__)
PERSONAS = ("resident", "agent", "secretary", "communication")


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestPublicMethods(TerritoryCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Read by none of the personas but the applicant of another one, who is not tried.
        cls.foreign = cls._submit(cls._procedure("MTXAILLEURS", cls.roads), "other_resident")
        cls.letter = cls.foreign.message_ids.filtered("subject")[:1]
        cls.files = cls.env["ir.attachment"].search(
            [
                ("res_model", "=", "procedure.document"),
                ("res_id", "in", cls.foreign.document_line_ids.document_id.ids),
                ("res_field", "=", "file"),
            ]
        )
        other = cls.users["other_agent"]
        cls.activity = cls.foreign.with_user(other).activity_schedule(
            "mail.mail_activity_data_todo", user_id=other.id
        )
        cls.channel = cls.env["discuss.channel"].with_user(other)
        cls.channel = cls.channel.create({"name": "À part", "channel_type": "group"})
        cls.template = cls.env["mail.template"].create(
            {"name": "Essai", "model_id": cls.env["ir.model"]._get_id("res.partner")}
        )
        cls.stranger = cls.foreign.applicant_id
        cls.mail = cls.env["mail.mail"].create({"email_to": "zyxwelle@exemple.test"})
        cls.stranger.email = "zyxwelle@exemple.test"
        cls.words = [cls.foreign.number, cls.letter.subject, cls.stranger.email]

    @mute_logger(
        "odoo.sql_db",
        "odoo.models",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.mail.models.mail_thread",
    )
    def test_sweep(self):
        outcomes, opened = {}, []
        for (owner, name), row in METHODS.read_rows().items():
            if row["tried"] != "yes":
                continue
            for persona in PERSONAS:
                calls = MethodCalls(self, persona)
                for model in get_models(owner):
                    for record, kwargs, foreign in calls.get(owner, name, model):
                        outcome, problem = self._try(getattr(record, name), kwargs)
                        counted = outcomes.setdefault((owner, name), {})
                        counted.setdefault(foreign, Counter())[outcome] += 1
                        if problem:
                            opened.append((persona, str(record), name, problem, foreign))
        calls = sum(each.total() for counted in outcomes.values() for each in counted.values())
        _logger.info("%s calls of public methods", calls)
        self.assertEqual(opened + find_unproven(outcomes), [])
        self.assertGreater(calls, 800)

    def test_a_sweep_that_proves_nothing_is_red(self):
        method = ("mail.thread", "message_post")
        fine = {
            (): Counter(returned=2, AccessError=1),
            (OWN_FILE,): Counter(returned=1),
            ("attachment_ids",): Counter(AccessError=2),
            ("record",): Counter(AccessError=3),
        }
        allowed = {("a", name): {(): Counter([REFUSED])} for name in NEVER}
        for name, error in OTHERWISE:
            allowed["a", name] = {(): Counter([RETURNED]), ("record",): Counter([error])}
        self.assertEqual(find_unproven({method: fine, **allowed}), [])
        for changed, word in (
            ({(): Counter(AccessError=3)}, "never returns"),
            ({(): Counter(UserError=3)}, "never returns"),
            ({("record",): Counter(TypeError=1, AccessError=2)}, "TypeError"),
            ({("record",): Counter(UserError=1, AccessError=2)}, "UserError"),
            ({(OWN_FILE,): Counter(AccessError=1)}, "own file"),
            ({("attachment_ids",): Counter(AccessError=2, returned=1)}, "attachment_ids"),
            ({("attachment_ids",): Counter()}, "attachment_ids"),
        ):
            found = find_unproven({method: fine | changed, **allowed})
            self.assertIn(word, str(found))
        self.assertIn("no longer", str(find_unproven({method: fine})))

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_a_foreign_record_says_nothing(self):
        """Each method of ours on a record that is not read: no name, number or address of it in
        what it answers, nor in what it says when it refuses."""
        told, outcomes, methods = set(), Counter(), list(self._get_own_methods())
        for persona in (*PERSONAS, "visitor", "childhood_agent", "manager", "dpo"):
            targets = ForeignTargets(self.users[persona])
            for model, name in methods:
                for record, words in targets.get(model):
                    for way in call(record, name):
                        outcome, said = self._hear(way)
                        outcomes[outcome] += 1
                        if any(word in said for word in words):
                            told.add((persona, model, name, outcome))
        _logger.info("%s methods: %s", len(methods), dict(outcomes))
        self.assertFalse(told)
        self.assertGreater(len(methods), 60)
        self.assertGreater(outcomes[REFUSED], 1000)

    def _get_own_methods(self):
        for model in sorted(self.env.registry):
            Model = self.env.registry[model]
            if not Model._abstract and Model._auto and not Model._transient:
                for name in find_own_methods(Model):
                    yield model, name

    def _hear(self, way):
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                raise _Undo(tell(way()))
        except _Undo as undo:
            return RETURNED, str(undo)
        except Exception as error:  # noqa: BLE001 (judged by its words)
            return type(error).__name__, str(error)

    def _try(self, method, kwargs):
        """How it ended, and what it changed or said of foreign records; nothing when well."""
        before, told = self._get_state(), ""
        problem = None
        try:
            with self.env.cr.savepoint():
                try:
                    answer = method(**kwargs)
                    told = self._tell(answer)
                    self.env.flush_all()
                finally:
                    self.env.invalidate_all()
                if self._get_state() != before:
                    problem = "changed"
                elif any(word in told for word in self.words):
                    problem = "told"
                raise _Undo
        except _Undo:
            return RETURNED, problem
        except Exception as error:  # noqa: BLE001 (judged by its class)
            return type(error).__name__, None
        finally:
            self.env.invalidate_all()

    def _tell(self, answer):
        if hasattr(answer, "_fields"):
            if not answer.sudo(False).has_access("read"):
                return ""  # not refused: what it changed is looked at
            answer = answer.sudo(False).read(["display_name"])
        return json.dumps(answer, default=str, ensure_ascii=False)

    def _get_state(self):
        attachments = self.files.sudo()
        carrying = (
            self.env["mail.message"].sudo().search([("attachment_ids", "in", self.files.ids)])
        )
        letters = (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", "procedure.request"), ("res_id", "=", self.foreign.id)])
        )
        reached = (
            self.env["mail.message"]
            .sudo()
            .search([("notified_partner_ids", "in", self.stranger.ids)])
        )
        followed = self.env["mail.followers"].sudo().search([("partner_id", "=", self.stranger.id)])
        return (
            attachments.read(["name", "res_model", "res_id", "checksum", "public", "access_token"]),
            carrying.ids,
            letters.read(["body", "subject", "author_id", "pinned_at", "starred_partner_ids"]),
            reached.ids,
            followed.mapped(lambda each: (each.res_model, each.res_id)),
            self.foreign.sudo().message_partner_ids.ids,
            self.foreign.sudo().message_main_attachment_id.ids
            if "message_main_attachment_id" in self.foreign._fields
            else [],
            self.activity.sudo().exists().mapped("active"),
            self.channel.sudo().channel_partner_ids.ids,
            self.channel.sudo().message_ids.ids,
        )


class _Undo(Exception):
    """What was tried leaves nothing behind."""
