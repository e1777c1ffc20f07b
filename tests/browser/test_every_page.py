"""Every page as it is for who enlarges the text or chooses her own colours."""

import pytest
from sweep import Sweep


@pytest.fixture(scope="session")
def sweep(browser, server):
    return Sweep(browser, server).run()


def show(faults):
    return f"{len(faults)} faults:\n" + "\n".join(faults[:60])


def test_larger_text_fits_the_screen(sweep):
    faults = sweep.findings["size"]
    assert not faults, show(faults)
