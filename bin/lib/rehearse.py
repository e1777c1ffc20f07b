"""What bin/rehearse does inside a site: fills it, reads it, compares two readings.

    rehearse.py compare BEFORE.json AFTER.json

`fill(env)` and `read(env, path)` run in `odoo shell`, in this version and in older ones: they call
only what every version since 3900c42 has, and say what they could not do.
"""

import hashlib
import io
import json
import sys
from datetime import timedelta
from pathlib import Path

from freezegun import freeze_time

# What may grow or change its name: told, never a fault.
TOLD = ("counts", "xmlids")


class Filling:
    """What is added to the demo of an older version, each act by a person entitled to it."""

    def __init__(self, env):
        self.env = env
        self.water = env.ref("territory_demo.procedure_eau_demo")
        self.bins = env.ref("waste_collection.procedure_bin")
        self.secretary, self.manager = self.user("secretaire"), self.user("responsable")
        self.agent = self.user("agent_dechets")

    def user(self, name):
        return self.env.ref(f"territory_demo.user_{name}_demo")

    def ask(self, who="dominique"):
        demo = self.env["territory.demo"]
        if hasattr(demo, "_submit_water"):
            return demo._submit_water(who)
        # Older versions filed, and asked other questions.
        submit = getattr(demo, "_submit", None) or demo._file
        return submit(who, "territory_demo.procedure_eau_demo", {"work": "reopen"})

    def take(self, who="dominique"):
        request = self.ask(who).with_user(self.secretary)
        request.action_take()
        return request

    def ask_for_more(self, who="camille"):
        request = self.take(who)
        lines = [{"line_id": line.id, "reason": "Illisible."} for line in request.document_line_ids]
        due = self.env["procedure.request"]._get_today() + timedelta(days=20)
        request.action_ask_completion(lines[:1], message="Il manque un plan.", due=due)

    def reopen(self, then=""):
        request = self.take("camille")
        request.action_refuse("Non.")
        request.action_reopen("Nouvel élément.")
        if then:
            request.action_accept(then)
            request.action_close()

    def close(self):
        request = self.take()
        request.action_accept("Oui.")
        request.action_close()

    def consult(self):
        given, by_link, withdrawn = self.take(), self.take("camille"), self.take("camille")
        for request in (given, withdrawn):
            request.action_consult("Qu'en pensez-vous ?", service_id=self.bins.service_id.id)
        given.opinion_ids.with_user(self.agent).action_give_favourable("Oui.")
        withdrawn.opinion_ids.with_user(self.secretary).action_withdraw()
        by_link.action_consult("?", contact_name="Géomètre", contact_email="geo@exemple.test")

    def be_silent(self, regime, day):
        self.water.sudo().write({"regime": regime, "legal_basis": "Essai, art. 1"})
        self.water.with_user(self.manager).action_validate_regime()
        with freeze_time(f"{day} 09:00:00"):
            self.take()
            self.ask_for_more()
        run_jobs(self.env, "silence")

    def write(self):
        dominique = self.user("dominique")
        request = self.ask().with_user(dominique)
        request._post_from_applicant("Bien reçu ?", by=dominique.partner_id)

    def begin(self):
        # The form of water asked an address before it had a template.
        place = "place" if hasattr(self.env["territory.demo"], "_submit_water") else "address"
        for name, procedure, key in (
            ("camille", self.water, place),
            ("dominique", self.bins, "address"),
        ):
            self.env["website.procedure.pending"].sudo().create(
                {
                    "procedure_id": procedure.id,
                    "partner_id": self.user(name).partner_id.id,
                    "version_id": procedure.version_id.id,
                    "answers": {f"{key}.street": "9 rue du Puits"},
                    "date_expire": "2099-01-01 10:00:00",
                }
            )

    def save_exports(self):
        for user, procedure in ((self.manager, self.water), (self.agent, self.bins)):
            self.env["procedure.export"].with_user(user).create(
                {"name": procedure.code, "procedure_id": procedure.id, "is_shared": True}
            )


def fill(env):
    """Requests in every state, opinions, decisions by silence, drafts, saved exports."""
    it = Filling(env)
    acts = {
        "sent": lambda: it.ask("camille"),
        "taken": it.take,
        "to complete": it.ask_for_more,
        "waiting": lambda: it.take("camille").action_waiting_list("En mars."),
        "waiting too": lambda: it.take().action_waiting_list("En avril."),
        "accepted": lambda: it.take().action_accept("Oui."),
        "with conditions": lambda: it.take("camille").action_accept("", conditions="En limite."),
        "refused": lambda: it.take().action_refuse("Non."),
        "dropped": lambda: it.take().action_drop("Doublon."),
        "cancelled": lambda: it.ask().with_user(it.user("dominique")).action_cancel(),
        "closed": it.close,
        "reopened": it.reopen,
        "reopened, then accepted": lambda: it.reopen("Oui, finalement."),
        "opinions": it.consult,
        "message": it.write,
        "drafts": it.begin,
        "exports": it.save_exports,
        "silence refuses": lambda: it.be_silent("svr", "2026-03-02"),
        "silence accepts": lambda: it.be_silent("sva", "2026-04-02"),
        "letters": lambda: run_jobs(env, "letter"),
    }
    for name, act in acts.items():
        try:
            act()
            env.cr.commit()
        except Exception as error:  # noqa: BLE001 - an older version may not know it
            env.cr.rollback()
            print(f"not filled: {name}: {type(error).__name__}: {str(error)[:200]}")


def run_jobs(env, word):
    for job in env["ir.cron"].search([("cron_name", "ilike", word)]):
        env.cr.commit()
        job.method_direct_trigger()
        env.cr.commit()


def digest(content):
    return hashlib.sha256(content or b"").hexdigest()[:16]


def read(env, path):
    """What this site holds of requests, in words that two versions share."""
    from odoo.exceptions import AccessError

    env = env(context={"active_test": False, "lang": "fr_FR"})
    requests = env["procedure.request"].search([], order="number")
    users = env["res.users"].search([("active", "=", True)])

    def readable(user):
        try:
            return sorted(env["procedure.request"].with_user(user).search([]).mapped("number"))
        except AccessError:
            return "no access"

    found = {
        "requests": {request.number: read_request(request) for request in requests},
        "index": sorted(
            [row.request_id.number, row.key, *map(str, read_index(row))]
            for row in env["procedure.answer"].search([])
        ),
        "readers": {user.login: readable(user) for user in users},
        "drafts": {
            f"{draft.partner_id.id} {draft.procedure_id.code}": [draft.version_id.id, draft.answers]
            for draft in env["website.procedure.pending"].search([])
        },
        "exports": {
            export.name: read_export(export)
            for export in env["procedure.export"].search([], order="id")
        },
        "versions": {
            f"{version.procedure_id.code} {version.number}": [version.state]
            + [[field.key, field.type, field.label, field.required] for field in version.field_ids]
            for version in env["procedure.version"].search([])
        },
        "counts": {
            name: env[name].search_count([])
            for name in ("res.partner", "res.users", "territory.service", "waste.container")
        },
        "xmlids": sorted(
            f"{data.module}.{data.name}"
            for data in env["ir.model.data"].search(
                [("model", "in", ["ir.cron", "mail.template", "ir.rule", "procedure.procedure"])]
            )
        ),
    }
    Path(path).write_text(json.dumps(found, indent=1, sort_keys=True, default=str))
    print(f"read: {len(requests)} requests")


def read_request(request):
    def days(*names):
        return [str(request[name] or "") for name in names]

    letters = request.env["procedure.letter"].search([("request_id", "=", request.id)], order="id")
    messages = request.message_ids.sorted("id")
    return {
        "id": request.id,
        "procedure": [request.procedure_id.code, request.version_id.number],
        "state": [request.state, request.step_id.display_name or ""],
        "dates": days("state_date", "date_submitted", "date_complete", "date_due", "date_silence"),
        "who": [request.applicant_id.id, request.acting_for_id.id, sorted(request.subject_ids.ids)],
        "where": [request.household_id.id, request.dwelling_id.id, request.commune_id.id],
        "services": [request.service_id.id, sorted(request.consulted_service_ids.ids)],
        "agent": request.user_id.id,
        "channel": request.channel,
        "answers": request.answers,
        "decisions": [
            [each.kind, str(each.date), each.reasons or "", each.author_id.id, each.active]
            for each in request.decision_ids.sorted("id")
        ],
        "documents": [
            [line.field_key, line.label, line.state, line.document_id.name]
            + [read_file(line.document_id)]
            for line in request.document_line_ids.sorted("id")
        ],
        "letters": [[each.kind, each.name, each.sha256, read_file(each)] for each in letters],
        "opinions": [
            [each.display_name, each.state, each.text or ""]
            for each in request.env["procedure.opinion"].search(
                [("request_id", "=", request.id)], order="id"
            )
        ],
        "messages": [digest(f"{each.subject}{each.body}".encode()) for each in messages],
        "address": request._get_url(),
    }


def read_index(row):
    """An indexed answer; older versions had a column for each model."""
    link = [row.res_model, row.res_id] if "res_model" in row._fields else ["", 0]
    for name in ("commune_id", "partner_id", "dwelling_id", "service_id"):
        if name in row._fields and row[name]:
            link = [row[name]._name, row[name].id]
    return [row.value_text or "", row.value_date or "", row.value_number, link[0] or "", link[1]]


def read_file(record):
    attachment = record.env["ir.attachment"].search(
        [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", "file")]
    )
    return digest(attachment.raw) if attachment else ""


def read_export(export):
    import openpyxl

    wizard = export.env["procedure.export.wizard"].with_user(export.user_id)
    wizard = wizard.create({"export_id": export.id, "domain": export.domain})
    stream = io.BytesIO()
    wizard._write_workbook(stream)
    book = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    return {
        "columns": [[column.key, column.label] for column in export.column_ids],
        "cells": {
            sheet.title: [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            for sheet in book
        },
    }


def compare(before, after, path=""):
    """Lines that say what changed: nothing of what was kept may."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            if key not in after:
                yield f"{path}.{key}: gone"
            elif key not in before:
                yield f"{path}.{key}: new"
            else:
                yield from compare(before[key], after[key], f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after, strict=True)):
            yield from compare(*pair, f"{path}[{index}]")
    else:
        yield f"{path}: {str(before)[:150]} -> {str(after)[:150]}"


def leave_out_new(before, after):
    """The demo of the new version may have more: `after` without it."""
    known = before["requests"]
    kept = dict(after)
    for key in ("requests", "versions", "readers", "drafts"):
        kept[key] = {name: each for name, each in after[key].items() if name in before[key]}
    kept["index"] = [row for row in after["index"] if row[0] in known]
    for login, numbers in kept["readers"].items():
        if isinstance(numbers, list):
            kept["readers"][login] = [number for number in numbers if number in known]
    print(f"told: {len(after['requests']) - len(kept['requests'])} requests more")
    return kept


def main(before, after):
    before, after = (json.loads(Path(path).read_text()) for path in (before, after))
    after = leave_out_new(before, after)
    if not before["requests"]:
        print("nothing to compare: the site before has no request")
        return 1
    faults = [
        fault
        for key in before
        if key not in TOLD
        for fault in compare(before[key], after[key], key)
    ]
    for key in TOLD:
        for line in compare(before[key], after[key], key):
            print(f"told: {line}")
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(before['requests'])} requests compared, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[2:]))
