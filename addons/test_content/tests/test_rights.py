import json
import logging
from collections import Counter

from requests import HTTPError

from odoo import http
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.sweep import sweep

from .common import picture
from .guard_case import GuardCase

_logger = logging.getLogger(__name__)
SECRET = "ZYXWELLE"
# Of no change.
NUMBER = 2**30


@tagged("post_install", "-at_install")
class TestRights(GuardCase, HttpCase):
    """What was not accepted is read by its authors, and by its readers once it was sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls.house.with_user(cls.secretary)._propose()
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": f"{SECRET}.png",
                "raw": picture("yellow"),
                "res_model": cls.draft._name,
                "res_id": cls.draft.id,
            }
        )
        cls.draft._change(
            {
                "story": f"Bâti par {SECRET}.",
                "body": f'<p>{SECRET} <img src="/web/image/{cls.file.id}" alt="Mur"></p>',
            }
        )
        cls.draft.sudo()._post(f"Mot de {SECRET}")
        # Neither wrote it, nor is chosen to read it.
        cls.neighbours = (
            cls.camille,
            cls.stranger,
            cls.other_resident,
            cls.neighbour,
            cls.agent,
            cls.designer,
        )

    def _get_readings(self, user, number):
        """{name: what this person asks of the change of this number}"""
        env = self.env(user=user, context={})
        Revision = env["content.revision"]
        draft = Revision.browse(number)
        domain = [("id", "=", draft.id)]
        spec = {"values": {}, "body": {}, "display_name": {}, "name": {}}
        File, Message = env["ir.attachment"], env["mail.message"]
        mine = [("res_model", "=", draft._name), ("res_id", "=", draft.id)]
        return {
            "read": lambda: draft.read(["values", "body", "base_values"]),
            "web_read": lambda: draft.web_read(spec),
            "search_read": lambda: Revision.search_read(domain, ["values", "body"]),
            "web_search_read": lambda: Revision.web_search_read(domain, spec),
            "name_search": lambda: Revision.name_search("", domain),
            "count": lambda: Revision.search_count(domain),
            "by value": lambda: Revision.search_count([("values", "ilike", SECRET)]),
            "by text": lambda: Revision.search_count([("body", "ilike", SECRET)]),
            "by base": lambda: Revision.search_count([("base_values", "!=", False), *domain]),
            "by author": lambda: Revision.search_count([("author_id", "=", self.secretary.id)]),
            "by message": lambda: Revision.search_count([("message_ids.body", "ilike", SECRET)]),
            "group": lambda: Revision.formatted_read_group(domain, ["state"], ["__count"]),
            "group by text": lambda: Revision.formatted_read_group(
                [("body", "ilike", SECRET)], ["author_id"], ["__count"]
            ),
            "sum": lambda: Revision.formatted_read_group(domain, [], ["base_version:sum"]),
            "export": lambda: draft.export_data(["name", "values", "body"]),
            "onchange": lambda: Revision.onchange(
                {"restored_id": draft.id},
                ["restored_id"],
                {"restored_id": {"fields": {"display_name": {}, "body": {}}}},
            ),
            "onchange of it": lambda: draft.onchange({"name": "x"}, ["name"], spec),
            "metadata": lambda: draft.get_metadata(),
            "copy": lambda: draft.copy_data(),
            "messages": lambda: Message.search_read([("body", "ilike", SECRET)], ["body"]),
            "messages of it": lambda: Message.search_read(
                [("model", "=", draft._name), ("res_id", "=", draft.id)], ["body"]
            ),
            "followers": lambda: draft.message_get_followers(),
            "files": lambda: File.search_read([*mine, ("id", "!=", False)], ["name"]),
            "file": lambda: self.file.with_env(env).read(["name", "raw"]),
            "file by name": lambda: File.search_count([("name", "ilike", SECRET)]),
            "tasks": lambda: env["mail.activity"].search_read(
                [("res_model", "=", draft._name)], ["res_name", "summary"]
            ),
            "tasks, through it": lambda: Revision.search_count(
                [("activity_ids.user_id", "!=", False), *domain]
            ),
            "mails": lambda: env["mail.mail"].search_read([], ["subject", "body_html"]),
            "composer": lambda: (
                env["mail.compose.message"]
                .create(
                    {
                        "model": draft._name,
                        "res_ids": str(draft.ids),
                        "subject": "{{ object.body }}",
                    }
                )
                .read(["subject", "body", "record_name"])
            ),
            "scheduled": lambda: env["mail.scheduled.message"].create(
                {
                    "model": draft._name,
                    "res_id": draft.id,
                    "body": "x",
                    "author_id": env.user.partner_id.id,
                    "scheduled_date": "2099-01-01",
                }
            ),
            "a task of hers": lambda: env["mail.activity"].create(
                {
                    "res_model_id": env["ir.model"].sudo()._get_id(draft._name),
                    "res_id": draft.id,
                    "user_id": env.uid,
                }
            ),
            "a message of hers": lambda: draft.message_post(body="x"),
            "a file of hers": lambda: File.create(
                {"name": "x", "raw": b"x", **dict((name, value) for name, _operator, value in mine)}
            ),
            "follow": lambda: draft.message_subscribe(env.user.partner_id.ids),
            **{
                name: (lambda name=name, args=args: getattr(draft, name)(*args))
                for name, args in {
                    "action_submit": ("x",),
                    "action_take_back": (),
                    "action_withdraw": (),
                    "action_comment": ("x",),
                    "action_keep_mine": (),
                    "action_ask_changes": ("x",),
                    "action_publish": (draft.sudo().exists().mark,),
                    "action_publish_urgent": ("x",),
                    "action_review": (),
                    "action_revert": ("x",),
                    "action_restore": (),
                }.items()
            },
            **{
                f"write {name}": (lambda name=name, value=value: draft.write({name: value}))
                for name, value in {
                    "body": "x",
                    "state": "published",
                    "values": {},
                    "author_id": env.uid,
                    "message_ids": [(5,)],
                    "validator_ids": [],
                    "editor_ids": [(4, env.uid)],
                }.items()
            },
            "unlink": lambda: draft.unlink(),
            "create": lambda: Revision.create(
                {"name": "x", "type_id": self.type.id, "state": "published", "res_id": 1}
            ),
        }

    def _ask(self, act):
        self.env.invalidate_all()
        try:
            answer = act()
            return "returned", json.dumps(answer, default=str, ensure_ascii=False)
        except Exception as error:  # noqa: BLE001 (counted by its name, judged by its words)
            return type(error).__name__, str(error)

    def _ask_all(self, user, number=None):
        for name, act in self._get_readings(user, number or self.draft.id).items():
            with self.env.cr.savepoint() as savepoint:
                outcome, said = self._ask(act)
                savepoint.rollback()
            self.env.invalidate_all(flush=False)
            yield name, outcome, said

    @sweep("rights")
    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_a_neighbour_is_told_nothing(self):
        """Draft, sent or withdrawn: nothing is read, counted, grouped, named, written. What is
        answered is what is answered about a change that does not exist."""
        told, counts = [], Counter()
        for state in ("draft", "submitted", "withdrawn"):
            self.draft._set({"state": state})
            for user in self.neighbours:
                nothing = {name: said for name, _outcome, said in self._ask_all(user, NUMBER)}
                for name, outcome, said in self._ask_all(user):
                    counts[outcome] += 1
                    is_told = outcome == "returned" and said not in (nothing[name], "false")
                    if SECRET in said or is_told:
                        told.append((state, user.login, name, said[:80]))
        _logger.info("%s questions: %s", counts.total(), dict(counts))
        self.assertEqual(told, [])
        self.assertGreater(counts["AccessError"], 400)

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_its_author_and_its_reader_are_told(self):
        """Else questions that nobody may ask would prove nothing."""
        heard = {name for name, _outcome, said in self._ask_all(self.secretary) if SECRET in said}
        self.assertLessEqual(
            {"read", "web_read", "search_read", "messages", "files", "file"}, heard
        )
        heard = {name for name, _outcome, said in self._ask_all(self.reader) if SECRET in said}
        self.assertEqual(heard, set(), "not before it was sent")
        self.draft.action_submit()
        heard = {name for name, _outcome, said in self._ask_all(self.reader) if SECRET in said}
        self.assertLessEqual({"read", "web_read", "search_read", "messages", "file"}, heard)

    def _sign_in(self, user):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))

    @mute_logger("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_a_private_file_is_served_to_those_who_read_the_change(self):
        ways = (
            f"/web/content/{self.file.id}",
            f"/web/image/{self.file.id}",
            f"/web/image/ir.attachment/{self.file.id}/raw",
            f"/web/content/ir.attachment/{self.file.id}/datas",
        )
        for user in (None, *self.neighbours, self.reader, self.secretary):
            self._sign_in(user) if user else self.authenticate(None, None)
            for way in ways:
                served = picture("yellow") == self.url_open(way).content
                self.assertEqual(served, user == self.secretary, f"{user and user.login} {way}")

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def _get_requests(self):
        """{name: a request of core that writes}, of the one who is signed in."""
        house, line, media, photo = self.house.id, self.line.id, self.media.id, self.photo_file.id
        story, here = {"story": "x"}, {"res_model": "wash.house", "res_id": house}
        picked = {"name": "x.png", "data": "iVBORw0KGgo=", "is_image": True, **here}
        field = (
            f'<span data-oe-model="wash.house" data-oe-id="{house}" data-oe-field="story" '
            'data-oe-type="text" data-oe-expression="house.story">x</span>'
        )
        view = self.env.ref("website.contactus").id
        call, send = self._call, self.make_jsonrpc_request
        forged = {"content_publishing": True, "content_circuit": True, "default_story": "x"}
        return {
            "write": lambda: call("wash.house", "write", [house], story),
            "forged": lambda: call("wash.house", "write", [house], story, context=forged),
            "web_save": lambda: call("wash.house", "web_save", [house], story, specification={}),
            "create": lambda: call("wash.house", "web_save", [], {"name": "x"}, specification={}),
            "create by default": lambda: call(
                "wash.house", "create", [{}], context={"default_name": "x", **forged}
            ),
            "copy": lambda: call("wash.house", "copy", [house], {"name": "x"}),
            "unlink": lambda: call("wash.house", "unlink", [house]),
            "archive": lambda: call("wash.house", "action_archive", [house]),
            "line": lambda: call("wash.house.hours", "write", [line], {"day": "x"}),
            "private": lambda: call("wash.house", "_as_publication", [house]),
            "private publication": lambda: call("wash.house", "_publish_as", [house], "x", story),
            "private creation": lambda: call("wash.house", "_create_as", "x", {"name": "x"}),
            "private circuit": lambda: call("content.revision", "_set", [self.draft.id], {}),
            "revision": lambda: call(
                "content.revision", "write", [self.draft.id], {"state": "published"}, context=forged
            ),
            "button": lambda: send(
                "/web/dataset/call_button/wash.house/write",
                {"model": "wash.house", "method": "write", "args": [[house], story], "kwargs": {}},
            ),
            "resequence": lambda: call(
                "wash.house", "web_resequence", [house], {}, field_name="depth", offset=7
            ),
            "view": lambda: call("ir.ui.view", "save", [view], field),
            "translation": lambda: send(
                "/website/field/translation/update",
                {
                    "model": "wash.house",
                    "record_id": [house],
                    "field_name": "motto",
                    "translations": {"fr_FR": "x"},
                },
            ),
            "publish": lambda: send("/website/publish", {"id": house, "object": "wash.house"}),
            "add_data": lambda: send("/html_editor/attachment/add_data", picked),
            "old add_data": lambda: send("/web_editor/attachment/add_data", picked),
            "add_url": lambda: send(
                "/html_editor/attachment/add_url", {"url": "/web/static/img/logo.png", **here}
            ),
            "modify_image": lambda: send(
                f"/html_editor/modify_image/{media}", {**here, "data": "iVBORw0KGgo="}
            ),
            "remove": lambda: send("/html_editor/attachment/remove", {"ids": [media, photo]}),
            "library": lambda: send(
                "/html_editor/save_library_media",
                {"media": {str(media): {"query": "x", "is_dynamic_svg": False}}},
            ),
            "upload": lambda: self.url_open(
                "/web/binary/upload_attachment",
                data={
                    "model": "wash.house",
                    "id": house,
                    "csrf_token": http.Request.csrf_token(self),
                },
                files={"ufile": ("x.png", picture(), "image/png")},
            ),
            "mail upload": lambda: self.url_open(
                "/mail/attachment/upload",
                data={
                    "thread_model": "wash.house",
                    "thread_id": house,
                    "csrf_token": http.Request.csrf_token(self),
                },
                files={"ufile": ("x.png", picture(), "image/png")},
            ),
            "mail delete": lambda: send("/mail/attachment/delete", {"attachment_id": media}),
            "json": lambda: self.url_open(
                "/json/2/wash.house/write",
                data=json.dumps({"ids": [house], "vals": story}),
                headers={"Content-Type": "application/json"},
            ),
            "import": lambda: call("wash.house", "load", [".id", "story"], [[str(house), "x"]]),
        }

    @mute_logger("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_no_route_of_core_writes_what_is_online(self):
        before, changed, counts = self._digest(), [], Counter()
        state = self.draft.sudo().read(["state", "body", "values"])
        for user in (
            None,
            self.camille,
            self.secretary,
            self.designer,
            self.manager,
            self.technician,
        ):
            self._sign_in(user) if user else self.authenticate(None, None)
            for name, ask in self._get_requests().items():
                try:
                    answer = ask()
                    counts[getattr(answer, "status_code", "answered")] += 1
                except JsonRpcException as refusal:
                    counts[str(refusal).partition(":")[0]] += 1
                except HTTPError as refusal:
                    counts[refusal.response.status_code] += 1
                self.env.invalidate_all()
                if self._digest() != before:
                    changed.append((user and user.login, name))
                    before = self._digest()
        _logger.info("%s requests: %s", counts.total(), dict(counts))
        self.assertEqual(changed, [], counts)
        self.assertGreater(counts["odoo.exceptions.AccessError"], 60, counts)
        self.assertEqual(self.draft.sudo().read(["state", "body", "values"]), state)
