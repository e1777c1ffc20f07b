"""Every page as it is with larger text, with colours that the reader chose, by axe."""

import io

import pytest
from flows import BIN
from PIL import Image, ImageChops
from sweep import Sweep

pytestmark = pytest.mark.sweep("sizes")


@pytest.fixture(scope="session")
def sweep(browser, server):
    return Sweep(browser, server).run()


def show(faults):
    return f"{len(faults)} faults:\n" + "\n".join(faults[:60])


def count_different(one, other):
    """Pixels that the eye tells apart."""
    images = [Image.open(io.BytesIO(each)).convert("L") for each in (one, other)]
    assert images[0].size == images[1].size
    return sum(ImageChops.difference(*images).point(lambda value: value > 64).getdata())


def test_larger_text_fits_the_screen(sweep):
    faults = sweep.findings["size"]
    assert not faults, show(faults)


def test_axe_finds_nothing_where_a_link_leads(sweep):
    """On what `pages.py` does not name: sub-pages, and forms that came back with their errors."""
    faults = sweep.findings["axe"]
    assert not faults, show(faults)


def test_french_is_set_as_it_is_printed(sweep):
    faults = sweep.findings["words"]
    assert not faults, show(faults)


def test_paper_has_what_is_read_and_nothing_to_press(sweep):
    faults = sweep.findings["print"]
    assert not faults, show(faults)


def test_tab_goes_through_each_page_as_it_is_read(sweep):
    faults = sweep.findings["keys"]
    assert not faults, show(faults)


def test_colours_of_one_s_own_hide_nothing(sweep):
    faults = sweep.findings["forced"]
    assert not faults, show(faults)


@pytest.fixture(params=["light", "dark"])
def chosen_colours(request, browser, server):
    context = browser.new_context(
        base_url=server,
        viewport={"width": 390, "height": 844},
        forced_colors="active",
        color_scheme=request.param,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def test_what_is_ticked_looks_ticked_in_one_s_own_colours(chosen_colours):
    chosen_colours.goto(f"{BIN}/formulaire")
    for kind in ("radio", "checkbox"):
        box = chosen_colours.locator(f"main input[type={kind}]:visible").first
        box.uncheck() if kind == "checkbox" else None
        empty = box.screenshot()
        box.check()
        chosen_colours.evaluate("document.activeElement.blur()")
        chosen_colours.mouse.move(0, 0)
        assert count_different(empty, box.screenshot()) > 20, f"a ticked {kind} looks empty"
