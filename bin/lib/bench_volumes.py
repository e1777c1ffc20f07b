"""Run by bin/bench in an Odoo shell: a form of 80 fields, and a request with 200 messages."""

import json
import os
from pathlib import Path

from odoo import Command

from odoo.addons.procedure.filing import Filing

FIELDS, MESSAGES = 80, 200

user = env.ref("territory_demo.user_dominique_demo")  # noqa: F821
model = env.ref("waste_collection.procedure_missed")  # noqa: F821
types = ("char", "text", "integer", "date", "boolean", "selection", "email", "address")
procedure = env["procedure.procedure"].create(  # noqa: F821
    {
        "name": "Banc de 80 champs",
        "code": "BANCLONG",
        "service_id": model.service_id.id,
        "processing_id": model.processing_id.id,
    }
)


def get_field(index):
    vals = {
        "sequence": index,
        "key": f"question_{index}",
        "label": f"Question {index}",
        "type": types[index % len(types)],
    }
    if vals["type"] == "selection":
        vals["option_ids"] = [
            Command.create({"value": f"v{each}", "label": f"Choix {each}"}) for each in range(4)
        ]
    if index % 10 == 9:
        vals["condition_ids"] = [
            Command.create({"key": f"question_{index - 9}", "operator": "set"})
        ]
    return vals


env["procedure.version"].create(  # noqa: F821
    {
        "procedure_id": procedure.id,
        "field_ids": [Command.create(get_field(index)) for index in range(FIELDS)],
    }
)
procedure.action_publish()
request = (
    env["procedure.request"]  # noqa: F821
    .with_user(user)
    ._submit(
        Filing(
            procedure=procedure.with_user(user),
            answers={"question_0": "Bonjour"},
            applicant=user.partner_id,
        )
    )
)
for number in range(MESSAGES):
    request.sudo().message_post(body=f"Message {number}", subtype_xmlid="mail.mt_comment")
env.cr.commit()  # noqa: F821
Path(os.environ["BENCH_OUT"]).write_text(
    json.dumps(
        {"form": f"/demarches/{procedure.slug}/formulaire", "request": f"/my/demandes/{request.id}"}
    )
)
