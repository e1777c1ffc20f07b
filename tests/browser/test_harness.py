"""The guards of the journeys can fail."""

import pytest
from harness import Watch, until, violations

pytestmark = pytest.mark.gate


@pytest.fixture
def blank(browser, server):
    context = browser.new_context(base_url=server)
    yield context.new_page()
    context.close()


def test_axe_sees_a_picture_without_words(blank):
    blank.set_content("<main><h1>Titre</h1><img src='data:,'></main>")
    assert any(line.startswith("image-alt") for line in violations(blank))


def test_axe_leaves_out_what_is_listed(blank):
    blank.set_content("<main><h1>Titre</h1><div class='core'><img src='data:,'></div></main>")
    assert not any(line.startswith("image-alt") for line in violations(blank, exclude=[".core"]))


def test_a_console_error_is_found_unless_it_is_expected(blank):
    watch = Watch("localhost")
    watch.follow(blank)
    blank.set_content("<script>console.error('panne'); throw new Error('accident')</script>")
    until(lambda: len(watch.findings()) == 2)
    assert len(watch.findings(expected=["panne"])) == 1


def test_a_request_to_another_host_is_found(blank):
    watch = Watch("localhost")
    watch.follow(blank)
    blank.route("**/*", lambda route: route.abort())
    blank.set_content("<img alt='' src='http://ailleurs.invalid/suivi.gif'>")
    until(lambda: any("ailleurs.invalid" in line for line in watch.findings()))
