"""What the screen owes an agent and no answer of the server shows (staff review, B4, B8, B14, B15,
B21)."""

import flows
import pytest
from playwright.sync_api import expect
from test_draft_kept import forget_draft

# The commonest large screens of offices.
SCREENS = ((1440, 900), (1366, 768))
WORDS = "Ce logement a déjà son bac."


@pytest.fixture
def width():
    """Requests are handled at a desk."""
    return 1300


@pytest.fixture
def colleague(server):
    return flows.Client(server).log_in("responsable")


def file_one(server):
    client = flows.Client(server).log_in("dominique")
    # What another journey left in her draft would be a file too many.
    forget_draft(client)
    form = flows.BinForm(client)
    assert form.send()
    return form.read_number()


@pytest.fixture
def number(server):
    return file_one(server)


@pytest.fixture
def agent(page, login, number):
    login("agent.dechets")
    flows.open_request(page, number).click()
    page.wait_for_selector(".o_form_sheet")
    return page


def find(colleague, number):
    (request_id,) = colleague.call("procedure.request", "search", [("number", "=", number)])
    return request_id


def is_whole(element):
    """Neither cut by its own box, nor by the one that holds it, nor by the screen."""
    return element.evaluate(
        """node => {
            const box = node.getBoundingClientRect();
            const sheet = node.closest(".o_form_sheet").getBoundingClientRect();
            const limit = Math.min(sheet.right, innerWidth);
            return node.scrollWidth <= node.clientWidth + 1 && box.right <= limit && box.left >= 0;
        }"""
    )


def test_the_first_screen_holds_what_she_decides_on(agent):
    for width, height in SCREENS:
        agent.set_viewport_size({"width": width, "height": height})
        answers = agent.locator("[name=answers_html]")
        assert answers.bounding_box()["y"] < height / 2, "answers below the first screen"
        address = agent.locator(".o_form_sheet [name=contact_address]")
        expect(address).to_contain_text(flows.COMMUNE)
        assert address.bounding_box()["height"] < 40, "one line"
        line = agent.locator("[name=follow_up]")
        assert line.bounding_box()["height"] < 40, "the step is on the line of the number"
        assert is_whole(line.locator("[name=step_id]")), width
        buttons = agent.locator("[name=document_line_ids] button:visible")
        expect(buttons.first).to_be_visible()
        for button in buttons.all():
            assert is_whole(button), (width, button.inner_text())


def test_words_come_back_when_the_window_closed(agent):
    flows.take(agent)
    flows.press(agent, "action_open_reason", "[data-hotkey=r]")
    window = agent.locator(".modal-dialog")
    window.locator("[name=reasons] textarea").fill(WORDS)
    agent.go_back()
    window.wait_for(state="detached")
    agent.locator(".o_kanban_view .o_kanban_record:not(.o_kanban_ghost)").click()
    expect(flows.header_button(agent, "action_open_reason", "[data-hotkey=r]")).to_be_visible()
    flows.press(agent, "action_open_reason", "[data-hotkey=r]")
    expect(window.locator("[name=reasons] textarea")).to_have_value(WORDS)


def test_send_and_open_the_next_one(server, page, login):
    numbers = {file_one(server), file_one(server)}
    login("agent.dechets")
    page.goto(flows.KANBAN)
    page.wait_for_selector(".o_kanban_view .o_kanban_record")
    for number in numbers:
        flows.search(page, number)
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(2)
    cards.first.click()
    title = page.locator(".o_form_sheet [name=number]")
    expect(title).to_contain_text("BAC-")
    first = title.inner_text()
    (other,) = numbers - {first}
    window = page.locator(".modal-dialog")

    # What was sent does not come back, whatever the button that sent it.
    flows.press(page, "action_open_completion")
    ask_for_more(window, WORDS)
    window.locator("footer [data-hotkey=q]").click()
    window.wait_for(state="detached")
    flows.take(page)
    flows.press(page, "action_open_completion")
    close_unwritten(page, "message")

    flows.press(page, "action_open_reason", "[data-hotkey=r]")
    window.locator("[name=reasons] textarea").fill(WORDS)
    window.locator("footer [data-hotkey=g]").click()
    window.wait_for(state="detached")
    expect(title).to_have_text(other)
    flows.take(page)
    flows.press(page, "action_open_reason", "[data-hotkey=r]")
    close_unwritten(page, "reasons")


def close_unwritten(page, name):
    """Nothing came back: it closes without a question."""
    window = page.locator(".modal-dialog")
    expect(window.locator(f"[name={name}] textarea")).to_have_value("")
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)


def ask_for_more(window, words):
    window.locator(".o_field_x2many_list_row_add button, .o_field_x2many_list_row_add a").click()
    window.locator("[name=label] input").fill("Un plan")
    window.locator("[name=reason] textarea").fill("Il manque.")
    window.locator("[name=message] textarea").fill(words)


def test_what_is_thrown_on_purpose_does_not_come_back(agent):
    flows.take(agent)
    window = agent.locator(".modal-dialog")
    flows.press(agent, "action_open_reason", "[data-hotkey=r]")
    window.locator("[name=reasons] textarea").fill(WORDS)
    agent.keyboard.press("Escape")
    agent.get_by_role("button", name="Fermer sans envoyer").click()
    expect(window).to_have_count(0)
    flows.press(agent, "action_open_reason", "[data-hotkey=r]")
    close_unwritten(agent, "reasons")


def test_a_refused_act_shows_what_the_request_has_become(agent, colleague, number, expected_errors):
    expected_errors.append("RPC_ERROR|UserError")
    take = flows.header_button(agent, "action_take")
    expect(take).to_be_visible()
    refused = colleague.rpc("procedure.request", "action_refuse", find(colleague, number), WORDS)
    assert "error" not in refused
    take.click()
    agent.locator(".modal-dialog footer button").first.click()
    expect(take).to_have_count(0)
    expect(agent.locator("[name=state] [aria-checked=true]")).to_contain_text("Refusée")


def test_what_has_just_left_is_in_sight(agent, colleague, number):
    for rank in range(8):
        note = [find(colleague, number)]
        posted = colleague.post(
            "/mail/message/post",
            json={
                "params": {
                    "thread_model": "procedure.request",
                    "thread_id": note[0],
                    "post_data": {
                        "body": f"Note {rank}. " + "Un mot de plus. " * 40,
                        "message_type": "comment",
                        "subtype_xmlid": "mail.mt_note",
                    },
                }
            },
        )
        assert "error" not in posted.json()
    agent.reload()
    agent.set_viewport_size({"width": 1440, "height": 900})
    thread = agent.locator(".o-mail-Thread")
    expect(thread).to_contain_text("Note 7.")
    # She was reading the oldest one.
    thread.locator(".o-mail-Message").last.scroll_into_view_if_needed()
    flows.write(agent, "Vu avec la mairie.", note=True)
    expect(agent.locator(".o-mail-Message", has_text="Vu avec la mairie.")).to_be_in_viewport()


def test_the_list_is_as_wide_as_the_screen(agent):
    agent.goto(f"{flows.KANBAN}?view_type=list")
    table = agent.locator(".o_list_table")
    table.wait_for()
    for width, height in SCREENS:
        agent.set_viewport_size({"width": width, "height": height})
        flows.until(lambda: table.evaluate("node => node.scrollWidth <= innerWidth"))
        expect(table.locator("th[data-name=number]")).to_be_in_viewport(ratio=1)


def test_a_number_finds_a_request_that_is_answered(agent, colleague, number):
    refused = colleague.rpc("procedure.request", "action_refuse", find(colleague, number), WORDS)
    assert "error" not in refused
    card = flows.open_request(agent, number)
    expect(card).to_contain_text("Dominique")
    expect(agent.locator(".o_searchview_facet", has_text="En cours")).to_have_count(0)


def test_her_words_are_read_once_they_are_answered(server, agent, colleague, number):
    applicant = flows.Client(server).log_in("dominique")
    page = applicant.read(f"/my/demandes/{find(colleague, number)}")
    form = page.xpath("//form[contains(@action, '/message')]")[0]
    answer = applicant.post(
        form.get("action"), {**dict(form.form_values()), "message": "Quand viendrez-vous ?"}
    )
    assert answer.ok
    agent.reload()
    band = agent.locator(".o_form_sheet [name=written]")
    expect(band).to_contain_text("Quand viendrez-vous")
    flows.write(agent, "Mardi.")
    expect(band).to_have_count(0)


@pytest.mark.gate
def test_the_figures_of_the_director_are_there(page, login):
    login("responsable")
    page.goto("/odoo/action-procedure_desk.procedure_request_action_figures")
    expect(page.locator(".o_pivot table")).to_contain_text("Nombre")
    page.goto("/odoo/action-procedure_desk.procedure_request_action_late")
    page.wait_for_selector(".o_list_view")
    expect(page.locator(".o_desk_count")).to_have_count(0)


@pytest.mark.gate
def test_several_are_accepted_once_one_has_seen_what_leaves(agent, number):
    agent.goto(f"{flows.KANBAN}?view_type=list")
    agent.locator(".o_list_table").wait_for()
    flows.search(agent, number)
    row = agent.locator(".o_data_row")
    expect(row).to_have_count(1)
    box = row.locator(".o_list_record_selector input")
    box.check()
    accept = agent.locator("button[name=action_open_bulk]", has_text="Accepter").first
    accept.click()
    window = agent.locator(".modal-dialog")
    rows = window.locator("[name=rows_html]")
    for words in (number, "Dominique Aubry", "courriel"):
        expect(rows).to_contain_text(words)
    expect(window.locator("[name=letter_html]")).to_contain_text("Dominique Aubry")
    window.locator("footer button[name=action_keep]").click()
    window.wait_for(state="detached")
    expect(box).to_be_checked()


def test_the_menu_bar_shows_every_section(open_action):
    """Those that do not fit go under a "+", where nobody looks."""
    for persona in ("responsable", "agent.dechets", "secretaire"):
        page = open_action(persona, "procedure_desk.procedure_request_action")
        sections = page.locator(".o_menu_sections")
        expect(sections.get_by_text("Demandes", exact=True)).to_be_visible()
        hidden = sections.locator("[data-section]").evaluate_all(
            "all => all.filter(node => !node.checkVisibility()).map(node => node.textContent)"
        )
        assert not hidden, persona
