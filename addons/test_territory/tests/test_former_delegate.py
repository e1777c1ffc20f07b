import re

from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.website_procedure_request.pages.slots import MESSAGE_SLOT

from . import own_methods
from .handed_over import LAST, NAME, NOW, SECRET, HandedOver
from .inventories import ROUTES

OF_A_REQUEST, OF_AN_ORGANISATION = "/my/demandes/<", "/my/organisme/<"
FORM = "//main//form[@data-public-form]"
# What hangs on a request: by which field it names it.
ROWS = {
    "procedure.answer": "request_id",
    "procedure.decision": "request_id",
    "procedure.document.line": "request_id",
    "procedure.letter": "request_id",
    "procedure.price.line": "request_id",
    "procedure.signature": "request_id",
    "procedure.slot.booking": "request_id",
    "room.booking": "request_id",
    "lodging.declaration": "request_id",
    "mail.message": "res_id",
}
# A delegate reads these by remote calls; the rest on her pages only.
READ_BY_A_DELEGATE = {
    "procedure.answer",
    "procedure.document",
    "procedure.document.line",
    "mail.message",
}
# Where her space tells what she asked, or for whom she acts.
PAGES = (
    "/my",
    "/my/account",
    "/my/contributions",
    "/my/demandes",
    "/my/demandes?pour={club}",
    "/my/demandes?q={number}",
    "/my/foyer",
    "/my/invitations",
    "/demarches/tenir-un-stand/formulaire?pour={club}",
)
# Those that never named it, each found.
SILENT = {"/my/account", "/my/invitations"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFormerDelegate(HandedOver):
    """Who handed the organisation over is refused at each of its doors, those that she opened
    herself too; who came opens them."""

    def _get_doors(self):
        """(route, method): what is read comes first, what ends something last."""
        doors = [
            (row["route"], method)
            for row in ROUTES.read_rows().values()
            if row["route"].startswith((OF_A_REQUEST, OF_AN_ORGANISATION))
            for method in row["methods"].replace("all", "GET,POST").split(",")
        ]
        return sorted(doors, key=lambda door: ("annuler" in door[0], door[1], door[0]))

    def _get_requests(self, route):
        if route.startswith(OF_AN_ORGANISATION):
            return [self.requests["stand"]]
        return list(self.requests.values())

    def _fill(self, route, request, user):
        """With what exists, and is hers wherever something may be. A new part of an address is
        added here: KeyError says which."""
        lines = request.document_line_ids
        own = lines.filtered(lambda line: line.document_id.giver_id == user.partner_id)
        values = {
            "request_id": request.id,
            "organisation_id": self.club.id,
            "line": (own or lines)[:1].id or 1,
            "piece": request._get_messages_for_applicant().attachment_ids[:1].id or 1,
            "file": self.kept[user],
            "key": "slot",
            "invitation_id": self.invitation.id,
            "delegation_id": self.asking.id,
        }
        return re.sub(r"<string:(\w+)>", lambda part: str(values[part[1]]), route)

    def _get_sent(self, route, request, user):
        """(data, files) of a post that does something, where it is allowed."""
        asked = [item["key"] for item in request._get_asked_items()]
        acts = {"hire": "signature_send", "room": "room_give_up", "lodging": "lodging_cease"}
        act = next((acts[name] for name in acts if self.requests[name] == request), "x")
        person = {"name": "Nora Roy", "email": "nora@exemple.fr"}
        board = {"date": "15/11/2026", f"leaves_{user.partner_id.id}": "1"}
        cancel = {"_action": "cancel"}
        sent = {
            "acte": ({"_act": act}, None),
            "annuler": (cancel, None),
            "completer": ({}, [self.jpeg(key) for key in asked] or None),
            "corriger": (self._get_sheet(), None),
            "depot": ({"_field": MESSAGE_SLOT}, [self.jpeg(MESSAGE_SLOT)]),
            "inviter": (person, None),
            "message": ({"message": "Bonjour"}, None),
            "passer-la-main": ({**board, **{f"{k}_1": v for k, v in person.items()}}, None),
            "personnes/<string:delegation_id>": ({"_do": "accept"}, None),
            "rendez-vous/<string:key>": ({"slot": str(SLOT_TYPE.to_id(LAST))}, None),
        }
        return next((sent[end] for end in sent if route.endswith(f"/{end}")), ({}, None))

    def _get_sheet(self):
        """Its page, corrected: another name."""
        known = {"street": self.club.street, "commune": self.vaubecourt.insee_code}
        return {**known, "name": f"{NAME} d’ici", "phone": "06 39 98 00 00"}

    def _call(self, route, method, request, user):
        data, files = self._get_sent(route, request, user) if method == "POST" else (None, None)
        return self.send(method, self._fill(route, request, user), data, files)

    def _get_state(self):
        """All that a door may change."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = {"organisation.invitation": "state", "organisation.handover": "state"}
        rows |= {"partner.delegate": "state", "household.change": "state"}
        rows |= {"procedure.slot.booking": "start", "room.booking": "state"}
        rows |= {"procedure.signature": "state", "lodging.declaration": "state"}
        rows |= {"website.procedure.pending": "acting_for_id", "procedure.document": "name"}
        rows |= {"website.procedure.pending.file": "name"}
        state = [
            self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search([], order="id")
            .read([name])
            for model, name in rows.items()
        ]
        for request in self.requests.values():
            links = request.signature_ids.mapped("link_nonce")
            state.append((request.state, str(request.answers), len(request.message_ids), links))
        return state

    @sweep("rights")
    @mute_logger("odoo.http")
    def test_each_address_is_not_found_by_who_left_and_opens_to_who_came(self):
        doors = self._get_doors()
        self.assertGreater(len(doors), 30)
        self.kept = {self.camille: self.keep_file(self.camille)}
        self.assertTrue(self._find_open(doors[:1], self.camille), "before: she acts")
        self.hand_over()
        self.kept[self.elie] = self.keep_file(self.elie)
        self.sign_in(self.camille)
        before = self._get_state()
        opened = [
            (method, route, request.procedure_id.code, answer.status_code)
            for route, method in doors
            for request in self._get_requests(route)
            if (answer := self._call(route, method, request, self.camille)).status_code != 404
        ]
        self.assertEqual(opened, [])
        self.assertEqual(self._get_state(), before)
        # The very same addresses, else it is they that would be refused.
        self.sign_in(self.elie)
        found = self._find_open(doors, self.elie)
        self.assertEqual([door for door in doors if door not in found], [])
        # What was sent does what it says: refused to the other one, it was not for nothing.
        for unchanged, changed in zip(before, self._get_state(), strict=True):
            self.assertNotEqual(unchanged, changed)

    @mute_logger("odoo.http")
    def test_the_acknowledgment_that_she_was_shown_closes_too(self):
        links = [each._get_acknowledgment_url() for each in self.requests.values()]

        def open_links():
            answers = [self.url_open(link, allow_redirects=False) for link in links]
            return {answer.status_code for answer in answers}

        self.sign_in(self.camille)
        self.assertEqual(open_links(), {200}, "before: she acts")
        self.hand_over()
        for user, status in ((self.camille, 404), (self.elie, 200), (self.zoe, 404)):
            self.sign_in(user)
            self.assertEqual(open_links(), {status}, user.login)
        self.authenticate(None, None)
        answer = self.url_open(links[0], allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        # Of a caller who has no account, nobody else could open it.
        filing = Filing(
            procedure=self.requests["hire"].procedure_id,
            answers={"day": SECRET, "sign": "p@exemple.fr"},
            identity={
                "contact_firstname": "Paul",
                "contact_lastname": "Trésor",
                "contact_phone": "06 39 98 00 99",
            },
            acting_for=self.club,
            channel="phone",
        )
        called = self.env["procedure.request"].with_user(self.agent)._submit(filing)
        self.assertFalse(called.sudo().applicant_id)
        link = called._get_acknowledgment_url()
        self.assertEqual(self.url_open(link, allow_redirects=False).status_code, 200)

    def _find_open(self, doors, user):
        """Those that answer, for one request at least; each of them is tried."""
        found = []
        for route, method in doors:
            for request in self._get_requests(route):
                answer = self._call(route, method, request, user)
                there = "/web/login" not in answer.headers.get("Location", "")
                if answer.status_code in (200, 303) and there:
                    found.append((route, method))
        return found

    def test_no_page_of_hers_names_it_nor_what_it_asked(self):
        number = self.requests["stand"].number
        paths = [path.format(club=self.club.id, number=number) for path in PAGES]
        words = {NAME, SECRET, *(request.number for request in self.requests.values())}
        self.sign_in(self.camille)
        silent = {path for path in paths if not self._find_told(path, words)}
        self.assertEqual(silent, SILENT, "before: the others name it")
        self.hand_over()
        self.sign_in(self.camille)
        told = {path: self._find_told(path, words) for path in paths}
        # What she looks for is in the box where she typed it.
        told[f"/my/demandes?q={number}"].discard(number)
        self.assertEqual({path: found for path, found in told.items() if found}, {})

    def _find_told(self, path, words):
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200, path)
        return {word for word in words if word in answer.text}

    def test_what_she_began_for_it_is_sent_in_its_name_no_more(self):
        form = f"/demarches/{self.stand.slug}/formulaire"
        drafts = self.env["website.procedure.pending"].sudo()
        mine = [("partner_id", "=", self.camille.partner_id.id)]
        self.sign_in(self.camille)
        page = self.get(form)
        chosen = {**self.hidden(page, FORM), "_for": str(self.club.id), "_action": "next"}
        answer = self.post(form, chosen)
        self.assertEqual(answer.status_code, 303, self.errors(answer))
        self.assertEqual(drafts.search(mine).acting_for_id, self.club)
        page = self.get(answer.headers["Location"])
        self.assertIn("1 place de la Mairie", page.text, "of its sheet")
        before = {**self.hidden(page, FORM), **self._get_stand(LAST)}
        self.hand_over()
        self.sign_in(self.camille)
        for action in ("next", "check", "send"):
            data = {**before, **self.hidden(self.get(form), FORM), "_for": str(self.club.id)}
            answer = self.post(form, {**data, "_action": action})
            while answer.status_code == 303:
                answer = self.get(answer.headers["Location"], allow_redirects=False)
            self.assertNotIn(NAME, answer.text, action)
        asked = self.env["procedure.request"].search([("acting_for_id", "=", self.club.id)])
        self.assertEqual(len(asked), len(self.requests))
        # Said for herself, it is hers, and says nothing that it knows of the organisation.
        self.assertFalse(self.get(form).tree.xpath("//main//input[@name='_for'][@checked]"))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_by_remote_calls_she_reads_no_row(self):
        self.hand_over()
        requests = self.env["procedure.request"].browse(each.id for each in self.requests.values())
        rows = {"procedure.request": requests, "res.partner": self.club}
        for model, name in ROWS.items():
            domain = [(name, "in", requests.ids)]
            domain += [("model", "=", requests._name)] if name == "res_id" else []
            rows[model] = self.env[model].sudo().search(domain).sudo(False)
            self.assertTrue(rows[model] or model == "procedure.decision", model)
        rows["procedure.document"] = rows["procedure.document.line"].sudo().document_id.sudo(False)
        told = {
            (model, door)
            for model, records in rows.items()
            for door in self._find_doors(records.with_user(self.camille))
        }
        self.assertEqual(told, set())
        for model in ("procedure.request", "res.partner", *READ_BY_A_DELEGATE):
            self.assertTrue(self._find_doors(rows[model].with_user(self.elie)), model)

    def _find_doors(self, records):
        """Those by which something of these rows is read."""
        domain = [("id", "in", records.ids)]
        doors = {
            "read": lambda: records.read(["display_name"]),
            "one by one": lambda: [
                each.id for each in records if records.browse(each.id).has_access("read")
            ],
            "search": lambda: records.search(domain).ids,
            "count": lambda: records.search_count(domain),
            "names": lambda: records.name_search("", domain),
            "group": lambda: records.formatted_read_group(domain, [], ["__count"])[0]["__count"],
            "web": lambda: records.web_search_read(domain, {"display_name": {}})["records"],
        }
        found = []
        for name, door in doors.items():
            self.env.invalidate_all()
            try:
                found += [name] if door() else []
            except AccessError:
                continue
        return found

    @mute_logger(
        "odoo.sql_db",
        "odoo.models",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.ir_rule",
    )
    def test_each_method_of_a_request_refuses_her(self):
        self.hand_over()
        request = self.requests["stand"].sudo(False)
        words = (NAME, SECRET, request.sudo().number)
        state, done, methods, self.broken = self._get_state(), [], 0, set()
        for name in own_methods.find_own_methods(self.env.registry["procedure.request"]):
            methods += 1
            self.heard = name
            for way in own_methods.call(request.with_user(self.camille), name):
                said = self._hear(way, state)
                if said is None or any(word in said for word in words):
                    done.append((name, said))
        self.assertEqual(done, [])
        self.assertGreater(methods, 30)
        self.assertEqual(sorted(self.broken), [], "no refusal")

    def _hear(self, way, state):
        """What it answers, or says when it refuses; None when it did something."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint(flush=False) as savepoint:
                said = own_methods.tell(way())
                changed = self._get_state() != state
                savepoint.rollback()
        except (AccessError, MissingError, UserError) as error:
            self.env.invalidate_all()
            return str(error)
        except Exception as error:  # noqa: BLE001 (told apart)
            self.env.invalidate_all()
            self.broken.add(f"{self.heard}: {type(error).__name__} {str(error)[:150]}")
            return str(error)
        self.env.invalidate_all()
        return None if changed else said
