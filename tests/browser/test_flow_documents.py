"""Who opens a document given with a request: who gave it and the service, nobody else, whatever
the door."""

import flows
import pytest
from second_server import SecondServer


@pytest.fixture(scope="module")
def server(server, tmp_path_factory):
    """What it refuses is written in its own log."""
    second = SecondServer(server, tmp_path_factory.mktemp("documents") / "odoo.log")
    second.start()
    yield second.url
    second.kill()


@pytest.fixture(scope="module")
def applicant(server):
    return flows.Client(server).log_in("dominique")


@pytest.fixture(scope="module")
def agent(server):
    return flows.Client(server).log_in("agent.dechets")


@pytest.fixture(scope="module")
def given(server, applicant, agent):
    """A request of today with its photo: the ids that a stranger would guess."""
    form = flows.BinForm(applicant)
    form.send()
    number = form.read_number()
    (request,) = agent.call(
        "procedure.request", "search_read", [("number", "=", number)], ["document_line_ids"]
    )
    (line,) = agent.call(
        "procedure.document.line", "read", request["document_line_ids"], ["document_id"]
    )
    document = line["document_id"][0]
    (attachment,) = (
        flows.Client(server)
        .log_in("admin")
        .call(
            "ir.attachment",
            "search",
            [
                ("res_model", "=", "procedure.document"),
                ("res_field", "=", "file"),
                ("res_id", "=", document),
            ],
        )
    )
    return {
        "number": number,
        "request": request["id"],
        "line": line["id"],
        "document": document,
        "attachment": attachment,
    }


PAGE = "/my/demandes/{request}/fichier/{line}"
GUESSES = (
    "/web/content/procedure.document/{document}/file",
    "/web/content/procedure.document/{document}/file/photo.jpg?download=1",
    "/web/content?model=procedure.document&id={document}&field=file",
    "/web/image/procedure.document/{document}/file",
    "/web/image/procedure.document/{document}/file/600x800",
    "/web/content/{attachment}",
    "/web/image/{attachment}",
    "/suivi/{number}/fichier/{line}",
    "/suivi/{number}",
    "/my/demandes/{request}",
    "/suivi/{number}/accuse.pdf",
    "/my/demandes/{request}/accuse.pdf",
)
CALLS = (
    ("procedure.document", "read", "document", ["file"]),
    ("procedure.document", "web_read", "document", {"file": {}}),
    ("procedure.document", "export_data", "document", ["file"]),
    ("procedure.document.line", "read", "line", ["name"]),
    ("procedure.document.line", "action_open", "line"),
    ("procedure.request", "read", "request", ["answers"]),
    ("ir.attachment", "read", "attachment", ["datas"]),
)


def test_the_applicant_opens_what_she_gave(applicant, given):
    answer = applicant.get(PAGE.format(**given))
    assert answer.status_code == 200
    assert flows.is_photo(answer.content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_agent_opens_what_the_service_received(agent, given):
    answer = agent.get(GUESSES[0].format(**given))
    assert answer.status_code == 200
    assert flows.is_photo(answer.content)
    # The page of the applicant is hers alone.
    assert agent.get(PAGE.format(**given)).status_code == 404


@pytest.mark.parametrize("persona", ["camille", "secretaire2", "dpo", "communication", ""])
def test_others_open_nothing_by_any_door(server, given, persona):
    stranger = flows.Client(server)
    if persona:
        stranger.log_in(persona)
    for door in (PAGE, *GUESSES):
        answer = stranger.get(door.format(**given))
        # Core answers an unknown picture by its own; everything else is refused.
        assert answer.status_code in (303, 403, 404) or door.startswith("/web/image"), door
        assert given["number"] not in answer.text or "/suivi" in door, door
        assert not flows.is_photo(answer.content), door
    for model, method, record, *args in CALLS:
        answer = stranger.rpc(model, method, [given[record]], *args)
        assert "error" in answer, (model, method)
    for model, record in (("procedure.document", "document"), ("procedure.request", "request")):
        answer = stranger.rpc(model, "search_read", [("id", "=", given[record])])
        assert answer.get("result", []) == [], model
