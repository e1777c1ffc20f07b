"""Must show: "toujours exact ?", from the campaign to what everybody reads on the page."""

import re

import flows
import pytest
from playwright.sync_api import expect

KIND = "directory.entry"
ADDRESS = "secretaire@exemple-cc.fr"
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
SIGN_IN = "Se connecter pour voir ce qui est à vérifier"


@pytest.fixture
def campaign(server, mails):
    """Begun by communication; at its end nobody is asked any more, as before."""
    mails.clear()
    manager, admin, author = (
        flows.Client(server).log_in(login) for login in ("responsable", "admin", "communication")
    )
    (kind,) = manager.call("content.type", "search_read", [("model", "=", KIND)], ["review_months"])
    # The sheets of the demo were all checked in the last months. Each time one more is: a new demo
    # has some four that this secretary can be asked about.
    manager.call("content.type", "write", [kind["id"]], {"review_months": 1})
    values = {
        "name": "Toujours exact ?",
        "date_start": today("%Y-%m-%d"),
        "date_end": today("%Y-%m-%d"),
        "type_ids": [(6, 0, [kind["id"]])],
    }
    made = author.call("content.review.campaign", "create", values)
    author.rpc("content.review.campaign", "action_start", [made])
    _model, job = admin.call(
        "ir.model.data", "check_object_reference", "content_review", "ir_cron_campaign"
    )
    admin.rpc("ir.cron", "method_direct_trigger", [job])
    yield made
    author.rpc("content.review.campaign", "action_end", [made])
    manager.call("content.type", "write", [kind["id"]], {"review_months": kind["review_months"]})


def today(pattern):
    return flows.today().strftime(pattern)


def checked_today():
    """Sheets of the demo were checked on the same day of other months."""
    month = MONTHS[int(today("%m")) - 1]
    return re.compile(rf"Vérifié le {today('%-d')}(?:er)? {month} {today('%Y')}")


@pytest.mark.usefixtures("campaign")
def test_still_right_one_press_without_signing_in(page, mails, look):
    mail = mails.wait(ADDRESS, "Toujours exact")
    link = flows.read_link(mail, "/verifier/")

    # Whoever opens it, a scanner of mails too, has confirmed nothing.
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("toujours exact")
    look(page, "verifier")
    public = page.get_by_role("link", name=re.compile("comme tout le monde la voit")).get_attribute(
        "href"
    )
    page.goto(public)
    expect(page.get_by_text(checked_today())).to_have_count(0)

    # One press.
    page.goto(link)
    page.get_by_role("button", name="Tout est exact").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("vérifiée aujourd'hui")
    look(page, "verifier-merci")
    page.goto(public)
    foot = page.locator("main").get_by_text("Vérifié le")
    expect(foot).to_contain_text(checked_today())

    # The used link opens nothing more: to go on, she signs in.
    page.goto(link)
    expect(page.get_by_role("link", name=SIGN_IN)).to_be_visible()
    expect(page.locator("main a[href*='/verifier/']")).to_have_count(0)
    look(page, "verifier-deja")
