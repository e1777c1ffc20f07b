"""A foreign file, message, contact or record given to a method changes nothing, says nothing."""

import inspect
import json
import logging

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCommon
from .named_records import Targets
from .public_methods import find_public_methods, read_classified

_logger = logging.getLogger(__name__)
PERSONAS = ("resident", "agent", "secretary", "communication")
MODELS = {
    "mail.thread": ("procedure.request", "res.partner", "discuss.channel"),
    "mail.activity.mixin": ("procedure.request",),
    "procedure.request.thread": ("procedure.request",),
    "procedure.request.completion": ("procedure.request",),
    "procedure.request.desk": ("procedure.request",),
}


@tagged("post_install", "-at_install")
class TestPublicMethods(TerritoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Read by none of the personas but the applicant of another one, who is not tried.
        cls.foreign = cls._file(cls._procedure("MTXAILLEURS", cls.roads), "other_resident")
        cls.letter = cls.foreign.message_ids.filtered("subject")[:1]
        cls.files = cls.env["ir.attachment"].search(
            [
                ("res_model", "=", "procedure.document"),
                ("res_id", "in", cls.foreign.document_line_ids.document_id.ids),
                ("res_field", "=", "file"),
            ]
        )
        cls.stranger = cls.foreign.applicant_id
        cls.stranger.email = "zyxwelle@exemple.test"
        cls.words = [cls.foreign.number, cls.letter.subject, cls.stranger.email]

    def test_every_method_is_classified(self):
        found, classified = find_public_methods(self.env), read_classified()
        self.assertEqual(set(found) - set(classified), set(), "say how it is closed, and why")
        self.assertEqual(set(classified) - set(found), set(), "no longer there")
        self.assertGreater(len(found), 30)

    @mute_logger(
        "odoo.sql_db",
        "odoo.models",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.mail.models.mail_thread",
    )
    def test_sweep(self):
        calls = 0
        opened = []
        for (owner, name), row in read_classified().items():
            if row["tried"] != "yes":
                continue
            for persona in PERSONAS:
                user = self.users[persona]
                for model in MODELS.get(owner, (owner,)):
                    for record in self._get_receivers(model, user):
                        method = getattr(record, name)
                        for kwargs in self._get_arguments(owner, name):
                            calls += 1
                            if problem := self._try(method, kwargs):
                                opened.append((persona, str(record), name, problem, list(kwargs)))
        _logger.info("%s calls of public methods", calls)
        self.assertEqual(opened, [])
        self.assertGreater(calls, 300)

    def _get_receivers(self, model, user):
        """One that she reads, if there is any, and one of those that she does not."""
        Model = self.env(user=user)[model]
        own = Model.search([], limit=1) if Model.has_access("read") else Model
        if model == "mail.activity" and user._is_internal():
            own = user.partner_id.sudo().activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id
            )
            own = own.with_user(user)
        foreign = {
            "procedure.request": self.foreign,
            "res.partner": self.stranger,
            "mail.message": self.letter,
            "ir.attachment": self.files[:1],
        }.get(model)
        if foreign is None:
            foreign = Model.browse([target.id for target, _words in Targets(user).get(model)])
        return [each.with_user(user) for each in (own, foreign) if each] or [Model]

    def _get_arguments(self, owner, name):
        """Each foreign thing alone, then all of them."""
        function = getattr(self.env.registry[MODELS.get(owner, (owner,))[0]], name)
        for base in self.env.registry[MODELS.get(owner, (owner,))[0]].__mro__:
            if name in vars(base) and inspect.isfunction(vars(base)[name]):
                function = vars(base)[name]  # the first one: overrides hide what they pass on
        names = inspect.signature(function).parameters
        needed = {"body": "x", "message_id": self.letter.id, "pinned": True, "items": []}
        needed |= {"subtype_xmlid": "mail.mt_comment", "volume": 0.5, "feedback": "x"}
        needed |= {"source_ref": "mail.message_activity_done", "msg_dict": {"subject": "x"}}
        needed |= {"act_type_xmlids": ["mail.mail_activity_data_todo"], "due": "2099-01-01"}
        needed |= {"update_vals": {"message_follower_ids": [(5,)]}, "message": "x", "options": {}}
        base = {key: needed[key] for key in names if key in needed}
        given = {
            "attachment_ids": self.files.ids,
            "partner_ids": self.stranger.ids,
            "partner_id": self.stranger.id,
            "parent_id": self.letter.id,
        }
        given = {key: value for key, value in given.items() if key in names}
        document = {"model": "procedure.request", "res_id": self.foreign.id}
        if "res_id" in names:
            given |= document
        yield base
        for key, value in given.items():
            yield {**base, key: value}
        if "kwargs" in names and "attachment_ids" not in names:
            yield {**base, "attachment_ids": self.files.ids}
        if given:
            yield {**base, **given}

    def _try(self, method, kwargs):
        """What it changed or said of the foreign record; nothing when all is well."""
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
            return problem
        except Exception:  # noqa: BLE001 (refused, one way or another)
            return None
        finally:
            self.env.invalidate_all()

    def _tell(self, answer):
        if hasattr(answer, "_fields"):
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
        )


class _Undo(Exception):
    """What was tried leaves nothing behind."""
